//! What a field takes, in words that several checks share.

use standard::{Code, CodeList, Field, Kind, Words};

use crate::reading::date;

/// Code lists up to this size are spelled out.
const SPELLED: usize = 8;

/// An example of the two levels that a JSON field has.
pub(crate) const JSON_EXAMPLE: &str = "{\"学习\":{\"平均分\":\"86\"}}";

/// The values that a field takes, as one sentence; empty if there is nothing to say.
pub(crate) fn expected(field: &Field, list: Option<&CodeList>) -> Words {
    let like = |phrase: Words, default: &str| match field.example.as_deref() {
        Some(example) if date::is_valid(field.kind, false, example) => phrase.with("example", example),
        _ => phrase.with("example", default),
    };
    match field.kind {
        Kind::Date => like(Words::phrase("expected.date"), "20260901"),
        Kind::DateTime => like(Words::phrase("expected.date-time"), "20260901 141503"),
        Kind::Time => like(Words::phrase("expected.time"), "141503"),
        Kind::YearMonth => like(Words::phrase("expected.month"), "202609"),
        Kind::Year => like(Words::phrase("expected.year"), "2026"),
        Kind::YearRange if is_school_year(field) => Words::phrase("expected.school-year"),
        Kind::YearRange => like(Words::phrase("expected.years"), "2026-2027"),
        Kind::Integer => Words::phrase("expected.whole").with("unit", unit(field)),
        Kind::Decimal => match field.scale {
            Some(0) => Words::phrase("expected.whole").with("unit", unit(field)),
            Some(scale) => Words::phrase("expected.decimals").with("scale", scale).with("unit", unit(field)),
            None => Words::phrase("expected.number").with("unit", unit(field)),
        },
        Kind::Code => list.map_or_else(nothing, |list| match is_spelled(list) {
            true => Words::phrase("expected.code").with("names", names(list)),
            false => Words::phrase("expected.code-of").with("list", &list.title),
        }),
        Kind::Codes => list.map_or_else(nothing, |list| {
            let words = match is_spelled(list) {
                true => Words::phrase("expected.codes").with("names", names(list)),
                false => Words::phrase("expected.codes-of").with("list", &list.title),
            };
            words.with("separator", separator(field.separator.as_deref().unwrap_or(",")))
        }),
        Kind::Url => Words::phrase("expected.url"),
        Kind::Json => Words::phrase("expected.json").with("example", JSON_EXAMPLE),
        Kind::Text | Kind::LongText => match (&field.pattern, &field.example) {
            (Some(pattern), _) => of_pattern(pattern).unwrap_or_else(nothing),
            (None, Some(example)) => Words::phrase("expected.like").with("example", example),
            (None, None) => nothing(),
        },
    }
}

fn nothing() -> Words {
    Words::from("")
}

/// Whether a range of years ends in 学年, as an older edition prints it.
pub(crate) fn is_school_year(field: &Field) -> bool {
    field.format.as_deref().is_some_and(|format| format.ends_with("学年"))
}

/// The request to leave the unit out; empty for a field without one.
fn unit(field: &Field) -> Words {
    field.unit.as_deref().map_or_else(nothing, |unit| Words::phrase("expected.unit").with("unit", unit))
}

/// Whether a list is short enough to be spelled out.
pub(crate) fn is_spelled(list: &CodeList) -> bool {
    list.codes.len() <= SPELLED
}

/// All codes of a list with their names.
fn names(list: &CodeList) -> Vec<Words> {
    list.codes.iter().map(|code| named(code).into()).collect()
}

/// A code with its name: `制造业 (C)`.
pub(crate) fn named(code: &Code) -> String {
    format!("{} ({})", code.name, code.code)
}

/// A separator by its name.
pub(crate) fn separator(separator: &str) -> Words {
    match separator {
        "," => Words::phrase("separator.comma"),
        "||" => Words::phrase("separator.bars"),
        other => crate::join::quoted(other),
    }
}

/// The printed expressions in words.
fn of_pattern(pattern: &str) -> Option<Words> {
    let digits = |count: u32| Words::phrase("expected.digits").with("count", count);
    Some(match pattern {
        "^[0-9A-Z]{32}$" => Words::phrase("expected.key"),
        "^[0-9]{10}$" => digits(10),
        "^[0-9]{6}$" => digits(6),
        "^[0-9]{3}$" => digits(3),
        "^[0-9A-HJ-NPQRTUWXY]{18}$" => Words::phrase("expected.credit-code"),
        "^https?://.+" => Words::phrase("expected.full-url"),
        _ => return None,
    })
}
