//! Reading and changing records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
pub use store::{Filter, Sort, StepKind};
use ts_rs::TS;

use crate::verify::api::{FindingView, LevelCounts, RecordView, StepView};

/// Which records, in which order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct View {
    /// Table name.
    pub table: String,
    /// Column filters, all of which hold.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// Order; empty: as entered.
    #[serde(default)]
    pub sort: Vec<Sort>,
    /// Only records with findings.
    #[serde(default)]
    pub only_findings: bool,
    /// Text that some cell contains; empty for all.
    #[serde(default)]
    pub find: String,
}

/// Asks for a page of records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PageQuery {
    /// Filter and order of the records.
    pub view: View,
    /// First record.
    pub offset: u64,
    /// At most so many (up to 1,000).
    pub limit: u64,
}

/// A page of records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Page {
    /// Records in the view.
    pub total: u64,
    /// Records of this page.
    pub rows: Vec<RecordView>,
    /// Findings of the whole table in the current period.
    pub counts: LevelCounts,
}

/// Asks for rows as they stand in the book, system columns included; for scripts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowsQuery {
    /// Table name.
    pub table: String,
    /// A condition in SQL over the table's columns; absent: all rows.
    #[serde(default)]
    pub condition: Option<String>,
    /// First row.
    #[serde(default)]
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// Rows as they stand in the book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Rows {
    /// Table name.
    pub table: String,
    /// Rows that fit.
    pub total: u64,
    /// Each row's number and the text of every column.
    pub rows: Vec<RowText>,
}

/// One row: `_row` and every column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowText {
    /// Its number in the book.
    #[serde(rename = "_row")]
    pub row: i64,
    /// Text of every column; empty for an empty cell.
    #[serde(flatten)]
    pub cells: BTreeMap<String, String>,
}

/// Names one record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordRef {
    /// Table name.
    pub table: String,
    /// Its number in the book.
    pub row: i64,
}

/// One record with its findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordDetail {
    /// The record as the grid shows it.
    pub record: RecordView,
    /// Findings on the record and on its cells.
    pub findings: Vec<FindingView>,
}

/// One change. Values are as typed: names of codes, dates with hyphens and the like are understood.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "do")]
pub enum Change {
    /// Puts a value into a cell.
    Set {
        /// Number of the record in its table, from 1; it never changes.
        row: i64,
        /// Name of the column in the standard, such as `XH`.
        column: String,
        /// Value as typed; empty clears.
        value: String,
    },
    /// Adds a record at the end, or behind another.
    Insert {
        /// Values by column.
        values: BTreeMap<String, String>,
        /// Behind this record; absent: at the end.
        #[serde(default)]
        after: Option<i64>,
    },
    /// Deletes a record.
    Delete {
        /// Number of the record in its table, from 1; it never changes.
        row: i64,
    },
}

/// Changes that are one step of undo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Edit {
    /// Table name.
    pub table: String,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

/// Puts a block of text (from the clipboard) into records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Paste {
    /// Table name.
    pub table: String,
    /// For each row of `cells` the number of the record that takes it, as shown; `null`, or missing at the end: a new
    /// record.
    #[serde(default)]
    pub rows: Vec<Option<i64>>,
    /// Columns from left to right, as shown.
    pub columns: Vec<String>,
    /// Rows of cells as text.
    pub cells: Vec<Vec<String>>,
}

/// Asks where a record stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PositionQuery {
    /// The view that is shown.
    pub view: View,
    /// Number of the record in the book.
    pub row: i64,
}

/// Where a record stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Position {
    /// Position in the view, from 0; absent where the view does not hold the record.
    pub position: Option<u64>,
}

/// Asks for the next finding in the order of a view, cell by cell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextFindingQuery {
    /// The view that is shown.
    pub view: View,
    /// Columns from left to right, as shown; others come behind them in printed order.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Record of the active cell; absent on the empty row below the last record.
    pub row: Option<i64>,
    /// Its position as shown, from 0. Used where the view does not contain the record any more.
    pub position: u64,
    /// Column of the active cell.
    pub column: Option<String>,
    /// Looks before the cell instead of behind it.
    pub back: bool,
}

/// The next finding. Behind the last finding of the view the first comes again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextFinding {
    /// The finding; its cell may have more.
    pub finding: FindingView,
    /// Position of its record in the view, from 0.
    pub position: u64,
}

/// Asks for the change log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryQuery {
    /// Only this table.
    #[serde(default)]
    pub table: Option<String>,
    /// Only this record.
    #[serde(default)]
    pub row: Option<i64>,
    /// Only steps of this kind.
    #[serde(default)]
    pub kind: Option<StepKind>,
    /// First step, newest first.
    #[serde(default)]
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// A page of the change log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct History {
    /// Steps in all.
    pub total: u64,
    /// Newest first.
    pub steps: Vec<StepView>,
}

/// Records that are to go to the period to which they belong by their dates.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ToPeriod {
    /// Name of the table in the standard, such as `ODS_TSJYSJ`.
    pub table: String,
    /// Numbers of the records; empty: all that a finding says it of, in the current period.
    #[serde(default)]
    pub rows: Vec<i64>,
}

/// Records that went to another period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Moved {
    /// Number of the step in the change log; absent where none went.
    pub step: Option<i64>,
    /// How many.
    pub moved: u64,
    /// Findings of the whole table in the current period.
    pub counts: LevelCounts,
}

/// Undo so many steps.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Steps {
    /// How many.
    pub count: u32,
}
