//! Reading single records, and all records of a table one after another.

use std::ops::ControlFlow;

use standard::cell::Values;

use crate::{Book, StoreError};

/// One record of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number in the table; never used again after a deletion.
    pub row: i64,
    /// The period it speaks for; empty in tables whose records live on.
    pub period: String,
    /// Number of the step that changed it last.
    pub changed: i64,
    /// Whether its record key is fixed for life, because it has left the book in a batch.
    pub key_fixed: bool,
    /// Its record key; empty while its natural key is all empty.
    pub key: String,
    /// Values in the order of [`standard::Table::fields`], the system columns included; an empty cell is `""`.
    pub values: Values,
}

impl Book {
    /// The record of this number.
    pub fn get(&self, table: &str, row: i64) -> Result<Option<Record>, StoreError> {
        let _ = (table, row);
        unimplemented!()
    }

    /// The first record with this record key, by place.
    pub fn find_by_key(&self, table: &str, key: &str) -> Result<Option<i64>, StoreError> {
        let _ = (table, key);
        unimplemented!()
    }

    /// The records whose natural key is that of `values` (trimmed; in the order of the fields), by place. The period
    /// counts in periodic tables only. Empty where the natural key of `values` is all empty.
    pub fn find_by_natural(&self, table: &str, period: &str, values: &[String]) -> Result<Vec<i64>, StoreError> {
        let _ = (table, period, values);
        unimplemented!()
    }

    /// Hands every record of the table to `each`, in order, until it breaks. The period counts in periodic tables
    /// only. Reads one snapshot: changes made meanwhile are not seen.
    pub fn stream(
        &self,
        table: &str,
        period: &str,
        each: impl FnMut(Record) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let _ = (table, period, each);
        unimplemented!()
    }

    /// How many records the table has. The period counts in periodic tables only.
    pub fn count(&self, table: &str, period: &str) -> Result<u64, StoreError> {
        let _ = (table, period);
        unimplemented!()
    }

    /// How many required cells of the table's records are filled, and how many there are. System columns do not
    /// count. The period counts in periodic tables only.
    pub fn required_cells(&self, table: &str, period: &str) -> Result<(u64, u64), StoreError> {
        let _ = (table, period);
        unimplemented!()
    }

    /// Positions of these records in their table and period, from 1, as the grid counts; in the order asked.
    pub fn positions(&self, table: &str, rows: &[i64]) -> Result<Vec<Option<u64>>, StoreError> {
        let _ = (table, rows);
        unimplemented!()
    }
}
