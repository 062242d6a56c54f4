//! Editions as workbooks: writing and reading a definition, and writing the specification for printing.
//!
//! A definition becomes the files of a package and is installed like any other edition; it is refused as a whole while
//! a cell is wrong or a case of a rule does not come out as it should.

use std::path::Path;
use std::sync::Arc;

use standard::definition::{self, plan};
use workbook::Limits;

use super::shelf::editions;
use crate::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::shelf::Arrival;
use crate::session::shelf::at_hand::EditionSummary;
use crate::standards::api::definitions::{ExportDefinition, WriteSpecification, WrittenEdition};
use crate::standards::api::shelf::{EditionFile, EditionPreview};

/// `edition.export_definition`.
pub(crate) fn export(desk: &Desk, request: ExportDefinition) -> Result<WrittenEdition, CallError> {
    let edition = desk.edition(Some(&request.edition))?;
    let path = workbook_path(&request.path)?;
    let sheets = definition::sheets(&edition);
    let title = format!("标准定义：{}", edition.title);
    let written = workbook::write_definition(path, &title, &sheets, &desk.clock.now_text())?;
    Ok(WrittenEdition { file: request.path, sheets: written.len() })
}

/// `edition.preview_definition`.
pub(crate) fn preview(desk: &Desk, request: EditionFile) -> Result<EditionPreview, CallError> {
    editions::preview(desk, &arrived(desk, &request)?)
}

/// `edition.install_definition`.
pub(crate) fn install(desk: &Desk, request: EditionFile) -> Result<EditionSummary, CallError> {
    editions::install(desk, &arrived(desk, &request)?)
}

/// Reads a definition workbook into the files of an edition.
fn arrived(desk: &Desk, request: &EditionFile) -> Result<Arrival, CallError> {
    let mut book = workbook::open(Path::new(&request.path), &Limits::of_definitions())?;
    let texts = book.texts(|name| plan::ALL.iter().any(|plan| plan.name == name))?;
    let read = definition::read(&texts, desk.standards.builtin())?;
    if desk.standards.builtin().edition(&read.edition.id).is_some() {
        return Err(CallError::new("edition.builtin-id").with("edition", &read.edition.id));
    }
    let edition = Arc::new(read.edition);
    edition.rules.iter().try_for_each(|rule| crate::standards::own::tried(&edition, rule))?;
    Ok(Arrival::definition(read.package))
}

/// `standard.specification`.
pub(crate) fn specification(desk: &Desk, request: WriteSpecification) -> Result<WrittenEdition, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let path = workbook_path(&request.path)?;
    let tables = match request.tables.as_slice() {
        [] => edition.tables.iter().collect(),
        names => names.iter().map(|name| table_of(&edition, name)).collect::<Result<Vec<_>, _>>()?,
    };
    let written = workbook::write_specification(path, &edition, &tables, &desk.clock.now_text())?;
    Ok(WrittenEdition { file: request.path, sheets: written.sheets.len() })
}

/// Checks the ending of the file: these workbooks are .xlsx, and a file with another ending could not be opened.
fn workbook_path(path: &str) -> Result<&Path, CallError> {
    let file = Path::new(path);
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return Ok(file);
    }
    Err(CallError::new("definition.not-xlsx").with("file", path))
}
