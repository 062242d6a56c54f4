//! Changing records: [`Book::apply`], one durable transaction and one entry in the change log.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use rusqlite::Connection;
use standard::cell::Values;

use crate::book::{Outcome, head};
use crate::changes::{self, Change, Op};
use crate::derived::collected_at;
use crate::shape::Shape;
use crate::write::Writing;
use crate::{Book, StoreError, hidden, place};

/// Who changes what when: one step of undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When; becomes the collection time of the records it changes, in Beijing time.
    pub at: Timestamp,
    /// Person at the PC; may be empty.
    pub who: String,
    /// `edit`, `paste`, `import`, `mend`, `sample` ...; `undo` and `redo` are the log's own.
    pub kind: String,
    /// For an import the file's name; else empty.
    pub note: String,
    /// Period that new records of periodic tables speak for.
    pub period: String,
}

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Adds a record.
    Insert {
        /// Table.
        table: String,
        /// Values in the order of [`standard::Table::fields`]; missing ones at the end are empty, those of system
        /// columns are passed over.
        values: Values,
        /// Behind this record; absent: at the end. Inserts of one step that name the same record come to stand in
        /// the order given.
        after: Option<i64>,
    },
    /// Puts values into cells of a record.
    Update {
        /// Table.
        table: String,
        /// Record.
        row: i64,
        /// Value by column; `""` empties the cell. A system column is an error.
        values: BTreeMap<String, String>,
    },
    /// Takes a record out. Its content stays in the log.
    Delete {
        /// Table.
        table: String,
        /// Record.
        row: i64,
    },
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Number of the step in the log; 0 where nothing changed and so nothing was logged.
    pub step: i64,
    /// For each change, in the order given, the record it speaks of; for an insert the new one.
    pub rows: Vec<i64>,
    /// How many records did change.
    pub changed: u64,
}

impl Book {
    /// Makes all changes, or none: one transaction, on disk when this returns.
    ///
    /// The three system columns are filled here: the record key follows the natural key until it is fixed
    /// (see [`crate::freeze`]), the school code comes from the settings, the collection time is [`Step::at`]. Findings
    /// of deleted records go, and `receipt` findings of changed cells; rechecking is the caller's. A new step
    /// takes away what could be redone.
    pub fn apply(&self, step: &Step, changes: &[RowChange]) -> Result<Applied, StoreError> {
        self.write(|connection| {
            let school = head(connection, "school")?;
            let id = new_step(connection, step)?;
            let mut applying = Applying {
                book: self,
                writing: Writing { connection, school: &school, step: id },
                step,
                collected: collected_at(step.at),
                last_behind: HashMap::new(),
                touched: BTreeSet::new(),
            };
            let rows = changes.iter().map(|change| applying.change(change)).collect::<Result<Vec<_>, _>>()?;
            let touched = applying.touched;
            if touched.is_empty() {
                return Ok(Outcome::Leave(Applied { step: 0, rows, changed: 0 }));
            }
            close_step(connection, id, &touched)?;
            Ok(Outcome::Commit(Applied { step: id, rows, changed: touched.len() as u64 }))
        })
    }
}

/// Opens a step of the log. What was undone before it is undone for good.
pub(crate) fn new_step(connection: &Connection, step: &Step) -> Result<i64, StoreError> {
    connection.prepare_cached("UPDATE step SET standing = 2 WHERE standing = 1")?.execute([])?;
    connection
        .prepare_cached("INSERT INTO step (at, who, kind, note, forward, standing) VALUES (?1, ?2, ?3, ?4, 1, 0)")?
        .execute((step.at.as_millisecond(), &step.who, &step.kind, &step.note))?;
    Ok(connection.last_insert_rowid())
}

/// Writes into the step what it touched.
pub(crate) fn close_step(
    connection: &Connection,
    id: i64,
    touched: &BTreeSet<(String, i64)>,
) -> Result<(), StoreError> {
    let tables: BTreeSet<&str> = touched.iter().map(|(table, _)| table.as_str()).collect();
    let tables = crate::record::json_texts(&Vec::from_iter(tables));
    connection.prepare_cached("UPDATE step SET root = id, tables = ?2, rows = ?3 WHERE id = ?1")?.execute((
        id,
        tables,
        touched.len() as u64,
    ))?;
    Ok(())
}

/// One step while it is being made.
struct Applying<'a> {
    book: &'a Book,
    writing: Writing<'a>,
    step: &'a Step,
    collected: String,
    /// The last record that this step has put behind another, by table and that other.
    last_behind: HashMap<(String, i64), i64>,
    touched: BTreeSet<(String, i64)>,
}

impl Applying<'_> {
    fn change(&mut self, change: &RowChange) -> Result<i64, StoreError> {
        match change {
            RowChange::Insert { table, values, after } => self.insert(self.book.shape(table)?, values, *after),
            RowChange::Update { table, row, values } => self.update(self.book.shape(table)?, *row, values),
            RowChange::Delete { table, row } => self.delete(self.book.shape(table)?, *row),
        }
    }

    fn insert(&mut self, shape: &Shape, values: &Values, after: Option<i64>) -> Result<i64, StoreError> {
        let width = shape.table().fields.len();
        if values.len() > width {
            return Err(StoreError::NoSuchColumn { table: shape.name().into(), column: format!("#{}", width + 1) });
        }
        let mut values = values.clone();
        values.resize(width, String::new());
        let period = shape.period(&self.step.period);
        let place = match after {
            None => place::at_end(self.writing.connection, shape, period)?,
            Some(after) => {
                let behind = self.last_behind.get(&(shape.name().to_owned(), after)).copied().unwrap_or(after);
                place::behind(&self.writing, shape, period, behind)?
            }
        };
        self.set_collected(shape, &mut values);
        let row = self.writing.insert(shape, None, period, place, &mut values)?;
        if let Some(after) = after {
            self.last_behind.insert((shape.name().to_owned(), after), row);
        }
        let after = changes::filled_cells(shape, &values)?;
        self.log(
            shape,
            row,
            Change { period: Some(period), place_after: Some(place), after: Some(after), ..Change::of(Op::Insert) },
        )?;
        Ok(row)
    }

    fn update(&mut self, shape: &Shape, row: i64, new: &BTreeMap<String, String>) -> Result<i64, StoreError> {
        let mut kept = self.writing.read(shape, row)?;
        let old = kept.record.values.clone();
        for (column, value) in new {
            let at = shape.position(column)?;
            if shape.table().fields[at].is_system() {
                return Err(StoreError::SystemColumn { table: shape.name().into(), column: column.clone() });
            }
            if old[at] != *value {
                value.clone_into(&mut kept.record.values[at]);
                self.writing.forget_receipt(shape, row, column)?;
            }
        }
        if kept.record.values == old {
            return Ok(row);
        }
        self.set_collected(shape, &mut kept.record.values);
        self.writing.update(shape, &mut kept)?;
        let (before, after) = changes::changed_cells(shape, &old, &kept.record.values)?;
        self.log(shape, row, Change { before: Some(before), after: Some(after), ..Change::of(Op::Update) })?;
        Ok(row)
    }

    fn delete(&mut self, shape: &Shape, row: i64) -> Result<i64, StoreError> {
        let kept = self.writing.read(shape, row)?;
        let out_of_sight = hidden::cells(self.writing.connection, shape, row)?;
        self.writing.delete(shape, row)?;
        let before = changes::all_cells(shape, &kept.record.values, &out_of_sight)?;
        let change = Change {
            period: Some(&kept.record.period),
            place_before: Some(kept.place),
            before: Some(before),
            ..Change::of(Op::Delete)
        };
        self.log(shape, row, change)?;
        Ok(row)
    }

    fn set_collected(&self, shape: &Shape, values: &mut [String]) {
        if let Some(at) = shape.collected_at {
            self.collected.clone_into(&mut values[at]);
        }
    }

    fn log(&mut self, shape: &Shape, row: i64, change: Change<'_>) -> Result<(), StoreError> {
        self.touched.insert((shape.name().to_owned(), row));
        changes::keep(self.writing.connection, self.writing.step, shape.name(), row, &change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, PERIOD, SCHOOL, at, delete, insert, insert_after, step, update};
    use standard::Coded;
    use standard::key::record_key;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_new_record_gets_its_system_columns() {
        let desk = Desk::new();
        let applied = desk.apply(5, &[insert(COURSE, &[("KCH", "01"), ("KCMC", "语文")])]);
        let record = desk.get(COURSE, applied.rows[0]).unwrap().unwrap();
        let key = record_key(desk.edition().table(COURSE).unwrap(), SCHOOL, "", &record.values).unwrap();
        assert_eq!(record.values, [&key, SCHOOL, "01", "语文", "", "20260901 000005"]);
        assert_eq!((record.key, record.period, record.changed), (key, String::new(), applied.step));
        desk.whole();
    }

    #[test]
    fn records_of_periodic_tables_carry_the_period_of_the_step() {
        let desk = Desk::new();
        let other = Step { period: "2026-2027-2".into(), ..step(0) };
        desk.apply(0, &[insert("ODS_PRACTICE", &[("XH", "1")]), insert(COURSE, &[("KCH", "1")])]);
        desk.apply_step(&other, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        assert_eq!(desk.count("ODS_PRACTICE", PERIOD).unwrap(), 1);
        assert_eq!(desk.count("ODS_PRACTICE", "2026-2027-2").unwrap(), 1);
        assert_eq!(desk.count(COURSE, "2026-2027-2").unwrap(), 1);
        let values = desk.all("ODS_PRACTICE").remove(0).values;
        assert_eq!(desk.find_by_natural("ODS_PRACTICE", PERIOD, &values).unwrap(), [1]);
        assert_eq!(desk.find_by_natural("ODS_PRACTICE", "2026-2027-2", &values).unwrap(), [2]);
    }

    #[test]
    fn one_wrong_change_leaves_everything_as_it_was() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "01")])]);
        let check = |wrong: RowChange, code: &str| {
            let error = desk.book.as_ref().unwrap().apply(&step(1), &[insert(COURSE, &[("KCH", "02")]), wrong]);
            assert_eq!(error.unwrap_err().code(), code);
            assert_eq!(desk.column(COURSE, "KCH"), ["01"]);
            assert_eq!(desk.history(&Default::default()).unwrap().total, 1);
        };
        check(update(COURSE, 9, &[("KCH", "03")]), "book.no-such-row");
        check(delete(COURSE, 9), "book.no-such-row");
        check(insert_after(COURSE, &[], Some(9)), "book.no-such-row");
        check(update(COURSE, 1, &[("NIX", "03")]), "book.no-such-column");
        check(update(COURSE, 1, &[("XXDM", "03")]), "book.system-column");
        check(update("ODS_NIX", 1, &[("KCH", "03")]), "book.no-such-table");
    }

    #[test]
    fn a_step_without_a_change_is_not_logged_and_keeps_what_can_be_redone() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "01")])]);
        desk.apply(1, &[update(COURSE, 1, &[("KCH", "02")])]);
        desk.undo(at(2), "").unwrap().unwrap();
        let applied = desk.apply(3, &[update(COURSE, 1, &[("KCH", "01")])]);
        assert_eq!(applied, Applied { step: 0, rows: vec![1], changed: 0 });
        assert_eq!(desk.apply(3, &[]).step, 0);
        assert!(desk.redo(at(4), "").unwrap().is_some());
    }

    #[test]
    fn the_key_follows_the_natural_key() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCMC", "语文")])]);
        let key = || desk.get(COURSE, 1).unwrap().unwrap().key;
        assert_eq!(key(), "", "there is no key without a natural key");
        desk.apply(1, &[update(COURSE, 1, &[("KCH", "01")])]);
        let first = key();
        assert_eq!(first.len(), 32);
        desk.apply(2, &[update(COURSE, 1, &[("KCMC", "数学")])]);
        assert_eq!(key(), first);
        desk.apply(3, &[update(COURSE, 1, &[("KCH", "02")])]);
        assert_ne!(key(), first);
        assert_eq!(desk.find_by_key(COURSE, &key()).unwrap(), Some(1));
        assert_eq!(desk.find_by_key(COURSE, &first).unwrap(), None);
    }

    #[test]
    fn the_same_record_gets_the_same_key_in_two_books() {
        let (one, two) = (Desk::new(), Desk::new());
        one.apply(0, &[insert("ODS_PRACTICE", &[("XH", "2"), ("KCH", "1"), ("XSXM", "甲")])]);
        two.apply(9, &[insert("ODS_PRACTICE", &[("XH", "9")]), insert("ODS_PRACTICE", &[("XH", " 2 "), ("KCH", "1")])]);
        assert_eq!(one.column("ODS_PRACTICE", "ZJSJWYXBS")[0], two.column("ODS_PRACTICE", "ZJSJWYXBS")[1]);
    }

    #[test]
    fn a_number_is_never_used_again() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "01")])]);
        desk.apply(1, &[delete(COURSE, 1)]);
        assert_eq!(desk.apply(2, &[insert(COURSE, &[("KCH", "02")])]).rows, [2]);
    }

    #[test]
    fn what_a_clerk_typed_is_kept_as_it_is() {
        let desk = Desk::new();
        for odd in [" 01 ", "０１", "a\nb\tc", "'; DROP TABLE head; --", "\u{0}", "👩‍🎓", "NULL", "1e400"] {
            desk.apply(0, &[insert(COURSE, &[("KCH", odd)])]);
            assert_eq!(desk.column(COURSE, "KCH").last().unwrap(), odd);
        }
        desk.whole();
    }
}
