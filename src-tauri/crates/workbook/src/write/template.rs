//! Templates for filling, with or without the draft's records.

use std::path::Path;

use standard::{Edition, Table};

use super::book::write_book;
use super::hidden::{Choices, write_stamp};
use super::look::Look;
use super::sheet::{Beside, FIRST_ROW, LAST_ROW, LONGEST, Layout, begin, end, write_value};
use super::source::stream;
use super::target::Target;
use super::{RecordOut, RowSource, Written, WrittenSheet, sheet_name};
use crate::read::coded::choice;
use crate::read::rows::mark_text;
use crate::stamp::{CODES_SHEET, STAMP_SHEET};
use crate::{Stamp, StampedSheet, WriteError};

/// Writes a template for filling, one sheet for each table, with the rows of `rows` if given. [`Stamp::sheets`] is filled
/// by the writer. A coded cell holds `code name`, as the drop-down offers it.
pub fn write_template(
    path: &Path,
    edition: &Edition,
    tables: &[&Table],
    stamp: &Stamp,
    mut rows: Option<RowSource<'_>>,
) -> Result<Written, WriteError> {
    let target = Target::new(path);
    let (beside, masked) = (if rows.is_some() { Beside::Mark } else { Beside::Nothing }, false);
    write_filling(&target, edition, tables, stamp, beside, masked, |sheet, table, layout, look| {
        let Some(rows) = &mut rows else { return Ok(0) };
        let mut line = FIRST_ROW;
        stream(table, rows, |record| {
            check_line(&target, table, line)?;
            write_record(&target, sheet, edition, table, layout, look, line, record)?;
            line += 1;
            Ok(())
        })
    })
}

/// Writes a workbook of sheets for filling; `fill` writes the records of one and tells how many.
pub(crate) fn write_filling(
    target: &Target,
    edition: &Edition,
    tables: &[&Table],
    stamp: &Stamp,
    beside: Beside,
    masked: bool,
    mut fill: impl FnMut(&mut rust_xlsxwriter::Worksheet, &Table, &Layout<'_>, &Look) -> Result<u64, WriteError>,
) -> Result<Written, WriteError> {
    if tables.is_empty() {
        return Err(WriteError::NoTable { file: target.file.clone() });
    }
    let titles: Vec<&str> = tables.iter().map(|table| table.short_title()).collect();
    let kind = if masked { "校验问题" } else { "填报模板" };
    let title = match titles.as_slice() {
        [one] => format!("{kind}：{one}"),
        [first, ..] => format!("{kind}：{first}等 {} 张表", titles.len()),
        [] => kind.to_owned(),
    };
    let look = Look::new();
    let choices = Choices::new(edition, tables);
    let mut stamp = Stamp { masked, sheets: Vec::new(), ..stamp.clone() };
    write_book(target, &title, &stamp.clone(), |book| {
        let mut written = Written { sheets: Vec::new() };
        let mut taken = vec![CODES_SHEET.to_owned(), STAMP_SHEET.to_owned()];
        for table in tables {
            let name = sheet_name::unique(table.short_title(), &taken);
            taken.push(name.clone());
            let layout = Layout::new(table, beside);
            let sheet = begin(book, &name, edition, table, &layout, &choices, &look).map_err(|e| target.xlsx(e))?;
            let rows = fill(sheet, table, &layout, &look)?;
            end(sheet, &layout, rows).map_err(|e| target.xlsx(e))?;
            stamp.sheets.push(StampedSheet { sheet: name.clone(), table: table.name.clone() });
            written.sheets.push(WrittenSheet { table: table.name.clone(), sheet: name, rows });
        }
        choices.write(book, &look).map_err(|e| target.xlsx(e))?;
        write_stamp(book, &stamp, &look).map_err(|e| target.xlsx(e))?;
        Ok(written)
    })
}

pub(crate) fn check_line(target: &Target, table: &Table, line: u32) -> Result<(), WriteError> {
    if line <= LAST_ROW {
        return Ok(());
    }
    let limit = LAST_ROW + 1 - FIRST_ROW;
    Err(WriteError::TooManyRows { file: target.file.clone(), table: table.name.clone(), limit })
}

#[allow(clippy::too_many_arguments)] // one record into one place; a struct would only rename the same eight things
fn write_record(
    target: &Target,
    sheet: &mut rust_xlsxwriter::Worksheet,
    edition: &Edition,
    table: &Table,
    layout: &Layout<'_>,
    look: &Look,
    line: u32,
    record: RecordOut<'_>,
) -> Result<(), WriteError> {
    for (column, (at, field)) in (0u16..).zip(&layout.fields) {
        let value = record.values.get(*at).map_or("", String::as_str);
        let chosen = field.code_list.as_deref().and_then(|id| edition.code_list(id)).and_then(|list| list.get(value));
        let shown = chosen.map(|code| choice(&code.code, &code.name));
        let value = shown.as_deref().unwrap_or(value);
        check_length(target, table, record.row, &field.column, value)?;
        write_value(sheet, (line, column), field.kind, value, look.cell(field)).map_err(|e| target.xlsx(e))?;
    }
    if let Some(column) = layout.mark() {
        let mark = mark_text(record.key, record.row);
        sheet.write_string_with_format(line, column, mark, &look.text).map_err(|e| target.xlsx(e))?;
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
