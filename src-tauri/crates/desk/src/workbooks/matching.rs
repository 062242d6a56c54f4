//! Which record of the book a row of a file speaks of, and what it would change.
//!
//! The natural key finds the record. The hidden mark of a row is a hint: clerks copy rows, and sort columns apart. A mark
//! that stands twice says nothing, so rows that only their mark could match wait until the whole sheet is read; all
//! others are matched as they come. Rows go into the book page by page: a sheet of a million is never held in memory.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use check::TableChecker;
use serde::{Deserialize, Serialize};
use standard::cell::Values;
use standard::{Level, Table};
use store::{CellKind, Conflict, Past, ProposedRow, Record, RowKind};
use workbook::{CellIn, RecordMark, Remark, RowIn, Stamp, is_masked_text, looks_masked};

use super::keyless::Keyless;
use super::outcome::{changes, keep_what_counts, kind_of, said};
use super::seen::Seen;
use super::sharing::{RowSays, one_of};
use super::written::{as_written, marks_then};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::verify::checks::Checks;

/// Rows that are written into the book at once.
const PAGE: usize = 1000;

/// Name of the reason why a mask cannot be read.
const MASKED: &str = "masked";

/// Rows of one sheet against the book.
pub(super) struct Matching<'a> {
    open: &'a OpenBook,
    table: &'a Table,
    /// Number of the sheet in the book.
    sheet: i64,
    seen: &'a mut Seen,
    checker: Arc<TableChecker>,
    period: String,
    /// What has changed since the file was written; absent: the file is not from this book.
    past: Option<Past>,
    /// Marks that records changed since had when the file was written.
    marks_then: HashMap<RecordMark, i64>,
    /// Whether personal values are masked in the file.
    masked: bool,
    /// Records without a natural key; read when the first row without one comes.
    keyless: Option<Keyless>,
    /// How many rows carry the mark of a record.
    marks: HashMap<i64, u32>,
    /// Records that rows name by their natural key.
    by_key: HashSet<i64>,
    /// Rows that are not in the book yet.
    page: Vec<ProposedRow>,
    found: Matched,
    /// Rows whose mark was passed over: how many, and the line of the first.
    ignored: (u64, u32),
}

/// What was noticed in a sheet.
#[derive(Default)]
pub(super) struct Matched {
    pub rows: u64,
    /// Mandatory findings that the rows would have.
    pub findings: u64,
    /// What has changed since the file was written; absent where it was not written from this book, carries no records,
    /// or masks some.
    pub past: Option<Past>,
    pub remarks: Vec<Remark>,
}

/// What a row speaks of.
enum Target {
    New,
    Record(i64),
    /// A correction of this record, or another record: the clerk decides.
    OtherKey(i64),
    /// A record that is not in the book any more.
    Deleted(i64),
}

/// What is needed to match a row once the whole sheet is read.
#[derive(Serialize, Deserialize)]
struct Waits {
    /// The record that the mark names.
    marked: i64,
    masks: Masks,
}

/// Cells with a masked value: positions of the fields, and what stands there.
type Masks = Vec<(usize, String)>;

impl<'a> Matching<'a> {
    pub fn new(
        open: &'a OpenBook,
        table: &'a Table,
        stamp: Option<&Stamp>,
        sheet: i64,
        seen: &'a mut Seen,
    ) -> Result<Self, CallError> {
        let step = stamp.filter(|stamp| stamp.book == open.id).map(|stamp| stamp.step);
        let past = step.map(|step| open.book.past(&table.name, step)).transpose()?;
        let marks_then = past.as_ref().map(|past| marks_then(open, table, past)).transpose()?.unwrap_or_default();
        Ok(Matching {
            open,
            table,
            sheet,
            seen,
            checker: open.extensions.get::<Checks>().checker(open, table),
            period: open.period(),
            past,
            marks_then,
            masked: stamp.is_some_and(|s| s.masked),
            keyless: None,
            marks: HashMap::new(),
            by_key: HashSet::new(),
            page: Vec::new(),
            found: Matched::default(),
            ignored: (0, 0),
        })
    }

    /// So many rows were taken.
    pub fn rows(&self) -> u64 {
        self.found.rows
    }

    /// Takes the next row of the file.
    pub fn take(&mut self, row: RowIn) -> Result<(), CallError> {
        let RowIn { line, mark, cells: read, left_out } = row;
        let no = u32::try_from(self.found.rows).map_err(|_| CallError::failed("more rows than a sheet can have"))?;
        self.found.rows += 1;
        let mut row = ProposedRow::new(no, line, RowKind::LeftOut);
        let mut masks = Vec::new();
        for (position, cell) in read.into_iter().enumerate() {
            let field = &self.table.fields[position];
            row.cells.push(match cell {
                CellIn::Absent => None,
                CellIn::Value(text) if self.masked && looks_masked(field, &text) => {
                    masks.push((position, text));
                    None
                }
                CellIn::Value(text) => Some(self.checker.normalise(&field.column, &text)),
                CellIn::Unreadable(why) => {
                    row.unreadable.insert(position, (why.code().to_owned(), why.shown().to_owned()));
                    None
                }
            });
        }
        if let Some(reason) = left_out {
            row.left_out = Some(reason.code().to_owned());
            return self.push(row);
        }
        let (marked, mut natural) = (self.marked(mark.as_ref())?, self.natural(&row.cells)?);
        // A key that no spreadsheet keeps reads as another one.
        if let (Some(marked), true) = (marked, natural.is_empty())
            && let Some(record) = self.open.book.get(&self.table.name, marked)?
        {
            let base = self.base(record.row, &record.values);
            self.as_written(&mut row, &record, base.as_ref());
            natural = self.natural(&row.cells)?;
        }
        marked.iter().for_each(|marked| *self.marks.entry(*marked).or_default() += 1);
        self.by_key.extend(natural.first());
        self.with_rows(mark.is_some());
        let by_mark = marked.filter(|marked| natural.contains(marked));
        let target = match (
            marked,
            one_of(
                self.open,
                self.table,
                self.seen,
                &natural,
                &RowSays { by_mark, mark: mark.as_ref(), cells: &row.cells },
            )?,
        ) {
            (_, Some(natural)) => Target::Record(natural),
            (Some(marked), None) => {
                let waits = serde_json::to_string(&Waits { marked, masks });
                row.waits = Some(waits.map_err(|_| CallError::failed("a row is not JSON"))?);
                return self.push(row);
            }
            (None, None) => match mark.as_ref().and_then(|mark| self.marks_then.get(mark)) {
                Some(deleted) => Target::Deleted(*deleted),
                None => self.keyless(&row.cells)?.map_or(Target::New, Target::Record),
            },
        };
        self.settle(&mut row, target, marked, mark.is_some(), masks)?;
        self.push(row)
    }

    /// The file carries records of this book, so that those that are missing in it can be told.
    fn with_rows(&mut self, has_mark: bool) {
        if has_mark && !self.masked && self.found.past.is_none() {
            self.found.past = self.past.clone();
        }
    }

    /// Puts the value of the book into every cell that reads as that value reads when it is written.
    fn as_written(&self, row: &mut ProposedRow, record: &Record, base: Option<&Values>) {
        let known: Vec<&Values> = std::iter::once(&record.values).chain(base).collect();
        as_written(&self.open.edition, self.table, &self.checker, row, &known);
    }

    fn push(&mut self, row: ProposedRow) -> Result<(), CallError> {
        self.page.push(row);
        if self.page.len() >= PAGE { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), CallError> {
        let page = std::mem::take(&mut self.page);
        if page.is_empty() { Ok(()) } else { Ok(self.open.book.add_proposal_rows(self.sheet, &page)?) }
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

    /// The records with the natural key of a row. A file without these columns names no record by it; the columns that
    /// the program fills (a table with one record for the school) are in no file and the same in every row.
    fn natural(&self, cells: &[Option<String>]) -> Result<Vec<i64>, CallError> {
        let mut key = self.table.natural_key.iter().filter_map(|column| self.table.position(column));
        let is_named = |at: usize| cells[at].is_some();
        let is_filled_in = |at: usize| self.table.fields[at].is_system();
        if !self.table.natural_key.is_empty() && !key.clone().all(is_filled_in) && !key.any(is_named) {
            return Ok(Vec::new());
        }
        Ok(self.open.book.find_by_natural(&self.table.name, &self.period, &said(cells))?)
    }

    /// The record without a natural key that says what such a row says.
    fn keyless(&mut self, cells: &[Option<String>]) -> Result<Option<i64>, CallError> {
        if self.new_key(cells).is_some() {
            return Ok(None);
        }
        let known = match self.keyless.take() {
            Some(known) => known,
            None => Keyless::read(self.open, self.table, &self.period)?,
        };
        self.keyless.insert(known).of(self.open, self.table, self.seen, cells)
    }

    /// Matches the rows that wait for the end of the sheet, and answers what was noticed.
    pub fn finish(mut self) -> Result<Matched, CallError> {
        self.write()?;
        loop {
            let mut rows = self.open.book.proposal_rows_to_match(self.sheet, PAGE as u64)?;
            if rows.is_empty() {
                break;
            }
            for row in &mut rows {
                let waits: Option<Waits> = row.waits.take().and_then(|text| serde_json::from_str(&text).ok());
                let Some(Waits { marked, masks }) = waits else { continue };
                let alone = self.marks.get(&marked) == Some(&1) && !self.by_key.contains(&marked);
                let target = self.by_mark(marked, alone, &row.cells)?;
                self.settle(row, target, Some(marked), true, masks)?;
            }
            let rows: Vec<_> = rows.into_iter().map(|row| (row.no, Some(row))).collect();
            self.open.book.replace_proposal_rows(self.sheet, &rows)?;
        }
        let (rows, line) = self.ignored;
        if rows > 0 {
            let params = vec![("rows", rows.to_string()), ("line", line.to_string())];
            self.found.remarks.push(Remark { code: "mark-ignored", params });
        }
        Ok(self.found)
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

    /// Says what a row would do.
    fn settle(
        &mut self,
        row: &mut ProposedRow,
        target: Target,
        marked: Option<i64>,
        was_written: bool,
        masks: Masks,
    ) -> Result<(), CallError> {
        let number = match target {
            Target::Record(number) | Target::OtherKey(number) => Some(number),
            Target::New | Target::Deleted(_) => None,
        };
        if marked.is_some_and(|marked| number != Some(marked)) {
            self.ignored = (self.ignored.0 + 1, if self.ignored.0 == 0 { row.line } else { self.ignored.1 });
        }
        let record = number.map(|number| self.open.book.get(&self.table.name, number)).transpose()?.flatten();
        let base = record.as_ref().filter(|_| was_written).and_then(|record| self.base(record.row, &record.values));
        for (at, text) in masks {
            let shows = |values: &Values| is_masked_text(&self.table.fields[at], &text, &values[at]);
            // A cell that still shows the mask was left alone; another mask is nobody's value.
            if !record.as_ref().is_some_and(|r| shows(&r.values)) && !base.as_ref().is_some_and(shows) {
                row.unreadable.insert(at, (MASKED.to_owned(), text));
            }
        }
        if let Some(record) = &record {
            self.as_written(row, record, base.as_ref());
        }
        if let Target::Deleted(number) = target {
            // What the file has no column for comes back with the record, where the clerk wants it back.
            let was = self.past.as_ref().and_then(|past| past.values(self.table, number, None)).unwrap_or_default();
            for ((at, cell), was) in row.cells.iter_mut().enumerate().zip(was) {
                if cell.is_none() && !row.unreadable.contains_key(&at) && !self.table.fields[at].is_system() {
                    *cell = Some(was);
                }
            }
        }
        row.target = record.as_ref().map(|record| record.row);
        row.key = if record.is_none() { self.new_key(&row.cells) } else { None };
        let (at, hash) = ((self.sheet, row.no), hash_of(&row.cells));
        let earlier = match row.target {
            Some(number) => self.seen.record(&self.table.name, number, at, hash),
            // Where records may share what tells others apart, rows that are the same are records of their own.
            None if self.table.key_rule.repeats.is_some() => None,
            None => row.key.as_deref().and_then(|key| self.seen.key(key, at, hash)),
        };
        let mut values = record.as_ref().map_or_else(|| said(&row.cells), |record| record.values.clone());
        if let Some(record) = &record {
            for (at, cell) in changes(base.as_ref(), record, &row.cells) {
                if let (CellKind::Changed, Some(text)) = (cell.kind, &row.cells[at]) {
                    values[at].clone_from(text);
                }
                row.changes.push(cell);
            }
        }
        row.earlier = earlier.as_ref().map(|earlier| earlier.first);
        row.conflict = match target {
            _ if earlier.as_ref().is_some_and(|earlier| !earlier.same) => Some(Conflict::Twice),
            Target::OtherKey(_) => Some(Conflict::OtherKey),
            Target::Deleted(_) => Some(Conflict::Deleted),
            Target::New | Target::Record(_) => None,
        };
        row.kind = match () {
            () if earlier.is_some_and(|earlier| earlier.same) => RowKind::Doubled,
            () if !row.unreadable.is_empty() => RowKind::Unreadable,
            () => kind_of(row),
        };
        keep_what_counts(row);
        let mut found = Vec::new();
        self.checker.cells(None, &values, &mut found);
        self.found.findings += found.iter().filter(|f| f.level == Level::Mandatory).count() as u64;
        Ok(())
    }

    /// What tells a record that the book does not have from others.
    fn new_key(&self, cells: &[Option<String>]) -> Option<String> {
        standard::key::record_key(self.table, &self.open.settings().college.code, &self.period, &said(cells))
    }
}

fn hash_of(cells: &[Option<String>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    cells.hash(&mut hasher);
    hasher.finish()
}
