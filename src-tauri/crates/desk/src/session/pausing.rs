//! Submission that a person paused: for which connections, and since when. It is kept in the book, so that a restart, the
//! schedule and the command line keep to it, too.

use std::collections::BTreeMap;

use crate::session::OpenBook;
use crate::session::api::CallError;

/// The setting of the book: since when (RFC 3339), by connection.
const SETTING: &str = "submission-paused";

/// The code of the error for a setting that cannot be read.
const UNREADABLE: &str = "book.pause-unreadable";

impl OpenBook {
    /// Since when submission to the connection is paused (RFC 3339); absent if it is not.
    pub(crate) fn paused_since(&self, connection: &str) -> Result<Option<String>, CallError> {
        Ok(self.pauses()?.remove(connection))
    }

    /// Pauses submission to the connection from this moment (RFC 3339) on, or resumes it. A pause that is there already
    /// keeps its moment.
    pub(crate) fn set_paused(&self, connection: &str, since: Option<String>) -> Result<(), CallError> {
        let mut pauses = match (self.pauses(), &since) {
            // Whoever resumes sets what cannot be read anew.
            (Err(error), None) if error.code == UNREADABLE => BTreeMap::new(),
            (pauses, _) => pauses?,
        };
        match since {
            Some(since) => drop(pauses.entry(connection.to_owned()).or_insert(since)),
            None => drop(pauses.remove(connection)),
        }
        Ok(self.book.set_setting(SETTING, &serde_json::json!(pauses))?)
    }

    /// All pauses. A setting that is not one of this program is damage, not "no pause".
    pub(crate) fn pauses(&self) -> Result<BTreeMap<String, String>, CallError> {
        match self.book.setting(SETTING)? {
            None => Ok(BTreeMap::new()),
            Some(kept) => serde_json::from_value(kept).map_err(|_| CallError::new(UNREADABLE)),
        }
    }
}
