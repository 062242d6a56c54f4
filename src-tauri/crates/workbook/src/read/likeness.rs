//! The column whose title is most similar to a heading, used where nothing else fits: it is proposed to the clerk and
//! never used without confirmation.

use standard::Table;

use super::normal::normal;

/// Endings that say nothing about which column it is, and what each becomes.
const ENDINGS: [(&str, &str); 14] = [
    ("名称", ""),
    ("全称", ""),
    ("代码", ""),
    ("编码", ""),
    ("编号", ""),
    ("号码", ""),
    ("日期", "时间"),
    ("时间", "时间"),
    ("姓名", "名"),
    ("名字", "名"),
    ("学年度", "学年"),
    ("码", ""),
    ("号", ""),
    ("名", ""),
];

/// What is left of a normal heading without its ending, and with one word for things that have several.
fn stem(normal: &str) -> String {
    let said = normal.replace("老师", "教师").replace("单位", "企业").replace("公司", "企业").replace("手机", "电话");
    let ending = ENDINGS.iter().find(|(ending, _)| said.len() > ending.len() && said.ends_with(ending));
    match ending {
        Some((ending, becomes)) => format!("{}{becomes}", &said[..said.len() - ending.len()]),
        None => said,
    }
}

/// The field that a normal heading is certainly most like: by its stem, by a part of one in the other, by two letters
/// of difference. `None` where no field or several are.
pub(crate) fn most_like(table: &Table, heading: &str, free: impl Fn(usize) -> bool) -> Option<usize> {
    let letters = heading.chars().count();
    if !(2..=40).contains(&letters) {
        return None;
    }
    let own = stem(heading);
    let fields = || table.fields.iter().enumerate().filter(|(at, field)| !field.is_system() && free(*at));
    let mut best: Option<(u32, usize, bool)> = None;
    for (at, field) in fields() {
        let likeness = likeness(&own, heading, &normal(&field.title));
        match best {
            _ if likeness == 0 => {}
            Some((most, _, _)) if likeness < most => {}
            Some((most, at, _)) if likeness == most => best = Some((most, at, false)),
            _ => best = Some((likeness, at, true)),
        }
    }
    best.filter(|(_, _, alone)| *alone).map(|(_, at, _)| at)
}

/// How like a heading and a title are: 3 the same stem, 2 one holds the other, 1 few letters differ, 0 not at all.
fn likeness(own: &str, heading: &str, title: &str) -> u32 {
    let other = stem(title);
    let long = |text: &str| text.chars().count();
    if own == other && long(own) > 1 {
        return 3;
    }
    let (short, whole) = if long(heading) < long(title) { (heading, title) } else { (title, heading) };
    if long(short) > 2 && whole.contains(short) && long(short) * 2 >= long(whole) {
        return 2;
    }
    let (short, whole) = if long(own) < long(&other) { (own, other.as_str()) } else { (other.as_str(), own) };
    if long(short) > 2 && whole.contains(short) && long(short) * 2 >= long(whole) {
        return 2;
    }
    let few_differ = long(title) > 3 && differing(heading, title) * 4 <= long(title);
    let shortened = long(heading) > 3 && long(heading) * 5 >= long(title) * 3 && is_shortened(heading, title);
    u32::from(few_differ || shortened)
}

/// Whether all letters of a heading stand in the title in their order.
fn is_shortened(heading: &str, title: &str) -> bool {
    let mut letters = title.chars();
    heading.chars().all(|letter| letters.any(|known| known == letter))
}

/// Letters that have to be put in, left out or changed.
fn differing(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (column, known) in other.iter().enumerate() {
            let changed = before + usize::from(letter != *known);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_like_headings_are() {
        let table = [
            ("实习开始时间", "实习开始日期", 3),
            ("课程编号", "课程号", 3),
            ("就业企业", "就业单位名称", 3),
            ("指导老师姓名", "指导教师姓名", 3),
            ("指导教师姓名", "校内指导教师姓名", 2),
            ("实习企业行业", "实习企业行业类别码", 2),
            ("支付实习生生均报酬", "支付实习学生生均报酬", 1),
            ("实习生生均报酬", "支付实习学生生均报酬", 1),
            ("学号", "班号", 0),
            ("开始", "实习开始日期", 0),
            ("说明", "校内指导教师姓名", 0),
        ];
        for (heading, title, expected) in table {
            assert_eq!(likeness(&stem(heading), heading, title), expected, "{heading} {title}");
        }
    }

    #[test]
    fn letters_differ() {
        assert_eq!((differing("甲乙丙", "甲丙"), differing("", "甲"), differing("甲", "甲")), (1, 1, 0));
    }
}
