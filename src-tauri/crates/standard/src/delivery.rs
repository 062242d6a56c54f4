//! How far a delivery has come: the state of one request that carries rows of a batch to the receiver.
//!
//! The book keeps it and the client moves it, so both take it from here.

use serde::{Deserialize, Serialize};

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
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

impl DeliveryState {
    /// All states, in the order of a journey.
    pub const ALL: [DeliveryState; 7] = [
        DeliveryState::Frozen,
        DeliveryState::Sending,
        DeliveryState::Sent,
        DeliveryState::Unknown,
        DeliveryState::Stored,
        DeliveryState::PartlyStored,
        DeliveryState::Rejected,
    ];

    /// Whether the result is known, so that nothing more happens to it.
    pub fn is_closed(self) -> bool {
        matches!(self, DeliveryState::Stored | DeliveryState::PartlyStored | DeliveryState::Rejected)
    }
}
