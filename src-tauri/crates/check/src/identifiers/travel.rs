//! Travel documents: only their form is checked, because they have no check digit in the number. A passport of another
//! country has the form of its country (ICAO 9303: up to nine letters and digits).

use crate::reading::fold::is_digits;

/// A Chinese passport (E and eight digits, E, a letter and seven digits, G and eight, D, S or P with an optional E), or
/// five to nine letters and digits of another country's.
pub(super) fn is_passport(text: &str) -> bool {
    let foreign = matches!(text.len(), 5..=9) && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let official = text.strip_prefix(['D', 'S', 'P']).map(|rest| rest.strip_prefix('E').unwrap_or(rest));
    foreign || official.is_some_and(|number| matches!(number.len(), 7 | 8) && is_digits(number))
}

/// The permit of Hong Kong and Macao residents: H or M and eight digits, with or without two digits for the number of
/// the issue.
pub(super) fn is_home_return_permit(text: &str) -> bool {
    text.strip_prefix(['H', 'M']).is_some_and(|number| matches!(number.len(), 8 | 10) && is_digits(number))
}

/// The permit of Taiwan residents: eight digits.
pub(super) fn is_taiwan_permit(text: &str) -> bool {
    text.len() == 8 && is_digits(text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn passports() {
        check("passport", &["E12345678", "EA1234567", "G12345678", "DE12345678", "AB123"], &["E123", "e12345678"]);
        check("home-return-permit", &["H12345678", "M1234567801"], &["H1234567", "A12345678", "H123456789"]);
        check("taiwan-permit", &["12345678"], &["1234567", "A1234567"]);
    }
}
