//! 课程: what is taught, the plan of this term, and the timetable of three weeks.

use std::collections::HashSet;

use jiff::civil::DateTime;
use jiff::civil::time;

use super::kind::Kind;
use super::people::{Class, general_teachers, teachers_of};
use super::places::{FIRST_LAB_ROOM, Room};
use crate::calendar::{LAST_WEEK, teaching_day};
use crate::dice::Dice;

/// Kind of a course; the name of a variant is its 课程性质.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// 公共基础课.
    General,
    /// 专业基础课.
    Basic,
    /// 专业核心课.
    Core,
    /// 专业拓展课.
    Extension,
    /// 公共选修课, counted under 其他.
    Elective,
}

impl Nature {
    /// Code of KCXZDM.
    pub fn code(self) -> &'static str {
        match self {
            Nature::General => "1",
            Nature::Basic => "2",
            Nature::Core => "3",
            Nature::Extension => "4",
            Nature::Elective => "9",
        }
    }

    /// Code of KCSXDM: required, elective of all, elective of the major.
    pub fn choice(self) -> &'static str {
        match self {
            Nature::Elective => "2",
            Nature::Extension => "3",
            _ => "1",
        }
    }
}

/// 课程.
#[derive(Debug, Clone)]
pub struct Course {
    /// 课程号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub nature: Nature,
    /// Code of GGKLBDM for general courses.
    pub general: Option<&'static str>,
    /// Major; absent for general and elective courses.
    pub major: Option<usize>,
    /// Hours of the plan.
    pub hours: i64,
    /// Of them practice.
    pub practice: i64,
    /// Of them virtual simulation.
    pub simulated: i64,
    /// Whether it can be followed online.
    pub online: bool,
    /// Code of JPKCJBDM.
    pub excellent: &'static str,
    /// Whether made with a company.
    pub with_company: bool,
    /// Who answers for it: index of staff.
    pub lead: usize,
    /// Everybody who teaches it.
    pub teachers: Vec<usize>,
}

/// Name, code of GGKLBDM, hours, practice, unit that teaches it (0 公共基础教学部, 1 马克思主义学院), year of study.
pub type General = (&'static str, &'static str, i64, i64, usize, usize);

pub const GENERAL: [General; 12] = [
    ("思想道德与法治", "1", 48, 8, 1, 1),
    ("大学英语", "4", 64, 16, 0, 1),
    ("高等数学", "3", 64, 0, 0, 1),
    ("体育与健康", "10", 36, 32, 0, 1),
    ("信息技术", "6", 48, 32, 0, 1),
    ("军事理论", "8", 36, 0, 1, 1),
    ("大学生心理健康教育", "9", 32, 8, 0, 1),
    ("毛泽东思想和中国特色社会主义理论体系概论", "1", 32, 8, 1, 2),
    ("形势与政策", "1", 16, 0, 1, 2),
    ("体育专项训练", "10", 36, 32, 0, 2),
    ("劳动教育与实践", "5", 32, 24, 0, 2),
    ("应用文写作", "2", 32, 8, 0, 2),
];
pub const ELECTIVES: [&str; 8] = [
    "中国传统文化概论",
    "影视作品赏析",
    "创新思维训练",
    "人工智能通识",
    "摄影基础",
    "急救常识与技能",
    "茶文化与茶艺",
    "演讲与口才",
];

/// All courses: general, elective, then those of the majors, nine each (the last is the internship).
pub fn courses(kind: &Kind) -> Vec<Course> {
    let mut courses = Vec::new();
    for (n, (name, general, hours, practice, unit, _)) in kind.general.into_iter().enumerate() {
        courses.push(course(
            courses.len(),
            format!("GG{:03}", n + 1),
            name.to_owned(),
            Nature::General,
            hours,
            practice,
        ));
        if let Some(last) = courses.last_mut() {
            last.general = Some(general);
            last.teachers = spread(general_teachers(unit), n, 4);
            last.lead = last.teachers[0];
        }
    }
    for (n, name) in kind.electives.into_iter().enumerate() {
        courses.push(course(courses.len(), format!("XX{:03}", n + 1), name.to_owned(), Nature::Elective, 32, 8));
        if let Some(last) = courses.last_mut() {
            last.teachers = spread(general_teachers(0), n * 2, 1);
            last.lead = last.teachers[0];
        }
    }
    for (m, major) in kind.majors.iter().enumerate() {
        let placement = if m == 15 { "临床实习" } else { "岗位实习" };
        for (k, name) in major.courses.into_iter().chain([placement]).enumerate() {
            let mut dice = Dice::of("course hours", m * 9 + k);
            let (nature, hours, practice) = match k {
                0..2 => (Nature::Basic, 64, dice.between(2, 4) * 8),
                2..6 => (Nature::Core, dice.pick(&[64, 72, 80]), dice.between(4, 6) * 8),
                6..8 => (Nature::Extension, 48, dice.between(2, 4) * 8),
                _ => (Nature::Core, 480, 480),
            };
            let name = if k == 8 { format!("{}专业{name}", major.name) } else { name.to_owned() };
            courses.push(course(courses.len(), format!("{}{:02}", major.code, k + 1), name, nature, hours, practice));
            if let Some(last) = courses.last_mut() {
                last.major = Some(m);
                last.teachers = spread(teachers_of(major.college), m * 3 + k, 2);
                last.lead = last.teachers[0];
            }
        }
    }
    courses
}

fn spread(from: std::ops::Range<usize>, shift: usize, count: usize) -> Vec<usize> {
    let all = from.len();
    (0..count).map(|k| from.start + (shift + k * all / count) % all).collect()
}

fn course(n: usize, number: String, name: String, nature: Nature, hours: i64, practice: i64) -> Course {
    let mut dice = Dice::of("course", n);
    let taught = hours < 400;
    let core = nature == Nature::Core && taught;
    Course {
        number,
        name,
        nature,
        general: None,
        major: None,
        hours,
        practice,
        simulated: if core && dice.chance(45) { dice.between(1, 2) * 8 } else { 0 },
        online: nature == Nature::Elective || (taught && dice.chance(40)),
        excellent: if core { dice.pick(&["9", "9", "3", "3", "2"]) } else { "9" },
        with_company: core && dice.chance(35),
        lead: 0,
        teachers: Vec::new(),
    }
}

/// 计划课程: a course that the plan of one class's year provides for this term.
#[derive(Debug, Clone)]
pub struct Planned {
    /// 计划课程号.
    pub number: String,
    /// Course.
    pub course: usize,
    /// Class that follows it; absent for electives, which are open to all.
    pub class: Option<usize>,
    /// Who lectures: index of staff.
    pub teacher: usize,
}

/// Position of the `k`th course of a major in [`courses`].
fn of_major(major: usize, k: usize) -> usize {
    GENERAL.len() + ELECTIVES.len() + major * 9 + k
}

/// The plan of this term for the classes that are in the college, then the electives.
pub fn plans(kind: &Kind, classes: &[Class], courses: &[Course]) -> Vec<Planned> {
    let mut plans = Vec::new();
    for (c, class) in classes.iter().enumerate().filter(|(_, class)| class.year > 2023) {
        let year_of_study = (2027 - class.year) as usize;
        let general = kind.general.iter().enumerate().filter(|(_, general)| general.5 == year_of_study).map(|(n, _)| n);
        let own = match year_of_study {
            1 => 0..2,
            2 => 2..6,
            _ => 6..9,
        };
        for course in general.chain(own.map(|k| of_major(class.major, k))) {
            let teachers = &courses[course].teachers;
            plans.push(Planned {
                number: format!("{}-{}-{}", class.year, kind.majors[class.major].code, courses[course].number),
                course,
                class: Some(c),
                teacher: teachers[c % teachers.len()],
            });
        }
    }
    for n in 0..ELECTIVES.len() {
        let course = GENERAL.len() + n;
        plans.push(Planned {
            number: format!("2026-{}", courses[course].number),
            course,
            class: None,
            teacher: courses[course].lead,
        });
    }
    plans
}

/// One lesson in the timetable.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// 排课号.
    pub number: String,
    /// What is taught to whom.
    pub plan: usize,
    /// Week of the term, from 1.
    pub week: i64,
    /// Day of the week, from 1.
    pub weekday: i64,
    /// Periods, such as `1-2`.
    pub periods: &'static str,
    /// Beginning.
    pub start: DateTime,
    /// Room.
    pub room: usize,
}

/// The four double periods of a day.
const SLOTS: [(&str, jiff::civil::Time); 4] =
    [("1-2", time(8, 10, 0, 0)), ("3-4", time(10, 5, 0, 0)), ("5-6", time(13, 40, 0, 0)), ("7-8", time(15, 30, 0, 0))];

/// The timetable of the last two weeks and of the next Monday, which is planned already. No teacher, class or
/// classroom is in two places at once; halls for sport hold several classes.
pub fn lessons(plans: &[Planned], courses: &[Course], classes: &[Class], rooms: &[Room]) -> Vec<Lesson> {
    let mut taken: HashSet<(char, usize, usize)> = HashSet::new();
    let mut week = Vec::new();
    for (p, plan) in plans.iter().enumerate() {
        let course = &courses[plan.course];
        let Some(class) = plan.class.filter(|&class| classes[class].year > 2024) else { continue };
        for part in 0..if course.hours >= 64 { 2 } else { 1 } {
            let begin = Dice::of("slot", p * 2 + part).below(20);
            let free = (0..20).map(|n| (begin + n * 7) % 20).find_map(|slot| {
                if taken.contains(&('k', class, slot)) || taken.contains(&('t', plan.teacher, slot)) {
                    return None;
                }
                let room = rooms_for(course, part).into_iter().find(|&room| !taken.contains(&('r', room, slot)))?;
                Some((slot, room))
            });
            let Some((slot, room)) = free else { continue };
            taken.extend([('k', class, slot), ('t', plan.teacher, slot)]);
            if rooms[room].kind != "10" {
                taken.insert(('r', room, slot));
            }
            week.push((slot, p, room));
        }
    }
    week.sort_unstable();
    let mut lessons = Vec::new();
    for (number, weekdays) in [(LAST_WEEK - 1, 5), (LAST_WEEK, 5), (LAST_WEEK + 1, 1)] {
        for &(slot, plan, room) in week.iter().filter(|(slot, ..)| slot / 4 < weekdays) {
            let (periods, begin) = SLOTS[slot % 4];
            let weekday = (slot / 4 + 1) as i64;
            lessons.push(Lesson {
                number: format!("PK2026Q{number:02}{:04}", lessons.len() + 1),
                plan,
                week: number,
                weekday,
                periods,
                start: teaching_day(number, weekday).to_datetime(begin),
                room,
            });
        }
    }
    lessons
}

/// Rooms that suit a course, the best first.
fn rooms_for(course: &Course, part: usize) -> Vec<usize> {
    if course.general == Some("10") {
        return (44..FIRST_LAB_ROOM).collect();
    }
    let mut rooms: Vec<usize> = (0..44).map(|n| (n + course.lead) % 44).collect();
    if let Some(major) = course.major.filter(|_| course.nature == Nature::Core || part == 1) {
        rooms.splice(0..0, [FIRST_LAB_ROOM + major * 2, FIRST_LAB_ROOM + major * 2 + 1]);
    }
    rooms
}

/// 院系 or unit in which a course is at home.
pub fn unit_of(kind: &Kind, course: &Course) -> &'static str {
    match course.major {
        Some(major) => kind.units[kind.majors[major].college],
        None if general_teachers(1).contains(&course.lead) => kind.general_units[1],
        None => kind.general_units[0],
    }
}

impl Course {
    /// Code of KCFLDM: theory, both, or practice.
    pub fn form(&self) -> &'static str {
        match self.practice {
            0 => "1",
            practice if practice == self.hours => "3",
            _ => "2",
        }
    }

    /// 课证融通: the first core course of a major leads to its certificate.
    pub fn certified(&self) -> bool {
        self.major.is_some() && (self.number.ends_with("03") || self.number.ends_with("05"))
    }
}
