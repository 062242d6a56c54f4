//! Which fields are alike, by what the standard prints of them.

use standard::{Field, Kind, Table};

/// A place of one column for each field of a table that fulfils a condition. System columns are the program's.
pub fn each(table: &Table, wanted: impl Fn(&Field) -> bool) -> Vec<Vec<usize>> {
    let fields = table.fields.iter().enumerate();
    fields.filter(|(_, field)| !field.is_system() && wanted(field)).map(|(at, _)| vec![at]).collect()
}

pub fn is_text(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::LongText)
}

pub fn is_number(field: &Field) -> bool {
    matches!(field.kind, Kind::Integer | Kind::Decimal)
}

/// A field for a day, with or without a time.
pub fn is_day(field: &Field) -> bool {
    matches!(field.kind, Kind::Date | Kind::DateTime)
}

/// A field for a day, a month or a year.
pub fn is_date(field: &Field) -> bool {
    is_day(field) || matches!(field.kind, Kind::YearMonth | Kind::Year)
}

/// What a check digit holds together: the columns are those of facts about identifiers, in all editions.
pub fn has_check_digit(field: &Field) -> bool {
    const CREDIT_CODES: [&str; 6] = ["XXJGDM", "QYJGDM", "JZQYDM", "HZQYTYSHXYDM", "ZFQYDM", "QYSHXYDM"];
    const BOOKS: [&str; 5] = ["CBH", "XYJCCBH", "XYJCBH", "TSCBH", "QKCBH"];
    const CITIZENS: [&str; 2] = ["SFZJH", "SFZH"];
    [&CREDIT_CODES[..], &BOOKS, &CITIZENS].concat().contains(&field.column.as_str())
}

/// A number or code of a person or thing, given by the school or others: student number, course number, licence.
pub fn is_identifier(field: &Field) -> bool {
    let titles = ["号", "编号", "编码", "代码", "ID"];
    is_text(field)
        && (!field.references.is_empty()
            || has_check_digit(field)
            || titles.iter().any(|title| field.title.ends_with(title)))
}

/// The name of a thing, a place or an organisation; not of a person, nor of a region, which is right without its last
/// word (江苏).
pub fn is_name_of_a_thing(field: &Field) -> bool {
    const ENDS: [&str; 7] = ["名称", "全称", "单位", "部门", "地点", "院系", "班级"];
    let region = ["省", "市", "区县"].iter().any(|word| field.title.contains(word));
    is_text(field) && !region && ENDS.iter().any(|end| field.title.ends_with(end))
}

/// An identifier that something else in the data can confirm: a record of another table, or its check digit.
pub fn is_confirmed(field: &Field) -> bool {
    is_text(field) && (!field.references.is_empty() || has_check_digit(field))
}

/// An amount of money in yuan.
pub fn is_money(field: &Field) -> bool {
    is_number(field) && field.unit.as_deref().is_some_and(|unit| unit.starts_with('元'))
}

/// A rate in percent.
pub fn is_percentage(field: &Field) -> bool {
    is_number(field) && field.unit.as_deref() == Some("%")
}

/// A number of people, things or times.
pub fn is_count(field: &Field) -> bool {
    field.kind == Kind::Integer
        && ["数", "次", "量"].iter().any(|end| field.title.ends_with(end) || field.title.contains("人数"))
}

/// Pairs (number, name) of one person or thing: a name that stands right behind the number that refers to it, or right
/// before it. A person's name ends in 姓名; a thing's begins like its number (课程号, 课程名称).
pub fn numbers_with_names(table: &Table) -> Vec<Vec<usize>> {
    let named = |number: &Field, at: usize| {
        let Some(name) = table.fields.get(at).filter(|field| !field.is_system() && is_text(field)) else {
            return false;
        };
        let person = number.references.iter().any(|to| to.table.ends_with("HXSJ")) && name.title.ends_with("姓名");
        let alike = number.title.chars().take(2).eq(name.title.chars().take(2));
        let thing = alike && ["名称", "全称"].iter().any(|part| name.title.ends_with(part));
        name.references.is_empty() && (person || thing)
    };
    let pair = |at: usize| {
        let number = &table.fields[at];
        if number.is_system() || number.references.is_empty() {
            return None;
        }
        let beside = [Some(at + 1), at.checked_sub(1)].into_iter().flatten().find(|beside| named(number, *beside));
        beside.map(|name| vec![at, name])
    };
    (0..table.fields.len()).filter_map(pair).collect()
}

/// Pairs of days (begin, end) of one thing, by their titles.
pub fn begins_with_ends(table: &Table) -> Vec<Vec<usize>> {
    const ENDS: [(&str, &str); 11] = [
        ("开始", "结束"),
        ("开始", "终止"),
        ("开始", "截止"),
        ("起始", "终止"),
        ("申请时间", "办理时间"),
        ("申请时间", "办结时间"),
        ("申请日期", "审批时间"),
        ("申请日期", "验收日期"),
        ("立项日期", "结项日期"),
        ("成立日期", "解散日期"),
        ("参加日期", "退出日期"),
    ];
    let days = || table.fields.iter().enumerate().filter(|(_, field)| is_date(field) && !field.is_system());
    let mut pairs = Vec::new();
    for (at, first) in days() {
        for (begin, end) in ENDS {
            if !first.title.contains(begin) {
                continue;
            }
            let title = first.title.replace(begin, end);
            if let Some((other, _)) = days().find(|(_, field)| field.title == title && field.kind == first.kind) {
                pairs.push(vec![at, other]);
            }
        }
    }
    pairs
}
