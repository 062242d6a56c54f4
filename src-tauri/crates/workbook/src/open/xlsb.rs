//! Rows of an .xlsb workbook, streamed cell by cell through calamine.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use calamine::{Reader, Xlsb, XlsbError};

use super::cells::{self, RowOfCells};
use super::context::{Context, RowVisitor, SheetInfo};
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

/// Hands out the rows of a sheet that hold anything. The reader gives no formats of numbers, merged ranges or hidden rows.
pub(super) fn walk<R: Read + Seek>(
    context: &Context,
    book: &mut Xlsb<R>,
    sheet: &str,
    each: RowVisitor<'_>,
) -> Result<(), OpenError> {
    let is_1904 = book.has_1904_epoch();
    let Some(Ok(mut reader)) = guarded(|| book.worksheet_cells_reader(sheet)) else {
        return Err(context.damaged(sheet));
    };
    let mut row = RowOfCells::new(context, sheet);
    loop {
        let Some(Ok(next)) = guarded(|| reader.next_cell()) else { return Err(context.damaged(sheet)) };
        let Some(cell) = next else { break };
        let raw = cells::raw(cell.get_value(), is_1904, NumberFormat::Plain);
        if row.cell(cell.get_position(), raw, each)?.is_break() {
            return Ok(());
        }
    }
    let _: ControlFlow<()> = row.end(each);
    Ok(())
}
