//! From text as typed to the stored value.

use standard::{Edition, Field, Kind, is_unseen, without_unseen};

use crate::cells::is_identifier;
use crate::expected::is_school_year;
use crate::field::PreparedField;
use crate::reading::number::{Number, Shape};
use crate::reading::{Reading, date, fold, number, pattern};

/// The value that `typed` certainly means for this field, or `typed` without outer blanks where that is not certain.
///
/// Only the writing changes, not the meaning: dates lose their hyphens, full-width digits of codes and numbers become
/// plain ones, a code's name becomes the code. Free text keeps every character but its outer blanks and its kind of
/// line ends.
///
/// Normalising a stored value does not change it, and neither does normalising a value without a finding. For many
/// values of one table use [`crate::TableChecker::normalise`].
pub fn normalise(edition: &Edition, field: &Field, typed: &str) -> String {
    prepared(&PreparedField::new(edition, None, field, 0), typed)
}

/// The same with everything looked up.
pub(crate) fn prepared(prepared: &PreparedField, typed: &str) -> String {
    let text = fold::trim(typed);
    if text.is_empty() {
        return String::new();
    }
    match read(prepared, text) {
        Some(Reading::Certain(value)) => value,
        _ => with_plain_line_ends(text),
    }
}

/// Reads a value by the field's kind; `None` for free text.
pub(crate) fn read(prepared: &PreparedField, text: &str) -> Option<Reading> {
    let field = &prepared.field;
    Some(match field.kind {
        Kind::Integer | Kind::Decimal => read_number(field, text),
        Kind::Date | Kind::DateTime | Kind::Time | Kind::YearMonth | Kind::Year | Kind::YearRange => {
            date::read(field.kind, is_school_year(field), text)
        }
        Kind::Code => prepared.read_code(text)?.reading.clone(),
        Kind::Codes => prepared.read_codes(text)?,
        Kind::Text | Kind::LongText | Kind::Url => match &prepared.pattern {
            Some(pattern) => pattern::read(pattern, text),
            None if text.contains(is_unseen) && names_something(prepared) => {
                Reading::Certain(with_plain_line_ends(fold::trim(&without_unseen(text))))
            }
            None => return None,
        },
        Kind::Json => return None,
    })
}

/// Whether the field holds an identifier: a number, a web address, a telephone number. Invisible characters are removed
/// from such a value.
fn names_something(prepared: &PreparedField) -> bool {
    let field = &prepared.field;
    field.kind == Kind::Url || is_identifier(field) || field.title.contains("电话")
}

/// Reads a number by what the field allows. A number in stored form stays, whatever its length: the checks report a
/// wrong one.
fn read_number(field: &Field, text: &str) -> Reading {
    let scale = if field.kind == Kind::Integer { Some(0) } else { field.scale };
    match (Number::parse(text), scale) {
        (Some(number), Some(scale)) if number.fraction.len() <= scale as usize => Reading::Certain(text.to_owned()),
        (Some(_), None) => Reading::Certain(text.to_owned()),
        _ => number::read(text, Shape { scale, unit: field.unit.as_deref() }),
    }
}

/// Line ends as `\n` alone.
fn with_plain_line_ends(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{edition_of, field, list};

    fn check(field: &Field, typed: &str, expect: &str) {
        let edition = edition_of(&[], &[list("XZDM", &[("2", "二年"), ("3", "三年"), ("4", "四年")])]);
        let value = normalise(&edition, field, typed);
        assert_eq!(value, expect, "{typed}");
        assert_eq!(normalise(&edition, field, &value), value, "twice: {typed}");
    }

    #[test]
    fn what_is_certain_becomes_the_stored_value() {
        let code = Field { code_list: Some("XZDM".into()), ..field("XZM", Kind::Code) };
        let codes = Field { kind: Kind::Codes, separator: Some(",".into()), ..code.clone() };
        let count = Field { unit: Some("周".into()), ..field("SXSC", Kind::Integer) };
        let credit = Field { kind: Kind::Decimal, precision: Some(20), scale: Some(1), ..field("CSCJ", Kind::Decimal) };
        let firm = Field { pattern: Some("^[0-9A-HJ-NPQRTUWXY]{18}$".into()), ..field("QYJGDM", Kind::Text) };
        for (field, typed, expect) in [
            (&code, "三年", "3"),
            (&code, "３", "3"),
            (&code, "03", "3"),
            (&code, "三年 3", "3"),
            (&code, "三年制", "三年制"),
            (&codes, "三年、四年", "3,4"),
            (&codes, "三年、五年", "三年、五年"),
            (&count, "１８周", "18"),
            (&count, "1.2万", "1.2万"),
            (&count, "十八", "十八"),
            (&credit, "96.50", "96.5"),
            (&credit, "96.55", "96.55"),
            (&field("RQ", Kind::Date), "2026年9月1日", "20260901"),
            (&field("RQ", Kind::Date), "46266", "46266"),
            (&field("RQ", Kind::Date), "2026-02-30", "2026-02-30"),
            (&firm, "１２100000400000624d", "12100000400000624D"),
            (&firm, "1210000040000062", "1210000040000062"),
        ] {
            check(field, typed, expect);
        }
    }

    #[test]
    fn free_text_loses_outer_blanks_only() {
        for (typed, expect) in [
            ("　王小明 ", "王小明"),
            ("２０２６年，Ａ班", "２０２６年，Ａ班"),
            ("甲  乙\r\n丙\r丁", "甲  乙\n丙\n丁"),
            ("\u{feff}", ""),
            ("0012", "0012"),
        ] {
            check(&field("XM", Kind::Text), typed, expect);
            check(&field("BZ", Kind::LongText), typed, expect);
        }
    }

    #[test]
    fn what_nobody_sees_is_no_part_of_a_number() {
        let titled = |title: &str| Field { title: title.into(), ..field("X", Kind::Text) };
        let typed = "2024\u{200b}01\u{1f}01\u{202c}";
        check(&titled("学号"), typed, "20240101");
        check(&titled("电话"), typed, "20240101");
        check(&field("RQ", Kind::Date), typed, "20240101");
        check(&field("RS", Kind::Integer), typed, "20240101");
        check(&titled("备注"), "甲\u{200b}乙", "甲\u{200b}乙");
    }
}
