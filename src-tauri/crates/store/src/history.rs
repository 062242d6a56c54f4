//! The change log read: who changed which cell when, from what to what.

use jiff::Timestamp;

use crate::{Book, StoreError};

/// Most cells that a [`StepInfo`] lists.
pub const CELLS_SHOWN: usize = 20;

/// Asks for the change log.
#[derive(Debug, Clone, Default)]
pub struct HistoryQuery {
    /// Only steps that touched this table.
    pub table: Option<String>,
    /// Only steps that touched this record (of `table`).
    pub row: Option<i64>,
    /// Only steps of this kind.
    pub kind: Option<String>,
    /// First step, newest first.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// A page of the change log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Steps in all.
    pub total: u64,
    /// Newest first.
    pub steps: Vec<StepInfo>,
}

/// One step of the change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepInfo {
    /// Number.
    pub step: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Kind, as given; `undo`, `redo`.
    pub kind: String,
    /// Note, as given.
    pub note: String,
    /// The step that this undo or redo takes back.
    pub undoes: Option<i64>,
    /// Whether it has been undone (and not done again).
    pub undone: bool,
    /// Tables touched, by name.
    pub tables: Vec<String>,
    /// Records touched.
    pub rows: u64,
    /// The first cells changed, at most [`CELLS_SHOWN`]; system columns are left out. Those of the asked record only
    /// where [`HistoryQuery::row`] is given.
    pub cells: Vec<CellChange>,
}

/// One cell before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// Table.
    pub table: String,
    /// Record.
    pub row: i64,
    /// Column.
    pub column: String,
    /// Before; empty also where the record was not there.
    pub before: String,
    /// After; empty also where the record is gone.
    pub after: String,
}

impl Book {
    /// A page of the change log, newest first.
    pub fn history(&self, query: &HistoryQuery) -> Result<History, StoreError> {
        let _ = query;
        unimplemented!()
    }

    /// The step that [`Book::undo`] would take back.
    pub fn next_undo(&self) -> Result<Option<StepInfo>, StoreError> {
        unimplemented!()
    }

    /// The step that [`Book::redo`] would do again.
    pub fn next_redo(&self) -> Result<Option<StepInfo>, StoreError> {
        unimplemented!()
    }
}
