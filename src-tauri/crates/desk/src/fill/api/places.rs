//! Places in a view: of a record, of the edge of a filled region, of the next finding.

use serde::{Deserialize, Serialize};
use standard::Level;
use ts_rs::TS;

use super::View;
use crate::verify::api::FindingView;

/// Asks for the position of a record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PositionQuery {
    /// The view that is shown.
    pub view: View,
    /// Number of the record in the book.
    pub row: i64,
}

/// The position of a record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Position {
    /// Position in the view, from 0; absent where the view does not hold the record.
    pub position: Option<u64>,
}

/// Asks for the edge of the filled region of a column, as Ctrl and an arrow go.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EdgeQuery {
    /// The view that is shown.
    pub view: View,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Position of the cell, from 0.
    pub position: u64,
    /// Whether the edge above is looked for, not the one below.
    pub back: bool,
    /// Job number for progress and cancelling, where a whole table has to be read; 0: neither.
    #[serde(default)]
    pub job: u32,
}

/// Asks where the records with findings stand in a view.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MarksQuery {
    /// The view that is shown.
    pub view: View,
    /// Into how many parts of equal length the view is cut; at most 2,000.
    pub parts: u32,
}

/// Records with findings in one part of a view; parts without any are left out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Mark {
    /// The part, from 0.
    pub part: u32,
    /// The worst level among them.
    pub level: Level,
    /// How many records.
    pub rows: u64,
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

/// The next finding; after the last finding of the view the first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextFinding {
    /// The finding; its cell may have more.
    pub finding: FindingView,
    /// Position of its record in the view, from 0.
    pub position: u64,
}
