//! Types that calls of several rooms use.
//!
//! A call has one request and one response type; both are plain data. Record keys, amounts and all cell values are strings;
//! `row` numbers are small integers. The calls themselves are listed in [`crate::calls`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request or response without content.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// An error as the page and the command line get it: a code, and the parameters of its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallError {
    /// Such as `book.wrong-passphrase`; every code has words in ui/src/text.
    pub code: String,
    /// Parameters of the words: file, sheet, row, column, value (masked where personal).
    pub params: std::collections::BTreeMap<String, String>,
    /// Why the program itself failed; only for the log.
    #[serde(skip)]
    #[ts(skip)]
    pub fault: Option<super::fault::Fault>,
}

/// Progress of a long call; about ten a second at most.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Progress {
    /// The job's number, as given with the call.
    pub job: u32,
    /// Step in words.json under `progress.`.
    pub step: String,
    /// Done so far.
    pub done: u64,
    /// How many in all; 0 when unknown.
    pub total: u64,
}

/// Something in the book changed; screens that show it ask again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Changed {
    /// Rows or findings of these tables.
    Tables {
        /// Table names.
        tables: Vec<String>,
        /// Number of the step that changed records, as the answer of the call carries it; absent where only findings changed.
        step: Option<i64>,
    },
    /// Batches or receipts.
    Batches,
    /// The open book itself, or its settings.
    Book,
    /// Everything may have changed: the listener was too slow, and events were lost.
    Everything,
}

/// Names a job to cancel.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Cancel {
    /// Job number, as given with the call.
    pub job: u32,
}
