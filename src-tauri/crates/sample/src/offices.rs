//! 责任部门: which department answers for which table. The standard names source systems, not departments; who runs a
//! system fills its tables. That is our default for the sample college; a real college decides for itself.

use standard::{Edition, Table};

use crate::world::World;
use crate::world::people::OFFICES;

/// Words in the name of a source system, and the department that runs it, as the college names it; the first match holds.
const RUNS: [(&str, &str); 35] = [
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
/// For source systems of other names, and for tables without one.
const OTHERWISE: &str = "信息中心";

/// Departments in the order in which their first table stands in the standard.
pub fn departments(edition: &Edition) -> Vec<(String, Vec<String>)> {
    let offices = World::of(&edition.level).kind.offices;
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for table in &edition.tables {
        let role = department_of(table);
        let department = OFFICES.iter().position(|office| *office == role).map_or(role, |at| offices[at]);
        match all.iter_mut().find(|(name, _)| name == department) {
            Some((_, tables)) => tables.push(table.name.clone()),
            None => all.push((department.to_owned(), vec![table.name.clone()])),
        }
    }
    all
}

fn department_of(table: &Table) -> &'static str {
    let source = table.source_system.as_deref().unwrap_or_default();
    RUNS.iter().find(|(words, _)| source.contains(words)).map_or(OTHERWISE, |(_, department)| *department)
}
