//! Codes, written as a code, as its name, or as both.

use standard::{Code, CodeList};

use super::Reading;
use super::fold::{fold, is_digits};

/// Most names that are offered for a text that is none.
const OFFERED: usize = 3;

/// What a text means in a list, and what it may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeReading {
    /// The code.
    pub reading: Reading,
    /// Codes with names like the text, nearest first; empty where the reading is certain.
    pub near: Vec<Code>,
}

/// Reads one code.
pub(crate) fn read(list: &CodeList, text: &str) -> CodeReading {
    if let Some(code) = certain(list, text) {
        return CodeReading { reading: Reading::Certain(code.code.clone()), near: Vec::new() };
    }
    let near = near(list, text);
    let reading = match near.as_slice() {
        [only] => Reading::Likely(only.code.clone()),
        _ => Reading::Unknown,
    };
    CodeReading { reading, near: near.into_iter().cloned().collect() }
}

/// The code that the text certainly means: the code itself, in other letters or widths, with zeros lost or added in
/// front, its name, or code and name together.
fn certain<'l>(list: &'l CodeList, text: &str) -> Option<&'l Code> {
    if let Some(code) = list.get(text) {
        return Some(code);
    }
    let folded = fold(text);
    by_code(list, &folded).or_else(|| by_name(list, &folded)).or_else(|| by_both(list, &folded))
}

/// By the code, written in any letters, or as a number.
fn by_code<'l>(list: &'l CodeList, folded: &str) -> Option<&'l Code> {
    if let Some(code) = list.get(folded) {
        return Some(code);
    }
    let number = folded.strip_suffix(".0").unwrap_or(folded);
    let bare = |code: &str| is_digits(code).then(|| code.trim_start_matches('0').to_owned());
    let wanted = bare(number);
    only(list.codes.iter().filter(|c| {
        c.code.eq_ignore_ascii_case(folded) || (wanted.is_some() && c.code.len() < 8 && bare(&c.code) == wanted)
    }))
}

/// By the name; blanks and the width of brackets do not count.
fn by_name<'l>(list: &'l CodeList, folded: &str) -> Option<&'l Code> {
    let wanted = bare_name(folded);
    only(list.codes.iter().filter(|c| !wanted.is_empty() && bare_name(&c.name) == wanted))
}

/// By code and name together, in either order (`C 制造业`, `制造业(C)`): they must mean the same code.
fn by_both<'l>(list: &'l CodeList, folded: &str) -> Option<&'l Code> {
    let wanted = bare_name(folded);
    let rest = |code: &Code| -> Option<String> {
        let name = bare_name(&code.name);
        let around = wanted.strip_prefix(&name).or_else(|| wanted.strip_suffix(&name))?;
        let around = around.trim_matches(['(', ')', '[', ']', '-', '_', ':', '|', '.', '、', '/', '【', '】']);
        Some(around.to_owned())
    };
    only(list.codes.iter().filter(|c| !c.name.is_empty() && rest(c).is_some_and(|r| r.eq_ignore_ascii_case(&c.code))))
}

/// The one element, if there is exactly one.
fn only<'l>(mut codes: impl Iterator<Item = &'l Code>) -> Option<&'l Code> {
    let first = codes.next()?;
    codes.next().is_none().then_some(first)
}

/// A name without blanks, in plain width and lower case.
fn bare_name(name: &str) -> String {
    fold(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Codes whose names are like the text: those that hold it or that it holds, else those that a few strokes turn into it.
fn near<'l>(list: &'l CodeList, text: &str) -> Vec<&'l Code> {
    let wanted: Vec<char> = bare_name(text).chars().take(60).collect();
    let word: String = wanted.iter().collect();
    if wanted.is_empty() || is_digits(&word) {
        return Vec::new();
    }
    let mut found: Vec<(usize, &Code)> = Vec::new();
    for code in &list.codes {
        let name = bare_name(&code.name);
        let holds = name.contains(&word) || (wanted.len() > 1 && name.chars().count() > 1 && word.contains(&name));
        if holds {
            found.push((name.chars().count().abs_diff(wanted.len()), code));
        }
    }
    if found.is_empty() {
        let limit = wanted.len() / 3;
        for code in list.codes.iter().filter(|_| limit > 0) {
            let name: Vec<char> = bare_name(&code.name).chars().collect();
            if name.len().abs_diff(wanted.len()) <= limit {
                let strokes = distance(&wanted, &name);
                if strokes <= limit {
                    found.push((strokes, code));
                }
            }
        }
    }
    found.sort_by_key(|&(far, _)| far);
    found.into_iter().take(OFFERED).map(|(_, code)| code).collect()
}

/// Characters to insert, delete, replace, or exchange with their neighbour, to make one text of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Signs that clerks put between several values; the printed separator comes on top.
const SEPARATORS: [&str; 8] = ["||", ",", "，", "、", ";", "；", "|", "\n"];

/// The first of these signs in a text that is no part of the printed separator.
pub(crate) fn other_sign(printed: &str, text: &str) -> Option<&'static str> {
    SEPARATORS.into_iter().find(|sign| !printed.contains(sign) && text.contains(sign))
}

/// The parts of a text that holds several values, without blanks around them and without empty ones.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', ',', '，', '、', ';', '；', '\n']).map(super::fold::trim).filter(|part| !part.is_empty())
}

/// Reads several codes: the whole text may be one name (which may hold separators), else each part is read.
pub(crate) fn read_several(list: &CodeList, separator: &str, text: &str) -> Reading {
    if let Some(code) = certain(list, text) {
        return Reading::Certain(code.code.clone());
    }
    let each = |parts: Vec<&str>| -> Option<String> {
        let codes: Option<Vec<&str>> = parts.iter().map(|p| certain(list, p).map(|c| c.code.as_str())).collect();
        codes.filter(|codes| !codes.is_empty()).map(|codes| codes.join(separator))
    };
    let printed = text.split(separator).map(super::fold::trim).filter(|part| !part.is_empty()).collect();
    match each(printed).or_else(|| each(parts(text).collect())) {
        Some(codes) => Reading::Certain(codes),
        None => Reading::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::list;

    fn industries() -> CodeList {
        list(
            "HYDM",
            &[
                ("A", "农、林、牧、渔业"),
                ("C", "制造业"),
                ("I", "信息传输、软件和信息技术服务业"),
                ("L", "租赁和商务服务业"),
                ("P", "教育"),
            ],
        )
    }

    #[test]
    fn reads_codes_and_names() {
        let countries = list("ISO", &[("004", "阿富汗"), ("156", "中国"), ("158", "中国台湾"), ("392", "日本")]);
        for (list, text, expect) in [
            (&industries(), "C", "C"),
            (&industries(), "c", "C"),
            (&industries(), "Ｃ", "C"),
            (&industries(), " C ", "C"),
            (&industries(), "制造业", "C"),
            (&industries(), "制 造 业", "C"),
            (&industries(), "C 制造业", "C"),
            (&industries(), "制造业（C）", "C"),
            (&industries(), "P 制造业", "C?"),
            (&industries(), "农、林、牧、渔业", "A"),
            (&industries(), "信息技术", "I?"),
            (&industries(), "制造行业", "C?"),
            (&industries(), "服务业", "-"),
            (&industries(), "X", "-"),
            (&industries(), "", "-"),
            (&countries, "4", "004"),
            (&countries, "4.0", "004"),
            (&countries, "0156", "156"),
            (&countries, "中国", "156"),
            (&countries, "日本国", "392?"),
            (&countries, "999", "-"),
        ] {
            let read = match read(list, text).reading {
                Reading::Certain(code) => code,
                Reading::Likely(code) => format!("{code}?"),
                Reading::Unknown => "-".into(),
            };
            assert_eq!(read, expect, "{text}");
        }
    }

    #[test]
    fn a_name_that_stands_twice_is_not_certain() {
        let regions = list("GBT2260", &[("320106", "鼓楼区"), ("350102", "鼓楼区"), ("320000", "江苏省")]);
        let read = read(&regions, "鼓楼区");
        assert_eq!(read.reading, Reading::Unknown);
        assert_eq!(read.near.len(), 2);
    }

    #[test]
    fn offers_the_nearest_first() {
        let names: Vec<String> = read(&industries(), "服务业").near.into_iter().map(|c| c.name).collect();
        assert_eq!(names, ["租赁和商务服务业", "信息传输、软件和信息技术服务业"]);
    }

    #[test]
    fn reads_several() {
        for (text, expect) in [
            ("A,C", Reading::Certain("A,C".into())),
            ("A、C", Reading::Certain("A,C".into())),
            ("a；制造业", Reading::Certain("A,C".into())),
            ("A||C", Reading::Certain("A,C".into())),
            ("A, C,", Reading::Certain("A,C".into())),
            ("农、林、牧、渔业", Reading::Certain("A".into())),
            ("农、林、牧、渔业,制造业", Reading::Certain("A,C".into())),
            ("A,Z", Reading::Unknown),
            (",", Reading::Unknown),
        ] {
            assert_eq!(read_several(&industries(), ",", text), expect, "{text}");
        }
    }

    #[test]
    fn counts_strokes() {
        for (a, b, expect) in [("三年", "三年", 0), ("三年", "四年", 1), ("制造业", "造制业", 1), ("", "ab", 2)]
        {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            assert_eq!(distance(&chars(a), &chars(b)), expect, "{a} {b}");
        }
    }
}
