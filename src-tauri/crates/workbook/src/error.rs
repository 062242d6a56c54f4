//! What can go wrong with a file. Errors carry names and numbers, but no value of a cell; their words are in
//! ui/src/text.

use std::path::Path;

use serde::Serialize;
use thiserror::Error;

/// A file cannot be opened or read as a workbook. Nothing was changed.
#[derive(Debug, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[non_exhaustive]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum OpenError {
    /// There is no such file.
    #[serde(rename = "workbook.missing")]
    #[error("no such file: {file}")]
    Missing { file: String },
    /// It is a folder.
    #[serde(rename = "workbook.folder")]
    #[error("a folder, not a file: {file}")]
    Folder { file: String },
    /// Another program (Excel, WPS) has locked it, so it cannot be read.
    #[serde(rename = "workbook.in-use")]
    #[error("held by another program: {file}")]
    InUse { file: String },
    /// The system refuses or fails to read it.
    #[serde(rename = "workbook.unreadable")]
    #[error("cannot be read: {file}: {reason}")]
    Unreadable {
        file: String,
        /// The message of the operating system.
        reason: String,
    },
    /// It has no content at all.
    #[serde(rename = "workbook.empty")]
    #[error("empty file: {file}")]
    Empty { file: String },
    /// It is protected with a password.
    #[serde(rename = "workbook.password")]
    #[error("protected with a password: {file}")]
    Password { file: String },
    /// It begins like a workbook, but is incomplete or damaged.
    #[serde(rename = "workbook.damaged")]
    #[error("damaged: {file}: {part}")]
    Damaged {
        file: String,
        /// Where reading stopped: a part of the archive, a stream or a sheet.
        part: String,
    },
    /// The file itself is larger than the limit.
    #[serde(rename = "workbook.too-large")]
    #[error("larger than {limit_mb} MB: {file}")]
    TooLarge { file: String, limit_mb: u64 },
    /// It would inflate beyond the limit, or far beyond what a real workbook does (a zip bomb).
    #[serde(rename = "workbook.inflates")]
    #[error("{packed_kb} KB inflate to more than {limit_mb} MB, more than {times} times: {file}")]
    Inflates {
        file: String,
        /// Size of its parts as they are packed.
        packed_kb: u64,
        limit_mb: u64,
        /// The most times its packed size that a workbook may have when it is inflated.
        times: u64,
    },
    /// One cell has more text than is read of one.
    #[serde(rename = "workbook.cell-too-large")]
    #[error("sheet {sheet} line {line} column {column} has more than {limit_kb} KB: {file}")]
    CellTooLarge {
        file: String,
        sheet: String,
        /// Line from 1.
        line: u64,
        /// Letters of the column.
        column: String,
        limit_kb: u64,
    },
    /// A sheet has content below the last row that is allowed.
    #[serde(rename = "workbook.too-many-rows")]
    #[error("sheet {sheet} has more than {limit} rows: {file}")]
    TooManyRows { file: String, sheet: String, limit: u32 },
    /// A sheet has content beyond the last column that is allowed.
    #[serde(rename = "workbook.too-many-columns")]
    #[error("sheet {sheet} has more than {limit} columns: {file}")]
    TooManyColumns { file: String, sheet: String, limit: u32 },
    /// It has more sheets than allowed.
    #[serde(rename = "workbook.too-many-sheets")]
    #[error("more than {limit} sheets: {file}")]
    TooManySheets { file: String, limit: usize },
    /// A text file in none of the encodings that are known (UTF-8, GB18030, UTF-16).
    #[serde(rename = "workbook.encoding")]
    #[error("unknown encoding near line {line}: {file}")]
    Encoding {
        file: String,
        /// First line that cannot be read, from 1.
        line: u64,
    },
    /// The caller named a sheet that the workbook does not have.
    #[serde(rename = "workbook.no-such-sheet")]
    #[error("no sheet {sheet}: {file}")]
    NoSuchSheet { file: String, sheet: String },
    /// Its content is not a workbook, although its name says so; its code is that of `looks_like`.
    #[serde(untagged)]
    #[error("not a workbook but {looks_like:?}: {file}")]
    NotAWorkbook {
        #[serde(rename = "code")]
        looks_like: LooksLike,
        file: String,
    },
}

/// What a file is that is not a workbook. It decides what a clerk can do about it, so each has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LooksLike {
    /// An image, such as a photograph of a form.
    #[serde(rename = "workbook.is-picture")]
    Picture,
    /// A PDF, such as a printed form.
    #[serde(rename = "workbook.is-pdf")]
    Pdf,
    /// A document of a word processor.
    #[serde(rename = "workbook.is-document")]
    Document,
    /// An archive or a compressed file.
    #[serde(rename = "workbook.is-archive")]
    Archive,
    /// HTML or XML that a web system exported under the name of a workbook.
    #[serde(rename = "workbook.is-web-page")]
    WebPage,
    /// An executable of Windows or Linux.
    #[serde(rename = "workbook.is-program")]
    Program,
    /// None of these.
    #[serde(rename = "workbook.not-a-workbook")]
    Unknown,
}

/// The error with which a row source stopped (of the book, or of a cancelled job); it is returned unchanged.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

/// A workbook cannot be written. An older file of that name is unchanged.
#[derive(Debug, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[non_exhaustive]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum WriteError {
    /// The folder does not exist.
    #[serde(rename = "workbook.no-folder")]
    #[error("no such folder for {file}")]
    NoFolder { file: String },
    /// Another program (Excel, WPS) has locked the file.
    #[serde(rename = "workbook.in-use")]
    #[error("held by another program: {file}")]
    InUse { file: String },
    /// No room is left on the disk, or in the user's quota.
    #[serde(rename = "disk.full")]
    #[error("disk full while writing {file}")]
    DiskFull { file: String },
    /// The system refuses or fails to write.
    #[serde(rename = "workbook.unwritable")]
    #[error("cannot be written: {file}: {reason}")]
    Unwritable {
        file: String,
        /// The message of the operating system.
        reason: String,
    },
    /// The ending of the name is not that of a form that can be written.
    #[serde(rename = "workbook.unknown-form")]
    #[error("unknown form of file: {file}")]
    UnknownForm { file: String },
    /// The form holds one table only (.csv), and several were asked for.
    #[serde(rename = "workbook.one-table-only")]
    #[error("{file} can hold one table only")]
    OneTableOnly { file: String },
    /// The form has a schema that fits codes alone, and names were asked for.
    #[serde(rename = "workbook.codes-only")]
    #[error("{file} holds codes, not names")]
    CodesOnly { file: String },
    /// A cell has a sign that the form cannot hold (control signs in .ods).
    #[serde(rename = "workbook.cell-unfit")]
    #[error("table {table} row {row} column {column} has {sign}, which the form cannot hold: {file}")]
    CellUnfit {
        file: String,
        table: String,
        /// Record's number in the book.
        row: i64,
        column: String,
        /// The sign as `U+001B`.
        sign: String,
    },
    /// No table was given.
    #[serde(rename = "workbook.no-table")]
    #[error("no table for {file}")]
    NoTable { file: String },
    /// More records than a sheet can hold.
    #[serde(rename = "workbook.too-many-records")]
    #[error("table {table} has more than {limit} rows: {file}")]
    TooManyRows { file: String, table: String, limit: u32 },
    /// A cell is longer than the form can hold (32,767 characters in .xlsx).
    #[serde(rename = "workbook.cell-too-long")]
    #[error("table {table} row {row} column {column} is longer than {limit} characters: {file}")]
    CellTooLong {
        file: String,
        table: String,
        /// Record's number in the book.
        row: i64,
        column: String,
        limit: usize,
    },
    /// The row source stopped; it has the reason.
    #[serde(rename = "workbook.source")]
    #[error("the rows ended early")]
    Source(
        #[source]
        #[serde(skip)]
        SourceError,
    ),
}

/// Name of a file as errors give it: without its folders.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
