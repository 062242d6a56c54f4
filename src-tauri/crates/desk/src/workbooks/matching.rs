//! Which record of the book a row of a file speaks of, and what it would change.
//!
//! The natural key finds the record. The hidden mark of a row is a hint: clerks copy rows, and sort columns apart. All
//! rows of a sheet are read before any is matched, because a mark that stands twice says nothing.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use check::TableChecker;
use standard::cell::Values;
use standard::{Level, Table};
use store::{Past, Record};
use workbook::{CellIn, RecordMark, Remark, RowIn, Stamp, Unreadable, is_masked_text, looks_masked};

use super::api::{CellKind, Conflict, RowKind};
use super::compare::compare;
use super::proposals::Row;
use super::written::as_written;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::verify::checks::Checks;

/// What earlier rows of the import spoke of, over all its sheets and files, with a hash of what they said.
#[derive(Default)]
pub(super) struct Seen {
    /// By table and number of the record.
    records: HashMap<(String, i64), u64>,
    /// By the key of a record that the book does not have.
    keys: HashMap<String, u64>,
}

/// Rows of one sheet against the book.
pub(super) struct Matching<'a> {
    open: &'a OpenBook,
    table: &'a Table,
    checker: Arc<TableChecker>,
    period: String,
    /// What has changed since the file was written; absent: the file is not from this book.
    past: Option<Past>,
    /// Marks that records changed since had when the file was written.
    marks_then: HashMap<RecordMark, i64>,
    /// Whether personal values are masked in the file.
    masked: bool,
    incoming: Vec<Incoming>,
}

/// A row as it was read.
struct Incoming {
    row: Row,
    mark: Option<RecordMark>,
    /// The record that the mark names.
    marked: Option<i64>,
    /// Records with the row's natural key.
    natural: Vec<i64>,
    /// Cells with a masked value: positions of the fields, and what stands there.
    masks: Vec<(usize, String)>,
}

/// The rows of a sheet, and what was noticed.
pub(super) struct Matched {
    pub rows: Vec<Row>,
    /// Mandatory findings that the rows would have.
    pub findings: u64,
    /// Records that were written into the file and are not in it any more.
    pub missing: u64,
    pub remarks: Vec<Remark>,
}

/// What a row speaks of.
enum Target {
    New,
    Record(i64),
    /// A correction of this record, or another record: the clerk decides.
    OtherKey(i64),
    /// A record that is not in the book any more.
    Deleted,
}

impl<'a> Matching<'a> {
    pub fn new(open: &'a OpenBook, table: &'a Table, stamp: Option<&Stamp>) -> Result<Self, CallError> {
        let step = stamp.filter(|stamp| stamp.book == open.id).map(|stamp| stamp.step);
        let past = step.map(|step| open.book.past(&table.name, step)).transpose()?;
        let marks_then = past.as_ref().map(|past| marks_then(open, table, past)).transpose()?.unwrap_or_default();
        Ok(Matching {
            open,
            table,
            checker: open.extensions.get::<Checks>().checker(open, table),
            period: open.period(),
            past,
            marks_then,
            masked: stamp.is_some_and(|s| s.masked),
            incoming: Vec::new(),
        })
    }

    /// So many rows were taken.
    pub fn rows(&self) -> u64 {
        self.incoming.len() as u64
    }

    /// Takes the next row of the file.
    pub fn take(&mut self, row: RowIn) -> Result<(), CallError> {
        let RowIn { line, mark, cells: read, left_out } = row;
        let (mut unreadable, mut masks) = (Vec::new(), Vec::new());
        let mut cells: Vec<Option<String>> = Vec::with_capacity(read.len());
        for (position, cell) in read.into_iter().enumerate() {
            let field = &self.table.fields[position];
            cells.push(match cell {
                CellIn::Absent => None,
                CellIn::Value(text) if self.masked && looks_masked(field, &text) => {
                    masks.push((position, text));
                    None
                }
                CellIn::Value(text) => Some(self.checker.normalise(&field.column, &text)),
                CellIn::Unreadable(why) => {
                    unreadable.push((position, why));
                    None
                }
            });
        }
        let (kind, marked, natural) = match left_out {
            Some(_) => (RowKind::LeftOut, None, Vec::new()),
            None => (RowKind::New, self.marked(mark.as_ref())?, self.natural(&cells)?),
        };
        let row = Row { line, kind, conflict: None, left_out, target: None, cells, changes: Vec::new(), unreadable };
        self.incoming.push(Incoming { row, mark, marked, natural, masks });
        Ok(())
    }

    /// The record that a mark names: by the keys of today, or by those that the records had when the file was written.
    /// The number of a record means something only in the book that wrote the file.
    fn marked(&self, mark: Option<&RecordMark>) -> Result<Option<i64>, CallError> {
        let (book, table) = (&self.open.book, self.table.name.as_str());
        let Some(mark) = mark else { return Ok(None) };
        let today = match mark {
            RecordMark::Key(key) => book.find_by_key(table, &self.period, key)?,
            RecordMark::Row(row) => Some(*row).filter(|_| self.past.is_some()),
        };
        let Some(row) = today.or_else(|| self.marks_then.get(mark).copied()) else { return Ok(None) };
        Ok(book.get(table, row)?.map(|record| record.row))
    }

    /// The records with the natural key of a row. A file without these columns names no record by it.
    fn natural(&self, cells: &[Option<String>]) -> Result<Vec<i64>, CallError> {
        let named = |column: &String| self.table.position(column).is_some_and(|p| cells[p].is_some());
        if !self.table.natural_key.is_empty() && !self.table.natural_key.iter().any(named) {
            return Ok(Vec::new());
        }
        Ok(self.open.book.find_by_natural(&self.table.name, &self.period, &said(cells))?)
    }

    /// Matches the rows, and says what each would do.
    pub fn finish(mut self, seen: &mut Seen) -> Result<Matched, CallError> {
        let incoming = std::mem::take(&mut self.incoming);
        let mut marks: HashMap<i64, u64> = HashMap::new();
        incoming.iter().filter_map(|row| row.marked).for_each(|row| *marks.entry(row).or_default() += 1);
        let by_key: HashSet<i64> = incoming.iter().filter_map(|row| row.natural.first().copied()).collect();
        let with_rows = incoming.iter().any(|row| row.mark.is_some());
        let (mut rows, mut findings, mut ignored) = (Vec::with_capacity(incoming.len()), 0, Vec::new());
        for Incoming { mut row, mark, marked, mut natural, masks } in incoming {
            if row.left_out.is_some() {
                rows.push(row);
                continue;
            }
            // A key that no spreadsheet keeps reads as another one.
            if let (Some(marked), true) = (marked, natural.is_empty())
                && let Some(record) = self.open.book.get(&self.table.name, marked)?
            {
                let base = self.base(record.row, &record.values);
                let known: Vec<&Values> = std::iter::once(&record.values).chain(base.as_ref()).collect();
                as_written(&self.open.edition, self.table, &self.checker, &mut row, &known);
                natural = self.natural(&row.cells)?;
            }
            let alone = |marked: i64| marks.get(&marked) == Some(&1) && !by_key.contains(&marked);
            let target = match (marked, self.one_of(&natural, &row.cells, seen)?) {
                (Some(marked), _) if natural.contains(&marked) => Target::Record(marked),
                (_, Some(natural)) => Target::Record(natural),
                (Some(marked), None) => self.by_mark(marked, alone(marked), &row.cells)?,
                (None, None) if mark.as_ref().is_some_and(|mark| self.marks_then.contains_key(mark)) => Target::Deleted,
                (None, None) => Target::New,
            };
            let is_ignored = match target {
                Target::Record(record) => marked.is_some_and(|marked| marked != record),
                Target::New => marked.is_some(),
                Target::OtherKey(_) | Target::Deleted => false,
            };
            if is_ignored {
                ignored.push(row.line);
            }
            let values = self.settle(&mut row, target, mark.is_some(), masks, seen)?;
            let mut found = Vec::new();
            self.checker.cells(None, &values, &mut found);
            findings += found.iter().filter(|f| f.level == Level::Mandatory).count() as u64;
            rows.push(row);
        }
        let missing = if with_rows && !self.masked { self.missing(&rows)? } else { 0 };
        let mut remarks = Vec::new();
        if let Some(line) = ignored.first() {
            let params = vec![("rows", ignored.len().to_string()), ("line", line.to_string())];
            remarks.push(Remark { code: "mark-ignored", params });
        }
        Ok(Matched { rows, findings, missing, remarks })
    }

    /// The record of a row among those that share its natural key: one that no earlier row spoke of, and of these one
    /// that has the values of the row already. Where records of the table may share it, a further row is a new record.
    fn one_of(&self, sharing: &[i64], cells: &[Option<String>], seen: &Seen) -> Result<Option<i64>, CallError> {
        let first = sharing.first().copied();
        let repeats = self.table.key_rule.repeats.is_some();
        if sharing.len() < 2 && !repeats {
            return Ok(first);
        }
        let name = &self.table.name;
        let is_free = |row: &&i64| !seen.records.contains_key(&(name.clone(), **row));
        let free: Vec<i64> = sharing.iter().filter(is_free).copied().collect();
        let records = self.open.book.get_many(name, &free)?;
        let agrees = |record: &Record| {
            cells.iter().zip(&record.values).all(|(cell, value)| cell.as_ref().is_none_or(|cell| cell == value))
        };
        let same = records.into_iter().flatten().find(agrees).map(|record| record.row);
        Ok(same.or(free.first().copied()).or(first.filter(|_| !repeats)))
    }

    /// The record of a row whose natural key no record of the book has, by its mark. `alone`: no other row of the sheet
    /// has this mark or speaks of its record.
    fn by_mark(&self, marked: i64, alone: bool, cells: &[Option<String>]) -> Result<Target, CallError> {
        let Some(record) = self.open.book.get(&self.table.name, marked)?.filter(|_| alone) else {
            return Ok(Target::New);
        };
        let is_key = |at: usize| self.table.natural_key.contains(&self.table.fields[at].column);
        let filled = |at: usize| cells[at].as_ref().filter(|text| !text.is_empty());
        let positions = || 0..cells.len();
        // Without a natural key, or without anything in it, nothing speaks against the mark.
        if self.table.natural_key.is_empty() || !positions().any(|at| is_key(at) && filled(at).is_some()) {
            return Ok(Target::Record(marked));
        }
        let base = self.base(marked, &record.values);
        // The key of the row is the one that was written into the file: the draft has corrected it since.
        let as_written = |base: &Values| positions().filter(|at| is_key(*at)).all(|at| filled(at) == Some(&base[at]));
        if base.as_ref().is_some_and(as_written) {
            return Ok(Target::Record(marked));
        }
        let is_same = |at: usize, text: &String| {
            *text == record.values[at] || base.as_ref().is_some_and(|base| *text == base[at])
        };
        let others: Vec<bool> =
            positions().filter(|at| !is_key(*at)).filter_map(|at| Some(is_same(at, filled(at)?))).collect();
        let same = others.iter().filter(|same| **same).count();
        Ok(match () {
            () if same == others.len() => Target::Record(marked),
            () if same * 2 >= others.len() => Target::OtherKey(marked),
            () => Target::New,
        })
    }

    /// The values of a record when the file was written; absent where it was not in the book, or the file is not from it.
    fn base(&self, row: i64, now: &Values) -> Option<Values> {
        self.past.as_ref()?.values(self.table, row, Some(now))
    }

    /// Says what a row would do, and answers the record as it would be.
    fn settle(
        &self,
        row: &mut Row,
        target: Target,
        was_written: bool,
        masks: Vec<(usize, String)>,
        seen: &mut Seen,
    ) -> Result<Values, CallError> {
        let number = match target {
            Target::Record(number) | Target::OtherKey(number) => Some(number),
            Target::New | Target::Deleted => None,
        };
        let record = number.map(|number| self.open.book.get(&self.table.name, number)).transpose()?.flatten();
        let base = record.as_ref().filter(|_| was_written).and_then(|record| self.base(record.row, &record.values));
        for (at, text) in masks {
            let shows = |values: &Values| is_masked_text(&self.table.fields[at], &text, &values[at]);
            // A cell that still shows the mask was left alone; another mask is nobody's value.
            if !record.as_ref().is_some_and(|r| shows(&r.values)) && !base.as_ref().is_some_and(shows) {
                row.unreadable.push((at, Unreadable::Masked(text)));
            }
        }
        if let Some(record) = &record {
            let known: Vec<&Values> = std::iter::once(&record.values).chain(base.as_ref()).collect();
            as_written(&self.open.edition, self.table, &self.checker, row, &known);
        }
        let hash = hash_of(&row.cells);
        row.target = record.as_ref().map(|record| record.row);
        let earlier = match row.target {
            Some(number) => seen.records.insert((self.table.name.clone(), number), hash),
            // Where records may share what tells others apart, rows that are the same are records of their own.
            None if self.table.key_rule.repeats.is_some() => None,
            None => self.new_key(&row.cells).and_then(|key| seen.keys.insert(key, hash)),
        };
        let mut values = record.as_ref().map_or_else(|| said(&row.cells), |record| record.values.clone());
        if let Some(record) = &record {
            let base = |at: usize| base.as_ref().map(|base| base[at].as_str());
            let kinds = record.values.iter().zip(&row.cells).enumerate();
            let kinds = kinds.filter_map(|(at, (draft, cell))| Some((at, compare(base(at), draft, cell.as_deref())?)));
            row.changes = kinds.collect();
            for (at, kind) in &row.changes {
                if let (CellKind::Changed, Some(text)) = (kind, &row.cells[*at]) {
                    values[*at].clone_from(text);
                }
            }
        }
        row.conflict = match target {
            _ if earlier.is_some_and(|earlier| earlier != hash) => Some(Conflict::Twice),
            Target::OtherKey(_) => Some(Conflict::OtherKey),
            Target::Deleted => Some(Conflict::Deleted),
            Target::New | Target::Record(_) => None,
        };
        let has = |kind: CellKind| row.changes.iter().any(|(_, one)| *one == kind);
        row.kind = match () {
            () if earlier == Some(hash) => RowKind::Doubled,
            () if !row.unreadable.is_empty() => RowKind::Unreadable,
            () if row.conflict.is_some() || has(CellKind::Conflict) => RowKind::Conflict,
            () if row.target.is_none() => RowKind::New,
            () if has(CellKind::Changed) => RowKind::Changed,
            () if has(CellKind::Cleared) => RowKind::Cleared,
            () => RowKind::Unchanged,
        };
        // What stays out changes nothing.
        if matches!(row.kind, RowKind::Doubled | RowKind::Unreadable) {
            row.changes.clear();
        }
        Ok(values)
    }

    /// What tells a record that the book does not have from others.
    fn new_key(&self, cells: &[Option<String>]) -> Option<String> {
        standard::key::record_key(self.table, &self.open.settings().college.code, &self.period, &said(cells))
    }

    /// Records that were in the book when the file was written, are still there, and are in no row of the file.
    fn missing(&self, rows: &[Row]) -> Result<u64, CallError> {
        let Some(past) = &self.past else { return Ok(0) };
        let (book, table) = (&self.open.book, self.table.name.as_str());
        let added: Vec<i64> = past.added().collect();
        let added = book.get_many(table, &added)?.iter().flatten().count() as u64;
        let there = book.count(table, &self.period)?.saturating_sub(added);
        let met: HashSet<i64> = rows.iter().filter_map(|row| row.target).filter(|row| past.was_there(*row)).collect();
        Ok(there.saturating_sub(met.len() as u64))
    }
}

/// The marks that records had at a step, of those that were changed or deleted since.
fn marks_then(open: &OpenBook, table: &Table, past: &Past) -> Result<HashMap<RecordMark, i64>, CallError> {
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

/// What a row says, empty where it says nothing.
pub(super) fn said(cells: &[Option<String>]) -> Values {
    cells.iter().map(|cell| cell.clone().unwrap_or_default()).collect()
}

fn hash_of(cells: &[Option<String>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    cells.hash(&mut hasher);
    hasher.finish()
}
