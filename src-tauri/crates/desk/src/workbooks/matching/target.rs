//! The record that a row is about.

use standard::cell::Values;
use store::Record;
use workbook::RecordMark;

use super::Matching;
use super::row::Target;
use crate::session::api::CallError;
use crate::workbooks::keyless::Keyless;
use crate::workbooks::outcome::said;

impl Matching<'_> {
    /// The record that a mark names: by the keys of today, or by those that the records had when the file was written.
    /// The number of a record means something only in the book that wrote the file.
    pub(super) fn marked(&self, mark: Option<&RecordMark>) -> Result<Option<i64>, CallError> {
        let Some(mark) = mark else { return Ok(None) };
        let today = match mark {
            RecordMark::Key(key) => self.known.by_key(key),
            RecordMark::Row(row) => Some(*row).filter(|_| self.past.is_some()),
        };
        let Some(row) = today.or_else(|| self.marks_then.get(mark).copied()) else { return Ok(None) };
        Ok(self.record(row)?.map(|record| record.row))
    }

    /// A record of the book.
    pub(super) fn record(&self, row: i64) -> Result<Option<Record>, CallError> {
        match self.known.record(row) {
            Some(record) => Ok(Some(record.clone())),
            None => Ok(self.open.book.get(&self.table.name, row)?),
        }
    }

    /// Whether a row has a value in its natural key. A file without these columns cannot name a record by it. Columns
    /// that the program fills do not count: they are in no file, and a table with one record for the school has only
    /// these.
    pub(super) fn is_named(&self, cells: &[Option<String>]) -> bool {
        let mut key = self.table.natural_key.iter().filter_map(|column| self.table.position(column));
        let is_filled_in = |at: usize| self.table.fields[at].is_system();
        self.table.natural_key.is_empty() || key.clone().all(is_filled_in) || key.any(|at| cells[at].is_some())
    }

    /// The records with the natural key of a row.
    pub(super) fn natural(&self, cells: &[Option<String>]) -> Result<Vec<i64>, CallError> {
        match self.is_named(cells) {
            true => Ok(self.open.book.find_by_natural(&self.table.name, &self.period, &said(cells))?),
            false => Ok(Vec::new()),
        }
    }

    /// The record without a natural key that has the values of such a row.
    pub(super) fn keyless(&mut self, cells: &[Option<String>]) -> Result<Option<i64>, CallError> {
        let known = match self.keyless.take() {
            Some(known) => known,
            None => Keyless::read(self.open, self.table, &self.period)?,
        };
        self.keyless.insert(known).of(self.open, self.table, self.seen, cells)
    }

    /// The record of a row whose natural key no record of the book has, by its mark. `alone`: no other row of the sheet
    /// has this mark or is about its record.
    pub(super) fn by_mark(&self, marked: i64, alone: bool, cells: &[Option<String>]) -> Result<Target, CallError> {
        let Some(record) = self.open.book.get(&self.table.name, marked)?.filter(|_| alone) else {
            return Ok(Target::New);
        };
        let is_key = |at: usize| self.table.natural_key.contains(&self.table.fields[at].column);
        let filled = |at: usize| cells[at].as_ref().filter(|text| !text.is_empty());
        let positions = || 0..cells.len();
        // If the table has no natural key, or the row has no value in it, nothing contradicts the mark.
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

    /// The values of a record when the file was written; absent where it was not in the book, or the file is not from
    /// it.
    pub(super) fn base(&self, row: i64, now: &Values) -> Option<Values> {
        self.past.as_ref()?.values(self.table, row, Some(now))
    }

    /// The record key that is computed from these values.
    pub(super) fn key_of(&self, values: &Values) -> Option<String> {
        standard::key::record_key(self.table, &self.school, &self.period, values)
    }
}
