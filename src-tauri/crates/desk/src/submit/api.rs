//! Submitting, results, receipts and connections.

use std::collections::BTreeMap;

pub use crate::session::expiries::Expiry;
pub use crate::session::shown_state::ShownState;
use serde::{Deserialize, Serialize};
use standard::Frequency;
pub use store::BatchState;
use ts_rs::TS;

mod after;
mod before;

pub use after::*;
pub use before::*;

/// The connection that is submitted to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Target {
    /// Name of a connection; absent: rehearsal.
    pub connection: Option<String>,
}

/// The tables with the numbers of records that can be sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Ready {
    /// Since when submission to the connection is paused (RFC 3339); absent if it is not.
    pub paused: Option<String>,
    /// Records that are frozen and have not left.
    pub waiting: u64,
    /// Tables that have records, in printed order.
    pub tables: Vec<ReadyTable>,
}

/// One table before it is sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadyTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Responsible department.
    pub department: String,
    /// How often it is filled.
    pub frequency: Frequency,
    /// Day it is due.
    pub due: Option<String>,
    /// How many records.
    pub rows: u64,
    /// Records that are new or changed since they were accepted.
    pub to_send: u64,
    /// Of these, records with mandatory findings, which are not sent.
    pub blocked: u64,
    /// Of these, records with confirm findings without an explanation, which are not sent.
    pub unexplained: u64,
    /// Records in a batch whose result is not known.
    pub under_way: u64,
    /// Of these, records that have not been sent yet.
    pub waiting: u64,
    /// Records accepted.
    pub accepted: u64,
}

/// Freezes and sends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Send {
    /// The connection that is submitted to.
    pub target: Target,
    /// Tables; empty: all that have something to send.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Only tables that are due.
    #[serde(default)]
    pub due: bool,
    /// Only say what would be sent.
    #[serde(default)]
    pub dry_run: bool,
    /// Only what the receiver rejected as a whole, once more and unchanged.
    #[serde(default)]
    pub again: bool,
    /// With `again`: only the records of this batch.
    #[serde(default)]
    pub batch: Option<i64>,
    /// Only what is frozen and has not left; nothing new is frozen.
    #[serde(default)]
    pub waiting: bool,
    /// By table the hash (`Leaving::hash`) that was shown: a table whose records have changed since stays behind.
    #[serde(default)]
    pub expected: BTreeMap<String, String>,
    /// Who consents, where the college asks for it; absent: nothing that is not consented to leaves.
    #[serde(default)]
    pub sign: Option<Consent>,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

impl Send {
    /// Asks what would be sent.
    pub fn dry_run(target: Target, tables: Vec<String>) -> Send {
        let (expected, sign) = Default::default();
        let (due, again, batch, waiting) = Default::default();
        Send { target, tables, due, dry_run: true, again, batch, waiting, expected, sign, job: 0 }
    }
}

/// Pauses submission to a connection, or resumes it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Pause {
    /// The connection.
    pub target: Target,
    /// Whether it is paused from now on.
    pub paused: bool,
}

/// Whether submission to a connection is paused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Paused {
    /// Since when (RFC 3339); absent if it is not.
    pub since: Option<String>,
}

/// What was sent. The keys are those of `tianbao submit --json`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Sent {
    /// Batches frozen or continued, one or more for each table.
    pub batches: Vec<BatchView>,
    /// Tables left out, and why.
    pub skipped: Vec<Skipped>,
    /// Why sending stopped before its end; what was done is kept and goes on next time.
    pub interrupted: Option<crate::session::api::CallError>,
}

/// A table left out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Skipped {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Words under `skipped.` in ui/src/text; the command line prints the words.
    pub reason: String,
    /// How many records it is about.
    pub rows: u64,
}

/// One batch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BatchView {
    /// Its number in the book.
    pub id: i64,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Records in it.
    pub rows: u64,
    /// Its state between waiting and stored; of a rehearsal, as if it were a submission.
    pub state: BatchState,
    /// What the state is called where people read it.
    pub shown: ShownState,
    /// Rows that have left, or may have.
    pub left: u64,
    /// Name of the connection; `rehearsal` for a rehearsal.
    pub connection: String,
    /// When it was frozen (RFC 3339).
    pub frozen_at: String,
    /// When its first delivery was sent.
    pub sent_at: Option<String>,
    /// When the result can be asked for.
    pub result_after: Option<String>,
    /// SM3 of the frozen rows.
    pub hash: String,
    /// Rows that the receiver counted; absent before the result.
    pub collected: Option<u64>,
    /// Rows that the receiver stored; absent before the result.
    pub stored: Option<u64>,
    /// The text of the receipt as it was received; absent before the result.
    pub receipt: Option<String>,
    /// Why a part of it was not sent, or is not known to have arrived; absent if there was no problem.
    pub problem: Option<crate::session::api::CallError>,
    /// Whether it was sent and its result is late.
    pub overdue: bool,
    /// Whether a part of it was rejected without words about single records, so that it can be sent again unchanged.
    pub may_go_again: bool,
    /// The first twelve digits of `hash` in groups of four, for comparing by eye.
    pub fingerprint: String,
    /// The consent of a second person; absent where nobody gave one.
    pub signed: Option<SignedBatch>,
}

/// Asks for results now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AskResults {
    /// The longest time in seconds to wait for batches whose result is not there yet.
    #[serde(default)]
    pub wait: u32,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// Results that came in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Results {
    /// Batches asked for.
    pub batches: Vec<BatchResult>,
    /// When it is worth asking again (RFC 3339); absent: nothing is open.
    pub next: Option<String>,
    /// Notes for the clerk, such as results that name another account.
    pub notes: Vec<crate::session::api::CallError>,
    /// Why asking stopped before its end.
    pub interrupted: Option<crate::session::api::CallError>,
}

/// One batch with its rejected rows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BatchResult {
    /// State and numbers of the batch.
    pub batch: BatchView,
    /// The first rejected rows, at most 500; `submit.rejected` answers the others.
    pub rejected: Vec<RejectedRow>,
    /// How many rows were rejected.
    pub rejected_total: u64,
}

/// Asks for rejected rows of a batch, in the order of the batch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RejectedQuery {
    /// Number of the batch in the book.
    pub id: i64,
    /// How many to leave out at the beginning.
    #[serde(default)]
    pub offset: u64,
    /// The largest number to return, at most 500.
    pub limit: u64,
}

/// One rejected row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RejectedRow {
    /// Record in the book; absent where it has been deleted since.
    pub row: Option<i64>,
    /// Its position in its table, from 1, as the grid counts; absent where it has been deleted since.
    pub position: Option<u64>,
    /// Record key.
    pub key: String,
    /// Column, where the message names one.
    pub column: Option<String>,
    /// Chinese title of the column, as the edition prints it.
    pub column_title: Option<String>,
    /// The message of the receiver, as it was received.
    pub error: String,
}

/// Asks for batches, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BatchesQuery {
    /// Only this table.
    #[serde(default)]
    pub table: Option<String>,
    /// How many to leave out before the first one shown; from 0.
    #[serde(default)]
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// A page of batches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Batches {
    /// In all.
    pub total: u64,
    /// The page.
    pub batches: Vec<BatchView>,
}

/// Names a batch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BatchRef {
    /// Its number.
    pub id: i64,
}
