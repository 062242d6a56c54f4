//! Values for the records on which a made rule is tried.

use std::collections::BTreeMap;

use crate::rule::{CaseText, CaseValue};
use crate::{Edition, Field, Kind, Sensitivity};

/// A case of a rule over one record.
pub fn record(cells: &[(&str, String)]) -> CaseText {
    cells.iter().map(|(column, value)| ((*column).to_owned(), CaseValue::Text(value.clone()))).collect()
}

/// The cells of a record by column.
pub type Row<'c> = Vec<(&'c str, String)>;

/// A case of a rule over several records: tables with their records.
pub fn records(tables: Vec<(&str, Vec<Row<'_>>)>) -> CaseText {
    let row = |row: Row<'_>| row.into_iter().map(|(column, value)| (column.to_owned(), value)).collect();
    let mut case: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for (table, rows) in tables {
        case.entry(table.to_owned()).or_default().extend(rows.into_iter().map(row));
    }
    case.into_iter().map(|(table, rows)| (table, CaseValue::Rows(rows))).collect()
}

/// One of two different values that a field can have.
pub fn value(edition: &Edition, field: &Field, second: bool) -> String {
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    if let Some(code) = list.and_then(|list| list.codes.get(usize::from(second))) {
        return code.code.clone();
    }
    match (field.kind, second) {
        (Kind::Integer | Kind::Decimal, false) => "1".to_owned(),
        (Kind::Integer | Kind::Decimal, true) => "2".to_owned(),
        (Kind::Date | Kind::DateTime | Kind::YearMonth | Kind::Year | Kind::YearRange | Kind::Time, false) => {
            day(field.kind, "20260915")
        }
        (Kind::Date | Kind::DateTime | Kind::YearMonth | Kind::Year | Kind::YearRange | Kind::Time, true) => {
            day(field.kind, "20271015")
        }
        _ => {
            let is_number = ["号", "码", "ID", "编号"].iter().any(|end| field.title.ends_with(end));
            let words = match (is_number, field.sensitivity) {
                (true, Sensitivity::None) => ["示例01", "示例02"],
                (true, _) => ["2024010101", "2024010102"],
                (false, Sensitivity::None) => ["示例甲", "示例乙"],
                (false, _) => ["程示例", "杜示例"],
            };
            words[usize::from(second)].to_owned()
        }
    }
}

/// A day (`YYYYMMDD`) as a field of this kind says it.
pub fn day(kind: Kind, day: &str) -> String {
    match kind {
        Kind::DateTime => format!("{day} 090000"),
        Kind::YearMonth => day[..6].to_owned(),
        Kind::Year => day[..4].to_owned(),
        Kind::YearRange => day[..4].parse().map_or_else(|_| day.to_owned(), |year: u32| format!("{year}-{}", year + 1)),
        _ => day.to_owned(),
    }
}
