//! 人: staff, classes and students.

use jiff::civil::{Date, date};

use super::kind::{Kind, UNITS};
use crate::dice::Dice;
use crate::{names, numbers};

/// 处室: offices of the college, each with two people. Other kinds of school name them otherwise, in the same order; code
/// names them as the college does.
pub const OFFICES: [&str; 17] = [
    "学校办公室",
    "党委组织部",
    "党委宣传部",
    "教务处",
    "学生工作处",
    "人事处",
    "科研处",
    "资产管理处",
    "财务处",
    "后勤保障处",
    "招生就业处",
    "校企合作处",
    "国际交流处",
    "信息中心",
    "图书馆",
    "团委",
    "质量管理办公室",
];
/// Teaching units without majors of their own: their teachers come after those of the 院系.
pub const GENERAL_UNITS: [&str; 2] = ["公共基础教学部", "马克思主义学院"];

/// 学生工作处 and 后勤保障处 among the offices: their counsellors and workers come beside the offices.
const STUDENTS: usize = 4;
const LOGISTICS: usize = 9;

/// What somebody is employed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// Teacher (专技岗).
    Teacher,
    /// 辅导员 (专技岗).
    Counsellor,
    /// Office (管理岗).
    Office,
    /// Workshop, drivers, repairs (工勤岗).
    Worker,
}

/// 教职工.
#[derive(Debug, Clone)]
pub struct Staff {
    /// 教工号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Where she or he works.
    pub unit: &'static str,
    /// Kind of post.
    pub post: Post,
    /// Title (see [`Kind::titles`]) or a duty.
    pub title: &'static str,
    /// First day in the college.
    pub joined: Date,
    /// Telephone.
    pub phone: String,
    /// Both teacher and craftsman.
    pub double_qualified: bool,
    /// Member of the party.
    pub party: bool,
}

/// Teachers of one 院系.
pub const TEACHERS_OF_COLLEGE: usize = 12;
/// Teachers of the two units of general education.
const TEACHERS_OF_GENERAL_UNIT: [usize; 2] = [16, 10];
const COUNSELLORS: usize = 10;
const WORKERS: usize = 6;

/// All staff: teachers of the 院系 in their order, general teachers, counsellors, offices, workers.
pub fn staff(kind: &Kind) -> Vec<Staff> {
    let mut posts: Vec<(&'static str, Post)> = Vec::new();
    for college in kind.units {
        posts.extend([(college, Post::Teacher); TEACHERS_OF_COLLEGE]);
    }
    for (unit, count) in kind.general_units.into_iter().zip(TEACHERS_OF_GENERAL_UNIT) {
        posts.extend((0..count).map(|_| (unit, Post::Teacher)));
    }
    posts.extend((0..COUNSELLORS).map(|_| (kind.offices[STUDENTS], Post::Counsellor)));
    for office in kind.offices {
        posts.extend([(office, Post::Office); 2]);
    }
    posts.extend((0..WORKERS).map(|_| (kind.offices[LOGISTICS], Post::Worker)));
    posts.into_iter().enumerate().map(|(n, (unit, post))| member(kind, n, unit, post)).collect()
}

fn member(kind: &Kind, n: usize, unit: &'static str, post: Post) -> Staff {
    let mut dice = Dice::of("staff", n);
    let woman = dice.chance(52);
    let years = dice.between(1, 21);
    let joined = date(2026 - years as i16, [3, 9][dice.below(2)], 1);
    let [junior, middle, senior, top] = kind.titles;
    let title = match post {
        Post::Teacher if years > 15 => dice.pick(&[top, senior, senior]),
        Post::Teacher if years > 7 => dice.pick(&[senior, middle, middle]),
        Post::Teacher if years > 2 => dice.pick(&[middle, middle, junior]),
        Post::Teacher => junior,
        Post::Counsellor => kind.counsellor,
        Post::Office if n.is_multiple_of(2) => kind.head,
        Post::Office => kind.clerk,
        Post::Worker => "工勤",
    };
    Staff {
        number: format!("{}{:03}", joined.year(), n + 1),
        name: names::name(&mut dice, woman),
        unit,
        post,
        title,
        joined,
        phone: numbers::mobile(n),
        double_qualified: post == Post::Teacher && dice.chance(60),
        party: dice.chance(45) || unit == kind.general_units[1] || (post == Post::Office && n.is_multiple_of(2)),
    }
}

/// Indices of the teachers of one 院系 in [`staff`].
pub fn teachers_of(college: usize) -> std::ops::Range<usize> {
    college * TEACHERS_OF_COLLEGE..(college + 1) * TEACHERS_OF_COLLEGE
}

/// A teacher of an 院系 who was there already on `day`; `turn` spreads the choice.
pub fn teacher_at(staff: &[Staff], college: usize, turn: usize, day: Date) -> usize {
    let teachers = teachers_of(college);
    let mut in_turn = (0..teachers.len()).map(|k| teachers.start + (turn + k) % teachers.len());
    in_turn.find(|&teacher| staff[teacher].joined < day).unwrap_or(teachers.start)
}

/// Indices of the teachers of 公共基础教学部 (0) or 马克思主义学院 (1).
pub fn general_teachers(unit: usize) -> std::ops::Range<usize> {
    let first = UNITS * TEACHERS_OF_COLLEGE + TEACHERS_OF_GENERAL_UNIT[..unit].iter().sum::<usize>();
    first..first + TEACHERS_OF_GENERAL_UNIT[unit]
}

/// Indices of the counsellors.
pub fn counsellors() -> std::ops::Range<usize> {
    let first = general_teachers(1).end;
    first..first + COUNSELLORS
}

/// Index of the head of an office and of the second person in it.
pub fn of_office(office: &str, second: bool) -> usize {
    let at = OFFICES.iter().position(|o| *o == office).unwrap_or(0);
    counsellors().end + at * 2 + usize::from(second)
}

/// 单位号 of a unit of the college: offices begin with 1, 院系 with 2, other teaching units with 3.
pub fn unit_number(kind: &Kind, unit: &str) -> Option<String> {
    let kinds: [&[&str]; 3] = [&kind.offices, &kind.units, &kind.general_units];
    let found = kinds.iter().zip(1..).find_map(|(units, first)| Some((first, units.iter().position(|u| *u == unit)?)));
    found.map(|(first, at)| format!("{first}{:02}", at + 1))
}

/// 班级.
#[derive(Debug, Clone)]
pub struct Class {
    /// Name, such as `软件2401班`.
    pub name: String,
    /// Major.
    pub major: usize,
    /// Code of the major.
    pub code: &'static str,
    /// Year of entry.
    pub year: i16,
    /// Head teacher: index of staff.
    pub head: usize,
    /// Counsellor: index of staff.
    pub counsellor: usize,
    /// First student and the one after the last.
    pub students: std::ops::Range<usize>,
}

/// 学生. Those who entered in 2023 left the college in the summer.
#[derive(Debug, Clone)]
pub struct Student {
    /// 学号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: usize,
    /// Major.
    pub major: usize,
    /// Year of entry.
    pub year: i16,
    /// Dormitory room, such as `3-412`.
    pub dormitory: String,
    /// How good a student is, from 60 to 95: marks follow it.
    pub ability: i64,
    /// Needs aid: code of ZZDJDM.
    pub aid: Option<&'static str>,
}

impl Class {
    /// 年级 as schools say it, such as `2025级`.
    pub fn grade(&self) -> String {
        format!("{}级", self.year)
    }

    /// 班号: year of entry, major, number of the class among those of the major.
    pub fn number(&self) -> String {
        let last = self.name.trim_end_matches('班');
        format!("{:02}{}{}", self.year % 100, self.code, &last[last.len().saturating_sub(2)..])
    }
}

impl Student {
    /// Whether the student has left the college.
    pub fn graduated(&self) -> bool {
        self.year == 2023
    }
}

/// Classes and their students. The graduates come last, so that the students of today are listed first.
pub fn classes_and_students(kind: &Kind) -> (Vec<Class>, Vec<Student>) {
    let (mut classes, mut students) = (Vec::new(), Vec::new());
    for year in [2024, 2025, 2026, 2023] {
        for (m, major) in kind.majors.iter().enumerate().filter(|(_, major)| major.since <= year) {
            let class = classes.len();
            let mut dice = Dice::of("class", class);
            let first = students.len();
            let size = if year == 2023 { dice.between(19, 23) } else { dice.between(22, 28) } as usize;
            for seat in 0..size {
                students.push(student(kind, first + seat, class, m, year, seat));
            }
            let teachers = teachers_of(major.college);
            classes.push(Class {
                name: format!("{}{:02}01班", major.short, year % 100),
                major: m,
                code: major.code,
                year,
                head: teachers.start + dice.below(TEACHERS_OF_COLLEGE),
                counsellor: counsellors().start + (m + year as usize) % COUNSELLORS,
                students: first..students.len(),
            });
        }
    }
    (classes, students)
}

fn student(kind: &Kind, n: usize, class: usize, major: usize, year: i16, seat: usize) -> Student {
    let mut dice = Dice::of("student", n);
    let women = match kind.majors[major].college {
        6 => 88,
        3 => 68,
        4 => 60,
        0 => 30,
        _ => 12,
    };
    let woman = dice.chance(women);
    let building = if woman { 1 + major % 3 } else { 4 + major % 3 };
    Student {
        number: format!("{year}{:02}01{:02}", major + 1, seat + 1),
        name: names::name(&mut dice, woman),
        class,
        major,
        year,
        dormitory: format!("{building}-{}{:02}", class % 5 + 2, class / 5 % 5 * 7 + seat / 6 + 1),
        ability: dice.around(60, 96),
        aid: dice.chance(14).then(|| dice.pick(&["1", "2", "2", "3", "3"])),
    }
}
