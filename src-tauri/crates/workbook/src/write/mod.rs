//! Writing: templates, annotated workbooks, plain exports.

use std::ops::ControlFlow;
use std::path::Path;

use standard::{Edition, Finding, Table};

use crate::{SourceError, Stamp, WriteError};

/// A record on its way out.
#[derive(Debug, Clone, Copy)]
pub struct RecordOut<'a> {
    /// Its number in the book.
    pub row: i64,
    /// Its record key; empty before its natural key is complete.
    pub key: &'a str,
    /// Values in the order of the table's fields.
    pub values: &'a [String],
}

/// A record with what the checks say about it.
#[derive(Debug, Clone, Copy)]
pub struct AnnotatedRecord<'a> {
    /// The record.
    pub record: RecordOut<'a>,
    /// Its findings, personal values not masked yet: the writer masks.
    pub findings: &'a [Finding],
}

/// Where records come from: called once for each table; hands every record to the sink until the sink breaks.
pub type RowSource<'a> =
    &'a mut dyn FnMut(&Table, &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>) -> Result<(), SourceError>;

/// As [`RowSource`], with findings.
pub type AnnotatedSource<'a> =
    &'a mut dyn FnMut(&Table, &mut dyn FnMut(AnnotatedRecord<'_>) -> ControlFlow<()>) -> Result<(), SourceError>;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its sheets, in order.
    pub sheets: Vec<WrittenSheet>,
}

/// One sheet of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSheet {
    /// Table name.
    pub table: String,
    /// Sheet name.
    pub sheet: String,
    /// Records in it.
    pub rows: u64,
}

/// Forms of a plain export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainForm {
    /// .xlsx
    Xlsx,
    /// .ods
    Ods,
    /// .csv, UTF-8 with a byte order mark, one table only.
    Csv,
    /// .json
    Json,
}

/// How coded cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The codes, as they are sent.
    #[default]
    Codes,
    /// Their names; a code without a name stays as it is.
    Names,
}

/// What stands in the heading row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Headings {
    /// Chinese titles.
    #[default]
    Titles,
    /// Column names, as Table Schema tools expect them.
    Columns,
}

/// Options of a plain export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainOptions {
    /// Form of the file.
    pub form: PlainForm,
    /// Codes or names.
    pub shown: Shown,
    /// Titles or column names (.json always has column names).
    pub headings: Headings,
}

impl PlainOptions {
    /// The options that fit a file name: its ending tells the form; a .csv of codes has column names as headings, so
    /// that Table Schema tools can validate it with the standard's own files.
    pub fn for_file(_path: &Path, _shown: Shown) -> Result<PlainOptions, WriteError> {
        todo!()
    }
}

/// Writes a template for filling, one sheet for each table, with the rows of `rows` if given. [`Stamp::sheets`] is filled
/// by the writer.
pub fn write_template(
    _path: &Path,
    _edition: &Edition,
    _tables: &[&Table],
    _stamp: &Stamp,
    _rows: Option<RowSource<'_>>,
) -> Result<Written, WriteError> {
    todo!()
}

/// Writes records with their findings: coloured cells with comments and a last column 「问题说明」. Personal values are
/// masked; the stamp says so, and [`crate::is_masked_text`] knows them when they come back.
pub fn write_annotated(
    _path: &Path,
    _edition: &Edition,
    _tables: &[&Table],
    _stamp: &Stamp,
    _rows: AnnotatedSource<'_>,
) -> Result<Written, WriteError> {
    todo!()
}

/// Writes all columns of the tables, the system columns included, and nothing else.
pub fn write_plain(
    _path: &Path,
    _edition: &Edition,
    _tables: &[&Table],
    _stamp: &Stamp,
    _options: PlainOptions,
    _rows: RowSource<'_>,
) -> Result<Written, WriteError> {
    todo!()
}
