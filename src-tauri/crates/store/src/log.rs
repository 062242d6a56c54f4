//! The change log taken back and done again.
//!
//! Steps lie on one stack. An undo is a step of its own that names the step it undoes; a redo names the undo.
//! Neither repeats the changes: they belong to the first step and are read forwards or backwards, so a record comes
//! back exactly as it was: number, place, collection time. What has left the book is not undone: a fixed record key
//! stays, and so does what the other side accepted.

use jiff::Timestamp;

use crate::{Book, StepInfo, StoreError};

/// Names one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// Table.
    pub table: String,
    /// Record.
    pub row: i64,
}

/// What an undo or redo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Number of the undo (or redo) itself.
    pub step: i64,
    /// The step that was taken back (or done again).
    pub of: StepInfo,
    /// Records touched, also those that are gone now; each once.
    pub rows: Vec<RowRef>,
}

impl Book {
    /// Takes the last standing step back. `None` where there is nothing to undo.
    pub fn undo(&self, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        let _ = (at, who);
        unimplemented!()
    }

    /// Does the step undone last again. `None` where there is nothing to redo: a new step clears it.
    pub fn redo(&self, at: Timestamp, who: &str) -> Result<Option<Undone>, StoreError> {
        let _ = (at, who);
        unimplemented!()
    }
}
