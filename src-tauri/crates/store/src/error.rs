//! What can go wrong with a book. Errors name files, tables, rows and states; never a value.

use serde::Serialize;
use standard::delivery::DeliveryState;
use thiserror::Error;

/// An error of a book or of the receiver's database.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum StoreError {
    /// There is no such file.
    #[serde(rename = "book.not-found")]
    #[error("no file {file}")]
    NotFound { file: String },
    /// A new book would overwrite this file.
    #[serde(rename = "book.exists")]
    #[error("{file} exists")]
    Exists { file: String },
    /// The folder or file cannot be read or written, because the user may not or because the disk was removed.
    #[serde(rename = "book.no-access")]
    #[error("{file}: {reason}")]
    NoAccess {
        file: String,
        /// The message of the operating system.
        reason: String,
    },
    /// Another program has the book open.
    #[serde(rename = "book.in-use")]
    #[error("{file} is open in another program")]
    InUse { file: String },
    /// Too short for a book, not encrypted, or another program's database.
    #[serde(rename = "book.not-a-book")]
    #[error("{file} is not a draft book")]
    NotABook { file: String },
    /// The key does not open the file. A file that is not a database gives the same error.
    #[serde(rename = "book.wrong-key")]
    #[error("the key does not open {file}")]
    WrongKey { file: String },
    /// A newer program wrote the book.
    #[serde(rename = "book.newer-format")]
    #[error("{file} has format {found}, this program knows {known}")]
    NewerFormat { file: String, found: i64, known: i64 },
    /// The book's edition is not installed.
    #[serde(rename = "book.unknown-edition")]
    #[error("{file} needs edition {edition}")]
    UnknownEdition { file: String, edition: String },
    /// The file is damaged.
    #[serde(rename = "book.damaged")]
    #[error("{file} is damaged")]
    Damaged { file: String },
    /// The book was opened for reading only, because its folder or disk cannot be written to.
    #[serde(rename = "book.read-only")]
    #[error("{file} can only be read")]
    ReadOnly { file: String },
    /// The disk is full; nothing was changed.
    #[serde(rename = "disk.full")]
    #[error("the disk is full")]
    DiskFull,
    /// The disk does not read or write; nothing was changed.
    #[serde(rename = "disk.failed")]
    #[error("the disk failed: {reason}")]
    DiskFailed {
        /// The message of the operating system.
        reason: String,
    },
    /// The edition has no such table.
    #[serde(rename = "book.no-such-table")]
    #[error("no table {table}")]
    NoSuchTable { table: String },
    /// The table has no such column.
    #[serde(rename = "book.no-such-column")]
    #[error("{table} has no column {column}")]
    NoSuchColumn { table: String, column: String },
    /// The program fills this column itself.
    #[serde(rename = "book.system-column")]
    #[error("{table}.{column} is filled by the program")]
    SystemColumn { table: String, column: String },
    /// The record is not there (any more).
    #[serde(rename = "book.no-such-row")]
    #[error("{table} has no record {row}")]
    NoSuchRow {
        table: String,
        /// Number of the record in its table, from 1.
        row: i64,
    },
    /// There is no such batch.
    #[serde(rename = "batch.no-such-batch")]
    #[error("no batch {batch}")]
    NoSuchBatch { batch: i64 },
    /// The batch has no such delivery.
    #[serde(rename = "batch.no-such-call")]
    #[error("batch {batch} has no delivery {call}")]
    NoSuchCall { batch: i64, call: u32 },
    /// A delivery of a batch cannot go from this state to that.
    #[serde(rename = "batch.move-not-allowed")]
    #[error("delivery {call} of batch {batch} cannot go from {from:?} to {to:?}")]
    MoveNotAllowed { batch: i64, call: u32, from: DeliveryState, to: DeliveryState },
    /// A move to another edition has to wait for batches without a result.
    #[serde(rename = "migration.under-way")]
    #[error("{batches} batches are under way")]
    UnderWay { batches: u64 },
    /// The steps that could be undone were made before a move to another edition.
    #[serde(rename = "undo.before-move")]
    #[error("the steps before a move cannot be undone by themselves")]
    BeforeMove,
    /// The step cannot be taken back (or made again) by itself: it was already, or records that it touched were changed
    /// since by a step that stands.
    #[serde(rename = "undo.overtaken")]
    #[error("step {step} cannot be walked over by itself")]
    Overtaken { step: i64 },
    /// The file that was to replace the book is not a copy of it.
    #[serde(rename = "migration.not-a-copy")]
    #[error("{file} is no copy of this book")]
    NotACopy { file: String },
    /// A statement failed that should not; a fault of this program.
    #[serde(rename = "book.failed")]
    #[error("the book refused: {reason}")]
    Failed {
        /// The message of SQLite, which does not contain values.
        reason: String,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{self, ErrorCode};
        let Some(cause) = error.sqlite_error() else {
            return StoreError::Failed { reason: error.to_string() };
        };
        match (cause.code, cause.extended_code) {
            // A write that the file system did not complete: the disk is full, or a quota or the largest size of a file
            // is reached.
            (ErrorCode::DiskFull, _)
            | (
                _,
                ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_FSYNC
                | ffi::SQLITE_IOERR_TRUNCATE
                | ffi::SQLITE_IOERR_SHMSIZE,
            ) => StoreError::DiskFull,
            (ErrorCode::SystemIoFailure, _) => StoreError::DiskFailed { reason: error.to_string() },
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => StoreError::Damaged { file: String::new() },
            (ErrorCode::ReadOnly, _) => StoreError::ReadOnly { file: String::new() },
            _ => StoreError::Failed { reason: error.to_string() },
        }
    }
}

impl From<rusqlite::types::FromSqlError> for StoreError {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        rusqlite::Error::from(error).into()
    }
}
