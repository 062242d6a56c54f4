//! Which record of the book a row of a file is about, and what it would change.
//!
//! The natural key finds the record. The hidden mark of a row is a hint: clerks copy rows, and sort columns apart. A
//! mark that occurs twice identifies no record, so rows that only their mark could match wait until the whole sheet is
//! read; all others are matched at once. Rows go into the book page by page: a sheet of a million is never held in
//! memory.

mod normal;
mod row;
mod target;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use check::{Remembered, TableChecker};
use standard::cell::Values;
use standard::{Level, Table};
use store::{Asked, CellKind, Conflict, Known, Past, ProposedRow, Record, RowKind};
use workbook::{CellIn, RecordMark, Remark, RowIn, Stamp, is_masked_text, looks_masked};

use self::normal::Normal;
use self::row::{Pending, Target, Told, Waits};
use super::keyless::Keyless;
use super::outcome::{changes, keep_what_counts, kind_of, with_said};
use super::seen::Seen;
use super::sharing::{RowSays, one_of};
use super::written::{as_written, marks_then};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::verify::checks::Checks;

/// Rows that are matched, and then written into the book, at once. Each writing costs the readers what they keep of the
/// book.
const PAGE: usize = 4000;

/// Name of the reason why a mask cannot be read.
const MASKED: &str = "masked";

/// Matches the rows of one sheet with the book.
pub(super) struct Matching<'a> {
    open: &'a OpenBook,
    table: &'a Table,
    /// Number of the sheet in the book.
    sheet: i64,
    seen: &'a mut Seen,
    checker: Arc<TableChecker>,
    /// Texts that the checker found right.
    remembered: Remembered,
    normal: Normal,
    period: String,
    school: String,
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
    /// Rows that are not matched yet.
    pending: Vec<Pending>,
    /// Records that the rows of the present page may be about.
    known: Known,
    /// Rows that are not in the book yet.
    page: Vec<ProposedRow>,
    found: Matched,
    /// Rows whose mark was ignored: how many, and the line of the first.
    ignored: (u64, u32),
}

/// What was found in a sheet beside its rows.
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
        let checker = open.extensions.get::<Checks>().checker(open, table);
        Ok(Matching {
            open,
            table,
            sheet,
            seen,
            normal: Normal::new(checker.clone(), table),
            checker,
            remembered: Remembered::default(),
            period: open.period(),
            school: open.settings().college.code,
            past,
            marks_then,
            masked: stamp.is_some_and(|s| s.masked),
            keyless: None,
            marks: HashMap::new(),
            by_key: HashSet::new(),
            pending: Vec::new(),
            known: Known::default(),
            page: Vec::new(),
            found: Matched::default(),
            ignored: (0, 0),
        })
    }

    /// The number of rows that were taken.
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
        row.cells.reserve_exact(read.len());
        for (position, cell) in read.into_iter().enumerate() {
            let field = &self.table.fields[position];
            row.cells.push(match cell {
                CellIn::Absent => None,
                CellIn::Value(text) if self.masked && looks_masked(field, &text) => {
                    masks.push((position, text));
                    None
                }
                CellIn::Value(text) => Some(self.normal.of(position, text)),
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
        let natural = with_said(&mut row.cells, |said| self.key_of(said));
        self.pending.push(Pending { row, mark, masks, natural });
        if self.pending.len() >= PAGE { self.match_pending() } else { Ok(()) }
    }

    /// Matches the rows that were taken with the book, which is asked once for all of them.
    fn match_pending(&mut self) -> Result<(), CallError> {
        let pending = std::mem::take(&mut self.pending);
        let mut asked = Asked::default();
        for one in &pending {
            match &one.mark {
                Some(RecordMark::Key(key)) => asked.keys.push(key.clone()),
                Some(RecordMark::Row(row)) => asked.rows.push(*row),
                None => {}
            }
            asked.rows.extend(one.mark.as_ref().and_then(|mark| self.marks_then.get(mark)));
            asked.naturals.extend(one.natural.clone());
        }
        self.known = self.open.book.known(&self.table.name, &self.period, &asked)?;
        pending.into_iter().try_for_each(|one| self.match_one(one))
    }

    fn match_one(&mut self, one: Pending) -> Result<(), CallError> {
        let Pending { mut row, mark, masks, natural: key } = one;
        let marked = self.marked(mark.as_ref())?;
        let is_named = self.is_named(&row.cells);
        let mut natural =
            key.as_deref().filter(|_| is_named).map_or(&[][..], |key| self.known.by_natural(key)).to_vec();
        // A key that spreadsheets change, such as one with an exponent, is read as another key.
        if let (Some(marked), true) = (marked, natural.is_empty())
            && let Some(record) = self.record(marked)?
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
                None if key.is_some() => Target::New,
                None => self.keyless(&row.cells)?.map_or(Target::New, Target::Record),
            },
        };
        let told = Told { marked, was_written: mark.is_some(), masks, key: Some(key) };
        self.settle(&mut row, target, told)?;
        self.push(row)
    }

    /// Notes that the file was written with records of this book, so that missing ones can be found.
    fn with_rows(&mut self, has_mark: bool) {
        if has_mark && !self.masked && self.found.past.is_none() {
            self.found.past = self.past.clone();
        }
    }

    /// Puts the value of the book into every cell that shows what this program writes for that value.
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

    /// Matches the rows that wait for the end of the sheet, and returns what was noticed.
    pub fn finish(mut self) -> Result<Matched, CallError> {
        self.match_pending()?;
        self.known = Known::default();
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
                self.settle(row, target, Told { marked: Some(marked), was_written: true, masks, key: None })?;
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

    /// Decides what a row would do.
    fn settle(&mut self, row: &mut ProposedRow, target: Target, told: Told) -> Result<(), CallError> {
        let Told { marked, was_written, masks, key } = told;
        let number = match target {
            Target::Record(number) | Target::OtherKey(number) => Some(number),
            Target::New | Target::Deleted(_) => None,
        };
        if marked.is_some_and(|marked| number != Some(marked)) {
            self.ignored = (self.ignored.0 + 1, if self.ignored.0 == 0 { row.line } else { self.ignored.1 });
        }
        let record = number.map(|number| self.record(number)).transpose()?.flatten();
        let base = record.as_ref().filter(|_| was_written).and_then(|record| self.base(record.row, &record.values));
        for (at, text) in masks {
            let shows = |values: &Values| is_masked_text(&self.table.fields[at], &text, &values[at]);
            // A cell that still shows the mask was not changed; another masked text is not a value.
            if !record.as_ref().is_some_and(|r| shows(&r.values)) && !base.as_ref().is_some_and(shows) {
                row.unreadable.insert(at, (MASKED.to_owned(), text));
            }
        }
        if let Some(record) = &record {
            self.as_written(row, record, base.as_ref());
        }
        if let Target::Deleted(number) = target {
            // If the clerk restores the record, the values of columns that the file does not have are restored, too.
            let was = self.past.as_ref().and_then(|past| past.values(self.table, number, None)).unwrap_or_default();
            for ((at, cell), was) in row.cells.iter_mut().enumerate().zip(was) {
                if cell.is_none() && !row.unreadable.contains_key(&at) && !self.table.fields[at].is_system() {
                    *cell = Some(was);
                }
            }
        }
        row.target = record.as_ref().map(|record| record.row);
        let key = match key {
            Some(key) if !matches!(target, Target::Deleted(_)) => key,
            _ => with_said(&mut row.cells, |said| self.key_of(said)),
        };
        row.key = key.filter(|_| record.is_none());
        let (at, hash) = ((self.sheet, row.no), hash_of(&row.cells));
        let earlier = match row.target {
            Some(number) => self.seen.record(&self.table.name, number, at, hash),
            // Where records may share a natural key, equal rows are different records.
            None if self.table.key_rule.repeats.is_some() => None,
            None => row.key.as_deref().and_then(|key| self.seen.key(key, at, hash)),
        };
        let (checker, remembered, mut found) = (&self.checker, &mut self.remembered, Vec::new());
        if let Some(record) = &record {
            let mut values = record.values.clone();
            for (at, cell) in changes(base.as_ref(), record, &row.cells) {
                if let (CellKind::Changed, Some(text)) = (cell.kind, &row.cells[at]) {
                    values[at].clone_from(text);
                }
                row.changes.push(cell);
            }
            checker.cells_of_many(remembered, None, &values, &mut found);
        } else {
            with_said(&mut row.cells, |said| checker.cells_of_many(remembered, None, said, &mut found));
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
        self.found.findings += found.iter().filter(|f| f.level == Level::Mandatory).count() as u64;
        Ok(())
    }
}

fn hash_of(cells: &[Option<String>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    cells.hash(&mut hasher);
    hasher.finish()
}
