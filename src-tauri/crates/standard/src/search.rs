//! Finding Chinese words by what a clerk types: the words themselves, pinyin, initials, or a mixture (`jzsx`, `jianzhengsx`
//! and `见证sx` all find 见证实习). The order does not depend on what was searched before.

use pinyin::{Pinyin, ToPinyin};

use crate::{Code, CodeList};

/// A text for a plain substring search: the text itself, its pinyin and its initials, lower case, with a blank
/// between them.
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

/// How well a code matches; smaller is better, at most 4.
pub(crate) fn code_rank(code: &Code, query: &[char]) -> Option<u8> {
    let own = letters(&code.code);
    if own == query {
        return Some(0);
    }
    if !query.is_empty() && own.starts_with(query) {
        return Some(1);
    }
    rank(&code.name, query).map(|r| r + 2)
}

/// How well a text matches: 0 equal, 1 found at its beginning, 2 found within.
pub(crate) fn rank(text: &str, query: &[char]) -> Option<u8> {
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

/// Lower-case characters without blanks: a query as [`rank`] and [`code_rank`] take it.
pub(crate) fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finds_what_a_clerk_types() {
        let cases = [
            ("见证实习", "jzsx", true),
            ("见证实习", "JZSX", true),
            ("见证实习", "jianzhengshixi", true),
            ("见证实习", "jianzhengsx", true),
            ("见证实习", "见证sx", true),
            ("见证实习", "zsx", true),
            ("见证实习", "jian zheng", true),
            ("见证实习", "shix", true),
            ("见证实习", "jzxs", false),
            ("见证实习", "jzsxa", false),
            ("绿化", "lvhua", true),
            ("1+X证书", "1+xzs", true),
            ("（其他）", "qt", true),
            ("其他", "", true),
            ("", "a", false),
            ("", "", true),
        ];
        for (text, query, found) in cases {
            assert_eq!(matches(text, query), found, "{query} in {text}");
        }
    }

    #[test]
    fn keys_hold_the_words_their_sound_and_their_initials() {
        let cases = [
            ("见证实习", "见证实习 jianzhengshixi jzsx"),
            ("1+X证书", "1+x证书 1+xzhengshu 1+xzs"),
            ("绿色", "绿色 lvse ls"),
            ("ISBN", "isbn"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(keys(text), expected);
        }
    }

    #[test]
    fn the_best_code_comes_first() {
        let code = |code: &str, name: &str| Code { code: code.into(), name: name.into(), parent: None, note: None };
        let names = [("01", "北京市"), ("1", "南京东路"), ("11", "京"), ("2", "南京"), ("3", "东南京口")];
        let codes = names.map(|(c, name)| code(c, name)).to_vec();
        let list = CodeList::new("X".into(), "试".into(), codes);
        let found = |query: &str, limit| -> Vec<&str> {
            find_codes(&list, query, limit).iter().map(|c| c.code.as_str()).collect()
        };
        assert_eq!(found("1", 9), ["1", "11"]);
        assert_eq!(found("南京", 9), ["2", "1", "3"]);
        assert_eq!(found("nj", 9), ["1", "2", "3"]);
        assert_eq!(found("京", 9), ["11", "01", "1", "2", "3"]);
        assert_eq!(found("", 2), ["01", "1"]);
        assert_eq!(found("上海", 9), [""; 0]);
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_itself_its_sound_its_initials_and_any_part(
            text in "[一-龥A-Za-z0-9（）]{1,12}", from in 0usize..12, length in 1usize..12,
        ) {
            prop_assert!(matches(&text, &text));
            for key in keys(&text).split(' ') {
                prop_assert!(matches(&text, key), "{} by {}", text, key);
            }
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(matches(&text, &part));
        }

        #[test]
        fn every_code_finds_itself_first(query in "[0-9a-z]{1,3}", codes in proptest::collection::btree_set("[0-9a-z]{1,3}", 1..9)) {
            let code = |c: &String| Code { code: c.clone(), name: format!("名{c}"), parent: None, note: None };
            let list = CodeList::new("X".into(), "试".into(), codes.iter().map(code).collect());
            let found = find_codes(&list, &query, 1);
            prop_assert_eq!(codes.contains(&query), found.first().is_some_and(|c| c.code == query));
        }
    }
}
