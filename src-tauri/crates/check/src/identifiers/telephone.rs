//! Telephone numbers: the national numbering plan (mobile: eleven digits from 13 to 19; fixed: area code and number).

use crate::reading::fold::is_digits;

/// Eleven digits: `1`, a digit from 3 to 9, nine more.
pub(crate) fn is_mobile(text: &str) -> bool {
    text.len() == 11 && is_digits(text) && text.starts_with('1') && matches!(text.as_bytes()[1], b'3'..=b'9')
}

/// Whether the first three digits are a range that was in use in March 2023. New ranges are opened at any time: a
/// number of another range is to be confirmed, not refused.
pub(super) fn has_known_prefix(text: &str) -> bool {
    let prefix = text.get(..3).and_then(|three| three.parse::<u32>().ok());
    matches!(
        prefix,
        Some(130..=139 | 145..=149 | 150..=153 | 155..=159 | 162 | 165..=167 | 170..=178 | 180..=193 | 195..=199)
    )
}

/// Optional area code (0 and two or three digits, and optionally a hyphen), seven or eight digits, optional extension
/// behind a hyphen.
pub(crate) fn is_landline(text: &str) -> bool {
    let mut parts: Vec<&str> = text.split('-').collect();
    if !parts.iter().all(|part| is_digits(part)) {
        return false;
    }
    if parts.len() > 1 && is_area(parts[0]) {
        parts.remove(0);
        return is_number(&parts, false);
    }
    is_number(&parts, true)
}

fn is_area(text: &str) -> bool {
    text.starts_with('0') && matches!(text.len(), 3 | 4)
}

/// A number with an optional extension; where the area code may stand before it without a hyphen, it may be longer.
fn is_number(parts: &[&str], with_area: bool) -> bool {
    let fits = |number: &str| match number.len() {
        7 | 8 => !number.starts_with('0'),
        10..=12 => with_area && number.starts_with('0'),
        _ => false,
    };
    match parts {
        [number] => fits(number),
        [number, extension] => fits(number) && extension.len() <= 6,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn mobiles() {
        check("mobile", &["13800000000", "19999999999", "16000000000"], &["12800000000", "1380000000", "138000000000"]);
        let wrong = ["16000000000", "14000000000", "15400000000", "19400000000", "1380000000"];
        check("mobile-known-prefix", &["13800000000", "17400000000", "19900000000", "16200000000"], &wrong);
    }

    #[test]
    fn fixed_lines() {
        let right = ["010-12345678", "0756-1234567", "01012345678", "12345678", "1234567-801", "010-12345678-12"];
        let wrong =
            ["010-123456", "10-12345678", "13800000000", "010-12345678-1234567", "010--12345678", "010 12345678"];
        check("landline", &right, &wrong);
    }
}
