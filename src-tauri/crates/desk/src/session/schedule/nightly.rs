//! What came of the daily reconciliation, in the book.

use serde::{Deserialize, Serialize};

use crate::session::OpenBook;
use crate::session::api::CallError;

/// Setting of the book that holds it.
const SETTING: &str = "reconciled";

/// The last reconciliation that was made by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Nightly {
    /// Its day (`YYYY-MM-DD`); empty: none was made.
    pub day: String,
    /// Name of the connection.
    pub connection: String,
    /// Lines that it could not explain.
    pub unexplained: u64,
    /// Why it ended early.
    pub error: Option<CallError>,
}

impl Nightly {
    /// The last one. What cannot be read counts as none: the next day makes it anew.
    pub fn of(open: &OpenBook) -> Nightly {
        let kept = open.book.setting(SETTING).ok().flatten();
        kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn keep(&self, open: &OpenBook) -> Result<(), CallError> {
        let value = serde_json::to_value(self).map_err(|_| CallError::failed("a reconciliation is not JSON"))?;
        Ok(open.book.set_setting(SETTING, &value)?)
    }
}
