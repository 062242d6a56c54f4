//! 科研项目: the research projects.

use jiff::civil::{Date, date};

use super::kind::SchoolKind;
use super::people::{StaffMember, teacher_at};
use crate::calendar::{TODAY, after};
use crate::random::Random;

/// 科研项目.
#[derive(Debug, Clone)]
pub struct Project {
    /// 科研项目编号.
    pub number: String,
    /// 项目名称.
    pub title: String,
    /// 项目主题.
    pub topic: String,
    /// Code of KYXMLBDM.
    pub kind: &'static str,
    /// Activity of its expenses as code of KYHDLXDM.
    pub activity: &'static str,
    /// Index in the staff of the leader.
    pub leader: usize,
    /// Day of the application.
    pub applied: Date,
    /// Day of the approval.
    pub approved: Date,
    /// Day of the start.
    pub opened: Date,
    /// Day of the end; it is a plan when it is after today.
    pub closed: Date,
    /// Grant in yuan.
    pub grant: i64,
    /// Number of students who take part.
    pub students: i64,
    /// Number of teachers who take part.
    pub teachers: i64,
}

impl Project {
    /// Whether its end is after today.
    pub fn running(&self) -> bool {
        self.closed > TODAY
    }
}

/// The projects of the last four years, sixteen a year.
pub fn projects(kind: &SchoolKind, staff: &[StaffMember]) -> Vec<Project> {
    (0..64).map(|n| project(kind, n, staff)).collect()
}

fn project(kind: &SchoolKind, n: usize, staff: &[StaffMember]) -> Project {
    let mut random = Random::of("project", n);
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
    let applied = random.school_day(date(year, 2, 20), date(year, 3, 20));
    let approved = random.school_day(after(applied, 50), after(applied, 90));
    let opened = random.school_day(after(approved, 20), after(approved, 50));
    let unit = major.unit;
    Project {
        number: format!("KY{year}{:03}", n % 16 + 1),
        title,
        topic: format!("{topic}（{}）", kind.units[unit]),
        kind: if company { "1" } else { "2" },
        activity: if company { random.pick(&["30", "40", "50"]) } else { "20" },
        leader: teacher_at(staff, unit, n * 5 + 3, applied),
        applied,
        approved,
        opened,
        closed: after(opened, if n % 4 == 1 { 365 } else { 730 }),
        grant: if company { random.between(3, 18) * 10_000 } else { random.between(4, 30) * 1_000 },
        students: random.between(0, 8),
        teachers: random.between(3, 7),
    }
}
