//! Writes one record: its values together with everything that is computed from them.
//!
//! Both new steps and undo go through here, so a record's key, school, hash and findings are right whichever way its
//! values came to be. Key and school are never taken from the log: they follow from the values and the settings, or
//! are fixed.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use standard::key::record_key;

use crate::StoreError;
use crate::book::handle::Book;
use crate::numbers::recount::Recount;
use crate::records::derived::content_hash;
use crate::records::repeats;
use crate::records::stored::{self, Record, StoredRecord};
use crate::records::table_sql::TableSql;
use crate::tables::{finding, fixed_key, repeat};

/// Who writes: the school that records belong to, and the step that they are marked with.
pub(crate) struct Writing<'a> {
    pub connection: &'a Connection,
    pub school: &'a str,
    pub step: i64,
    /// Is called for every record before it changes.
    pub recount: &'a Recount<'a>,
    /// Collects the natural keys that several records share, for the end of a step; absent: their records get their keys
    /// at each change.
    pub later: Option<&'a Unsettled>,
}

/// Natural keys that a step has changed records of. The records that share one get the keys that they must have at the end
/// of the step: at each change, ten thousand equal records in one step would be looked at fifty million times.
#[derive(Debug, Default)]
pub(crate) struct Unsettled(RefCell<BTreeSet<(String, String)>>);

impl Unsettled {
    fn has(&self, table: &str, natural: &str) -> bool {
        self.0.borrow().contains(&(table.to_owned(), natural.to_owned()))
    }

    /// Gives the records that share one of the natural keys the keys that they must have now.
    pub fn settle(self, book: &Book, connection: &Connection) -> Result<(), StoreError> {
        self.0
            .into_inner()
            .iter()
            .try_for_each(|(table, natural)| repeats::settle(connection, book.table_sql(table)?, natural))
    }
}

impl Writing<'_> {
    /// The record as it stands, or an error.
    pub fn read(&self, table_sql: &TableSql, row: i64) -> Result<StoredRecord, StoreError> {
        stored::get(self.connection, table_sql, row)?
            .ok_or_else(|| StoreError::NoSuchRow { table: table_sql.name().to_owned(), row })
    }

    /// Puts a record into the table; under `row` if that is given, which brings a fixed key back with it.
    pub fn insert(
        &self,
        table_sql: &TableSql,
        row: Option<i64>,
        period: &str,
        ordering_key: f64,
        values: &mut [String],
    ) -> Result<i64, StoreError> {
        let fixed = match row {
            Some(row) => fixed_key::get(self.connection, table_sql.name(), row)?,
            None => None,
        };
        let key_fixed = fixed.is_some();
        self.touch_natural(table_sql, period, values)?;
        if let Some(row) = row {
            self.recount.touch(table_sql, row)?;
        }
        let natural = self.store(table_sql, &table_sql.insert, row, period, ordering_key, fixed, key_fixed, values)?;
        let row = match row {
            Some(row) => row,
            None => {
                let new = self.connection.last_insert_rowid();
                self.recount.begins(table_sql, new)?;
                new
            }
        };
        self.recount.comes(table_sql, period, ordering_key, row);
        self.settle(table_sql, row, [None, natural])?;
        Ok(row)
    }

    /// Writes a changed record.
    pub fn update(&self, table_sql: &TableSql, stored: &mut StoredRecord) -> Result<(), StoreError> {
        let before = self.touch(table_sql, stored.record.row)?;
        self.touch_natural(table_sql, &stored.record.period, &stored.record.values)?;
        let now = self.update_alone(table_sql, stored)?;
        self.settle(table_sql, stored.record.row, [before, now])
    }

    /// The same without a look at the records that share or shared its natural key. Returns the natural record key.
    fn update_alone(&self, table_sql: &TableSql, stored: &mut StoredRecord) -> Result<Option<String>, StoreError> {
        let StoredRecord { ordering_key, record: Record { row, period, key_fixed, key, values, .. } } = stored;
        let fixed = key_fixed.then(|| key.clone());
        self.store(table_sql, &table_sql.update, Some(*row), period, *ordering_key, fixed, *key_fixed, values)
    }

    /// Call it before a record changes: those that share its natural key may change with it. Returns that natural key.
    pub fn touch(&self, table_sql: &TableSql, row: i64) -> Result<Option<String>, StoreError> {
        self.recount.touch(table_sql, row)?;
        let natural = stored::natural(self.connection, table_sql, row)?;
        if let Some(natural) = &natural {
            self.touch_sharing(table_sql, natural)?;
        }
        Ok(natural)
    }

    /// Records that have this natural key are about to change. Those of one that is already unsettled are touched.
    fn touch_sharing(&self, table_sql: &TableSql, natural: &str) -> Result<(), StoreError> {
        if self.later.is_some_and(|later| later.has(table_sql.name(), natural)) {
            return Ok(());
        }
        self.recount.touch_sharing(table_sql, natural)
    }

    /// Records with the natural key of these values are about to change.
    fn touch_natural(&self, table_sql: &TableSql, period: &str, values: &[String]) -> Result<(), StoreError> {
        if self.recount.follows(table_sql)?
            && let Some(natural) = record_key(table_sql.table(), self.school, period, values)
        {
            self.touch_sharing(table_sql, &natural)?;
        }
        Ok(())
    }

    /// Puts a changed record under another period or ordering key, too.
    pub fn move_record(&self, table_sql: &TableSql, stored: &mut StoredRecord) -> Result<(), StoreError> {
        self.recount.leaves(table_sql, stored.record.row)?;
        self.update(table_sql, stored)?;
        self.recount.comes(table_sql, &stored.record.period, stored.ordering_key, stored.record.row);
        Ok(())
    }

    /// Deletes a record and its findings.
    pub fn delete(&self, table_sql: &TableSql, row: i64) -> Result<(), StoreError> {
        let before = self.touch(table_sql, row)?;
        self.recount.leaves(table_sql, row)?;
        self.connection
            .prepare_cached(&format!("DELETE FROM {} WHERE _row = ?1", table_sql.quoted_name))?
            .execute([row])?;
        finding::remove_of_record(self.connection, table_sql.name(), row)?;
        self.settle(table_sql, row, [before, None])
    }

    /// Gives the records that share the natural key which a record had or has the keys that they have to have now, at the
    /// end of the step. Most records share theirs with none: what they were stored with stands.
    fn settle(&self, table_sql: &TableSql, row: i64, natural: [Option<String>; 2]) -> Result<(), StoreError> {
        let natural: BTreeSet<String> = natural.into_iter().flatten().collect();
        let mut is_shared = false;
        for natural in &natural {
            is_shared = is_shared || repeats::is_shared(self.connection, table_sql, natural, row)?;
        }
        if !is_shared {
            return Ok(());
        }
        match self.later {
            None => natural.iter().try_for_each(|natural| repeats::settle(self.connection, table_sql, natural)),
            Some(later) => {
                later.0.borrow_mut().extend(natural.into_iter().map(|natural| (table_sql.name().to_owned(), natural)));
                Ok(())
            }
        }
    }

    /// Gives a record another ordering key.
    pub fn set_ordering_key(&self, table_sql: &TableSql, row: i64, ordering_key: f64) -> Result<(), StoreError> {
        self.recount.leaves(table_sql, row)?;
        let sql = format!("UPDATE {} SET _place = ?2 WHERE _row = ?1 RETURNING _period", table_sql.quoted_name);
        let mut statement = self.connection.prepare_cached(&sql)?;
        if let Some(period) = statement.query_row((row, ordering_key), |r| r.get::<_, String>(0)).optional()? {
            self.recount.comes(table_sql, &period, ordering_key, row);
        }
        Ok(())
    }

    /// What a receipt said about this cell, and about the record as a whole, no longer holds.
    pub fn forget_receipt(&self, table_sql: &TableSql, row: i64, column: &str) -> Result<(), StoreError> {
        self.recount.touch(table_sql, row)?;
        finding::remove_receipt_of_cell(self.connection, table_sql.name(), row, column)
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one record, in the order of the SQL")]
    fn store(
        &self,
        table_sql: &TableSql,
        sql: &str,
        row: Option<i64>,
        period: &str,
        ordering_key: f64,
        fixed: Option<String>,
        key_fixed: bool,
        values: &mut [String],
    ) -> Result<Option<String>, StoreError> {
        let natural = record_key(table_sql.table(), self.school, period, values);
        if let Some(at) = table_sql.school_at {
            self.school.clone_into(&mut values[at]);
        }
        if let Some(at) = table_sql.key_at {
            values[at] = fixed.or_else(|| natural.clone()).unwrap_or_default();
        }
        let hash = content_hash(table_sql.table(), values);
        let cells: Vec<Option<&str>> = values.iter().map(|v| Some(v.as_str()).filter(|v| !v.is_empty())).collect();
        let own: [&dyn ToSql; 7] = [&row, &period, &ordering_key, &self.step, &key_fixed, &natural, &hash];
        let all = own.into_iter().chain(cells.iter().map(|c| c as &dyn ToSql));
        self.connection.prepare_cached(sql)?.execute(params_from_iter(all))?;
        Ok(natural)
    }
}

/// Makes period, key, school and hash of all records of a table anew. Values and log are not touched. The caller
/// updates the kept numbers.
pub(crate) fn derive_anew(connection: &Connection, table_sql: &TableSql, school: &str) -> Result<(), StoreError> {
    let rows: Vec<i64> = connection
        .prepare(&format!("SELECT _row FROM {}", table_sql.quoted_name))?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let recount = Recount::idle(connection);
    for row in rows {
        let mut writing = Writing { connection, school, step: 0, recount: &recount, later: None };
        let mut stored = writing.read(table_sql, row)?;
        writing.step = stored.record.changed;
        // The table may have another kind of period than when the record was kept.
        let period = table_sql.period(&stored.record.period);
        if period != stored.record.period {
            stored.record.period = period.to_owned();
            finding::set_period(connection, table_sql.name(), row, &stored.record.period)?;
        }
        let before = stored::natural(connection, table_sql, row)?;
        let now = writing.update_alone(table_sql, &mut stored)?;
        if let (Some(before), Some(now)) = (before, now)
            && before != now
        {
            repeat::carry(connection, table_sql.name(), row, &before, &now)?;
        }
    }
    for natural in repeats::shared(connection, table_sql)? {
        repeats::settle(connection, table_sql, &natural)?;
    }
    Ok(())
}
