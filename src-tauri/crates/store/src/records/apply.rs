//! Changing records: [`Book::apply`] and [`Book::make`], one durable transaction and one entry in the change log.

use std::collections::{BTreeMap, HashMap};

use standard::cell::Values;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::records::derived::collected_at;
use crate::records::ordering::Ends;
use crate::records::table_sql::TableSql;
use crate::records::write::{Unsettled, Writing};
use crate::records::{dormant, ordering};
use crate::tables::change::{self, Change, Op};
use crate::tables::change_of_import::Keeper;
use crate::tables::step::{self, Step, StepKind, Touched};
use crate::tables::{finding, metadata, unchecked};

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Adds a record.
    Insert {
        /// Name of the table.
        table: String,
        /// Values in the order of [`standard::Table::fields`]; missing ones at the end are empty, those of system
        /// columns are ignored.
        values: Values,
        /// The record behind which it is added; absent: at the end. Inserts of one step behind the same record keep
        /// their order.
        after: Option<i64>,
    },
    /// Puts values into cells of a record.
    Update {
        /// Name of the table.
        table: String,
        /// Number of the record.
        row: i64,
        /// Value by column; `""` empties the cell. A system column is an error.
        values: BTreeMap<String, String>,
    },
    /// Moves a record to another period, at the end of its records. It keeps its number.
    Move {
        /// Name of the table.
        table: String,
        /// Number of the record.
        row: i64,
        /// The period, as records of the table have it or as books do.
        period: String,
    },
    /// Deletes a record. Its content stays in the log.
    Delete {
        /// Name of the table.
        table: String,
        /// Number of the record.
        row: i64,
    },
}

/// The result of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Number of the step in the log; absent where nothing changed, because then nothing is logged.
    pub step: Option<i64>,
    /// For each change, in the order given, the record it is about; for an insert the new one.
    pub rows: Vec<i64>,
    /// How many records changed.
    pub changed: u64,
}

impl Book {
    /// Makes all changes in one transaction or none, and returns when they are on disk.
    ///
    /// The three system columns are filled here: the record key follows the natural key until it is fixed (see
    /// [`crate::freeze`]), the school code comes from the settings, the collection time is [`Step::at`]. Findings of
    /// deleted records and `receipt` findings of changed cells are removed; the caller runs the checks. After a new
    /// step nothing can be redone.
    pub fn apply(&self, step: &Step, changes: &[RowChange]) -> Result<Applied, StoreError> {
        let mut rows = Vec::with_capacity(changes.len());
        let applied = self.make(step, |making| {
            for change in changes {
                rows.push(making.change(change)?);
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(Applied { rows, ..applied })
    }

    /// [`Book::apply`] for changes that are not held in memory: `make` hands them over one after the other. If it
    /// fails, the book is unchanged. Reading the book meanwhile shows it without the changes. [`Applied::rows`] stays
    /// empty.
    pub fn make<E: From<StoreError>>(
        &self,
        step: &Step,
        make: impl FnOnce(&mut Making<'_>) -> Result<(), E>,
    ) -> Result<Applied, E> {
        let mut refused = None;
        let _pages = (step.kind == StepKind::Import).then(|| self.keep_more_pages());
        let applied = self.write_recounting(|connection, recount| {
            let school = metadata::get(connection, metadata::SCHOOL)?;
            let id = step::begin(connection, step)?;
            let unsettled = Unsettled::default();
            let mut making = Making {
                book: self,
                writing: Writing { connection, school: &school, step: id, recount, later: Some(&unsettled) },
                step,
                collected: collected_at(step.at),
                last_behind: HashMap::new(),
                ends: Ends::default(),
                keeper: Keeper::default(),
                touched: Touched::default(),
            };
            if let Err(error) = make(&mut making) {
                refused = Some(error);
                return Ok(TransactionEnd::Leave(Applied::default()));
            }
            let touched = making.touched;
            let changed = touched.records();
            if changed == 0 {
                return Ok(TransactionEnd::Leave(Applied::default()));
            }
            unsettled.settle(self, connection)?;
            touched.end(connection, id)?;
            unchecked::add(connection, id)?;
            Ok(TransactionEnd::Commit(Applied { step: Some(id), rows: Vec::new(), changed }))
        })?;
        refused.map_or(Ok(applied), Err)
    }
}

/// One step while it is being made.
pub struct Making<'a> {
    book: &'a Book,
    pub(crate) writing: Writing<'a>,
    step: &'a Step,
    collected: String,
    /// The last record that this step has put behind another, by table and that other.
    last_behind: HashMap<(String, i64), i64>,
    /// Where this step has put the last records.
    ends: Ends,
    keeper: Keeper,
    touched: Touched,
}

impl Making<'_> {
    /// Makes one change, and returns the record that it is about; for an insert the new one.
    pub fn change(&mut self, change: &RowChange) -> Result<i64, StoreError> {
        match change {
            RowChange::Insert { table, values, after } => {
                self.insert(self.book.table_sql(table)?, values.clone(), *after)
            }
            RowChange::Update { table, row, values } => self.update(self.book.table_sql(table)?, *row, values),
            RowChange::Move { table, row, period } => self.move_to(self.book.table_sql(table)?, *row, period),
            RowChange::Delete { table, row } => self.delete(self.book.table_sql(table)?, *row),
        }
    }

    /// Adds a record at the end of a table, as [`RowChange::Insert`] does, and returns its number.
    pub fn add(&mut self, table: &str, values: Values) -> Result<i64, StoreError> {
        self.insert(self.book.table_sql(table)?, values, None)
    }

    fn insert(&mut self, table_sql: &TableSql, mut values: Values, after: Option<i64>) -> Result<i64, StoreError> {
        let width = table_sql.table().fields.len();
        if values.len() > width {
            return Err(StoreError::NoSuchColumn { table: table_sql.name().into(), column: format!("#{}", width + 1) });
        }
        values.resize(width, String::new());
        let period = table_sql.period(&self.step.period);
        let ordering_key = match after {
            None => self.ends.next(self.writing.connection, table_sql, period)?,
            Some(after) => {
                self.ends.clear();
                let behind = self.last_behind.get(&(table_sql.name().to_owned(), after)).copied().unwrap_or(after);
                ordering::behind(&self.writing, table_sql, period, behind)?
            }
        };
        self.set_collected(table_sql, &mut values);
        let row = self.writing.insert(table_sql, None, period, ordering_key, &mut values)?;
        if let Some(after) = after {
            self.last_behind.insert((table_sql.name().to_owned(), after), row);
        }
        // The cells that an import adds are only in the record; they are copied into the log when the record changes.
        let after = match self.step.kind {
            StepKind::Import => None,
            _ => Some(change::filled_cells(table_sql, &values)?),
        };
        self.log(
            table_sql,
            row,
            Change { period: Some(period), ordering_after: Some(ordering_key), after, ..Change::of(Op::Insert) },
        )?;
        Ok(row)
    }

    fn update(&mut self, table_sql: &TableSql, row: i64, new: &BTreeMap<String, String>) -> Result<i64, StoreError> {
        let mut stored = self.writing.read(table_sql, row)?;
        let old = stored.record.values.clone();
        for (column, value) in new {
            let at = table_sql.position(column)?;
            if table_sql.table().fields[at].is_system() {
                return Err(StoreError::SystemColumn { table: table_sql.name().into(), column: column.clone() });
            }
            if old[at] != *value {
                value.clone_into(&mut stored.record.values[at]);
                self.writing.forget_receipt(table_sql, row, column)?;
            }
        }
        if stored.record.values == old {
            return Ok(row);
        }
        self.set_collected(table_sql, &mut stored.record.values);
        self.keeper.keep(self.writing.connection, table_sql.name(), row)?;
        self.writing.update(table_sql, &mut stored)?;
        let (before, after) = change::changed_cells(table_sql, &old, &stored.record.values)?;
        self.log(table_sql, row, Change { before: Some(before), after: Some(after), ..Change::of(Op::Update) })?;
        Ok(row)
    }

    fn move_to(&mut self, table_sql: &TableSql, row: i64, period: &str) -> Result<i64, StoreError> {
        let mut stored = self.writing.read(table_sql, row)?;
        let period = table_sql.period(period).to_owned();
        let old = std::mem::replace(&mut stored.record.period, period.clone());
        if old == period {
            return Ok(row);
        }
        let before = stored.ordering_key;
        self.ends.clear();
        stored.ordering_key = ordering::at_end(self.writing.connection, table_sql, &period)?;
        self.writing.move_record(table_sql, &mut stored)?;
        finding::set_period(self.writing.connection, table_sql.name(), row, &period)?;
        let change = Change {
            ordering_before: Some(before),
            ordering_after: Some(stored.ordering_key),
            before: Some(change::period_cell(&old)?),
            after: Some(change::period_cell(&period)?),
            ..Change::of(Op::Move)
        };
        self.log(table_sql, row, change)?;
        Ok(row)
    }

    fn delete(&mut self, table_sql: &TableSql, row: i64) -> Result<i64, StoreError> {
        let stored = self.writing.read(table_sql, row)?;
        self.ends.clear();
        let dormant = dormant::cells(self.writing.connection, table_sql, row)?;
        self.keeper.keep(self.writing.connection, table_sql.name(), row)?;
        self.writing.delete(table_sql, row)?;
        let before = change::all_cells(table_sql, &stored.record.values, &dormant)?;
        let change = Change {
            period: Some(&stored.record.period),
            ordering_before: Some(stored.ordering_key),
            before: Some(before),
            ..Change::of(Op::Delete)
        };
        self.log(table_sql, row, change)?;
        Ok(row)
    }

    fn set_collected(&self, table_sql: &TableSql, values: &mut [String]) {
        if let Some(at) = table_sql.collected_at {
            self.collected.clone_into(&mut values[at]);
        }
    }

    fn log(&mut self, table_sql: &TableSql, row: i64, change: Change<'_>) -> Result<(), StoreError> {
        self.touched.add(table_sql.name(), row);
        change::insert(self.writing.connection, self.writing.step, table_sql.name(), row, &change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, SCHOOL, at, delete, insert, insert_after, step, update};
    use standard::Coded;
    use standard::key::record_key;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_new_record_gets_its_system_columns() {
        let fixture = BookFixture::new();
        let applied = fixture.apply(5, &[insert(COURSE, &[("KCH", "01"), ("KCMC", "语文")])]);
        let record = fixture.get(COURSE, applied.rows[0]).unwrap().unwrap();
        let key = record_key(fixture.edition().table(COURSE).unwrap(), SCHOOL, "", &record.values).unwrap();
        assert_eq!(record.values, [&key, SCHOOL, "01", "语文", "", "20260901 000005"]);
        assert_eq!((record.key, record.period, record.changed), (key, String::new(), applied.step.unwrap()));
        fixture.whole();
    }

    #[test]
    fn a_record_goes_to_another_period_and_comes_back() {
        const PRACTICE: &str = "ODS_PRACTICE";
        let fixture = BookFixture::new();
        let cells = [("XH", "1"), ("KCH", "a")];
        fixture.apply(0, &[insert(PRACTICE, &cells), insert(PRACTICE, &[("XH", "2"), ("KCH", "a")])]);
        let before = fixture.get(PRACTICE, 1).unwrap().unwrap();
        let to = |period: &str| RowChange::Move { table: PRACTICE.into(), row: 1, period: period.into() };
        assert_eq!(fixture.apply(1, &[to(PERIOD)]).changed, 0, "it is there already");
        fixture.apply(2, &[to("2025-2026-2")]);
        let moved = fixture.get(PRACTICE, 1).unwrap().unwrap();
        assert_eq!((moved.period.as_str(), &moved.values[2..]), ("2025-2026-2", &before.values[2..]));
        assert_ne!(moved.key, before.key, "the period is part of the key here");
        assert_eq!((fixture.count(PRACTICE, PERIOD).unwrap(), fixture.count(PRACTICE, "2025-2026-2").unwrap()), (1, 1));
        fixture.whole();
        fixture.undo(at(3), "").unwrap();
        let back = fixture.get(PRACTICE, 1).unwrap().unwrap();
        assert_eq!((&back.period, &back.key, &back.values), (&before.period, &before.key, &before.values));
        assert_eq!(fixture.positions(PRACTICE, &[1]).unwrap(), [Some(1)], "at its old place");
        fixture.whole();
        fixture.redo(at(4), "").unwrap();
        assert_eq!(fixture.get(PRACTICE, 1).unwrap().unwrap().period, "2025-2026-2");
        fixture.whole();
    }

    #[test]
    fn records_of_periodic_tables_carry_the_period_of_the_step() {
        let fixture = BookFixture::new();
        let other = Step { period: "2026-2027-2".into(), ..step(0) };
        fixture.apply(0, &[insert("ODS_PRACTICE", &[("XH", "1")]), insert(COURSE, &[("KCH", "1")])]);
        fixture.apply_step(&other, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        assert_eq!(fixture.count("ODS_PRACTICE", PERIOD).unwrap(), 1);
        assert_eq!(fixture.count("ODS_PRACTICE", "2026-2027-2").unwrap(), 1);
        assert_eq!(fixture.count(COURSE, "2026-2027-2").unwrap(), 1);
        let values = fixture.all("ODS_PRACTICE").remove(0).values;
        assert_eq!(fixture.find_by_natural("ODS_PRACTICE", PERIOD, &values).unwrap(), [1]);
        assert_eq!(fixture.find_by_natural("ODS_PRACTICE", "2026-2027-2", &values).unwrap(), [2]);
    }

    #[test]
    fn one_wrong_change_leaves_everything_as_it_was() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "01")])]);
        let check = |wrong: RowChange, code: &str| {
            let error = fixture.book.as_ref().unwrap().apply(&step(1), &[insert(COURSE, &[("KCH", "02")]), wrong]);
            assert_eq!(error.unwrap_err().code(), code);
            assert_eq!(fixture.column(COURSE, "KCH"), ["01"]);
            assert_eq!(fixture.history(&Default::default()).unwrap().total, 1);
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
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "01")])]);
        fixture.apply(1, &[update(COURSE, 1, &[("KCH", "02")])]);
        fixture.undo(at(2), "").unwrap().unwrap();
        let applied = fixture.apply(3, &[update(COURSE, 1, &[("KCH", "01")])]);
        assert_eq!(applied, Applied { step: None, rows: vec![1], changed: 0 });
        assert_eq!(fixture.apply(3, &[]).step, None);
        assert!(fixture.redo(at(4), "").unwrap().is_some());
    }

    #[test]
    fn the_key_follows_the_natural_key() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCMC", "语文")])]);
        let key = || fixture.get(COURSE, 1).unwrap().unwrap().key;
        assert_eq!(key(), "", "there is no key without a natural key");
        fixture.apply(1, &[update(COURSE, 1, &[("KCH", "01")])]);
        let first = key();
        assert_eq!(first.len(), 32);
        fixture.apply(2, &[update(COURSE, 1, &[("KCMC", "数学")])]);
        assert_eq!(key(), first);
        fixture.apply(3, &[update(COURSE, 1, &[("KCH", "02")])]);
        assert_ne!(key(), first);
        assert_eq!(fixture.find_by_key(COURSE, PERIOD, &key()).unwrap(), Some(1));
        assert_eq!(fixture.find_by_key(COURSE, PERIOD, &first).unwrap(), None);
    }

    #[test]
    fn the_same_record_gets_the_same_key_in_two_books() {
        let (one, two) = (BookFixture::new(), BookFixture::new());
        one.apply(0, &[insert("ODS_PRACTICE", &[("XH", "2"), ("KCH", "1"), ("XSXM", "甲")])]);
        two.apply(9, &[insert("ODS_PRACTICE", &[("XH", "9")]), insert("ODS_PRACTICE", &[("XH", " 2 "), ("KCH", "1")])]);
        assert_eq!(one.column("ODS_PRACTICE", "ZJSJWYXBS")[0], two.column("ODS_PRACTICE", "ZJSJWYXBS")[1]);
    }

    #[test]
    fn a_number_is_never_used_again() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "01")])]);
        fixture.apply(1, &[delete(COURSE, 1)]);
        assert_eq!(fixture.apply(2, &[insert(COURSE, &[("KCH", "02")])]).rows, [2]);
    }

    #[test]
    fn what_a_clerk_typed_is_kept_as_it_is() {
        let fixture = BookFixture::new();
        for odd in [" 01 ", "０１", "a\nb\tc", "'; DROP TABLE head; --", "\u{0}", "👩‍🎓", "NULL", "1e400"] {
            fixture.apply(0, &[insert(COURSE, &[("KCH", odd)])]);
            assert_eq!(fixture.column(COURSE, "KCH").last().unwrap(), odd);
        }
        fixture.whole();
    }
}
