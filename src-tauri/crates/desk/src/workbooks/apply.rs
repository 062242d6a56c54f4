//! Putting a proposal into the book, in one step that can be taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use standard::Table;
use store::{Record, RowChange, StepKind};

use super::api::{Applied, ApplyProposal};
use super::matching::merged;
use super::proposals::{self, Row, RowKind, Sheet, proposal};
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::{Desk, OpenBook};
use crate::verify::commit::{Extent, commit};

/// What becomes of a record that both the file and the book have changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflicts {
    /// The values of the file take the place of those of the book.
    TakeFile,
    /// The record stays as the book has it. A clerk calls this "ours" or "skip"; both leave the record alone.
    KeepBook,
}

impl Conflicts {
    /// Reads the word of the command line and the page.
    fn parse(word: &str) -> Result<Conflicts, CallError> {
        match word {
            "theirs" => Ok(Conflicts::TakeFile),
            "ours" | "skip" => Ok(Conflicts::KeepBook),
            other => Err(CallError::new("import.bad-conflicts").with("value", other)),
        }
    }
}

/// `workbook.apply`.
pub(crate) fn apply(desk: &Desk, request: ApplyProposal) -> Result<Applied, CallError> {
    let open = desk.opened()?;
    let proposal = proposal(desk, &open, request.proposal)?;
    let conflicts = Conflicts::parse(&request.conflicts)?;
    let mut tables: Vec<String> = proposal.sheets.iter().map(|s| s.table.clone()).collect();
    tables.sort();
    tables.dedup();
    let mut job = desk.job(request.job);
    job.go_on()?;
    let rows = proposal.sheets.iter().map(|sheet| sheet.rows.len() as u64).sum();
    job.at("import", 0, rows);
    let (mut new, mut changed) = (0, 0);
    // The records are read under the lock of the change, so that no edit can change them in between.
    let changes = || {
        let (mut changes, mut met) = (Vec::new(), BTreeSet::new());
        for sheet in &proposal.sheets {
            changes_of(&open, sheet, conflicts, &mut met, &mut changes)?;
        }
        new = changes.iter().filter(|change| matches!(change, RowChange::Insert { .. })).count() as u64;
        changed = changes.len() as u64 - new;
        Ok(changes)
    };
    let note = file_names(&proposal.sheets);
    let done =
        commit(desk, &open, (StepKind::Import, &note), changes, Extent::Tables { tables: &tables, job: &mut job })?;
    job.at("import", rows, rows);
    proposals::forget(desk, request.proposal);
    Ok(Applied { step: done.step, new, changed, tables })
}

/// The changes that a sheet makes to the book as it is now. `met` holds the records that rows before these changed.
fn changes_of<'p>(
    open: &OpenBook,
    sheet: &'p Sheet,
    conflicts: Conflicts,
    met: &mut BTreeSet<(&'p str, i64)>,
    changes: &mut Vec<RowChange>,
) -> Result<(), CallError> {
    let table = table_of(&open.edition, &sheet.table)?;
    let rows: Vec<&Row> = sheet.rows.iter().filter(|row| is_taken(row.kind, conflicts)).collect();
    let targets: Vec<i64> = rows.iter().filter_map(|row| row.target).collect();
    let mut records = open.book.get_many(&table.name, &targets)?.into_iter();
    for row in rows {
        if row.target.is_none() {
            let values = merged(table, None, &row.cells);
            changes.push(RowChange::Insert { table: table.name.clone(), values, after: None });
        } else if let Some(record) = records.next().flatten() {
            let again = !met.insert((&sheet.table, record.row));
            changes.extend(update(table, row, &record, conflicts, again));
        }
        // A record that was deleted since the file was read stays deleted.
    }
    Ok(())
}

fn is_taken(kind: RowKind, conflicts: Conflicts) -> bool {
    match kind {
        RowKind::New | RowKind::Changed => true,
        RowKind::Conflict => conflicts == Conflicts::TakeFile,
        RowKind::Unchanged | RowKind::Unreadable => false,
    }
}

/// The cells that the file changes: those that were edited in between and that the file has as they were stay as edited.
/// Of a record that an earlier row changed, all cells of the file. A record that was edited since the file was read is a
/// conflict now.
fn update(table: &Table, row: &Row, record: &Record, conflicts: Conflicts, again: bool) -> Option<RowChange> {
    if record.changed != row.seen && conflicts == Conflicts::KeepBook {
        return None;
    }
    let cells = table.fields.iter().zip(&row.cells).zip(&row.differs).zip(&record.values);
    let taken = cells.filter_map(|(((field, cell), differs), value)| {
        let cell = cell.as_ref().filter(|cell| again || (*differs && *cell != value))?;
        Some((field.column.clone(), cell.clone()))
    });
    let values: BTreeMap<String, String> = taken.collect();
    (!values.is_empty()).then(|| RowChange::Update { table: table.name.clone(), row: record.row, values })
}

/// Names of the files, without their folders, for the history of imports.
fn file_names(sheets: &[Sheet]) -> String {
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name =
            Path::new(&sheet.file).file_name().map_or_else(|| sheet.file.clone(), |n| n.to_string_lossy().into_owned());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("、")
}
