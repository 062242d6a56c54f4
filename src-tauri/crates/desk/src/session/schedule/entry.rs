//! An entry of the schedule, and what came of its last run.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use standard::Edition;
use ts_rs::TS;

use crate::session::api::CallError;
use crate::session::editions::table_of;

/// A term has no more days.
const MOST_TERM_DAYS: u16 = 300;

/// What goes by itself, and when. A day counts where it is among `weekdays`, among `days` and among `term_days`; an empty
/// list has all days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ScheduleEntry {
    /// Name that the college gave to it.
    pub name: String,
    /// Tables; empty: all tables of `department`, or all of the edition.
    pub tables: Vec<String>,
    /// Department whose tables go; empty: whatever `tables` says.
    pub department: String,
    /// A saved source that is imported first; empty: none.
    pub source: String,
    /// The connection; empty: the one that the settings name.
    pub connection: String,
    /// Time of the day in national time (`HH:MM`); empty: no time, only after an import.
    pub at: String,
    /// Days of the week, 1 Monday to 7 Sunday.
    pub weekdays: Vec<i8>,
    /// Days of the month, 1 to 31; -1 is the last day.
    pub days: Vec<i8>,
    /// Days of the term: 1 is its first day, -1 its last one.
    pub term_days: Vec<i16>,
    /// It also goes once an import has changed one of its tables.
    pub after_import: bool,
    /// Only tables whose due day has come.
    pub due: bool,
    /// A table does not go while one of its records stays behind for a finding. Otherwise the other records go.
    pub whole: bool,
    /// It is switched off for the time being.
    pub off: bool,
}

impl ScheduleEntry {
    /// The time of the day.
    pub(crate) fn time(&self) -> Option<Time> {
        self.at.parse().ok()
    }

    /// Checks an entry; the error names what is wrong.
    pub(crate) fn check(&self, edition: &Edition) -> Result<(), CallError> {
        let wrong =
            |name: &str, value: &str| Err(CallError::new("settings.bad-value").with("name", name).with("value", value));
        if self.name.trim().is_empty() {
            return wrong("name", &self.name);
        }
        if !self.at.is_empty() && (self.at.len() != 5 || self.time().is_none()) {
            return wrong("at", &self.at);
        }
        if self.at.is_empty() && !self.after_import {
            return Err(CallError::new("schedule.never").with("name", &self.name));
        }
        if let Some(day) = self.weekdays.iter().find(|day| !(1..=7).contains(*day)) {
            return wrong("weekdays", &day.to_string());
        }
        if let Some(day) = self.days.iter().find(|day| !(1..=31).contains(*day) && **day != -1) {
            return wrong("days", &day.to_string());
        }
        if let Some(day) = self.term_days.iter().find(|day| **day == 0 || day.unsigned_abs() > MOST_TERM_DAYS) {
            return wrong("term_days", &day.to_string());
        }
        self.tables.iter().try_for_each(|table| table_of(edition, table).map(drop))
    }
}

/// What came of a run of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScheduleOutcome {
    /// When it ran (RFC 3339).
    pub at: String,
    /// The moment that it was due (RFC 3339); later than that by as long as the PC was off.
    pub due_at: String,
    /// Batches that it froze or continued.
    pub batches: Vec<i64>,
    /// Records in them.
    pub rows: u64,
    /// Records that the source brought: new and changed ones.
    pub imported: u64,
    /// What a person has to look at, and what stayed behind for it.
    pub told: Vec<CallError>,
    /// Why it ended early; it is tried again.
    pub error: Option<CallError>,
}
