//! Writing one record: its values together with everything that follows from them.
//!
//! Both new steps and undo go through here, so a record's key, school, hash and findings are right whichever way its
//! values came to be. Key and school are never taken from the log: they follow from the values and the settings, or
//! are fixed.

use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use standard::key::record_key;

use crate::StoreError;
use crate::derived::content_hash;
use crate::findings::RECEIPT_RULE;
use crate::record::{self, Kept, Record};
use crate::shape::Shape;

/// Who writes: the school that records belong to, and the step that they are marked with.
pub(crate) struct Writing<'a> {
    pub connection: &'a Connection,
    pub school: &'a str,
    pub step: i64,
}

impl Writing<'_> {
    /// The record as it stands, or an error.
    pub fn read(&self, shape: &Shape, row: i64) -> Result<Kept, StoreError> {
        record::get(self.connection, shape, row)?
            .ok_or_else(|| StoreError::NoSuchRow { table: shape.name().to_owned(), row })
    }

    /// Puts a record into the table; under `row` if that is given, which brings a fixed key back with it.
    pub fn insert(
        &self,
        shape: &Shape,
        row: Option<i64>,
        period: &str,
        place: f64,
        values: &mut [String],
    ) -> Result<i64, StoreError> {
        let fixed = match row {
            Some(row) => self.fixed_key(shape, row)?,
            None => None,
        };
        let key_fixed = fixed.is_some();
        self.store(shape, &shape.insert, row, period, place, fixed, key_fixed, values)?;
        Ok(row.unwrap_or_else(|| self.connection.last_insert_rowid()))
    }

    /// Puts a changed record in the place of what stands there.
    pub fn update(&self, shape: &Shape, kept: &mut Kept) -> Result<(), StoreError> {
        let Kept { place, record: Record { row, period, key_fixed, key, values, .. } } = kept;
        let fixed = key_fixed.then(|| key.clone());
        self.store(shape, &shape.update, Some(*row), period, *place, fixed, *key_fixed, values)
    }

    /// Takes a record out, with its findings.
    pub fn delete(&self, shape: &Shape, row: i64) -> Result<(), StoreError> {
        self.connection.prepare_cached(&format!("DELETE FROM {} WHERE _row = ?1", shape.sql_name))?.execute([row])?;
        self.connection
            .prepare_cached("DELETE FROM finding WHERE tbl = ?1 AND row = ?2")?
            .execute((shape.name(), row))?;
        Ok(())
    }

    /// Moves a record to another place.
    pub fn set_place(&self, shape: &Shape, row: i64, place: f64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(&format!("UPDATE {} SET _place = ?2 WHERE _row = ?1", shape.sql_name))?
            .execute((row, place))?;
        Ok(())
    }

    /// What a receipt said about this cell, and about the record as a whole, no longer holds.
    pub fn forget_receipt(&self, shape: &Shape, row: i64, column: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM finding WHERE tbl = ?1 AND row = ?2 AND col IN (?3, '') AND rule = ?4")?
            .execute((shape.name(), row, column, RECEIPT_RULE))?;
        Ok(())
    }

    fn fixed_key(&self, shape: &Shape, row: i64) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT key FROM fixed_key WHERE tbl = ?1 AND row = ?2")?;
        Ok(statement.query_row((shape.name(), row), |r| r.get(0)).optional()?)
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one record, in the order of the SQL")]
    fn store(
        &self,
        shape: &Shape,
        sql: &str,
        row: Option<i64>,
        period: &str,
        place: f64,
        fixed: Option<String>,
        key_fixed: bool,
        values: &mut [String],
    ) -> Result<(), StoreError> {
        let natural = record_key(shape.table(), self.school, period, values);
        if let Some(at) = shape.school_at {
            self.school.clone_into(&mut values[at]);
        }
        if let Some(at) = shape.key_at {
            values[at] = fixed.or_else(|| natural.clone()).unwrap_or_default();
        }
        let hash = content_hash(shape.table(), values);
        let cells: Vec<Option<&str>> = values.iter().map(|v| Some(v.as_str()).filter(|v| !v.is_empty())).collect();
        let own: [&dyn ToSql; 7] = [&row, &period, &place, &self.step, &key_fixed, &natural, &hash];
        let all = own.into_iter().chain(cells.iter().map(|c| c as &dyn ToSql));
        self.connection.prepare_cached(sql)?.execute(params_from_iter(all))?;
        Ok(())
    }
}

/// Makes key, school and hash of all records of a table anew, in any period. Values and log are not touched.
pub(crate) fn derive_anew(connection: &Connection, shape: &Shape, school: &str) -> Result<(), StoreError> {
    let rows: Vec<i64> = connection
        .prepare(&format!("SELECT _row FROM {}", shape.sql_name))?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    for row in rows {
        let mut writing = Writing { connection, school, step: 0 };
        let mut kept = writing.read(shape, row)?;
        writing.step = kept.record.changed;
        writing.update(shape, &mut kept)?;
    }
    Ok(())
}
