//! Why a query gave no rows. No variant carries a password; what a server said may name columns and values, so it is
//! shown to the clerk and goes nowhere else.

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
    /// Nobody answers there.
    #[serde(rename = "source.unreachable")]
    #[error("no server at {place}")]
    Unreachable { place: String },
    /// No name server knows the host.
    #[serde(rename = "source.no-such-host")]
    #[error("no host {host}")]
    NoSuchHost { host: String },
    /// The server took no connection in time.
    #[serde(rename = "source.no-answer")]
    #[error("no answer from {place} in {seconds} s")]
    NoAnswer { place: String, seconds: u64 },
    /// The line broke.
    #[serde(rename = "source.broken")]
    #[error("the line broke")]
    Broken,
    /// The server has no connection left.
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
    /// The query names a column that is not there.
    #[serde(rename = "source.no-column")]
    #[error("unknown column: {said}")]
    NoColumn { said: String },
    /// The query names a table that is not there.
    #[serde(rename = "source.no-table")]
    #[error("unknown table: {said}")]
    NoTable { said: String },
    /// The account may not read that.
    #[serde(rename = "source.not-allowed")]
    #[error("not allowed: {said}")]
    NotAllowed { said: String },
    /// The statement cannot be understood.
    #[serde(rename = "source.syntax")]
    #[error("syntax: {said}")]
    Syntax { said: String },
    /// Anything else that the database said.
    #[serde(rename = "source.refused")]
    #[error("the database said: {said}")]
    Refused { said: String },
    /// The database took longer than it may.
    #[serde(rename = "source.time-limit")]
    #[error("longer than {seconds} s")]
    TimeLimit { seconds: u64 },
    /// The clerk has cancelled.
    #[serde(rename = "job.cancelled")]
    #[error("cancelled")]
    Cancelled,
    /// There is no such file.
    #[serde(rename = "source.no-file")]
    #[error("no file {file}")]
    NoFile { file: String },
    /// The file is no database of SQLite, or is encrypted.
    #[serde(rename = "source.not-sqlite")]
    #[error("{file} is no database of SQLite")]
    NotSqlite { file: String },
    /// Another program holds the file.
    #[serde(rename = "source.locked")]
    #[error("{file} is locked")]
    Locked { file: String },
    /// This build has no ODBC.
    #[serde(rename = "source.without-odbc")]
    #[error("built without ODBC")]
    WithoutOdbc,
    /// No such driver, or no such data source.
    #[serde(rename = "source.no-driver")]
    #[error("no ODBC driver: {said}")]
    NoDriver { said: String },
    /// The program could not begin to wait for a network.
    #[serde(rename = "source.no-runtime")]
    #[error("no runtime")]
    NoRuntime,
}
