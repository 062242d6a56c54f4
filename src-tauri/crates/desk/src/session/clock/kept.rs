//! What the book remembers of the time: the receiver's clock when it last answered, and which steps it overrules.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Book, StoreError};

/// Setting of the book that holds it.
const SETTING: &str = "clock";

/// The setting.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct KeptClock {
    /// Milliseconds since 1970 on the receiver's clock.
    receiver_ms: Option<i64>,
    /// The newest step of the log at that moment: it and all before it no longer count as evidence of the time.
    #[serde(default)]
    pub steps_before: i64,
    /// The same as a time.
    #[serde(skip)]
    pub receiver: Option<Timestamp>,
}

impl KeptClock {
    /// Reads the setting of the book. One that cannot be read counts as missing.
    pub fn read(book: &Book) -> Result<KeptClock, StoreError> {
        let kept = book.setting(SETTING)?.and_then(|value| serde_json::from_value(value).ok());
        let kept: KeptClock = kept.unwrap_or_default();
        let receiver = kept.receiver_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        Ok(KeptClock { receiver, ..kept })
    }

    /// Stores the time of a receiver that has just answered.
    pub fn heard(book: &Book, receiver: Timestamp) -> Result<(), StoreError> {
        keep(book, Some(receiver.as_millisecond()))
    }

    /// Stores that the steps until now do not count as evidence of the time.
    pub fn trusted(book: &Book) -> Result<(), StoreError> {
        keep(book, None)
    }
}

fn keep(book: &Book, receiver_ms: Option<i64>) -> Result<(), StoreError> {
    let value = serde_json::json!({ "receiver_ms": receiver_ms, "steps_before": book.last_step()? });
    book.set_setting(SETTING, &value)
}
