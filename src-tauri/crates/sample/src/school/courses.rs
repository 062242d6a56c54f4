//! 课程 and 计划课程: all courses, and which class takes which of them this term.

use super::kind::{ELECTIVES, GENERAL_COURSES, SchoolKind};
use super::people::{Class, general_teachers, teachers_of};
use crate::random::Random;

/// 课程性质: how a course belongs to a major.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CourseNature {
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

impl CourseNature {
    /// Code of KCXZDM.
    pub fn code(self) -> &'static str {
        match self {
            CourseNature::General => "1",
            CourseNature::Basic => "2",
            CourseNature::Core => "3",
            CourseNature::Extension => "4",
            CourseNature::Elective => "9",
        }
    }

    /// 课程属性 as code of KCSXDM: required, elective for all majors, elective of the major.
    pub fn choice(self) -> &'static str {
        match self {
            CourseNature::Elective => "2",
            CourseNature::Extension => "3",
            _ => "1",
        }
    }
}

/// 课程.
#[derive(Debug, Clone)]
pub struct Course {
    /// 课程号.
    pub number: String,
    /// 课程名称.
    pub name: String,
    /// 课程性质.
    pub nature: CourseNature,
    /// For a general course, its kind as code of GGKLBDM.
    pub general: Option<&'static str>,
    /// Index of the major; general and elective courses have none.
    pub major: Option<usize>,
    /// Number of hours in the teaching plan. An internship has 480, every other course fewer than 100.
    pub hours: i64,
    /// How many of the hours are practice.
    pub practice: i64,
    /// How many of the hours are virtual simulation.
    pub simulated: i64,
    /// Whether it has an online part.
    pub online: bool,
    /// Level as 精品课程, code of JPKCJBDM; `9` for none.
    pub excellent: &'static str,
    /// Whether it was made together with a company.
    pub with_company: bool,
    /// Index in the staff of the teacher responsible for it.
    pub lead: usize,
    /// Indices in the staff of all who teach it.
    pub teachers: Vec<usize>,
}

/// All courses: the general ones, the elective ones, then nine for each major, of which the last is the internship.
pub fn courses(kind: &SchoolKind) -> Vec<Course> {
    let mut courses = Vec::new();
    for (n, (name, general, hours, practice, unit, _)) in kind.general_courses.into_iter().enumerate() {
        courses.push(course(
            courses.len(),
            format!("GG{:03}", n + 1),
            name.to_owned(),
            CourseNature::General,
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
        courses.push(course(courses.len(), format!("XX{:03}", n + 1), name.to_owned(), CourseNature::Elective, 32, 8));
        if let Some(last) = courses.last_mut() {
            last.teachers = spread(general_teachers(0), n * 2, 1);
            last.lead = last.teachers[0];
        }
    }
    for (m, major) in kind.majors.iter().enumerate() {
        let placement = if m == 15 { "临床实习" } else { "岗位实习" };
        for (k, name) in major.courses.into_iter().chain([placement]).enumerate() {
            let mut random = Random::of("course hours", m * 9 + k);
            let (nature, hours, practice) = match k {
                0..2 => (CourseNature::Basic, 64, random.between(2, 4) * 8),
                2..6 => (CourseNature::Core, random.pick(&[64, 72, 80]), random.between(4, 6) * 8),
                6..8 => (CourseNature::Extension, 48, random.between(2, 4) * 8),
                _ => (CourseNature::Core, 480, 480),
            };
            let name = if k == 8 { format!("{}专业{name}", major.name) } else { name.to_owned() };
            courses.push(course(courses.len(), format!("{}{:02}", major.code, k + 1), name, nature, hours, practice));
            if let Some(last) = courses.last_mut() {
                last.major = Some(m);
                last.teachers = spread(teachers_of(major.unit), m * 3 + k, 2);
                last.lead = last.teachers[0];
            }
        }
    }
    courses
}

/// `count` indices from `from`, at equal distances; `shift` moves all of them.
fn spread(from: std::ops::Range<usize>, shift: usize, count: usize) -> Vec<usize> {
    let all = from.len();
    (0..count).map(|k| from.start + (shift + k * all / count) % all).collect()
}

fn course(n: usize, number: String, name: String, nature: CourseNature, hours: i64, practice: i64) -> Course {
    let mut random = Random::of("course", n);
    let taught = hours < 400;
    let core = nature == CourseNature::Core && taught;
    Course {
        number,
        name,
        nature,
        general: None,
        major: None,
        hours,
        practice,
        simulated: if core && random.chance(45) { random.between(1, 2) * 8 } else { 0 },
        online: nature == CourseNature::Elective || (taught && random.chance(40)),
        excellent: if core { random.pick(&["9", "9", "3", "3", "2"]) } else { "9" },
        with_company: core && random.chance(35),
        lead: 0,
        teachers: Vec::new(),
    }
}

/// 计划课程: a course that a class takes this term.
#[derive(Debug, Clone)]
pub struct PlannedCourse {
    /// 计划课程号.
    pub number: String,
    /// Index of the course.
    pub course: usize,
    /// Index of the class; elective courses have none, because they are open to all classes.
    pub class: Option<usize>,
    /// Index in the staff of the teacher.
    pub teacher: usize,
}

/// Index in [`courses`] of the course `k` of a major, from 0.
fn of_major(major: usize, k: usize) -> usize {
    GENERAL_COURSES + ELECTIVES + major * 9 + k
}

/// The planned courses of this term: those of each class at the school, then the elective courses.
pub fn planned_courses(kind: &SchoolKind, classes: &[Class], courses: &[Course]) -> Vec<PlannedCourse> {
    let mut planned_courses = Vec::new();
    for (c, class) in classes.iter().enumerate().filter(|(_, class)| class.year > 2023) {
        let year_of_study = (2027 - class.year) as usize;
        let general =
            kind.general_courses.iter().enumerate().filter(|(_, general)| general.5 == year_of_study).map(|(n, _)| n);
        let own = match year_of_study {
            1 => 0..2,
            2 => 2..6,
            _ => 6..9,
        };
        for course in general.chain(own.map(|k| of_major(class.major, k))) {
            let teachers = &courses[course].teachers;
            planned_courses.push(PlannedCourse {
                number: format!("{}-{}-{}", class.year, kind.majors[class.major].code, courses[course].number),
                course,
                class: Some(c),
                teacher: teachers[c % teachers.len()],
            });
        }
    }
    for n in 0..ELECTIVES {
        let course = GENERAL_COURSES + n;
        planned_courses.push(PlannedCourse {
            number: format!("2026-{}", courses[course].number),
            course,
            class: None,
            teacher: courses[course].lead,
        });
    }
    planned_courses
}

/// Name of the unit that teaches a course.
pub fn unit_of(kind: &SchoolKind, course: &Course) -> &'static str {
    match course.major {
        Some(major) => kind.units[kind.majors[major].unit],
        None if general_teachers(1).contains(&course.lead) => kind.general_units[1],
        None => kind.general_units[0],
    }
}

impl Course {
    /// 课程分类 as code of KCFLDM: theory only, theory and practice, practice only.
    pub fn form(&self) -> &'static str {
        match self.practice {
            0 => "1",
            practice if practice == self.hours => "3",
            _ => "2",
        }
    }

    /// 课证融通: whether the course leads to the certificate of its major, as the first and the third core course do.
    pub fn certified(&self) -> bool {
        self.major.is_some() && (self.number.ends_with("03") || self.number.ends_with("05"))
    }
}
