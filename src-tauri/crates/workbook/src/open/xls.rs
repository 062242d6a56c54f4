//! Sheets of an .xls workbook.
//!
//! calamine loads an .xls as a whole and trusts what it says. So the container is opened by the crate `cfb` first, the
//! records are walked once to refuse passwords and impossible sizes, and calamine gets a fresh container that holds
//! nothing but the checked stream. What the records say besides values is in `xls_facts`.

use std::io::{Cursor, Read, Write};

use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff::{records, u16_at, u32_at};
use super::context::{Context, RowVisitor, SheetInfo};
use super::facts::{Facts, Overlay};
use super::moments::{duration, iso, moment};
use super::xls_facts::{self, Formats};
use crate::guard::guarded;
use crate::read::number_format::NumberFormat;
use crate::read::raw::{Raw, Unreadable};
use crate::{LooksLike, OpenError};

/// All sheets of an .xls workbook.
pub(crate) struct XlsBook {
    sheets: Vec<XlsSheet>,
    is_1904: bool,
}

struct XlsSheet {
    name: String,
    range: Range<Data>,
    facts: Facts,
    formats: Formats,
}

/// Last row and column of the form, from 0.
const LAST: (u16, u16) = (u16::MAX, 255);

/// Loads an OLE container as .xls, or says what it is instead.
pub(crate) fn load(context: &Context, file: std::fs::File) -> Result<(XlsBook, Vec<SheetInfo>), OpenError> {
    let stream = guarded(|| workbook_stream(context, file)).unwrap_or_else(|| Err(context.damaged("Workbook")))?;
    if guarded(|| check(&stream)).flatten().ok_or_else(|| context.damaged("Workbook"))? == Checked::Password {
        return Err(context.password());
    }
    let stream = xls_facts::with_code_page(stream);
    let mut said = xls_facts::of_sheets(&stream);
    let fresh = wrap(&stream).map_err(|_| context.damaged("Workbook"))?;
    drop(stream);
    let mut book = match guarded(|| Xls::new(fresh)) {
        Some(Ok(book)) => book,
        Some(Err(XlsError::Password)) => return Err(context.password()),
        _ => return Err(context.damaged("Workbook")),
    };
    let is_1904 = book.has_1904_epoch();
    let (mut infos, mut sheets) = (Vec::new(), Vec::new());
    for (at, sheet) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if sheet.typ == SheetType::WorkSheet {
            let range = guarded(|| book.worksheet_range(&sheet.name).ok()).flatten();
            let range = range.ok_or_else(|| context.damaged(&sheet.name))?;
            infos.push(SheetInfo { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible });
            let (facts, formats) = said.get_mut(at).map(std::mem::take).unwrap_or_default();
            sheets.push(XlsSheet { name: sheet.name, range, facts, formats });
        }
    }
    Ok((XlsBook { sheets, is_1904 }, infos))
}

fn workbook_stream(context: &Context, file: std::fs::File) -> Result<Vec<u8>, OpenError> {
    let mut container = cfb::CompoundFile::open(file).map_err(|_| context.damaged("ole"))?;
    if container.exists("/EncryptedPackage") || container.exists("/EncryptionInfo") {
        return Err(context.password());
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name)) else {
        let document = ["/WordDocument", "/PowerPoint Document"].iter().any(|name| container.exists(name));
        return Err(context.not_a_workbook(if document { LooksLike::Document } else { LooksLike::Unknown }));
    };
    let mut bytes = Vec::new();
    let mut stream = container.open_stream(name).map_err(|_| context.damaged(name))?;
    stream.read_to_end(&mut bytes).map_err(|_| context.damaged(name))?;
    Ok(bytes)
}

fn wrap(stream: &[u8]) -> std::io::Result<Cursor<Vec<u8>>> {
    // Version 3, as Excel writes it: in version 4 calamine misses the root where no stream is small.
    let room = Cursor::new(Vec::with_capacity(stream.len() + 65_536));
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, room)?;
    container.create_stream("/Workbook")?.write_all(stream)?;
    container.flush()?;
    Ok(container.into_inner())
}

#[derive(PartialEq, Eq)]
enum Checked {
    Sound,
    Password,
}

/// Walks the records as calamine will; absent where they claim more than the form can hold.
fn check(stream: &[u8]) -> Option<Checked> {
    let mut sheets = Vec::new();
    for (kind, data) in records(stream, 0) {
        match kind {
            0x002f => return Some(Checked::Password),
            0x0085 => sheets.push(u32_at(data, 0)? as usize),
            0x000a => break,
            _ => {}
        }
    }
    if sheets.is_empty() {
        return None;
    }
    for at in sheets {
        for (kind, data) in records(stream, at) {
            match kind {
                // Dimensions: room is made for all of it at once.
                0x0200 if data.len() >= 14 => {
                    let sound = u32_at(data, 4)? <= u32::from(LAST.0) + 1 && u16_at(data, 10)? <= LAST.1 + 1;
                    sound.then_some(())?;
                }
                0x0200 => (u16_at(data, 6)? <= LAST.1 + 1).then_some(())?,
                // Cells: number, label, rich string, error or boolean, RK, shared string, many RKs, formula.
                0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 => {
                    (u16_at(data, 2)? <= LAST.1).then_some(())?;
                }
                0x00bd => (u16_at(data, data.len().checked_sub(2)?)? <= LAST.1).then_some(())?,
                0x000a => break,
                _ => {}
            }
        }
    }
    Some(Checked::Sound)
}

/// What a sheet says besides its values.
pub(super) fn facts<'a>(book: &'a XlsBook, sheet: &str) -> Option<&'a Facts> {
    book.sheets.iter().find(|one| one.name == sheet).map(|one| &one.facts)
}

/// Passes on the rows of a sheet that are not empty.
pub(super) fn walk(context: &Context, book: &XlsBook, sheet: &str, each: RowVisitor<'_>) -> Result<(), OpenError> {
    let Some(XlsSheet { range, facts, formats, .. }) = book.sheets.iter().find(|one| one.name == sheet) else {
        return Ok(());
    };
    let mut overlay = Overlay::new(facts, each);
    let (first_line, first_column) = range.start().unwrap_or_default();
    let mut row: Vec<Raw> = Vec::new();
    for (line, cells) in (first_line..).zip(range.rows()) {
        row.clear();
        for (column, cell) in (first_column..).zip(cells) {
            let raw = raw(cell, book.is_1904, formats.get(&(line, column)));
            if raw.is_empty() {
                continue;
            }
            if !context.takes(sheet, line, column, &raw)? {
                continue;
            }
            row.resize(column as usize, Raw::Empty);
            row.push(raw);
        }
        if !row.is_empty() && overlay.row(line, &row).is_break() {
            return Ok(());
        }
    }
    overlay.end();
    Ok(())
}

fn raw(cell: &Data, is_1904: bool, format: Option<&NumberFormat>) -> Raw {
    let format = || format.cloned().unwrap_or(NumberFormat::Plain);
    match cell {
        Data::Empty => Raw::Empty,
        Data::Int(value) => Raw::Number(*value as f64, format()),
        Data::Float(value) => Raw::Number(*value, format()),
        Data::String(text) if matches!(format(), NumberFormat::Literal(_)) => Raw::Framed(text.clone(), format()),
        Data::String(text) => Raw::Text(text.clone()),
        Data::Bool(value) => Raw::Bool(*value),
        Data::DateTime(value) => moment(value.as_f64(), value.is_duration(), is_1904),
        Data::DateTimeIso(text) => iso(text),
        Data::DurationIso(text) => duration(text),
        Data::Error(error) => Raw::Unreadable(Unreadable::ErrorValue(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    /// A stream with one sheet right behind the globals.
    fn stream(sheet: &[Vec<u8>]) -> Vec<u8> {
        let globals = [record(0x0085, &[23, 0, 0, 0, 0, 0, 1, 0, b'A']), record(0x000a, &[]), record(0xffff, &[0; 2])];
        let globals = globals.concat();
        assert_eq!(globals.len(), 23);
        [globals, sheet.concat()].concat()
    }

    #[test]
    fn impossible_claims_are_refused() {
        let rows = |n: u32| [&0u32.to_le_bytes()[..], &n.to_le_bytes(), &[0, 0, 30, 0, 0, 0]].concat();
        assert!(check(&stream(&[record(0x0200, &rows(65_536))])).is_some());
        assert!(check(&stream(&[record(0x0200, &rows(4_000_000_000))])).is_none());
        assert!(check(&stream(&[record(0x00fd, &[0, 0, 255, 0])])).is_some());
        assert!(check(&stream(&[record(0x00fd, &[0, 0, 0, 1])])).is_none());
        assert!(check(&[]).is_none());
        assert!(check(&record(0x002f, &[1, 0])) == Some(Checked::Password));
    }
}
