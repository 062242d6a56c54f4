//! Records that were written into a workbook and are in none of the files any more. They stay, unless the clerk chooses
//! to delete them.

use std::collections::HashSet;
use std::ops::ControlFlow;

use store::{Past, ProposedRow, RowKind};

use super::seen::Seen;
use crate::session::OpenBook;
use crate::session::api::CallError;

/// Rows that are written into the book at once.
const PAGE: usize = 1000;

/// A sheet that was written with records of this book.
pub(super) struct Written {
    /// Its number in the book.
    pub sheet: i64,
    pub table: String,
    /// What has changed since.
    pub past: Past,
    /// Rows that it has already.
    pub rows: u64,
}

/// Adds the records that are missing to the sheets that they were written into; each record to the first sheet that it
/// was written into.
pub(super) fn add(open: &OpenBook, written: &[Written], seen: &Seen) -> Result<(), CallError> {
    let mut told: HashSet<(&str, i64)> = HashSet::new();
    for Written { sheet, table, past, rows } in written {
        let mut missing = Vec::new();
        open.book.stream(table, &open.period(), |record| {
            if past.was_there(record.row) && !seen.has_record(table, record.row) {
                missing.push(record.row);
            }
            ControlFlow::Continue(())
        })?;
        missing.retain(|record| told.insert((table, *record)));
        for (page, records) in missing.chunks(PAGE).enumerate() {
            let first = rows + (page * PAGE) as u64;
            let row = |(no, record): (u64, &i64)| {
                let no = u32::try_from(no).map_err(|_| CallError::failed("more rows than a sheet can have"))?;
                Ok(ProposedRow { target: Some(*record), ..ProposedRow::new(no, 0, RowKind::Missing) })
            };
            let rows = (first..).zip(records).map(row).collect::<Result<Vec<_>, CallError>>()?;
            open.book.add_proposal_rows(*sheet, &rows)?;
        }
    }
    Ok(())
}
