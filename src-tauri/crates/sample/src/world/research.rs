//! 科研: projects with the people in them.

use jiff::civil::{Date, date};

use super::kind::Kind;
use super::people::{Staff, teacher_at};
use crate::calendar::{TODAY, after};
use crate::dice::Dice;

/// 科研项目.
#[derive(Debug, Clone)]
pub struct Project {
    /// 科研项目编号.
    pub number: String,
    /// Title.
    pub title: String,
    /// What it is about, in a few words.
    pub topic: String,
    /// Code of KYXMLBDM.
    pub kind: &'static str,
    /// Code of KYHDLXDM for its expenses.
    pub activity: &'static str,
    /// Who leads it: index of staff.
    pub leader: usize,
    /// Applied for.
    pub applied: Date,
    /// Approved.
    pub approved: Date,
    /// Opened.
    pub opened: Date,
    /// Closed, or to be closed.
    pub closed: Date,
    /// Grant in yuan.
    pub grant: i64,
    /// Students in it.
    pub students: i64,
    /// Teachers in it.
    pub teachers: i64,
}

impl Project {
    /// Whether it still runs.
    pub fn running(&self) -> bool {
        self.closed > TODAY
    }
}

/// Projects of the last four years.
pub fn projects(kind: &Kind, staff: &[Staff]) -> Vec<Project> {
    (0..64).map(|n| project(kind, n, staff)).collect()
}

fn project(kind: &Kind, n: usize, staff: &[Staff]) -> Project {
    let mut dice = Dice::of("project", n);
    let major = &kind.majors[n % kind.majors.len()];
    let course = major.courses[(n / 16 * 2 + 2) % 8];
    let company = n.is_multiple_of(3);
    let (title, topic) = match (company, n / 16) {
        (true, _) => (format!("{}岗位能力标准与{course}课程资源开发", major.posts[n / 16 % 3]), "校企协同育人"),
        (false, 0) => (format!("基于真实项目的《{course}》教学改革研究"), "课程教学改革"),
        (false, 1) => (format!("{}专业课证融通路径研究", major.name), "课证融通"),
        (false, 2) => (format!("虚拟仿真技术在《{course}》中的应用研究"), "虚拟仿真教学"),
        (false, _) => (format!("{}专业实习质量评价体系研究", major.name), "实习质量评价"),
    };
    let year = 2023 + (n / 16) as i16;
    let applied = dice.school_day(date(year, 2, 20), date(year, 3, 20));
    let approved = dice.school_day(after(applied, 50), after(applied, 90));
    let opened = dice.school_day(after(approved, 20), after(approved, 50));
    let college = major.college;
    Project {
        number: format!("KY{year}{:03}", n % 16 + 1),
        title,
        topic: format!("{topic}（{}）", kind.units[college]),
        kind: if company { "1" } else { "2" },
        activity: if company { dice.pick(&["30", "40", "50"]) } else { "20" },
        leader: teacher_at(staff, college, n * 5 + 3, applied),
        applied,
        approved,
        opened,
        closed: after(opened, if n % 4 == 1 { 365 } else { 730 }),
        grant: if company { dice.between(3, 18) * 10_000 } else { dice.between(4, 30) * 1_000 },
        students: dice.between(0, 8),
        teachers: dice.between(3, 7),
    }
}
