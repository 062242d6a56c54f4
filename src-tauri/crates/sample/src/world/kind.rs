//! Kinds of school. A secondary school and a college have the same machinery of people, rooms and terms; what they call
//! their units, what they teach, and where their graduates go is data of the kind.
//!
//! The shape is the same for all: so many units, so many majors spread over them in the same way. So one plan serves both.

use super::clubs::CLUBS;
use super::courses::{ELECTIVES, GENERAL, General};
use super::majors::{COLLEGES, MAJORS, Major};
use super::people::{GENERAL_UNITS, OFFICES};
use crate::SampleCollege;

/// How many units with majors a school has: 院系 of a college, 专业部 of a secondary school.
pub const UNITS: usize = 7;

/// A kind of school.
pub struct Kind {
    /// Who it is.
    pub school: SampleCollege,
    /// Whether its students come after the ninth form, at fifteen.
    pub secondary: bool,
    /// Units with majors, in the order of [`Major::college`].
    pub units: [&'static str; UNITS],
    /// What such a unit is called.
    pub unit: &'static str,
    /// Teaching units without majors: general education, ideology.
    pub general_units: [&'static str; 2],
    /// Offices, in the order of [`OFFICES`].
    pub offices: [&'static str; 17],
    /// Titles of teachers, the lowest first.
    pub titles: [&'static str; 4],
    /// Duty of those who look after classes, of heads of offices and of the others in them.
    pub counsellor: &'static str,
    /// Head of an office.
    pub head: &'static str,
    /// Anybody else in an office.
    pub clerk: &'static str,
    /// Majors.
    pub majors: [Major; 16],
    /// General courses.
    pub general: [General; 12],
    /// Electives.
    pub electives: [&'static str; 8],
    /// Clubs: name, code of STLXDM, code of STHDLXDM.
    pub clubs: [(&'static str, &'static str, &'static str); 16],
    /// Contests of all students: name and code of SSHDLXDM.
    pub contests: [(&'static str, &'static str); 7],
    /// Courses of further training for the staff: name and theme; the fourth is for the newest teachers, the fifth for
    /// those who look after classes.
    pub trainings: [(&'static str, &'static str); 7],
    /// What the graduates of each unit go on to study.
    pub studies: [&'static str; UNITS],
    /// Of a hundred graduates: up to which number the first and the second way of study lead, a venture, and waiting. All
    /// others work.
    pub outcomes: [usize; 4],
    /// The two ways of further study.
    pub ways: [Way; 2],
    /// Pay of the first month, from and to, in hundred yuan.
    pub pay: (i64, i64),
}

/// A way of further study.
pub struct Way {
    /// Code of SXQDDM.
    pub channel: &'static str,
    /// Schools it leads to.
    pub schools: &'static [&'static str],
    /// Code of SXCCDM.
    pub level: &'static str,
    /// Points in the entrance examination, from and to.
    pub points: (i64, i64),
}

/// 示例职业技术学院.
pub static COLLEGE: Kind = Kind {
    school: SampleCollege {
        code: "4132099999",
        name: "示例职业技术学院",
        region: "320211",
        period: "2026-2027-1",
        term_end: "2027-01-15",
    },
    secondary: false,
    units: COLLEGES,
    unit: "院系",
    general_units: GENERAL_UNITS,
    offices: OFFICES,
    titles: ["助教", "讲师", "副教授", "教授"],
    counsellor: "辅导员",
    head: "处长",
    clerk: "科员",
    majors: MAJORS,
    general: GENERAL,
    electives: ELECTIVES,
    clubs: CLUBS,
    contests: [
        ("校园十佳歌手大赛", "4"),
        ("秋季田径运动会", "3"),
        ("新生篮球联赛", "3"),
        ("中华经典诵读比赛", "4"),
        ("思政微课大学生讲述比赛", "1"),
        ("劳动技能竞赛", "5"),
        ("大学生创新创业大赛校内选拔赛", "9"),
    ],
    trainings: [
        ("职业院校教师数字素养提升培训", "数字化教学能力"),
        ("课程思政教学设计研修班", "课程思政"),
        ("双师型教师专业技能培训", "专业实践技能"),
        ("新入职教师岗前培训", "教育教学基本规范"),
        ("辅导员职业能力提升班", "学生教育管理"),
        ("虚拟仿真教学资源开发培训", "教学资源建设"),
        ("专业群建设与课程体系开发研修班", "专业建设"),
    ],
    studies: ["软件工程", "机械设计制造及其自动化", "车辆工程", "工商管理", "视觉传达设计", "土木工程", "护理学"],
    outcomes: [18, 21, 24, 36],
    ways: [
        Way {
            channel: "8",
            schools: &["示例理工大学", "示例工程学院", "示例科技大学应用技术学院"],
            level: "3",
            points: (210, 268),
        },
        Way { channel: "1", schools: &["示例职业技术大学"], level: "2", points: (190, 240) },
    ],
    pay: (38, 65),
};
