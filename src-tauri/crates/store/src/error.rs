//! What can go wrong with a book. Errors name files, tables, rows and states; never a value.

use thiserror::Error;

/// An error of this room.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("no file {file}")]
    NotFound {
        /// File.
        file: String,
    },
    /// A new book would overwrite this file.
    #[error("{file} exists")]
    Exists {
        /// File.
        file: String,
    },
    /// The folder or file cannot be read or written: no right to, or the medium is gone.
    #[error("{file}: {reason}")]
    NoAccess {
        /// File.
        file: String,
        /// The system's words.
        reason: String,
    },
    /// Another program has the book open.
    #[error("{file} is open in another program")]
    InUse {
        /// File.
        file: String,
    },
    /// Too short for a book, not encrypted, or another program's database.
    #[error("{file} is not a draft book")]
    NotABook {
        /// File.
        file: String,
    },
    /// The key does not open the file. A file that is no database at all cannot be told from this.
    #[error("the key does not open {file}")]
    WrongKey {
        /// File.
        file: String,
    },
    /// A newer program wrote the book.
    #[error("{file} has format {found}, this program knows {known}")]
    NewerFormat {
        /// File.
        file: String,
        /// Its format.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// The book's edition is not installed.
    #[error("{file} needs edition {edition}")]
    UnknownEdition {
        /// File.
        file: String,
        /// Edition id.
        edition: String,
    },
    /// The file is damaged.
    #[error("{file} is damaged")]
    Damaged {
        /// File.
        file: String,
    },
    /// The disk is full; nothing was changed.
    #[error("the disk is full")]
    DiskFull,
    /// The disk does not read or write; nothing was changed.
    #[error("the disk failed: {reason}")]
    DiskFailed {
        /// The system's words.
        reason: String,
    },
    /// The edition has no such table.
    #[error("no table {table}")]
    NoSuchTable {
        /// Table.
        table: String,
    },
    /// The table has no such column.
    #[error("{table} has no column {column}")]
    NoSuchColumn {
        /// Table.
        table: String,
        /// Column.
        column: String,
    },
    /// The program fills this column itself.
    #[error("{table}.{column} is filled by the program")]
    SystemColumn {
        /// Table.
        table: String,
        /// Column.
        column: String,
    },
    /// The record is not there (any more).
    #[error("{table} has no record {row}")]
    NoSuchRow {
        /// Table.
        table: String,
        /// `_row`.
        row: i64,
    },
    /// There is no such batch.
    #[error("no batch {batch}")]
    NoSuchBatch {
        /// Batch.
        batch: i64,
    },
    /// The batch has no such call.
    #[error("batch {batch} has no call {call}")]
    NoSuchCall {
        /// Batch.
        batch: i64,
        /// Call.
        call: u32,
    },
    /// A call of a batch cannot go from this state to that.
    #[error("call {call} of batch {batch} cannot go from {from} to {to}")]
    MoveNotAllowed {
        /// Batch.
        batch: i64,
        /// Call.
        call: u32,
        /// State it is in.
        from: &'static str,
        /// State it was asked to take.
        to: &'static str,
    },
    /// Batches stand in the way of a move to another edition.
    #[error("{batches} batches are under way")]
    UnderWay {
        /// How many.
        batches: u64,
    },
    /// What could be undone lies before a move to another edition.
    #[error("the steps before a move cannot be undone by themselves")]
    BeforeMove,
    /// The copy of the book that was to take its place is not one.
    #[error("{file} is no copy of this book")]
    NotACopy {
        /// File.
        file: String,
    },
    /// The book was used in a way that it does not allow; a fault of this program.
    #[error("the book refused: {reason}")]
    Failed {
        /// SQLite's words, which never contain values.
        reason: String,
    },
}

impl StoreError {
    /// The name by which words are looked up.
    pub fn code(&self) -> &'static str {
        use StoreError::*;
        match self {
            NotFound { .. } => "book.not-found",
            Exists { .. } => "book.exists",
            NoAccess { .. } => "book.no-access",
            InUse { .. } => "book.in-use",
            NotABook { .. } => "book.not-a-book",
            WrongKey { .. } => "book.wrong-key",
            NewerFormat { .. } => "book.newer-format",
            UnknownEdition { .. } => "book.unknown-edition",
            Damaged { .. } => "book.damaged",
            DiskFull => "disk.full",
            DiskFailed { .. } => "disk.failed",
            NoSuchTable { .. } => "book.no-such-table",
            NoSuchColumn { .. } => "book.no-such-column",
            SystemColumn { .. } => "book.system-column",
            NoSuchRow { .. } => "book.no-such-row",
            NoSuchBatch { .. } => "batch.no-such-batch",
            NoSuchCall { .. } => "batch.no-such-call",
            MoveNotAllowed { .. } => "batch.move-not-allowed",
            UnderWay { .. } => "migration.under-way",
            BeforeMove => "undo.before-move",
            NotACopy { .. } => "migration.not-a-copy",
            Failed { .. } => "book.failed",
        }
    }

    /// What the words name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        use StoreError::*;
        match self.clone() {
            NotFound { file }
            | Exists { file }
            | InUse { file }
            | NotABook { file }
            | WrongKey { file }
            | NotACopy { file }
            | Damaged { file } => vec![("file", file)],
            NoAccess { file, reason } => vec![("file", file), ("reason", reason)],
            NewerFormat { file, found, known } => {
                vec![("file", file), ("found", found.to_string()), ("known", known.to_string())]
            }
            UnknownEdition { file, edition } => vec![("file", file), ("edition", edition)],
            DiskFull | BeforeMove => Vec::new(),
            UnderWay { batches } => vec![("batches", batches.to_string())],
            DiskFailed { reason } | Failed { reason } => vec![("reason", reason)],
            NoSuchTable { table } => vec![("table", table)],
            NoSuchColumn { table, column } | SystemColumn { table, column } => {
                vec![("table", table), ("column", column)]
            }
            NoSuchRow { table, row } => vec![("table", table), ("row", row.to_string())],
            NoSuchBatch { batch } => vec![("batch", batch.to_string())],
            NoSuchCall { batch, call } => vec![("batch", batch.to_string()), ("call", call.to_string())],
            MoveNotAllowed { batch, call, from, to } => vec![
                ("batch", batch.to_string()),
                ("call", call.to_string()),
                ("from", from.to_owned()),
                ("to", to.to_owned()),
            ],
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{self, ErrorCode};
        let Some(cause) = error.sqlite_error() else {
            return StoreError::Failed { reason: error.to_string() };
        };
        match (cause.code, cause.extended_code) {
            // A write that the file system cut short: no room, over the quota, over the size limit of a file.
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
            _ => StoreError::Failed { reason: error.to_string() },
        }
    }
}

impl From<rusqlite::types::FromSqlError> for StoreError {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        rusqlite::Error::from(error).into()
    }
}
