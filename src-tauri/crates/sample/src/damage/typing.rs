//! Slips of the hand in one cell.

use standard::cell::Values;

use super::fields::{
    each, is_confirmed, is_date, is_identifier, is_name_of_a_thing, is_number, is_text, numbers_with_names,
};
use super::kind::{DamageKind, Site};

/// Other records that show a name as a whole, at least.
const RECORDS_WITH_THE_WHOLE_NAME: usize = 5;

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "swapped-digits",
        zh: "编号相邻两位颠倒",
        en: "two digits of a number exchanged",
        what: "指向别的表、或带校验位的编号（学号、教工号、课程号、信用代码、ISBN 等），相邻两位不同的数字对调。",
        limit: "对调后恰好是另一个存在的编号、旁边又没有名称可以对照的，看不出来。",
        further: false,
        places: |_, table| each(table, is_confirmed),
        make: |_, site| swapped(site),
    },
    DamageKind {
        id: "swapped-digits-in-amount",
        zh: "数目相邻两位颠倒",
        en: "two digits of an amount exchanged",
        what: "数值型字段（人数、金额、成绩、时长）里相邻两位不同的数字对调。",
        limit: "对调后仍是合理的数，数据里没有别处可以对照：任何规则都看不出来，除非越过上下限或合计不等。",
        further: false,
        places: |_, table| each(table, is_number),
        make: |_, site| swapped(site),
    },
    DamageKind {
        id: "letters-for-digits",
        zh: "数字写成字母（1 写成 l，0 写成 O）",
        en: "l for 1 and O for 0",
        what: "编号、数值、日期里的一个 1 换成 l，或一个 0 换成 O。",
        limit: "学校自定的编号本来可以含字母，没有别的表可以对照时看不出来。",
        further: false,
        places: |_, table| each(table, |field| is_identifier(field) || is_number(field) || is_date(field)),
        make: |_, site| {
            let text = site.text();
            let places: Vec<usize> = text.match_indices(['0', '1']).map(|(at, _)| at).collect();
            if places.is_empty() {
                return None;
            }
            let at = places[site.random.below(places.len())];
            let letter = if text[at..].starts_with('1') { "l" } else { "O" };
            site.with(format!("{}{letter}{}", &text[..at], &text[at + 1..]))
        },
    },
    DamageKind {
        id: "full-width-digits",
        zh: "全角数字",
        en: "full-width digits",
        what: "编号、数值、日期里的数字全部写成全角。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| is_identifier(field) || is_number(field) || is_date(field)),
        make: |_, site| {
            let wide =
                |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
            site.with(site.text().chars().map(wide).collect::<String>())
        },
    },
    DamageKind {
        id: "blank-inside",
        zh: "数字中间有空格",
        en: "a blank inside a number",
        what: "编号、数值、日期中间多一个空格。",
        limit: "型号、文号、期号里本来就可以有空格，不查。",
        further: false,
        places: |_, table| each(table, |field| is_identifier(field) || is_number(field) || is_date(field)),
        make: |_, site| {
            let text = site.text();
            if text.len() < 4 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            let at = 1 + site.random.below(text.len() - 1);
            site.with(format!("{} {}", &text[..at], &text[at..]))
        },
    },
    DamageKind {
        id: "text-cut",
        zh: "名称被截断（别处写着全称的）",
        en: "a name cut off that the book has whole elsewhere",
        what: "名称、单位、地点、班级一类文字丢掉后面三分之一；同一列另有五条以上写着全称，或旁边有编号可以对照。姓名、地区名（江苏即江苏省）、只出现一次的名称和自由文字，截断以后数据里无处可查，不算。",
        limit: "截掉后面三分之一的名称，有的仍是另一个合理的写法，同一列里又没有足够多的全称可以对照；数据本身看不出来。",
        further: false,
        places: |_, table| {
            let thing = |pair: &Vec<usize>| !table.fields[pair[1]].title.ends_with("姓名");
            let pairs = numbers_with_names(table).into_iter().filter(thing);
            let mut places: Vec<Vec<usize>> = pairs.map(|pair| vec![pair[1], pair[0]]).collect();
            let beside: Vec<usize> = places.iter().map(|place| place[0]).collect();
            places.extend(each(table, is_name_of_a_thing).into_iter().filter(|place| !beside.contains(&place[0])));
            places
        },
        make: |_, site| {
            let beside = site.place.get(1).is_some_and(|number| !site.record()[*number].is_empty());
            let alike = site.rows.iter().filter(|row| row[site.place[0]] == site.text()).count();
            if !beside && alike <= RECORDS_WITH_THE_WHOLE_NAME {
                return None;
            }
            let characters: Vec<char> = site.text().chars().collect();
            let kept = characters.len() - characters.len().div_ceil(3);
            if kept < 2 {
                return None;
            }
            site.with(characters[..kept].iter().collect::<String>())
        },
    },
    DamageKind {
        id: "too-long",
        zh: "超过长度",
        en: "longer than printed",
        what: "有长度限制的文字型字段，同样的文字重复粘贴到超过长度。",
        limit: "标准把长度印错的字段（原文存疑）不查长度。",
        further: false,
        places: |_, table| each(table, |field| is_text(field) && field.length_limit().is_some()),
        make: |_, site| {
            let limit = site.table.fields[site.place[0]].length_limit()? as usize;
            let length = site.text().chars().count();
            if length == 0 {
                return None;
            }
            site.with(site.text().repeat(limit / length + 1))
        },
    },
    DamageKind {
        id: "markup",
        zh: "网页代码混入文字",
        en: "HTML in a text",
        what: "文字型字段从网页粘贴，带着 <p>、<br>、&nbsp; 一类代码。",
        limit: "",
        further: false,
        places: |_, table| each(table, is_text),
        make: |_, site| {
            let text = site.text();
            if text.is_empty() {
                return None;
            }
            let dressed = match site.random.below(4) {
                0 => format!("<p>{text}</p>"),
                1 => format!("{text}<br>"),
                2 => format!("{text}&nbsp;"),
                _ => format!("<span style=\"font-size:14px\">{text}</span>"),
            };
            site.with(dressed)
        },
    },
];

/// Exchanges two digits that stand beside each other and differ.
fn swapped(site: &mut Site<'_>) -> Option<Values> {
    let mut bytes = site.text().as_bytes().to_vec();
    let differ = |at: &usize| {
        let (one, other) = (bytes[*at], bytes[at + 1]);
        one.is_ascii_digit() && other.is_ascii_digit() && one != other
    };
    let places: Vec<usize> = (0..bytes.len().saturating_sub(1)).filter(differ).collect();
    if places.is_empty() {
        return None;
    }
    let at = places[site.random.below(places.len())];
    bytes.swap(at, at + 1);
    site.with(String::from_utf8(bytes).ok()?)
}
