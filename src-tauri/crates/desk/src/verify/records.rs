//! A record as the grid shows it: values, names of codes, worst findings, state towards the receiver.

use std::collections::{BTreeMap, HashMap};

use standard::{Edition, Field, Kind, Level, Table};
use store::{FindingQuery, Record, RowState};

use super::api::RecordView;
use crate::session::OpenBook;
use crate::session::api::CallError;

/// Findings that are read for one page of records; a page has at most 1,000 records of some 40 columns.
const ALL: u64 = 1_000_000;

/// Records with names, findings and states.
pub(crate) fn views(open: &OpenBook, table: &Table, records: &[Record]) -> Result<Vec<RecordView>, CallError> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<i64> = records.iter().map(|r| r.row).collect();
    let query = FindingQuery { table: Some(table.name.clone()), rows: rows.clone(), limit: ALL, ..Default::default() };
    let mut levels: HashMap<i64, BTreeMap<String, Level>> = HashMap::new();
    for stored in open.book.findings(&query)?.findings {
        // A confirm finding with an explanation is not marked at its cell.
        let settled = stored.finding.level == Level::Confirm && stored.explanation.is_some();
        if let (Some(row), Some(column), false) = (stored.finding.row, stored.finding.column, settled) {
            let worst = levels.entry(row).or_default().entry(column).or_insert(stored.finding.level);
            *worst = stored.finding.level.min(*worst);
        }
    }
    let states = open.book.row_states(&open.current_connection(), &table.name, &rows)?;
    let view = |(record, state): (&Record, RowState)| RecordView {
        row: record.row,
        key: record.key.clone(),
        cells: cells(table, record),
        names: names(&open.edition, table, record),
        levels: levels.remove(&record.row).unwrap_or_default().into_iter().collect(),
        state,
    };
    Ok(records.iter().zip(states).map(view).collect())
}

fn cells(table: &Table, record: &Record) -> BTreeMap<String, String> {
    let filled =
        table.fields.iter().zip(&record.values).filter(|(field, value)| !field.is_system() && !value.is_empty());
    filled.map(|(field, value)| (field.column.clone(), value.clone())).collect()
}

fn names(edition: &Edition, table: &Table, record: &Record) -> BTreeMap<String, String> {
    let coded = table.fields.iter().zip(&record.values).filter(|(_, value)| !value.is_empty());
    coded.filter_map(|(field, value)| Some((field.column.clone(), name_of(edition, field, value)?))).collect()
}

/// The name of a coded value; of several, their names with `、` between. Absent if any has none.
pub(crate) fn name_of(edition: &Edition, field: &Field, value: &str) -> Option<String> {
    let list = edition.code_list(field.code_list.as_deref()?)?;
    match (field.kind, field.separator.as_deref()) {
        (Kind::Codes, Some(separator)) => {
            let names: Option<Vec<&str>> =
                value.split(separator).map(|code| list.get(code).map(|c| c.name.as_str())).collect();
            Some(names?.join("、"))
        }
        _ => list.get(value).map(|code| code.name.clone()),
    }
}
