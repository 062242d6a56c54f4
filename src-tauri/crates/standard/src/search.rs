//! Finding Chinese words by what a clerk types: the words themselves, pinyin, initials, or a mixture (`jzsx`,
//! `jianzhengsx` and `见证sx` all find 见证实习). The order does not depend on what was searched before.

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use crate::{Code, CodeList};

/// How a query fits a code, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Fit {
    /// It is the code.
    Code,
    /// The code begins with it.
    CodeStart,
    /// It is the name.
    Name,
    /// The name begins with it, in characters or in full pinyin.
    NameStart,
    /// The name begins with it by the initials of its pinyin, or by a mixture.
    Initials,
    /// The name holds it.
    Part,
}

/// A text for a plain substring search, lower case, with blanks between: the text itself, its pinyin and its initials,
/// and these once more for every other reading of one of its characters (会计 is `huiji` and `kuaiji`).
pub fn keys(text: &str) -> String {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let usual: Vec<Sound> = characters.iter().map(|&c| Sound::usual(c)).collect();
    let mut keys = vec![text.to_lowercase()];
    let mut add = |sounds: &[Sound]| {
        for key in
            [sounds.iter().map(|s| s.full.as_str()).collect(), sounds.iter().map(|s| s.initial.as_str()).collect()]
        {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    };
    add(&usual);
    for (at, &c) in characters.iter().enumerate() {
        for reading in readings(c) {
            let mut sounds = usual.clone();
            sounds[at] = Sound::of(reading);
            add(&sounds);
        }
    }
    keys.retain(|key| !key.is_empty());
    keys.join(" ")
}

/// The initials of the usual readings of a text without blanks, lower case: `nbbz` for 内部 备注.
pub fn initials(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| Sound::usual(c).initial).collect()
}

/// How a character sounds: its pinyin and its initial; of others than Chinese ones, the character itself.
#[derive(Clone)]
struct Sound {
    full: String,
    initial: String,
}

impl Sound {
    fn of(reading: Pinyin) -> Self {
        Sound { full: spelling(reading).collect(), initial: reading.first_letter().to_owned() }
    }

    /// The sound by the most usual reading.
    fn usual(c: char) -> Self {
        c.to_pinyin()
            .map_or_else(|| Sound { full: c.to_lowercase().collect(), initial: c.to_lowercase().collect() }, Sound::of)
    }
}

/// Every reading of a Chinese character, the usual one first; tones do not count.
fn readings(c: char) -> Vec<Pinyin> {
    let mut readings: Vec<Pinyin> = c.to_pinyin().into_iter().collect();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        if !readings.iter().any(|known| known.plain() == reading.plain()) {
            readings.push(reading);
        }
    }
    readings
}

/// Whether `query` finds `text`. An empty query finds everything.
pub fn matches(text: &str, query: &str) -> bool {
    rank(text, &letters(query)).is_some()
}

/// The codes of a list that `query` finds by code or name, best first, at most `limit`. An empty query finds all.
///
/// First those of the level that is asked for (0: without a code above), then by [`Fit`], then upper levels before
/// lower ones, then in the list's own order.
pub fn find_codes<'a>(list: &'a CodeList, query: &str, level: Option<usize>, limit: usize) -> Vec<(Fit, &'a Code)> {
    let query = letters(query);
    let mut found: Vec<(Fit, &Code)> =
        list.codes.iter().filter_map(|code| Some((code_fit(code, &query)?, code))).collect();
    if level.is_some() || !query.is_empty() {
        found.sort_by_cached_key(|&(fit, code)| {
            let depth = list.path(code).len();
            let other_level = level.is_some_and(|level| level != depth);
            // If the whole list is shown, the levels keep their order.
            if query.is_empty() { (other_level, Fit::Code, 0) } else { (other_level && fit != Fit::Code, fit, depth) }
        });
    }
    found.truncate(limit);
    found
}

/// How well a code matches; smaller is better.
pub(crate) fn code_rank(code: &Code, query: &[char]) -> Option<u8> {
    code_fit(code, query).map(|fit| fit as u8)
}

fn code_fit(code: &Code, query: &[char]) -> Option<Fit> {
    let own = letters(&code.code);
    if own == query {
        return Some(Fit::Code);
    }
    if !query.is_empty() && own.starts_with(query) {
        return Some(Fit::CodeStart);
    }
    Some(match rank(&code.name, query)? {
        0 => Fit::Name,
        1 => Fit::NameStart,
        2 => Fit::Initials,
        _ => Fit::Part,
    })
}

/// How well a text matches: 0 equal, 1 it begins so in characters or full pinyin, 2 it begins so by initials or a
/// mixture, 3 found within.
pub(crate) fn rank(text: &str, query: &[char]) -> Option<u8> {
    let letters: Vec<Letter> = letters(text).into_iter().map(|c| Letter { c, readings: readings(c) }).collect();
    if query.len() == letters.len() && letters.iter().zip(query).all(|(l, q)| l.c == *q) {
        return Some(0);
    }
    if begins(&letters, query, Way::Whole) {
        return Some(1);
    }
    if begins(&letters, query, Way::Any) {
        return Some(2);
    }
    (1..letters.len()).any(|from| begins(&letters[from..], query, Way::Any)).then_some(3)
}

/// A character with its readings, if it is a Chinese one.
struct Letter {
    c: char,
    readings: Vec<Pinyin>,
}

/// How a query may write a character.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// By itself or by its whole pinyin; at the query's end also by the beginning of its pinyin, if more than its
    /// initial.
    Whole,
    /// By its initial, too.
    Any,
}

/// Whether the text begins with what the query says: each character by itself, by any of its readings, by an initial,
/// or, at the query's end, by the beginning of a reading.
fn begins(text: &[Letter], query: &[char], way: Way) -> bool {
    let Some((first, rest)) = text.split_first() else { return query.is_empty() };
    let Some(&q) = query.first() else { return true };
    if q == first.c && begins(rest, &query[1..], way) {
        return true;
    }
    first.readings.iter().any(|&reading| {
        let same = spelling(reading).zip(query).take_while(|(a, b)| a == *b).count();
        let whole = same == spelling(reading).count();
        let ends = same == query.len() && (way == Way::Any || same > 1);
        same > 0
            && (ends
                || (whole && begins(rest, &query[same..], way))
                || (way == Way::Any && begins(rest, &query[1..], way)))
    })
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
            ("见证实习", "见证实习 jianzhengshixi jzsx xianzhengshixi xzsx"),
            ("1+X证书", "1+x证书 1+xzhengshu 1+xzs"),
            ("ISBN", "isbn"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(keys(text), expected);
        }
        for (text, key) in
            [("绿色", "lvse"), ("会计", "kuaiji"), ("会计", "kj"), ("重庆", "chongqing"), ("音乐", "yinyue")]
        {
            assert!(keys(text).split(' ').any(|one| one == key), "{key} for {text}: {}", keys(text));
        }
    }

    #[test]
    fn every_reading_of_a_character_counts() {
        let cases = [
            ("会计", "kuaiji"),
            ("重庆市", "chongqing"),
            ("长沙市", "changsha"),
            ("音乐学", "yinyue"),
            ("佛山市", "foshan"),
            ("银行", "yinhang"),
            ("重庆市", "cq"),
            ("大数据与会计", "kj"),
        ];
        for (text, query) in cases {
            assert!(matches(text, query), "{query} in {text}");
        }
    }

    #[test]
    fn upper_levels_and_the_level_of_the_field_come_first() {
        let code = |code: &str, name: &str, parent: Option<&str>| Code {
            code: code.into(),
            name: name.into(),
            parent: parent.map(Into::into),
            note: None,
        };
        let codes = vec![
            code("140000", "山西省", None),
            code("140800", "运城市", Some("140000")),
            code("140824", "稷山县", Some("140800")),
            code("320000", "江苏省", None),
            code("320100", "南京市", Some("320000")),
        ];
        let list = CodeList::new("X".into(), "区划".into(), codes);
        let found = |query: &str, level| -> Vec<String> {
            find_codes(&list, query, level, 9).iter().map(|(_, c)| c.name.clone()).collect()
        };
        assert_eq!(found("js", None), ["江苏省", "稷山县", "南京市"]);
        assert_eq!(found("", Some(0)), ["山西省", "江苏省", "运城市", "稷山县", "南京市"]);
        assert_eq!(found("", None), ["山西省", "运城市", "稷山县", "江苏省", "南京市"]);
        assert_eq!(found("s", Some(0))[0], "山西省");
        assert_eq!(found("140824", Some(0)), ["稷山县"]);
    }

    #[test]
    fn the_best_code_comes_first() {
        let code = |code: &str, name: &str| Code { code: code.into(), name: name.into(), parent: None, note: None };
        let names = [("01", "北京市"), ("1", "南京东路"), ("11", "京"), ("2", "南京"), ("3", "东南京口")];
        let codes = names.map(|(c, name)| code(c, name)).to_vec();
        let list = CodeList::new("X".into(), "试".into(), codes);
        let found = |query: &str, limit| -> Vec<&str> {
            find_codes(&list, query, None, limit).iter().map(|(_, c)| c.code.as_str()).collect()
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
            let found = find_codes(&list, &query, None, 1);
            prop_assert_eq!(codes.contains(&query), found.first().is_some_and(|(_, c)| c.code == query));
        }
    }
}
