//! Changing records: [`Book::apply`], one durable transaction and one entry in the change log.

use std::collections::BTreeMap;

use jiff::Timestamp;
use standard::cell::Values;

use crate::{Book, StoreError};

/// Who changes what when: one step of undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When; becomes the collection time of the records it changes, in Beijing time.
    pub at: Timestamp,
    /// Person at the PC; may be empty.
    pub who: String,
    /// `edit`, `paste`, `import`, `mend`, `sample` ...; `undo` and `redo` are the log's own.
    pub kind: String,
    /// For an import the file's name; else empty.
    pub note: String,
    /// Period that new records of periodic tables speak for.
    pub period: String,
}

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Adds a record.
    Insert {
        /// Table.
        table: String,
        /// Values in the order of [`standard::Table::fields`]; missing ones at the end are empty, those of system
        /// columns are passed over.
        values: Values,
        /// Behind this record; absent: at the end. Inserts of one step that name the same record come to stand in
        /// the order given.
        after: Option<i64>,
    },
    /// Puts values into cells of a record.
    Update {
        /// Table.
        table: String,
        /// Record.
        row: i64,
        /// Value by column; `""` empties the cell. A system column is an error.
        values: BTreeMap<String, String>,
    },
    /// Takes a record out. Its content stays in the log.
    Delete {
        /// Table.
        table: String,
        /// Record.
        row: i64,
    },
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Number of the step in the log; 0 where nothing changed and so nothing was logged.
    pub step: i64,
    /// For each change, in the order given, the record it speaks of; for an insert the new one.
    pub rows: Vec<i64>,
    /// How many records did change.
    pub changed: u64,
}

impl Book {
    /// Makes all changes, or none: one transaction, on disk when this returns.
    ///
    /// The three system columns are filled here: the record key follows the natural key until it is fixed
    /// (see [`crate::freeze`]), the school code comes from the settings, the collection time is [`Step::at`]. Findings
    /// of deleted records go, and `receipt` findings of changed cells; rechecking is the caller's. A new step
    /// takes away what could be redone.
    pub fn apply(&self, step: &Step, changes: &[RowChange]) -> Result<Applied, StoreError> {
        let _ = (step, changes);
        unimplemented!()
    }
}
