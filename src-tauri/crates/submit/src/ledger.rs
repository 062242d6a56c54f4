//! What must be remembered about calls, whatever crashes.
//!
//! A batch is cut into calls when it is frozen; from then on only states move:
//!
//! ```text
//! frozen -> sending -> sent -> stored | partly | rejected
//!    ^         |         ^
//!    |         +-> unknown     found among the results: sent; not there in time: frozen
//!    +---------+------+        refused, or certainly not sent: frozen
//! ```
//!
//! The trait is what this room asks of the book; left out: how the book keeps it.

use jiff::Timestamp;
use protocol::Row;

use crate::error::SubmitError;
use crate::verdict::Judgement;

/// Names a call: a batch, and its number in the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId {
    /// Number of the batch in the book; later batches have higher numbers.
    pub batch: i64,
    /// Number of the call in the batch.
    pub no: u32,
}

/// State of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallState {
    /// Waits to be sent.
    Frozen,
    /// Handed to the network; found so after a crash, its fate is unknown.
    Sending,
    /// Handed to the network, no reply: it may have arrived or not.
    Unknown,
    /// The other side has taken it; the result is open.
    Sent,
    /// All rows stored; closed.
    Stored,
    /// Some rows stored; closed.
    Partly,
    /// No row stored; closed.
    Rejected,
}

impl CallState {
    /// Whether nothing more will happen to it.
    pub fn closed(self) -> bool {
        matches!(self, CallState::Stored | CallState::Partly | CallState::Rejected)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            CallState::Frozen => "frozen",
            CallState::Sending => "sending",
            CallState::Unknown => "unknown",
            CallState::Sent => "sent",
            CallState::Stored => "stored",
            CallState::Partly => "partly",
            CallState::Rejected => "rejected",
        }
    }
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub id: CallId,
    /// Table.
    pub table: String,
    /// Rows in it.
    pub rows: u32,
    /// State.
    pub state: CallState,
    /// When it was last handed to the network, by the receiver's clock as far as it was known: `at` of
    /// [`Event::Sending`].
    pub sent_at: Option<Timestamp>,
    /// The receiver's handle: `time` of [`Event::Sent`].
    pub time: Option<String>,
}

/// One row of a call: the record's key and the row as it was frozen.
#[derive(Debug, Clone)]
pub struct Item {
    /// Record key.
    pub key: String,
    /// The row.
    pub row: Row,
}

/// Something that happened to a call. Recording it moves the call to [`Event::state`].
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// It is handed to the network now.
    Sending {
        /// By the receiver's clock as far as it is known.
        at: Timestamp,
    },
    /// It certainly did not arrive: it waits again.
    NotSent {
        /// Why.
        why: SubmitError,
    },
    /// It may have arrived or not. `why` is absent for a call found in `sending` after a crash.
    Unknown {
        /// Why.
        why: Option<SubmitError>,
    },
    /// The other side has taken it.
    Sent {
        /// The handle, as the other side wrote it.
        time: String,
        /// Rows that it counted; most do not tell.
        size: Option<u64>,
    },
    /// The other side refused it at the door: nothing was taken, and it waits again. Codes of refusals are not printed,
    /// so that a wrong token and a wrong table cannot be told apart; the next run may find the reason gone.
    Refused {
        /// Its code.
        code: String,
        /// Its words.
        message: String,
    },
    /// It was unknown, the other side was asked in time and does not know it: it waits again.
    NotThere,
    /// The result came in.
    Result {
        /// What it means.
        judgement: Judgement,
        /// The entry of the query's reply, as JSON text: the receipt.
        receipt: String,
    },
}

impl Event {
    /// The state that follows.
    pub fn state(&self) -> CallState {
        match self {
            Event::Sending { .. } => CallState::Sending,
            Event::NotSent { .. } | Event::Refused { .. } | Event::NotThere => CallState::Frozen,
            Event::Unknown { .. } => CallState::Unknown,
            Event::Sent { .. } => CallState::Sent,
            Event::Result { judgement, .. } => judgement.state,
        }
    }

    /// Moves a call.
    pub fn apply(&self, call: &mut Call) {
        match self {
            Event::Sending { at } => call.sent_at = Some(*at),
            Event::Sent { time, .. } => call.time = Some(time.clone()),
            Event::NotSent { .. } | Event::Refused { .. } | Event::NotThere => call.sent_at = None,
            _ => {}
        }
        call.state = self.state();
    }
}

/// The memory of calls towards one connection.
pub trait Ledger {
    /// Failure of the memory itself.
    type Error;

    /// Every call that is not closed; older batches first, then by number.
    fn open_calls(&self) -> Result<Vec<Call>, Self::Error>;

    /// Rows of a call, in the order in which they are sent.
    fn items(&self, call: CallId) -> Result<Vec<Item>, Self::Error>;

    /// Receipts ([`Event::Result`]) of closed calls that were sent at or after this time, so that no entry is taken for
    /// two calls.
    fn receipts(&self, since: Timestamp) -> Result<Vec<String>, Self::Error>;

    /// Records an event; on return it is durable.
    fn record(&self, call: CallId, event: &Event) -> Result<(), Self::Error>;
}
