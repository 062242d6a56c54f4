//! The full check of a table: every record by itself, then all of them together.

use std::ops::ControlFlow;

use standard::{Edition, Finding, Table};
use store::{ReadConnection, ReadError, Scope};

use crate::remembered::Remembered;
use crate::sets::sets;
use crate::sql::{Within, any, quoted};
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
    let done = records(reader, (table, &checker), scope, progress, found)?;
    sets(reader, edition, table, scope, found)?;
    Ok(done)
}

/// Checks each record of a scope by itself, with the checker of its table, and returns how many there were; otherwise as
/// [`table()`].
pub fn records(
    reader: &ReadConnection,
    of: (&Table, &TableChecker),
    scope: Scope<'_>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<u64, ReadError> {
    records_seen(reader, of, scope, &mut Remembered::default(), &mut |_| {}, progress, found)
}

/// A record as it is read for a check.
#[derive(Debug, Clone, Copy)]
pub struct SeenRecord<'a> {
    /// Its number.
    pub row: i64,
    /// The period under which it is kept.
    pub period: &'a str,
    /// Its values in the order of the fields.
    pub values: &'a [String],
}

/// [`records()`] that hands each record to `seen`, too, so that nobody else has to read it again, and goes on with the texts
/// that an earlier part of the table has taught.
pub fn records_seen(
    reader: &ReadConnection,
    (table, checker): (&Table, &TableChecker),
    scope: Scope<'_>,
    remembered: &mut Remembered,
    seen: &mut dyn FnMut(SeenRecord<'_>),
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<u64, ReadError> {
    let within = Within::new(table, scope);
    let columns: Vec<String> = table.fields.iter().map(|field| format!("t.{}", quoted(&field.column))).collect();
    let sql =
        format!("SELECT t._row, t._period, {} FROM {} t WHERE {}", columns.join(", "), quoted(&table.name), within.sql);
    let (mut period, mut values) = (String::new(), vec![String::new(); table.fields.len()]);
    let (mut done, mut cancelled, mut findings) = (0, false, Vec::new());
    reader.query(&sql, &[within.value()], |row| {
        row.text_into(1, &mut period);
        for (at, value) in values.iter_mut().enumerate() {
            row.text_into(at + 2, value);
        }
        let number = row.integer(0);
        checker.cells_of_many(remembered, number, &values, &mut findings);
        checker.event(number, &period, &values, &mut findings);
        if let Some(row) = number {
            seen(SeenRecord { row, period: &period, values: &values });
        }
        done += 1;
        let heard = if done % STEP == 0 { progress(done) } else { ControlFlow::Continue(()) };
        let stop = heard.is_break() || findings.drain(..).any(|finding| found(finding).is_break());
        cancelled = cancelled || stop;
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if cancelled || progress(done).is_break() {
        return Err(ReadError::Cancelled);
    }
    Ok(done)
}

/// Whether a table has any record.
pub fn has_records(reader: &ReadConnection, table: &str) -> Result<bool, ReadError> {
    any(reader, &format!("SELECT 1 FROM {} LIMIT 1", quoted(table)), &[])
}
