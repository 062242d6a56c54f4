//! Moving a book to another edition: in place, in one transaction, with the book as it was kept beside it.
//!
//! What becomes of each record is the caller's judgement ([`Carried`]); that nothing is lost on the way is kept here:
//!
//! - Records of tables that both editions have stay under their number, with their record key if that is fixed. Cells
//!   without a place leave the record, are written down in the table `aside`, and their columns stay in the file.
//! - Tables that only the old edition has keep their records under another name; each record is written down in `aside`,
//!   with the place where it went to, if it did.
//! - Everything that changes is one step of the log. What was done before it cannot be undone by itself any more.
//! - Findings go, but for those of receipts about cells that stand as they were; the caller checks anew.
//!
//! A program that dies leaves the book as it was, or moved; never between.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;
use standard::cell::Values;
use standard::{Edition, Table};

use crate::aside::{self, NewAside};
use crate::book::{Outcome, head};
use crate::changes::{self, Change, Op, is_logged};
use crate::derived::Cells;
use crate::findings::RECEIPT_RULE;
use crate::record::{self, Kept, json_texts};
use crate::rows::{Step, close_step, new_step};
use crate::schema::{self, quoted};
use crate::shape::{Shape, Shapes};
use crate::write::Writing;
use crate::{Book, Record, StoreError, place, settings};

/// Kind of the step that a move is in the log.
pub const MOVE: &str = "move";

/// A move to another edition.
#[derive(Debug, Clone)]
pub struct Adoption<'a> {
    /// The edition that the book is to have.
    pub edition: Arc<Edition>,
    /// File that the book is copied to first; nothing may stand there. It stands in the folder of the book.
    pub copy: &'a Path,
    /// When.
    pub at: Timestamp,
    /// Person at the PC; may be empty.
    pub who: &'a str,
    /// Period of records that spoke for none and speak for one in the new edition.
    pub period: &'a str,
    /// Settings that are to be others; `null` takes one away.
    pub settings: Vec<(String, serde_json::Value)>,
}

/// What becomes of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Its values in the table of the same name, in the order of that table's fields in the new edition. Absent where the
    /// new edition has no such table; must be given where it has.
    pub stays: Option<Values>,
    /// New records of other tables that are made of it; the first one is the record itself under another roof.
    pub goes: Vec<(String, Values)>,
    /// Columns of the old table whose cells have no place in the new edition.
    pub aside: Vec<String>,
}

/// How far a move is: called with the number of records done; ends the move when it breaks.
pub type Moved<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

impl Book {
    /// How many batches stand in the way of a move: those with a call that is to go out, is going out, or whose result is
    /// open.
    pub fn batches_under_way(&self) -> Result<u64, StoreError> {
        self.read(batches_under_way)
    }

    /// Hands every record of a table to `each`, of all periods, by number, until it breaks. Reads one snapshot.
    pub fn stream_all(&self, table: &str, mut each: impl FnMut(&Record) -> ControlFlow<()>) -> Result<(), StoreError> {
        let shape = self.shape(table)?;
        let sql = format!("SELECT {} FROM {} t ORDER BY t._row", shape.columns, shape.sql_name);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if each(&record::read(shape, row)?.record).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The periods that records of the table speak for; empty where they speak for none.
    pub fn periods(&self, table: &str) -> Result<Vec<String>, StoreError> {
        let sql = format!("SELECT DISTINCT _period FROM {} ORDER BY _period", self.shape(table)?.sql_name);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let periods = statement.query_map([], |r| r.get(0))?;
            Ok(periods.collect::<Result<_, _>>()?)
        })
    }

    /// How many records the table has, of all periods.
    pub fn count_all(&self, table: &str) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM {}", self.shape(table)?.sql_name);
        self.read(|connection| Ok(connection.prepare_cached(&sql)?.query_row([], |r| r.get(0))?))
    }

    /// Moves the book to another edition: copies it, then carries every record over, all or nothing. On an error the book
    /// is as it was and the copy is gone. Returns the number of the step.
    ///
    /// `carry` is asked once for each record, table by table in printed order, by number.
    pub fn adopt(
        &mut self,
        adoption: &Adoption<'_>,
        carry: &mut dyn FnMut(&Table, &Record) -> Carried,
        progress: Moved<'_>,
    ) -> Result<i64, StoreError> {
        if self.batches_under_way()? > 0 {
            return Err(StoreError::UnderWay { batches: self.batches_under_way()? });
        }
        if adoption.copy.exists() {
            return Err(StoreError::Exists { file: adoption.copy.display().to_string() });
        }
        self.back_up(adoption.copy)?;
        let shapes = Shapes::new(&adoption.edition);
        let done = self.write(|connection| {
            let mut moving = Moving::begin(self, adoption, &shapes, connection)?;
            moving.tables(carry, progress)?;
            moving.end().map(Outcome::Commit)
        });
        match done {
            Ok(step) => {
                self.now_has(Arc::clone(&adoption.edition), shapes);
                Ok(step)
            }
            Err(error) => {
                // The book is as it was: a copy of it would only ask to be explained.
                let _ = std::fs::remove_file(adoption.copy);
                Err(error)
            }
        }
    }
}

fn batches_under_way(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(DISTINCT batch) FROM call WHERE state IN ('frozen', 'sending', 'sent', 'unknown')";
    Ok(connection.query_row(sql, [], |r| r.get(0))?)
}

/// One move while it is being made.
struct Moving<'a> {
    book: &'a Book,
    adoption: &'a Adoption<'a>,
    shapes: &'a Shapes,
    connection: &'a Connection,
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
        shapes: &'a Shapes,
        connection: &'a Connection,
    ) -> Result<Self, StoreError> {
        let (from, to) = (&book.edition().id, &adoption.edition.id);
        let step = Step {
            at: adoption.at,
            who: adoption.who.to_owned(),
            kind: MOVE.to_owned(),
            note: format!("{from} → {to}"),
            period: adoption.period.to_owned(),
        };
        let step = new_step(connection, &step)?;
        let no = aside::keep_move(connection, from, adoption, step)?;
        connection.execute("UPDATE head SET value = ?1 WHERE name = 'edition'", [to])?;
        // What the derived columns follow from may be another: each record is written anew below.
        schema::adapt(connection, &adoption.edition)?;
        let school = head(connection, "school")?;
        Ok(Moving { book, adoption, shapes, connection, school, step, no, done: 0, touched: BTreeSet::new() })
    }

    fn tables(
        &mut self,
        carry: &mut dyn FnMut(&Table, &Record) -> Carried,
        progress: Moved<'_>,
    ) -> Result<(), StoreError> {
        let edition = Arc::clone(self.book.edition());
        for table in &edition.tables {
            let old = self.book.shape(&table.name)?;
            for row in rows_of(self.connection, old)? {
                let Some(kept) = record::get(self.connection, old, row)? else { continue };
                let carried = carry(table, &kept.record);
                self.record(old, kept, carried)?;
                self.done += 1;
                if progress(self.done).is_break() {
                    return Err(StoreError::Failed { reason: "stopped".into() });
                }
            }
            if self.adoption.edition.table(&table.name).is_none() {
                aside::put_away(self.connection, self.no, &table.name)?;
            }
        }
        Ok(())
    }

    /// Carries one record over.
    fn record(&mut self, old: &Shape, kept: Kept, carried: Carried) -> Result<(), StoreError> {
        let before = kept.record.clone();
        let mut to = None;
        if let Some(values) = carried.stays {
            let new = self.shapes.of(old.name())?;
            self.stay(old, new, kept, values)?;
            to = Some((old.name().to_owned(), before.row));
        }
        for (table, values) in carried.goes {
            let new = self.shapes.of(&table)?;
            let row = self.add(new, &before.period, values)?;
            to.get_or_insert((table, row));
        }
        let gone = self.adoption.edition.table(old.name()).is_none();
        if gone || !carried.aside.is_empty() {
            let new = NewAside { no: self.no, table: old.table(), record: &before, columns: &carried.aside, to };
            aside::keep(self.connection, &new)?;
        }
        Ok(())
    }

    /// The record stays in its table.
    fn stay(&mut self, old: &Shape, new: &Shape, mut kept: Kept, mut values: Values) -> Result<(), StoreError> {
        values.resize(new.table().fields.len(), String::new());
        let (row, place) = (kept.record.row, kept.place);
        let differ = differences(old.table(), &kept.record.values, new.table(), &values)?;
        let period = self.period(new, &kept.record.period).to_owned();
        if period != kept.record.period {
            let moved = Change {
                period: Some(&period),
                place_before: Some(place),
                place_after: Some(place),
                ..Change::of(Op::Place)
            };
            changes::keep(self.connection, self.step, new.name(), row, &moved)?;
            self.connection.prepare_cached("UPDATE finding SET period = ?3 WHERE tbl = ?1 AND row = ?2")?.execute((
                new.name(),
                row,
                &period,
            ))?;
            kept.record.period = period;
        }
        // A record that only its derived columns change was not changed by this step.
        let step = if differ.columns.is_empty() { kept.record.changed } else { self.step };
        kept.record.values = values;
        Writing { step, ..self.writing() }.update(new, &mut kept)?;
        if !differ.columns.is_empty() {
            for column in &differ.columns {
                self.writing().forget_receipt(new, row, column)?;
            }
            let change = Change { before: Some(differ.before), after: Some(differ.after), ..Change::of(Op::Update) };
            changes::keep(self.connection, self.step, new.name(), row, &change)?;
            self.touched.insert((new.name().to_owned(), row));
        }
        Ok(())
    }

    /// A record goes into another table.
    fn add(&mut self, new: &Shape, period: &str, mut values: Values) -> Result<i64, StoreError> {
        values.resize(new.table().fields.len(), String::new());
        let period = self.period(new, period);
        let place = place::at_end(self.connection, new, period)?;
        let row = self.writing().insert(new, None, period, place, &mut values)?;
        let after = changes::filled_cells(new, &values)?;
        let change =
            Change { period: Some(period), place_after: Some(place), after: Some(after), ..Change::of(Op::Insert) };
        changes::keep(self.connection, self.step, new.name(), row, &change)?;
        self.touched.insert((new.name().to_owned(), row));
        Ok(row)
    }

    /// The period that a record carries in the new edition.
    fn period<'p>(&'p self, new: &Shape, old: &'p str) -> &'p str {
        new.period(if old.is_empty() { self.adoption.period } else { old })
    }

    fn writing(&self) -> Writing<'_> {
        Writing { connection: self.connection, school: &self.school, step: self.step }
    }

    fn end(self) -> Result<i64, StoreError> {
        forget_findings(self.connection, &self.adoption.edition)?;
        for (name, value) in &self.adoption.settings {
            settings::keep(self.connection, name, value)?;
        }
        close_step(self.connection, self.step, &self.touched)?;
        // A wall in the log: what stands behind it belongs to tables that are others now.
        self.connection.execute("UPDATE step SET standing = 3 WHERE standing = 0", [])?;
        Ok(self.step)
    }
}

fn rows_of(connection: &Connection, shape: &Shape) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT _row FROM {} ORDER BY _row", shape.sql_name))?;
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

/// Takes the findings away that the new edition must make anew. What a receipt said about a cell that is still there stays.
fn forget_findings(connection: &Connection, edition: &Edition) -> Result<(), StoreError> {
    connection.execute("DELETE FROM finding WHERE rule <> ?1", [RECEIPT_RULE])?;
    let names = json_texts(&edition.tables.iter().map(|t| t.name.as_str()).collect::<Vec<_>>());
    connection.execute("DELETE FROM finding WHERE tbl NOT IN (SELECT value FROM json_each(?1))", [names])?;
    for table in &edition.tables {
        let columns = json_texts(&table.fields.iter().map(|f| f.column.as_str()).collect::<Vec<_>>());
        let gone = "DELETE FROM finding WHERE tbl = ?1 AND col NOT IN (SELECT value FROM json_each(?2)) AND col <> ''";
        connection.prepare_cached(gone)?.execute((&table.name, columns))?;
        let left: Vec<String> = connection
            .prepare_cached("SELECT DISTINCT col FROM finding WHERE tbl = ?1 AND col <> ''")?
            .query_map([&table.name], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        for field in left.iter().filter_map(|column| table.field(column)) {
            connection.prepare_cached("UPDATE finding SET col_no = ?3 WHERE tbl = ?1 AND col = ?2")?.execute((
                &table.name,
                &field.column,
                field.no,
            ))?;
        }
    }
    Ok(())
}

/// The name under which the records of a table stay in the file once the edition has it no more.
pub(crate) fn put_away_as(no: i64, table: &str) -> String {
    quoted(&format!("_aside_{no}_{table}"))
}

#[cfg(test)]
mod tests;
