//! Cells of a file that still hold what this program wrote, although they are read as something else: `#N/A` as a text,
//! an exponent, invisible characters, a name that two codes share ([`workbook::read_back`]). They count as unchanged.

use std::collections::HashMap;

use check::TableChecker;
use standard::cell::Values;
use standard::{Edition, Table};
use store::{Past, ProposedRow};
use workbook::{CellIn, RecordMark, read_back};

use crate::session::OpenBook;
use crate::session::api::CallError;

/// Puts the value of the book into every cell that shows what this program writes for that value. `known` are the
/// values that the file may have been written with: those of the draft, and those of its base.
pub(super) fn as_written(
    edition: &Edition,
    table: &Table,
    checker: &TableChecker,
    row: &mut ProposedRow,
    known: &[&Values],
) {
    let reads = |at: usize, value: &str| read_back(edition, table, at, value);
    for (at, cell) in row.cells.iter_mut().enumerate() {
        let Some(text) = cell else { continue };
        let is_known = known.iter().any(|values| values[at] == *text);
        if is_known || text.is_empty() {
            continue;
        }
        let column = &table.fields[at].column;
        let same = |value: &str| {
            let says = |reading: CellIn| match reading {
                CellIn::Value(read) => checker.normalise(column, &read) == *text,
                CellIn::Absent | CellIn::Unreadable(_) => false,
            };
            !value.is_empty() && reads(at, value).into_iter().any(says)
        };
        if let Some(values) = known.iter().find(|values| same(&values[at])) {
            text.clone_from(&values[at]);
        }
    }
    let ProposedRow { cells, unreadable, .. } = row;
    unreadable.retain(|at, (reason, shown)| {
        let says = |reading: CellIn| match reading {
            CellIn::Unreadable(why) => why.code() == reason && why.shown() == shown,
            CellIn::Absent | CellIn::Value(_) => false,
        };
        let same = |value: &str| reads(*at, value).into_iter().any(says);
        let written = known.iter().find(|values| same(&values[*at]));
        if let Some(values) = written {
            cells[*at] = Some(values[*at].clone());
        }
        written.is_none()
    });
}

/// The marks that records had at a step, of those that were changed or deleted since.
pub(super) fn marks_then(open: &OpenBook, table: &Table, past: &Past) -> Result<HashMap<RecordMark, i64>, CallError> {
    let (school, period) = (open.settings().college.code, open.period());
    let mut marks = HashMap::new();
    let changed: Vec<i64> = past.changed().collect();
    let now = open.book.get_many(&table.name, &changed)?;
    for (row, now) in changed.into_iter().zip(now) {
        let Some(values) = past.values(table, row, now.as_ref().map(|record| &record.values)) else { continue };
        let key = standard::key::record_key(table, &school, &period, &values);
        marks.extend(key.map(|key| (RecordMark::Key(key), row)));
        marks.insert(RecordMark::Row(row), row);
    }
    Ok(marks)
}
