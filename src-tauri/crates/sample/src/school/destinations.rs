//! 毕业去向: what the graduates of the summer do after leaving the school.

use jiff::civil::{Date, date};

use super::companies::{Company, TOWNS, Town, takes_students_of};
use super::kind::{SchoolKind, StudyChannel};
use super::people::Student;
use crate::random::Random;

/// 毕业去向: what a graduate does after leaving the school.
#[derive(Debug, Clone)]
pub enum Destination {
    /// 升学: the graduate continues to study.
    FurtherStudy {
        /// Code of SXQDDM.
        channel: &'static str,
        /// Name of the institution.
        institution: &'static str,
        /// Code of SXCCDM.
        level: &'static str,
        /// Points in the entrance examination, a whole number.
        points: i64,
    },
    /// 就业: the graduate is employed by a company.
    Employment {
        /// Index of the company.
        company: usize,
        /// 岗位: what the graduate works as.
        post: &'static str,
        /// Pay of the first month in yuan.
        pay: i64,
        /// Whether the work belongs to the major of the graduate.
        aligned: bool,
        /// First day.
        since: Date,
    },
    /// 自主创业: the graduate runs a business.
    OwnBusiness {
        /// Name of the business.
        project: &'static str,
        /// Town of the business.
        town: Town,
        /// First day.
        since: Date,
    },
    /// 未就业: the graduate is not employed yet; the reason as code of WJYLXDM.
    Unemployed(&'static str),
}

/// The destination of each graduate, with the index of the student.
pub fn destinations(kind: &SchoolKind, students: &[Student], companies: &[Company]) -> Vec<(usize, Destination)> {
    let graduates = students.iter().enumerate().filter(|(_, student)| student.graduated());
    graduates.map(|(n, student)| (n, destination(kind, n, student, companies))).collect()
}

fn destination(kind: &SchoolKind, n: usize, student: &Student, companies: &[Company]) -> Destination {
    let mut random = Random::of("outcome", n);
    let major = &kind.majors[student.major];
    let study = |random: &mut Random, channel: &StudyChannel| Destination::FurtherStudy {
        channel: channel.code,
        institution: if channel.institutions.len() > 1 {
            random.pick(channel.institutions)
        } else {
            channel.institutions[0]
        },
        level: channel.level,
        points: random.between(channel.points.0, channel.points.1),
    };
    let [first, second, own_business, unemployed] = kind.destination_thresholds;
    match random.below(100) {
        n if n < first => study(&mut random, &kind.study_channels[0]),
        n if n < second => study(&mut random, &kind.study_channels[1]),
        n if n < own_business => Destination::OwnBusiness {
            project: random.pick(&["校园二手书循环平台", "社区电器维修服务站", "乡村民宿短视频工作室", "手作皮具工坊"]),
            town: random.pick(&TOWNS),
            since: date(2026, 7, 1 + random.below(28) as i8),
        },
        n if n < unemployed => Destination::Unemployed(random.pick(&["1", "1", "2", "3"])),
        _ => {
            let own: Vec<usize> = (0..companies.len()).filter(|&c| takes_students_of(kind, c, student.major)).collect();
            Destination::Employment {
                company: random.pick(&own),
                post: random.pick(&major.posts),
                pay: random.between(kind.pay.0, kind.pay.1) * 100,
                aligned: random.chance(84),
                since: date(2026, 6, 22 + random.below(8) as i8),
            }
        }
    }
}
