//! 数据来源: where records of business systems come from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
pub use source::Encryption;
use ts_rs::TS;

use super::{HeadingMap, Proposal, Remark};
use crate::session::api::CallError;

/// What a source reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A workbook or text file.
    File,
    /// A folder: the files that came since, each once.
    Folder,
    /// A query on a file of SQLite.
    Sqlite,
    /// A query on a server of PostgreSQL.
    Postgres,
    /// A query on a server of MySQL or MariaDB.
    Mysql,
    /// A query through ODBC, such as on SQL Server.
    Odbc,
}

/// A saved source without its password. The source file of the command line has the same fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name that the college gave to it.
    pub name: String,
    /// What it reads.
    pub kind: SourceKind,
    /// Table that it fills, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Path of the file or folder; for ODBC the connection string without user and password.
    #[serde(default)]
    pub path: String,
    /// Name or address of the server.
    #[serde(default)]
    pub host: String,
    /// Its port; 0 stands for the default port of the database.
    #[serde(default)]
    pub port: u16,
    /// Name of the database.
    #[serde(default)]
    pub database: String,
    /// Account of the database; it needs only the right to read.
    #[serde(default)]
    pub user: String,
    /// How the connection to the server is encrypted.
    #[serde(default)]
    pub protection: Encryption,
    /// The query (SQL).
    #[serde(default)]
    pub query: String,
    /// The longest time in seconds to wait for the database.
    #[serde(default = "usual_seconds")]
    pub seconds: u32,
    /// Column of the source to column of the table; an empty one leaves it out. Columns that are not listed are
    /// recognised by their names.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// 代码对照: by column of the table, the source's own code and the code of the standard.
    #[serde(default)]
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// The default for the longest time in seconds to wait for a database.
fn usual_seconds() -> u32 {
    300
}

/// A saved source as screens show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SourceView {
    /// What is saved.
    pub source: Source,
    /// Title of its table; absent where the edition does not have the table.
    pub table_title: Option<String>,
    /// Whether a password is stored.
    pub has_password: bool,
    /// The last run; absent before the first.
    pub last: Option<SourceOutcome>,
}

/// What the last run of a source did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceOutcome {
    /// When it ran (RFC 3339, national time).
    pub at: String,
    /// Files that were read; 1 for a query.
    pub files: u64,
    /// Rows read.
    pub rows: u64,
    /// Records that it would add or has added.
    pub new: u64,
    /// Records that it would change or has changed.
    pub changed: u64,
    /// Rows of which something waits for a decision.
    pub undecided: u64,
    /// Whether its proposal was imported into the book.
    pub applied: bool,
    /// Why the run failed; absent if it succeeded.
    pub error: Option<CallError>,
}

/// The sources of the book and what this program can read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Sources {
    /// By name.
    pub sources: Vec<SourceView>,
    /// Whether this program can use ODBC.
    pub has_odbc: bool,
}

/// Adds or changes a source.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SaveSource {
    /// All but the password.
    pub source: Source,
    /// Name that it had; absent for a new one.
    #[serde(default)]
    pub was: Option<String>,
    /// New password; absent: it stays as it is.
    #[serde(default)]
    pub password: Option<String>,
}

/// Reads a source file (TOML) once and keeps what it says, password included, in the encrypted book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SourceFile {
    /// Name that it gets.
    pub name: String,
    /// Path of the file on this PC.
    pub file: String,
}

/// Names a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SourceRef {
    /// Name that the college gave to it.
    pub name: String,
}

/// Reads the first rows of a source, saved or not. Nothing is kept.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct TrySource {
    /// The source, and the password where it is new.
    pub source: SaveSource,
    /// The largest number of rows to return.
    pub rows: u32,
    /// Also reads all rows and counts the codes of this column of the table.
    #[serde(default)]
    pub codes_of: Option<String>,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// The first rows of a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TriedSource {
    /// The file, or the name of the source.
    pub file: String,
    /// Sheet that was read; empty for text and for queries.
    pub sheet: String,
    /// Its columns, from left to right, and what they are read as.
    pub columns: Vec<HeadingMap>,
    /// Required columns of the table that it does not have.
    pub missing_columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<TriedRow>,
    /// Remarks on what was read.
    pub remarks: Vec<Remark>,
    /// Codes of the column that was asked for, the most frequent first.
    pub codes: Vec<OwnCode>,
}

/// One row of a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TriedRow {
    /// Line, from 1; the names of the columns of a query are line 1.
    pub line: u32,
    /// Cells as the source has them, one for each column.
    pub cells: Vec<String>,
    /// The stored values that they become, by column of the table.
    pub values: BTreeMap<String, String>,
}

/// A code of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnCode {
    /// The code as the source has it.
    pub own: String,
    /// Rows that have it.
    pub rows: u64,
    /// The code of the standard that it becomes.
    pub code: String,
    /// Name of that code in the standard; absent if the standard does not have it.
    pub title: Option<String>,
}

/// Runs a source: reads its new records into a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunSource {
    /// Name of the source.
    pub name: String,
    /// See [`super::Preview::once`].
    #[serde(default)]
    pub once: bool,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// The result of a run of a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SourceRun {
    /// What it would change; absent if there is no new file.
    pub proposal: Option<Proposal>,
    /// Files of the folder that could not be read. They are offered again.
    pub passed_over: Vec<PassedOver>,
    /// Files of the folder that were imported before.
    pub known: u64,
}

/// A file of a folder that could not be read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PassedOver {
    /// Its path.
    pub file: String,
    /// Why the file could not be read.
    pub error: CallError,
}
