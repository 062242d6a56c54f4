//! Undo and redo.
//!
//! Steps form one stack. An undo is a step of its own that names the step it undoes; a redo names the undo. Neither
//! repeats the changes: they belong to the first step and are read forwards or backwards, so a record comes back
//! exactly as it was: number, ordering key, collection time. Sending is not undone: a fixed record key stays fixed, and
//! what the receiver accepted stays accepted.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::log::history;
use crate::records::dormant::{self, is_own};
use crate::records::table_sql::TableSql;
use crate::records::tell_apart;
use crate::records::write::{Unsettled, Writing};
use crate::tables::change::{self, Logged, Op, RowRef};
use crate::tables::change_of_import::Keeper;
use crate::tables::step::{self, Direction, StepInfo};
use crate::tables::{finding, metadata, unchecked};

/// Changes of a step that are read at once: a step may have touched a million records.
const PAGE: u64 = 1_000;

/// What an undo or redo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Number of the undo (or redo) itself.
    pub step: i64,
    /// The step that was taken back (or done again), as it was before.
    pub of: StepInfo,
    /// Records touched, also those that are gone now; each once.
    pub rows: Vec<RowRef>,
}

impl Book {
    /// Takes back the last step that is not undone. `None` where there is none; an error where all of them were made
    /// before a move to another edition.
    pub fn undo(&self, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.walk(Direction::Undo, None, at, who)
    }

    /// Makes the step again that was undone last. `None` where there is nothing to redo: a new step clears it.
    pub fn redo(&self, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.walk(Direction::Redo, None, at, who)
    }

    /// Takes back one step that need not be the last one. An error where it is taken back already, or where records
    /// that it touched were changed since by a step that stands.
    pub fn undo_step(&self, step: i64, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.walk(Direction::Undo, Some(step), at, who)
    }

    /// Makes one step again that was taken back and need not be the last one; errors as [`Book::undo_step`].
    pub fn redo_step(&self, step: i64, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.walk(Direction::Redo, Some(step), at, who)
    }

    /// The records that a step touched, each once: what a caller reads before it takes the step back.
    pub fn step_rows(&self, step: i64) -> Result<Vec<RowRef>, StoreError> {
        self.read(|connection| change::rows_of_step(connection, step))
    }

    fn walk(
        &self,
        direction: Direction,
        only: Option<i64>,
        at: Timestamp,
        who: &str,
    ) -> Result<Option<Undone>, StoreError> {
        self.write_recounting(|connection, recount| {
            if let Some(step) = only
                && !step::is_free(connection, direction, step)?
            {
                return Err(StoreError::Overtaken { step });
            }
            let next = match only {
                Some(step) => Some(step),
                None => step::next(connection, direction)?,
            };
            let Some(root) = next else {
                if direction == Direction::Undo && step::has_undo_barrier(connection)? {
                    return Err(StoreError::BeforeMove);
                }
                return Ok(TransactionEnd::Leave(None));
            };
            let of = history::one(connection, root)?;
            let step = step::insert_walk(connection, direction, root, at, who)?;
            let school = metadata::get(connection, metadata::SCHOOL)?;
            let unsettled = Unsettled::default();
            let writing = Writing { connection, school: &school, step, recount, later: Some(&unsettled) };
            let mut rows = BTreeSet::new();
            let forwards = direction == Direction::Redo;
            let (mut last, mut keeper) = (None, Keeper::default());
            loop {
                let page = change::page_of_step(connection, root, (forwards, last), PAGE)?;
                let Some((end, _)) = page.last() else { break };
                last = Some(*end);
                for (id, change) in page {
                    if !forwards && change.is_without_cells() {
                        // The record is about to be removed, so the cells that only it has are written into the log now.
                        keeper.fill(connection, id, &change.table, change.row)?;
                    }
                    let change = if forwards { change } else { change.reversed() };
                    match self.table_sql(&change.table) {
                        Ok(table_sql) => replay(&writing, table_sql, &change)?,
                        // A dormant table: its records change with the step, but no caller reads them.
                        Err(_) if is_own(&change.table) => {
                            dormant::replay(connection, &change)?;
                            continue;
                        }
                        Err(error) => return Err(error),
                    }
                    if change.op != Op::Reorder {
                        rows.insert(RowRef { table: change.table, row: change.row });
                    }
                }
            }
            unsettled.settle(self, connection)?;
            unchecked::add(connection, step)?;
            Ok(TransactionEnd::Commit(Some(Undone { step, of, rows: rows.into_iter().collect() })))
        })
    }
}

/// Applies one change of the log to the record.
fn replay(writing: &Writing<'_>, table_sql: &TableSql, change: &Logged) -> Result<(), StoreError> {
    let row = change.row;
    match change.op {
        Op::Insert => {
            let mut values = vec![String::new(); table_sql.table().fields.len()];
            set_cells(table_sql, &mut values, &change.after)?;
            // A step may be older than the kind of period that the table has now.
            let period = table_sql.period(&change.period);
            writing.insert(table_sql, Some(row), period, change.ordering_after, &mut values)?;
            dormant::put(writing.connection, table_sql, row, &change.after)?;
        }
        Op::Delete => writing.delete(table_sql, row)?,
        Op::Move => {
            let mut stored = writing.read(table_sql, row)?;
            stored.record.period = table_sql.period(change::period_of(&change.after)).to_owned();
            stored.ordering_key = change.ordering_after;
            writing.move_record(table_sql, &mut stored)?;
            finding::set_period(writing.connection, table_sql.name(), row, &stored.record.period)?;
        }
        Op::Repeat => {
            writing.touch(table_sql, row)?;
            tell_apart::replay(writing.connection, table_sql, change)?;
        }
        Op::Reorder => writing.set_ordering_key(table_sql, row, change.ordering_after)?,
        Op::Update => {
            let mut stored = writing.read(table_sql, row)?;
            set_cells(table_sql, &mut stored.record.values, &change.after)?;
            writing.update(table_sql, &mut stored)?;
            dormant::put(writing.connection, table_sql, row, &change.after)?;
            for (column, _) in &change.after {
                writing.forget_receipt(table_sql, row, column)?;
            }
        }
    }
    Ok(())
}

fn set_cells(table_sql: &TableSql, values: &mut [String], cells: &[(String, String)]) -> Result<(), StoreError> {
    for (column, value) in cells.iter().filter(|(column, _)| !dormant::is_dormant(table_sql, column)) {
        value.clone_into(&mut values[table_sql.position(column)?]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use standard::Coded;

    use super::*;
    use crate::fixture::{BookFixture, at, delete, insert, update};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn undo_and_redo_walk_the_stack() {
        let fixture = BookFixture::new();
        let names = || fixture.column(COURSE, "KCH").join(" ");
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        fixture.apply(1, &[insert(COURSE, &[("KCH", "b")])]);
        fixture.apply(2, &[update(COURSE, 1, &[("KCH", "A")]), delete(COURSE, 2)]);
        let undo = || fixture.undo(at(9), "王").unwrap().map(|u| u.of.step);
        let redo = || fixture.redo(at(9), "王").unwrap().map(|u| u.of.step);
        assert_eq!(names(), "A");
        assert_eq!((undo(), names()), (Some(3), "a b".into()));
        assert_eq!((undo(), names()), (Some(2), "a".into()));
        assert_eq!((redo(), names()), (Some(2), "a b".into()));
        assert_eq!((redo(), names()), (Some(3), "A".into()));
        assert_eq!((redo(), names()), (None, "A".into()));
        assert_eq!((undo(), undo(), undo(), undo()), (Some(3), Some(2), Some(1), None));
        assert_eq!(names(), "");
        fixture.whole();
    }

    #[test]
    fn a_new_step_clears_what_could_be_redone() {
        let mut fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        fixture.apply(1, &[update(COURSE, 1, &[("KCH", "b")])]);
        fixture.undo(at(2), "").unwrap();
        fixture.apply(3, &[update(COURSE, 1, &[("KCH", "c")])]);
        assert_eq!(fixture.redo(at(4), "").unwrap(), None);
        fixture.reopen();
        assert_eq!(fixture.redo(at(4), "").unwrap(), None);
        assert_eq!(fixture.undo(at(5), "").unwrap().unwrap().of.step, 4);
        assert_eq!(fixture.column(COURSE, "KCH"), ["a"]);
        assert_eq!(fixture.undo(at(6), "").unwrap().unwrap().of.step, 1);
        fixture.whole();
    }

    #[test]
    fn one_step_is_taken_back_unless_its_records_were_changed_since() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        fixture.apply(1, &[insert(COURSE, &[("KCH", "b")])]);
        fixture.apply(2, &[update(COURSE, 2, &[("KCMC", "乙")])]);
        let at = at(9);
        let code = |result: Result<Option<Undone>, StoreError>| result.unwrap_err().code();
        assert_eq!(code(fixture.undo_step(2, at, "")), "undo.overtaken", "step 3 changed its record");
        assert_eq!(code(fixture.redo_step(1, at, "")), "undo.overtaken", "it was not taken back");
        assert_eq!(fixture.undo_step(1, at, "").unwrap().unwrap().of.step, 1);
        assert_eq!(code(fixture.undo_step(1, at, "")), "undo.overtaken", "it was taken back already");
        assert_eq!(fixture.get(COURSE, 1).unwrap(), None);
        assert!(fixture.get(COURSE, 2).unwrap().is_some());
        fixture.redo_step(1, at, "").unwrap();
        assert!(fixture.get(COURSE, 1).unwrap().is_some());
        fixture.undo_step(3, at, "").unwrap();
        fixture.undo_step(2, at, "").unwrap();
        assert_eq!(fixture.get(COURSE, 2).unwrap(), None);
    }

    #[test]
    fn undo_names_the_records_it_touched() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")]), insert("ODS_PRACTICE", &[("XH", "1")])]);
        fixture.apply(1, &[update(COURSE, 1, &[("KCMC", "x")]), update(COURSE, 1, &[("KCH", "b")])]);
        let row = |table: &str, row| RowRef { table: table.into(), row };
        assert_eq!(fixture.undo(at(2), "").unwrap().unwrap().rows, [row(COURSE, 1)]);
        assert_eq!(fixture.undo(at(3), "").unwrap().unwrap().rows, [row(COURSE, 1), row("ODS_PRACTICE", 1)]);
    }

    #[test]
    fn a_record_comes_back_with_number_and_collection_time() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a"), ("XF", "2.5")])]);
        let before = fixture.get(COURSE, 1).unwrap().unwrap();
        fixture.apply(50, &[update(COURSE, 1, &[("XF", "3")])]);
        fixture.apply(60, &[delete(COURSE, 1)]);
        fixture.undo(at(70), "").unwrap();
        fixture.undo(at(80), "").unwrap();
        let after = fixture.get(COURSE, 1).unwrap().unwrap();
        assert_eq!(after.values, before.values);
        assert_eq!(after.changed, 5, "the undo is what changed it last");
    }
}

#[cfg(test)]
mod properties {
    use crate::fixture::{BookFixture, at, delete, insert_after, update};
    use crate::{Record, RowChange};
    use proptest::prelude::*;

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    /// A random change; `row` is mapped to a record that exists.
    #[derive(Debug, Clone)]
    enum Edit {
        Insert { table: &'static str, text: String, after: Option<usize> },
        Update { table: &'static str, at: usize, column: usize, text: String },
        Delete { table: &'static str, at: usize },
    }

    fn edit() -> impl Strategy<Value = Edit> {
        let table = prop_oneof![Just(COURSE), Just(PRACTICE)];
        let text = prop_oneof![Just(String::new()), "[a-c]{1,2}", "\\PC{0,6}", any::<String>()];
        let at = 0..9usize;
        prop_oneof![
            3 => (table.clone(), text.clone(), proptest::option::of(at.clone()))
                .prop_map(|(table, text, after)| Edit::Insert { table, text, after }),
            4 => (table.clone(), at.clone(), 0..3usize, text)
                .prop_map(|(table, at, column, text)| Edit::Update { table, at, column, text }),
            2 => (table, at).prop_map(|(table, at)| Edit::Delete { table, at }),
        ]
    }

    /// The changes of one step, mapped to records that exist, each record at most once.
    fn fit(fixture: &BookFixture, edits: &[Edit]) -> Vec<RowChange> {
        let mut changes = Vec::new();
        let mut gone = Vec::new();
        for edit in edits {
            let (Edit::Insert { table, .. } | Edit::Update { table, .. } | Edit::Delete { table, .. }) = edit;
            let rows: Vec<i64> =
                fixture.all(table).iter().map(|r| r.row).filter(|row| !gone.contains(&(*table, *row))).collect();
            let pick = |at: usize| (!rows.is_empty()).then(|| rows[at % rows.len()]);
            let columns = if *table == COURSE { ["KCH", "KCMC", "XF"] } else { ["XH", "KCH", "DF"] };
            match edit {
                Edit::Insert { text, after, .. } => {
                    changes.push(insert_after(table, &[(columns[0], text)], after.and_then(pick)));
                }
                Edit::Update { at, column, text, .. } => {
                    changes.extend(pick(*at).map(|row| update(table, row, &[(columns[*column], text)])));
                }
                Edit::Delete { at, .. } => {
                    changes.extend(pick(*at).map(|row| delete(table, row)));
                    gone.extend(pick(*at).map(|row| (*table, row)));
                }
            }
        }
        changes
    }

    /// Everything that a clerk sees, in order, without the numbers of the steps that changed the records.
    fn content(fixture: &BookFixture) -> Vec<Record> {
        let all = [COURSE, PRACTICE].into_iter().flat_map(|table| fixture.all(table));
        all.map(|record| Record { changed: 0, ..record }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn undo_takes_every_step_back_and_redo_does_it_again(
            steps in proptest::collection::vec(proptest::collection::vec(edit(), 1..6), 1..8),
            reopen in any::<bool>(),
        ) {
            let mut fixture = BookFixture::new();
            let mut seen = vec![content(&fixture)];
            for (n, edits) in (0..).zip(&steps) {
                let changes = fit(&fixture, edits);
                if fixture.apply(n, &changes).step.is_some() {
                    seen.push(content(&fixture));
                } else {
                    prop_assert_eq!(&content(&fixture), seen.last().unwrap());
                }
            }
            if reopen {
                fixture.reopen();
                prop_assert_eq!(&content(&fixture), seen.last().unwrap());
            }
            for before in seen.iter().rev().skip(1) {
                prop_assert!(fixture.undo(at(100), "").unwrap().is_some());
                prop_assert_eq!(&content(&fixture), before);
            }
            prop_assert_eq!(fixture.undo(at(100), "").unwrap(), None);
            if reopen {
                fixture.reopen();
            }
            for after in seen.iter().skip(1) {
                prop_assert!(fixture.redo(at(200), "").unwrap().is_some());
                prop_assert_eq!(&content(&fixture), after);
            }
            prop_assert_eq!(fixture.redo(at(200), "").unwrap(), None);
            prop_assert_eq!(fixture.integrity().unwrap(), []);
        }
    }
}
