//! Records as they were at an earlier step of the log: the base with which a workbook is compared that was written then.

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
    /// The values of the record at the step. `now` are its values now, absent where it is gone. `None`: it was not there
    /// at the step.
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

    /// Numbers of the records that were there at the step and were deleted since; some of them may be back.
    pub fn deleted(&self) -> impl Iterator<Item = i64> + '_ {
        self.rows.iter().filter(|(_, record)| record.existed && record.whole).map(|(row, _)| *row)
    }

    /// Takes the next change, in the order in which they were made.
    fn take(&mut self, change: Logged) {
        let record = self.rows.entry(change.row).or_insert_with(|| PastRecord {
            existed: change.op != Op::Insert,
            ..PastRecord::default()
        });
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
    /// What has changed in a table after this step. Costs as much as was changed.
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
