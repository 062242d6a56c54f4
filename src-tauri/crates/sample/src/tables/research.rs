//! 科研管理数据子集.

use jiff::civil::{Date, date};

use super::generator::Generators;
use crate::calendar::{TERM_SO_FAR, after};
use crate::names;
use crate::random::Random;
use crate::school::School;
use crate::school::people::{StaffMember, teacher_at};
use crate::table_builder::{TableBuilder, yuan};

pub const GENERATORS: Generators = &[
    ("ODS_KYXMJBSJ", projects),
    ("ODS_KYXMYJHDSJ", activities),
    ("ODS_KYJFZCSJ", expenses),
    ("ODS_LWFBSJ", papers),
    ("ODS_ZLFBSJ", patents),
    ("ODS_ZZFBSJ", monographs),
    ("ODS_XSJZSJ", talks),
];

fn projects(school: &School, builder: &mut TableBuilder) {
    for project in &school.projects {
        builder.add_row(&[
            ("KYXMBH", &project.number),
            ("KYXMMC", &project.title),
            ("KYXMLBM", &project.kind),
            ("KYXMZT", &project.topic),
            (
                "KYXMNRJJ",
                &format!(
                    "本项目围绕{}开展调查研究与实践，形成研究报告和可推广的教学成果，在相关专业中应用。",
                    project.topic
                ),
            ),
            ("KTRQ", &project.opened),
            ("SBRQ", &project.applied),
            ("LXRQ", &project.approved),
            ("JXRQ", &project.closed),
            ("KYXMFZR", &school.staff[project.leader].name),
            ("XMLXJF", &yuan(project.grant)),
            ("CYXSS", &project.students),
            ("CYJSS", &project.teachers),
        ]);
    }
}

/// Two or three meetings for each running project.
fn activities(school: &School, builder: &mut TableBuilder) {
    const THEMES: [(&str, &str); 5] = [
        ("开题论证会", "邀请专家对研究方案进行论证，明确研究任务和分工。"),
        ("企业调研", "赴合作企业访谈技术人员和管理人员，收集岗位能力需求。"),
        ("阶段研讨会", "汇报研究进展，讨论存在的问题和下一步计划。"),
        ("问卷分析会", "整理师生问卷数据，形成初步结论。"),
        ("资源评审会", "对已开发的教学资源进行集体评审并提出修改意见。"),
    ];
    for (n, project) in school.projects.iter().enumerate().filter(|(_, project)| project.running()) {
        for k in 0..2 + n % 2 {
            let mut random = Random::of("research activity", n * 4 + k);
            let (theme, content) = THEMES[(n + k) % 4 + 1];
            builder.add_row(&[
                ("KYXMBH", &project.number),
                ("KYXMMC", &project.title),
                ("KYXMYJHDZT", &theme),
                ("KYXMYJHDNRJJ", &content),
                ("KYXMYJHDRQ", &random.past_school_day().max(project.opened)),
            ]);
        }
    }
}

/// Expenses of this term. Together they are less than half of the grant.
fn expenses(school: &School, builder: &mut TableBuilder) {
    const USES: [&str; 5] = ["差旅费", "资料费", "印刷费", "专家咨询费", "材料费"];
    for (n, project) in school.projects.iter().enumerate().filter(|(_, project)| project.running()) {
        for (k, using) in USES.into_iter().enumerate() {
            let mut random = Random::of("expense", n * 5 + k);
            let day = random.past_school_day().max(project.opened);
            builder.add_row(&[
                ("KYXMBH", &project.number),
                ("JFZCKYXMMC", &project.title),
                ("JFZCKYXMLBM", &project.activity),
                ("ZCJE", &yuan((project.grant / 100 * random.between(2, 9)).max(60))),
                ("ZCSJ", &random.time(day, 9, 17)),
                ("ZCYT", &format!("{using}，用于项目研究活动")),
            ]);
        }
    }
}

/// A teacher of the unit of the `n`th major who joined the school before `day`.
fn author(school: &School, n: usize, day: Date) -> &StaffMember {
    &school.staff[teacher_at(&school.staff, school.kind.majors[n % school.kind.majors.len()].unit, n * 7, day)]
}

fn papers(school: &School, builder: &mut TableBuilder) {
    for n in 0..96 {
        let mut random = Random::of("paper", n);
        let major = &school.kind.majors[n % 16];
        let course = major.courses[n / 16 % 8];
        let title = match n % 3 {
            0 => format!("项目化教学在《{course}》课程中的实践"),
            1 => format!("{}背景下{}专业人才培养模式探索", ["产教融合", "数字化转型"][n / 48], major.name),
            _ => format!("《{course}》混合式教学效果分析"),
        };
        let day = date(2022 + (n / 16 % 5) as i16, 1 + random.below(10) as i8, 15);
        builder.add_row(&[
            ("LWBH", &format!("LW{}{:03}", day.year(), n + 1)),
            ("LWZWMC", &title),
            (
                "LWJJ",
                &random
                    .chance(80)
                    .then(|| format!("结合{}专业教学实践，分析现状与问题，提出改进思路并检验效果。", major.name)),
            ),
            ("FBRQ", &day),
            ("FBKWMC", &format!("示例{}学刊", major.name)),
            ("DYWCRGH", &author(school, n, day).number),
        ]);
    }
}

fn patents(school: &School, builder: &mut TableBuilder) {
    const THINGS: [&str; 8] = [
        "教学用可调式工件夹具",
        "实训台快速接线装置",
        "新能源汽车电池拆装辅助支架",
        "可折叠画板支架",
        "护理训练用输液模拟手臂",
        "物流分拣教学演示装置",
        "钢筋绑扎实训架",
        "机器人末端快换装置",
    ];
    for n in 0..24 {
        let mut random = Random::of("patent", n);
        let day = random.school_day(date(2022 + (n / 8) as i16, 9, 1), date(2023 + (n / 8) as i16, 8, 31));
        let (name, form) = (THINGS[n % 8], ["一种", "一种便携式", "一种改进的"][n / 8]);
        builder.add_row(&[
            ("FBZLBH", &format!("ZL9999{}{:04}.X", day.year(), n + 1)),
            ("FBZLMC", &format!("{form}{name}")),
            ("FBZLJJ", &format!("公开了{form}{name}，结构简单，便于教学演示与学生练习。")),
            ("SQGGRQ", &day),
            ("DYWCRGH", &author(school, n, day).number),
        ]);
    }
}

fn monographs(school: &School, builder: &mut TableBuilder) {
    for (n, major) in school.kind.majors.iter().enumerate().take(12) {
        let mut random = Random::of("monograph", n);
        let day = random.school_day(date(2023, 1, 10), date(2026, 9, 30));
        builder.add_row(&[
            ("ZZBH", &format!("ZZ{:04}", n + 1)),
            ("ZZZWMC", &format!("{}专业教学改革与实践", major.name)),
            ("ZZJJ", &format!("总结{}专业群建设、课程改革和校企合作的做法与成效。", major.name)),
            ("CBRQ", &day),
            ("DYWCRGH", &author(school, n, day).number),
        ]);
    }
}

fn talks(school: &School, builder: &mut TableBuilder) {
    for n in 0..28 {
        let mut random = Random::of("talk", n);
        let major = &school.kind.majors[n % 16];
        let topic = match n % 4 {
            0 => format!("{}技术发展趋势与人才需求", major.name),
            1 => "教学能力比赛备赛经验分享".to_owned(),
            2 => format!("{}岗位的一天：企业专家进校园", major.posts[0]),
            _ => "职业教育科研选题与论文写作".to_owned(),
        };
        let for_teachers = n % 2 == 1;
        builder.add_row(&[
            ("XSJZBH", &format!("JZ2026{:03}", n + 1)),
            ("XSJZZT", &topic),
            (
                "XSJZNRJJ",
                &format!("由{}承办，主讲人结合自身实践作专题报告，并与听众互动交流。", school.kind.units[major.unit]),
            ),
            ("XSJZRQ", &random.school_day(TERM_SO_FAR.0, after(TERM_SO_FAR.1, -1))),
            ("ZJRXM", &names::name(&mut random, n % 3 == 0)),
            ("CYXSS", &if for_teachers { 0 } else { random.between(60, 180) }),
            ("CYJSS", &if for_teachers { random.between(25, 70) } else { random.between(3, 12) }),
        ]);
    }
}
