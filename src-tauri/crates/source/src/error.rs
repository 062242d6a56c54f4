//! Why a query returned no rows. No variant contains a password. The server's own message may contain names of columns
//! and values, so it is shown to the clerk and written nowhere else.

use serde::Serialize;
use thiserror::Error;

/// Why a database was not read.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum SourceError {
    /// The statement is empty, or begins with another word than SELECT or WITH.
    #[serde(rename = "source.not-a-query")]
    #[error("the statement is no query")]
    NotAQuery,
    /// The statement has a word that changes something.
    #[serde(rename = "source.writes")]
    #[error("the statement has the word {word}")]
    Writes { word: String },
    /// More than one statement.
    #[serde(rename = "source.several-statements")]
    #[error("more than one statement")]
    SeveralStatements,
    /// The database refused, because the statement writes.
    #[serde(rename = "source.read-only")]
    #[error("the database refused a statement that writes")]
    ReadOnly,
    /// No server takes connections at this address and port.
    #[serde(rename = "source.unreachable")]
    #[error("no server at {place}")]
    Unreachable { place: String },
    /// No name server knows the host.
    #[serde(rename = "source.no-such-host")]
    #[error("no host {host}")]
    NoSuchHost { host: String },
    /// The server did not accept the connection within `seconds`.
    #[serde(rename = "source.no-answer")]
    #[error("no answer from {place} in {seconds} s")]
    NoAnswer { place: String, seconds: u64 },
    /// The connection was lost while the query ran.
    #[serde(rename = "source.broken")]
    #[error("the line broke")]
    Broken,
    /// The server has as many connections as it allows.
    #[serde(rename = "source.busy")]
    #[error("the server takes no more connections")]
    Busy,
    /// Wrong user or password.
    #[serde(rename = "source.login")]
    #[error("login refused")]
    Login { user: String },
    /// There is no such database.
    #[serde(rename = "source.no-database")]
    #[error("no database {name}")]
    NoDatabase { name: String },
    /// The server's certificate is not trusted.
    #[serde(rename = "source.certificate")]
    #[error("the certificate of {place} is not trusted")]
    Certificate { place: String },
    /// The server offers no encryption.
    #[serde(rename = "source.no-encryption")]
    #[error("{place} offers no encryption")]
    NoEncryption { place: String },
    /// The query names a column that does not exist. `said`: the database's own message, here and below.
    #[serde(rename = "source.no-column")]
    #[error("unknown column: {said}")]
    NoColumn { said: String },
    /// The query names a table that does not exist.
    #[serde(rename = "source.no-table")]
    #[error("unknown table: {said}")]
    NoTable { said: String },
    /// The account has no right to read what the query names.
    #[serde(rename = "source.not-allowed")]
    #[error("not allowed: {said}")]
    NotAllowed { said: String },
    /// The statement cannot be understood.
    #[serde(rename = "source.syntax")]
    #[error("syntax: {said}")]
    Syntax { said: String },
    /// Any other error that the database reported.
    #[serde(rename = "source.refused")]
    #[error("the database said: {said}")]
    Refused { said: String },
    /// The database took longer than the time limit.
    #[serde(rename = "source.time-limit")]
    #[error("longer than {seconds} s")]
    TimeLimit { seconds: u64 },
    /// The clerk has cancelled.
    #[serde(rename = "job.cancelled")]
    #[error("cancelled")]
    Cancelled,
    /// The file does not exist.
    #[serde(rename = "source.no-file")]
    #[error("no file {file}")]
    NoFile { file: String },
    /// The file is not an SQLite database, or it is encrypted.
    #[serde(rename = "source.not-sqlite")]
    #[error("{file} is no database of SQLite")]
    NotSqlite { file: String },
    /// Another program has locked the file.
    #[serde(rename = "source.locked")]
    #[error("{file} is locked")]
    Locked { file: String },
    /// This build was made without the feature `odbc`.
    #[serde(rename = "source.without-odbc")]
    #[error("built without ODBC")]
    WithoutOdbc,
    /// The driver or the data source of the connection string is not installed.
    #[serde(rename = "source.no-driver")]
    #[error("no ODBC driver: {said}")]
    NoDriver { said: String },
    /// The asynchronous runtime for network connections could not be started.
    #[serde(rename = "source.no-runtime")]
    #[error("no runtime")]
    NoRuntime,
}
