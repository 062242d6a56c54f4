//! Regions as people write them: without the words for their level (江苏苏州), and codes cut short (3205, 32).

use standard::{Code, CodeList};

use super::fold::bare_name;
use super::fold::is_digits;

/// Digits of a region's code.
const DIGITS: usize = 6;

/// Words for the level of a region at the end of its name, longest first.
const LEVELS: [&str; 14] = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "林区",
    "地区",
    "省",
    "市",
    "盟",
    "区",
    "县",
];

/// The position of the region that `wanted`, a bare name or a code, means in a list of regions whose bare names are
/// `bare`; `None` where no region or more than one can be meant, and for any other list.
pub(super) fn read(list: &CodeList, bare: &[String], wanted: &str) -> Option<usize> {
    if list.codes.is_empty() || !list.codes.iter().all(|code| code.code.len() == DIGITS && is_digits(&code.code)) {
        return None;
    }
    if is_digits(wanted) {
        return by_short_code(list, wanted);
    }
    // A path names one level above at least: a name alone is looked for like any other.
    let mut found = (0..bare.len()).filter(|at| list.codes[*at].parent.is_some() && is_path(list, bare, *at, wanted));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Two or four digits are a code without its zeros; the twelve digits of statistics are one with the zeros of a whole
/// region.
fn by_short_code(list: &CodeList, digits: &str) -> Option<usize> {
    match digits.len() {
        2 | 4 => list.position(&format!("{digits:0<DIGITS$}")),
        9 | 12 if digits[DIGITS..].bytes().all(|b| b == b'0') => list.position(&digits[..DIGITS]),
        _ => None,
    }
}

/// Whether a text is the names of some levels above a region, outermost first, and its own, each with or without the
/// word for its level.
fn is_path(list: &CodeList, bare: &[String], at: usize, text: &str) -> bool {
    let code = &list.codes[at];
    let own = [bare[at].as_str(), short(&bare[at])];
    own.into_iter()
        .filter_map(|name| text.strip_suffix(name))
        .any(|above| !above.is_empty() && is_above(list, code, above))
}

/// Whether a text is the names of one or more of the levels above a code.
fn is_above(list: &CodeList, code: &Code, text: &str) -> bool {
    let mut rest = text;
    for level in list.path(code) {
        let name = bare_name(&level.name);
        rest = rest.strip_prefix(&name).or_else(|| rest.strip_prefix(short(&name))).unwrap_or(rest);
    }
    rest.is_empty()
}

/// A region's name without the word for its level; names of two characters keep it.
fn short(name: &str) -> &str {
    let shorter = LEVELS.iter().find_map(|level| name.strip_suffix(level));
    shorter.filter(|rest| rest.chars().count() > 1).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> CodeList {
        let of = |(code, name, parent): (&str, &str, &str)| Code {
            code: code.into(),
            name: name.into(),
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
            note: None,
        };
        let codes = [
            ("310000", "上海市", ""),
            ("310100", "市辖区", "310000"),
            ("310101", "黄浦区", "310000"),
            ("320000", "江苏省", ""),
            ("320100", "南京市", "320000"),
            ("320106", "鼓楼区", "320100"),
            ("320500", "苏州市", "320000"),
            ("340000", "安徽省", ""),
            ("341300", "宿州市", "340000"),
            ("450000", "广西壮族自治区", ""),
            ("450100", "南宁市", "450000"),
        ];
        CodeList::new("GBT2260".into(), "区划".into(), codes.into_iter().map(of).collect())
    }

    #[test]
    fn regions_without_the_words_for_their_level() {
        let list = regions();
        let bare: Vec<String> = list.codes.iter().map(|code| bare_name(&code.name)).collect();
        for (text, expect) in [
            ("江苏苏州", Some("320500")),
            ("江苏苏州市", Some("320500")),
            ("江苏省苏州", Some("320500")),
            ("南京鼓楼", Some("320106")),
            ("江苏南京鼓楼", Some("320106")),
            ("广西南宁", Some("450100")),
            ("上海黄浦", Some("310101")),
            ("3205", Some("320500")),
            ("32", Some("320000")),
            ("3101", Some("310100")),
            ("320500000000", Some("320500")),
            ("320500000001", None),
            ("安徽苏州", None),
            ("苏州", None),
            ("江苏", None),
            ("9", None),
            ("99", None),
            ("", None),
        ] {
            assert_eq!(read(&list, &bare, text).map(|at| list.codes[at].code.as_str()), expect, "{text}");
        }
    }
}
