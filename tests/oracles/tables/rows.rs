//! Correct rows, with a plausible value in every field.

use standard::{Edition, Field, Kind, Table};

/// School code of all rows.
pub const SCHOOL: &str = "4111099999";
/// Collection time of all rows.
const COLLECTED: &str = "20260901 141503";

/// The record key of the row with this number.
pub fn record_key(row: usize) -> String {
    format!("{row:032X}")
}

/// A row that our checks and frictionless must accept; `row` gives its record key.
pub fn right(edition: &Edition, table: &Table, row: usize) -> Vec<String> {
    let mut values: Vec<String> = table.fields.iter().map(|field| value(edition, field, row)).collect();
    for (at, field) in table.fields.iter().enumerate() {
        if let Some((condition, prescribed)) = &field.conditional_value {
            let column = condition.column.as_deref().and_then(|column| table.position(column));
            if column.is_some_and(|column| condition.equals.contains(&values[column])) {
                values[at] = prescribed.clone();
            }
        }
    }
    values
}

fn value(edition: &Edition, field: &Field, row: usize) -> String {
    match field.column.as_str() {
        standard::field::KEY_COLUMN => return record_key(row),
        standard::field::SCHOOL_COLUMN => return SCHOOL.to_owned(),
        standard::field::COLLECTED_COLUMN => return COLLECTED.to_owned(),
        _ => {}
    }
    let list = field.code_list.as_deref().map(|id| edition.code_list(id).unwrap());
    if let Some(list) = list {
        return list.codes[0].code.clone();
    }
    match (field.kind, field.pattern.as_deref(), field.values.first()) {
        (_, _, Some(first)) => first.clone(),
        (Kind::Integer, ..) => "12".to_owned(),
        (Kind::Decimal, ..) => "7.5".to_owned(),
        (Kind::Date, ..) => "20260901".to_owned(),
        (Kind::DateTime, ..) => "20260901 141503".to_owned(),
        (Kind::Time, ..) => "081500".to_owned(),
        (Kind::Year, ..) => "2026".to_owned(),
        (Kind::YearMonth, ..) => "202609".to_owned(),
        (Kind::YearRange, ..) => field.format.as_deref().unwrap().replace("YYYY-YYYY", "2026-2027"),
        (Kind::Json, ..) => r#"{"师德":{"总评":"优"}}"#.to_owned(),
        (Kind::Url, ..) => "https://news.example/1".to_owned(),
        (_, Some("^[0-9A-HJ-NPQRTUWXY]{18}$"), _) => "52410000MJG0000017".to_owned(),
        (_, Some("^[0-9A-Za-z]{1,32}$"), _) => "A1".to_owned(),
        (_, Some("^[0-9]{4}.+$"), _) => "2026001".to_owned(),
        (_, None, None) => "示例".to_owned(),
        (kind, Some(pattern), None) => panic!("{}: no {kind:?} for {pattern}", field.column),
    }
}
