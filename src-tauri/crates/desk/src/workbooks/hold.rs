//! Compares a proposal with the book as it is now. What has changed since the last comparison waits for a decision,
//! whatever was decided before.

use standard::Table;
use store::{CellKind, Conflict, ProposalSheet, ProposedRow, Record, RowKind};

use super::outcome::{changes, keep_what_counts, kind_of};
use super::proposals::Kept;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;

/// Number of records that are read at once. The packs of a proposal are looked through for each page.
const PAGE: usize = 4_000;

/// Compares the rows about records that steps of the log touched since. The caller holds the book, so that no record
/// changes meanwhile. Returns whether a row has changed.
pub(super) fn hold(open: &OpenBook, kept: &Kept) -> Result<bool, CallError> {
    let (mut changed, now) = (false, super::out::last_step(open)?);
    if now == kept.proposal.step {
        return Ok(changed);
    }
    for (sheet, table) in kept.with_tables() {
        let table = table_of(&open.edition, table)?;
        let past = open.book.past(&table.name, kept.proposal.step)?;
        let touched: Vec<i64> = past.changed().chain(past.added()).collect();
        for page in touched.chunks(PAGE) {
            changed |= hold_page(open, sheet, table, page)?;
        }
    }
    open.book.set_proposal_step(kept.id(), now)?;
    Ok(changed)
}

fn hold_page(open: &OpenBook, sheet: &ProposalSheet, table: &Table, touched: &[i64]) -> Result<bool, CallError> {
    let (school, period) = (open.settings().college.code, open.period());
    let records: Vec<Record> = open.book.get_many(&table.name, touched)?.into_iter().flatten().collect();
    let key = |record: &Record| standard::key::record_key(table, &school, &period, &record.values);
    let keys: Vec<Option<String>> = records.iter().map(key).collect();
    let named: Vec<String> = keys.iter().flatten().cloned().collect();
    let mut changed = Vec::new();
    for mut row in open.book.proposal_rows_about(sheet.id, touched, &named)? {
        let (no, before) = (row.no, row.clone());
        let record = match row.target {
            Some(target) => records.iter().find(|record| record.row == target),
            None => keys.iter().position(|key| *key == row.key).map(|at| &records[at]),
        };
        let stays = hold_row(&mut row, record);
        if !stays || row != before {
            changed.push((no, stays.then_some(row)));
        }
    }
    if !changed.is_empty() {
        open.book.replace_proposal_rows(sheet.id, &changed)?;
    }
    Ok(!changed.is_empty())
}

/// Compares one row with the record that it is about now; returns whether the row stays.
fn hold_row(row: &mut ProposedRow, record: Option<&Record>) -> bool {
    match (row.kind, record) {
        // A deleted record cannot be deleted again; one that has changed is not deleted by an earlier decision.
        (RowKind::Missing, None) => return false,
        (RowKind::Missing, Some(_)) => row.choice = None,
        (RowKind::Doubled | RowKind::LeftOut | RowKind::Unreadable, _) | (RowKind::Unchanged, Some(_)) => {}
        // The book had this record, and the clerk deleted it since.
        (RowKind::Unchanged, None) => row.target = None,
        (RowKind::New, None) => {}
        (_, None) => {
            row.target = None;
            row.changes.clear();
            row.choice = None;
            row.conflict = Some(Conflict::Deleted);
            row.kind = kind_of(row);
        }
        (RowKind::New, Some(record)) => {
            row.target = Some(record.row);
            wait_as_a_whole(row, record, Conflict::Appeared);
        }
        (_, Some(record)) => match row.conflict {
            Some(conflict) => {
                if row.changes != differing(row, record) {
                    wait_as_a_whole(row, record, conflict);
                }
            }
            None => hold_cells(row, record),
        },
    }
    true
}

/// The cells of a row that waits as a whole, as they would be now.
fn differing(row: &ProposedRow, record: &Record) -> Vec<store::ProposedCell> {
    let base = |at: usize| row.changes.iter().find(|cell| cell.column == at).and_then(|cell| cell.base.clone());
    let cells = changes(None, record, &row.cells).into_iter();
    cells.map(|(at, cell)| store::ProposedCell { kind: CellKind::Differs, base: base(at), ..cell }).collect()
}

fn wait_as_a_whole(row: &mut ProposedRow, record: &Record, conflict: Conflict) {
    row.changes = differing(row, record);
    row.choice = None;
    row.conflict = Some(conflict);
    row.kind = RowKind::Conflict;
    keep_what_counts(row);
}

/// Each cell that the row would change, with the value that the book has now. A cell that was edited since waits; one
/// that now has the value of the file is left out.
fn hold_cells(row: &mut ProposedRow, record: &Record) {
    let cells = std::mem::take(&mut row.changes);
    for mut cell in cells {
        let (now, file) = (&record.values[cell.column], row.cells.get(cell.column).and_then(Option::as_ref));
        if file == Some(now) {
            continue;
        }
        if *now != cell.ours {
            cell.kind = match (&cell.base, file) {
                (Some(base), Some(file)) if base == now && file.is_empty() => CellKind::Cleared,
                (Some(base), _) if base == now => CellKind::Changed,
                _ => CellKind::Conflict,
            };
            cell.ours.clone_from(now);
            cell.choice = None;
        }
        row.changes.push(cell);
    }
    row.kind = kind_of(row);
    keep_what_counts(row);
}
