//! 校区, 教师职称, 心理咨询, 德育活动: the campuses and the people of a secondary school.

use jiff::civil::date;

use crate::calendar::{TERM_SO_FAR, after};
use crate::numbers;
use crate::random::Random;
use crate::school::School;
use crate::school::people::{Post, office_member};
use crate::table_builder::TableBuilder;

/// A campus: number, name, short name, district (code and name), postcode, year of foundation, index of the unit that
/// it houses. The campus without a unit houses all units that no other campus has.
type Campus =
    (&'static str, &'static str, &'static str, (&'static str, &'static str), &'static str, i16, Option<usize>);

const CAMPUSES: [Campus; 3] = [
    ("XQ01", "滨湖校区", "滨湖", ("320211", "滨湖区"), "214121", 2004, None),
    ("XQ02", "梁溪校区", "梁溪", ("320213", "梁溪区"), "214001", 2009, Some(6)),
    ("XQ03", "惠山校区", "惠山", ("320206", "惠山区"), "214174", 2013, Some(5)),
];

/// The number of the campus of a unit with majors, or, for `None`, of the offices and the other units.
pub fn campus_of(unit: Option<usize>) -> &'static str {
    CAMPUSES.iter().find(|campus| campus.6.is_some() && campus.6 == unit).unwrap_or(&CAMPUSES[0]).0
}

/// One row for each campus. Its numbers of students and staff add up to those of the whole school.
pub fn campuses(school: &School, builder: &mut TableBuilder) {
    let unit_of = |name: &str| school.kind.units.iter().position(|unit| *unit == name);
    for (n, (number, name, short, district, postcode, founded, unit)) in CAMPUSES.into_iter().enumerate() {
        let staff = school.staff.iter().filter(|person| campus_of(unit_of(person.unit)) == number).count();
        let students = school.present().filter(|(_, s)| campus_of(Some(school.major_of(s).unit)) == number).count();
        let head = unit.map_or(office_member("学校办公室", true), |unit| unit * 12);
        builder.add_row(&[
            ("SJGBM", &"320000"),
            ("SJGMC", &"江苏省"),
            ("SHJGBM", &"320200"),
            ("SHJGMC", &"无锡市"),
            ("QXJGBM", &district.0),
            ("QXJGMC", &district.1),
            ("XXJGDM", &numbers::credit_code("12", "320200", 1)),
            ("XXJGMC", &school.kind.identity.name),
            ("XQBH", &number),
            ("XQMC", &name),
            ("XQJC", &short),
            ("XQSZDXZQH", &format!("江苏省无锡市{}", district.1)),
            ("XQDZ", &format!("江苏省无锡市{}示例路{}号", district.1, n + 1)),
            ("XQYZBM", &postcode),
            ("XQLXDH", &format!("0510-8000003{}", n + 1)),
            ("XQFZR", &school.staff[head].name),
            ("XQJZGZS", &staff),
            ("XQXSZS", &students),
            ("XQCLRQ", &date(founded, 9, 1)),
        ]);
    }
}

/// 职称: one row with the numbers of the whole school.
pub fn titles(school: &School, builder: &mut TableBuilder) {
    let [junior, middle, senior, top] = school.kind.titles;
    let count = |wanted: &[&str]| school.staff.iter().filter(|person| wanted.contains(&person.title)).count();
    let teachers = school.staff.iter().filter(|person| matches!(person.post, Post::Teacher | Post::Counsellor)).count();
    builder.add_row(&[
        ("JSZGZRS", &teachers),
        ("GJZCRS", &count(&[senior, top])),
        ("ZJZCRS", &count(&[middle])),
        ("CJZCRS", &count(&[junior])),
    ]);
}

/// Counselling of students of the first and second year.
pub fn counselling(school: &School, builder: &mut TableBuilder) {
    const TALKS: [(&str, &str); 6] = [
        ("刚住校，想家，晚上睡不好", "介绍了入睡前的放松办法，约定两周后再谈，班主任协助适应住校生活。"),
        ("和同宿舍同学有矛盾", "练习了表达感受的说法，学生愿意主动沟通，宿舍关系有所缓和。"),
        ("担心文化课跟不上", "一起制订了每天的学习安排，由任课教师课后辅导。"),
        ("与父母意见不一致", "梳理了双方的想法，经学生同意与家长通了电话。"),
        ("不清楚毕业后升学还是就业", "介绍了升学和就业的途径，推荐参加职业体验活动。"),
        ("上台发言非常紧张", "学习了深呼吸和积极自我暗示，鼓励在小组内先练习。"),
    ];
    for (n, student) in school.present().filter(|(_, student)| student.year >= 2025) {
        let mut random = Random::of("talk", n);
        if !random.chance(8) {
            continue;
        }
        let (reason, result) = random.pick(&TALKS);
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("ZXRQ", &random.past_school_day()),
            ("ZXYY", &reason),
            ("ZXJG", &result),
        ]);
    }
}

/// 德育活动: 36 activities of this term.
pub fn moral_education(school: &School, builder: &mut TableBuilder) {
    /// Name, topic, code of DYHDZTDM, code of DYHDLXDM, description.
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
        let mut random = Random::of("moral education", n);
        let (name, topic, theme, kind, content) = ACTIVITIES[n % 9];
        let (host, head) = match n % 4 {
            0 => (school.kind.offices[4], office_member("学生工作处", false)),
            _ => (school.kind.units[n % 7], n % 7 * 12),
        };
        let (start, classes) = (random.past_school_day(), random.between(2, 8));
        let end = if kind == "6" { after(start, 4).min(TERM_SO_FAR.1) } else { start };
        builder.add_row(&[
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
            ("XFFZR", &school.staff[head].name),
            ("CYBJS", &classes),
            ("CYJSS", &(classes + random.between(0, 4))),
            ("CYXSS", &(classes * random.between(20, 26))),
        ]);
    }
}
