//! Every call of the desk, listed once.
//!
//! From the list in [`calls!`] come the dispatcher ([`dispatch`](super::dispatch)), the TypeScript types in
//! `ui/src/ipc/types` and the names the loopback bridge and the host serve. A call has one request and one response
//! type; both are plain data. Record keys, amounts and all cell values are strings; `row` numbers are small integers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request or response without content.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// An error as it crosses to the UI and the command line: a code that the words table knows, and what the words name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallError {
    /// Such as `book.wrong-passphrase`; every code has words in ui/src/text.
    pub code: String,
    /// What the words name: file, sheet, row, column, value (masked where personal).
    pub params: std::collections::BTreeMap<String, String>,
    /// Why the program itself failed; only for its log.
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
    /// Of so many; 0 when unknown.
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
        /// Number of the step that changed records, as the answer of the call carries it; 0 where only findings changed.
        step: i64,
    },
    /// Batches or receipts.
    Batches,
    /// The open book itself, or its settings.
    Book,
    /// Any of these, and others as well: events were lost to a listener that fell behind.
    Everything,
}

/// Names a job to cancel.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Cancel {
    /// Job number, as given with the call.
    pub job: u32,
}
