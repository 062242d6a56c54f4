//! What differs between a college and a secondary school: the names of units, titles and offices, the majors and
//! courses, and what graduates do next. People, rooms and terms are made by the same code for both.
//!
//! Both kinds have the same number of units and of majors, and majors of one index belong to the unit of one index. So
//! the same generators serve both.

use super::majors::Major;

/// Number of units that teach majors: 院系 of a college, 专业部 of a secondary school.
pub const UNITS: usize = 7;
/// Number of majors.
pub const MAJORS: usize = 16;
/// Number of general courses.
pub const GENERAL_COURSES: usize = 12;
/// Number of elective courses.
pub const ELECTIVES: usize = 8;

/// 处室: the offices under their names in the college. Each has two members of staff. Code refers to an office by this
/// name; [`SchoolKind::offices`] has the name that the school itself uses, at the same index.
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

/// Name and codes of the sample college, as a new draft book asks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCollege {
    /// School code of ten digits, well formed, with a serial number that no school has.
    pub code: &'static str,
    /// Full Chinese name of the school.
    pub name: &'static str,
    /// Six-digit region code of GB/T 2260.
    pub region: &'static str,
    /// Period of its records, such as `2026-2027-1`.
    pub period: &'static str,
    /// Last day of the term, `YYYY-MM-DD`.
    pub term_end: &'static str,
}

/// What a college or a secondary school is called, teaches and offers.
pub struct SchoolKind {
    /// Name and codes of the school.
    pub identity: SampleCollege,
    /// Whether it is a secondary school, whose students enter after the ninth form at the age of fifteen.
    pub secondary: bool,
    /// Names of the units that teach majors, in the order of [`Major::unit`].
    pub units: [&'static str; UNITS],
    /// The word for such a unit: 院系 or 专业部.
    pub unit: &'static str,
    /// Names of the two teaching units without majors: for general education, and for ideological education.
    pub general_units: [&'static str; 2],
    /// Names of the offices, in the order of [`OFFICES`].
    pub offices: [&'static str; 17],
    /// Titles of teachers, the lowest first.
    pub titles: [&'static str; 4],
    /// Title of those who look after classes.
    pub counsellor: &'static str,
    /// Title of the head of an office.
    pub head: &'static str,
    /// Title of the second member of an office.
    pub clerk: &'static str,
    /// The majors; those of one index belong to the same unit in both kinds of school.
    pub majors: [Major; MAJORS],
    /// Courses that the students of all majors take.
    pub general_courses: [GeneralCourse; GENERAL_COURSES],
    /// Names of the elective courses, which are open to the students of all majors.
    pub electives: [&'static str; ELECTIVES],
    /// Clubs: name, code of STLXDM, code of STHDLXDM for their events.
    pub clubs: [(&'static str, &'static str, &'static str); 16],
    /// Contests for the students of all majors: name and code of SSHDLXDM.
    pub contests: [(&'static str, &'static str); 7],
    /// Courses of further training for the staff: name and theme. The fourth is for the newest teachers, the fifth for
    /// those who look after classes.
    pub trainings: [(&'static str, &'static str); 7],
    /// For each unit, the major that its graduates study next.
    pub studies: [&'static str; UNITS],
    /// Upper bounds, in percent of the graduates and each including those before: the first channel of further study,
    /// the second channel, an own business, no employment yet. All others are employed by a company.
    pub destination_thresholds: [usize; 4],
    /// The two channels of further study.
    pub study_channels: [StudyChannel; 2],
    /// Lowest and highest pay of the first month, in hundred yuan.
    pub pay: (i64, i64),
}

/// A general course: name, code of GGKLBDM, hours, hours of practice, index of the unit that teaches it in
/// [`SchoolKind::general_units`], year of study from 1.
pub type GeneralCourse = (&'static str, &'static str, i64, i64, usize, usize);

/// 升学渠道: a channel by which graduates go on to study.
pub struct StudyChannel {
    /// Code of SXQDDM.
    pub code: &'static str,
    /// Names of the institutions that take graduates by this channel.
    pub institutions: &'static [&'static str],
    /// Code of SXCCDM.
    pub level: &'static str,
    /// Lowest and highest number of points in the entrance examination.
    pub points: (i64, i64),
}
