//! Templates, imports and exports.

mod import;
mod sources;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use import::*;
pub use sources::*;

/// Writes an Excel workbook for filling.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteTemplate {
    /// Tables, in the order of the sheets; empty with a department or `all`.
    #[serde(default)]
    pub tables: Vec<String>,
    /// All tables of this department.
    #[serde(default)]
    pub department: Option<String>,
    /// A file for each of these departments, beside `path` and named after both.
    #[serde(default)]
    pub departments: Vec<String>,
    /// All tables of the edition.
    #[serde(default)]
    pub all: bool,
    /// Whether the workbook contains the records of the book.
    #[serde(default)]
    pub with_rows: bool,
    /// File to write (.xlsx).
    pub path: String,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// Where the template is, and what it holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenTemplate {
    /// Path that was asked for.
    pub file: String,
    /// Paths of the files that were written.
    pub files: Vec<String>,
    /// Sheets that were written, in their order.
    pub sheets: Vec<WrittenSheet>,
}

/// One sheet of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenSheet {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Records in it.
    pub rows: u64,
}

/// Writes records to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Export {
    /// Names of the tables; empty for all.
    pub tables: Vec<String>,
    /// File to write; the ending tells the form (.xlsx, .ods, .csv, .json, .jsonl, .zip for a Data Package). A folder
    /// gets a file for each table, with table and day in its name.
    pub path: String,
    /// Only records that have findings, with their cells in red and a column for the reasons.
    #[serde(default)]
    pub findings: bool,
    /// With `findings`: only findings that have this in common, and the records that have them.
    #[serde(default)]
    #[ts(optional)]
    pub selection: Option<store::Selection>,
    /// Whether codes are written as their names.
    #[serde(default)]
    pub names: bool,
    /// A file for each table, beside `path` and named after both.
    #[serde(default)]
    pub each: bool,
    /// Ending of the files where `path` is a folder; absent: `xlsx`.
    #[serde(default)]
    pub form: Option<String>,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// A written export.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Path that was asked for.
    pub file: String,
    /// Paths of the files that were written.
    pub files: Vec<String>,
    /// Records in them.
    pub rows: u64,
}

/// What the headings of the college's own workbooks mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownHeadings {
    /// Sorted by table and heading.
    pub headings: Vec<KnownHeadingView>,
}

/// One heading that the college confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownHeadingView {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Its title; absent where the edition does not have it any more.
    pub table_title: Option<String>,
    /// Heading as the workbook has it.
    pub heading: String,
    /// Column; empty: the heading is left out.
    pub column: String,
    /// Title of the column; absent if the heading is left out or the edition does not have the column.
    pub title: Option<String>,
}

/// Confirms what a heading means, or forgets it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetHeading {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Heading as the workbook has it.
    pub heading: String,
    /// Column; empty: the heading is left out; absent: nothing is known about it any more.
    pub column: Option<String>,
}

/// A file of headings (JSON).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeadingFile {
    /// Path on this PC.
    pub path: String,
}

/// The result of reading a file of headings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownHeadingsRead {
    /// Number of entries that were taken over.
    pub taken: u64,
    /// Entries that do not fit the edition: table and heading.
    pub passed_over: Vec<String>,
    /// All headings of the book.
    pub headings: Vec<KnownHeadingView>,
}
