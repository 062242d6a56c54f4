//! Codes, written as a code, as its name, or as both.

use std::collections::HashMap;
use std::sync::Arc;

use standard::{Code, CodeList};

use super::fold::{bare_name, fold, is_digits};
use super::{Reading, aliases, placeholder, region};

/// The largest number of names that are offered for a text that is not a name of the list.
const OFFERED: usize = 3;

/// A code list with indexes for reading: its names in bare form, and their positions.
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
    /// Position by another word for a name ([`aliases`]), and whether it is certain.
    by_alias: HashMap<String, (usize, bool)>,
    /// Position by the letters that the notes of the list, or of the national list that it is taken from, give for a
    /// code (`alpha2 TH; alpha3 THA`).
    by_letters: HashMap<String, Option<usize>>,
}

/// What a text means in a list, and which codes it may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeReading {
    /// The code that the text means, and whether that is certain.
    pub reading: Reading,
    /// Codes with names like the text, nearest first; empty where the reading is certain.
    pub near: Vec<Code>,
}

impl Names {
    /// Makes a list ready; `source` is the national list that it is taken from.
    pub fn new(list: Arc<CodeList>, source: Option<&CodeList>) -> Self {
        let bare: Vec<String> = list.codes.iter().map(|code| bare_name(&code.name)).collect();
        let by_name = positions(bare.iter().cloned().enumerate());
        let by_path = positions((0..bare.len()).flat_map(|at| paths(&list, at).map(move |path| (at, path))));
        let by_code = positions(list.codes.iter().map(|code| code_key(&code.code)).enumerate());
        let named = |name: &String| by_name.get(&bare_name(name)).copied().flatten();
        let meant = aliases::ALIASES.iter().filter_map(|alias| {
            let at = alias.names.iter().find_map(named)?;
            Some((bare_name(&alias.text), (at, alias.certain)))
        });
        let by_alias = meant.collect();
        let notes = list.codes.iter().chain(source.iter().flat_map(|source| &source.codes));
        let letters = notes.filter_map(|code| Some((list.position(&code.code)?, letters(code.note.as_deref()?))));
        let by_letters = positions(letters.flat_map(|(at, letters)| letters.map(move |text| (at, text))));
        Names { list, bare, by_name, by_path, by_code, by_alias, by_letters }
    }

    /// Reads one code.
    pub fn read(&self, text: &str) -> CodeReading {
        if let Some(code) = self.certain(text) {
            return CodeReading { reading: Reading::Certain(code.code.clone()), near: Vec::new() };
        }
        if let Some(code) = self.likely(text) {
            return CodeReading { reading: Reading::Likely(code.code.clone()), near: vec![code.clone()] };
        }
        let near = if placeholder::is_placeholder(text) { Vec::new() } else { self.near(text) };
        let reading = match near.as_slice() {
            [only] => Reading::Likely(only.code.clone()),
            _ => Reading::Unknown,
        };
        CodeReading { reading, near: near.into_iter().cloned().collect() }
    }

    /// Reads several codes: the whole text may be one name (which may hold separators), else each part is read. Blanks,
    /// slashes and plus signs may be part of a name, so what they take apart is likely only.
    pub fn read_several(&self, separator: &str, text: &str) -> Reading {
        if let Some(code) = self.certain(text) {
            return Reading::Certain(code.code.clone());
        }

        let each = |parts: Vec<&str>| -> Option<String> {
            let codes: Option<Vec<&str>> = parts.iter().map(|p| self.certain(p).map(|c| c.code.as_str())).collect();
            codes.filter(|codes| !codes.is_empty()).map(|codes| codes.join(separator))
        };
        let printed = text.split(separator).map(super::fold::trim).filter(|part| !part.is_empty()).collect();
        if let Some(codes) = each(printed).or_else(|| each(parts(text).collect())) {
            return Reading::Certain(codes);
        }
        let is_loose = |c: char| LOOSE.contains(&c) || c.is_whitespace();
        let apart: Vec<&str> =
            parts(text).flat_map(|part| part.split(is_loose)).filter(|part| !part.is_empty()).collect();
        let count = apart.len();
        match each(apart) {
            Some(codes) if count > 1 => Reading::Likely(codes),
            _ => Reading::Unknown,
        }
    }

    /// The code that the text probably means: another word for its name, the letters of its country, a region without
    /// the words for its level.
    fn likely(&self, text: &str) -> Option<&Code> {
        let wanted = bare_name(text);
        let alias = self.by_alias.get(&wanted).map(|(at, _)| *at);
        let letters = || self.by_letters.get(&wanted).copied().flatten();
        let at = alias.or_else(letters).or_else(|| region::read(&self.list, &self.bare, &wanted))?;
        Some(&self.list.codes[at])
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
        if let Some(at) = known {
            return at.map(|at| &self.list.codes[at]);
        }
        match self.by_alias.get(&wanted) {
            Some((at, certain)) => certain.then(|| &self.list.codes[*at]),
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

    /// Codes whose names are like the text: those that hold it or that it holds, else those that a few strokes turn
    /// into it.
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

/// The same text for all writings of one code: in lower case; a short number without leading zeros.
fn code_key(code: &str) -> String {
    if is_digits(code) && code.len() < 8 {
        return format!("#{}", code.trim_start_matches('0'));
    }
    code.to_ascii_lowercase()
}

/// The letters that a note gives for a code, in small letters.
fn letters(note: &str) -> impl Iterator<Item = String> {
    note.split(';').filter_map(|part| {
        let (kind, letters) = part.trim().split_once(' ')?;
        (kind == "alpha2" || kind == "alpha3").then(|| letters.to_ascii_lowercase())
    })
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

/// Signs that may stand between several values, and in a name as well; blanks come on top.
const LOOSE: [char; 4] = ['/', '／', '+', '＋'];

/// Signs that clerks put between several values; the printed separator comes on top.
const SEPARATORS: [&str; 8] = ["||", ",", "，", "、", ";", "；", "|", "\n"];

/// The first of these signs in a text that is not part of the printed separator.
pub(crate) fn other_sign(printed: &str, text: &str) -> Option<&'static str> {
    SEPARATORS.into_iter().find(|sign| !printed.contains(sign) && text.contains(sign))
}

/// Several values without those that stood before.
pub(crate) fn without_twins(separator: &str, text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for part in text.split(separator) {
        if !kept.contains(&part) {
            kept.push(part);
        }
    }
    kept.join(separator)
}

/// The parts of a text that holds several values, without blanks around them and without empty ones.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', ',', '，', '、', ';', '；', '\n']).map(super::fold::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
