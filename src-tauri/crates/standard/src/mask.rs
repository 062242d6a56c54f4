//! Masking of personal values for the screen, logs, errors and error workbooks.
//!
//! What is masked cannot be found again from the mask alone; it is for recognising one's own record, no more. Who may
//! see a value in full is not decided here.

use crate::{Finding, Sensitivity, Table};

/// What stands in the place of a hidden character.
const STAR: &str = "＊";

/// `value` as it may be shown.
///
/// Nothing personal: unchanged. Personal: the first character of a name (up to four characters), the first and last
/// two of anything longer, and never the whole: a single character is hidden. Special: nothing but stars, at most six.
pub fn mask(sensitivity: Sensitivity, value: &str) -> String {
    let length = value.chars().count();
    match sensitivity {
        Sensitivity::None => value.to_owned(),
        Sensitivity::Special => STAR.repeat(length.min(6)),
        Sensitivity::Personal if length <= 1 => STAR.repeat(length),
        Sensitivity::Personal if length <= 4 => value.chars().take(1).chain(STAR.repeat(length - 1).chars()).collect(),
        Sensitivity::Personal => {
            let head = value.chars().take(2);
            head.chain(STAR.repeat(2).chars()).chain(value.chars().skip(length - 2)).collect()
        }
    }
}

/// The words and the value of a finding with a personal value masked. A suggestion for a personal cell is left out.
///
/// A finding about a whole record, or about a column that the table does not have, counts as being as sensitive as the
/// most sensitive field of the table: its value may be that of any.
pub fn masked(table: &Table, finding: &Finding) -> Finding {
    let field = finding.column.as_deref().and_then(|column| table.field(column));
    let sensitivity = match field {
        Some(field) => field.sensitivity,
        None => table.fields.iter().map(|f| f.sensitivity).max().unwrap_or(Sensitivity::Special),
    };
    let value = mask(sensitivity, &finding.value);
    Finding {
        message: finding.words(&value),
        suggestion: finding.suggestion.clone().filter(|_| sensitivity == Sensitivity::None),
        value,
        ..finding.clone()
    }
}
