//! The comment on a heading: what to enter into the column.

use std::fmt::Display;

use standard::{CodeList, Field, Kind};

use super::words::say;

/// Codes that are listed in the comment itself; longer lists are in the drop-down.
const LISTED: usize = 12;

/// The note on own fields and tables.
pub(crate) fn not_submitted() -> String {
    say("own", &[])
}

/// The heading: `*` where it must be filled is added by the writer, the unit stands in brackets.
pub(crate) fn heading(field: &Field) -> String {
    match &field.unit {
        Some(unit) if !field.title.contains(unit.as_str()) => format!("{}（{unit}）", field.title),
        _ => field.title.clone(),
    }
}

/// The comment, line by line.
pub(crate) fn note(field: &Field, list: Option<&CodeList>) -> String {
    let lines = [
        Some(need(field)),
        field.own.then(not_submitted),
        field.description.clone(),
        Some(say("note-form", &[("form", &form(field))])),
        list.map(|list| codes(field, list)),
        most(field),
        unit(field),
        field.example.as_ref().map(|example| say("note-example", &[("example", example)])),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn need(field: &Field) -> String {
    match (required_when(field), field.required) {
        (_, true) => say("need", &[]),
        (Some(condition), false) => condition,
        (None, false) => say("need-not", &[]),
    }
}

/// The condition under which the field must be filled.
pub(crate) fn required_when(field: &Field) -> Option<String> {
    field.required_when.as_ref().map(|condition| say("need-when", &[("when", &condition.note)]))
}

/// How many items the field takes.
pub(crate) fn most(field: &Field) -> Option<String> {
    field.max_items.map(|most| say("note-most", &[("most", &most)]))
}

/// The unit that the values are counted in.
pub(crate) fn unit(field: &Field) -> Option<String> {
    field.unit.as_ref().map(|unit| say("note-unit", &[("unit", unit)]))
}

/// What a value looks like: its kind, its most characters or digits, an example of dates and times.
pub(crate) fn form(field: &Field) -> String {
    let most = field.length_limit();
    match (field.kind, most) {
        (Kind::Text | Kind::LongText, None) => say("form-text", &[]),
        (Kind::Text | Kind::LongText, Some(most)) => say("form-text-length", &[("most", &most)]),
        (Kind::Integer, None) => say("form-integer", &[]),
        (Kind::Integer, Some(most)) => say("form-integer-length", &[("most", &most)]),
        (Kind::Decimal, _) => match (field.precision, field.scale) {
            (Some(all), Some(behind)) => say("form-number-length", &[("most", &all), ("behind", &behind)]),
            (_, Some(behind)) => say("form-number-behind", &[("behind", &behind)]),
            _ => say("form-number", &[]),
        },
        (Kind::Date, _) => say("form-date", &[("example", &"20260901")]),
        (Kind::DateTime, _) => say("form-date-time", &[("example", &"20260901 083000")]),
        (Kind::Time, _) => say("form-time", &[("example", &"083000")]),
        (Kind::YearMonth, _) => say("form-year-month", &[("example", &"202609")]),
        (Kind::Year, _) => say("form-year", &[("example", &"2026")]),
        (Kind::YearRange, _) => school_year(field),
        (Kind::Code, _) => say("form-code", &[]),
        (Kind::Codes, _) => say("form-codes", &[]),
        (Kind::Url, None) => say("form-url", &[]),
        (Kind::Url, Some(most)) => say("form-url-length", &[("most", &most)]),
        (Kind::Json, _) => say("form-json", &[]),
    }
}

/// A school year as the edition prints its form: some forms end with the word 学年 itself.
fn school_year(field: &Field) -> String {
    const WORD: &str = "学年";
    let ending = field.format.as_deref().filter(|format| format.contains(WORD)).map_or("", |_| WORD);
    say("form-school-year", &[("form", &format!("YYYY-YYYY{ending}")), ("example", &format!("2026-2027{ending}"))])
}

fn codes(field: &Field, list: &CodeList) -> String {
    let (separator, n) = (field.separator.as_deref().unwrap_or(","), list.codes.len());
    let facts: [(&str, &dyn Display); 3] = [("title", &list.title), ("n", &n), ("separator", &separator)];
    let mut text = match field.kind {
        Kind::Codes => say("note-list-several", &facts),
        _ => say("note-list", &facts),
    };
    if n <= LISTED {
        for code in &list.codes {
            text.push_str(&format!("\n  {} {}", code.code, code.name));
        }
    }
    text
}
