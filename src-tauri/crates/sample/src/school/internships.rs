//! 实习: the internships of the third year.

use jiff::civil::Date;

use super::companies::{Company, takes_students_of};
use super::kind::SchoolKind;
use super::people::{Student, TEACHERS_PER_UNIT, teachers_of};
use crate::calendar::{TODAY, after};
use crate::random::Random;

/// 实习: the internship of one student at one company.
#[derive(Debug, Clone)]
pub struct Internship {
    /// Index of the student.
    pub student: usize,
    /// Index of the company.
    pub company: usize,
    /// 岗位: what the student works as.
    pub post: &'static str,
    /// Index in the staff of the teacher who supervises it.
    pub teacher: usize,
    /// Index in [`Company::mentors`].
    pub mentor: usize,
    /// First day.
    pub start: Date,
    /// Last day; it is a plan when it is after today.
    pub end: Date,
    /// Duration in whole weeks.
    pub weeks: i64,
    /// Whether the work belongs to the major of the student.
    pub aligned: bool,
    /// Whether the school arranged it; otherwise the student found it.
    pub arranged: bool,
    /// Mark in tenths, once the internship is over.
    pub mark: Option<i64>,
    /// Average monthly pay of the students of this major at this company, in yuan.
    pub pay: i64,
}

impl Internship {
    /// Whether the first day is today or earlier.
    pub fn begun(&self) -> bool {
        self.start <= TODAY
    }

    /// Whether the last day is before today.
    pub fn over(&self) -> bool {
        self.end < TODAY
    }
}

/// The internships of all students who entered in 2024.
pub fn internships(kind: &SchoolKind, students: &[Student], companies: &[Company]) -> Vec<Internship> {
    let third_year = students.iter().enumerate().filter(|(_, student)| student.year == 2024);
    third_year.map(|(n, student)| internship(kind, n, student, companies)).collect()
}

fn internship(kind: &SchoolKind, n: usize, student: &Student, companies: &[Company]) -> Internship {
    let mut random = Random::of("internship", n);
    let major = &kind.majors[student.major];
    let own: Vec<usize> = (0..companies.len()).filter(|&c| takes_students_of(kind, c, student.major)).collect();
    let company = random.pick(&own);
    let period = major.internship;
    // A few students begin five weeks after their class, because of an illness, a re-examination or a change of
    // company.
    let likely = if period.start.month() == 11 { 14 } else { 4 };
    let late = if random.chance(likely) { 5 } else { 0 };
    let start = after(period.start, late * 7);
    let end = after(start, period.weeks * 7 - 3);
    let teachers = teachers_of(major.unit);
    Internship {
        student: n,
        company,
        post: random.pick(&major.posts),
        teacher: teachers.start + (student.class + random.below(3)) % TEACHERS_PER_UNIT,
        mentor: random.below(companies[company].mentors.len()),
        start,
        end,
        weeks: period.weeks,
        aligned: random.chance(90),
        arranged: random.chance(82),
        mark: (end < TODAY).then(|| (student.ability * 10 + random.between(-40, 60)).clamp(600, 980)),
        pay: 2400 + ((student.major * 7 + company * 3) % 12) as i64 * 100,
    }
}
