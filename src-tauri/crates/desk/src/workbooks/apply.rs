//! Putting a proposal into the book, in one step that can be taken back.

use std::collections::BTreeMap;
use std::path::Path;

use standard::Table;
use standard::cell::Values;
use store::{Past, Record, RowChange, StepKind};

use super::api::{Applied, ApplyProposal, CellKind, ConflictChoice, RowKind};
use super::matching::said;
use super::proposals::{self, Row, Sheet, proposal};
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::{Desk, OpenBook};
use crate::verify::commit::{Extent, commit};

/// `workbook.apply`.
pub(crate) fn apply(desk: &Desk, request: ApplyProposal) -> Result<Applied, CallError> {
    let open = desk.opened()?;
    let proposal = proposal(desk, &open, request.proposal)?;
    let mut tables: Vec<String> = proposal.sheets.iter().map(|s| s.table.clone()).collect();
    tables.sort();
    tables.dedup();
    let mut job = desk.job(request.job);
    job.go_on()?;
    let rows = proposal.sheets.iter().map(|sheet| sheet.rows.len() as u64).sum();
    job.at("import", 0, rows);
    let mut done = Changes { decision: request.conflicts, clear: request.clear, ..Changes::default() };
    // The records are read under the lock of the change, so that no edit can change them in between.
    let changes = || {
        for sheet in &proposal.sheets {
            done.sheet(&open, sheet, proposal.step)?;
        }
        Ok(std::mem::take(&mut done.changes))
    };
    let note = file_names(&proposal.sheets);
    let extent = Extent::Tables { tables: &tables, job: &mut job };
    let committed = commit(desk, &open, (StepKind::Import, &note), changes, extent)?;
    job.at("import", rows, rows);
    proposals::forget(desk, request.proposal);
    let Changes { new, changed, undecided, not_cleared, .. } = done;
    Ok(Applied { step: committed.step, new, changed, undecided, not_cleared, tables })
}

/// The changes of an import, as they come together.
#[derive(Default)]
struct Changes {
    /// What becomes of what waits for a decision; absent: nothing.
    decision: Option<ConflictChoice>,
    /// Whether cells are emptied.
    clear: bool,
    changes: Vec<RowChange>,
    new: u64,
    changed: u64,
    undecided: u64,
    not_cleared: u64,
}

impl Changes {
    /// Whether what waits for a decision is done as the file says. Counts the row where nobody has decided.
    fn file_wins(&mut self) -> bool {
        self.undecided += u64::from(self.decision.is_none());
        self.decision == Some(ConflictChoice::Theirs)
    }

    /// The changes that a sheet makes to the book as it is now; `step` is the newest one that its preview knew.
    fn sheet(&mut self, open: &OpenBook, sheet: &Sheet, step: i64) -> Result<(), CallError> {
        let table = table_of(&open.edition, &sheet.table)?;
        let past = open.book.past(&table.name, step)?;
        let active = |row: &&Row| {
            !matches!(row.kind, RowKind::Unchanged | RowKind::Doubled | RowKind::LeftOut | RowKind::Unreadable)
        };
        let rows: Vec<&Row> = sheet.rows.iter().filter(active).collect();
        let targets: Vec<i64> = rows.iter().filter_map(|row| row.target).collect();
        let mut records = open.book.get_many(&table.name, &targets)?.into_iter();
        for row in rows {
            if row.target.is_none() {
                self.insert(open, table, row, &past)?;
            } else if let Some(record) = records.next().flatten() {
                let seen = past.values(table, record.row, Some(&record.values));
                self.update(table, row, &record, seen.as_ref());
            }
            // A record that was deleted after the preview stays deleted.
        }
        Ok(())
    }

    fn add(&mut self, table: &Table, row: &Row) {
        self.new += 1;
        self.changes.push(RowChange::Insert { table: table.name.clone(), values: said(&row.cells), after: None });
    }

    /// A row of which the book had no record, unless one has come into the book since the preview (`past`).
    fn insert(&mut self, open: &OpenBook, table: &Table, row: &Row, past: &Past) -> Result<(), CallError> {
        let since = match past.is_empty() {
            true => None,
            false => {
                let sharing = open.book.find_by_natural(&table.name, &open.period(), &said(&row.cells))?;
                sharing.into_iter().find(|number| !past.was_there(*number))
            }
        };
        let since = since.map(|number| open.book.get(&table.name, number)).transpose()?.flatten();
        match since {
            Some(record) if self.file_wins() => self.overwrite(table, row, &record),
            Some(_) => {}
            None if row.conflict.is_none() || self.file_wins() => self.add(table, row),
            None => {}
        }
        Ok(())
    }

    /// All filled cells of the file.
    fn overwrite(&mut self, table: &Table, row: &Row, record: &Record) {
        let cells = table.fields.iter().zip(&row.cells).zip(&record.values);
        let taken = cells.filter_map(|((field, cell), value)| {
            let cell = cell.as_ref().filter(|cell| !cell.is_empty() && *cell != value)?;
            Some((field.column.clone(), cell.clone()))
        });
        let values = taken.collect();
        self.put(table, record, values);
    }

    /// The cells that the file changes. One that was edited since the preview waits for a decision, as one that was
    /// edited before it does.
    fn update(&mut self, table: &Table, row: &Row, record: &Record, seen: Option<&Values>) {
        if row.conflict.is_some() {
            if self.file_wins() {
                self.overwrite(table, row, record);
            }
            return;
        }
        let mut values = BTreeMap::new();
        let (mut waits, mut stays) = (false, false);
        for (at, kind) in &row.changes {
            let Some(text) = row.cells[*at].as_ref().filter(|text| **text != record.values[*at]) else { continue };
            let edited = seen.is_none_or(|seen| seen[*at] != record.values[*at]);
            let conflict = edited || *kind == CellKind::Conflict;
            // An empty cell is asked for by its own word, also where it is a conflict.
            let asked = !text.is_empty() || self.clear;
            waits |= conflict && self.decision.is_none();
            stays |= !conflict && !asked;
            if asked && (!conflict || self.decision == Some(ConflictChoice::Theirs)) {
                values.insert(table.fields[*at].column.clone(), text.clone());
            }
        }
        self.undecided += u64::from(waits);
        self.not_cleared += u64::from(stays);
        self.put(table, record, values);
    }

    fn put(&mut self, table: &Table, record: &Record, values: BTreeMap<String, String>) {
        if !values.is_empty() {
            self.changed += 1;
            self.changes.push(RowChange::Update { table: table.name.clone(), row: record.row, values });
        }
    }
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
