//! Rows of an .xlsx workbook, streamed cell by cell through calamine.

use std::io::{Read, Seek};

use calamine::{Reader, Xlsx, XlsxError};

use super::cells::{self, RowOfCells};
use super::context::{Context, RowVisitor, SheetInfo};
use super::facts::{Facts, Overlay};
use crate::OpenError;
use crate::guard::guarded;
use crate::read::number_format::{NumberFormat, number_format};

/// Loads the strings and styles of the workbook; no sheet yet.
pub(crate) fn load<R: Read + Seek>(context: &Context, file: R) -> Result<(Xlsx<R>, Vec<SheetInfo>), OpenError> {
    let book: Xlsx<R> = match guarded(|| Xlsx::new(file)) {
        Some(Ok(book)) => book,
        Some(Err(XlsxError::Password)) => return Err(context.password()),
        _ => return Err(context.damaged("xl/workbook.xml")),
    };
    let sheets = cells::worksheets(book.sheets_metadata());
    Ok((book, sheets))
}

/// Hands out the rows of a sheet that hold anything.
pub(crate) fn walk<R: Read + Seek>(
    context: &Context,
    book: &mut Xlsx<R>,
    sheet: &str,
    facts: &Facts,
    each: RowVisitor<'_>,
) -> Result<(), OpenError> {
    let mut overlay = Overlay::new(facts, each);
    let is_1904 = book.has_1904_epoch();
    let mut reader = match guarded(|| book.worksheet_cells_reader(sheet)) {
        Some(Ok(reader)) => reader,
        // A sheet without cells, as some programs write an empty one.
        Some(Err(XlsxError::NotAWorksheet(_) | XlsxError::XmlEof("worksheet"))) => return Ok(()),
        _ => return Err(context.damaged(sheet)),
    };
    let format = |style: &calamine::Style| {
        style.number_format.as_ref().map_or(NumberFormat::Plain, |f| number_format(&f.format_code))
    };
    let formats: Vec<NumberFormat> = reader.styles().iter().map(format).collect();
    let mut row = RowOfCells::new(context, sheet);
    loop {
        let next = match guarded(|| reader.next_cell_with_style_id()) {
            Some(Ok(next)) => next,
            _ => return Err(context.damaged(sheet)),
        };
        let Some((cell, style)) = next else { break };
        let format = formats.get(style).cloned().unwrap_or(NumberFormat::Plain);
        let raw = cells::raw(cell.get_value(), is_1904, format);
        if row.cell(cell.get_position(), raw, &mut |line, cells| overlay.row(line, cells))?.is_break() {
            return Ok(());
        }
    }
    if row.end(&mut |line, cells| overlay.row(line, cells)).is_continue() {
        overlay.end();
    }
    Ok(())
}
