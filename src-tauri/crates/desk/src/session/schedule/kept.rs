//! The entries of the schedule and their last runs, in the book.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use store::NATIONAL_TIME;

use super::entry::{ScheduleEntry, ScheduleOutcome};
use super::moments::Known;
use crate::session::OpenBook;
use crate::session::api::CallError;

/// Setting of the book that holds them.
pub(crate) const SETTING: &str = "schedule";

/// The schedule of a book.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Schedule {
    pub entries: Vec<ScheduleEntry>,
    /// By name of the entry.
    pub runs: BTreeMap<String, Run>,
}

/// What is kept of the runs of an entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Moments up to this one are done (RFC 3339).
    pub done_until: String,
    /// When a run failed that has not been made up for (RFC 3339).
    #[serde(default)]
    pub failed_at: Option<String>,
    /// What came of the last run.
    #[serde(default)]
    pub last: Option<ScheduleOutcome>,
}

impl Schedule {
    /// The schedule of a book. What cannot be read is damage: taken as empty, it would be replaced by the next change.
    pub fn of(open: &OpenBook) -> Result<Schedule, CallError> {
        let damaged = |_| CallError::new("book.damaged").with("file", open.path.display());
        open.book
            .setting(SETTING)?
            .map_or(Ok(Schedule::default()), |kept| serde_json::from_value(kept).map_err(damaged))
    }

    /// Keeps it.
    pub fn keep(&self, open: &OpenBook) -> Result<(), CallError> {
        let value = serde_json::to_value(self).map_err(|_| CallError::failed("the schedule is not JSON"))?;
        Ok(open.book.set_setting(SETTING, &value)?)
    }

    /// What is known of an entry, for [`super::moments::due`].
    pub fn known(&self, entry: &ScheduleEntry, imported_at: Option<Timestamp>) -> Known {
        let run = self.runs.get(&entry.name);
        Known {
            // Nothing is made up for where it is not known what was done.
            done_until: run.and_then(|run| moment(&run.done_until)).unwrap_or(DateTime::MAX),
            failed_at: run.and_then(|run| moment(run.failed_at.as_deref()?)),
            imported_at: imported_at.map(national),
        }
    }
}

fn moment(text: &str) -> Option<DateTime> {
    text.parse::<Timestamp>().ok().map(national)
}

/// A moment on the clocks of the country.
pub(crate) fn national(at: Timestamp) -> DateTime {
    at.to_zoned(NATIONAL_TIME).datetime()
}
