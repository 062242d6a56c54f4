//! Requests of the settings screen. The settings themselves are [`Settings`](crate::session::settings::Settings).

use protocol::options::Options;
use serde::{Deserialize, Serialize};
use store::AuditEvent;
use ts_rs::TS;

use crate::session::api::CallError;
use crate::session::backups::files::Occasion;
use crate::session::lock::BookLock;
use crate::verify::api::StepView;

/// Another lock for the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangePassphrase {
    /// The password that opens the book now; needed where it is locked by a password.
    #[serde(default)]
    pub old: Option<String>,
    /// The new one; empty: the key is kept in this PC's key store.
    pub new: String,
    /// With an empty new password: the recovery key that the person has kept.
    #[serde(default)]
    pub recovery_key: Option<String>,
}

/// Copies the open book to a file, encrypted with the same key.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackUp {
    /// File to write.
    pub path: String,
    /// Whether it is for another PC; then it must open there, with a password or a recovery key.
    #[serde(default)]
    pub elsewhere: bool,
}

/// A copy of the open book, which was opened and examined page by page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CopiedBook {
    /// Path that was asked for.
    pub file: String,
    /// Size of the file.
    pub bytes: u64,
    /// What opens it.
    pub lock: BookLock,
}

/// Asks for entries of the audit log, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditQuery {
    /// Number of entries to skip.
    #[serde(default)]
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// Entries of the audit log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditPage {
    /// Number of all entries.
    pub total: u64,
    /// Number of the first entry that was changed from outside or is missing; absent where the log is as it was written.
    pub broken: Option<i64>,
    /// Newest first.
    pub entries: Vec<AuditView>,
}

/// One entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditView {
    /// Its number, from 1 without a gap.
    pub no: i64,
    /// When (RFC 3339, national time).
    pub at: String,
    /// The person at the PC; may be empty.
    pub who: String,
    /// What was done.
    pub what: AuditEvent,
    /// Tables, a file, a connection.
    pub about: String,
    /// Number of records; absent where the event has none.
    pub rows: Option<u64>,
    /// `done`, or the code of the error.
    pub result: String,
    /// SM3 of the digest before and of this entry, in hex.
    pub hash: String,
}

/// Writes the audit log to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteAudit {
    /// File to write (.csv).
    pub path: String,
}

/// The written audit log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditWritten {
    /// Path that was asked for.
    pub file: String,
    /// Entries in it.
    pub entries: u64,
}

/// The backups of the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupList {
    /// Whether the program makes backups of this book by itself.
    pub by_itself: bool,
    /// Folder in which they are.
    pub folder: String,
    /// Bytes of all of them.
    pub bytes: u64,
    /// The newest first.
    pub backups: Vec<BackupView>,
    /// Why the last one could not be made.
    pub problem: Option<CallError>,
}

/// One backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Path of the file.
    pub path: String,
    /// When it was begun.
    pub at: String,
    /// Why it was made.
    pub occasion: Occasion,
    /// Size of the file.
    pub bytes: u64,
}

/// Names a backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupRef {
    /// Path of the file: one of the list, or a copy that lies elsewhere.
    pub path: String,
}

/// What is in the open book and not in a backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestorePreview {
    /// Path of the backup.
    pub path: String,
    /// When it was made.
    pub at: String,
    /// Steps of the change log since then.
    pub steps: u64,
    /// The newest of them, 20 at most.
    pub shown: Vec<StepView>,
    /// Batches made since then.
    pub batches: u64,
    /// Records of these batches.
    pub sent_rows: u64,
    /// Batches of the open book that are under way; with any of them nothing is restored.
    pub under_way: u64,
}

/// The result of a restore.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Restored {
    /// The backup of the book as it was before.
    pub kept: String,
}

/// A connection without its secrets. The connection file of the command line has the same fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectionView {
    /// Name that the college gave to the connection.
    pub name: String,
    /// Base address; a name and password in front of the host are hidden.
    pub address: String,
    /// Client id that the receiver gave to the school.
    pub client_id: String,
    /// User name.
    pub username: String,
    /// Whether a password is stored.
    pub has_password: bool,
    /// Whether an app_key is stored.
    pub has_app_key: bool,
    /// Whether an app_secret is stored.
    pub has_app_secret: bool,
    /// What the printed protocol leaves open.
    #[serde(flatten)]
    pub options: Options,
}

/// The connections of the book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Connections {
    /// By name.
    pub connections: Vec<ConnectionView>,
}

/// Adds or changes a connection. Absent secrets stay as they are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveConnection {
    /// All but the secrets.
    pub connection: ConnectionView,
    /// New password.
    #[serde(default)]
    pub password: Option<String>,
    /// New app_key.
    #[serde(default)]
    pub app_key: Option<String>,
    /// New app_secret.
    #[serde(default)]
    pub app_secret: Option<String>,
}

/// Reads a connection file (TOML) once and keeps what it says, secrets included, in the encrypted book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConnectionFile {
    /// Name that it gets.
    pub name: String,
    /// Path of the file on this PC.
    pub file: String,
}

/// Names a connection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConnectionRef {
    /// Name that the college gave to the connection.
    pub name: String,
}

/// The result of testing a connection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConnectionTest {
    /// Logged in.
    pub ok: bool,
    /// This PC's clock minus the receiver's, in seconds; absent where the receiver sends no date.
    pub clock_offset_s: Option<i64>,
    /// Seconds for which a token is valid.
    pub expires_in_s: Option<u64>,
    /// What went wrong.
    pub error: Option<CallError>,
}

/// The newest entries of the program's log. They hold no values: times, names of calls, codes, references and places.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogPage {
    /// Path of the file, to send it to technical support.
    pub file: String,
    /// The newest last, 200 at most.
    pub entries: Vec<String>,
}
