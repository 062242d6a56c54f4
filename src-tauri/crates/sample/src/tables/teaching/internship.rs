//! 实习: internships, insurance, reports, and misconduct of companies.

use jiff::civil::{Date, date};

use super::super::secondary;
use crate::calendar::{AUTUMN, TODAY, after, week_of};
use crate::random::Random;
use crate::school::School;
use crate::school::companies::{Company, TOWNS};
use crate::school::internships::Internship;
use crate::table_builder::{TableBuilder, tenths, yuan};

pub fn internships(school: &School, builder: &mut TableBuilder) {
    for (n, internship) in school.internships.iter().enumerate() {
        let student = &school.students[internship.student];
        let (major, class) = (school.major_of(student), school.class_of(student));
        let company = &school.companies[internship.company];
        let teacher = &school.staff[internship.teacher];
        let (mentor, mentor_phone) = &company.mentors[internship.mentor];
        let mut random = Random::of("internship record", n);
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("ZYH", &major.code),
            ("ZYMC", &major.name),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("XZM", &"3"),
            ("XQM", &AUTUMN),
            ("SXSFKS", &internship.begun()),
            ("SXSFJS", &internship.over()),
            ("SXQYHYLBM", &company.industry),
            ("SXNR", &random.chance(92).then(|| work_of(internship, major.name))),
            ("SFDK", &internship.aligned),
            ("SXAPM", &if internship.arranged { "1" } else { "2" }),
            ("SXXSM", &"1"),
            ("SXSC", &internship.weeks),
            ("SXCJ", &internship.mark.map(tenths)),
            ("SXKSRQ", &internship.start),
            ("SXJSRQ", &internship.end),
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
            ("ZFSXXSSJBC", &yuan(internship.pay)),
            ("XJJDZXDH", &"0510-80000012"),
            ("SFQDSFXY", &(internship.arranged || random.chance(88) || internship.begun())),
            ("SFKSSX", &(company.town.province != TOWNS[0].province)),
            ("SFFGWSX", &false),
            ("RXNF", &date(student.year, 9, 1)),
            ("XN", &secondary::SCHOOL_YEAR),
            ("SXXMMC", &format!("{}专业岗位实习", major.name)),
            ("SXLB", &"2"),
            ("SXQXM", &distance(company)),
            ("SXDWLYM", &if internship.arranged { "1" } else { "3" }),
            ("SXCSLXM", &ownership(company)),
            ("SXJDH", &secondary::base_number(internship.company)),
            (
                "SXDWDZ",
                &format!("{}{}示例路{}号", company.town.province.1, company.town.town.1, internship.company + 1),
            ),
            ("SXGWMC", &internship.post),
            ("ZSAPM", &(company.town != TOWNS[0])),
            ("ZYDKCDM", &if internship.aligned { "2" } else { "1" }),
            ("GMBXZLM", &"1"),
            ("BXGMFM", &"1"),
        ]);
    }
}

/// 实习去向 as code of SXQXDM: in the town of the school, in its province, elsewhere.
fn distance(company: &Company) -> &'static str {
    match (company.town == TOWNS[0], company.town.province == TOWNS[0].province) {
        (true, _) => "1",
        (_, true) => "2",
        _ => "3",
    }
}

/// 实习场所类型 as code of SXCSLXDM: state-owned, private, other.
fn ownership(company: &Company) -> &'static str {
    match company.kind {
        "31" => "1",
        "33" => "4",
        _ => "99",
    }
}

/// 实习违规行为: misconduct of a few companies.
pub fn misconduct(school: &School, builder: &mut TableBuilder) {
    for (n, internship) in
        school.internships.iter().enumerate().filter(|(n, internship)| n % 60 == 7 && internship.begun())
    {
        let student = &school.students[internship.student];
        let company = &school.companies[internship.company];
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("SXKSRQ", &internship.start),
            ("SXJSRQ", &internship.end),
            ("SXDDSZSJGBM", &company.town.province.0),
            ("SXDDSZSJGMC", &company.town.province.1),
            ("SXDDSZSHJGBM", &company.town.town.0),
            ("SXDDSZSHJGMC", &company.town.town.1),
            ("SXQYMC", &company.name),
            ("QYWGXWM", &["6", "7", "8"][n % 3]),
        ]);
    }
}

fn work_of(internship: &Internship, major: &str) -> String {
    format!(
        "在{}岗位跟随企业指导人员学习，熟悉岗位职责和安全规范，参与日常生产与服务，完成{major}专业规定的岗位实习任务，按周填写实习报告。",
        internship.post
    )
}

/// 实习保险: one policy for each intern, bought before the first day by the school or, for one in ten, by the company.
pub fn insurance(school: &School, builder: &mut TableBuilder) {
    for (n, internship) in school.internships.iter().enumerate() {
        let student = &school.students[internship.student];
        let company = &school.companies[internship.company];
        let mut random = Random::of("insurance", n);
        let day = random.school_day(after(internship.start, -20), after(internship.start, -4)).min(TODAY);
        let by_company = random.chance(10);
        builder.add_row(&[
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
            ("BXFCZFMC", &if by_company { company.name } else { school.kind.identity.name }),
            ("BXGMRQ", &day),
            ("BXGMFM", &if by_company { "2" } else { "1" }),
            ("GMBXZLM", &if by_company { "2" } else { "1" }),
        ]);
    }
}

/// Two reports of each intern who has begun, the newest last. The first is a monthly report (a weekly one for those who
/// began after 20 October), the second a weekly report or, after the end of the internship, the final one.
pub fn reports(school: &School, builder: &mut TableBuilder) {
    for (n, internship) in school.internships.iter().enumerate().filter(|(_, internship)| internship.begun()) {
        let last: Date = internship.end.min(after(TODAY, -1));
        let mut random = Random::of("internship report", n);
        let before = after(last, -random.between(8, 12));
        let newest = if internship.over() { last } else { after(last, -random.between(0, 4)) };
        let first = if internship.start < date(2026, 10, 20) {
            ("2", before)
        } else {
            ("1", before.max(after(internship.start, 4)))
        };
        let learned_first = random.below(LEARNED.len());
        let newest = (if internship.over() { "3" } else { "1" }, newest);
        // The two reports of one intern have different texts.
        for (part, (kind, day)) in [first, newest].into_iter().enumerate() {
            let student = &school.students[internship.student];
            let name = match kind {
                "1" => format!("第{}教学周周报", week_of(day)),
                "2" => "十月份月报".to_owned(),
                _ => "实习综合报告".to_owned(),
            };
            let learned = LEARNED[(learned_first + part * 2) % LEARNED.len()];
            builder.add_row(&[
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("SXQYMC", &school.companies[internship.company].name),
                ("SXGWMC", &internship.post),
                ("SXZDJS", &school.staff[internship.teacher].name),
                ("SXBGLBM", &kind),
                // The standard names a third kind (实习综合报告), but the column has two characters.
                ("BGLB", &if kind == "1" { "周报" } else { "月报" }),
                ("SXBGNRZY", &format!("{name}：{learned}。")),
                (
                    "SXBGNR",
                    &format!(
                        "本阶段在{}岗位实习，{}指导教师定期联系并检查实习情况。通过实习，{learned}；{}。下一步将继续按照实习计划完成任务。",
                        internship.post,
                        school.unit_of_student(student),
                        random.pick(&TROUBLE),
                    ),
                ),
                ("SXBGTJRQ", &day),
                ("JSPYZTM", &if day < after(TODAY, -3) || random.chance(40) { "1" } else { "2" }),
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
