//! Opening, making and closing draft books.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the first screen needs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartState {
    /// Editions that are installed.
    pub editions: Vec<EditionSummary>,
    /// Books opened before, newest first.
    pub recent: Vec<RecentBook>,
    /// Whether this PC's key store answers; if not, a passphrase is needed.
    pub key_store: bool,
    /// The open book, if one is.
    pub open: Option<BookHead>,
    /// Folder that new books go to.
    pub folder: String,
    /// Version of the program.
    pub version: String,
}

/// One installed edition. The keys are those of `tianbao editions --json`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditionSummary {
    /// Such as `gaozhi-2024.09`.
    pub id: String,
    /// Full title.
    pub title: String,
    /// Month of issue.
    pub issued: String,
    /// 高职 or 中职.
    pub level: String,
    /// Number of tables.
    pub tables: usize,
    /// Number of fields.
    pub fields: usize,
    /// Number of the edition's own code lists.
    pub code_lists: usize,
    /// Number of codes in them.
    pub codes: usize,
    /// Number of rules.
    pub rules: usize,
    /// Revision of its rendering, such as `1.2.0`.
    pub revision: String,
    /// `builtin`, `definition` (from a definition workbook) or `package` (signed).
    pub origin: String,
    /// Who signed it.
    pub publisher: Option<String>,
    /// Why it cannot be used: its file is damaged, or its publisher is no longer trusted. The numbers are 0 then.
    pub problem: Option<crate::session::api::CallError>,
}

/// A book that was opened before.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecentBook {
    /// Path of the file on this PC.
    pub path: String,
    /// College name.
    pub college: String,
    /// Edition id.
    pub edition: String,
    /// Whether the file is there.
    pub present: bool,
}

/// A college, as its settings have it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct College {
    /// 10-digit school code (XXDM).
    pub code: String,
    /// Full name of the school.
    pub name: String,
    /// Six-digit region code, or empty.
    #[serde(default)]
    pub region: String,
}

/// The open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BookHead {
    /// Path of the file on this PC.
    pub path: String,
    /// Edition id.
    pub edition: String,
    /// Short name of the edition for the top bar, such as `高职 2024-09`.
    pub edition_name: String,
    /// Name, code and level of the school.
    pub college: College,
    /// Current period, such as `2026-2027-1`.
    pub period: String,
    /// The period in words, such as `2026-2027 学年 第一学期`.
    pub period_name: String,
    /// My department; empty for all.
    pub department: String,
    /// Name of the person at this PC, for the change log; may be empty.
    pub person: String,
    /// Whether this is the invented sample college.
    pub sample: bool,
}

/// Makes a book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CreateBook {
    /// Edition id.
    pub edition: String,
    /// Name, code and level of the school.
    pub college: College,
    /// First period, such as `2026-2027-1`.
    pub period: String,
    /// My department; empty for all.
    #[serde(default)]
    pub department: String,
    /// File; absent: a name in the usual folder.
    #[serde(default)]
    pub path: Option<String>,
    /// Passphrase; absent: the key is kept in this PC's key store only.
    #[serde(default)]
    pub passphrase: Option<String>,
    /// Fill it with the invented sample college.
    #[serde(default)]
    pub sample: bool,
    /// Job number for progress.
    #[serde(default)]
    pub job: u32,
}

/// Opens the book of a file, with its password where it has one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenBook {
    /// Path of the file on this PC.
    pub path: String,
    /// Passphrase; absent: the key store is asked.
    #[serde(default)]
    pub passphrase: Option<String>,
}
