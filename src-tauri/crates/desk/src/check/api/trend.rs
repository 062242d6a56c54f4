//! The present period against earlier ones.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::verify::drift::DriftLimits;

/// All tables with their records in this period and in earlier ones.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Trend {
    /// What the college allows without a question.
    pub limits: DriftLimits,
    /// Tables that have records in one of these periods, or should have some; in printed order.
    pub tables: Vec<TrendTable>,
}

/// The records of one table over time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrendTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// Periods of the table, the present one first, then earlier ones without a gap.
    pub periods: Vec<TrendPeriod>,
    /// Place of the same period a year before among them; absent where it is the one before.
    pub year_before: Option<u32>,
    /// How many records the college expects; absent where it has not said so.
    pub expected: Option<u64>,
    /// Findings about jumps that are kept since the last check.
    pub jumps: u64,
}

/// A period of a table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrendPeriod {
    /// The period in words, such as `2026-2027学年第一学期`.
    pub name: String,
    /// Records; absent where nothing is known.
    pub rows: Option<u64>,
}

/// Asks for the columns of a table over time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrendQuery {
    /// Table name.
    pub table: String,
    /// Job number for progress and cancelling; 0: neither.
    #[serde(default)]
    pub job: u32,
}

/// The columns of a table over time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrendDetail {
    /// Table name.
    pub table: String,
    /// Periods in words, the present one first; only those of which something is known.
    pub periods: Vec<String>,
    /// Records of these periods.
    pub rows: Vec<u64>,
    /// Keys that came and went since the period before, as far as its records are still in the book.
    pub keys: Option<KeyChanges>,
    /// The columns that a clerk fills, in printed order.
    pub columns: Vec<TrendColumn>,
}

/// Keys that came and went.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct KeyChanges {
    /// Keys that the period before had not.
    pub added: u64,
    /// Keys of the period before that are gone.
    pub gone: u64,
}

/// A column over time. All lists have one entry for each period of [`TrendDetail::periods`].
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrendColumn {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title of the field, as the edition prints it.
    pub title: String,
    /// Filled cells.
    pub filled: Vec<u64>,
    /// Sums of a column of numbers, as decimals; empty for others.
    pub sums: Vec<String>,
    /// Smallest value, median and largest value of numbers and dates; empty for others, and for personal values.
    pub spans: Vec<Vec<String>>,
    /// Codes by their cells, the most frequent of the present period first; empty for others.
    pub codes: Vec<TrendCode>,
}

/// A code over time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrendCode {
    /// As it stands in the cells, such as `01`.
    pub code: String,
    /// Its name in the code list; empty where it is not in it.
    pub name: String,
    /// Cells in each period.
    pub cells: Vec<u64>,
}
