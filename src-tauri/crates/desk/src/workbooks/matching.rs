//! Which record of the book a row of a file speaks of, and what it would change.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use check::TableChecker;
use standard::cell::Values;
use standard::{Level, Table};
use workbook::{CellIn, RecordMark, RowIn, Stamp, is_masked_text, looks_masked};

use super::proposals::{Row, RowKind};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::verify::checks::Checks;

/// Rows of one sheet against the book, one after the other.
pub(super) struct Matching<'a> {
    open: &'a OpenBook,
    table: &'a Table,
    checker: Arc<TableChecker>,
    /// School code of the book.
    school: String,
    period: String,
    /// Step of this book at which the file was written; absent: the file is not from this book.
    written_at_step: Option<i64>,
    masked: bool,
    /// What an earlier row of the file spoke of: a second one for the same record is a conflict.
    records_seen: HashMap<i64, usize>,
    keys_seen: HashMap<String, usize>,
    /// The rows so far.
    pub rows: Vec<Row>,
    /// Mandatory findings that the rows would have.
    pub findings: u64,
}

impl<'a> Matching<'a> {
    pub fn new(open: &'a OpenBook, table: &'a Table, stamp: Option<&Stamp>) -> Self {
        let ours = stamp.filter(|s| s.book == open.id);
        Matching {
            open,
            table,
            checker: open.extensions.get::<Checks>().checker(open, table),
            school: open.settings().college.code,
            period: open.period(),
            written_at_step: ours.map(|s| s.step),
            masked: stamp.is_some_and(|s| s.masked),
            records_seen: HashMap::new(),
            keys_seen: HashMap::new(),
            rows: Vec::new(),
            findings: 0,
        }
    }

    /// Takes the next row of the file.
    pub fn take(&mut self, row: RowIn) -> Result<(), CallError> {
        let mut unreadable = BTreeMap::new();
        let mut cells: Vec<Option<String>> = Vec::with_capacity(row.cells.len());
        for (position, cell) in row.cells.into_iter().enumerate() {
            cells.push(match cell {
                CellIn::Absent => None,
                CellIn::Value(text) => Some(self.checker.normalise(&self.table.fields[position].column, &text)),
                CellIn::Unreadable(text) => {
                    unreadable.insert(self.table.fields[position].column.clone(), text);
                    None
                }
            });
        }
        let record = self.record_of(row.mark.as_ref(), &cells)?;
        if self.masked {
            if let Some(record) = &record {
                self.unmask(&mut cells, &record.values);
            }
            self.set_masks_aside(&mut cells, &mut unreadable);
        }
        let merged = merged(self.table, record.as_ref().map(|r| &r.values), &cells);
        let differs = record.as_ref().is_none_or(|r| r.values != merged);
        let kind = match &record {
            _ if !unreadable.is_empty() => RowKind::Unreadable,
            None if self.table.key_rule.repeats.is_none() && self.seen_key(&merged) => RowKind::Conflict,
            None => RowKind::New,
            Some(r) if self.records_seen.contains_key(&r.row) && differs => RowKind::Conflict,
            Some(_) if !differs => RowKind::Unchanged,
            Some(r) if self.written_at_step.is_some_and(|step| r.changed > step) => RowKind::Conflict,
            Some(_) => RowKind::Changed,
        };
        if let Some(record) = &record {
            self.records_seen.insert(record.row, self.rows.len());
        }
        let mut found = Vec::new();
        self.checker.cells(None, &merged, &mut found);
        self.findings += found.iter().filter(|f| f.level == Level::Mandatory).count() as u64;
        let seen = record.as_ref().map_or(0, |record| record.changed);
        let differs =
            record.as_ref().map(|r| cells.iter().zip(&r.values).map(differs_from).collect()).unwrap_or_default();
        let target = record.map(|r| r.row);
        self.rows.push(Row { line: row.line, kind, target, cells, differs, seen, unreadable });
        Ok(())
    }

    /// Finds the record by its number in the file first, then by the natural key.
    fn record_of(
        &self,
        mark: Option<&RecordMark>,
        cells: &[Option<String>],
    ) -> Result<Option<store::Record>, CallError> {
        let (book, table) = (&self.open.book, self.table.name.as_str());
        let marked = match mark {
            Some(RecordMark::Key(key)) => book.find_by_key(table, &self.period, key)?,
            Some(RecordMark::Row(row)) => Some(*row).filter(|_| self.written_at_step.is_some()),
            None => None,
        };
        // A file without the columns of the natural key cannot name a record by it.
        let named = |column: &String| self.table.position(column).is_some_and(|p| cells[p].is_some());
        let number = match marked {
            Some(number) => Some(number),
            None if self.table.natural_key.is_empty() || self.table.natural_key.iter().any(named) => {
                let values = merged(self.table, None, cells);
                let sharing = book.find_by_natural(table, &self.period, &values)?;
                self.one_of(&sharing, cells)?
            }
            None => None,
        };
        number.map_or(Ok(None), |number| Ok(book.get(table, number)?))
    }

    /// Which of the records with the natural key of a row it speaks of: where there are several, or may be, the one that it
    /// agrees with, else the first that no earlier row of the file spoke of.
    fn one_of(&self, sharing: &[i64], cells: &[Option<String>]) -> Result<Option<i64>, CallError> {
        let first = sharing.first().copied();
        if sharing.len() < 2 && self.table.key_rule.repeats.is_none() {
            return Ok(first);
        }
        let free: Vec<i64> = sharing.iter().copied().filter(|row| !self.records_seen.contains_key(row)).collect();
        if free.len() < 2 {
            return Ok(free.first().copied());
        }
        let records = self.open.book.get_many(&self.table.name, &free)?;
        let agrees = |record: &store::Record| !cells.iter().zip(&record.values).any(differs_from);
        let same = records.into_iter().flatten().find(agrees).map(|record| record.row);
        Ok(same.or(free.first().copied()))
    }

    /// Whether an earlier row of the file has the same natural key; remembers this one.
    fn seen_key(&mut self, values: &Values) -> bool {
        let Some(key) = standard::key::record_key(self.table, &self.school, &self.period, values) else { return false };
        self.keys_seen.insert(key, self.rows.len()).is_some()
    }

    /// Puts the book's value back into cells that still show its mask: the clerk did not change them.
    fn unmask(&self, cells: &mut [Option<String>], values: &Values) {
        for ((cell, field), value) in cells.iter_mut().zip(&self.table.fields).zip(values) {
            if cell.as_deref().is_some_and(|text| is_masked_text(field, text, value)) {
                *cell = Some(value.clone());
            }
        }
    }

    /// Moves masks of other values than the book's to `unreadable`: a mask is not a value and must not get into the book.
    fn set_masks_aside(&self, cells: &mut [Option<String>], unreadable: &mut BTreeMap<String, String>) {
        for (cell, field) in cells.iter_mut().zip(&self.table.fields) {
            if let Some(text) = cell.take_if(|text| looks_masked(field, text)) {
                unreadable.insert(field.column.clone(), text);
            }
        }
    }
}

/// Whether a cell of a file has another value than the book; a missing one has not.
fn differs_from((cell, value): (&Option<String>, &String)) -> bool {
    cell.as_ref().is_some_and(|cell| cell != value)
}

/// The record as it would be: what the file says over what the book has.
pub(super) fn merged(table: &Table, book: Option<&Values>, cells: &[Option<String>]) -> Values {
    (0..table.fields.len())
        .map(|position| {
            let old = || book.map(|values| values[position].clone()).unwrap_or_default();
            cells.get(position).cloned().flatten().unwrap_or_else(old)
        })
        .collect()
}
