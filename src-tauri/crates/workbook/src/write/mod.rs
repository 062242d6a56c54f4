//! Writing: templates, annotated workbooks, plain exports.
//!
//! Records come from a [`RowSource`] one at a time. A file is written beside its place and moved there when it is
//! whole.

mod annotated;
mod book;
mod definition;
pub(crate) mod forms;
mod grid;
mod hidden;
mod index;
mod lines;
mod look;
mod missing;
mod notes;
mod paper;
mod plain;
mod quiet;
mod regions;
mod sheet;
pub(crate) mod sheet_name;
mod source;
mod specification;
mod target;
mod template;
mod words;

use std::ops::ControlFlow;

use standard::{Finding, Table};

pub use annotated::write_annotated;
pub use definition::write_definition;
pub use grid::{GridSheet, write_grid};
pub use plain::{Headings, PlainForm, PlainOptions, Shown, write_plain};
pub use specification::write_specification;
pub use target::sweep;
pub use template::write_template;

use crate::SourceError;

/// A record to be written.
#[derive(Debug, Clone, Copy)]
pub struct RecordOut<'a> {
    /// Its number in the book.
    pub row: i64,
    /// Its record key; empty before its natural key is complete.
    pub key: &'a str,
    /// Values in the order of the table's fields.
    pub values: &'a [String],
}

/// A record with its findings.
#[derive(Debug, Clone, Copy)]
pub struct AnnotatedRecord<'a> {
    /// Values and numbers, as for a file without findings.
    pub record: RecordOut<'a>,
    /// Its findings with their words as texts, personal values not masked yet: the writer masks.
    pub findings: &'a [Finding],
}

/// A source of records: called once for each table; passes every record to the sink until the sink breaks.
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
