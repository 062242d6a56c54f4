//! Codes, written as a code, as its name, or as both.

use std::collections::HashMap;
use std::sync::Arc;

use standard::{Code, CodeList};

use super::Reading;
use super::fold::{fold, is_digits};

/// Most names that are offered for a text that is none.
const OFFERED: usize = 3;

/// A code list made ready for reading: its names in bare form, and where they stand.
pub(crate) struct Names {
    list: Arc<CodeList>,
    /// Bare names, in the order of the list.
    bare: Vec<String>,
    /// Position by bare name; `None` where two codes share it.
    by_name: HashMap<String, Option<usize>>,
    /// Position by the name with the names of the levels above it in front, where the list is a tree: 江苏省南京市鼓楼区,
    /// 南京市鼓楼区; `None` where two codes share it.
    by_path: HashMap<String, Option<usize>>,
    /// Position by the code in small letters or as a number; `None` where two codes share it.
    by_code: HashMap<String, Option<usize>>,
}

/// What a text means in a list, and what it may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeReading {
    /// The code.
    pub reading: Reading,
    /// Codes with names like the text, nearest first; empty where the reading is certain.
    pub near: Vec<Code>,
}

impl Names {
    /// Makes a list ready.
    pub fn new(list: Arc<CodeList>) -> Self {
        let bare: Vec<String> = list.codes.iter().map(|code| bare_name(&code.name)).collect();
        let by_name = positions(bare.iter().cloned().enumerate());
        let by_path = positions((0..bare.len()).flat_map(|at| paths(&list, at).map(move |path| (at, path))));
        let by_code = positions(list.codes.iter().map(|code| code_key(&code.code)).enumerate());
        Names { list, bare, by_name, by_path, by_code }
    }

    /// Reads one code.
    pub fn read(&self, text: &str) -> CodeReading {
        if let Some(code) = self.certain(text) {
            return CodeReading { reading: Reading::Certain(code.code.clone()), near: Vec::new() };
        }
        let near = self.near(text);
        let reading = match near.as_slice() {
            [only] => Reading::Likely(only.code.clone()),
            _ => Reading::Unknown,
        };
        CodeReading { reading, near: near.into_iter().cloned().collect() }
    }

    /// Reads several codes: the whole text may be one name (which may hold separators), else each part is read.
    pub fn read_several(&self, separator: &str, text: &str) -> Reading {
        if let Some(code) = self.certain(text) {
            return Reading::Certain(code.code.clone());
        }
        let each = |parts: Vec<&str>| -> Option<String> {
            let codes: Option<Vec<&str>> = parts.iter().map(|p| self.certain(p).map(|c| c.code.as_str())).collect();
            codes.filter(|codes| !codes.is_empty()).map(|codes| codes.join(separator))
        };
        let printed = text.split(separator).map(super::fold::trim).filter(|part| !part.is_empty()).collect();
        match each(printed).or_else(|| each(parts(text).collect())) {
            Some(codes) => Reading::Certain(codes),
            None => Reading::Unknown,
        }
    }

    /// The code that the text certainly means: the code itself, in other letters or widths, with zeros lost or added in
    /// front, its name (blanks and the width of brackets do not count), or code and name together.
    fn certain(&self, text: &str) -> Option<&Code> {
        if let Some(code) = self.list.get(text) {
            return Some(code);
        }
        let folded = fold(text);
        if let Some(code) = self.list.get(&folded) {
            return Some(code);
        }
        if folded.is_empty() {
            return None;
        }
        let number = folded.strip_suffix(".0").unwrap_or(&folded);
        let wanted = bare_name(&folded);
        let known = self.by_code.get(&code_key(number));
        let known = known.or_else(|| self.by_name.get(&wanted)).or_else(|| self.by_path.get(&wanted));
        match known {
            Some(at) => at.map(|at| &self.list.codes[at]),
            None => self.by_both(&wanted),
        }
    }

    /// By code and name together, in either order (`C 制造业`, `制造业(C)`): they must mean the same code.
    fn by_both(&self, wanted: &str) -> Option<&Code> {
        if !wanted.bytes().any(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let mut both = self.bare.iter().zip(&self.list.codes).filter(|(name, code)| {
            let around = wanted.strip_prefix(name.as_str()).or_else(|| wanted.strip_suffix(name.as_str()));
            let around = around.filter(|_| !name.is_empty()).map(|a| a.trim_matches(AROUND));
            around.is_some_and(|around| around.eq_ignore_ascii_case(&code.code))
        });
        let (_, first) = both.next()?;
        both.next().is_none().then_some(first)
    }

    /// Codes whose names are like the text: those that hold it or that it holds, else those that a few strokes turn into
    /// it.
    fn near(&self, text: &str) -> Vec<&Code> {
        let word: String = bare_name(text).chars().take(60).collect();
        let wanted: Vec<char> = word.chars().collect();
        if wanted.is_empty() || is_digits(&word) {
            return Vec::new();
        }
        let all = || self.bare.iter().zip(&self.list.codes);
        let length = |name: &str| name.chars().count();
        let holds = |name: &str| name.contains(&word) || (wanted.len() > 1 && word.contains(name) && length(name) > 1);
        let mut found: Vec<(usize, &Code)> = all()
            .filter(|(name, _)| holds(name))
            .map(|(name, code)| (length(name).abs_diff(wanted.len()), code))
            .collect();
        let limit = wanted.len() / 3;
        if found.is_empty() && limit > 0 {
            let close = all().filter(|(name, _)| length(name).abs_diff(wanted.len()) <= limit);
            let strokes = close.map(|(name, code)| (distance(&wanted, &name.chars().collect::<Vec<_>>()), code));
            found.extend(strokes.filter(|(strokes, _)| *strokes <= limit));
        }
        found.sort_by_key(|&(far, _)| far);
        found.into_iter().take(OFFERED).map(|(_, code)| code).collect()
    }
}

/// Signs that people put between a code and its name.
const AROUND: [char; 13] = ['(', ')', '[', ']', '-', '_', ':', '|', '.', '、', '/', '【', '】'];

/// Positions by text; `None` for a text that comes twice.
fn positions(texts: impl Iterator<Item = (usize, String)>) -> HashMap<String, Option<usize>> {
    let mut positions = HashMap::new();
    for (at, text) in texts.filter(|(_, text)| !text.is_empty()) {
        positions.entry(text).and_modify(|twice| *twice = None).or_insert(Some(at));
    }
    positions
}

/// The code one level up.
fn parent<'l>(list: &'l CodeList, code: &Code) -> Option<&'l Code> {
    code.parent.as_deref().and_then(|parent| list.get(parent))
}

/// The names of a code with one level above it in front, with two levels, and so on.
fn paths(list: &CodeList, at: usize) -> impl Iterator<Item = String> {
    const LEVELS: usize = 4;
    let code = &list.codes[at];
    let above = std::iter::successors(parent(list, code), |code| parent(list, code)).take(LEVELS);
    above.scan(bare_name(&code.name), |path, parent| {
        path.insert_str(0, &bare_name(&parent.name));
        Some(path.clone())
    })
}

/// What two writings of one code share: small letters; the number without zeros in front where it is short.
fn code_key(code: &str) -> String {
    if is_digits(code) && code.len() < 8 {
        return format!("#{}", code.trim_start_matches('0'));
    }
    code.to_ascii_lowercase()
}

/// A name without blanks, in plain width and lower case.
fn bare_name(name: &str) -> String {
    fold(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
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
            let read = match Names::new(Arc::new(list.clone())).read(text).reading {
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
        let read = Names::new(Arc::new(regions)).read("鼓楼区");
        assert_eq!(read.reading, Reading::Unknown);
        assert_eq!(read.near.len(), 2);
    }

    #[test]
    fn a_name_with_the_levels_above_it_is_certain() {
        let of = |code: &str, name: &str, parent: Option<&str>| Code {
            code: code.into(),
            name: name.into(),
            parent: parent.map(str::to_owned),
            note: None,
        };
        let codes = vec![
            of("320000", "江苏省", None),
            of("320100", "南京市", Some("320000")),
            of("320106", "鼓楼区", Some("320100")),
            of("350000", "福建省", None),
            of("350100", "福州市", Some("350000")),
            of("350102", "鼓楼区", Some("350100")),
        ];
        let regions = Names::new(Arc::new(CodeList::new("GBT2260".into(), "区划".into(), codes)));
        for (text, expect) in [
            ("南京市鼓楼区", Some("320106")),
            ("江苏省 南京市 鼓楼区", Some("320106")),
            ("福州市鼓楼区", Some("350102")),
            ("鼓楼区", None),
            ("福建省鼓楼区", None),
        ] {
            let certain = match regions.read(text).reading {
                Reading::Certain(code) => Some(code),
                _ => None,
            };
            assert_eq!(certain.as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn offers_the_nearest_first() {
        let names: Vec<String> =
            Names::new(Arc::new(industries())).read("服务业").near.into_iter().map(|c| c.name).collect();
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
            assert_eq!(Names::new(Arc::new(industries())).read_several(",", text), expect, "{text}");
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
