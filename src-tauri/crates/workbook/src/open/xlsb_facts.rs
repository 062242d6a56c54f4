//! What an .xlsb says besides its values: formats of numbers, merged ranges, hidden rows, formulas without a result.
//!
//! calamine gives values only, so the records of a sheet ([MS-XLSB], 2.4) are walked a second time. Nothing is refused
//! here: what cannot be understood is ignored.

use std::collections::HashMap;
use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::biff::{u16_at, u32_at};
use super::facts::{Facts, Merged};
use super::shared::SharedFile;
use super::xlsx_facts::{real_name, relations, small_part};
use crate::read::number_format::{NumberFormat, number_format};

/// Formats of cells that change what is read, by row and column from 0.
pub(super) type Formats = HashMap<(u32, u32), NumberFormat>;

/// The most bytes of one record that are read.
const MOST_BYTES: u64 = 64 * 1024;

/// Numbers of records.
mod record {
    pub const ROW: u16 = 0;
    pub const CELLS: std::ops::RangeInclusive<u16> = 1..=11;
    pub const TEXT_RESULT: u16 = 8;
    pub const FORMULAS: std::ops::RangeInclusive<u16> = 8..=11;
    pub const FORMAT: u16 = 44;
    pub const STYLE: u16 = 47;
    pub const SHEET: u16 = 156;
    pub const MERGED: u16 = 176;
    pub const STYLES: u16 = 617;
    pub const STYLES_END: u16 = 618;
}

/// The parts of a workbook, found by the names of its sheets.
pub(super) struct Parts {
    archive: ZipArchive<BufReader<SharedFile>>,
    /// Name of the sheet and of its part in the archive.
    sheets: Vec<(String, String)>,
    /// What the styles of cells do, by their number.
    styles: Vec<NumberFormat>,
}

impl Parts {
    /// Absent where the archive cannot be read as one.
    pub(super) fn open(file: SharedFile) -> Option<Parts> {
        let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
        let sheets = sheets(&mut archive).unwrap_or_default();
        let styles = small_part(&mut archive, "xl/styles.bin").map(|part| styles(&part)).unwrap_or_default();
        Some(Parts { archive, sheets, styles })
    }

    /// What the sheet of this name says; nothing where its part is not found.
    pub(super) fn facts(&mut self, sheet: &str) -> (Facts, Formats) {
        let mut said = (Facts::default(), Formats::new());
        if let Some((_, part)) = self.sheets.iter().find(|(name, _)| name == sheet)
            && let Some(name) = real_name(&self.archive, part)
            && let Ok(part) = self.archive.by_name(&name)
        {
            scan(BufReader::with_capacity(64 * 1024, part), &self.styles, &mut said);
        }
        said
    }
}

/// The next record: its number, and what is looked at of its data. Absent at the end, and where the part is cut.
fn next<'b>(part: &mut impl Read, data: &'b mut Vec<u8>) -> Option<(u16, &'b [u8])> {
    let byte = |part: &mut dyn Read| {
        let mut one = [0];
        part.read_exact(&mut one).ok().map(|()| one[0])
    };
    let first = byte(part)?;
    let second = if first & 0x80 == 0 { 0 } else { byte(part)? };
    let number = u16::from(first & 0x7f) | u16::from(second & 0x7f) << 7;
    let mut length: u64 = 0;
    for at in 0..4 {
        let bits = byte(part)?;
        length |= u64::from(bits & 0x7f) << (7 * at);
        if bits & 0x80 == 0 {
            break;
        }
    }
    data.clear();
    part.by_ref().take(length.min(MOST_BYTES)).read_to_end(data).ok()?;
    std::io::copy(&mut part.by_ref().take(length.saturating_sub(MOST_BYTES)), &mut std::io::sink()).ok()?;
    Some((number, data))
}

/// A text with its length before it.
fn text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let letters = u32_at(data, at)? as usize;
    let end = at.checked_add(4)?.checked_add(letters.checked_mul(2)?)?;
    let text = encoding_rs::UTF_16LE.decode_without_bom_handling(data.get(at + 4..end)?).0.into_owned();
    Some((text, end))
}

/// Names of the sheets and of their parts.
fn sheets(archive: &mut ZipArchive<BufReader<SharedFile>>) -> Option<Vec<(String, String)>> {
    let targets = relations(archive, "xl/", "xl/_rels/workbook.bin.rels")?;
    let workbook = small_part(archive, "xl/workbook.bin")?;
    let (mut rest, mut data, mut sheets) = (&workbook[..], Vec::new(), Vec::new());
    while let Some((number, data)) = next(&mut rest, &mut data) {
        if number == record::SHEET
            && let Some((id, end)) = text(data, 8)
            && let Some((name, _)) = text(data, end)
            && let Some((_, part)) = targets.iter().find(|(known, _)| *known == id)
        {
            sheets.push((name, part.clone()));
        }
    }
    Some(sheets)
}

fn styles(part: &[u8]) -> Vec<NumberFormat> {
    let (mut rest, mut data) = (part, Vec::new());
    let (mut formats, mut styles, mut inside) = (HashMap::new(), Vec::new(), false);
    while let Some((number, data)) = next(&mut rest, &mut data) {
        match number {
            record::FORMAT => {
                formats.extend(u16_at(data, 0).zip(text(data, 2)).map(|(id, (code, _))| (id, number_format(&code))));
            }
            record::STYLES => inside = true,
            record::STYLES_END => break,
            record::STYLE if inside => {
                let format = u16_at(data, 2).and_then(|id| formats.get(&id).cloned());
                styles.push(format.unwrap_or(NumberFormat::Plain));
            }
            _ => {}
        }
    }
    styles
}

fn scan(mut part: impl Read, styles: &[NumberFormat], (facts, formats): &mut (Facts, Formats)) {
    let (mut data, mut row) = (Vec::new(), 0);
    let (mut blank, mut calculated) = (Vec::new(), false);
    while let Some((number, data)) = next(&mut part, &mut data) {
        if number == record::ROW {
            row = u32_at(data, 0).unwrap_or(row);
            if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                facts.hidden.insert(row);
            }
        } else if record::CELLS.contains(&number) {
            let (Some(column), Some(style)) = (u32_at(data, 0), u32_at(data, 4)) else { continue };
            let format = styles.get((style & 0x00ff_ffff) as usize);
            if let Some(format) = format.filter(|format| **format != NumberFormat::Plain) {
                formats.insert((row, column), format.clone());
            }
            if record::FORMULAS.contains(&number) {
                // An empty text, or no result at all: programs that do not calculate write the same for both.
                let is_blank = number == record::TEXT_RESULT && u32_at(data, 8) == Some(0);
                calculated |= !is_blank;
                blank.extend(is_blank.then_some((row, column)));
            }
        } else if number == record::MERGED {
            let part = |at: usize| u32_at(data, at).unwrap_or_default();
            facts.merge(Merged { first: (part(0), part(8)), last: (part(4), part(12)) });
        }
    }
    if !calculated {
        blank.sort_unstable();
        facts.not_calculated = blank;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_record_may_be_long_and_its_number_too() {
        let mut data = Vec::new();
        let mut rest: &[u8] = &[0x9c, 0x01, 0x82, 0x00, 1, 2, 0x05];
        assert_eq!(next(&mut rest, &mut data), Some((156, &[1, 2][..])));
        assert_eq!(next(&mut rest, &mut data), None, "cut behind its number");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut said = (Facts::default(), Formats::new());
            scan(&bytes[..], &[NumberFormat::Percent], &mut said);
            styles(&bytes);
        }
    }
}
