//! 去向: internships of the third year, and what became of the graduates.

use jiff::civil::{Date, date};

use super::companies::{Company, TOWNS, Town, suits};
use super::kind::{Kind, Way};
use super::people::{Student, TEACHERS_OF_COLLEGE, teachers_of};
use crate::calendar::{TODAY, after};
use crate::dice::Dice;

/// 实习: one student at one company.
#[derive(Debug, Clone)]
pub struct Internship {
    /// Student.
    pub student: usize,
    /// Company.
    pub company: usize,
    /// Post.
    pub post: &'static str,
    /// Teacher of the college who looks after it: index of staff.
    pub teacher: usize,
    /// Which of the company's mentors.
    pub mentor: usize,
    /// First day.
    pub start: Date,
    /// Last day, planned or past.
    pub end: Date,
    /// Weeks.
    pub weeks: i64,
    /// Whether it suits the major.
    pub aligned: bool,
    /// Whether the college arranged it.
    pub arranged: bool,
    /// Mark in tenths, once it is over.
    pub mark: Option<i64>,
    /// Average monthly pay of the students of this major there, in yuan.
    pub pay: i64,
}

impl Internship {
    /// Whether it has begun.
    pub fn begun(&self) -> bool {
        self.start <= TODAY
    }

    /// Whether it is over.
    pub fn over(&self) -> bool {
        self.end < TODAY
    }
}

/// Internships of everybody who entered in 2024.
pub fn internships(kind: &Kind, students: &[Student], companies: &[Company]) -> Vec<Internship> {
    let third_year = students.iter().enumerate().filter(|(_, student)| student.year == 2024);
    third_year.map(|(n, student)| internship(kind, n, student, companies)).collect()
}

fn internship(kind: &Kind, n: usize, student: &Student, companies: &[Company]) -> Internship {
    let mut dice = Dice::of("internship", n);
    let major = &kind.majors[student.major];
    let own: Vec<usize> = (0..companies.len()).filter(|&c| suits(kind, c, student.major)).collect();
    let company = dice.pick(&own);
    let stay = major.internship;
    // A few begin later than their class: illness, a re-examination, a change of company.
    let likely = if stay.start.month() == 11 { 14 } else { 4 };
    let late = if dice.chance(likely) { 5 } else { 0 };
    let start = after(stay.start, late * 7);
    let end = after(start, stay.weeks * 7 - 3);
    let teachers = teachers_of(major.college);
    Internship {
        student: n,
        company,
        post: dice.pick(&major.posts),
        teacher: teachers.start + (student.class + dice.below(3)) % TEACHERS_OF_COLLEGE,
        mentor: dice.below(companies[company].mentors.len()),
        start,
        end,
        weeks: stay.weeks,
        aligned: dice.chance(90),
        arranged: dice.chance(82),
        mark: (end < TODAY).then(|| (student.ability * 10 + dice.between(-40, 60)).clamp(600, 980)),
        pay: 2400 + ((student.major * 7 + company * 3) % 12) as i64 * 100,
    }
}

/// 毕业去向.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// 升学: channel (SXQDDM), school, level (SXCCDM).
    Study {
        /// Code of SXQDDM.
        channel: &'static str,
        /// School.
        school: &'static str,
        /// Code of SXCCDM.
        level: &'static str,
        /// Points in the entrance examination.
        points: i64,
    },
    /// 就业 at a company.
    Work {
        /// Company.
        company: usize,
        /// Post.
        post: &'static str,
        /// Pay of the first month in yuan.
        pay: i64,
        /// Whether it suits the major.
        aligned: bool,
        /// First day.
        since: Date,
    },
    /// 自主创业.
    Venture {
        /// Name of the undertaking.
        project: &'static str,
        /// Where.
        town: Town,
        /// First day.
        since: Date,
    },
    /// 未就业: code of WJYLXDM.
    Waiting(&'static str),
}

/// What became of each graduate, with the student's index.
pub fn outcomes(kind: &Kind, students: &[Student], companies: &[Company]) -> Vec<(usize, Outcome)> {
    let graduates = students.iter().enumerate().filter(|(_, student)| student.graduated());
    graduates.map(|(n, student)| (n, outcome(kind, n, student, companies))).collect()
}

fn outcome(kind: &Kind, n: usize, student: &Student, companies: &[Company]) -> Outcome {
    let mut dice = Dice::of("outcome", n);
    let major = &kind.majors[student.major];
    let study = |dice: &mut Dice, way: &Way| Outcome::Study {
        channel: way.channel,
        school: if way.schools.len() > 1 { dice.pick(way.schools) } else { way.schools[0] },
        level: way.level,
        points: dice.between(way.points.0, way.points.1),
    };
    let [first, second, venture, waiting] = kind.outcomes;
    match dice.below(100) {
        n if n < first => study(&mut dice, &kind.ways[0]),
        n if n < second => study(&mut dice, &kind.ways[1]),
        n if n < venture => Outcome::Venture {
            project: dice.pick(&["校园二手书循环平台", "社区电器维修服务站", "乡村民宿短视频工作室", "手作皮具工坊"]),
            town: dice.pick(&TOWNS),
            since: date(2026, 7, 1 + dice.below(28) as i8),
        },
        n if n < waiting => Outcome::Waiting(dice.pick(&["1", "1", "2", "3"])),
        _ => {
            let own: Vec<usize> = (0..companies.len()).filter(|&c| suits(kind, c, student.major)).collect();
            Outcome::Work {
                company: dice.pick(&own),
                post: dice.pick(&major.posts),
                pay: dice.between(kind.pay.0, kind.pay.1) * 100,
                aligned: dice.chance(84),
                since: date(2026, 6, 22 + dice.below(8) as i8),
            }
        }
    }
}
