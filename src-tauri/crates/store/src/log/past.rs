//! Records as they were at an earlier step of the log. A workbook that was written at that step is compared with them.

use std::collections::{BTreeMap, HashMap};

use standard::Table;
use standard::cell::Values;

use crate::StoreError;
use crate::book::handle::Book;
use crate::tables::change::{LOGGED, Logged, Op};

/// What has changed in a table since a step, read backwards.
#[derive(Debug, Clone, Default)]
pub struct Past {
    rows: HashMap<i64, PastRecord>,
}

/// One record that was changed since.
#[derive(Debug, Clone, Default)]
struct PastRecord {
    /// Whether the record was there at the step.
    existed: bool,
    /// Whether `cells` are all its filled cells, because it was deleted since.
    whole: bool,
    /// Values that its cells had, by column; those that were not changed are missing.
    cells: BTreeMap<String, String>,
}

impl Past {
    /// The values of the record at the step. `now` are its values now, absent where it is gone. `None`: it was not
    /// there at the step.
    pub fn values(&self, table: &Table, row: i64, now: Option<&Values>) -> Option<Values> {
        let Some(record) = self.rows.get(&row) else { return now.cloned() };
        if !record.existed {
            return None;
        }
        let value = |(at, field): (usize, &standard::Field)| match record.cells.get(&field.column) {
            Some(value) => value.clone(),
            None if record.whole => String::new(),
            None => now.map(|values| values[at].clone()).unwrap_or_default(),
        };
        Some(table.fields.iter().enumerate().map(value).collect())
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Numbers of the records that were there at the step and were changed or deleted since.
    pub fn changed(&self) -> impl Iterator<Item = i64> + '_ {
        self.rows.iter().filter(|(_, record)| record.existed).map(|(row, _)| *row)
    }

    /// Numbers of the records that were not there at the step; some of them may be gone again.
    pub fn added(&self) -> impl Iterator<Item = i64> + '_ {
        self.rows.iter().filter(|(_, record)| !record.existed).map(|(row, _)| *row)
    }

    /// Whether a record of the table was there at the step.
    pub fn was_there(&self, row: i64) -> bool {
        self.rows.get(&row).is_none_or(|record| record.existed)
    }

    /// Applies the next change; changes come in the order in which they were made.
    fn take(&mut self, change: Logged) {
        let record = self
            .rows
            .entry(change.row)
            .or_insert_with(|| PastRecord { existed: change.op != Op::Insert, ..PastRecord::default() });
        if !record.existed || record.whole {
            return;
        }
        record.whole = change.op == Op::Delete;
        for (column, value) in change.before {
            record.cells.entry(column).or_insert(value);
        }
    }
}

impl Book {
    /// What has changed in a table after this step. The cost grows with the number of changes.
    pub fn past(&self, table: &str, step: i64) -> Result<Past, StoreError> {
        self.table_sql(table)?;
        let sql = format!(
            "SELECT {LOGGED}, s.forward AS forward FROM step s JOIN change c ON c.step = s.root
             WHERE s.id > ?1 AND c.tbl = ?2 AND c.op <> 'place'
             ORDER BY s.id, CASE WHEN s.forward THEN c.id ELSE -c.id END"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query((step, table))?;
            let mut past = Past::default();
            while let Some(row) = rows.next()? {
                let change = Logged::read(row)?;
                past.take(if row.get("forward")? { change } else { change.reversed() });
            }
            Ok(past)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{BookFixture, at, delete, insert, update};

    const COURSE: &str = "ODS_COURSE";

    /// KCH and KCMC of a record at a step; absent where it was not there.
    fn was(fixture: &BookFixture, step: i64, row: i64) -> Option<(String, String)> {
        let past = fixture.past(COURSE, step).unwrap();
        let table = fixture.edition().table(COURSE).unwrap().clone();
        let now = fixture.get(COURSE, row).unwrap().map(|record| record.values);
        let values = past.values(&table, row, now.as_ref())?;
        let cell = |column: &str| values[table.position(column).unwrap()].clone();
        Some((cell("KCH"), cell("KCMC")))
    }

    fn some(number: &str, name: &str) -> Option<(String, String)> {
        Some((number.into(), name.into()))
    }

    #[test]
    fn records_are_read_as_they_were() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a"), ("KCMC", "x")])]); // step 1
        fixture.apply(1, &[update(COURSE, 1, &[("KCMC", "y")])]);
        fixture.apply(2, &[insert(COURSE, &[("KCH", "b")]), update(COURSE, 1, &[("KCMC", "z"), ("KCH", "c")])]);
        fixture.apply(3, &[delete(COURSE, 1)]); // step 4
        assert_eq!(was(&fixture, 1, 1), some("a", "x"));
        assert_eq!(was(&fixture, 2, 1), some("a", "y"));
        assert_eq!(was(&fixture, 3, 1), some("c", "z"));
        assert_eq!(was(&fixture, 4, 1), None);
        assert_eq!((was(&fixture, 2, 2), was(&fixture, 3, 2)), (None, some("b", "")));
        assert_eq!(fixture.past(COURSE, 2).unwrap().changed().collect::<Vec<_>>(), [1]);
        // A step that was undone later counts as undone.
        fixture.undo(at(4), "").unwrap(); // step 5: the record is back
        fixture.undo(at(5), "").unwrap(); // step 6: as it was at step 2
        assert_eq!((was(&fixture, 2, 1), was(&fixture, 5, 1)), (some("a", "y"), some("c", "z")));
        assert_eq!(was(&fixture, 5, 2), some("b", ""));
        assert_eq!(was(&fixture, 4, 1), None);
        fixture.redo(at(6), "").unwrap();
        assert_eq!(was(&fixture, 6, 1), some("a", "y"));
        assert_eq!(was(&fixture, 6, 2), None);
    }
}
