//! Masking of personal values for the screen, logs, errors and error workbooks.

use crate::{Finding, Sensitivity, Table};

/// `value` as it may be shown: unchanged where nothing is personal, else the first character (names) or the first and last
/// two (longer numbers) with `＊` between. Special data shows nothing but its length in `＊` (at most 6).
pub fn mask(sensitivity: Sensitivity, value: &str) -> String {
    let chars: Vec<char> = value.chars().collect();
    match sensitivity {
        Sensitivity::None => value.to_owned(),
        _ if chars.is_empty() => String::new(),
        Sensitivity::Special => "＊".repeat(chars.len().min(6)),
        Sensitivity::Personal if chars.len() <= 4 => {
            let stars = "＊".repeat(chars.len() - 1);
            format!("{}{stars}", chars[0])
        }
        Sensitivity::Personal => {
            let (head, tail) = (&chars[..2], &chars[chars.len() - 2..]);
            format!("{}＊＊{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
        }
    }
}

/// The words and the value of a finding with a personal value masked. A suggestion for a personal cell is left out.
pub fn masked(table: &Table, finding: &Finding) -> Finding {
    let sensitivity = finding
        .column
        .as_deref()
        .and_then(|c| table.field(c))
        .map_or(Sensitivity::None, |f| f.sensitivity);
    let value = mask(sensitivity, &finding.value);
    Finding {
        message: finding.words(&value),
        suggestion: finding.suggestion.clone().filter(|_| sensitivity == Sensitivity::None),
        value,
        ..finding.clone()
    }
}
