//! 实习: who learns where, insured how, and reports what.

use jiff::civil::{Date, date};

use super::super::secondary;
use crate::calendar::{AUTUMN, TODAY, after, week_of};
use crate::dice::Dice;
use crate::sheet::{Sheet, tenths, yuan};
use crate::world::World;
use crate::world::companies::{Company, TOWNS};
use crate::world::paths::Internship;

pub fn internships(world: &World, sheet: &mut Sheet) {
    for (n, stay) in world.internships.iter().enumerate() {
        let student = &world.students[stay.student];
        let (major, class) = (world.major_of(student), world.class_of(student));
        let company = &world.companies[stay.company];
        let teacher = &world.staff[stay.teacher];
        let (mentor, mentor_phone) = &company.mentors[stay.mentor];
        let mut dice = Dice::of("internship record", n);
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("ZYH", &major.code),
            ("ZYMC", &major.name),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("XZM", &"3"),
            ("XQM", &AUTUMN),
            ("SXSFKS", &stay.begun()),
            ("SXSFJS", &stay.over()),
            ("SXQYHYLBM", &company.industry),
            ("SXNR", &dice.chance(92).then(|| work_of(stay, major.name))),
            ("SFDK", &stay.aligned),
            ("SXAPM", &if stay.arranged { "1" } else { "2" }),
            ("SXXSM", &"1"),
            ("SXSC", &stay.weeks),
            ("SXCJ", &stay.mark.map(tenths)),
            ("SXKSRQ", &stay.start),
            ("SXJSRQ", &stay.end),
            ("SXQYMC", &company.name),
            ("SXDDSZSJGBM", &company.town.province.0),
            ("SXDDSZSJGMC", &company.town.province.1),
            ("SXDDSZSHJGBM", &company.town.town.0),
            ("SXDDSZSHJGMC", &company.town.town.1),
            ("XNZDJSGH", &teacher.number),
            ("XNZDJSXM", &teacher.name),
            ("XNZDJSDH", &teacher.phone),
            ("QYZMZDRYXM", mentor),
            ("QYZMZDRYDH", mentor_phone),
            ("ZFSXXSSJBC", &yuan(stay.pay)),
            ("XJJDZXDH", &"0510-80000012"),
            ("SFQDSFXY", &(stay.arranged || dice.chance(88))),
            ("SFKSSX", &(company.town.province != TOWNS[0].province)),
            ("SFFGWSX", &false),
            ("RXNF", &date(student.year, 9, 1)),
            ("XN", &secondary::SCHOOL_YEAR),
            ("SXXMMC", &format!("{}专业岗位实习", major.name)),
            ("SXLB", &"2"),
            ("SXQXM", &distance(company)),
            ("SXDWLYM", &if stay.arranged { "1" } else { "3" }),
            ("SXCSLXM", &ownership(company)),
            ("SXJDH", &secondary::base_number(stay.company)),
            ("SXDWDZ", &format!("{}{}示例路{}号", company.town.province.1, company.town.town.1, stay.company + 1)),
            ("SXGWMC", &stay.post),
            ("ZSAPM", &(company.town != TOWNS[0])),
            ("ZYDKCDM", &if stay.aligned { "2" } else { "1" }),
            ("GMBXZLM", &"1"),
            ("BXGMFM", &"1"),
        ]);
    }
}

/// Code of SXQXDM: in the town, in the province, elsewhere.
fn distance(company: &Company) -> &'static str {
    match (company.town == TOWNS[0], company.town.province == TOWNS[0].province) {
        (true, _) => "1",
        (_, true) => "2",
        _ => "3",
    }
}

/// Code of SXCSLXDM: owned by the state, private, or neither.
fn ownership(company: &Company) -> &'static str {
    match company.kind {
        "31" => "1",
        "33" => "4",
        _ => "99",
    }
}

/// What a few companies did wrong, as the college found out.
pub fn misconduct(world: &World, sheet: &mut Sheet) {
    for (n, stay) in world.internships.iter().enumerate().filter(|(n, stay)| n % 60 == 7 && stay.begun()) {
        let student = &world.students[stay.student];
        let company = &world.companies[stay.company];
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("SXKSRQ", &stay.start),
            ("SXJSRQ", &stay.end),
            ("SXDDSZSJGBM", &company.town.province.0),
            ("SXDDSZSJGMC", &company.town.province.1),
            ("SXDDSZSHJGBM", &company.town.town.0),
            ("SXDDSZSHJGMC", &company.town.town.1),
            ("SXQYMC", &company.name),
            ("QYWGXWM", &["6", "7", "8"][n % 3]),
        ]);
    }
}

fn work_of(stay: &Internship, major: &str) -> String {
    format!(
        "在{}岗位跟随企业指导人员学习，熟悉岗位职责和安全规范，参与日常生产与服务，完成{major}专业规定的岗位实习任务，按周填写实习报告。",
        stay.post
    )
}

/// 实习责任保险 bought by the college for everybody, before the first day.
pub fn insurance(world: &World, sheet: &mut Sheet) {
    for (n, stay) in world.internships.iter().enumerate() {
        let student = &world.students[stay.student];
        let company = &world.companies[stay.company];
        let mut dice = Dice::of("insurance", n);
        let day = dice.school_day(after(stay.start, -20), after(stay.start, -4)).min(TODAY);
        let by_company = dice.chance(10);
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            (
                "BXXZMC",
                &if by_company {
                    "实习人员人身意外伤害保险"
                } else {
                    "职业院校学生实习责任保险"
                },
            ),
            ("BDH", &format!("BD2026{:06}", n + 1)),
            ("BXFCZFMC", &if by_company { company.name } else { world.kind.school.name }),
            ("BXGMRQ", &day),
            ("BXGMFM", &if by_company { "2" } else { "1" }),
            ("GMBXZLM", &if by_company { "2" } else { "1" }),
        ]);
    }
}

/// Two reports of each student who has begun, newest last: a monthly and a weekly one, or the final one at the end. Who
/// began in November has written weekly ones only.
pub fn reports(world: &World, sheet: &mut Sheet) {
    for (n, stay) in world.internships.iter().enumerate().filter(|(_, stay)| stay.begun()) {
        let last: Date = stay.end.min(after(TODAY, -1));
        let mut dice = Dice::of("internship report", n);
        let before = after(last, -dice.between(8, 12));
        let newest = if stay.over() { last } else { after(last, -dice.between(0, 4)) };
        let first =
            if stay.start < date(2026, 10, 20) { ("2", before) } else { ("1", before.max(after(stay.start, 4))) };
        let learned_first = dice.below(LEARNED.len());
        let newest = (if stay.over() { "3" } else { "1" }, newest);
        // Nobody writes the same twice.
        for (part, (kind, day)) in [first, newest].into_iter().enumerate() {
            let student = &world.students[stay.student];
            let name = match kind {
                "1" => format!("第{}教学周周报", week_of(day)),
                "2" => "十月份月报".to_owned(),
                _ => "实习综合报告".to_owned(),
            };
            let learned = LEARNED[(learned_first + part * 2) % LEARNED.len()];
            sheet.row(&[
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("SXQYMC", &world.companies[stay.company].name),
                ("SXGWMC", &stay.post),
                ("SXZDJS", &world.staff[stay.teacher].name),
                ("SXBGLBM", &kind),
                // The standard names a third kind, but leaves two characters.
                ("BGLB", &if kind == "1" { "周报" } else { "月报" }),
                ("SXBGNRZY", &format!("{name}：{learned}。")),
                (
                    "SXBGNR",
                    &format!(
                        "本阶段在{}岗位实习，{}指导教师定期联系并检查实习情况。通过实习，{learned}；{}。下一步将继续按照实习计划完成任务。",
                        stay.post,
                        world.college_of(student),
                        dice.pick(&TROUBLE),
                    ),
                ),
                ("SXBGTJRQ", &day),
                ("JSPYZTM", &if day < after(TODAY, -3) || dice.chance(40) { "1" } else { "2" }),
            ]);
        }
    }
}

const LEARNED: [&str; 5] = [
    "对岗位工作流程有了完整认识",
    "能够独立完成基本操作",
    "学会了与同事配合处理现场问题",
    "安全意识和质量意识明显增强",
    "熟悉了常用设备和软件的使用",
];
const TROUBLE: [&str; 3] = [
    "遇到的困难主要是操作速度不够快，请教师傅后已有改进",
    "初期对规范不熟悉，经过反复练习已能达到要求",
    "沟通表达还需加强，计划主动参加班组例会",
];
