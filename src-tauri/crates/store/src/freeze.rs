//! Freezing: the snapshot of rows that is sent, made once and never changed.
//!
//! A row is frozen when its content differs from what the connection accepted last, and not while an open
//! batch of that connection holds the same content: so a row is sent at most once per change. Freezing also fixes the
//! row's record key for life.

use jiff::Timestamp;

use crate::{Batch, Book, StoreError};

/// Asks for a batch.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// Table.
    pub table: String,
    /// Period; counts in periodic tables only.
    pub period: String,
    /// Name of the connection.
    pub connection: String,
    /// Now.
    pub at: Timestamp,
    /// Rows in one call; at least 1.
    pub rows_per_call: u32,
    /// Leave out rows with mandatory findings or with confirm findings that nobody explained.
    pub hold_back: bool,
}

/// What was frozen, and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The batch; absent where no row is left to send.
    pub batch: Option<Batch>,
    /// Rows left out for mandatory findings, or because they have no record key yet.
    pub blocked: u64,
    /// Rows left out for confirm findings that nobody explained.
    pub unexplained: u64,
}

/// A table before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// Records.
    pub rows: u64,
    /// Records that differ from what was accepted and are not under way.
    pub to_send: u64,
    /// Of these, records with mandatory findings or without a record key.
    pub blocked: u64,
    /// Of these, other records with confirm findings that nobody explained.
    pub unexplained: u64,
    /// Records that, as they stand, are in an open batch.
    pub under_way: u64,
    /// Records that, as they stand, were accepted.
    pub accepted: u64,
}

impl Book {
    /// Freezes what is to be sent of a table, in one transaction.
    pub fn freeze(&self, freeze: &Freeze) -> Result<Frozen, StoreError> {
        let _ = freeze;
        unimplemented!()
    }

    /// What could be frozen. The period counts in periodic tables only.
    pub fn readiness(&self, connection: &str, table: &str, period: &str) -> Result<Readiness, StoreError> {
        let _ = (connection, table, period);
        unimplemented!()
    }

    /// The records that [`Book::freeze`] would look at, by place: those that differ from what was accepted and are
    /// not in an open batch as they stand.
    pub fn to_send(&self, connection: &str, table: &str, period: &str) -> Result<Vec<i64>, StoreError> {
        let _ = (connection, table, period);
        unimplemented!()
    }
}
