//! Identifiers of people, organisations, publications and telephone lines: whether their form and check digit are
//! right.
//!
//! One file for each kind of thing. The result depends only on the text (and, for dates of birth, on today): whether a
//! number was ever issued is unknown here. What is only likely to be wrong (a region that no list has, a range of
//! telephone numbers that is new) is left to rules, which have the code lists and ask the clerk to confirm.
//!
//! Each file names the national standard that prescribes the form and the check digit.

mod citizen;
mod digits;
mod offices;
mod publications;
mod schooling;
mod telephone;
mod travel;

use jiff::civil::Date;

use crate::reading::fold::is_digits;

/// The kinds that [`valid`] accepts.
pub const KINDS: [&str; 17] = [
    "citizen-id",
    "hmt-residence-permit",
    "foreign-residence-card",
    "credit-code",
    "organisation-code",
    "isbn",
    "issn",
    "mobile",
    "mobile-known-prefix",
    "landline",
    "postcode",
    "school-code",
    "national-student-number",
    "diploma-number",
    "passport",
    "home-return-permit",
    "taiwan-permit",
];

pub(crate) use offices::{is_credit_code, is_organisation_code};
pub(crate) use telephone::{is_landline, is_mobile};

/// Whether a text is a number of this kind; `None` for a kind that is not in [`KINDS`].
///
/// Blanks and other characters are not removed. Only hyphens are ignored in numbers that are commonly written with them
/// (ISBN, ISSN, organisation codes). A date of birth inside a number must exist and not lie after `today`.
pub fn valid(kind: &str, text: &str, today: Date) -> Option<bool> {
    Some(match kind {
        "citizen-id" => citizen::is_citizen(text, today),
        "hmt-residence-permit" => citizen::is_residence_permit(text, today),
        "foreign-residence-card" => citizen::is_foreign_residence_card(text, today),
        "credit-code" => offices::is_credit_code(text),
        "organisation-code" => offices::is_organisation_code(text),
        "isbn" => publications::is_isbn(text),
        "issn" => publications::is_issn(text),
        "mobile" => telephone::is_mobile(text),
        "mobile-known-prefix" => telephone::is_mobile(text) && telephone::has_known_prefix(text),
        "landline" => telephone::is_landline(text),
        // GB/T 8416: six digits, no check digit.
        "postcode" => text.len() == 6 && is_digits(text),
        "school-code" => schooling::is_school_code(text),
        "national-student-number" => schooling::is_national_student_number(text, today),
        "diploma-number" => schooling::is_diploma_number(text),
        "passport" => travel::is_passport(text),
        "home-return-permit" => travel::is_home_return_permit(text),
        "taiwan-permit" => travel::is_taiwan_permit(text),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries valid and invalid numbers of a kind. All are made up or published examples.
    pub(super) fn check(kind: &str, right: &[&str], wrong: &[&str]) {
        let today = jiff::civil::date(2026, 11, 1);
        for (texts, expect) in [(right, true), (wrong, false)] {
            for text in texts {
                assert_eq!(valid(kind, text, today), Some(expect), "{kind} {text}");
            }
        }
        for text in ["", " ", "0", "张三", "１１０１０１１９９００３０７００１１", "'; --", "\u{1f600}"]
        {
            assert_eq!(valid(kind, text, today), Some(false), "{kind} {text}");
        }
    }

    #[test]
    fn postcodes() {
        check("postcode", &["100084"], &["10008", "10O084", "1000844"]);
    }

    #[test]
    fn unknown_kinds_are_told() {
        let today = jiff::civil::date(2026, 11, 1);
        assert_eq!(valid("shoe-size", "43", today), None);
        for kind in KINDS {
            assert!(valid(kind, "", today).is_some(), "{kind}");
        }
    }
}
