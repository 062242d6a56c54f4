//! Imports a proposal into the book, in one step that can be undone.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use standard::Table;
use store::{CellKind, Choice, Conflict, Making, ProposedRow, Rest, RowChange, RowKind, StepKind};

use super::api::{Applied, ApplyProposal, ConflictChoice};
use super::hold::hold;
use super::proposals::{Kept, usable};
use crate::session::api::{CallError, Changed};
use crate::session::backups::MANY;
use crate::session::backups::files::Occasion;
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::session::{Desk, OpenBook};
use crate::verify::commit::commit_made;

/// Rows that are read at once.
const PAGE: u64 = 1000;

/// `workbook.apply`.
pub(crate) fn apply(desk: &Desk, request: ApplyProposal) -> Result<Applied, CallError> {
    let open = desk.opened()?;
    let kept = usable(&open, request.proposal)?;
    let mut tables: Vec<String> = kept.with_tables().map(|(_, table)| table.to_owned()).collect();
    tables.sort();
    tables.dedup();
    let mut job = desk.job(request.job);
    job.go_on()?;
    // The request decides about what was shown. What has changed since was not shown, so it waits.
    let rest = Rest { conflicts: request.conflicts.map(ConflictChoice::choice), clear: request.clear };
    let prepare = || {
        open.book.decide_rest(kept.id(), rest)?;
        hold(&open, &kept).map(drop)
    };
    let mut done = Done::new(&open, &kept)?;
    if done.total >= MANY && desk.keeps_backups(&open) {
        job.at("backup", 0, done.total);
        // An import can be undone without a backup; if none can be made, the list of backups says why.
        let _ = desk.back_up(&open, Occasion::BeforeImport, job.flag());
        job.go_on()?;
    }
    let make = |making: &mut Making<'_>, job: &mut Job<'_>| done.all(making, job);
    let step = commit_made(desk, &open, (StepKind::Import, &file_names(&kept)), (prepare, make), &tables, &mut job)?;
    let Done { new, changed, deleted, undecided, not_cleared, .. } = done;
    if step.is_none() && undecided == 0 {
        open.book.drop_proposal(kept.id())?;
    }
    let applied = Applied { step, new, changed, deleted, undecided, not_cleared, tables };
    if let Some(source) = &kept.request.source {
        super::sources::run::applied(desk, &open, source, &kept.digests, &applied)?;
    }
    desk.tell(Changed::Proposals);
    Ok(applied)
}

/// An import while it is being applied.
struct Done<'a> {
    open: &'a OpenBook,
    kept: &'a Kept,
    /// New records that later rows of the import are about, too: number of the sheet and place of the row, and the
    /// number of the record once it is there.
    said_again: HashMap<(i64, u32), Option<i64>>,
    /// Rows that would do something.
    total: u64,
    rows: u64,
    new: u64,
    changed: u64,
    deleted: u64,
    undecided: u64,
    not_cleared: u64,
}

impl<'a> Done<'a> {
    fn new(open: &'a OpenBook, kept: &'a Kept) -> Result<Self, CallError> {
        let said_again = open.book.proposal_rows_said_again(kept.id())?.into_iter().map(|at| (at, None)).collect();
        let mut total = 0;
        for (sheet, _) in kept.with_tables() {
            total += open.book.proposal_rows_to_do_count(sheet.id)?;
        }
        let (rows, new, changed, deleted, undecided, not_cleared) = (0, 0, 0, 0, 0, 0);
        Ok(Done { open, kept, said_again, total, rows, new, changed, deleted, undecided, not_cleared })
    }

    /// Makes all changes that are decided. What waits stays in the proposal; if nothing waits, the proposal is removed.
    fn all(&mut self, making: &mut Making<'_>, job: &mut Job<'_>) -> Result<(), CallError> {
        let kept = self.kept;
        for (sheet, table) in kept.with_tables() {
            let table = table_of(&self.open.edition, table)?;
            let mut after = None;
            loop {
                let rows = self.open.book.proposal_rows_to_do(sheet.id, after, PAGE)?;
                let Some(last) = rows.last() else { break };
                after = Some(last.no);
                let places = rows[0].no..=last.no;
                for row in rows {
                    job.go_on()?;
                    self.rows += 1;
                    job.at("import", self.rows, self.total);
                    self.row(making, table, sheet.id, row)?;
                }
                // Reading sees the book as it was before the import; removing finished rows makes room in the file for
                // further records.
                making.drop_done(sheet.id, places)?;
            }
        }
        if self.undecided > 0 {
            making.leave_waiting(kept.id())?
        } else {
            making.drop_proposal(kept.id())?
        }
        Ok(())
    }

    fn row(&mut self, making: &mut Making<'_>, table: &Table, sheet: i64, row: ProposedRow) -> Result<(), CallError> {
        match (row.kind, row.choice) {
            (RowKind::New, Some(Choice::Ours)) => {}
            (RowKind::New, _) => {
                let no = row.no;
                let record = self.add(making, table, row)?;
                if let Some(place) = self.said_again.get_mut(&(sheet, no)) {
                    *place = Some(record);
                }
            }
            (RowKind::Missing, Some(Choice::Theirs)) => {
                if let Some(record) = row.target {
                    making.change(&RowChange::Delete { table: table.name.clone(), row: record })?;
                    self.deleted += 1;
                }
            }
            (RowKind::Missing, _) => {}
            _ if row.conflict.is_some() => self.whole(making, table, row)?,
            _ => self.cells(making, table, &row)?,
        }
        Ok(())
    }

    fn add(&mut self, making: &mut Making<'_>, table: &Table, row: ProposedRow) -> Result<i64, CallError> {
        self.new += 1;
        Ok(making.add(&table.name, row.cells.into_iter().map(Option::unwrap_or_default).collect())?)
    }

    /// Imports a row with one decision for the whole row.
    fn whole(&mut self, making: &mut Making<'_>, table: &Table, row: ProposedRow) -> Result<(), CallError> {
        let twice = row.conflict == Some(Conflict::Twice);
        match row.choice {
            None => self.undecided += 1,
            Some(Choice::Ours) => {}
            Some(Choice::Add) => drop(self.add(making, table, row)?),
            Some(Choice::Theirs) => {
                let earlier = row.earlier.filter(|_| twice && row.target.is_none());
                let said = earlier.and_then(|at| self.said_again.get(&at).copied().flatten());
                match row.target.or(said) {
                    // Another row of this import may have changed the record a moment ago, so every cell is given.
                    Some(record) => self.put(making, table, record, filled(table, &row, !twice))?,
                    None => {
                        let record = self.add(making, table, row)?;
                        if let Some(earlier) = earlier {
                            self.said_again.insert(earlier, Some(record));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Imports the cells of a row that are decided one by one.
    fn cells(&mut self, making: &mut Making<'_>, table: &Table, row: &ProposedRow) -> Result<(), CallError> {
        let Some(record) = row.target else { return Ok(()) };
        let mut values = BTreeMap::new();
        let (mut waits, mut stays) = (false, false);
        for cell in &row.changes {
            let taken = match (cell.kind, cell.choice) {
                (CellKind::Changed, choice) => choice != Some(Choice::Ours),
                (_, choice) => choice == Some(Choice::Theirs),
            };
            waits |= cell.kind == CellKind::Conflict && cell.choice.is_none();
            stays |= cell.kind == CellKind::Cleared && cell.choice.is_none();
            if let (true, Some(Some(text))) = (taken, row.cells.get(cell.column)) {
                values.insert(table.fields[cell.column].column.clone(), text.clone());
            }
        }
        self.undecided += u64::from(waits);
        self.not_cleared += u64::from(stays);
        self.put(making, table, record, values)
    }

    fn put(
        &mut self,
        making: &mut Making<'_>,
        table: &Table,
        row: i64,
        values: BTreeMap<String, String>,
    ) -> Result<(), CallError> {
        if !values.is_empty() {
            self.changed += 1;
            making.change(&RowChange::Update { table: table.name.clone(), row, values })?;
        }
        Ok(())
    }
}

/// The filled cells of a row; `differing`: only those that differ from the book.
fn filled(table: &Table, row: &ProposedRow, differing: bool) -> BTreeMap<String, String> {
    let differs = |at: usize| !differing || row.changes.iter().any(|cell| cell.column == at);
    let cells = table.fields.iter().zip(&row.cells).enumerate();
    let filled = cells.filter(|(at, (field, _))| differs(*at) && !field.is_system());
    filled
        .filter_map(|(_, (field, cell))| Some((field.column.clone(), cell.clone().filter(|text| !text.is_empty())?)))
        .collect()
}

/// Names of the files, without their folders, for the history of imports.
fn file_names(kept: &Kept) -> String {
    let name = |file: &String| {
        Path::new(file).file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned())
    };
    let mut names: Vec<String> = Vec::new();
    for name in kept.with_tables().map(|(sheet, _)| name(&sheet.file)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("、")
}
