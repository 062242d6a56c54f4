//! What must be recorded about deliveries, so that a crash at any moment loses nothing.
//!
//! A batch is cut into deliveries when it is frozen; from then on only states move:
//!
//! ```text
//! frozen -> sending -> sent -> stored | partly-stored | rejected
//!    ^         |         ^
//!    |         +-> unknown     found among the results: sent; not there in time: frozen
//!    +---------+------+        refused, or certainly not sent: frozen
//! ```
//!
//! `desk` implements the trait with the book.

use jiff::Timestamp;
use protocol::Row;
use standard::delivery::DeliveryState;

use crate::error::SubmitError;
use crate::verdict::DeliveryVerdict;

/// The number of a batch, and of a delivery in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeliveryId {
    /// Number of the batch in the book; later batches have higher numbers.
    pub batch: i64,
    /// Number of the delivery in the batch, from 1.
    pub no: u32,
}

/// One delivery: one request that carries rows of a batch to the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its batch, and its number in it.
    pub id: DeliveryId,
    /// Name of the table.
    pub table: String,
    /// How many rows it has.
    pub rows: u32,
    /// Where it is between frozen and stored.
    pub state: DeliveryState,
    /// When it was last handed to the network, by the best known time ([`Ledger::now`]): waits are counted from it.
    pub sent_at: Option<Timestamp>,
    /// The same moment by the receiver's clock, as far as it was known: results are found by it.
    pub receiver_at: Option<Timestamp>,
    /// The time in the receiver's reply: `time` of [`Event::Sent`].
    pub time: Option<String>,
}

/// One row of a delivery: the record's key and the row as it was frozen.
#[derive(Debug, Clone)]
pub struct Item {
    /// Record key.
    pub key: String,
    /// The values as frozen, by column.
    pub row: Row,
}

/// Something that happened to a delivery. Recording it moves the delivery to [`Event::state`].
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// It is handed to the network now.
    Sending {
        /// By the best known time.
        at: Timestamp,
        /// By the receiver's clock as far as it is known.
        receiver_at: Timestamp,
    },
    /// It certainly did not arrive: it waits again.
    NotSent {
        /// Why it was not sent.
        why: SubmitError,
    },
    /// It may have arrived or not. `why` is absent for a delivery found in `sending` after a crash.
    Unknown {
        /// Why there was no reply.
        why: Option<SubmitError>,
    },
    /// The receiver has taken it.
    Sent {
        /// The time in the reply, as the receiver wrote it; the result is found by it.
        time: String,
        /// Rows that it counted; most receivers do not say.
        size: Option<u64>,
    },
    /// The receiver refused the request: no row was taken, and the delivery waits again. The protocol prints no codes
    /// of refusals, so a wrong token and a wrong table cannot be distinguished; the next run may succeed.
    Refused {
        /// What the receiver said.
        why: SubmitError,
    },
    /// It was unknown, and the results of the receiver do not contain it in time: it waits again.
    NotThere,
    /// The result came in.
    Result {
        /// What the result means for the delivery and for each row.
        verdict: DeliveryVerdict,
        /// The entry of the query's reply, as JSON text: the receipt.
        receipt: String,
    },
}

impl Event {
    /// The state that follows.
    pub fn state(&self) -> DeliveryState {
        match self {
            Event::Sending { .. } => DeliveryState::Sending,
            Event::NotSent { .. } | Event::Refused { .. } | Event::NotThere => DeliveryState::Frozen,
            Event::Unknown { .. } => DeliveryState::Unknown,
            Event::Sent { .. } => DeliveryState::Sent,
            Event::Result { verdict, .. } => verdict.state,
        }
    }

    /// Changes the delivery as this event does.
    pub fn apply(&self, delivery: &mut Delivery) {
        match self {
            Event::Sending { at, receiver_at } => {
                delivery.sent_at = Some(*at);
                delivery.receiver_at = Some(*receiver_at);
            }
            Event::Sent { time, .. } => delivery.time = Some(time.clone()),
            Event::NotSent { .. } | Event::Refused { .. } | Event::NotThere => {
                delivery.sent_at = None;
                delivery.receiver_at = None;
            }
            _ => {}
        }
        delivery.state = self.state();
    }
}

/// The record of all deliveries of one connection.
pub trait Ledger {
    /// An error of the ledger itself.
    type Error;

    /// The best known time. All waits are measured by it, whatever the clocks of this PC and of the receiver show. It
    /// takes the time in the receiver's last reply into account.
    fn now(&self) -> Timestamp;

    /// Every delivery that is not closed; older batches first, then by number.
    fn open_deliveries(&self) -> Result<Vec<Delivery>, Self::Error>;

    /// Rows of a delivery, in the order in which they are sent.
    fn items(&self, delivery: DeliveryId) -> Result<Vec<Item>, Self::Error>;

    /// Record keys of the rows of a delivery, in the order in which they are sent.
    fn keys(&self, delivery: DeliveryId) -> Result<Vec<String>, Self::Error>;

    /// Receipts ([`Event::Result`]) of closed deliveries that were sent at or after this time by the receiver's clock,
    /// so that no entry is taken for two deliveries.
    fn receipts(&self, since: Timestamp) -> Result<Vec<String>, Self::Error>;

    /// The largest number of rows that the receiver takes at once, if an earlier run had to learn it.
    fn learned_rows(&self) -> Result<Option<u32>, Self::Error>;

    /// Keeps the largest number of rows that the receiver takes at once; absent: that of the settings again.
    fn learn_rows(&self, rows: Option<u32>) -> Result<(), Self::Error>;

    /// Cuts the waiting deliveries of a batch into deliveries of at most `rows` rows; on return it is durable.
    fn split(&self, batch: i64, rows: u32) -> Result<(), Self::Error>;

    /// Records an event; on return it is durable.
    fn record(&self, delivery: DeliveryId, event: &Event) -> Result<(), Self::Error>;
}
