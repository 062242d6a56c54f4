//! 教职工管理数据子集.

use jiff::civil::date;

use super::generator::Generators;
use super::portraits::{Indicator, json};
use crate::calendar::{TERM_SO_FAR, TODAY, after};
use crate::names;
use crate::random::Random;
use crate::school::School;
use crate::school::kind::OFFICES;
use crate::school::people::{Post, StaffMember, office_member};
use crate::table_builder::TableBuilder;

pub const GENERATORS: Generators = &[
    ("ODS_JSHXSJ", portraits),
    ("ODS_JSQYJZSJSJ", company_practice),
    ("ODS_JSHXPJWDMSSJ", portrait_indicators),
    ("ODS_XXJXSJ", courses),
    ("ODS_JSKHSJ", appraisal),
];

fn indicators(school: &School, n: usize, person: &StaffMember) -> Vec<Indicator> {
    let mut random = Random::of("staff portrait", n);
    let planned_courses = school.planned_courses.iter().filter(|planned| planned.teacher == n).count();
    let led = school.projects.iter().filter(|project| project.leader == n).count();
    let years = 2026 - i64::from(person.joined.year());
    let double = if person.double_qualified { "是" } else { "否" };
    vec![
        ("jbxx", "基本信息", "jgh", "教工号", person.number.clone()),
        ("jbxx", "基本信息", "szbm", "所在部门", person.unit.to_owned()),
        ("jbxx", "基本信息", "zcgw", "职称或岗位", person.title.to_owned()),
        ("jbxx", "基本信息", "xl", "校龄", format!("{years}年")),
        ("jxgz", "教学工作", "bxqkc", "本学期任课门次", planned_courses.to_string()),
        ("jxgz", "教学工作", "xspj", "学生评教得分", format!("{}.{}", random.between(85, 98), random.below(10))),
        ("kygz", "科研工作", "zcxm", "主持项目数", led.to_string()),
        ("zyfz", "专业发展", "sssz", "是否双师型教师", double.to_owned()),
    ]
}

fn portraits(school: &School, builder: &mut TableBuilder) {
    for (n, person) in school.staff.iter().enumerate() {
        let mut random = Random::of("staff dashboard", n);
        let json = json(&indicators(school, n, person));
        builder.add_row(&[
            ("JGH", &person.number),
            ("JSXM", &person.name),
            ("SJKBFWCS", &random.between(3, 160)),
            ("PJWDJJG", &json),
            ("SJSCRQ", &TERM_SO_FAR.1),
            ("SJKBZXFWRQ", &random.day(after(TERM_SO_FAR.1, -40), TERM_SO_FAR.1)),
        ]);
    }
}

fn portrait_indicators(school: &School, builder: &mut TableBuilder) {
    for (n, person) in school.staff.iter().enumerate() {
        for (group, group_name, name, words, value) in indicators(school, n, person) {
            builder.add_row(&[
                ("JGH", &person.number),
                ("PJWDYJZBYWMC", &group),
                ("PJWDYJZBZWMC", &group_name),
                ("PJWDYWMC", &name),
                ("PJWDZWMS", &words),
                ("PJWDJGMS", &value),
            ]);
        }
    }
}

fn company_practice(school: &School, builder: &mut TableBuilder) {
    for (n, person) in school.staff.iter().enumerate() {
        let taught = school.kind.majors.iter().position(|major| school.kind.units[major.unit] == person.unit);
        let Some(major) = taught else { continue };
        let mut random = Random::of("company practice", n);
        if !random.chance(55) {
            continue;
        }
        let partners: Vec<_> = school.partners_of(major).map(|(_, company)| company).collect();
        let company = random.pick(&partners);
        let start = random.school_day(date(2026, 7, 6), date(2026, 10, 12));
        let practice = random.chance(75);
        builder.add_row(&[
            ("JGH", &person.number),
            ("JSXM", &person.name),
            ("QYDLLXM", &if practice { "1" } else { "2" }),
            ("QYJGDM", &company.code),
            ("QYMC", &company.name),
            ("QYXZM", &company.kind),
            ("ZQYSJJZKSRQ", &start),
            ("ZQYSJJZZZRQ", &after(start, if practice { 40 } else { 180 })),
            ("QYSJJZGW", &random.pick(&["技术顾问", "工艺员", "培训讲师", "项目助理", "质量管理员"])),
            ("QYSSHYM", &company.industry),
        ]);
    }
}

/// Further training: seven courses in China and one abroad.
fn courses(school: &School, builder: &mut TableBuilder) {
    for (n, person) in school.staff.iter().enumerate() {
        let mut random = Random::of("further training", n);
        if person.post == Post::Worker || !random.chance(60) {
            continue;
        }
        let course = match person.post {
            Post::Counsellor => 4,
            _ if person.title == school.kind.titles[0] => 3,
            _ => random.pick(&[0, 1, 2, 5, 6]),
        };
        let abroad = person.title == school.kind.titles[2] && n % 4 == 1;
        let (name, theme) = if abroad {
            ("职业教育国际交流访学项目", "应用型人才培养")
        } else {
            school.kind.trainings[course]
        };
        let number = if abroad { "PX2026008".to_owned() } else { format!("PX2026{:03}", course + 1) };
        // All participants of one course have the same days, so the days come from the course.
        let mut days = Random::of("training course", if abroad { 99 } else { course });
        let start = days.school_day(TERM_SO_FAR.0, after(TERM_SO_FAR.1, -25));
        let end = after(start, if abroad { 13 } else { days.between(2, 6) });
        let speaker = names::name(&mut days, false);
        let go = abroad.then_some(start);
        builder.add_row(&[
            ("JGH", &person.number),
            ("JSXM", &person.name),
            ("JXXXDDM", &if abroad { "2" } else { "1" }),
            ("JXPXBH", &number),
            ("JXPXMC", &name),
            ("JXPXZT", &theme),
            ("JXPXNRJJ", &format!("围绕{theme}开展专题讲座、案例研讨和实践训练，考核合格后颁发结业证书。")),
            ("JXPXZJRXM", &speaker),
            ("JXPXKSRQ", &start),
            ("JXPXJZRQ", &end),
            ("CGRQ", &go),
            ("CGMDM", &go.map(|_| "43")),
            ("PCDW", &go.map(|_| school.kind.identity.name)),
            ("SPDW", &go.map(|_| "示例省人民政府外事办公室")),
            ("SPRQ", &go.map(|day| after(day, -45))),
            ("YHGRQ", &go.map(|_| after(end, 1))),
        ]);
    }
}

/// The current appraisal of each member of staff by the head of the unit.
fn appraisal(school: &School, builder: &mut TableBuilder) {
    for (n, person) in school.staff.iter().enumerate() {
        let mut random = Random::of("appraisal", n);
        let head = appraiser(school, person);
        let units = school.kind.units.iter().chain(&school.kind.general_units).chain(&school.kind.offices);
        let unit = units.zip(1..).find(|(unit, _)| **unit == person.unit).map_or(0, |(_, at)| at);
        let result = random.pick(&["1", "2", "2", "2", "2"]);
        builder.add_row(&[
            ("JGH", &person.number),
            ("JZGXM", &person.name),
            ("JZGKHLBM", &"1"),
            ("JZGKHRQ", &random.school_day(after(TODAY, -22), TERM_SO_FAR.1)),
            ("JZGKHNR", &"考核本季度德、能、勤、绩、廉表现，重点考核岗位职责履行和年度重点任务完成情况。"),
            ("JZGKHDWH", &format!("BM{unit:02}")),
            ("KHDWMC", &person.unit),
            ("DWKHJGM", &result),
            ("DWKHFZRH", &head.number),
            ("FZRXM", &head.name),
            ("XXKHJGM", &random.chance(80).then_some(result)),
        ]);
    }
}

/// Who appraises a person: the head of the unit. The head of 人事处 appraises heads of units, and the head of 学校办公室
/// appraises the head of 人事处.
fn appraiser<'w>(school: &'w School, person: &StaffMember) -> &'w StaffMember {
    let head = match OFFICES.iter().zip(school.kind.offices).find(|(_, name)| *name == person.unit) {
        Some((office, _)) => office_member(office, false),
        None => school.staff.iter().position(|other| other.unit == person.unit).unwrap_or(0),
    };
    let chain = [head, office_member("人事处", false), office_member("学校办公室", false)];
    let other = chain.into_iter().find(|&who| school.staff[who].number != person.number);
    &school.staff[other.unwrap_or(head)]
}
