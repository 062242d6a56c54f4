//! SQL that can only read: for the checks' sets and for `tianbao rows --where`.
//!
//! Three walls stand around it: the connection is opened read-only, `query_only` is on, and an authorizer lets
//! through nothing but SELECT over the standard's tables and harmless functions: no ATTACH, no PRAGMA, no look at
//! settings or batches. A statement can be given a time limit and be cancelled.
//!
//! The standard's tables have their columns (TEXT, NULL where empty) and these: `_row` (number of the record), `_period`,
//! `_place` (order), `_natural` (the record key that its natural key makes now; NULL while that is empty), `_changed`
//! (last step), `_key_fixed`. One function is added: `tb_items(value, separator)` gives a JSON array of the trimmed,
//! non-empty items of a multi-valued cell, for `json_each`.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use thiserror::Error;

/// How long a statement may take, and who may end it.
#[derive(Debug, Clone, Default)]
pub struct ReadLimits {
    /// Longest time for one query; absent: no limit.
    pub time: Option<Duration>,
    /// Ends the query when set; may be set from any thread.
    pub cancel: Option<Arc<AtomicBool>>,
}

/// Why a query was not answered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The statement would do more than read the standard's tables.
    #[error("the statement does more than read")]
    Refused,
    /// The time limit.
    #[error("the time is over")]
    TimeOut,
    /// Cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Not SQL that this book understands.
    #[error("{reason}")]
    Sql {
        /// SQLite's words.
        reason: String,
    },
}

impl ReadError {
    /// The name by which words are looked up.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Refused => "reader.refused",
            ReadError::TimeOut => "reader.time-out",
            ReadError::Cancelled => "reader.cancelled",
            ReadError::Sql { .. } => "reader.sql",
        }
    }

    /// What the words name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            ReadError::Sql { reason } => vec![("reason", reason.clone())],
            _ => Vec::new(),
        }
    }
}

/// A parameter of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SqlValue<'a> {
    /// Nothing.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
    Text(&'a str),
}

/// A connection that can only read. One thread uses it at a time.
pub struct ReadConnection {}

/// One row of an answer.
pub struct ReadRow<'a>(&'a ());

impl ReadRow<'_> {
    /// The text of a column, from 0; numbers as text, `""` for NULL.
    pub fn text(&self, column: usize) -> String {
        let _ = column;
        unimplemented!()
    }

    /// The whole number in a column; `None` for NULL and anything else.
    pub fn integer(&self, column: usize) -> Option<i64> {
        let _ = column;
        unimplemented!()
    }

    /// Whether a column is NULL.
    pub fn is_null(&self, column: usize) -> bool {
        let _ = column;
        unimplemented!()
    }
}

impl ReadConnection {
    /// Runs one SELECT and hands each row to `each`, until it breaks. Parameters stand for `?1`, `?2` ...
    pub fn query(
        &self,
        sql: &str,
        params: &[SqlValue<'_>],
        each: impl FnMut(&ReadRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let _ = (sql, params, each);
        unimplemented!()
    }
}
