//! Requests and responses of the filling screen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use standard::Level;
pub use store::{Filter, RowState, Sort, StepKind};
use ts_rs::TS;

use crate::verify::api::{Edited, FindingView, LevelCounts, RecordView, StepView};

pub mod causes;
pub mod cell;
pub mod earlier;
pub mod places;
pub mod referred;

pub use causes::*;
pub use cell::*;
pub use earlier::*;
pub use places::*;
pub use referred::*;

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
    /// Only records with findings of this rule.
    #[serde(default)]
    pub rule: Option<String>,
    /// Only records with findings of this level.
    #[serde(default)]
    pub level: Option<Level>,
    /// Only records in these states towards the present connection; empty for all.
    #[serde(default)]
    pub states: Vec<RowState>,
    /// Text that some cell contains; empty for all.
    #[serde(default)]
    pub find: String,
}

/// Asks for a page of records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PageQuery {
    /// Filter and order of the records.
    pub view: View,
    /// The order that an earlier page of this view was of, so that both fit together whatever has changed since.
    /// Absent: the records as they are now.
    #[serde(default)]
    pub order: Option<u64>,
    /// How many records to leave out before the first one of the page.
    pub offset: u64,
    /// The largest number to return, at most 1,000.
    pub limit: u64,
    /// Job number for progress and cancelling, where a whole table has to be read; 0: neither.
    #[serde(default)]
    pub job: u32,
}

/// A page of records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Page {
    /// Records in the view.
    pub total: u64,
    /// Number of the order that this page is of, where the view filters or sorts.
    pub order: Option<u64>,
    /// Records of this page.
    pub rows: Vec<RecordView>,
    /// Position of each of them in its table, from 1; empty for a view that shows all records as entered, where it
    /// follows from the offset.
    pub places: Vec<u64>,
    /// Findings of the whole table in the current period.
    pub counts: LevelCounts,
}

/// Asks for rows as the book has them, system columns included; for scripts.
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
    /// The largest number to return.
    pub limit: u64,
}

/// Rows as the book has them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Rows {
    /// Table name.
    pub table: String,
    /// Number of rows that fulfil the condition.
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
    /// How many of the newest steps to leave out.
    #[serde(default)]
    pub offset: u64,
    /// The largest number to return.
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

/// Moves records to the period to which they belong by their dates.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ToPeriod {
    /// Name of the table in the standard, such as `ODS_TSJYSJ`.
    pub table: String,
    /// Numbers of the records; empty: all of the current period that have a finding about it.
    #[serde(default)]
    pub rows: Vec<i64>,
    /// Of all that have a finding about it, only those whose date has this value.
    #[serde(default)]
    pub value: Option<String>,
}

/// The result of moving records to another period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Moved {
    /// Number of the step in the change log; absent where none went.
    pub step: Option<i64>,
    /// How many.
    pub moved: u64,
    /// Findings of the whole table in the current period.
    pub counts: LevelCounts,
}

/// Undoes or redoes steps.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Steps {
    /// How many.
    pub count: u32,
    /// Only this step of the log, which need not be the last one; `count` is then ignored.
    #[serde(default)]
    pub step: Option<i64>,
}

/// Asks for the next cell that holds a text, in the order of a view, cell by cell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextHitQuery {
    /// The view that is shown.
    pub view: View,
    /// Text to look for in the cells and in the names of their codes.
    pub text: String,
    /// Columns to look into, from left to right.
    pub columns: Vec<String>,
    /// Record of the active cell; absent on the empty row below the last record.
    pub row: Option<i64>,
    /// Its position as shown, from 0.
    pub position: u64,
    /// Column of the active cell; absent: the record as a whole is looked at from its first cell.
    pub column: Option<String>,
    /// Whether the active cell itself counts, as while the text is being typed.
    pub here: bool,
    /// Looks before the cell instead of behind it.
    pub back: bool,
    /// Job number for progress and cancelling, where a whole table has to be read; 0: neither.
    #[serde(default)]
    pub job: u32,
}

/// The next cell that contains the text; after the last one the first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextHit {
    /// Number of the record in its table.
    pub row: i64,
    /// Position of the record in the view, from 0.
    pub position: u64,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// How many records of the view hold the text.
    pub records: u64,
}

/// Replaces a text in cells, as one step. In columns of codes only a cell that is the text as a whole, by code or name,
/// is replaced.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Replace {
    /// The view whose records are looked at.
    pub view: View,
    /// Text to look for.
    pub text: String,
    /// The text that replaces it.
    pub with: String,
    /// Columns to look into.
    pub columns: Vec<String>,
    /// Only these records; empty: all of the view.
    #[serde(default)]
    pub rows: Vec<i64>,
    /// Whether to return only what would change, without changing it.
    pub preview: bool,
}

/// What a replacement changed, or would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Replaced {
    /// Cells that hold the text.
    pub cells: u64,
    /// Records that have such cells.
    pub records: u64,
    /// The first of them, at most 50.
    pub samples: Vec<ReplacedCell>,
    /// What was changed; absent for a preview and where there was nothing to change.
    pub edited: Option<Edited>,
}

/// One cell before and after a replacement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReplacedCell {
    /// Number of the record in its table.
    pub row: i64,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Before (masked where personal values are not shown).
    pub before: String,
    /// After (masked where personal values are not shown).
    pub after: String,
}

/// Asks for the values of a column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ValuesQuery {
    /// The view whose records are counted.
    pub view: View,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Only values that contain this text; empty: all.
    pub find: String,
    /// The largest number to return, at most 1,000.
    pub limit: u64,
    /// Job number for progress and cancelling, where a whole table has to be read; 0: neither.
    #[serde(default)]
    pub job: u32,
}

/// Values of a column, the most frequent first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ColumnValues {
    /// At most as many as were asked for, each with how often it occurs.
    pub values: Vec<ColumnValue>,
}

/// A value that cells of a column hold, and how many.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ColumnValue {
    /// The value; empty for empty cells.
    pub value: String,
    /// Name of the code, where it is one.
    pub name: Option<String>,
    /// Cells that hold it.
    pub count: u64,
}
