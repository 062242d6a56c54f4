//! Separated text: which encoding, which separator, and its rows.
//!
//! UTF-8 with or without a mark, UTF-16 as Excel's "Unicode text" has it, else GB18030 as Chinese Excel writes .csv.
//! The rows are cut here and not by the crate `csv`, because a blank line is a row to Excel and must be counted, or the
//! line numbers that a clerk reads would be wrong.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::context::{Context, RowVisitor};
use crate::read::raw::Raw;
use crate::{LooksLike, OpenError};

/// Signs that part cells, the more usual first.
pub(crate) const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// A decoded text file.
pub(crate) struct TextSheet {
    text: String,
    /// Separators in the order in which they are likely by counting alone. Which one makes the headings fit is found
    /// when a table is looked for.
    likely: [u8; 4],
    /// Whether the file says itself what parts its cells (`sep=;`, as Excel reads it).
    said: bool,
}

/// Decodes a file and counts its separators.
pub(crate) fn load(context: &Context, bytes: Vec<u8>) -> Result<TextSheet, OpenError> {
    let text = decode(bytes).map_err(|line| OpenError::Encoding { file: context.file.clone(), line })?;
    if text.contains('\0') {
        return Err(context.not_a_workbook(LooksLike::Unknown));
    }
    let first = text.lines().next().unwrap_or_default().trim().trim_matches('"');
    let said = first.strip_prefix("sep=").and_then(|sign| sign.as_bytes().first()).copied();
    let mut likely = likely(&text);
    if let Some(at) = likely.iter().position(|sign| Some(*sign) == said) {
        likely[..=at].rotate_right(1);
    }
    let said = said.is_some_and(|sign| sign == likely[0]);
    Ok(TextSheet { text, likely, said })
}

impl TextSheet {
    /// The separators to try, the likeliest first.
    pub(crate) fn separators(&self) -> &[u8] {
        if self.said { &self.likely[..1] } else { &self.likely }
    }
}

/// The text, or the first line (from 1) that is in no known encoding.
fn decode(bytes: Vec<u8>) -> Result<String, u64> {
    let (encoding, mark): (&'static Encoding, usize) = match bytes.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, 3),
        [0xff, 0xfe, ..] => (UTF_16LE, 2),
        [0xfe, 0xff, ..] => (UTF_16BE, 2),
        _ => match String::from_utf8(bytes) {
            Ok(text) => return Ok(text),
            Err(error) => {
                // Text of another encoding is not valid UTF-8 for long: so many characters are no accident.
                const NO_ACCIDENT: usize = 8;
                let good = error.utf8_error().valid_up_to();
                let good = std::str::from_utf8(&error.as_bytes()[..good]).unwrap_or_default();
                if good.chars().filter(|c| !c.is_ascii()).count() >= NO_ACCIDENT {
                    return Err(good.matches('\n').count() as u64 + 1);
                }
                return decode_all(GB18030, error.as_bytes());
            }
        },
    };
    decode_all(encoding, &bytes[mark..])
}

fn decode_all(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, u64> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let good = text.split('\u{fffd}').next().unwrap_or_default();
    Err(good.matches('\n').count() as u64 + 1)
}

/// The separators by how often they stand outside of quotes in the first lines, the most frequent first.
fn likely(text: &str) -> [u8; 4] {
    let mut counts = SEPARATORS.map(|sign| (sign, 0u32));
    let (mut quoted, mut lines) = (false, 0);
    for b in text.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ if !quoted => counts.iter_mut().filter(|(s, _)| *s == b).for_each(|(_, n)| *n += 1),
            _ => {}
        }
        if lines == 20 {
            break;
        }
    }
    // The sort keeps the order of the more usual ones where they are equally frequent.
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts.map(|(sign, _)| sign)
}

/// Control signs that other programs leave in text: before numbers so that a spreadsheet keeps them, at the end of a file
/// of DOS. Nobody sees them.
fn unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// A cell without signs that nobody sees; those inside of it stay for the check to name.
fn cell(text: String) -> Raw {
    match text.starts_with(unseen) || text.ends_with(unseen) {
        true => Raw::Text(text.trim_matches(|c: char| unseen(c) || c.is_whitespace()).to_owned()),
        false => Raw::Text(text),
    }
}

/// Hands out the rows that hold anything.
pub(crate) fn walk(
    context: &Context,
    sheet: &TextSheet,
    separator: u8,
    name: &str,
    each: RowVisitor<'_>,
) -> Result<(), OpenError> {
    let mut rest = sheet.text.as_str();
    let mut line = 0;
    while !rest.is_empty() {
        let (cells, after) = cut_row(rest, separator);
        rest = after;
        let mut row: Vec<Raw> = cells.into_iter().map(cell).collect();
        while row.last().is_some_and(Raw::is_empty) {
            row.pop();
        }
        if !row.is_empty() {
            context.allows(name, line, row.len() as u32 - 1)?;
            if each(line, &row).is_break() {
                break;
            }
        }
        line += 1;
    }
    Ok(())
}

/// The cells of the first row, and what follows it.
fn cut_row(text: &str, separator: u8) -> (Vec<String>, &str) {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, after) = cut_cell(rest, separator);
        cells.push(cell);
        let mut bytes = after.bytes();
        match bytes.next() {
            Some(b) if b == separator => rest = &after[1..],
            Some(b'\r') if bytes.next() == Some(b'\n') => return (cells, &after[2..]),
            Some(_) => return (cells, &after[1..]),
            None => return (cells, ""),
        }
    }
}

/// The first cell, and what follows it: a separator, a line end or nothing. Quotes hide both; text behind a closing
/// quote is kept.
fn cut_cell(text: &str, separator: u8) -> (String, &str) {
    let end_of =
        |text: &str| text.bytes().position(|b| b == separator || b == b'\n' || b == b'\r').unwrap_or(text.len());
    let Some(mut rest) = text.strip_prefix('"') else {
        let (cell, after) = text.split_at(end_of(text));
        return (cell.to_owned(), after);
    };
    let mut cell = String::new();
    loop {
        let Some((inside, after)) = rest.split_once('"') else {
            cell.push_str(rest);
            return (cell, "");
        };
        cell.push_str(inside);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => {
                let (tail, after) = after.split_at(end_of(after));
                cell.push_str(tail);
                return (cell, after);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut rest = text;
        let mut rows = Vec::new();
        while !rest.is_empty() {
            let (cells, after) = cut_row(rest, b',');
            rows.push(cells);
            rest = after;
        }
        rows
    }

    #[test]
    fn rows_are_cut_as_excel_does() {
        let table: [(&str, &[&[&str]]); 7] = [
            ("a,b\r\nc,d\r\n", &[&["a", "b"], &["c", "d"]]),
            ("a\n\nb", &[&["a"], &[""], &["b"]]),
            ("\"a,\"\"b\"\"\nc\",d", &[&["a,\"b\"\nc", "d"]]),
            ("\"01\"x,b", &[&["01x", "b"]]),
            ("a,\n", &[&["a", ""]]),
            ("a\rb", &[&["a"], &["b"]]),
            ("\"open", &[&["open"]]),
        ];
        for (text, expected) in table {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn encodings() {
        let text = "学号,姓名\n2026,张三\n";
        let gb = GB18030.encode(text).0.into_owned();
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = ["\u{feff}".as_bytes(), text.as_bytes()].concat();
        for bytes in [text.as_bytes().to_vec(), gb.clone(), wide, marked] {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
        let broken = [gb.as_slice(), b"\xff\xff\n"].concat();
        assert_eq!(decode(broken), Err(3), "the line that is broken");
        let broken = ["学号,姓名\n".repeat(30).as_bytes(), &"张".as_bytes()[..2], b"\n"].concat();
        assert_eq!(decode(broken), Err(31), "one cut character does not make it another encoding");
    }

    #[test]
    fn separators() {
        let table = [("a,b", b','), ("a\tb\tc,d", b'\t'), ("a;b;c", b';'), ("a", b','), ("\"a;b;c\",d", b',')];
        for (text, expected) in table {
            assert_eq!(likely(text)[0], expected, "{text}");
        }
    }

    proptest! {
        /// Whatever the crate `csv` writes comes back, line ends inside of cells included.
        #[test]
        fn csv_comes_back(rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n 学]{0,6}", 2..5), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(self::rows(&text), rows);
        }

        #[test]
        fn any_text_ends(text in ".{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            rows(&text);
            let _ = decode(bytes);
        }
    }
}
