//! Finding Chinese words by what a clerk types: the words themselves, pinyin, initials, or a mixture (`jzsx`, `jianzhengsx`
//! and `见证sx` all find 见证实习). Nothing is ranked by use, nothing is remembered.

use pinyin::{Pinyin, ToPinyin};

use crate::{Code, CodeList};

/// What a plain substring search can be run against: the text, its pinyin and its initials, lower case, with a blank
/// between.
pub fn keys(text: &str) -> String {
    let (mut full, mut initials) = (String::new(), String::new());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.to_pinyin() {
            Some(reading) => {
                full.extend(spelling(reading));
                initials.push_str(reading.first_letter());
            }
            None => {
                full.extend(c.to_lowercase());
                initials.extend(c.to_lowercase());
            }
        }
    }
    let plain = text.to_lowercase();
    if full == plain { plain } else { format!("{plain} {full} {initials}") }
}

/// Whether `query` finds `text`. An empty query finds everything.
pub fn matches(text: &str, query: &str) -> bool {
    rank(text, &letters(query)).is_some()
}

/// The codes of a list that `query` finds by code or name, best first, at most `limit`.
///
/// First the code itself, then codes that begin so, then names that are the query, begin with it, hold it; within one
/// rank the list's own order.
pub fn find_codes<'a>(list: &'a CodeList, query: &str, limit: usize) -> Vec<&'a Code> {
    let query = letters(query);
    let mut found: Vec<(u8, &Code)> =
        list.codes.iter().filter_map(|code| Some((code_rank(code, &query)?, code))).collect();
    found.sort_by_key(|&(rank, _)| rank);
    found.into_iter().take(limit).map(|(_, code)| code).collect()
}

/// How well a code answers; smaller is better.
fn code_rank(code: &Code, query: &[char]) -> Option<u8> {
    let own = letters(&code.code);
    if own == query {
        return Some(0);
    }
    if !query.is_empty() && own.starts_with(query) {
        return Some(1);
    }
    rank(&code.name, query).map(|r| r + 2)
}

/// How well a text answers: 0 the same, 1 found at its beginning, 2 found within.
fn rank(text: &str, query: &[char]) -> Option<u8> {
    let letters: Vec<Letter> = letters(text).into_iter().map(|c| Letter { c, reading: c.to_pinyin() }).collect();
    if query.is_empty() || begins(&letters, query) {
        let same = query.len() == letters.len() && letters.iter().zip(query).all(|(l, q)| l.c == *q);
        return Some(if same { 0 } else { 1 });
    }
    (1..letters.len()).any(|from| begins(&letters[from..], query)).then_some(2)
}

/// A character with its reading, if it is a Chinese one.
struct Letter {
    c: char,
    reading: Option<Pinyin>,
}

/// Whether the text begins with what the query says: each character by itself, by its pinyin, by its initial, or, at
/// the query's end, by the beginning of its pinyin.
fn begins(text: &[Letter], query: &[char]) -> bool {
    let Some((first, rest)) = text.split_first() else { return query.is_empty() };
    let Some(&q) = query.first() else { return true };
    if q == first.c {
        return begins(rest, &query[1..]);
    }
    let Some(reading) = first.reading else { return false };
    let same = spelling(reading).zip(query).take_while(|(a, b)| a == *b).count();
    let whole = same == spelling(reading).count();
    same > 0 && (same == query.len() || (whole && begins(rest, &query[same..])) || begins(rest, &query[1..]))
}

/// A reading as it is typed: `v` for `ü`, as every input method has it.
fn spelling(reading: Pinyin) -> impl Iterator<Item = char> {
    reading.plain().chars().map(|c| if c == 'ü' { 'v' } else { c })
}

/// Lower-case characters without blanks.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
