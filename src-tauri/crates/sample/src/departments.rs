//! 责任部门: which department is responsible for which table. The standard names a source system for each table, but no
//! department, so the department that runs the system gets the table. This is the default of the sample college; a real
//! college decides for itself.

use standard::{Edition, Table};

use crate::school::School;
use crate::school::kind::OFFICES;

/// Part of the name of a source system, and the department that runs such systems under its name in the college. The
/// first entry whose part occurs in the name decides.
const DEPARTMENTS_BY_SYSTEM: [(&str, &str); 35] = [
    ("等系统", "信息中心"),
    ("教务", "教务处"),
    ("教学管理", "教务处"),
    ("实习", "招生就业处"),
    ("离校", "招生就业处"),
    ("就业", "招生就业处"),
    ("教学质量", "质量管理办公室"),
    ("网络教学", "教务处"),
    ("虚拟仿真", "教务处"),
    ("实训", "教务处"),
    ("智慧教室", "信息中心"),
    ("学工", "学生工作处"),
    ("心理", "学生工作处"),
    ("体测", "学生工作处"),
    ("学生", "学生工作处"),
    ("团委", "团委"),
    ("人事", "人事处"),
    ("科研", "科研处"),
    ("资产", "资产管理处"),
    ("设备监控", "信息中心"),
    ("图书", "图书馆"),
    ("党建", "党委组织部"),
    ("思政", "党委宣传部"),
    ("网站", "党委宣传部"),
    ("宣传", "党委宣传部"),
    ("一卡通", "后勤保障处"),
    ("后勤", "后勤保障处"),
    ("校企", "校企合作处"),
    ("国际", "国际交流处"),
    ("办公室", "学校办公室"),
    ("财务", "财务处"),
    ("大数据中心", "信息中心"),
    ("数据", "信息中心"),
    ("认证", "信息中心"),
    ("网络安全", "信息中心"),
];
/// The department for source systems with other names, and for tables without a source system.
const DEFAULT_DEPARTMENT: &str = "信息中心";

/// The departments with their tables, in the order of the first table of each in the edition.
pub fn departments(edition: &Edition) -> Vec<(String, Vec<String>)> {
    let offices = School::of(&edition.level).kind.offices;
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for table in &edition.tables {
        let of_college = department_of(table);
        let department = OFFICES.iter().position(|office| *office == of_college).map_or(of_college, |at| offices[at]);
        match all.iter_mut().find(|(name, _)| name == department) {
            Some((_, tables)) => tables.push(table.name.clone()),
            None => all.push((department.to_owned(), vec![table.name.clone()])),
        }
    }
    all
}

fn department_of(table: &Table) -> &'static str {
    let source = table.source_system.as_deref().unwrap_or_default();
    DEPARTMENTS_BY_SYSTEM
        .iter()
        .find(|(part, _)| source.contains(part))
        .map_or(DEFAULT_DEPARTMENT, |(_, department)| *department)
}
