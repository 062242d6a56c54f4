//! The journey of a call, one durable move at a time.
//!
//! ```text
//! frozen -> sending -> sent -> stored | partly-stored | rejected
//!    ^         |         ^          ^
//!    |         +-> unknown ---------+      (the results tell; never by sending again first)
//!    +---------+---------+                 (certainly not received)
//! ```
//!
//! Every other move is an error and changes nothing. A call that was `sending` when the program died is `unknown`
//! when the book is opened again. The state of the batch follows from its calls.

use jiff::Timestamp;
use standard::Finding;

use crate::{Batch, Book, StoreError};

/// What the other side says about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallResult {
    /// When it became known.
    pub at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// Rows stored.
    pub stored: u64,
    /// The result, word for word.
    pub receipt: String,
    /// The rows that were not stored; all others count as accepted. Where the other side does not say which rows it
    /// dropped, the caller names all.
    pub rejected: Vec<RejectedRow>,
    /// Findings for the cells of rejected rows; their rule becomes `receipt`.
    pub findings: Vec<Finding>,
}

/// A row that was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Number in the call, from 1.
    pub num: u32,
    /// Column that the other side names.
    pub column: Option<String>,
    /// Its words.
    pub error: String,
}

impl Book {
    /// `frozen -> sending`: to be recorded before the call goes out.
    pub fn call_sending(&self, batch: i64, call: u32, at: Timestamp) -> Result<Batch, StoreError> {
        let _ = (batch, call, at);
        unimplemented!()
    }

    /// `sending | unknown -> sent`: the other side took it in. `time` is its handle, `reply` its words.
    pub fn call_sent(
        &self,
        batch: i64,
        call: u32,
        time: &str,
        reply: &str,
        result_after: Timestamp,
    ) -> Result<Batch, StoreError> {
        let _ = (batch, call, time, reply, result_after);
        unimplemented!()
    }

    /// `sending | unknown -> frozen`: certainly not received (no connection, refused, or the results show that it
    /// never arrived); it may be sent again.
    pub fn call_not_received(&self, batch: i64, call: u32, why: &str) -> Result<Batch, StoreError> {
        let _ = (batch, call, why);
        unimplemented!()
    }

    /// `sending -> unknown`: cut off or timed out after sending began. `ask_after` is when the results can tell.
    pub fn call_unknown(&self, batch: i64, call: u32, why: &str, ask_after: Timestamp) -> Result<Batch, StoreError> {
        let _ = (batch, call, why, ask_after);
        unimplemented!()
    }

    /// `sent | unknown -> stored | partly-stored | rejected`: files the result: outcomes of the rows, what is accepted
    /// now, findings for the rejected; one transaction.
    pub fn call_result(&self, batch: i64, call: u32, result: &CallResult) -> Result<Batch, StoreError> {
        let _ = (batch, call, result);
        unimplemented!()
    }
}
