//! Opening, making and closing draft books.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::session::WantedBook;
use crate::session::lock::BookLock;
use crate::session::risky_place::RiskyPlace;
use crate::session::settings::College;
use crate::session::shelf::at_hand::EditionSummary;

/// What the first screen needs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartState {
    /// Editions that are installed.
    pub editions: Vec<EditionSummary>,
    /// Books opened before, newest first.
    pub recent: Vec<RecentBook>,
    /// Whether this PC's key store answers; if not, a passphrase is needed.
    pub key_store: bool,
    /// The book that the program was started with and could not open, or that was double-clicked while the program ran.
    pub wanted: Option<WantedBook>,
    /// Whether the open book is locked: no other call is answered until `book.unlock`.
    pub locked: bool,
    /// The open book, if one is.
    pub open: Option<BookHead>,
    /// Folder that new books go to.
    pub folder: String,
    /// Version of the program.
    pub version: String,
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

/// The open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BookHead {
    /// Path of the file on this PC.
    pub path: String,
    /// Edition id.
    pub edition: String,
    /// Short name of the edition for the top bar, such as `高职 2024-09`.
    pub edition_name: String,
    /// Name, code and region of the school.
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
    /// Whether the book can only be read, because its folder or its disk cannot be written to.
    pub read_only: bool,
    /// Where a change log of another file lay beside the book, such as after a backup was copied over it: the path
    /// under which that log is kept.
    pub log_set_aside: Option<String>,
    /// What opens it and its backups.
    pub lock: BookLock,
    /// Why it is at risk where it lies; absent where nothing is known against the place.
    pub place: Option<RiskyPlace>,
}

/// A recovery key for a book that is to be made or to get another lock. The program does not store it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NewRecoveryKey {
    /// Six groups of four characters with hyphens between them.
    pub key: String,
}

/// Makes a book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CreateBook {
    /// Edition id.
    pub edition: String,
    /// Name, code and region of the school.
    pub college: College,
    /// First period, such as `2026-2027-1`.
    pub period: String,
    /// My department; empty for all.
    #[serde(default)]
    pub department: String,
    /// File; absent: a name in the usual folder.
    #[serde(default)]
    pub path: Option<String>,
    /// Password; absent: the key is kept in this PC's key store.
    #[serde(default)]
    pub passphrase: Option<String>,
    /// Recovery key that the person has kept: it opens the book on any other PC. Absent: without a password nothing but
    /// this PC's key store opens the book.
    #[serde(default)]
    pub recovery_key: Option<String>,
    /// Fill it with the invented sample college.
    #[serde(default)]
    pub sample: bool,
    /// Job number for progress.
    #[serde(default)]
    pub job: u32,
}

/// Unlocks the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Unlock {
    /// Password of the book, or its recovery key.
    pub passphrase: String,
}

/// Opens the book of a file, with its password where it has one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenBookFile {
    /// Path of the book's file.
    pub path: String,
    /// Password or recovery key; absent: the key comes from the key store.
    #[serde(default)]
    pub passphrase: Option<String>,
}
