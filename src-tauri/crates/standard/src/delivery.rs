//! The state of a delivery: of one request that carries rows of a batch to the receiver.
//!
//! The type is here because both the book, which stores it, and the client, which changes it, need it.

use serde::{Deserialize, Serialize};

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// Not sent yet, or certainly not received.
    Frozen,
    /// Being sent. After a crash this becomes `Unknown`.
    Sending,
    /// Received; the result is not known yet.
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
    /// All states, from frozen to rejected.
    pub const ALL: [DeliveryState; 7] = [
        DeliveryState::Frozen,
        DeliveryState::Sending,
        DeliveryState::Sent,
        DeliveryState::Unknown,
        DeliveryState::Stored,
        DeliveryState::PartlyStored,
        DeliveryState::Rejected,
    ];

    /// Whether the result is known, so that the state does not change any more.
    pub fn is_closed(self) -> bool {
        matches!(self, DeliveryState::Stored | DeliveryState::PartlyStored | DeliveryState::Rejected)
    }
}
