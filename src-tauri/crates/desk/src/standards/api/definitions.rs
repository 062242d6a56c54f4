//! Editions as workbooks: a definition workbook for writing a new edition, and a specification for reading.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes an edition as a definition workbook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportDefinition {
    /// Edition id.
    pub edition: String,
    /// File to write (.xlsx).
    pub path: String,
}

/// Writes the specification of tables as a workbook to read and print.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteSpecification {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// Tables, in the order of the sheets; empty for all.
    #[serde(default)]
    pub tables: Vec<String>,
    /// File to write (.xlsx).
    pub path: String,
}

/// A workbook about an edition that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenEdition {
    /// Path of the file that was written.
    pub file: String,
    /// Number of its sheets about the edition.
    pub sheets: usize,
}
