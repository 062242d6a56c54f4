//! What the standard does not say about due days, as the college has set it; kept in the book.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::period::Period;

/// Setting of the book that holds them.
const SETTING: &str = "due";

/// What the standard does not say about due days. Days are `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DueSettings {
    /// First day of a term, by period (`2026-2027-1`); a term that is not listed is taken to begin on 1 September or 1
    /// March.
    pub term_starts: BTreeMap<String, String>,
    /// Whether a day off can be a due day. Otherwise it moves to the last work day before, for a daily table to the
    /// next one.
    pub every_day: bool,
    /// Due days before this one are not counted; empty: all count.
    pub from: String,
    /// Days on which the college does not work, beside those of the notices: breaks, sports days.
    pub days_off: Vec<DaysOff>,
    /// Days on which it works although a notice or the weekend says otherwise.
    pub days_on: Vec<String>,
    /// Tables that have nothing to report, by period.
    pub nothing: BTreeMap<String, Vec<String>>,
    /// Tables that are due on a day of the year (`MM-DD`) that the college was told, whatever their frequency is.
    pub fixed: BTreeMap<String, String>,
}

/// Days off that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct DaysOff {
    /// First of them.
    pub first: String,
    /// Last of them.
    pub last: String,
    /// What they are for.
    #[serde(default)]
    pub name: String,
}

impl DueSettings {
    /// Checks the settings; the error names the one that is invalid.
    pub(crate) fn check(&self, edition: &standard::Edition) -> Result<(), CallError> {
        let wrong =
            |name: &str, value: &str| CallError::new("settings.bad-value").with("name", name).with("value", value);
        let day = |name: &str, text: &str| text.parse::<Date>().map_err(|_| wrong(name, text));
        for (period, start) in &self.term_starts {
            Period::parse(period).ok_or_else(|| wrong("term_starts", period))?;
            day("term_starts", start)?;
        }
        if !self.from.is_empty() {
            day("from", &self.from)?;
        }
        for DaysOff { first, last, .. } in &self.days_off {
            if day("days_off", first)? > day("days_off", last)? {
                return Err(wrong("days_off", last));
            }
        }
        for text in &self.days_on {
            day("days_on", text)?;
        }
        for (period, tables) in &self.nothing {
            Period::parse(period).ok_or_else(|| wrong("nothing", period))?;
            for table in tables {
                table_of(edition, table)?;
            }
        }
        for (table, text) in &self.fixed {
            table_of(edition, table)?;
            // A year that has 29 February.
            day("fixed", &format!("2028-{text}"))?;
        }
        Ok(())
    }

    /// Whether the college says that a table has nothing to report in this period.
    pub(crate) fn has_nothing(&self, period: &str, table: &str) -> bool {
        self.nothing.get(period).is_some_and(|tables| tables.iter().any(|one| one == table))
    }
}

impl OpenBook {
    /// The settings of due days. What cannot be read counts as not set, and Home says so.
    pub(crate) fn due_settings(&self) -> Result<DueSettings, CallError> {
        let kept = self.book.setting(SETTING)?;
        Ok(kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
    }

    /// Whether the book has settings of due days that cannot be read.
    pub(crate) fn due_settings_are_damaged(&self) -> bool {
        let kept = self.book.setting(SETTING).ok().flatten();
        kept.is_some_and(|value| serde_json::from_value::<DueSettings>(value).is_err())
    }

    /// Keeps them.
    pub(crate) fn keep_due_settings(&self, settings: &DueSettings) -> Result<(), CallError> {
        let value = serde_json::to_value(settings).map_err(|_| CallError::failed("due settings are not JSON"))?;
        Ok(self.book.set_setting(SETTING, &value)?)
    }
}
