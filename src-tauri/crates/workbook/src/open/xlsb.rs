//! Rows of an .xlsb workbook, streamed cell by cell through calamine.

use std::io::{Read, Seek};

use calamine::{Reader, Xlsb, XlsbError};

use super::cells::{self, RowOfCells};
use super::context::{Context, RowVisitor, SheetInfo};
use super::facts::{Facts, Overlay};
use super::xlsb_facts::Formats;
use crate::OpenError;
use crate::guard::guarded;
use crate::read::number_format::NumberFormat;

/// Loads the strings and styles of the workbook; no sheet yet.
pub(super) fn load<R: Read + Seek>(context: &Context, file: R) -> Result<(Xlsb<R>, Vec<SheetInfo>), OpenError> {
    let book: Xlsb<R> = match guarded(|| Xlsb::new(file)) {
        Some(Ok(book)) => book,
        Some(Err(XlsbError::Password)) => return Err(context.password()),
        _ => return Err(context.damaged("xl/workbook.bin")),
    };
    let sheets = cells::worksheets(book.sheets_metadata());
    Ok((book, sheets))
}

/// Passes on the rows of a sheet that are not empty.
pub(super) fn walk<R: Read + Seek>(
    context: &Context,
    book: &mut Xlsb<R>,
    sheet: &str,
    (facts, formats): &(Facts, Formats),
    each: RowVisitor<'_>,
) -> Result<(), OpenError> {
    let mut overlay = Overlay::new(facts, each);
    let is_1904 = book.has_1904_epoch();
    let Some(Ok(mut reader)) = guarded(|| book.worksheet_cells_reader(sheet)) else {
        return Err(context.damaged(sheet));
    };
    let mut row = RowOfCells::new(context, sheet);
    loop {
        let Some(Ok(next)) = guarded(|| reader.next_cell()) else { return Err(context.damaged(sheet)) };
        let Some(cell) = next else { break };
        let format = formats.get(&cell.get_position()).cloned().unwrap_or(NumberFormat::Plain);
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
