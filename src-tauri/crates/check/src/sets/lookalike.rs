//! Keys that are similar to a missing one, by the mistakes of typing, scanning and spreadsheets.

use standard::Words;

use crate::reading::fold::{fold, is_digits};

/// The largest number of leading zeros that a spreadsheet may have removed.
const ZEROS: usize = 3;

/// Texts that the missing one may have been meant to be, without the text itself.
pub(super) fn candidates(text: &str) -> Vec<String> {
    let plain: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    let mut all: Vec<String> = Vec::new();
    let mut add = |candidate: String| {
        if candidate != text && !candidate.is_empty() && !all.contains(&candidate) {
            all.push(candidate);
        }
    };
    let number = plain.strip_suffix(".0").filter(|number| is_digits(number)).unwrap_or(&plain);
    add(number.to_owned());
    add(number.to_ascii_uppercase());
    add(number.to_ascii_lowercase());
    add(with_digits(number));
    add(number.replace('0', "O"));
    if is_digits(number) {
        for zeros in 1..=ZEROS {
            add(format!("{}{number}", "0".repeat(zeros)));
        }
        add(number.trim_start_matches('0').to_owned());
    }
    all
}

/// Letters that look like digits as digits.
fn with_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'I' | 'l' => '1',
            other => other,
        })
        .collect()
}

/// How the text differs from what was meant, as a sentence that does not name the whole text.
pub(super) fn difference(text: &str, meant: &str) -> Words {
    let (a, b): (Vec<char>, Vec<char>) = (text.chars().collect(), meant.chars().collect());
    let other: Vec<usize> = (0..a.len().min(b.len())).filter(|&i| a[i] != b[i]).collect();
    match other.as_slice() {
        [at] if a.len() == b.len() => {
            let sign = |c: char| match c.is_ascii_digit() {
                true => Words::phrase("like.digit").with("sign", c.to_string()),
                false => Words::phrase("like.letter").with("sign", c.to_string()),
            };
            Words::phrase("like.sign").with("at", at + 1).with("now", sign(a[*at])).with("meant", sign(b[*at]))
        }
        _ if b.len() > a.len() && meant.ends_with(text) => Words::phrase("like.zeros"),
        _ => Words::phrase("like.other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, say};

    #[test]
    fn finds_what_was_meant() {
        for (text, meant, difference_words) in [
            ("2024O30105", "2024030105", "第 5 位是字母 O，不是数字 0。"),
            ("t0012", "T0012", "第 1 位是字母 t，不是字母 T。"),
            ("２０２４０３０１０５", "2024030105", "写法略有不同。"),
            ("2024 030105", "2024030105", "写法略有不同。"),
            ("12", "0012", "前面的 0 丢了。"),
            ("2024030105.0", "2024030105", "写法略有不同。"),
        ] {
            assert!(candidates(text).contains(&meant.to_owned()), "{text}");
            assert_eq!(say(&difference(text, meant), "", Language::Zh), difference_words, "{text}");
        }
        assert!(!candidates("T0012").contains(&"T0012".to_owned()));
    }
}
