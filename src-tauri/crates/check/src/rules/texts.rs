//! Texts as rules compare them, however they are written: lesson periods and weeks as numbers, book and telephone
//! numbers.
//!
//! Two systems write one lesson as `1-2`, `01-02` or `第1-2节`. A rule that compares the texts would report every row of
//! a college whose systems differ.

use jiff::civil::Date;

use crate::identifiers;
use crate::reading::fold;

/// The first and the last period of a lesson as `1-2`, from `01-02`, `第1-2节`, `1、2`, `1,2,3`, `0102`, `3`; `None` for a
/// text that is not a sequence of consecutive periods.
pub(crate) fn periods(text: &str) -> Option<String> {
    let folded = fold::fold(text);
    let text = folded.trim_start_matches('第').trim_end_matches("小节").trim_end_matches('节').trim();
    let is_break = |c: char| matches!(c, '-' | '~' | '～' | '至' | '到' | ',' | '、' | ';' | ' ' | '/' | '第' | '节');
    let mut numbers: Vec<u32> = Vec::new();
    for part in text.split(is_break).filter(|part| !part.is_empty()) {
        if !fold::is_digits(part) {
            return None;
        }
        if part.len() > 2 {
            // Two digits for each period: 0102, 01020304.
            if part.len() % 2 != 0 {
                return None;
            }
            for at in (0..part.len()).step_by(2) {
                numbers.push(part[at..at + 2].parse().ok()?);
            }
        } else {
            numbers.push(part.parse().ok()?);
        }
    }
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    // A list names every period; two numbers name the first and the last.
    let is_row = numbers.len() <= 2 || numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    (is_row && first >= 1).then(|| format!("{first}-{last}"))
}

/// The number of a week from `10`, `０10`, `第10周`, `十`; `None` for a text that does not name one week.
pub(crate) fn week(text: &str) -> Option<i64> {
    let folded = fold::fold(text);
    let text = folded.trim_start_matches('第').trim_end_matches('周').trim();
    if fold::is_digits(text) && text.len() <= 3 {
        return text.parse().ok();
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as i64 + 1);
    let (tens, ones) = match text.split_once('十') {
        None => ("零", text),
        Some((tens, ones)) => (tens, ones),
    };
    let single = |text: &str| {
        let mut chars = text.chars();
        let first = digit(chars.next()?)?;
        chars.next().is_none().then_some(first)
    };
    match (tens, ones) {
        ("零", ones) => single(ones),
        (tens, ones) => {
            let tens = if tens.is_empty() { 1 } else { single(tens)? };
            let ones = if ones.is_empty() { 0 } else { single(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

/// Whether a text that is meant as an ISBN is a valid one; `None` for a number that is not an ISBN, such as a standard
/// book number of another kind or a number of the college.
pub(super) fn isbn(text: &str, today: Date) -> Option<bool> {
    let folded = fold::fold(text).to_ascii_uppercase();
    let bare = folded.trim_start_matches("ISBN").trim_start_matches([':', ' ']);
    let number: String = bare.chars().filter(|c| *c != '-' && !fold::is_blank(*c)).collect();
    let is_of_books = number.starts_with("978") || number.starts_with("979");
    let is_long = fold::is_digits(&number) && is_of_books && (11..=15).contains(&number.len());
    let (body, last) = number.split_at_checked(9)?;
    let is_short = number.len() == 10 && fold::is_digits(body) && (fold::is_digits(last) || last == "X");
    (is_long || is_short).then(|| identifiers::valid("isbn", &number, today) == Some(true))
}

/// Whether a text is a telephone number or several: with blanks, brackets, `+86`, an extension.
pub(super) fn is_telephone(text: &str, today: Date) -> bool {
    let one = |number: &str| {
        let bare: String = number.chars().filter(|c| !fold::is_blank(*c) && !matches!(c, '(' | ')')).collect();
        let bare = bare.split(['转', '#']).next().unwrap_or_default();
        let bare = ["+86", "0086"].iter().find_map(|prefix| bare.strip_prefix(prefix)).unwrap_or(bare);
        let bare = bare.trim_start_matches('-');
        // 138-0000-0000 is a mobile number; an area code is divided from its number by one hyphen.
        let joined = bare.replace('-', "");
        identifiers::valid("mobile", &joined, today) == Some(true)
            || ["landline", "mobile"].iter().any(|kind| identifiers::valid(kind, bare, today) == Some(true))
            || identifiers::valid("landline", &joined, today) == Some(true)
    };
    let folded = fold::fold(text);
    let mut numbers = folded.split([',', ';', '、', '/']).filter(|number| !fold::trim(number).is_empty()).peekable();
    numbers.peek().is_some() && numbers.all(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_a_lesson_are_numbers() {
        for (text, expect) in [
            ("1-2", Some("1-2")),
            ("01-02", Some("1-2")),
            ("第1-2节", Some("1-2")),
            ("第１—２节", Some("1-2")),
            ("1、2", Some("1-2")),
            ("1,2,3,4", Some("1-4")),
            ("0102", Some("1-2")),
            ("01020304", Some("1-4")),
            ("9-11", Some("9-11")),
            ("3", Some("3-3")),
            ("4-3", Some("4-3")),
            ("1,3,5", None),
            ("0-2", None),
            ("102", None),
            ("上午", None),
            ("", None),
        ] {
            assert_eq!(periods(text).as_deref(), expect, "{text}");
        }
    }

    const TODAY: Date = Date::constant(2026, 11, 1);

    #[test]
    fn book_numbers_are_told_from_others() {
        for (text, expect) in [
            ("9787999900016", Some(true)),
            ("ISBN 978-7-111-54742-6", Some(true)),
            ("ＩＳＢＮ：9787999900016", Some(true)),
            ("9787999900017", Some(false)),
            ("97879999001", Some(false)),
            ("校本教材2026-01", None),
            ("15118·2001", None),
            ("CN00-0000/X", None),
            ("", None),
        ] {
            assert_eq!(isbn(text, TODAY), expect, "{text}");
        }
    }

    #[test]
    fn telephones_are_told_however_they_are_written() {
        for good in [
            "13800000000",
            "138 0000 0000",
            "+86 13800000000",
            "138-0000-0000",
            "0510-80000012",
            "（0510）80000012",
            "0510-80000012转801",
            "13800000000、0510-80000012",
        ] {
            assert!(is_telephone(good, TODAY), "{good}");
        }
        for bad in ["1380000000", "办公室", "", "13800000000、办公室"] {
            assert!(!is_telephone(bad, TODAY), "{bad}");
        }
    }

    #[test]
    fn weeks_are_numbers() {
        for (text, expect) in [
            ("10", Some(10)),
            ("07", Some(7)),
            ("第10周", Some(10)),
            ("１０", Some(10)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("第二十一周", Some(21)),
            ("七", Some(7)),
            ("1-16", None),
            ("单周", None),
            ("", None),
        ] {
            assert_eq!(week(text), expect, "{text}");
        }
    }
}
