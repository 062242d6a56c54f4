//! The full check of a table: every record by itself, then all of them together.

use std::ops::ControlFlow;

use standard::{Edition, Finding, Table};
use store::{ReadConnection, ReadError, Scope};

use crate::sets::sets;
use crate::sql::{Within, quoted};
use crate::table_checker::{Columns, TableChecker};

/// Number of records between two calls of `progress`.
const STEP: u64 = 2_000;

/// Checks the records of a scope completely and returns how many there were.
///
/// Records are read one after the other, so memory does not grow with the table. `progress` is called every few
/// thousand records with the number that is done, `found` with each finding; when either returns `Break`, the check
/// ends with [`ReadError::Cancelled`].
pub fn table(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    scope: Scope<'_>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<u64, ReadError> {
    let checker = TableChecker::new(edition, table, Columns::Filled);
    let within = Within::new(table, scope);
    let columns: Vec<String> = table.fields.iter().map(|field| format!("t.{}", quoted(&field.column))).collect();
    let sql =
        format!("SELECT t._row, t._period, {} FROM {} t WHERE {}", columns.join(", "), quoted(&table.name), within.sql);
    let mut values = vec![String::new(); table.fields.len()];
    let (mut done, mut cancelled, mut findings) = (0, false, Vec::new());
    reader.query(&sql, &[within.value()], |row| {
        for (at, value) in values.iter_mut().enumerate() {
            *value = row.text(at + 2);
        }
        checker.cells(row.integer(0), &values, &mut findings);
        checker.event(row.integer(0), &row.text(1), &values, &mut findings);
        done += 1;
        let heard = if done % STEP == 0 { progress(done) } else { ControlFlow::Continue(()) };
        let stop = heard.is_break() || findings.drain(..).any(|finding| found(finding).is_break());
        cancelled = cancelled || stop;
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if cancelled || progress(done).is_break() {
        return Err(ReadError::Cancelled);
    }
    sets(reader, edition, table, scope, found)?;
    Ok(done)
}
