//! The content of the home page.

use serde::{Deserialize, Serialize};
use standard::{Frequency, Level};
use store::BatchState;
use ts_rs::TS;

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
    /// How far the last batch for the current connection has come; absent where there is none.
    pub last_state: Option<BatchState>,
    /// Records accepted by the current connection.
    pub accepted: u64,
    /// Records changed since they were last accepted.
    pub to_send: u64,
    /// Records in a batch that have not left.
    pub waiting: u64,
    /// Records that left, without an answer that tells whether they arrived.
    pub unknown: u64,
    /// Records that, as they stand, were rejected.
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
    /// Table that it is about, as a link.
    pub table: Option<String>,
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
}
