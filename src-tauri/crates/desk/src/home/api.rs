//! The content of the home page.

use serde::{Deserialize, Serialize};
use standard::{Frequency, Level};
use store::BatchState;
use ts_rs::TS;

pub use crate::session::calendar::settings::{DaysOff, DueSettings};
pub use crate::session::calendar::standing::{DueReason, DueState};
pub use crate::session::calendar::work_days::HolidaysKnown;
pub use crate::session::shown_state::ShownState;
use crate::verify::api::LevelCounts;

/// The home page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Home {
    /// Tables of my department (all tables where none is set), the most urgent first.
    pub tables: Vec<HomeTable>,
    /// Numbers of today.
    pub today: Today,
    /// Numbers of the last 14 days, oldest first.
    pub days: Vec<DayCount>,
    /// Warnings, the most urgent first.
    pub warnings: Vec<Warning>,
}

/// One table on the home page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HomeTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// How often it is filled.
    pub frequency: Frequency,
    /// Records of the current period.
    pub rows: u64,
    /// Share of required cells that are filled, 0 to 1; 0 without records.
    pub complete: f64,
    /// Findings by level.
    pub findings: LevelCounts,
    /// The table's own period in words, such as `2026-2027学年`.
    pub period_name: String,
    /// Day it is due (`YYYY-MM-DD`); absent where it has no due day.
    pub due: Option<String>,
    /// A table of the college's own, which is not submitted.
    pub own: bool,
    /// Time of the last submission (RFC 3339), if any.
    pub last_submitted: Option<String>,
    /// State of the last batch for the current connection; absent if there is none.
    pub last_state: Option<BatchState>,
    /// What that state is called where people read it.
    pub last_shown: Option<ShownState>,
    /// Records accepted by the current connection.
    pub accepted: u64,
    /// Records changed since they were last accepted.
    pub to_send: u64,
    /// Records in a batch that were not sent yet.
    pub waiting: u64,
    /// Records that were sent, without an answer that tells whether they arrived.
    pub unknown: u64,
    /// Records that were rejected with their present content.
    pub rejected: u64,
    /// Days since the due day, where something is not stored; 0: not overdue.
    pub overdue_days: u64,
}

/// Numbers of today.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Today {
    /// Rows sent.
    pub sent: u64,
    /// Rows stored.
    pub stored: u64,
    /// Rows rejected.
    pub rejected: u64,
}

/// Numbers of one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Rows sent.
    pub sent: u64,
    /// Rows stored.
    pub stored: u64,
    /// Rows rejected.
    pub rejected: u64,
}

/// One warning.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Warning {
    /// Words under `warning.` in ui/src/text.
    pub code: String,
    /// How serious it is.
    pub level: Level,
    /// Parameters of the words.
    pub params: std::collections::BTreeMap<String, String>,
    /// Table that it is about.
    pub table: Option<String>,
    /// Where it is mended; absent: outside the program.
    pub to: Option<WarningPlace>,
}

/// Where what a warning says is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WarningPlace {
    /// The records of its table.
    Table,
    /// The submission screen.
    Submit,
    /// The reconciliation with the receiver.
    Reconcile,
    /// What was imported and is not decided.
    Imports,
    /// The settings of the college and its terms.
    College,
    /// Terms, days off and due days.
    Due,
    /// What the program needs to reach receivers.
    Connections,
    /// Sign-off, and when accounts and keys end.
    Submission,
    /// The schedule and the robots.
    Schedule,
    /// Copies of the book, beside the password.
    Backups,
}

/// Asks for the numbers of tables that an edit can change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountsQuery {
    /// Table names; empty: the tables of my department, all where none is set.
    #[serde(default)]
    pub tables: Vec<String>,
}

/// The numbers of one table that an edit can change, as [`HomeTable`] has them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableCounts {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Records of the current period.
    pub rows: u64,
    /// Share of required cells that are filled, 0 to 1; 0 without records.
    pub complete: f64,
    /// Findings by level, explained ones not counted.
    pub findings: LevelCounts,
    /// Rules of the table that wait to run again after an edit: their findings may be outdated.
    pub waiting_rules: u64,
}

/// Asks what is due.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct DueQuery {
    /// Table names; empty: the tables of my department, all where none is set.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Month of the calendar (`YYYY-MM`); absent: the current one.
    #[serde(default)]
    pub month: Option<String>,
}

/// What is due.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Due {
    /// Today (`YYYY-MM-DD`), by the best known time.
    pub today: String,
    /// Connection that accepted counts for; empty: none is chosen.
    pub connection: String,
    /// The term that the days are counted in.
    pub term: DueTerm,
    /// Tables that are submitted, the most urgent first.
    pub tables: Vec<DueTable>,
    /// The days of the month, from the first to the last.
    pub calendar: Vec<CalendarDay>,
    /// How much is known of the days off of the years that the month and the due days lie in.
    pub holidays: Vec<HolidayYear>,
}

/// The term of the book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DueTerm {
    /// `2026-2027-1`.
    pub period: String,
    /// First day; absent if the period is not a term.
    pub start: Option<String>,
    /// Whether the first day is only assumed, because the college has not set it.
    pub start_is_guess: bool,
    /// Last day; absent where the college has not set it: then tables of the term have no due day.
    pub end: Option<String>,
}

/// One table and its due day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DueTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// How often it is filled.
    pub frequency: Frequency,
    /// The same as printed.
    pub frequency_text: String,
    /// Which records are meant, as printed.
    pub scope: String,
    /// The table's own period in words, such as `2026-2027学年`.
    pub period_name: String,
    /// The due day that matters today (`YYYY-MM-DD`); absent where it has none.
    pub due: Option<String>,
    /// The due day depends on days off that are not announced yet.
    pub estimate: bool,
    /// Days since the due day, where something is not stored; 0: not overdue.
    pub overdue_days: u64,
    /// Days until the due day; absent where it has none or is over.
    pub days_left: Option<u64>,
    /// What is to be done.
    pub state: DueState,
    /// Why records cannot be sent, or have not arrived.
    pub reasons: Vec<DueReason>,
    /// Records of the period.
    pub rows: u64,
    /// Records changed since they were accepted.
    pub to_send: u64,
    /// Of these, records that can be sent now.
    pub ready: u64,
    /// Records accepted by the connection.
    pub accepted: u64,
    /// Time of the last submission (RFC 3339), if any.
    pub last_submitted: Option<String>,
}

/// One day of the calendar.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarDay {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Whether people work.
    pub work: bool,
    /// Name of the holiday, or of the college's day off.
    pub name: Option<String>,
    /// Tables that are due on this day and are not done, by name.
    pub due: Vec<String>,
    /// Of these, tables whose day is over.
    pub overdue: u64,
    /// How many tables are due on this day and done, as far as today and later days are concerned.
    pub done: u64,
}

/// How much is known of the days off of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HolidayYear {
    /// A calendar year, such as 2026.
    pub year: i16,
    /// How much is known.
    pub known: HolidaysKnown,
    /// The source, such as the notice; empty if nothing is known.
    pub source: String,
}

/// Names a file of due settings (TOML, the keys of [`DueSettings`]).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DueFile {
    /// Path of the file on this PC.
    pub file: String,
}
