//! Types that several rooms return: records, findings and steps of the log as the page shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use standard::{Level, Words};
pub use store::LevelCounts;
use store::{RowState, StepKind};
use ts_rs::TS;

/// One record as the grid shows it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordView {
    /// Its number in the book.
    pub row: i64,
    /// Its record key; empty before its natural key is complete.
    pub key: String,
    /// Values of the columns a clerk fills; empty cells are left out.
    pub cells: BTreeMap<String, String>,
    /// Names of coded cells, by column; a code without a name is left out.
    pub names: BTreeMap<String, String>,
    /// Worst level of each cell that has findings.
    pub levels: BTreeMap<String, Level>,
    /// State towards the current connection.
    pub state: RowState,
}

/// What a change did. When this is returned, the change is on disk.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Edited {
    /// Number of the step in the change log; absent where nothing changed.
    pub step: Option<i64>,
    /// Records as they are now; at most 200, the rest is read by page.
    pub rows: Vec<RecordView>,
    /// Records added, in order.
    pub added: Vec<i64>,
    /// Findings of the whole table now.
    pub counts: LevelCounts,
    /// The step that can be undone next; absent: none.
    pub undo: Option<StepView>,
}

/// One step of the change log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepView {
    /// Number of the step in the change log, from 1.
    pub step: i64,
    /// When (RFC 3339).
    pub at: String,
    /// Name of the person at the PC, from the settings; may be empty.
    pub who: String,
    /// What made it.
    pub kind: StepKind,
    /// Tables touched.
    pub tables: Vec<String>,
    /// Records touched.
    pub rows: u64,
    /// Position of the record in its table, from 1, as the grid counts; only in the answer of an undo or redo of
    /// one step that changed cells of one record.
    pub position: Option<u64>,
    /// For an import the file's name; else empty.
    pub note: String,
    /// Whether it has been undone.
    pub undone: bool,
    /// For a step with few changes, the cells (at most 20).
    pub cells: Vec<CellChange>,
}

/// One cell before and after.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CellChange {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Number of the record in its table, from 1; it never changes.
    pub row: i64,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title of the column, as the edition prints it; absent where the edition does not have it.
    pub column_title: Option<String>,
    /// Before (masked where personal).
    pub before: String,
    /// After (masked where personal).
    pub after: String,
}

/// What undo or redo did.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Undone {
    /// Number of the last step that this wrote to the log; absent where nothing was taken back.
    pub step: Option<i64>,
    /// The steps taken back (or done again).
    pub steps: Vec<StepView>,
    /// Tables touched.
    pub tables: Vec<String>,
}

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingView {
    /// Its number in the book.
    pub id: i64,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title of the table without the ending.
    pub table_title: String,
    /// Number of the record in its table, from 1; it never changes.
    pub row: Option<i64>,
    /// Position of the record in its table, from 1, as the grid counts.
    pub position: Option<u64>,
    /// Record key.
    pub key: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Chinese title of the field, as the edition prints it.
    pub column_title: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// How serious it is.
    pub level: Level,
    /// The offending value.
    pub value: String,
    /// What is wrong and what would be right; `{value}` stands for [`FindingView::value`].
    pub message: Words,
    /// A value that would be right.
    pub suggestion: Option<String>,
    /// The clerk's reason, where one is given.
    pub explanation: Option<String>,
    /// Who gave the reason; may be empty.
    pub explained_by: Option<String>,
    /// When the reason was given (RFC 3339).
    pub explained_at: Option<String>,
}
