//! The change log taken back and done again.
//!
//! Steps lie on one stack. An undo is a step of its own that names the step it undoes; a redo names the undo.
//! Neither repeats the changes: they belong to the first step and are read forwards or backwards, so a record comes
//! back exactly as it was: number, place, collection time. What has left the book is not undone: a fixed record key
//! stays, and so does what the other side accepted.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use crate::aside::is_behind_a_move;
use crate::book::{Outcome, head};
use crate::changes::{LOGGED, Logged, Op};
use crate::hidden::{self, is_own};
use crate::shape::Shape;
use crate::write::Writing;
use crate::{Book, StepInfo, StoreError, history};

/// Names one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// Table.
    pub table: String,
    /// Record.
    pub row: i64,
}

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

/// Which way the stack is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Undo,
    Redo,
}

impl Book {
    /// Takes the last standing step back. `None` where there is nothing to undo; an error where all there is lies before a
    /// move to another edition.
    pub fn undo(&self, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.walk(Way::Undo, at, who)
    }

    /// Does the step undone last again. `None` where there is nothing to redo: a new step clears it.
    pub fn redo(&self, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.walk(Way::Redo, at, who)
    }

    /// The records that a step touched, each once: what a caller reads before it takes the step back.
    pub fn step_rows(&self, step: i64) -> Result<Vec<RowRef>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT DISTINCT tbl, row FROM change WHERE step = ?1 AND op <> 'place' ORDER BY tbl, row";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([step], |r| Ok(RowRef { table: r.get(0)?, row: r.get(1)? }))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn walk(&self, way: Way, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        self.write(|connection| {
            let Some(root) = next(connection, way)? else {
                if way == Way::Undo && is_behind_a_move(connection)? {
                    return Err(StoreError::BeforeMove);
                }
                return Ok(Outcome::Leave(None));
            };
            let of = history::one(connection, root)?;
            let step = keep_step(connection, way, root, at, who)?;
            let school = head(connection, "school")?;
            let writing = Writing { connection, school: &school, step };
            let mut rows = BTreeSet::new();
            let mut changes = changes_of(connection, root)?;
            if way == Way::Undo {
                changes = changes.into_iter().rev().map(Logged::reversed).collect();
            }
            for change in changes {
                match self.shape(&change.table) {
                    Ok(shape) => replay(&writing, shape, &change)?,
                    // A table of the college's own that is not in use at present: its records follow out of sight.
                    Err(_) if is_own(&change.table) => {
                        hidden::replay(connection, &change)?;
                        continue;
                    }
                    Err(error) => return Err(error),
                }
                if change.op != Op::Place {
                    rows.insert(RowRef { table: change.table, row: change.row });
                }
            }
            Ok(Outcome::Commit(Some(Undone { step, of, rows: rows.into_iter().collect() })))
        })
    }
}

/// The first step that undo would take back, or redo would do again.
pub(crate) fn next(connection: &Connection, way: Way) -> Result<Option<i64>, StoreError> {
    let sql = match way {
        Way::Undo => "SELECT max(id) FROM step WHERE standing = 0",
        Way::Redo => "SELECT min(id) FROM step WHERE standing = 1",
    };
    Ok(connection.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

/// The step that an undo or redo itself is.
fn keep_step(connection: &Connection, way: Way, root: i64, at: Timestamp, who: &str) -> Result<i64, StoreError> {
    let (kind, forward, undoes) = match way {
        Way::Undo => ("undo", false, Some(root)),
        Way::Redo => {
            let undo = "SELECT max(id) FROM step WHERE root = ?1 AND kind = 'undo'";
            ("redo", true, connection.prepare_cached(undo)?.query_row([root], |r| r.get(0)).optional()?.flatten())
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO step (at, who, kind, note, undoes, root, forward, tables, rows)
             SELECT ?1, ?2, ?3, note, ?4, id, ?5, tables, rows FROM step WHERE id = ?6",
        )?
        .execute((at.as_millisecond(), who, kind, undoes, forward, root))?;
    let id = connection.last_insert_rowid();
    connection.prepare_cached("UPDATE step SET standing = ?2 WHERE id = ?1")?.execute((root, !forward))?;
    Ok(id)
}

/// The changes of a step, in order.
fn changes_of(connection: &Connection, step: i64) -> Result<Vec<Logged>, StoreError> {
    let sql = format!("SELECT {LOGGED} FROM change c WHERE c.step = ?1 ORDER BY c.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([step])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(Logged::read(row)?);
    }
    Ok(changes)
}

/// Does one change of the log to the record.
fn replay(writing: &Writing<'_>, shape: &Shape, change: &Logged) -> Result<(), StoreError> {
    let row = change.row;
    match change.op {
        Op::Insert => {
            let mut values = vec![String::new(); shape.table().fields.len()];
            set_cells(shape, &mut values, &change.after)?;
            writing.insert(shape, Some(row), &change.period, change.place_after, &mut values)?;
            hidden::put(writing.connection, shape, row, &change.after)?;
        }
        Op::Delete => writing.delete(shape, row)?,
        Op::Place => writing.set_place(shape, row, change.place_after)?,
        Op::Update => {
            let mut kept = writing.read(shape, row)?;
            set_cells(shape, &mut kept.record.values, &change.after)?;
            writing.update(shape, &mut kept)?;
            hidden::put(writing.connection, shape, row, &change.after)?;
            for (column, _) in &change.after {
                writing.forget_receipt(shape, row, column)?;
            }
        }
    }
    Ok(())
}

fn set_cells(shape: &Shape, values: &mut [String], cells: &[(String, String)]) -> Result<(), StoreError> {
    for (column, value) in cells.iter().filter(|(column, _)| !hidden::is_hidden(shape, column)) {
        value.clone_into(&mut values[shape.position(column)?]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, at, delete, insert, update};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn undo_and_redo_walk_the_stack() {
        let desk = Desk::new();
        let names = || desk.column(COURSE, "KCH").join(" ");
        desk.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        desk.apply(1, &[insert(COURSE, &[("KCH", "b")])]);
        desk.apply(2, &[update(COURSE, 1, &[("KCH", "A")]), delete(COURSE, 2)]);
        let undo = || desk.undo(at(9), "王").unwrap().map(|u| u.of.step);
        let redo = || desk.redo(at(9), "王").unwrap().map(|u| u.of.step);
        assert_eq!(names(), "A");
        assert_eq!((undo(), names()), (Some(3), "a b".into()));
        assert_eq!((undo(), names()), (Some(2), "a".into()));
        assert_eq!((redo(), names()), (Some(2), "a b".into()));
        assert_eq!((redo(), names()), (Some(3), "A".into()));
        assert_eq!((redo(), names()), (None, "A".into()));
        assert_eq!((undo(), undo(), undo(), undo()), (Some(3), Some(2), Some(1), None));
        assert_eq!(names(), "");
        desk.whole();
    }

    #[test]
    fn a_new_step_clears_what_could_be_redone() {
        let mut desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        desk.apply(1, &[update(COURSE, 1, &[("KCH", "b")])]);
        desk.undo(at(2), "").unwrap();
        desk.apply(3, &[update(COURSE, 1, &[("KCH", "c")])]);
        assert_eq!(desk.redo(at(4), "").unwrap(), None);
        desk.reopen();
        assert_eq!(desk.redo(at(4), "").unwrap(), None);
        assert_eq!(desk.undo(at(5), "").unwrap().unwrap().of.step, 4);
        assert_eq!(desk.column(COURSE, "KCH"), ["a"]);
        assert_eq!(desk.undo(at(6), "").unwrap().unwrap().of.step, 1);
        desk.whole();
    }

    #[test]
    fn undo_names_the_records_it_touched() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a")]), insert("ODS_PRACTICE", &[("XH", "1")])]);
        desk.apply(1, &[update(COURSE, 1, &[("KCMC", "x")]), update(COURSE, 1, &[("KCH", "b")])]);
        let row = |table: &str, row| RowRef { table: table.into(), row };
        assert_eq!(desk.undo(at(2), "").unwrap().unwrap().rows, [row(COURSE, 1)]);
        assert_eq!(desk.undo(at(3), "").unwrap().unwrap().rows, [row(COURSE, 1), row("ODS_PRACTICE", 1)]);
    }

    #[test]
    fn a_record_comes_back_with_number_and_collection_time() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a"), ("XF", "2.5")])]);
        let before = desk.get(COURSE, 1).unwrap().unwrap();
        desk.apply(50, &[update(COURSE, 1, &[("XF", "3")])]);
        desk.apply(60, &[delete(COURSE, 1)]);
        desk.undo(at(70), "").unwrap();
        desk.undo(at(80), "").unwrap();
        let after = desk.get(COURSE, 1).unwrap().unwrap();
        assert_eq!(after.values, before.values);
        assert_eq!(after.changed, 5, "the undo is what changed it last");
    }
}

#[cfg(test)]
mod properties {
    use crate::tests::{Desk, at, delete, insert_after, update};
    use crate::{Record, RowChange};
    use proptest::prelude::*;

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    /// A change of a record that may or may not be there: the test picks one that is.
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

    /// Changes of one step, which are made to fit the records that stand, none of them twice.
    fn fit(desk: &Desk, edits: &[Edit]) -> Vec<RowChange> {
        let mut changes = Vec::new();
        let mut gone = Vec::new();
        for edit in edits {
            let (Edit::Insert { table, .. } | Edit::Update { table, .. } | Edit::Delete { table, .. }) = edit;
            let rows: Vec<i64> =
                desk.all(table).iter().map(|r| r.row).filter(|row| !gone.contains(&(*table, *row))).collect();
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

    /// Everything that a clerk sees, in order; which step changed a record last is the log's business.
    fn content(desk: &Desk) -> Vec<Record> {
        let all = [COURSE, PRACTICE].into_iter().flat_map(|table| desk.all(table));
        all.map(|record| Record { changed: 0, ..record }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn undo_takes_every_step_back_and_redo_does_it_again(
            steps in proptest::collection::vec(proptest::collection::vec(edit(), 1..6), 1..8),
            reopen in any::<bool>(),
        ) {
            let mut desk = Desk::new();
            let mut seen = vec![content(&desk)];
            for (n, edits) in (0..).zip(&steps) {
                let changes = fit(&desk, edits);
                if desk.apply(n, &changes).step != 0 {
                    seen.push(content(&desk));
                } else {
                    prop_assert_eq!(&content(&desk), seen.last().unwrap());
                }
            }
            if reopen {
                desk.reopen();
                prop_assert_eq!(&content(&desk), seen.last().unwrap());
            }
            for before in seen.iter().rev().skip(1) {
                prop_assert!(desk.undo(at(100), "").unwrap().is_some());
                prop_assert_eq!(&content(&desk), before);
            }
            prop_assert_eq!(desk.undo(at(100), "").unwrap(), None);
            if reopen {
                desk.reopen();
            }
            for after in seen.iter().skip(1) {
                prop_assert!(desk.redo(at(200), "").unwrap().is_some());
                prop_assert_eq!(&content(&desk), after);
            }
            prop_assert_eq!(desk.redo(at(200), "").unwrap(), None);
            prop_assert_eq!(desk.integrity().unwrap(), []);
        }
    }
}
