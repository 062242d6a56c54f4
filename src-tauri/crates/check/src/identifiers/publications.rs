//! Numbers of books and serials: ISBN (GB/T 5795, ISO 2108) of 10 and 13 characters, ISSN (GB/T 9999, ISO 3297).

use super::digits::{bare, digits, weighted};

/// An ISBN with or without hyphens.
pub(super) fn is_isbn(text: &str) -> bool {
    let text = bare(text);
    match text.len() {
        10 => has_check_eleven(&text, 10),
        13 => {
            let known = text.starts_with("978") || text.starts_with("979");
            let sum = digits(&text).map(|values| weighted(values, [1, 3].into_iter().cycle()));
            known && sum.is_some_and(|sum| sum % 10 == 0)
        }
        _ => false,
    }
}

/// An ISSN with or without its hyphen.
pub(super) fn is_issn(text: &str) -> bool {
    let text = bare(text);
    text.len() == 8 && has_check_eleven(&text, 8)
}

/// Whether digits times weights that fall from `first` to 1 are a multiple of eleven; the last may be an X for ten.
fn has_check_eleven(text: &str, first: u32) -> bool {
    let Some((body, last)) = text.split_at_checked(text.len() - 1) else { return false };
    let last = match last {
        "X" | "x" => Some(10),
        digit => digit.chars().next().and_then(|c| c.to_digit(10)),
    };
    let sum = digits(body).zip(last).map(|(values, last)| weighted(values, (2..=first).rev()) + last);
    sum.is_some_and(|sum| sum % 11 == 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn books() {
        let right = ["9787040396638", "978-7-111-54742-6", "7040396637", "711154742X"];
        check("isbn", &right, &["9787040396639", "7-04-039663-X", "9777040396638", "97870403966381", "978704039663X"]);
    }

    #[test]
    fn serials() {
        check("issn", &["1000-1239", "2095-5049", "20955049"], &["1000-1230", "1000-123", "X000-1239"]);
    }

    proptest! {
        #[test]
        fn every_body_has_one_check_digit(body in "[0-9]{9}", serial in "[0-9]{7}", long in "97[89][0-9]{9}") {
            let checks = |f: &dyn Fn(&str) -> bool, body: &str| "0123456789X".chars().filter(|c| f(&format!("{body}{c}"))).count();
            prop_assert_eq!(checks(&is_isbn, &body), 1);
            prop_assert_eq!(checks(&is_isbn, &long), 1);
            prop_assert_eq!(checks(&is_issn, &serial), 1);
        }
    }
}
