//! Moving a book to another edition: in place, in one transaction, with a copy of the book as it was beside it.
//!
//! The caller decides where the values of each record go ([`Carried`]); this file makes sure that no value is lost:
//!
//! - Records of tables that both editions have stay under their number, with their record key if that is fixed. Cells
//!   without a place leave the record, are written down in the table `aside`, and their columns stay in the file.
//! - Tables that only the old edition has keep their records under another name; each record is written down in
//!   `aside`, with the place where it went to, if it did.
//! - Everything that changes is one step of the log. What was done before it cannot be undone by itself any more.
//! - Findings are removed, except those of receipts about cells that did not change; the caller runs the checks again.
//!
//! If the program ends in the middle, the book is either unchanged or completely moved.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;
use standard::cell::Values;
use standard::{Edition, Table};

use crate::book::handle::{Book, TransactionEnd};
use crate::file::connection::{beside, sync_folder};
use crate::numbers::recount::Recount;
use crate::records::derived::Cells;
use crate::records::ordering;
use crate::records::stored::{self, Record, StoredRecord};
use crate::records::table_sql::{EditionSql, TableSql};
use crate::records::write::Writing;
use crate::tables::change::{self, Change, Op, is_logged};
use crate::tables::change_of_import;
use crate::tables::edition_move::{self, NewMove};
use crate::tables::set_aside::{self, NewSetAside};
use crate::tables::step::{self, Step, StepKind};
use crate::tables::{delivery, finding, metadata, setting};
use crate::{StoreError, edition_tables};

/// A move to another edition.
#[derive(Debug, Clone)]
pub struct Adoption<'a> {
    /// The edition that the book is to have.
    pub edition: Arc<Edition>,
    /// File that the book is copied to first. It must not exist and must be in the folder of the book.
    pub copy: &'a Path,
    /// Moment of the move.
    pub at: Timestamp,
    /// Person at the PC; may be empty.
    pub who: &'a str,
    /// Period of records that had no period and have one in the new edition.
    pub period: &'a str,
    /// New values of settings; `null` removes one.
    pub settings: Vec<(String, serde_json::Value)>,
}

/// Where the values of one record go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Its values in the table of the same name, in the order of that table's fields in the new edition. Absent if the
    /// new edition has no such table; required if it has.
    pub stays: Option<Values>,
    /// New records of other tables that are made of it; the first entry is this record, now in another table.
    pub goes: Vec<(String, Values)>,
    /// Columns of the old table whose cells have no place in the new edition.
    pub set_aside: Vec<String>,
}

/// Is called with the number of records that are done; the move ends when it returns `Break`.
pub type MoveProgress<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

impl Book {
    /// How many batches prevent a move: those with a delivery that waits, is being sent, or has no result yet.
    pub fn batches_under_way(&self) -> Result<u64, StoreError> {
        self.read(delivery::batches_under_way)
    }

    /// Moves the book to another edition: copies it, then carries every record over, all or nothing. On an error the
    /// book is as it was and the copy is gone. Returns the number of the step.
    ///
    /// `carry` is asked once for each record, table by table in printed order, by number.
    pub fn adopt(
        &mut self,
        adoption: &Adoption<'_>,
        carry: &mut dyn FnMut(&Table, &Record) -> Carried,
        progress: MoveProgress<'_>,
    ) -> Result<i64, StoreError> {
        if self.batches_under_way()? > 0 {
            return Err(StoreError::UnderWay { batches: self.batches_under_way()? });
        }
        if adoption.copy.exists() {
            return Err(StoreError::Exists { file: adoption.copy.display().to_string() });
        }
        // Until the book has moved, the copy has the ending `.half`, so that a crash leaves nothing that looks like a
        // book.
        let half = beside(adoption.copy, ".half");
        self.back_up(&half)?;
        let edition_sql = EditionSql::new(&adoption.edition);
        let done = self.write(|connection| {
            let mut moving = Moving::begin(self, adoption, &edition_sql, connection)?;
            moving.tables(carry, progress)?;
            let step = moving.end()?;
            standard::file::rename_patiently(&half, adoption.copy)
                .map_err(|error| StoreError::opening(adoption.copy, &error))?;
            sync_folder(adoption.copy);
            Ok(TransactionEnd::Commit(step))
        });
        match done {
            Ok(step) => {
                self.set_edition(Arc::clone(&adoption.edition));
                Ok(step)
            }
            Err(error) => {
                // The book is as it was, so the copy is not needed.
                let _ = std::fs::remove_file(&half);
                let _ = std::fs::remove_file(adoption.copy);
                Err(error)
            }
        }
    }
}

/// One move while it is being made.
struct Moving<'a> {
    book: &'a Book,
    adoption: &'a Adoption<'a>,
    edition_sql: &'a EditionSql,
    connection: &'a Connection,
    /// Kept numbers are not updated: after a move everything is counted anew.
    recount: Recount<'a>,
    school: String,
    step: i64,
    /// Number of the move in the book.
    no: i64,
    done: u64,
    touched: BTreeSet<(String, i64)>,
}

impl<'a> Moving<'a> {
    fn begin(
        book: &'a Book,
        adoption: &'a Adoption<'a>,
        edition_sql: &'a EditionSql,
        connection: &'a Connection,
    ) -> Result<Self, StoreError> {
        let (from, to) = (&book.edition().id, &adoption.edition.id);
        let step = Step {
            at: adoption.at,
            who: adoption.who.to_owned(),
            kind: StepKind::Move,
            note: format!("{from} → {to}"),
            period: adoption.period.to_owned(),
        };
        let step = step::begin(connection, &step)?;
        let Adoption { at, who, copy, .. } = *adoption;
        let no = edition_move::insert(connection, &NewMove { from, to, at, who, step, copy })?;
        metadata::set(connection, metadata::EDITION, to)?;
        // The fields that derived columns are computed from may have changed: each record is written anew below.
        edition_tables::adapt(connection, &adoption.edition)?;
        let school = metadata::get(connection, metadata::SCHOOL)?;
        let recount = Recount::idle(connection);
        let touched = BTreeSet::new();
        Ok(Moving { book, adoption, edition_sql, connection, recount, school, step, no, done: 0, touched })
    }

    fn tables(
        &mut self,
        carry: &mut dyn FnMut(&Table, &Record) -> Carried,
        progress: MoveProgress<'_>,
    ) -> Result<(), StoreError> {
        let edition = Arc::clone(self.book.edition());
        for table in &edition.tables {
            let old = self.book.table_sql(&table.name)?;
            change_of_import::keep_all(self.connection, &table.name)?;
            for row in rows_of(self.connection, old)? {
                let Some(stored) = stored::get(self.connection, old, row)? else { continue };
                let carried = carry(table, &stored.record);
                self.record(old, stored, carried)?;
                self.done += 1;
                if progress(self.done).is_break() {
                    return Err(StoreError::Failed { reason: "stopped".into() });
                }
            }
            if self.adoption.edition.table(&table.name).is_none() {
                edition_tables::put_away(self.connection, self.no, &table.name)?;
            }
        }
        Ok(())
    }

    /// Carries one record over.
    fn record(&mut self, old: &TableSql, stored: StoredRecord, carried: Carried) -> Result<(), StoreError> {
        let before = stored.record.clone();
        let mut to = None;
        if let Some(values) = carried.stays {
            let new = self.edition_sql.of(old.name())?;
            self.stay(old, new, stored, values)?;
            to = Some((old.name().to_owned(), before.row));
        }
        for (table, values) in carried.goes {
            let new = self.edition_sql.of(&table)?;
            let row = self.add(new, &before.period, values)?;
            to.get_or_insert((table, row));
        }
        let gone = self.adoption.edition.table(old.name()).is_none();
        if gone || !carried.set_aside.is_empty() {
            let new = NewSetAside { no: self.no, table: old.table(), record: &before, columns: &carried.set_aside, to };
            set_aside::insert(self.connection, &new)?;
        }
        Ok(())
    }

    /// The record stays in its table.
    fn stay(
        &mut self,
        old: &TableSql,
        new: &TableSql,
        mut stored: StoredRecord,
        mut values: Values,
    ) -> Result<(), StoreError> {
        values.resize(new.table().fields.len(), String::new());
        let (row, ordering_key) = (stored.record.row, stored.ordering_key);
        let differ = differences(old.table(), &stored.record.values, new.table(), &values)?;
        let period = self.period(new, &stored.record.period);
        if period != stored.record.period {
            let moved = Change {
                period: Some(&period),
                ordering_before: Some(ordering_key),
                ordering_after: Some(ordering_key),
                ..Change::of(Op::Reorder)
            };
            change::insert(self.connection, self.step, new.name(), row, &moved)?;
            finding::set_period(self.connection, new.name(), row, &period)?;
            stored.record.period = period;
        }
        // A record of which only derived columns change does not count as changed by this step.
        let step = if differ.columns.is_empty() { stored.record.changed } else { self.step };
        stored.record.values = values;
        Writing { step, ..self.writing() }.update(new, &mut stored)?;
        if !differ.columns.is_empty() {
            for column in &differ.columns {
                self.writing().forget_receipt(new, row, column)?;
            }
            let change = Change { before: Some(differ.before), after: Some(differ.after), ..Change::of(Op::Update) };
            change::insert(self.connection, self.step, new.name(), row, &change)?;
            self.touched.insert((new.name().to_owned(), row));
        }
        Ok(())
    }

    /// A record goes into another table.
    fn add(&mut self, new: &TableSql, period: &str, mut values: Values) -> Result<i64, StoreError> {
        values.resize(new.table().fields.len(), String::new());
        let period = &self.period(new, period);
        let ordering_key = ordering::at_end(self.connection, new, period)?;
        let row = self.writing().insert(new, None, period, ordering_key, &mut values)?;
        let after = change::filled_cells(new, &values)?;
        let change = Change {
            period: Some(period),
            ordering_after: Some(ordering_key),
            after: Some(after),
            ..Change::of(Op::Insert)
        };
        change::insert(self.connection, self.step, new.name(), row, &change)?;
        self.touched.insert((new.name().to_owned(), row));
        Ok(row)
    }

    /// The period that a record carries in the new edition.
    fn period(&self, new: &TableSql, old: &str) -> String {
        new.table().period.kept_as(old, self.adoption.period)
    }

    fn writing(&self) -> Writing<'_> {
        let (connection, school, recount) = (self.connection, self.school.as_str(), &self.recount);
        Writing { connection, school, step: self.step, recount, later: None }
    }

    fn end(self) -> Result<i64, StoreError> {
        finding::keep_receipts_only(self.connection, &self.adoption.edition)?;
        for (name, value) in &self.adoption.settings {
            setting::set(self.connection, name, value)?;
        }
        step::end(self.connection, self.step, &self.touched)?;
        // The steps before this one name tables and columns of the old edition.
        step::raise_undo_barrier(self.connection)?;
        Ok(self.step)
    }
}

fn rows_of(connection: &Connection, table_sql: &TableSql) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT _row FROM {} ORDER BY _row", table_sql.quoted_name))?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The cells of the log that differ, as JSON.
struct Differences {
    columns: Vec<String>,
    before: String,
    after: String,
}

/// What differs between a record and itself in the new edition; a column that is not there is empty.
fn differences(old: &Table, before: &[String], new: &Table, after: &[String]) -> Result<Differences, StoreError> {
    let (before, after) = (logged(old, before), logged(new, after));
    let columns: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let columns: Vec<&str> = columns.into_iter().filter(|c| value(&before, c) != value(&after, c)).collect();
    let json = |cells| {
        let cells = columns.iter().map(|column| (*column, value(cells, column)));
        serde_json::to_string(&Cells(cells)).map_err(|e| StoreError::Failed { reason: e.to_string() })
    };
    Ok(Differences {
        before: json(&before)?,
        after: json(&after)?,
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
    })
}

fn value<'v>(cells: &BTreeMap<&str, &'v str>, column: &str) -> &'v str {
    cells.get(column).copied().unwrap_or("")
}

/// The cells that the log keeps, by column.
fn logged<'v>(table: &'v Table, values: &'v [String]) -> BTreeMap<&'v str, &'v str> {
    let logged = table.fields.iter().zip(values).filter(|(field, _)| is_logged(field));
    logged.map(|(field, value)| (field.column.as_str(), value.as_str())).collect()
}

#[cfg(test)]
mod tests;
