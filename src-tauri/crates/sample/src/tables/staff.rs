//! 教职工管理数据子集.

use jiff::civil::date;

use super::Plans;
use crate::calendar::{SO_FAR, TODAY, after};
use crate::dice::Dice;
use crate::names;
use crate::sheet::Sheet;
use crate::world::World;
use crate::world::people::{OFFICES, Post, Staff, of_office};

pub const PLANS: Plans = &[
    ("ODS_JSHXSJ", portraits),
    ("ODS_JSQYJZSJSJ", company_practice),
    ("ODS_JSHXPJWDMSSJ", portrait_words),
    ("ODS_XXJXSJ", courses),
    ("ODS_JSKHSJ", appraisal),
];

/// One indicator of a portrait: group and name in letters and in Chinese, and its value.
type Indicator = (&'static str, &'static str, &'static str, &'static str, String);

fn indicators(world: &World, n: usize, person: &Staff) -> Vec<Indicator> {
    let mut dice = Dice::of("staff portrait", n);
    let plans = world.plans.iter().filter(|plan| plan.teacher == n).count();
    let led = world.projects.iter().filter(|project| project.leader == n).count();
    let years = 2026 - i64::from(person.joined.year());
    let double = if person.double_qualified { "是" } else { "否" };
    vec![
        ("jbxx", "基本信息", "jgh", "教工号", person.number.clone()),
        ("jbxx", "基本信息", "szbm", "所在部门", person.unit.to_owned()),
        ("jbxx", "基本信息", "zcgw", "职称或岗位", person.title.to_owned()),
        ("jbxx", "基本信息", "xl", "校龄", format!("{years}年")),
        ("jxgz", "教学工作", "bxqkc", "本学期任课门次", plans.to_string()),
        ("jxgz", "教学工作", "xspj", "学生评教得分", format!("{}.{}", dice.between(85, 98), dice.below(10))),
        ("kygz", "科研工作", "zcxm", "主持项目数", led.to_string()),
        ("zyfz", "专业发展", "sssz", "是否双师型教师", double.to_owned()),
    ]
}

/// Indicators as JSON of two levels.
pub fn two_levels<'a>(indicators: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let mut json = String::from("{");
    let mut open = "";
    for (group, name, value) in indicators {
        if group != open {
            json.push_str(if open.is_empty() { "" } else { "}," });
            json.push_str(&format!(r#""{group}":{{"#));
            open = group;
        } else {
            json.push(',');
        }
        json.push_str(&format!(r#""{name}":"{value}""#));
    }
    json + "}}"
}

fn portraits(world: &World, sheet: &mut Sheet) {
    for (n, person) in world.staff.iter().enumerate() {
        let mut dice = Dice::of("staff dashboard", n);
        let all = indicators(world, n, person);
        let json = two_levels(all.iter().map(|(group, _, name, _, value)| (*group, *name, value.as_str())));
        sheet.row(&[
            ("JGH", &person.number),
            ("JSXM", &person.name),
            ("SJKBFWCS", &dice.between(3, 160)),
            ("PJWDJJG", &json),
            ("SJSCRQ", &SO_FAR.1),
            ("SJKBZXFWRQ", &dice.day(after(SO_FAR.1, -40), SO_FAR.1)),
        ]);
    }
}

fn portrait_words(world: &World, sheet: &mut Sheet) {
    for (n, person) in world.staff.iter().enumerate() {
        for (group, group_name, name, words, value) in indicators(world, n, person) {
            sheet.row(&[
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

fn company_practice(world: &World, sheet: &mut Sheet) {
    for (n, person) in world.staff.iter().enumerate() {
        let taught = world.kind.majors.iter().position(|major| world.kind.units[major.college] == person.unit);
        let Some(major) = taught else { continue };
        let mut dice = Dice::of("company practice", n);
        if !dice.chance(55) {
            continue;
        }
        let partners: Vec<_> = world.partners_of(major).map(|(_, company)| company).collect();
        let company = dice.pick(&partners);
        let start = dice.school_day(date(2026, 7, 6), date(2026, 10, 12));
        let practice = dice.chance(75);
        sheet.row(&[
            ("JGH", &person.number),
            ("JSXM", &person.name),
            ("QYDLLXM", &if practice { "1" } else { "2" }),
            ("QYJGDM", &company.code),
            ("QYMC", &company.name),
            ("QYXZM", &company.kind),
            ("ZQYSJJZKSRQ", &start),
            ("ZQYSJJZZZRQ", &after(start, if practice { 40 } else { 180 })),
            ("QYSJJZGW", &dice.pick(&["技术顾问", "工艺员", "培训讲师", "项目助理", "质量管理员"])),
            ("QYSSHYM", &company.industry),
        ]);
    }
}

/// Further training: seven courses in the country, one abroad.
fn courses(world: &World, sheet: &mut Sheet) {
    for (n, person) in world.staff.iter().enumerate() {
        let mut dice = Dice::of("further training", n);
        if person.post == Post::Worker || !dice.chance(60) {
            continue;
        }
        let course = match person.post {
            Post::Counsellor => 4,
            _ if person.title == world.kind.titles[0] => 3,
            _ => dice.pick(&[0, 1, 2, 5, 6]),
        };
        let abroad = person.title == world.kind.titles[2] && n % 4 == 1;
        let (name, theme) = if abroad {
            ("职业教育国际交流访学项目", "应用型人才培养")
        } else {
            world.kind.trainings[course]
        };
        let number = if abroad { "PX2026008".to_owned() } else { format!("PX2026{:03}", course + 1) };
        // Everybody in a course comes on the same days.
        let mut days = Dice::of("training course", if abroad { 99 } else { course });
        let start = days.school_day(SO_FAR.0, after(SO_FAR.1, -25));
        let end = after(start, if abroad { 13 } else { days.between(2, 6) });
        let speaker = names::name(&mut days, false);
        let go = abroad.then_some(start);
        sheet.row(&[
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
            ("PCDW", &go.map(|_| world.kind.school.name)),
            ("SPDW", &go.map(|_| "示例省人民政府外事办公室")),
            ("SPRQ", &go.map(|day| after(day, -45))),
            ("YHGRQ", &go.map(|_| after(end, 1))),
        ]);
    }
}

/// Current appraisal of everybody, done by the head of the unit.
fn appraisal(world: &World, sheet: &mut Sheet) {
    for (n, person) in world.staff.iter().enumerate() {
        let mut dice = Dice::of("appraisal", n);
        let head = appraiser(world, person);
        let units = world.kind.units.iter().chain(&world.kind.general_units).chain(&world.kind.offices);
        let unit = units.zip(1..).find(|(unit, _)| **unit == person.unit).map_or(0, |(_, at)| at);
        let result = dice.pick(&["1", "2", "2", "2", "2"]);
        sheet.row(&[
            ("JGH", &person.number),
            ("JZGXM", &person.name),
            ("JZGKHLBM", &"1"),
            ("JZGKHRQ", &dice.school_day(after(TODAY, -22), SO_FAR.1)),
            ("JZGKHNR", &"考核本季度德、能、勤、绩、廉表现，重点考核岗位职责履行和年度重点任务完成情况。"),
            ("JZGKHDWH", &format!("BM{unit:02}")),
            ("KHDWMC", &person.unit),
            ("DWKHJGM", &result),
            ("DWKHFZRH", &head.number),
            ("FZRXM", &head.name),
            ("XXKHJGM", &dice.chance(80).then_some(result)),
        ]);
    }
}

/// The head of the unit; heads are appraised by 人事处, whose head is appraised by 学校办公室.
fn appraiser<'w>(world: &'w World, person: &Staff) -> &'w Staff {
    let head = match OFFICES.iter().zip(world.kind.offices).find(|(_, name)| *name == person.unit) {
        Some((office, _)) => of_office(office, false),
        None => world.staff.iter().position(|other| other.unit == person.unit).unwrap_or(0),
    };
    let chain = [head, of_office("人事处", false), of_office("学校办公室", false)];
    let other = chain.into_iter().find(|&who| world.staff[who].number != person.number);
    &world.staff[other.unwrap_or(head)]
}
