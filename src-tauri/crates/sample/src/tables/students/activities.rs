//! 校内赛事, 社会实践: contests inside the school and social practice outside.

use jiff::civil::date;

use crate::calendar::after;
use crate::random::Random;
use crate::school::School;
use crate::school::people::teachers_of;
use crate::table_builder::TableBuilder;

pub fn contests(school: &School, builder: &mut TableBuilder) {
    let of_majors = school.kind.majors.iter().map(|major| (format!("“{}”技能竞赛校内选拔赛", major.contest), "2"));
    let all = school.kind.contests.into_iter().map(|(name, kind)| (name.to_owned(), kind)).chain(of_majors);
    for (n, (name, kind)) in all.enumerate() {
        let mut random = Random::of("contest", n);
        let start = random.school_day(date(2026, 9, 21), date(2026, 11, 13));
        let (teachers, students) = if kind == "2" { (3, 24) } else { (10, 90) };
        builder.add_row(&[
            ("SSHDBH", &format!("SS2026{:04}", n + 1)),
            ("SSHDMC", &name),
            ("SSHDLXM", &kind),
            ("HDKSRQ", &start),
            ("HDJSRQ", &after(start, random.between(0, 3))),
            ("CYJSS", &(teachers + random.between(0, 6))),
            ("CYXSS", &(students + random.between(0, 60))),
        ]);
    }
}

/// Social practice of some students of the first and second year.
pub fn social_practice(school: &School, builder: &mut TableBuilder) {
    const KINDS: [(&str, &str, &str, &str, &str); 5] = [
        (
            "社区便民服务",
            "2",
            "示例社区居民委员会",
            "无锡市滨湖区示例社区",
            "为居民提供小家电维修、智能手机使用指导等便民服务",
        ),
        ("乡村振兴调研", "3", "示例镇人民政府", "无锡市锡山区示例镇", "走访村民和合作社，了解特色农产品生产与销售情况"),
        (
            "企业认知实践",
            "1",
            "示例精密机械有限公司",
            "无锡市新吴区示例工业园",
            "参观生产现场，跟随技术人员了解工艺流程和岗位要求",
        ),
        ("志愿讲解服务", "5", "示例博物馆", "无锡市梁溪区示例路1号", "经过培训后承担周末志愿讲解和观众引导"),
        ("创业项目体验", "4", "示例大学生创业园", "无锡市滨湖区示例创业园", "参与创业团队的市场调查和产品推广"),
    ];
    for (n, student) in school.present().filter(|(_, student)| student.year >= 2025) {
        let mut random = Random::of("practice", n);
        if !random.chance(28) {
            continue;
        }
        let (name, kind, host, place, content) = KINDS[random.below(KINDS.len())];
        let start = random.past_school_day().max(date(2026, 9, 21));
        let unit = school.major_of(student).unit;
        let instructor = teachers_of(unit).start + random.below(12);
        builder.add_row(&[
            ("XH", &student.number),
            ("SJDW", &host),
            ("SJDD", &place),
            ("SJXM", &name),
            ("SJNR", &format!("{content}，由{}组织。", school.kind.units[unit])),
            ("SJQSRQ", &start),
            ("SJZZRQ", &after(start, random.between(0, 2)).min(date(2026, 11, 21))),
            ("SJLBM", &kind),
            (
                "SJCG",
                &random.pick(&[
                    "完成实践报告一份",
                    "完成调研报告一份并在班级交流",
                    "获得实践单位书面好评",
                    "形成服务记录和照片资料",
                ]),
            ),
            ("ZDJSGH", &school.staff[instructor].number),
            ("SJPJ", &random.pick(&["态度认真，能按要求完成任务", "积极主动，表现优秀", "遵守纪律，完成情况良好"])),
        ]);
    }
}
