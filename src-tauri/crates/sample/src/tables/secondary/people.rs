//! 校区, 职称, 心理咨询, 德育: the school itself and its people.

use jiff::civil::date;

use super::super::past_day;
use crate::calendar::{SO_FAR, after};
use crate::dice::Dice;
use crate::numbers;
use crate::sheet::Sheet;
use crate::world::World;
use crate::world::people::{Post, of_office};

/// A campus: number, name, short name, district (code and name), postcode, founded, the unit that has moved there (none:
/// everybody else).
type Campus =
    (&'static str, &'static str, &'static str, (&'static str, &'static str), &'static str, i16, Option<usize>);

const CAMPUSES: [Campus; 3] = [
    ("XQ01", "滨湖校区", "滨湖", ("320211", "滨湖区"), "214121", 2004, None),
    ("XQ02", "梁溪校区", "梁溪", ("320213", "梁溪区"), "214001", 2009, Some(6)),
    ("XQ03", "惠山校区", "惠山", ("320206", "惠山区"), "214174", 2013, Some(5)),
];

/// The campus of a unit with majors.
pub fn campus_of(unit: Option<usize>) -> &'static str {
    CAMPUSES.iter().find(|campus| campus.6.is_some() && campus.6 == unit).unwrap_or(&CAMPUSES[0]).0
}

/// Each campus with the students and the staff of its units; together they are everybody.
pub fn campuses(world: &World, sheet: &mut Sheet) {
    let unit_of = |name: &str| world.kind.units.iter().position(|unit| *unit == name);
    for (n, (number, name, short, district, postcode, founded, unit)) in CAMPUSES.into_iter().enumerate() {
        let staff = world.staff.iter().filter(|person| campus_of(unit_of(person.unit)) == number).count();
        let students = world.present().filter(|(_, s)| campus_of(Some(world.major_of(s).college)) == number).count();
        let head = unit.map_or(of_office("学校办公室", true), |unit| unit * 12);
        sheet.row(&[
            ("SJGBM", &"320000"),
            ("SJGMC", &"江苏省"),
            ("SHJGBM", &"320200"),
            ("SHJGMC", &"无锡市"),
            ("QXJGBM", &district.0),
            ("QXJGMC", &district.1),
            ("XXJGDM", &numbers::credit_code("12", "320200", 1)),
            ("XXJGMC", &world.kind.school.name),
            ("XQBH", &number),
            ("XQMC", &name),
            ("XQJC", &short),
            ("XQSZDXZQH", &format!("江苏省无锡市{}", district.1)),
            ("XQDZ", &format!("江苏省无锡市{}示例路{}号", district.1, n + 1)),
            ("XQYZBM", &postcode),
            ("XQLXDH", &format!("0510-8000003{}", n + 1)),
            ("XQFZR", &world.staff[head].name),
            ("XQJZGZS", &staff),
            ("XQXSZS", &students),
            ("XQCLRQ", &date(founded, 9, 1)),
        ]);
    }
}

/// 资质证书: one row, the whole school counted.
pub fn titles(world: &World, sheet: &mut Sheet) {
    let [junior, middle, senior, top] = world.kind.titles;
    let count = |wanted: &[&str]| world.staff.iter().filter(|person| wanted.contains(&person.title)).count();
    let teachers = world.staff.iter().filter(|person| matches!(person.post, Post::Teacher | Post::Counsellor)).count();
    sheet.row(&[
        ("JSZGZRS", &teachers),
        ("GJZCRS", &count(&[senior, top])),
        ("ZJZCRS", &count(&[middle])),
        ("CJZCRS", &count(&[junior])),
    ]);
}

/// Talks with students of the first and second year.
pub fn counselling(world: &World, sheet: &mut Sheet) {
    const TALKS: [(&str, &str); 6] = [
        ("刚住校，想家，晚上睡不好", "介绍了入睡前的放松办法，约定两周后再谈，班主任协助适应住校生活。"),
        ("和同宿舍同学有矛盾", "练习了表达感受的说法，学生愿意主动沟通，宿舍关系有所缓和。"),
        ("担心文化课跟不上", "一起制订了每天的学习安排，由任课教师课后辅导。"),
        ("与父母意见不一致", "梳理了双方的想法，经学生同意与家长通了电话。"),
        ("不清楚毕业后升学还是就业", "介绍了升学和就业的途径，推荐参加职业体验活动。"),
        ("上台发言非常紧张", "学习了深呼吸和积极自我暗示，鼓励在小组内先练习。"),
    ];
    for (n, student) in world.present().filter(|(_, student)| student.year >= 2025) {
        let mut dice = Dice::of("talk", n);
        if !dice.chance(8) {
            continue;
        }
        let (reason, result) = dice.pick(&TALKS);
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("ZXRQ", &past_day(&mut dice)),
            ("ZXYY", &reason),
            ("ZXJG", &result),
        ]);
    }
}

/// 德育活动 of the term.
pub fn moral_education(world: &World, sheet: &mut Sheet) {
    /// Name, topic, code of DYHDZTDM, code of DYHDLXDM, what happens.
    type Activity = (&'static str, &'static str, &'static str, &'static str, &'static str);
    const ACTIVITIES: [Activity; 9] = [
        ("“强国有我”主题班会", "理想信念教育", "1", "7", "各班围绕主题开展讨论，学生代表分享学习体会。"),
        ("英雄故事分享", "革命传统教育", "2", "7", "学生讲述英雄人物的故事，教师作点评。"),
        ("“文明礼仪伴我行”文艺汇演", "文明礼仪教育", "3", "3", "以小品、朗诵和合唱展示文明礼仪。"),
        ("示例革命纪念馆参观", "爱国主义教育", "4", "4", "组织学生参观展览，学习革命先辈事迹。"),
        ("经典诵读征文", "传统文化教育", "5", "2", "以班级为单位诵读经典并征集读书心得。"),
        ("“宪法在我身边”法治讲座", "法治教育", "6", "1", "邀请法治副校长讲解宪法和未成年人保护法。"),
        ("国家安全知识宣传", "国家安全教育", "7", "1", "讲解国家安全常识，组织知识问答。"),
        ("校园劳动周", "劳动教育", "8", "6", "各班分区承担校园保洁和绿化养护。"),
        ("职业体验日", "职业启蒙教育", "10", "4", "参观合作企业，了解岗位要求和工匠精神。"),
    ];
    for n in 0..36 {
        let mut dice = Dice::of("moral education", n);
        let (name, topic, theme, kind, content) = ACTIVITIES[n % 9];
        let (host, head) = match n % 4 {
            0 => (world.kind.offices[4], of_office("学生工作处", false)),
            _ => (world.kind.units[n % 7], n % 7 * 12),
        };
        let (start, classes) = (past_day(&mut dice), dice.between(2, 8));
        let end = if kind == "6" { after(start, 4).min(SO_FAR.1) } else { start };
        sheet.row(&[
            ("HDMC", &format!("{host}{name}")),
            ("SSZT", &topic),
            ("HDBK", &["思想引领", "实践育人", "文化育人"][n % 3]),
            ("HDZTM", &theme),
            ("HDLXM", &kind),
            ("HDNR", &content),
            ("ZBDW", &host),
            ("ZBDWJB", &"9"),
            ("HDKSRQ", &start),
            ("HDJSRQ", &end),
            ("XFFZR", &world.staff[head].name),
            ("CYBJS", &classes),
            ("CYJSS", &(classes + dice.between(0, 4))),
            ("CYXSS", &(classes * dice.between(20, 26))),
        ]);
    }
}
