//! Numbers of schools, pupils and diplomas, as the education administration gives them.
//!
//! * The school identifier of ten digits: category, region, serial (学校（机构）标识码). No check digit; the categories are
//!   those of secondary copies of the rule of 2011.
//! * The national number of a pupil (全国学籍号): a letter and 18 characters.
//! * The number of a diploma (学历证书编号): 18 digits.

use jiff::civil::Date;

use super::citizen;
use super::digits::{digits, has_province};
use crate::reading::fold::is_digits;

/// Categories of schools.
const CATEGORIES: [&str; 16] =
    ["11", "21", "22", "31", "32", "33", "34", "35", "36", "37", "41", "42", "51", "91", "92", "93"];

/// Category, region, serial; the serial of a college is 0 and its code of five digits.
pub(super) fn is_school_code(text: &str) -> bool {
    let Some((category, rest)) = text.split_at_checked(2) else { return false };
    let is_college = matches!(category, "41" | "42");
    text.len() == 10
        && is_digits(text)
        && CATEGORIES.contains(&category)
        && has_province(rest)
        && (!is_college || rest[2..].starts_with('0'))
}

/// G and an identity number, J and a number of the same layout, or L and a provisional number.
pub(super) fn is_national_student_number(text: &str, today: Date) -> bool {
    match text.split_at_checked(1) {
        Some(("G" | "J", number)) => citizen::is_citizen(number, today) || citizen::is_residence_permit(number, today),
        Some(("L", number)) => number.split_at_checked(17).is_some_and(|(body, last)| {
            is_digits(body) && (is_digits(last) || last.eq_ignore_ascii_case("x")) && last.len() == 1
        }),
        _ => false,
    }
}

/// School (5), kind (1, 5, 6, 7), year (4), level (01, 02, 04, 05, 06), serial (6).
pub(super) fn is_diploma_number(text: &str) -> bool {
    text.len() == 18
        && digits(text).is_some()
        && matches!(&text[5..6], "1" | "5" | "6" | "7")
        && matches!(&text[6..8], "19" | "20")
        && matches!(&text[10..12], "01" | "02" | "04" | "05" | "06")
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn schools() {
        let wrong = ["411101000", "9911010001", "4199012345", "4144112345", "41440123456"];
        check("school-code", &["4111010001", "4144012345", "3644001234"], &wrong);
    }

    #[test]
    fn pupils() {
        let right = ["G110101199003070011", "J440305200002291128", "L110101199003070010"];
        check("national-student-number", &right, &["G110101199003070010", "X110101199003070011", "110101199003070011"]);
    }

    #[test]
    fn diplomas() {
        let wrong = ["100012202405000123", "100011202409000123", "10001120240500012", "100011182405000123"];
        check("diploma-number", &["100011202405000123"], &wrong);
    }
}
