//! Records of other tables that a cell can name, offered while it is filled.

use std::collections::BTreeMap;

use standard::Table;
use store::TextQuery;

use super::api::{ReferredQuery, ReferredRecord, View};
use super::view::query_of;
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;

/// The largest number of records that are offered from one table.
const OFFERED: u64 = 20;

/// `fill.referred`.
pub(crate) fn referred(desk: &Desk, request: ReferredQuery) -> Result<Vec<ReferredRecord>, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let Some(field) = table.field(&request.column) else {
        let error = CallError::new("book.no-such-column");
        return Err(error.with("table", &table.name).with("column", &request.column));
    };
    let mut offered = Vec::new();
    for reference in &field.references {
        let Some(other) = open.edition.table(&reference.table) else { continue };
        let Some(named) = other.position(&reference.column) else { continue };
        let shared = shared(table, other, &request.column, &reference.column);
        let columns = shared.iter().map(|at| other.fields[*at].column.clone()).chain([reference.column.clone()]);
        let text = TextQuery { text: request.find.clone(), columns: columns.collect(), ..TextQuery::default() };
        let view = View { table: other.name.clone(), ..View::default() };
        for record in open.book.first_hits(&query_of(&open, &view), &text, OFFERED)? {
            let taken = shared.iter().map(|at| (other.fields[*at].column.clone(), record.values[*at].clone()));
            offered.push(ReferredRecord {
                value: record.values[named].clone(),
                title: other.short_title().to_owned(),
                fills: taken.filter(|(_, value)| !value.is_empty()).collect::<BTreeMap<_, _>>(),
            });
        }
    }
    offered.retain(|record| !record.value.is_empty());
    Ok(offered)
}

/// Positions in the other table of the columns that mean the same in both: those of the same name and title.
fn shared(table: &Table, other: &Table, column: &str, named: &str) -> Vec<usize> {
    let same = |at: &usize| {
        let theirs = &other.fields[*at];
        let own = table.field(&theirs.column);
        !theirs.is_system()
            && theirs.column != named
            && theirs.column != column
            && own.is_some_and(|own| own.title == theirs.title && own.code_list == theirs.code_list)
    };
    (0..other.fields.len()).filter(same).collect()
}
