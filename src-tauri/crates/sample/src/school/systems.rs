//! 信息化系统, 数字资源 and 虚拟仿真资源: the information systems and the digital teaching resources.

use jiff::civil::{DateTime, date};

use super::courses::Course;
use super::kind::SchoolKind;
use crate::calendar::after;
use crate::random::Random;

/// 信息化系统: an information system of the school.
#[derive(Debug, Clone, Copy)]
pub struct System {
    /// 系统编号, such as `XT01`.
    pub number: &'static str,
    /// 系统简称.
    pub short: &'static str,
    /// 系统全称.
    pub name: &'static str,
    /// Office that runs it, by its name in the college.
    pub office: &'static str,
    /// Code of XXHXTFLDM.
    pub kind: &'static str,
    /// Code of XXHXTJSLXDM.
    pub built: &'static str,
    /// For a 特色系统 of the school, its way of access as code of CJJCJRFSDM.
    pub special: Option<&'static str>,
    /// Whether students use it, too; the staff uses every system.
    pub for_students: bool,
    /// Host name below [`DOMAIN`].
    pub host: &'static str,
}

/// Internet domain of the school. The top level `.example` is reserved for examples, so the domain cannot be
/// registered.
pub const DOMAIN: &str = "shili.example";

impl System {
    /// Address of its start page.
    pub fn url(&self) -> String {
        format!("https://{}.{DOMAIN}", self.host)
    }
}

/// A system as a row of constants, with the fields of [`System`] in their order.
type SystemRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    bool,
    &'static str,
);

const SYSTEMS: [SystemRow; 20] = [
    ("XT01", "教务系统", "教务管理系统", "教务处", "2", "3", None, true, "jw"),
    ("XT02", "学工系统", "学生工作管理系统", "学生工作处", "1", "3", None, true, "xg"),
    ("XT03", "人事系统", "人事管理系统", "人事处", "3", "3", None, false, "rs"),
    ("XT04", "科研系统", "科研管理系统", "科研处", "3", "3", None, false, "ky"),
    ("XT05", "资产系统", "资产管理系统", "资产管理处", "6", "3", None, false, "zc"),
    ("XT06", "图书系统", "图书管理系统", "图书馆", "4", "3", None, true, "lib"),
    ("XT07", "一卡通", "校园一卡通系统", "后勤保障处", "3", "3", None, true, "card"),
    ("XT08", "统一认证", "统一身份认证平台", "信息中心", "5", "1", None, true, "sso"),
    ("XT09", "数据中心", "校本数据中心", "信息中心", "6", "1", None, false, "data"),
    ("XT10", "办事大厅", "一网通办平台", "信息中心", "3", "1", Some("2"), true, "ehall"),
    ("XT11", "实习系统", "实习管理系统", "招生就业处", "2", "3", Some("1"), true, "sx"),
    ("XT12", "网络教学", "网络教学平台", "教务处", "2", "3", None, true, "mooc"),
    ("XT13", "智慧教室", "智慧教室管理平台", "信息中心", "2", "3", None, false, "room"),
    ("XT14", "虚仿平台", "虚拟仿真实训教学管理及资源共享平台", "教务处", "2", "4", Some("3"), true, "vr"),
    ("XT15", "离校系统", "离校与就业服务系统", "招生就业处", "1", "3", None, true, "leave"),
    ("XT16", "党建系统", "智慧党建系统", "党委组织部", "3", "3", None, false, "dj"),
    ("XT17", "校企平台", "校企合作管理系统", "校企合作处", "3", "1", None, false, "xq"),
    ("XT18", "质量平台", "教学质量管理平台", "质量管理办公室", "2", "3", None, true, "zl"),
    ("XT19", "安全监控", "网络安全监控系统", "信息中心", "5", "3", None, false, "safe"),
    ("XT20", "学生画像", "学生成长画像系统", "学生工作处", "1", "1", Some("2"), true, "grow"),
];

/// All information systems.
pub fn systems() -> Vec<System> {
    let system = |(number, short, name, office, kind, built, special, for_students, host): SystemRow| System {
        number,
        short,
        name,
        office,
        kind,
        built,
        special,
        for_students,
        host,
    };
    SYSTEMS.into_iter().map(system).collect()
}

/// 数字资源.
#[derive(Debug, Clone)]
pub struct Resource {
    /// 资源编号.
    pub number: String,
    /// 资源名称.
    pub name: String,
    /// Index of the course that it is made for.
    pub course: usize,
    /// Code of SZZYLXDM.
    pub kind: &'static str,
    /// Code of JBDM.
    pub level: &'static str,
    /// For a resource that is shared on the national platform, its kind there as code of GJPTDJZYLXDM.
    pub national: Option<&'static str>,
    /// When it was made.
    pub made: DateTime,
    /// When it was last changed.
    pub changed: DateTime,
}

/// The resources, two for each course that is taught in class.
pub fn resources(courses: &[Course]) -> Vec<Resource> {
    const FORMS: [(&str, &str); 6] = [
        ("教学课件", "3"),
        ("微课", "4"),
        ("操作演示视频", "5"),
        ("讲义", "1"),
        ("结构原理动画", "6"),
        ("互动练习", "7"),
    ];
    let taught = courses.iter().enumerate().filter(|(_, course)| course.hours < 400);
    let mut resources = Vec::new();
    for (c, course) in taught {
        let mut random = Random::of("resource", c);
        let first = random.below(FORMS.len());
        for k in 0..2 {
            let (form, kind) = FORMS[(first + k * 2 + 1) % FORMS.len()];
            let made = random.day(date(2021, 3, 1), date(2025, 6, 30));
            let changed = random.day(after(made, 30), date(2026, 11, 15));
            let shared = course.excellent != "9" && k == 0;
            resources.push(Resource {
                number: format!("ZY{:05}", resources.len() + 1),
                name: format!("{}{form}", course.name),
                course: c,
                kind,
                level: match course.excellent {
                    "2" if shared => "20",
                    _ if random.chance(30) => "61",
                    _ => "60",
                },
                national: shared.then_some(if k == 0 && course.online { "2" } else { "1" }),
                made: random.time(made, 8, 18),
                changed: random.time(changed, 8, 18),
            });
        }
    }
    resources
}

/// 虚拟仿真资源.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// 资源编号.
    pub number: String,
    /// 资源名称.
    pub name: String,
    /// Index of the course that it is made for.
    pub course: usize,
    /// Index of the major of the course.
    pub major: usize,
    /// Code of XNFZZYLXDM.
    pub kind: &'static str,
    /// When it was made.
    pub made: DateTime,
    /// When it was last changed.
    pub changed: DateTime,
}

/// One simulation for each course of a major that has hours of simulation.
pub fn simulations(kind: &SchoolKind, courses: &[Course]) -> Vec<Simulation> {
    let simulated = courses.iter().enumerate().filter(|(_, course)| course.simulated > 0);
    let of_majors = simulated.filter_map(|(c, course)| course.major.map(|major| (c, course, major)));
    of_majors
        .enumerate()
        .map(|(n, (c, course, major))| {
            let mut random = Random::of("simulation", n);
            let made = random.day(date(2022, 9, 1), date(2025, 6, 30));
            let changed = random.day(after(made, 60), date(2026, 10, 30));
            Simulation {
                number: format!("XF{:04}", n + 1),
                name: format!("{}虚拟仿真实训资源（{}）", course.name, kind.majors[major].name),
                course: c,
                major,
                kind: random.pick(&["1", "2", "2", "3"]),
                made: random.time(made, 8, 18),
                changed: random.time(changed, 8, 18),
            }
        })
        .collect()
}
