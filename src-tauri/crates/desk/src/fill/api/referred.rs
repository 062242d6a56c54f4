//! Records of another table that a cell can name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for records that a cell can name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReferredQuery {
    /// Table name.
    pub table: String,
    /// A column that names a record of another table.
    pub column: String,
    /// Text that is typed; looked for in the column that is named and in the texts that would be taken over.
    pub find: String,
}

/// A record that a cell can name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReferredRecord {
    /// The value of the cell.
    pub value: String,
    /// Chinese title of the record's table.
    pub title: String,
    /// What other cells of the record that is filled would take over, by their columns: those of the same name and
    /// title.
    pub fills: BTreeMap<String, String>,
}
