//! The history of one cell.

use serde::{Deserialize, Serialize};
use store::StepKind;
use ts_rs::TS;

/// Asks what became of a cell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CellHistoryQuery {
    /// Name of the table in the standard, such as `ODS_TSJYSJ`.
    pub table: String,
    /// Number of the record; it may be deleted.
    pub row: i64,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
}

/// What became of a cell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CellHistory {
    /// Name of the table in the standard.
    pub table: String,
    /// Number of the record.
    pub row: i64,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title of the column, as the edition prints it.
    pub title: String,
    /// Newest first.
    pub entries: Vec<CellEntry>,
    /// Whether older entries were left out.
    pub cut: bool,
}

/// One thing that happened.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CellEntry {
    /// When (RFC 3339).
    pub at: String,
    /// Who did it; empty where that is not known.
    pub who: String,
    /// What it was.
    #[serde(flatten)]
    pub event: CellEvent,
}

/// What happened to a cell or its record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum CellEvent {
    /// A step changed the cell.
    Changed {
        /// Number of the step in the change log.
        step: i64,
        /// What made it.
        kind: StepKind,
        /// For an import the name of the file; else empty.
        note: String,
        /// Whether it has been undone.
        undone: bool,
        /// Value before; empty also where the record was not there.
        before: String,
        /// Value after; empty also where the record is gone.
        after: String,
    },
    /// Somebody said why a value is right.
    Explained {
        /// Id of the rule whose finding it is about.
        rule: String,
        /// The value that it is about.
        value: String,
        /// The reason.
        text: String,
    },
    /// All rules of the table were run, nothing of the record was to be corrected or explained, and it was frozen.
    Frozen {
        /// Number of the batch in the book.
        batch: i64,
        /// Id of the edition by which it was checked.
        edition: String,
        /// Record key, as it is sent.
        key: String,
        /// The value of the cell that was frozen.
        value: String,
        /// Name of the connection.
        connection: String,
        /// Whether it was a rehearsal, of which nothing left.
        rehearsal: bool,
    },
    /// A second person consented to the batch.
    Signed {
        /// Number of the batch in the book.
        batch: i64,
    },
    /// It was sent.
    Sent {
        /// Number of the batch in the book.
        batch: i64,
        /// Number of the delivery in the batch, from 1.
        delivery: u32,
        /// Number of the record in the delivery, from 1.
        num: u32,
        /// Name of the connection.
        connection: String,
        /// The time in the receiver's reply, word for word; absent where no reply came.
        reply_time: Option<String>,
        /// Whether it was a rehearsal, of which nothing left.
        rehearsal: bool,
    },
    /// The result came.
    Answered {
        /// Number of the batch in the book.
        batch: i64,
        /// What it says about the record.
        outcome: CellOutcome,
        /// Column that a rejection names.
        column: Option<String>,
        /// The receiver's words about the record.
        error: Option<String>,
        /// Whether it was a rehearsal, of which nothing left.
        rehearsal: bool,
    },
}

/// What a result says about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CellOutcome {
    /// Nothing yet.
    Open,
    /// It was stored.
    Stored,
    /// It was not stored.
    Rejected,
}
