//! Texts of fields with a printed regular expression.

use regex::Regex;

use super::Reading;
use super::fold::fold;

/// Reads a text against the expression of its field. Changing to plain width and capitals and leaving blanks out is
/// certain; taking letters for the digits that they look like is likely.
pub(crate) fn read(pattern: &Regex, text: &str) -> Reading {
    if pattern.is_match(text) {
        return Reading::Certain(text.to_owned());
    }
    let folded = fold(text);
    let plain: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let capitals = plain.to_ascii_uppercase();
    if let Some(value) = [plain, capitals.clone()].into_iter().find(|value| pattern.is_match(value)) {
        return Reading::Certain(value);
    }
    let digits: String = capitals
        .chars()
        .filter(|c| *c != '-')
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    // Where most letters were taken for digits, the match is an accident.
    let taken = capitals.chars().filter(|c| matches!(c, 'O' | 'I' | 'L' | '-')).count();
    if taken <= 2 && pattern.is_match(&digits) { Reading::Likely(digits) } else { Reading::Unknown }
}
