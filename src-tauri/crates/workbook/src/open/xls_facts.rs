//! What an .xls says besides its values: formats of numbers, merged ranges, hidden rows, formulas without a result; and
//! the code page of old workbooks that do not say theirs.
//!
//! The records are those of [MS-XLS], 2.4. Nothing is refused here: what cannot be understood is ignored.

use std::collections::HashMap;

use super::biff::{records, u16_at, u32_at};
use super::facts::{Facts, Merged};
use crate::read::number_format::{NumberFormat, number_format};

/// Formats of cells that change what is read, by row and column from 0.
pub(super) type Formats = HashMap<(u32, u32), NumberFormat>;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CODE_PAGE: u16 = 0x0042;
const BOUND_SHEET: u16 = 0x0085;

/// Excel 5.0/95 keeps texts in the code page that a record names. Programs that wrote no such record wrote the one of
/// their PC; for a Chinese college that is 936 (GBK), so the record is put in.
pub(super) fn with_code_page(stream: Vec<u8>) -> Vec<u8> {
    const RECORD: [u8; 6] = [0x42, 0x00, 0x02, 0x00, 0xa8, 0x03];
    let Some(at) = lacks_code_page(&stream) else { return stream };
    let mut named = [&stream[..at], &RECORD, &stream[at..]].concat();
    // The sheets begin six bytes later now.
    let mut place = 0;
    let mut offsets = Vec::new();
    for (kind, data) in records(&named, 0).take_while(|(kind, _)| *kind != EOF) {
        if let (BOUND_SHEET, Some(offset)) = (kind, u32_at(data, 0)) {
            offsets.push((place + 4, offset.saturating_add(RECORD.len() as u32)));
        }
        place += 4 + data.len();
    }
    for (at, offset) in offsets {
        named[at..at + 4].copy_from_slice(&offset.to_le_bytes());
    }
    named
}

/// Where the record of the code page belongs in an old workbook without one: behind the first record.
fn lacks_code_page(stream: &[u8]) -> Option<usize> {
    let mut globals = records(stream, 0).take_while(|(kind, _)| *kind != EOF);
    let (kind, start) = globals.next()?;
    let is_old = kind == BOF && u16_at(start, 0).is_some_and(|version| version < 0x0600);
    (is_old && !globals.any(|(kind, _)| kind == CODE_PAGE)).then_some(4 + start.len())
}

/// For each sheet, in the order of the workbook.
pub(super) fn of_sheets(stream: &[u8]) -> Vec<(Facts, Formats)> {
    let mut starts = Vec::new();
    let (mut codes, mut styles): (HashMap<u16, NumberFormat>, Vec<u16>) = (HashMap::new(), Vec::new());
    let mut is_old = false;
    for (kind, data) in records(stream, 0) {
        match kind {
            BOF => is_old = u16_at(data, 0).is_some_and(|version| version < 0x0600),
            BOUND_SHEET => starts.extend(u32_at(data, 0).map(|at| at as usize)),
            0x041e => codes.extend(format(data, is_old)),
            0x00e0 => styles.push(u16_at(data, 2).unwrap_or_default()),
            EOF => break,
            _ => {}
        }
    }
    let format_of = |style: u16| codes.get(styles.get(usize::from(style))?);
    starts.into_iter().map(|at| of_sheet(stream, at, &format_of)).collect()
}

/// A number format: its number, and what it does if that changes what is read.
fn format(data: &[u8], is_old: bool) -> Option<(u16, NumberFormat)> {
    let id = u16_at(data, 0)?;
    let code = match is_old {
        true => {
            let text = data.get(3..3 + usize::from(*data.get(2)?))?;
            encoding_rs::GBK.decode(text).0.into_owned()
        }
        false => {
            let length = usize::from(u16_at(data, 2)?);
            let text = data.get(5..)?;
            match data.get(4)? & 1 {
                0 => text.get(..length)?.iter().map(|b| char::from(*b)).collect(),
                _ => encoding_rs::UTF_16LE.decode(text.get(..length * 2)?).0.into_owned(),
            }
        }
    };
    let format = number_format(&code);
    (!matches!(format, NumberFormat::Plain)).then_some((id, format))
}

fn of_sheet<'a>(stream: &[u8], at: usize, format_of: &dyn Fn(u16) -> Option<&'a NumberFormat>) -> (Facts, Formats) {
    let (mut facts, mut formats) = (Facts::default(), Formats::new());
    let mut blank = Vec::new();
    let mut calculated = false;
    let mut depth = 0;
    let mut keep = |row: u16, column: u16, style: Option<u16>| {
        if let Some(format) = style.and_then(format_of) {
            formats.insert((u32::from(row), u32::from(column)), format.clone());
        }
    };
    for (kind, data) in records(stream, at) {
        match kind {
            // Charts inside of the sheet have records of their own.
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            0x0208 => {
                let options = u32_at(data, 12).unwrap_or_default();
                if options & 0x20 != 0 {
                    facts.hidden.extend(u16_at(data, 0).map(u32::from));
                }
            }
            0x00e5 => {
                for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let part = |at: usize| u16_at(range, at).map_or(0, u32::from);
                    facts.merge(Merged { first: (part(0), part(4)), last: (part(2), part(6)) });
                }
            }
            // Number, RK, label, shared string, formula.
            0x0203 | 0x027e | 0x0204 | 0x00fd | 0x0006 => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                keep(row, column, u16_at(data, 4));
                if kind == 0x0006 {
                    // An empty text, or no result at all: programs that do not calculate write the same for both.
                    let is_blank = data.get(6) == Some(&3) && u16_at(data, 12) == Some(0xffff);
                    calculated |= !is_blank;
                    blank.extend(is_blank.then_some((u32::from(row), u32::from(column))));
                }
            }
            // Several RKs of one row.
            0x00bd => {
                let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                (first..).zip(cells).for_each(|(column, cell)| keep(row, column, u16_at(cell, 0)));
            }
            _ => {}
        }
    }
    // A program that calculates leaves some result in a sheet with formulas; where none has one, none was calculated.
    if !calculated {
        blank.sort_unstable();
        facts.not_calculated = blank;
    }
    (facts, formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn shorts(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    /// Globals with these records, and one sheet with those.
    fn stream(version: u16, globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
        let sheet = [record(BOF, &shorts(&[version, 0x10])), sheet.concat(), record(EOF, &[])].concat();
        let rest = [globals.concat(), record(EOF, &[])].concat();
        let start = record(BOF, &shorts(&[version, 5]));
        let bound = |at: usize| record(BOUND_SHEET, &[&(at as u32).to_le_bytes()[..], &[0, 0, 1, b'A']].concat());
        let length = start.len() + bound(0).len() + rest.len();
        [start, bound(length), rest, sheet].concat()
    }

    fn formula(row: u16, column: u16, result: [u8; 8]) -> Vec<u8> {
        record(0x0006, &[&shorts(&[row, column, 0])[..], &result, &[0; 8]].concat())
    }

    const BLANK: [u8; 8] = [3, 0, 0, 0, 0, 0, 0xff, 0xff];

    #[test]
    fn a_sheet_says_more_than_its_values() {
        let code = "\"S\"000";
        let format = [&shorts(&[164, code.len() as u16])[..], &[0], code.as_bytes()].concat();
        let globals = [record(0x041e, &format), record(0x00e0, &shorts(&[0, 0])), record(0x00e0, &shorts(&[0, 164]))];
        let hidden = [&shorts(&[4, 0, 9, 0, 0, 0])[..], &0x20u32.to_le_bytes()].concat();
        let sheet = [
            record(0x0208, &hidden),
            record(
                0x00bd,
                &[&shorts(&[2, 1])[..], &shorts(&[1]), &[0; 4], &shorts(&[0]), &[0; 4], &shorts(&[2])].concat(),
            ),
            record(0x00e5, &shorts(&[1, 0, 2, 3, 3])),
            formula(5, 0, BLANK),
            formula(5, 1, BLANK),
        ];
        let mut sheets = of_sheets(&stream(0x0600, &globals, &sheet));
        let (facts, formats) = sheets.pop().unwrap();
        assert_eq!(formats.keys().copied().collect::<Vec<_>>(), [(2, 1)]);
        assert_eq!(facts.hidden.iter().copied().collect::<Vec<_>>(), [4]);
        assert_eq!(facts.not_calculated, [(5, 0), (5, 1)]);
        assert_eq!(facts.noticed(0).merged, 1);
        // One result in the sheet: the empty ones are empty texts.
        let sheet = [formula(5, 0, BLANK), formula(6, 0, 1.5f64.to_le_bytes())];
        assert_eq!(of_sheets(&stream(0x0600, &[], &sheet))[0].0.not_calculated, []);
    }

    #[test]
    fn an_old_workbook_without_a_code_page_is_chinese() {
        let sheet = [formula(0, 0, BLANK)];
        let old = stream(0x0500, &[], &sheet);
        let named = with_code_page(old.clone());
        assert_eq!(named.len(), old.len() + 6);
        assert_eq!(of_sheets(&named)[0].0.not_calculated, [(0, 0)], "the sheet is found where it is now");
        assert_eq!(with_code_page(named.clone()), named, "once");
        let new = stream(0x0600, &[], &sheet);
        assert_eq!(with_code_page(new.clone()), new);
        assert_eq!(with_code_page(vec![1, 2, 3]), [1, 2, 3]);
    }
}
