//! Rows of an .xlsx workbook, streamed cell by cell through calamine.

use std::io::{Read, Seek};

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::context::{Context, RowVisitor, SheetInfo};
use super::facts::{Facts, Overlay};
use crate::OpenError;
use crate::guard::guarded;
use crate::read::moment::Moment;
use crate::read::number_format::{NumberFormat, number_format};
use crate::read::raw::{Raw, Unreadable};

/// Loads the strings and styles of the workbook; no sheet yet.
pub(crate) fn load<R: Read + Seek>(context: &Context, file: R) -> Result<(Xlsx<R>, Vec<SheetInfo>), OpenError> {
    let book: Xlsx<R> = match guarded(|| Xlsx::new(file)) {
        Some(Ok(book)) => book,
        Some(Err(XlsxError::Password)) => return Err(context.password()),
        _ => return Err(context.damaged("xl/workbook.xml")),
    };
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets = sheets
        .map(|sheet| SheetInfo { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
        .collect();
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
    let mut cells = match guarded(|| book.worksheet_cells_reader(sheet)) {
        Some(Ok(cells)) => cells,
        // A sheet without cells, as some programs write an empty one.
        Some(Err(XlsxError::NotAWorksheet(_) | XlsxError::XmlEof("worksheet"))) => return Ok(()),
        _ => return Err(context.damaged(sheet)),
    };
    let shape = |style: &calamine::Style| {
        style.number_format.as_ref().map_or(NumberFormat::Plain, |f| number_format(&f.format_code))
    };
    let shapes: Vec<NumberFormat> = cells.styles().iter().map(shape).collect();
    let format = |style: usize| shapes.get(style).cloned().unwrap_or(NumberFormat::Plain);
    let mut row: Vec<Raw> = Vec::new();
    let mut line = 0;
    loop {
        let next = match guarded(|| cells.next_cell_with_style_id()) {
            Some(Ok(next)) => next,
            _ => return Err(context.damaged(sheet)),
        };
        let Some((cell, style)) = next else { break };
        let (cell_line, column) = cell.get_position();
        let raw = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Float(value) => Raw::Number(*value, format(style)),
            DataRef::Int(value) => Raw::Number(*value as f64, format(style)),
            DataRef::String(text) => text_with(text, format(style)),
            DataRef::SharedString(text) => text_with(text, format(style)),
            DataRef::Bool(value) => Raw::Bool(*value),
            DataRef::DateTime(value) => moment(value.as_f64(), value.is_duration(), is_1904),
            DataRef::DateTimeIso(text) => iso(text),
            DataRef::DurationIso(text) => duration(text),
            DataRef::Error(error) => Raw::Unreadable(Unreadable::ErrorValue(error.to_string())),
        };
        if raw.is_empty() {
            continue;
        }
        if cell_line != line && !row.is_empty() {
            if overlay.row(line, &row).is_break() {
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
    if row.is_empty() || overlay.row(line, &row).is_continue() {
        overlay.end();
    }
    Ok(())
}

/// Text with the format of its cell, which may show more text around it.
fn text_with(text: &str, format: NumberFormat) -> Raw {
    match format {
        NumberFormat::Literal(_) => Raw::Framed(text.to_owned(), format),
        _ => Raw::Text(text.to_owned()),
    }
}

/// A serial number with a date format.
pub(crate) fn moment(value: f64, is_duration: bool, is_1904: bool) -> Raw {
    // Excel's own range; beyond it the format is a slip and the number is what stands there.
    if !(0.0..2_958_466.0).contains(&value) {
        return Raw::Number(value, NumberFormat::Plain);
    }
    let seconds = (value * 86_400.0).round();
    if is_duration || seconds < 86_400.0 {
        let seconds = seconds as u64;
        let time = ((seconds / 3600) as u32, (seconds / 60 % 60) as u8, (seconds % 60) as u8);
        return Raw::Moment(Moment { date: None, time: Some(time) });
    }
    let value = ExcelDateTime::new(seconds / 86_400.0, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, h, m, s, _) = value.to_ymd_hms_milli();
    Raw::Moment(Moment { date: Some((year, month, day)), time: Some((u32::from(h), m, s)) })
}

pub(crate) fn iso(text: &str) -> Raw {
    Moment::from_iso(text).map_or_else(|| Raw::Text(text.to_owned()), Raw::Moment)
}

pub(crate) fn duration(text: &str) -> Raw {
    Moment::from_duration(text).map_or_else(|| Raw::Text(text.to_owned()), Raw::Moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::raw::Seen;
    use standard::Kind;

    #[test]
    fn serial_numbers() {
        let table = [
            (46266.0, false, false, Kind::Date, "20260901"),
            (46266.0 - 1462.0, false, true, Kind::Date, "20260901"),
            (46266.5, false, false, Kind::DateTime, "20260901 120000"),
            // 08:59:59.9999 is nine o'clock to everybody.
            (46_266.374_999_999, false, false, Kind::DateTime, "20260901 090000"),
            (0.375, false, false, Kind::Time, "090000"),
            (1.5, true, false, Kind::Text, "36:00:00"),
            (-3.0, false, false, Kind::Date, "-3"),
            (1e9, false, false, Kind::Text, "1000000000"),
        ];
        for (value, is_duration, is_1904, kind, text) in table {
            assert_eq!(moment(value, is_duration, is_1904).seen(kind), Seen::Text(text.into()), "{value}");
        }
    }
}
