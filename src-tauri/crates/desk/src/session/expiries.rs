//! When accounts of receivers and their keys end, as the college noted it: the protocol tells no such day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::api::CallError;
use super::open_book::OpenBook;

/// Setting of the book that holds what is set for submissions; the days stand in its part `expiries`.
pub(crate) const SETTING: &str = "submission";

/// Days before the end of an account or a key from which on it is said.
pub(crate) const EXPIRY_DAYS: i32 = 30;

/// When the account of a connection and its key end, as the receiver told the college. Days are `YYYY-MM-DD`; empty:
/// not noted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Expiry {
    /// Last day of the account.
    #[serde(default)]
    pub account: String,
    /// Last day of the key.
    #[serde(default)]
    pub key: String,
}

/// Days from today to a last day; negative if it is over, absent if none is noted.
pub(crate) fn days_left(last: &str, today: Date) -> Option<i32> {
    let last = last.parse::<Date>().ok()?;
    Some(today.until(last).map_or(0, |span| span.get_days()))
}

impl OpenBook {
    /// The days that are noted, by name of the connection.
    pub(crate) fn expiries(&self) -> Result<BTreeMap<String, Expiry>, CallError> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Noted {
            expiries: BTreeMap<String, Expiry>,
        }
        let damaged = |_| CallError::new("book.damaged").with("file", self.path.display());
        let kept = self.book.setting(SETTING)?;
        Ok(kept.map_or(Ok(Noted::default()), |kept| serde_json::from_value(kept).map_err(damaged))?.expiries)
    }
}
