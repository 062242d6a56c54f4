//! The people of the school: staff, classes and students.

use jiff::civil::{Date, date};

use super::kind::{OFFICES, SchoolKind, UNITS};
use crate::random::Random;
use crate::{names, numbers};

/// Index of 学生工作处 in [`OFFICES`]; the counsellors belong to it.
const STUDENT_OFFICE: usize = 4;
/// Index of 后勤保障处 in [`OFFICES`]; the workers belong to it.
const LOGISTICS_OFFICE: usize = 9;

/// 岗位类别: the kind of post that a member of staff holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// A teacher (专技岗).
    Teacher,
    /// 辅导员: looks after classes (专技岗).
    Counsellor,
    /// Works in an office (管理岗).
    Office,
    /// Works in workshops, as driver or on repairs (工勤岗).
    Worker,
}

/// 教职工: one member of staff.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// 教工号: year of joining and three digits.
    pub number: String,
    /// 姓名.
    pub name: String,
    /// Name of the unit or office where the person works.
    pub unit: &'static str,
    /// 岗位类别.
    pub post: Post,
    /// A title of [`SchoolKind::titles`] for teachers, otherwise the duty.
    pub title: &'static str,
    /// First day at the school.
    pub joined: Date,
    /// Mobile number, eleven digits.
    pub phone: String,
    /// 双师型: qualified both as a teacher and in the trade that is taught.
    pub double_qualified: bool,
    /// Whether the person is a member of the party.
    pub party: bool,
}

/// Number of teachers in each unit with majors.
pub const TEACHERS_PER_UNIT: usize = 12;
/// Number of teachers in each of [`SchoolKind::general_units`].
const TEACHERS_OF_GENERAL_UNIT: [usize; 2] = [16, 10];
const COUNSELLORS: usize = 10;
const WORKERS: usize = 6;

/// All staff, in the order: teachers unit by unit, teachers of general courses, counsellors, two in each office,
/// workers.
pub fn staff(kind: &SchoolKind) -> Vec<StaffMember> {
    let mut posts: Vec<(&'static str, Post)> = Vec::new();
    for unit in kind.units {
        posts.extend([(unit, Post::Teacher); TEACHERS_PER_UNIT]);
    }
    for (unit, count) in kind.general_units.into_iter().zip(TEACHERS_OF_GENERAL_UNIT) {
        posts.extend((0..count).map(|_| (unit, Post::Teacher)));
    }
    posts.extend((0..COUNSELLORS).map(|_| (kind.offices[STUDENT_OFFICE], Post::Counsellor)));
    for office in kind.offices {
        posts.extend([(office, Post::Office); 2]);
    }
    posts.extend((0..WORKERS).map(|_| (kind.offices[LOGISTICS_OFFICE], Post::Worker)));
    posts.into_iter().enumerate().map(|(n, (unit, post))| member(kind, n, unit, post)).collect()
}

fn member(kind: &SchoolKind, n: usize, unit: &'static str, post: Post) -> StaffMember {
    let mut random = Random::of("staff", n);
    let woman = random.chance(52);
    let years = random.between(1, 21);
    let joined = date(2026 - years as i16, [3, 9][random.below(2)], 1);
    let [junior, middle, senior, top] = kind.titles;
    let title = match post {
        Post::Teacher if years > 15 => random.pick(&[top, senior, senior]),
        Post::Teacher if years > 7 => random.pick(&[senior, middle, middle]),
        Post::Teacher if years > 2 => random.pick(&[middle, middle, junior]),
        Post::Teacher => junior,
        Post::Counsellor => kind.counsellor,
        Post::Office if n.is_multiple_of(2) => kind.head,
        Post::Office => kind.clerk,
        Post::Worker => "工勤",
    };
    StaffMember {
        number: format!("{}{:03}", joined.year(), n + 1),
        name: names::name(&mut random, woman),
        unit,
        post,
        title,
        joined,
        phone: numbers::mobile(n),
        double_qualified: post == Post::Teacher && random.chance(60),
        party: random.chance(45) || unit == kind.general_units[1] || (post == Post::Office && n.is_multiple_of(2)),
    }
}

/// Indices in [`staff`] of the teachers of the unit with this index.
pub fn teachers_of(unit: usize) -> std::ops::Range<usize> {
    unit * TEACHERS_PER_UNIT..(unit + 1) * TEACHERS_PER_UNIT
}

/// Index of a teacher of a unit who joined the school before `day`. Different values of `turn` give different teachers.
/// When nobody of the unit had joined by then, the first teacher of the unit.
pub fn teacher_at(staff: &[StaffMember], unit: usize, turn: usize, day: Date) -> usize {
    let teachers = teachers_of(unit);
    let mut in_turn = (0..teachers.len()).map(|k| teachers.start + (turn + k) % teachers.len());
    in_turn.find(|&teacher| staff[teacher].joined < day).unwrap_or(teachers.start)
}

/// Indices in [`staff`] of the teachers of one of [`SchoolKind::general_units`], by its index there.
pub fn general_teachers(unit: usize) -> std::ops::Range<usize> {
    let first = UNITS * TEACHERS_PER_UNIT + TEACHERS_OF_GENERAL_UNIT[..unit].iter().sum::<usize>();
    first..first + TEACHERS_OF_GENERAL_UNIT[unit]
}

/// Indices in [`staff`] of the counsellors.
pub fn counsellors() -> std::ops::Range<usize> {
    let first = general_teachers(1).end;
    first..first + COUNSELLORS
}

/// Index in [`staff`] of the head of an office or, if `second`, of the other member. The office has its name of
/// [`OFFICES`].
pub fn office_member(office: &str, second: bool) -> usize {
    let at = OFFICES.iter().position(|o| *o == office).unwrap_or(0);
    counsellors().end + at * 2 + usize::from(second)
}

/// 单位号 of an office or unit: one digit for its kind (1 office, 2 unit with majors, 3 unit without majors) and two for
/// its position from 1. `None` when the school has no unit of this name.
pub fn unit_number(kind: &SchoolKind, unit: &str) -> Option<String> {
    let kinds: [&[&str]; 3] = [&kind.offices, &kind.units, &kind.general_units];
    let found = kinds.iter().zip(1..).find_map(|(units, first)| Some((first, units.iter().position(|u| *u == unit)?)));
    found.map(|(first, at)| format!("{first}{:02}", at + 1))
}

/// 班级.
#[derive(Debug, Clone)]
pub struct Class {
    /// Name, such as `软件2401班`: short name of the major, year of entry, number of the class.
    pub name: String,
    /// Index of the major.
    pub major: usize,
    /// Code of the major.
    pub code: &'static str,
    /// Year of entry.
    pub year: i16,
    /// Index in the staff of the 班主任.
    pub head: usize,
    /// Index in the staff of the 辅导员.
    pub counsellor: usize,
    /// Indices of its students.
    pub students: std::ops::Range<usize>,
}

/// 学生. Those who entered in 2023 graduated this summer.
#[derive(Debug, Clone)]
pub struct Student {
    /// 学号: year of entry, number of the major, number of the class, seat.
    pub number: String,
    /// 姓名.
    pub name: String,
    /// Index of the class.
    pub class: usize,
    /// Index of the major.
    pub major: usize,
    /// Year of entry.
    pub year: i16,
    /// Building and room of the dormitory, such as `3-412`.
    pub dormitory: String,
    /// Ability from 60 to 96; the marks of the student are close to it.
    pub ability: i64,
    /// 资助等级 as code of ZZDJDM, for students who get financial aid.
    pub aid: Option<&'static str>,
}

impl Class {
    /// 年级 as schools write it, such as `2025级`.
    pub fn grade(&self) -> String {
        format!("{}级", self.year)
    }

    /// 班号: two digits of the year of entry, code of the major, two digits for the class among those of the major.
    pub fn number(&self) -> String {
        let last = self.name.trim_end_matches('班');
        format!("{:02}{}{}", self.year % 100, self.code, &last[last.len().saturating_sub(2)..])
    }
}

impl Student {
    /// Whether the student has graduated.
    pub fn graduated(&self) -> bool {
        self.year == 2023
    }
}

/// The classes and their students, those of the graduates last.
pub fn classes_and_students(kind: &SchoolKind) -> (Vec<Class>, Vec<Student>) {
    let (mut classes, mut students) = (Vec::new(), Vec::new());
    for year in [2024, 2025, 2026, 2023] {
        for (m, major) in kind.majors.iter().enumerate().filter(|(_, major)| major.since <= year) {
            let class = classes.len();
            let mut random = Random::of("class", class);
            let first = students.len();
            let size = if year == 2023 { random.between(19, 23) } else { random.between(22, 28) } as usize;
            for seat in 0..size {
                students.push(student(kind, first + seat, class, m, year, seat));
            }
            let teachers = teachers_of(major.unit);
            classes.push(Class {
                name: format!("{}{:02}01班", major.short, year % 100),
                major: m,
                code: major.code,
                year,
                head: teachers.start + random.below(TEACHERS_PER_UNIT),
                counsellor: counsellors().start + (m + year as usize) % COUNSELLORS,
                students: first..students.len(),
            });
        }
    }
    (classes, students)
}

fn student(kind: &SchoolKind, n: usize, class: usize, major: usize, year: i16, seat: usize) -> Student {
    let mut random = Random::of("student", n);
    let women = match kind.majors[major].unit {
        6 => 88,
        3 => 68,
        4 => 60,
        0 => 30,
        _ => 12,
    };
    let woman = random.chance(women);
    let building = if woman { 1 + major % 3 } else { 4 + major % 3 };
    Student {
        number: format!("{year}{:02}01{:02}", major + 1, seat + 1),
        name: names::name(&mut random, woman),
        class,
        major,
        year,
        dormitory: format!("{building}-{}{:02}", class % 5 + 2, class / 5 % 5 * 7 + seat / 6 + 1),
        ability: random.around(60, 96),
        aid: random.chance(14).then(|| random.pick(&["1", "2", "2", "3", "3"])),
    }
}
