//! Templates for filling, with or without the draft's records.

use std::path::Path;

use standard::{Edition, Table};

use super::book::write_book;
use super::hidden::{Choices, write_stamp};
use super::index::{About, Found, write_findings, write_guide};
use super::look::Look;
use super::sheet::{Beside, FIRST_ROW, LAST_ROW, LONGEST, Layout, begin, end, write_value_of_column};
use super::source::stream;
use super::target::Target;
use super::words::say;
use super::{RecordOut, RowSource, Written, WrittenSheet, sheet_name};
use crate::read::coded::choice;
use crate::read::rows::mark_text;
use crate::stamp::{CODES_SHEET, STAMP_SHEET};
use crate::{Stamp, StampedSheet, WriteError};

/// Writes a template for filling, one sheet for each table, with the rows of `rows` if given. [`Stamp::sheets`] is
/// filled by the writer. A coded cell holds `code name`, as the drop-down offers it.
pub fn write_template(
    path: &Path,
    edition: &Edition,
    tables: &[&Table],
    stamp: &Stamp,
    mut rows: Option<RowSource<'_>>,
) -> Result<Written, WriteError> {
    let target = Target::new(path);
    let kind = if rows.is_some() { Filling::WithRows } else { Filling::Empty };
    write_filling(&target, edition, tables, stamp, kind, |sheet, table, layout, _, _| {
        let Some(rows) = &mut rows else { return Ok(0) };
        let mut line = FIRST_ROW;
        stream(table, rows, |record| {
            check_line(&target, table, line)?;
            write_record(&target, sheet, edition, table, layout, line, record)?;
            line += 1;
            Ok(())
        })
    })
}

/// The content of a workbook for filling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filling {
    /// No records.
    Empty,
    /// The draft's records.
    WithRows,
    /// Records with their findings, personal values masked.
    Findings,
}

/// Writes a workbook of sheets for filling; `fill` writes the records of one and returns how many. The sheet that
/// explains them comes first where there are several, and behind a single one, which is what the clerk opens the
/// workbook for.
pub(crate) fn write_filling(
    target: &Target,
    edition: &Edition,
    tables: &[&Table],
    stamp: &Stamp,
    kind: Filling,
    mut fill: impl FnMut(&mut rust_xlsxwriter::Worksheet, &Table, &Layout<'_>, &Look, &mut Found) -> Result<u64, WriteError>,
) -> Result<Written, WriteError> {
    if tables.is_empty() {
        return Err(WriteError::NoTable { file: target.file.clone() });
    }
    let masked = kind == Filling::Findings;
    let (beside, index) = match kind {
        Filling::Empty => (Beside::Nothing, say("index", &[])),
        Filling::WithRows => (Beside::Mark, say("index", &[])),
        Filling::Findings => (Beside::MarkAndReason, say("index-findings", &[])),
    };
    let look = Look::new();
    let choices = Choices::new(edition, tables);
    let mut stamp = Stamp { masked, sheets: Vec::new(), index: index.clone(), ..stamp.clone() };
    let failed = |e| target.xlsx(e);
    write_book(target, &title(tables, masked), &stamp.clone(), |book| {
        let mut written = Written { sheets: Vec::new() };
        let mut taken = vec![CODES_SHEET.to_owned(), STAMP_SHEET.to_owned(), index.clone()];
        let mut found = Found::default();
        let place = if tables.len() > 1 { 0 } else { tables.len() };
        if place == 0 {
            book.add_worksheet().set_name(&index).map_err(failed)?;
        }
        for table in tables {
            let name = sheet_name::unique(table.short_title(), &taken);
            taken.push(name.clone());
            let layout = Layout::new(table, beside);
            let sheet = begin(book, &name, edition, &layout, &choices, &look, &stamp).map_err(failed)?;
            found.begin_sheet(stamp.sheets.len());
            let rows = fill(sheet, table, &layout, &look, &mut found)?;
            end(sheet, &layout, rows).map_err(failed)?;
            stamp.sheets.push(StampedSheet { sheet: name.clone(), table: table.name.clone() });
            written.sheets.push(WrittenSheet { table: table.name.clone(), sheet: name, rows });
        }
        if place > 0 {
            book.add_worksheet().set_name(&index).map_err(failed)?;
        }
        let about = About { edition, tables, written: &written.sheets, stamp: &stamp };
        let sheet = book.worksheet_from_index(place).map_err(failed)?;
        match kind {
            Filling::Findings => write_findings(sheet, &about, &found),
            _ => write_guide(sheet, &about, &choices, kind == Filling::WithRows),
        }
        .map_err(failed)?;
        choices.write(book, &look).map_err(failed)?;
        write_stamp(book, &stamp, &look).map_err(failed)?;
        Ok(written)
    })
}

/// What the file says it is.
fn title(tables: &[&Table], masked: bool) -> String {
    let kind = if masked { say("findings", &[]) } else { say("template", &[]) };
    let first = tables.first().map_or("", |table| table.short_title());
    match tables.len() {
        1 => say("title-one", &[("kind", &kind), ("table", &first)]),
        n => say("title-many", &[("kind", &kind), ("first", &first), ("n", &n)]),
    }
}

pub(crate) fn check_line(target: &Target, table: &Table, line: u32) -> Result<(), WriteError> {
    if line <= LAST_ROW {
        return Ok(());
    }
    let limit = LAST_ROW + 1 - FIRST_ROW;
    Err(WriteError::TooManyRows { file: target.file.clone(), table: table.name.clone(), limit })
}

fn write_record(
    target: &Target,
    sheet: &mut rust_xlsxwriter::Worksheet,
    edition: &Edition,
    table: &Table,
    layout: &Layout<'_>,
    line: u32,
    record: RecordOut<'_>,
) -> Result<(), WriteError> {
    for (column, (at, field)) in (0u16..).zip(&layout.fields) {
        let value = record.values.get(*at).map_or("", String::as_str);
        let chosen = field.code_list.as_deref().and_then(|id| edition.code_list(id)).and_then(|list| list.get(value));
        let shown = chosen.map(|code| choice(&code.code, &code.name));
        let value = shown.as_deref().unwrap_or(value);
        check_length(target, table, record.row, &field.column, value)?;
        write_value_of_column(sheet, (line, column), field.kind, value).map_err(|e| target.xlsx(e))?;
    }
    if let Some(column) = layout.mark() {
        let mark = mark_text(record.key, record.row);
        sheet.write_string(line, column, mark).map_err(|e| target.xlsx(e))?;
    }
    Ok(())
}

pub(crate) fn check_length(
    target: &Target,
    table: &Table,
    row: i64,
    column: &str,
    value: &str,
) -> Result<(), WriteError> {
    if value.len() <= LONGEST || value.encode_utf16().count() <= LONGEST {
        return Ok(());
    }
    Err(WriteError::CellTooLong {
        file: target.file.clone(),
        table: table.name.clone(),
        row,
        column: column.to_owned(),
        limit: LONGEST,
    })
}
