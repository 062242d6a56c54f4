//! Rows of an .xlsb workbook, streamed cell by cell through calamine.

use std::io::{Read, Seek};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::context::{Context, RowVisitor, SheetInfo};
use super::xlsx::{duration, iso, moment};
use crate::OpenError;
use crate::guard::guarded;
use crate::read::number_format::NumberFormat;
use crate::read::raw::{Raw, Unreadable};

/// Loads the strings and styles of the workbook; no sheet yet.
pub(super) fn load<R: Read + Seek>(context: &Context, file: R) -> Result<(Xlsb<R>, Vec<SheetInfo>), OpenError> {
    let book: Xlsb<R> = match guarded(|| Xlsb::new(file)) {
        Some(Ok(book)) => book,
        Some(Err(XlsbError::Password)) => return Err(context.password()),
        _ => return Err(context.damaged("xl/workbook.bin")),
    };
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets = sheets
        .map(|sheet| SheetInfo { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
        .collect();
    Ok((book, sheets))
}

/// Hands out the rows of a sheet that hold anything.
pub(super) fn walk<R: Read + Seek>(
    context: &Context,
    book: &mut Xlsb<R>,
    sheet: &str,
    each: RowVisitor<'_>,
) -> Result<(), OpenError> {
    let is_1904 = book.has_1904_epoch();
    let Some(Ok(mut cells)) = guarded(|| book.worksheet_cells_reader(sheet)) else {
        return Err(context.damaged(sheet));
    };
    let mut row: Vec<Raw> = Vec::new();
    let mut line = 0;
    loop {
        let Some(Ok(next)) = guarded(|| cells.next_cell()) else { return Err(context.damaged(sheet)) };
        let Some(cell) = next else { break };
        let (cell_line, column) = cell.get_position();
        let raw = raw(cell.get_value(), is_1904);
        if raw.is_empty() {
            continue;
        }
        if cell_line != line && !row.is_empty() {
            if each(line, &row).is_break() {
                return Ok(());
            }
            row.clear();
        }
        line = cell_line;
        context.allows(sheet, line, column)?;
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, Raw::Empty);
        }
        row[column] = raw;
    }
    if !row.is_empty() {
        let _: std::ops::ControlFlow<()> = each(line, &row);
    }
    Ok(())
}

fn raw(value: &DataRef<'_>, is_1904: bool) -> Raw {
    match value {
        DataRef::Empty => Raw::Empty,
        DataRef::Float(value) => Raw::Number(*value, NumberFormat::Plain),
        DataRef::Int(value) => Raw::Number(*value as f64, NumberFormat::Plain),
        DataRef::String(text) => Raw::Text(text.clone()),
        DataRef::SharedString(text) => Raw::Text((*text).to_owned()),
        DataRef::Bool(value) => Raw::Bool(*value),
        DataRef::DateTime(value) => moment(value.as_f64(), value.is_duration(), is_1904),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => duration(text),
        DataRef::Error(error) => Raw::Unreadable(Unreadable::ErrorValue(error.to_string())),
    }
}
