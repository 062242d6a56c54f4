//! What can go wrong with a file. Words live in the UI; here are names and data only, and never a cell's value.

use std::path::Path;

use thiserror::Error;

/// A file cannot be opened or read as a workbook. Nothing was changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no such file.
    #[error("no such file: {file}")]
    Missing {
        /// File.
        file: String,
    },
    /// It is a folder.
    #[error("a folder, not a file: {file}")]
    Folder {
        /// File.
        file: String,
    },
    /// Another program (Excel, WPS) holds it so that it cannot be read.
    #[error("held by another program: {file}")]
    InUse {
        /// File.
        file: String,
    },
    /// The system refuses or fails to read it.
    #[error("cannot be read: {file}: {reason}")]
    Unreadable {
        /// File.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// It has no content at all.
    #[error("empty file: {file}")]
    Empty {
        /// File.
        file: String,
    },
    /// Its content is something else, whatever its name says.
    #[error("not a workbook but {looks_like}: {file}")]
    NotAWorkbook {
        /// File.
        file: String,
        /// What it is instead: `picture`, `pdf`, `document`, `archive`, `web-page`, `program`, `xlsb`
        /// (save it as .xlsx) or `unknown`.
        looks_like: &'static str,
    },
    /// It is protected with a password.
    #[error("protected with a password: {file}")]
    Password {
        /// File.
        file: String,
    },
    /// It begins like a workbook, but is cut short or broken.
    #[error("damaged: {file}: {part}")]
    Damaged {
        /// File.
        file: String,
        /// Where reading stopped: a part of the archive, a stream or a sheet.
        part: String,
    },
    /// The file itself is larger than the limit.
    #[error("larger than {limit_mb} MB: {file}")]
    TooLarge {
        /// File.
        file: String,
        /// The limit.
        limit_mb: u64,
    },
    /// It would inflate beyond the limit, or far beyond what a real workbook does (a zip bomb).
    #[error("inflates to more than {limit_mb} MB: {file}")]
    Inflates {
        /// File.
        file: String,
        /// The limit that it met.
        limit_mb: u64,
    },
    /// A sheet has content below the last row that is allowed.
    #[error("sheet {sheet} has more than {limit} rows: {file}")]
    TooManyRows {
        /// File.
        file: String,
        /// Sheet.
        sheet: String,
        /// The limit.
        limit: u32,
    },
    /// A sheet has content beyond the last column that is allowed.
    #[error("sheet {sheet} has more than {limit} columns: {file}")]
    TooManyColumns {
        /// File.
        file: String,
        /// Sheet.
        sheet: String,
        /// The limit.
        limit: u32,
    },
    /// It has more sheets than allowed.
    #[error("more than {limit} sheets: {file}")]
    TooManySheets {
        /// File.
        file: String,
        /// The limit.
        limit: usize,
    },
    /// A text file in none of the encodings that are known (UTF-8, GB18030, UTF-16).
    #[error("unknown encoding near line {line}: {file}")]
    Encoding {
        /// File.
        file: String,
        /// First line that cannot be read, from 1.
        line: u64,
    },
    /// The caller named a sheet that the workbook does not have.
    #[error("no sheet {sheet}: {file}")]
    NoSuchSheet {
        /// File.
        file: String,
        /// Sheet.
        sheet: String,
    },
}

impl OpenError {
    /// Name of the error; the words under it are in ui/src/text.
    pub fn code(&self) -> &'static str {
        match self {
            OpenError::Missing { .. } => "workbook.missing",
            OpenError::Folder { .. } => "workbook.folder",
            OpenError::InUse { .. } => "workbook.in-use",
            OpenError::Unreadable { .. } => "workbook.unreadable",
            OpenError::Empty { .. } => "workbook.empty",
            // What it is decides what a clerk can do about it, so each has words of its own.
            OpenError::NotAWorkbook { looks_like, .. } => match *looks_like {
                "picture" => "workbook.is-picture",
                "pdf" => "workbook.is-pdf",
                "document" => "workbook.is-document",
                "archive" => "workbook.is-archive",
                "web-page" => "workbook.is-web-page",
                "program" => "workbook.is-program",
                "xlsb" => "workbook.is-xlsb",
                _ => "workbook.not-a-workbook",
            },
            OpenError::Password { .. } => "workbook.password",
            OpenError::Damaged { .. } => "workbook.damaged",
            OpenError::TooLarge { .. } => "workbook.too-large",
            OpenError::Inflates { .. } => "workbook.inflates",
            OpenError::TooManyRows { .. } => "workbook.too-many-rows",
            OpenError::TooManyColumns { .. } => "workbook.too-many-columns",
            OpenError::TooManySheets { .. } => "workbook.too-many-sheets",
            OpenError::Encoding { .. } => "workbook.encoding",
            OpenError::NoSuchSheet { .. } => "workbook.no-such-sheet",
        }
    }

    /// What the words name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            OpenError::Missing { file }
            | OpenError::Folder { file }
            | OpenError::InUse { file }
            | OpenError::Empty { file }
            | OpenError::NotAWorkbook { file, .. }
            | OpenError::Password { file } => vec![("file", file.clone())],
            OpenError::Unreadable { file, reason } => vec![("file", file.clone()), ("reason", reason.clone())],
            OpenError::Damaged { file, part } => vec![("file", file.clone()), ("part", part.clone())],
            OpenError::TooLarge { file, limit_mb } | OpenError::Inflates { file, limit_mb } => {
                vec![("file", file.clone()), ("limit_mb", limit_mb.to_string())]
            }
            OpenError::TooManyRows { file, sheet, limit } | OpenError::TooManyColumns { file, sheet, limit } => {
                vec![("file", file.clone()), ("sheet", sheet.clone()), ("limit", limit.to_string())]
            }
            OpenError::TooManySheets { file, limit } => vec![("file", file.clone()), ("limit", limit.to_string())],
            OpenError::Encoding { file, line } => vec![("file", file.clone()), ("line", line.to_string())],
            OpenError::NoSuchSheet { file, sheet } => vec![("file", file.clone()), ("sheet", sheet.clone())],
        }
    }
}

/// Whatever stopped a row source (the book, a cancelled job); handed back to the caller as it is.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

/// A workbook cannot be written. The file that stood there before still stands.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The folder does not exist.
    #[error("no such folder for {file}")]
    NoFolder {
        /// File.
        file: String,
    },
    /// The file is held by another program (Excel, WPS).
    #[error("held by another program: {file}")]
    InUse {
        /// File.
        file: String,
    },
    /// The disk is full.
    #[error("disk full while writing {file}")]
    DiskFull {
        /// File.
        file: String,
    },
    /// The system refuses or fails to write.
    #[error("cannot be written: {file}: {reason}")]
    Unwritable {
        /// File.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// The ending of the name is none of the forms that can be written.
    #[error("unknown form of file: {file}")]
    UnknownForm {
        /// File.
        file: String,
    },
    /// The form holds one table only (.csv), and several were asked for.
    #[error("{file} can hold one table only")]
    OneTableOnly {
        /// File.
        file: String,
    },
    /// No table was given.
    #[error("no table for {file}")]
    NoTable {
        /// File.
        file: String,
    },
    /// More records than a sheet can hold.
    #[error("table {table} has more than {limit} rows: {file}")]
    TooManyRows {
        /// File.
        file: String,
        /// Table.
        table: String,
        /// The limit.
        limit: u32,
    },
    /// A cell is longer than the form can hold (32,767 characters in .xlsx).
    #[error("table {table} row {row} column {column} is longer than {limit} characters: {file}")]
    CellTooLong {
        /// File.
        file: String,
        /// Table.
        table: String,
        /// Record's number in the book.
        row: i64,
        /// Column.
        column: String,
        /// The limit.
        limit: usize,
    },
    /// The row source stopped; ask it why.
    #[error("the rows ended early")]
    Source(#[source] SourceError),
}

impl WriteError {
    /// Name of the error; the words under it are in ui/src/text. For [`WriteError::Source`] ask the source first.
    pub fn code(&self) -> &'static str {
        match self {
            WriteError::NoFolder { .. } => "workbook.no-folder",
            WriteError::InUse { .. } => "workbook.in-use",
            WriteError::DiskFull { .. } => "disk.full",
            WriteError::Unwritable { .. } => "workbook.unwritable",
            WriteError::UnknownForm { .. } => "workbook.unknown-form",
            WriteError::OneTableOnly { .. } => "workbook.one-table-only",
            WriteError::NoTable { .. } => "workbook.no-table",
            WriteError::TooManyRows { .. } => "workbook.too-many-records",
            WriteError::CellTooLong { .. } => "workbook.cell-too-long",
            WriteError::Source(_) => "workbook.source",
        }
    }

    /// What the words name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            WriteError::NoFolder { file }
            | WriteError::InUse { file }
            | WriteError::DiskFull { file }
            | WriteError::UnknownForm { file }
            | WriteError::OneTableOnly { file }
            | WriteError::NoTable { file } => vec![("file", file.clone())],
            WriteError::Unwritable { file, reason } => vec![("file", file.clone()), ("reason", reason.clone())],
            WriteError::TooManyRows { file, table, limit } => {
                vec![("file", file.clone()), ("table", table.clone()), ("limit", limit.to_string())]
            }
            WriteError::CellTooLong { file, table, row, column, limit } => vec![
                ("file", file.clone()),
                ("table", table.clone()),
                ("row", row.to_string()),
                ("column", column.clone()),
                ("limit", limit.to_string()),
            ],
            WriteError::Source(_) => Vec::new(),
        }
    }
}

/// Name of a file as errors speak of it: without its folders.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Whether Windows says that another program holds the file (sharing violation, lock violation).
pub(crate) fn is_held(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}
