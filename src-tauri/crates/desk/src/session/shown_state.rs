//! What the state of a batch is called wherever people read it: on every screen, on the command line and on printed pages.

use std::sync::{Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use standard::catalogue::{Catalogue, Language};
use standard::delivery::DeliveryState;
use store::{Batch, BatchState};
use ts_rs::TS;

use super::open_book::{OpenBook, REHEARSAL};

/// A state of a batch as it is shown. The state alone says neither that the batch is a rehearsal, of which nothing left,
/// nor whether a submission that began goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ShownState {
    /// Nothing of it has left.
    Waiting,
    /// Submission to its connection is paused, and something of it has not left.
    Paused,
    /// Something of it is on its way now.
    Sending,
    /// A part of it left, the rest did not, and nothing is being sent.
    BrokenOff,
    /// All of it was taken in; results are open.
    Received,
    /// Of some part it is not known whether it arrived.
    Unknown,
    /// It left so long ago that its result is late.
    NoResult,
    /// All rows were stored.
    Stored,
    /// Some rows were stored.
    PartlyStored,
    /// No row was stored.
    Rejected,
    /// A rehearsal that has not come to its end.
    Rehearsing,
    /// A rehearsal that all rows passed.
    Rehearsed,
    /// A rehearsal that some rows passed.
    PartlyRehearsed,
    /// A rehearsal that no row passed.
    RehearsedRejected,
}

impl ShownState {
    /// The key of its words in ui/src/text.
    pub fn key(self) -> &'static str {
        match self {
            ShownState::Waiting => "state.waiting",
            ShownState::Paused => "state.paused",
            ShownState::Sending => "state.sending",
            ShownState::BrokenOff => "state.broken-off",
            ShownState::Received => "state.received",
            ShownState::Unknown => "state.unknown",
            ShownState::NoResult => "state.no-result",
            ShownState::Stored => "state.stored",
            ShownState::PartlyStored => "state.partly-stored",
            ShownState::Rejected => "state.rejected",
            ShownState::Rehearsing => "state.rehearsing",
            ShownState::Rehearsed => "state.rehearsed",
            ShownState::PartlyRehearsed => "state.partly-rehearsed",
            ShownState::RehearsedRejected => "state.rehearsed-rejected",
        }
    }

    /// Its Chinese words, for pages that are printed.
    pub(crate) fn words(self) -> &'static str {
        static WORDS: OnceLock<Catalogue> = OnceLock::new();
        let words = WORDS.get_or_init(|| Catalogue::read(&[include_str!("../../../../../ui/src/text/words.json")]));
        words.words(self.key(), Language::Zh).unwrap_or_else(|| self.key())
    }

    /// What a delivery of a batch is called.
    pub(crate) fn of_delivery(connection: &str, state: DeliveryState) -> ShownState {
        let state = match state {
            DeliveryState::Frozen => ShownState::Waiting,
            DeliveryState::Sending => ShownState::Sending,
            DeliveryState::Sent => ShownState::Received,
            DeliveryState::Unknown => ShownState::Unknown,
            DeliveryState::Stored => ShownState::Stored,
            DeliveryState::PartlyStored => ShownState::PartlyStored,
            DeliveryState::Rejected => ShownState::Rejected,
        };
        if connection == REHEARSAL { state.rehearsed() } else { state }
    }

    /// The same of a rehearsal.
    fn rehearsed(self) -> ShownState {
        match self {
            ShownState::Stored => ShownState::Rehearsed,
            ShownState::PartlyStored => ShownState::PartlyRehearsed,
            ShownState::Rejected => ShownState::RehearsedRejected,
            _ => ShownState::Rehearsing,
        }
    }
}

/// The connection that is sent to at the moment.
#[derive(Debug, Default)]
pub(crate) struct Driven(Mutex<Option<String>>);

impl Driven {
    /// Notes that batches of a connection are being sent, until the answer is dropped.
    pub fn begin(&self, connection: &str) -> DrivenNow<'_> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(connection.to_owned());
        DrivenNow(self)
    }

    fn is(&self, connection: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(connection)
    }
}

/// Held while batches are being sent.
pub(crate) struct DrivenNow<'a>(&'a Driven);

impl Drop for DrivenNow<'_> {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl OpenBook {
    /// What the state of a batch is called at this moment.
    pub(crate) fn shown_state(&self, batch: &Batch, driven: &Driven, now: Timestamp) -> ShownState {
        let shown = match batch.state {
            _ if self.is_overdue(batch, now) => ShownState::NoResult,
            BatchState::Frozen | BatchState::Sending if driven.is(&batch.connection) => match batch.state {
                BatchState::Frozen => ShownState::Waiting,
                _ => ShownState::Sending,
            },
            // A pause that cannot be read keeps everything here, so it is shown as one.
            BatchState::Frozen | BatchState::Sending if !matches!(self.paused_since(&batch.connection), Ok(None)) => {
                ShownState::Paused
            }
            BatchState::Frozen => ShownState::Waiting,
            BatchState::Sending => ShownState::BrokenOff,
            BatchState::Sent => ShownState::Received,
            BatchState::Unknown => ShownState::Unknown,
            BatchState::Stored => ShownState::Stored,
            BatchState::PartlyStored => ShownState::PartlyStored,
            BatchState::Rejected => ShownState::Rejected,
        };
        if batch.connection == REHEARSAL { shown.rehearsed() } else { shown }
    }
}
