//! Identity numbers of 18 characters: GB 11643-1999 (citizens), the residence permits of Hong Kong, Macao and Taiwan
//! residents, which have the same layout, and the permanent residence card of foreigners (2023 layout, and the older
//! one).
//!
//! The last character is the check character of ISO 7064 MOD 11-2 over the first 17 digits. The 15-digit form of before
//! 1999 is no longer valid.

use jiff::civil::Date;

use super::digits::{digits, has_province, weighted};

/// The check character for each remainder from 0 to 10.
const CHECKS: &[u8; 11] = b"10X98765432";

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// A citizen's number: region, date of birth, sequence, check character.
pub(super) fn is_citizen(text: &str, today: Date) -> bool {
    has_province(text) && has_layout(text, 6, today)
}

/// A residence permit for residents of Hong Kong (810000), Macao (820000) or Taiwan (830000).
pub(super) fn is_residence_permit(text: &str, today: Date) -> bool {
    ["810000", "820000", "830000"].iter().any(|region| text.starts_with(region)) && has_layout(text, 6, today)
}

/// A foreigner's permanent residence card: 9, two digits of the region, three of the nationality, date of birth,
/// sequence, check character; or three letters and twelve digits, of which no check rule is known.
pub(super) fn is_foreign_residence_card(text: &str, today: Date) -> bool {
    let is_new = text.starts_with('9') && text.get(1..).is_some_and(has_province) && has_layout(text, 6, today);
    let is_old = text.len() == 15
        && text.bytes().take(3).all(|b| b.is_ascii_uppercase())
        && text.bytes().skip(3).all(|b| b.is_ascii_digit());
    is_new || is_old
}

/// Seventeen digits with a date of birth from `at` on, and the check character; `x` counts as `X`.
fn has_layout(text: &str, at: usize, today: Date) -> bool {
    let Some((body, last)) = text.split_at_checked(17) else { return false };
    let Some(values) = digits(body) else { return false };
    let check = CHECKS[(weighted(values, WEIGHTS) % 11) as usize];
    last.len() == 1
        && last.as_bytes()[0].to_ascii_uppercase() == check
        && body.get(at..at + 8).and_then(day).is_some_and(|born| born <= today)
}

/// A day of the calendar written `YYYYMMDD`.
fn day(text: &str) -> Option<Date> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    Date::new(part(0, 4)?, i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn citizens() {
        let right = ["110101199003070011", "440305200002291128", "13010219850615233X", "13010219850615233x"];
        let wrong = [
            "110101199003070010",
            "110101199002300014",
            "990101199003070015",
            "11010119900307001",
            "1101011990030700111",
            "110101900307001",
            "11010119900307001Ｘ",
        ];
        check("citizen-id", &right, &wrong);
        check("citizen-id", &[], &[&with_check("11010120990307001")]);
    }

    #[test]
    fn permits_and_cards() {
        let right = ["810000199501010015", "820000199512310023", "830000199005200120"];
        let wrong = ["810000199501010016", "830001199005200120", "820000199513310023", "110101199003070011"];
        check("hmt-residence-permit", &right, &wrong);
        let right = ["932682198501010017", "911124198108030024", "944392200002290114", "ABC123456789012"];
        let wrong = ["932682198501010018", "832682198501010017", "AB1123456789012", "ABC12345678901"];
        check("foreign-residence-card", &right, &wrong);
    }

    /// Seventeen digits with their check character.
    fn with_check(body: &str) -> String {
        let check = CHECKS[(weighted(digits(body).unwrap(), WEIGHTS) % 11) as usize];
        format!("{body}{}", char::from(check))
    }

    proptest! {
        #[test]
        fn one_wrong_digit_and_two_that_change_places_are_seen(
            days in 0i32..30_000, region in 0u32..10_000, sequence in 0u32..1000, at in 0usize..17, other in 0u8..10,
        ) {
            let born = jiff::civil::date(1930, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let right = with_check(&format!("44{region:04}{}{sequence:03}", born.strftime("%Y%m%d")));
            let today = jiff::civil::date(2026, 11, 1);
            prop_assert_eq!(is_citizen(&right, today), born <= today);
            let mut wrong = right.clone().into_bytes();
            wrong[at] = b'0' + other;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert!(wrong == right || !is_citizen(&wrong, today));
            let mut swapped = right.clone().into_bytes();
            swapped.swap(at, at + 1);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert!(swapped == right || !is_citizen(&swapped, today));
        }
    }
}
