//! Types that calls of several rooms use.
//!
//! A call has one request and one response type; both are plain data. Record keys, amounts and all cell values are
//! strings; `row` numbers are small integers. The calls themselves are listed in [`crate::calls`].

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
    /// How much is done.
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
        /// Number of the step that changed records, as the answer of the call carries it; absent where only findings
        /// changed.
        step: Option<i64>,
    },
    /// Batches or receipts.
    Batches,
    /// Imports that are prepared, or what is decided about them.
    Proposals,
    /// The open book itself, or its settings.
    Book,
    /// Everything may have changed: the listener was too slow, and events were lost.
    Everything,
}

/// What the program knows of the time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClockState {
    /// This PC's clock (RFC 3339, national time).
    pub pc: String,
    /// The best known time (RFC 3339, national time), which every day and moment of the program follows.
    pub known: String,
    /// Whether this PC's clock is right.
    pub verdict: ClockVerdict,
    /// The evidence that this PC's clock is wrong; absent if it is right.
    pub witness: Option<ClockWitness>,
    /// Whether the clerk can still declare this PC's clock to be right.
    pub can_trust: bool,
}

/// Whether a clock is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ClockVerdict {
    /// There is no evidence that it is wrong.
    Right,
    /// It is more than ten minutes behind a moment that is known to be over.
    Behind,
    /// It was ahead of the receiver by more than ten minutes, or shows a year in which the program is not used any
    /// more.
    Ahead,
}

/// The evidence that this PC's clock is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ClockWitness {
    /// When the program was made.
    Build,
    /// The clock of the receiver at its last answer.
    Receiver,
    /// The newest step in the book's log.
    Log,
}

/// Names a job to cancel.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Cancel {
    /// Job number, as given with the call.
    pub job: u32,
}
