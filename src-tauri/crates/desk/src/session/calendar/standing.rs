//! The state of a table of the open book: what is not accepted, since when it is owed, whether it can be sent now, and
//! why not.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use standard::{Frequency, Table};
use store::{Batch, Readiness};
use ts_rs::TS;

use super::due_day::{Calendar, DueDay, Open, Printed};
use super::settings::DueSettings;
use crate::session::api::CallError;
use crate::session::env::national_day;
use crate::session::settings::Settings;
use crate::session::{Desk, OpenBook};

/// What is to be done for a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DueState {
    /// It has no records in this period.
    Empty,
    /// The college says that it has nothing to report in this period.
    Nothing,
    /// Records can be sent now.
    Ready,
    /// There are records to send, and none can be sent.
    Blocked,
    /// All records were sent or wait to be sent; results are missing.
    UnderWay,
    /// Everything was accepted; in this day, week or month nothing was.
    Quiet,
    /// Everything was accepted.
    Done,
}

/// Why records cannot be sent, or have not arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DueReason {
    /// Words under `due.` in ui/src/text.
    pub code: String,
    /// How many records it is about.
    pub rows: u64,
}

/// Where a table stands.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub readiness: Readiness,
    pub due: Option<DueDay>,
    /// Days since the due day, where something is open.
    pub overdue_days: u64,
    pub state: DueState,
    pub reasons: Vec<DueReason>,
    /// Records that can be sent now.
    pub ready: u64,
}

/// The open book on a day, for the current connection.
pub(crate) struct DueBook<'a> {
    open: &'a OpenBook,
    settings: Settings,
    due_settings: DueSettings,
    pub connection: String,
    pub today: Date,
    pub now: jiff::Timestamp,
    /// The newest batch of each table.
    pub last: BTreeMap<String, Batch>,
}

impl<'a> DueBook<'a> {
    pub fn new(desk: &Desk, open: &'a OpenBook, connection: &str) -> Result<DueBook<'a>, CallError> {
        let last = open.book.last_batches(connection)?;
        Ok(DueBook {
            open,
            settings: open.settings(),
            due_settings: open.due_settings()?,
            connection: connection.to_owned(),
            today: desk.clock.today(),
            now: desk.clock.now(),
            last: last.into_iter().map(|batch| (batch.table.clone(), batch)).collect(),
        })
    }

    /// The college's calendar in the period of the book.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { settings: &self.due_settings, period: &self.settings.period, term_end: self.settings.last_day() }
    }

    /// The settings of due days.
    pub fn settings(&self) -> &DueSettings {
        &self.due_settings
    }

    /// Where a table stands. Own tables are never submitted, so they have no due day.
    pub fn of(&self, table: &Table) -> Result<Standing, CallError> {
        let period = &self.settings.period;
        let numbers = self.open.book.submission_numbers(&self.connection, &table.name, period)?;
        let readiness = numbers.readiness;
        let nothing = readiness.rows == 0 && self.due_settings.has_nothing(period, &table.name);
        let open = match readiness {
            Readiness { rows: 0, .. } => Open::NoRecords,
            Readiness { rows, accepted, .. } if accepted < rows => {
                let oldest = self.open.book.oldest_open(&self.connection, &table.name, period)?;
                Open::Since(oldest.map_or(self.today, national_day))
            }
            _ => Open::Nothing,
        };
        let (due, overdue_days) = match table.own || nothing {
            true => (None, 0),
            false => self.calendar().owed(printed(table), open, self.today),
        };
        let ready = readiness.to_send.saturating_sub(readiness.blocked + readiness.unexplained);
        let no_connection = self.connection.is_empty() && readiness.to_send > 0 && !table.own;
        let ready = if no_connection { 0 } else { ready };
        let state = match readiness {
            _ if nothing => DueState::Nothing,
            Readiness { rows: 0, .. } => DueState::Empty,
            Readiness { to_send: 1.., .. } if ready > 0 => DueState::Ready,
            Readiness { to_send: 1.., .. } => DueState::Blocked,
            Readiness { under_way: 1.., .. } => DueState::UnderWay,
            _ if self.is_quiet(table) => DueState::Quiet,
            _ => DueState::Done,
        };
        let reasons = self.reasons(table, &readiness, no_connection)?;
        Ok(Standing { readiness, due, overdue_days, state, reasons, ready })
    }

    /// Whether a table that is reported each day, week or month has had nothing accepted in the current one.
    fn is_quiet(&self, table: &Table) -> bool {
        let begins = match table.frequency {
            Frequency::Day => Some(self.today),
            Frequency::Week => {
                let since_monday = i64::from(self.today.weekday().to_monday_zero_offset());
                self.today.checked_sub(jiff::Span::new().days(since_monday)).ok()
            }
            Frequency::Month => Some(self.today.first_of_month()),
            _ => None,
        };
        let last = self.last.get(&table.name).and_then(|batch| batch.sent_at).map(national_day);
        begins.is_some_and(|begins| last.is_none_or(|last| last < begins))
    }

    fn reasons(&self, table: &Table, ready: &Readiness, no_connection: bool) -> Result<Vec<DueReason>, CallError> {
        if table.own {
            return Ok(Vec::new());
        }
        let attention = match self.last.get(&table.name) {
            Some(_) => self.open.book.attention(&self.connection, &table.name, &self.settings.period)?,
            None => Default::default(),
        };
        let overdue = self.last.get(&table.name).filter(|batch| self.open.is_overdue(batch, self.now));
        let all = [
            ("no-connection", if no_connection { ready.to_send } else { 0 }),
            ("rejected", attention.rejected),
            ("mandatory", ready.blocked.saturating_sub(attention.rejected)),
            ("unexplained", ready.unexplained),
            ("waiting", ready.waiting),
            ("unknown", attention.unknown),
            ("no-result", overdue.map_or(0, |batch| batch.rows)),
        ];
        let reason = |(code, rows): (&str, u64)| (rows > 0).then(|| DueReason { code: code.to_owned(), rows });
        Ok(all.into_iter().filter_map(reason).collect())
    }
}

/// What the edition prints about when a table is reported.
pub(crate) fn printed(table: &Table) -> Printed<'_> {
    Printed {
        table: &table.name,
        frequency: table.frequency,
        kind: table.period,
        text: &table.frequency_text,
        scope: &table.scope,
    }
}
