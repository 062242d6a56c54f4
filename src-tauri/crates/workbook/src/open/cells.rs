//! What the readers of .xlsx and .xlsb have in common: which sheets there are, what a cell of calamine is (.xlsb), and
//! rows put together from cells that come one by one.

use std::ops::ControlFlow;

use calamine::{DataRef, Sheet, SheetType, SheetVisible};

use super::context::{Context, SheetInfo};
use super::moments::{duration, iso, moment};
use crate::OpenError;
use crate::read::number_format::NumberFormat;
use crate::read::raw::{Raw, Unreadable};

/// The sheets with cells, in their order; sheets of macros, dialogs and charts have none.
pub(super) fn worksheets(sheets: &[Sheet]) -> Vec<SheetInfo> {
    let sheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| SheetInfo { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible }).collect()
}

/// A cell with the number format of its style.
pub(super) fn raw(value: &DataRef<'_>, is_1904: bool, format: NumberFormat) -> Raw {
    match value {
        DataRef::Empty => Raw::Empty,
        DataRef::Float(value) => Raw::Number(*value, format),
        DataRef::Int(value) => Raw::Number(*value as f64, format),
        DataRef::String(text) => text_with(text.clone(), format),
        DataRef::SharedString(text) => text_with((*text).to_owned(), format),
        DataRef::Bool(value) => Raw::Bool(*value),
        DataRef::DateTime(value) => moment(value.as_f64(), value.is_duration(), is_1904),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => duration(text),
        DataRef::Error(error) => Raw::Unreadable(Unreadable::ErrorValue(error.to_string())),
    }
}

/// Text with the format of its cell, which may show more text around it.
pub(super) fn text_with(text: String, format: NumberFormat) -> Raw {
    match format {
        NumberFormat::Literal(_) => Raw::Framed(text, format),
        _ => Raw::Text(text),
    }
}

/// Takes rows as they are put together: number from 0, and cells.
pub(super) type TakeRow<'a> = &'a mut dyn FnMut(u32, &[Raw]) -> ControlFlow<()>;

/// The row that is being put together.
pub(super) struct RowOfCells<'a> {
    context: &'a Context,
    sheet: &'a str,
    line: u32,
    row: Vec<Raw>,
}

impl<'a> RowOfCells<'a> {
    pub(super) fn new(context: &'a Context, sheet: &'a str) -> RowOfCells<'a> {
        RowOfCells { context, sheet, line: 0, row: Vec::new() }
    }

    /// Takes the next cell; where it is in another row, passes on the row before it.
    pub(super) fn cell(
        &mut self,
        (line, column): (u32, u32),
        raw: Raw,
        each: TakeRow<'_>,
    ) -> Result<ControlFlow<()>, OpenError> {
        if raw.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if line != self.line && !self.row.is_empty() {
            if each(self.line, &self.row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.row.clear();
        }
        self.line = line;
        self.context.allows_row(self.sheet, line)?;
        if !self.context.takes(self.sheet, line, column, &raw)? {
            return Ok(ControlFlow::Continue(()));
        }
        let column = column as usize;
        if self.row.len() <= column {
            self.row.resize(column + 1, Raw::Empty);
        }
        self.row[column] = raw;
        Ok(ControlFlow::Continue(()))
    }

    /// Passes on the last row.
    pub(super) fn end(self, each: TakeRow<'_>) -> ControlFlow<()> {
        if self.row.is_empty() { ControlFlow::Continue(()) } else { each(self.line, &self.row) }
    }
}
