//! Batches as they lie in the book: what was frozen, how far it has come, what was said about it.
//!
//! A batch holds rows of one table for one connection and is never changed once frozen. It is sent in calls, each
//! with its own state, so that a broken line is taken up where it broke. See [`crate::freeze`] for how a batch comes
//! to be, [`crate::calls`] for the moves between states, and [`crate::batch_query`] for reading.

use jiff::Timestamp;
use jiff::civil::Date;

/// How far a batch has come. Follows from the states of its calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BatchState {
    /// No call has gone out.
    Frozen,
    /// Some calls have gone out, some have not; or one is going out.
    Sending,
    /// All calls were taken in; results are open.
    Sent,
    /// Of some call it is not known whether it arrived.
    Unknown,
    /// All rows were stored.
    Stored,
    /// Some rows were stored.
    PartlyStored,
    /// No row was stored.
    Rejected,
}

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallState {
    /// Not gone out, or certainly not received.
    Frozen,
    /// Going out. After a crash this becomes `Unknown`.
    Sending,
    /// Taken in; the result is open.
    Sent,
    /// Perhaps received: the results must be asked before it may be sent again.
    Unknown,
    /// All rows were stored.
    Stored,
    /// Some rows were stored.
    PartlyStored,
    /// No row was stored.
    Rejected,
}

/// What became of a row of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowOutcome {
    /// Not known yet.
    Open,
    /// Stored by the other side.
    Stored,
    /// Rejected by the other side.
    Rejected,
}

/// State of a record towards a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// Never in a batch.
    New,
    /// Changed since it was accepted, or rejected and changed since.
    Changed,
    /// As it stands it is in an open batch.
    Sent,
    /// As it stands it was accepted.
    Accepted,
    /// As it stands it was rejected.
    Rejected,
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number.
    pub id: i64,
    /// Table.
    pub table: String,
    /// Period; empty for tables that are not periodic.
    pub period: String,
    /// Name of the connection.
    pub connection: String,
    /// Edition id.
    pub edition: String,
    /// How far it has come.
    pub state: BatchState,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// When its first call went out.
    pub sent_at: Option<Timestamp>,
    /// When the results of all its calls can be asked for.
    pub result_after: Option<Timestamp>,
    /// SM3 of the frozen rows, lower-case hex: over the payloads in order, each followed by a line feed.
    pub hash: String,
    /// Rows in it.
    pub rows: u64,
    /// Calls it is sent in.
    pub calls: u32,
    /// Rows received by the other side; absent before the first result.
    pub collected: Option<u64>,
    /// Rows stored by the other side; absent before the first result.
    pub stored: Option<u64>,
    /// What the other side said, word for word, one call a line; absent before the first result.
    pub receipt: Option<String>,
}

/// One call of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Batch.
    pub batch: i64,
    /// Number in the batch, from 1.
    pub no: u32,
    /// How far it has come.
    pub state: CallState,
    /// Rows in it.
    pub rows: u64,
    /// When it went out last.
    pub sent_at: Option<Timestamp>,
    /// The `time` of the reply, word for word: the handle for finding the result.
    pub reply_time: Option<String>,
    /// The reply, or what went wrong, word for word.
    pub reply: Option<String>,
    /// When the result can be asked for.
    pub result_after: Option<Timestamp>,
    /// Rows received by the other side.
    pub collected: Option<u64>,
    /// Rows stored by the other side.
    pub stored: Option<u64>,
    /// The result, word for word.
    pub receipt: Option<String>,
}

/// One frozen row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Batch.
    pub batch: i64,
    /// Call, from 1.
    pub call: u32,
    /// Number in the call, from 1.
    pub num: u32,
    /// The record; it may be changed or gone by now.
    pub row: i64,
    /// Its record key.
    pub key: String,
    /// SM3 of its content without the collection time, lower-case hex.
    pub hash: String,
    /// All columns of the table in printed order as a JSON object of texts; an empty cell is `""`.
    pub payload: String,
    /// What became of it.
    pub outcome: RowOutcome,
    /// Column that the rejection names.
    pub column: Option<String>,
    /// The other side's words.
    pub error: Option<String>,
}

/// Asks for batches, newest first.
#[derive(Debug, Clone, Default)]
pub struct BatchQuery {
    /// Only this table.
    pub table: Option<String>,
    /// Only this connection.
    pub connection: Option<String>,
    /// Only these states; empty for all.
    pub states: Vec<BatchState>,
    /// Only those with a smaller number, which are the older ones.
    pub before: Option<i64>,
    /// First.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// A page of batches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchPage {
    /// In all.
    pub total: u64,
    /// The page.
    pub batches: Vec<Batch>,
}

/// Numbers of one day, in Beijing time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// Day on which the calls went out.
    pub day: Date,
    /// Rows sent.
    pub sent: u64,
    /// Of these stored, as far as results are known.
    pub stored: u64,
    /// Of these rejected.
    pub rejected: u64,
}

impl BatchState {
    /// All states, in the order of a journey.
    pub const ALL: [BatchState; 7] = [
        BatchState::Frozen,
        BatchState::Sending,
        BatchState::Sent,
        BatchState::Unknown,
        BatchState::Stored,
        BatchState::PartlyStored,
        BatchState::Rejected,
    ];

    /// As it is written in the book and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            BatchState::Frozen => "frozen",
            BatchState::Sending => "sending",
            BatchState::Sent => "sent",
            BatchState::Unknown => "unknown",
            BatchState::Stored => "stored",
            BatchState::PartlyStored => "partly-stored",
            BatchState::Rejected => "rejected",
        }
    }

    /// The state that is written so.
    pub fn parse(text: &str) -> Option<BatchState> {
        BatchState::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether its result is still to come.
    pub fn is_open(self) -> bool {
        matches!(self, BatchState::Frozen | BatchState::Sending | BatchState::Sent | BatchState::Unknown)
    }
}

impl CallState {
    /// All states, in the order of a journey.
    pub const ALL: [CallState; 7] = [
        CallState::Frozen,
        CallState::Sending,
        CallState::Sent,
        CallState::Unknown,
        CallState::Stored,
        CallState::PartlyStored,
        CallState::Rejected,
    ];

    /// As it is written in the book and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            CallState::Frozen => "frozen",
            CallState::Sending => "sending",
            CallState::Sent => "sent",
            CallState::Unknown => "unknown",
            CallState::Stored => "stored",
            CallState::PartlyStored => "partly-stored",
            CallState::Rejected => "rejected",
        }
    }

    /// The state that is written so.
    pub fn parse(text: &str) -> Option<CallState> {
        CallState::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl RowOutcome {
    /// As it is written in the book.
    pub fn as_str(self) -> &'static str {
        match self {
            RowOutcome::Open => "open",
            RowOutcome::Stored => "stored",
            RowOutcome::Rejected => "rejected",
        }
    }

    /// The outcome that is written so.
    pub fn parse(text: &str) -> Option<RowOutcome> {
        [RowOutcome::Open, RowOutcome::Stored, RowOutcome::Rejected].into_iter().find(|o| o.as_str() == text)
    }
}
