//! The workbook in which a new edition is written: a guide, and the sheets of [`standard::definition`].

use std::path::Path;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, IgnoreError, Note, Workbook, Worksheet, XlsxError};
use standard::definition::plan::{GUIDE, GUIDE_LINES, Offers};
use standard::definition::{Column, Sheet};

use super::book::write_book;
use super::look::Look;
use super::sheet::{LAST_ROW, LONGEST};
use super::target::Target;
use super::words::say;
use crate::{Stamp, WriteError};

/// Writes the sheets of a definition, with a guide before them. All cells are text. Returns the names of the sheets.
pub fn write_definition(
    path: &Path,
    title: &str,
    sheets: &[Sheet],
    written_at: &str,
) -> Result<Vec<&'static str>, WriteError> {
    let target = Target::new(path);
    sheets.iter().try_for_each(|sheet| check_lengths(&target, sheet))?;
    let stamp = Stamp { written_at: written_at.to_owned(), ..Stamp::default() };
    write_book(&target, title, &stamp, |book| {
        let look = Look::new();
        write_guide(book, &look).map_err(|e| target.xlsx(e))?;
        for sheet in sheets {
            write_sheet(book, sheet, &look).map_err(|e| target.xlsx(e))?;
        }
        Ok(sheets.iter().map(|sheet| sheet.plan.name).collect())
    })
}

fn check_lengths(target: &Target, sheet: &Sheet) -> Result<(), WriteError> {
    for (row, cells) in (2..).zip(&sheet.rows) {
        for (cell, column) in cells.iter().zip(sheet.plan.columns) {
            if cell.len() > LONGEST && cell.encode_utf16().count() > LONGEST {
                return Err(WriteError::CellTooLong {
                    file: target.file.clone(),
                    table: sheet.plan.name.to_owned(),
                    row,
                    column: column.heading.to_owned(),
                    limit: LONGEST,
                });
            }
        }
    }
    Ok(())
}

fn write_guide(book: &mut Workbook, look: &Look) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(GUIDE)?;
    sheet.set_column_width(0, 110)?;
    for (row, line) in (0u32..).zip(GUIDE_LINES) {
        let format = if row == 0 { &look.title } else { &look.wrapped };
        sheet.write_string_with_format(row, 0, *line, format)?;
    }
    Ok(())
}

fn write_sheet(book: &mut Workbook, of: &Sheet, look: &Look) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(of.plan.name)?;
    sheet.set_row_height(0, 30)?;
    for (at, column) in (0u16..).zip(of.plan.columns) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.set_column_format(at, &look.wrapped)?;
        write_heading(sheet, at, column, look)?;
        if let Some(rule) = choices(column.offers)? {
            sheet.add_data_validation(1, at, LAST_ROW, at, &rule)?;
        }
    }
    for (row, cells) in (1u32..).zip(&of.rows) {
        for (at, cell) in (0u16..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string_with_format(row, at, cell, &look.wrapped)?;
            }
        }
    }
    let last_column = u16::try_from(of.plan.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let last_row = u32::try_from(of.rows.len()).unwrap_or(LAST_ROW).clamp(1, LAST_ROW);
    sheet.autofilter(0, 0, last_row, last_column)?;
    // The columns by which a row is found stay in sight.
    sheet.set_freeze_panes(1, if of.plan.columns.len() > 20 { 2 } else { 1 })?;
    const A4: u8 = 9;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer(format!("&L&A&C{}", say("print-footer", &[])));
    sheet.ignore_error_range(1, 0, LAST_ROW, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn write_heading(sheet: &mut Worksheet, at: u16, column: &Column, look: &Look) -> Result<(), XlsxError> {
    if column.need {
        let parts = [(&look.star, "*"), (&look.title, column.heading)];
        sheet.write_rich_string_with_format(0, at, &parts, &look.required)?;
    } else {
        sheet.write_string_with_format(0, at, column.heading, &look.optional)?;
    }
    if !column.note.is_empty() {
        let note = Note::new(column.note).add_author_prefix(false).set_width(280).set_height(90);
        sheet.insert_note(0, at, &note)?;
    }
    Ok(())
}

/// A drop-down that warns: what is pasted past it is checked when the workbook is read.
fn choices(offers: Offers) -> Result<Option<DataValidation>, XlsxError> {
    let words = offers.words();
    if words.is_empty() {
        return Ok(None);
    }
    let rule = DataValidation::new().allow_list_strings(&words)?.set_error_style(DataValidationErrorStyle::Warning);
    rule.set_error_title(say("not-in-list-title", &[]))?.set_error_message(say("not-offered", &[])).map(Some)
}
