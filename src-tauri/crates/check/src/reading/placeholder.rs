//! Texts that people and programs write where there is nothing to write.
//!
//! This is the one list of them. A rule reads such a text as NULL, whatever the field ([`crate::sql::filled`]); the
//! check of cells proposes to clear it in an optional field that cannot hold it ([`crate::cells`]), and a condition
//! that asks for a value does not take it for one. `0` is not in the list: in numbers and codes it is a value. Neither
//! are 不详, 待定 and the like, which say that there is something.

use super::fold::fold;

/// What people write: words that can be a true answer in a text.
const WORDS: [&str; 12] =
    ["无", "暂无", "没有", "无数据", "暂无数据", "没有数据", "无此项", "不适用", "空", "空白", "未填", "未填写"];

/// Strokes instead of a value, and what programs and spreadsheets write for one that is missing; in small letters,
/// plain width.
const SIGNS: [&str; 27] = [
    "-",
    "--",
    "---",
    "----",
    "/",
    "//",
    "///",
    "\\",
    "\\\\",
    "_",
    "__",
    "─",
    "──",
    "null",
    "(null)",
    "<null>",
    "[null]",
    "nan",
    "nat",
    "none",
    "nil",
    "na",
    "n/a",
    "#n/a",
    "\\n",
    "undefined",
    "#null!",
];

/// Whether a text stands for "nothing here": blanks around it, width and capital letters do not count.
pub(crate) fn is_placeholder(text: &str) -> bool {
    is_word(text) || is_sign(text)
}

/// Whether a text says nothing where a number, a date or a code is asked for: a placeholder, or 不详.
pub(crate) fn stands_for_nothing(text: &str) -> bool {
    is_placeholder(text) || ["不详", "未知", "不清楚"].contains(&super::fold::trim(text))
}

/// Whether it is what a program writes for a missing value, which nobody means as an answer in any text.
pub(crate) fn is_program_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "(null)", "<null>", "[null]", "nan", "none", "n/a", "\\n", "undefined"];
    text.len() <= 40 && WORDS.contains(&fold(text).to_ascii_lowercase().as_str())
}

/// Whether it says that the row above has the value: a sign that means nothing in a record by itself.
pub(crate) fn is_ditto(text: &str) -> bool {
    const WORDS: [&str; 10] = ["同上", "同前", "同左", "同上行", "如上", "〃", "″", "＂", "\"", "“"];
    text.len() <= 20 && WORDS.contains(&super::fold::trim(text).trim_matches(['(', ')', '（', '）']))
}

/// Whether it is one of the words that can be a true answer in a text, such as 无.
pub(crate) fn is_word(text: &str) -> bool {
    WORDS.contains(&super::fold::trim(text))
}

/// Whether it is a stroke, or what a program writes for a missing value. Most texts are told by their length and their
/// first character.
fn is_sign(text: &str) -> bool {
    const LONGEST: usize = 40;
    let first = super::fold::trim(text).chars().next();
    let may_be = first.is_some_and(|c| match c {
        '-' | '/' | '\\' | '_' | '(' | '<' | '[' | '#' | '\'' | 'n' | 'N' | 'u' | 'U' => true,
        _ => !c.is_ascii() && !matches!(c, '\u{3400}'..='\u{9fff}'),
    });
    may_be && text.len() <= LONGEST && SIGNS.contains(&fold(text).to_ascii_lowercase().as_str())
}

/// All of them as they may stand in the book, where blanks around a value are gone: in small and capital letters, with
/// a capital first, and in full width.
pub(crate) fn written() -> Vec<String> {
    let mut all: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    for sign in SIGNS {
        let mut letters = sign.chars();
        let first: String = letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect();
        all.extend([sign.to_owned(), sign.to_ascii_uppercase(), first]);
    }
    all.extend(
        ["NaN", "NaT", "－", "－－", "—", "——", "–", "――", "／", "／／", "／／／", "＼", "Ｎ／Ａ"].map(str::to_owned),
    );
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for text in [
            "无", " 暂无 ", "-", "－", "—", "——", "/", "／／", "///", "NULL", "null", "Nan", "NaN", "None", "none",
            "\\N",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["N/A", "#N/A", "暂无数据", "＃Ｎ／Ａ"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in
            ["", "0", "无锡", "无人机", "1-2", "Nauru", "不详", "待定", "n", "是", "否", "×", "无党派人士", "/data"]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn signs_of_repetition() {
        for text in ["同上", "〃", "\"", "（同上）", " 同左 "] {
            assert!(is_ditto(text) && !is_placeholder(text), "{text}");
        }
        for text in ["", "同上海", "\"示例\"", "同"] {
            assert!(!is_ditto(text), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_a_placeholder() {
        for text in written() {
            assert!(is_placeholder(&text), "{text}");
        }
    }
}
