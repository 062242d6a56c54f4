//! Separated text: which separator, and its rows. Its encoding is found in [`super::decoding`].
//!
//! A file may be larger than the memory, so it is read in pieces. The rows are cut here and not by the crate `csv`,
//! because a blank line is a row to Excel and must be counted, or the line numbers that a clerk reads would be wrong.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::context::{Context, RowVisitor};
use super::decoding::{Decoding, PIECE, Step, encoding};
use super::shared::SharedFile;
use crate::OpenError;
use crate::guard_sign::unguarded;
use crate::read::raw::Raw;

/// Signs that part cells, the more usual first.
pub(crate) const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// A text file whose encoding is known.
pub(crate) struct TextSheet {
    file: SharedFile,
    encoding: &'static Encoding,
    /// Bytes of the mark at its beginning.
    mark: u64,
    /// Separators in the order in which they are likely by counting alone. Which one makes the headings fit is found
    /// when a table is looked for.
    likely: [u8; 4],
    /// Whether the file says itself what parts its cells (`sep=;`, as Excel reads it).
    said: bool,
}

/// Finds the encoding of a file, and counts its separators.
pub(crate) fn load(context: &Context, file: SharedFile) -> Result<TextSheet, OpenError> {
    let (encoding, mark) = encoding(context, &file)?;
    let mut sheet = TextSheet { file, encoding, mark, likely: SEPARATORS, said: false };
    let mut text = Stream::new(context, &sheet)?;
    text.more()?;
    let start = text.text.strip_prefix('\u{feff}').unwrap_or(&text.text);
    let first = start.lines().next().unwrap_or_default().trim().trim_matches('"');
    let said = first.strip_prefix("sep=").and_then(|sign| sign.as_bytes().first()).copied();
    let mut likely = likely(start);
    if let Some(at) = likely.iter().position(|sign| Some(*sign) == said) {
        likely[..=at].rotate_right(1);
    }
    (sheet.said, sheet.likely) = (said.is_some_and(|sign| sign == likely[0]), likely);
    Ok(sheet)
}

impl TextSheet {
    /// The separators to try, the likeliest first.
    pub(crate) fn separators(&self) -> &[u8] {
        if self.said { &self.likely[..1] } else { &self.likely }
    }
}

/// The text of a file from which rows are cut.
struct Stream<'a> {
    context: &'a Context,
    decoding: Decoding,
    text: String,
    /// What is before this was handed on.
    at: usize,
    ended: bool,
}

impl<'a> Stream<'a> {
    fn new(context: &'a Context, sheet: &TextSheet) -> Result<Stream<'a>, OpenError> {
        let decoding = Decoding::new(context, sheet.file.clone(), sheet.encoding, sheet.mark)?;
        Ok(Stream { context, decoding, text: String::new(), at: 0, ended: false })
    }

    /// Reads on: at least as much as is there already, so that a long row is not cut again and again.
    fn more(&mut self) -> Result<(), OpenError> {
        self.text.drain(..self.at);
        let first = self.at == 0 && self.text.is_empty();
        self.at = 0;
        let bytes = PIECE.max(self.text.len());
        match self.decoding.step(self.context, bytes, &mut self.text)? {
            Step::More => {}
            Step::End => self.ended = true,
            // The file was looked through when it was opened, so it was changed since.
            Step::Wrong => return Err(self.context.damaged("text")),
        }
        if first && self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        Ok(())
    }

    /// Cuts the next row into `cells`; whether there was one. `line` is for the error of a row without end.
    fn row(&mut self, name: &str, line: u32, separator: u8, cells: &mut Vec<Raw>) -> Result<bool, OpenError> {
        loop {
            cells.clear();
            let rest = &self.text[self.at..];
            if rest.is_empty() && self.ended {
                return Ok(false);
            }
            let (end, after) = if rest.is_empty() { (false, rest) } else { cut_row(rest, separator, cells) };
            let length = rest.len() - after.len();
            // A row is whole where something stands behind its end: a carriage return may belong to a line feed.
            if self.ended || (end && !after.is_empty()) {
                self.at += length;
                return Ok(true);
            }
            if rest.len() > self.context.limits.cell_bytes.saturating_mul(4) {
                return Err(self.context.cell_too_large(name, line, cells.len().saturating_sub(1) as u32));
            }
            self.more()?;
        }
    }
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

/// Control signs that other programs leave in text: before numbers so that a spreadsheet keeps them, at the end of a
/// file of DOS. Programs do not show them.
fn unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// A cell without invisible characters; those inside of it stay for the check to name.
pub(crate) fn cell(text: String) -> Raw {
    let text = match unguarded(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text,
    };
    match text.starts_with(unseen) || text.ends_with(unseen) {
        true => Raw::Text(text.trim_matches(|c: char| unseen(c) || c.is_whitespace()).to_owned()),
        false => Raw::Text(text),
    }
}

/// Passes on the rows that are not empty.
pub(crate) fn walk(
    context: &Context,
    sheet: &TextSheet,
    separator: u8,
    name: &str,
    each: RowVisitor<'_>,
) -> Result<(), OpenError> {
    let mut text = Stream::new(context, sheet)?;
    let mut row: Vec<Raw> = Vec::new();
    let mut line = 0;
    while text.row(name, line, separator, &mut row)? {
        while row.last().is_some_and(Raw::is_empty) {
            row.pop();
        }
        for column in (0..row.len()).rev() {
            if !row[column].is_empty() && !context.takes(name, line, column as u32, &row[column])? {
                row.truncate(column);
            }
        }
        if !row.is_empty() {
            context.allows_line(name, line, context.limits.text_rows)?;
            if each(line, &row).is_break() {
                break;
            }
        }
        line += 1;
    }
    Ok(())
}

/// Cuts the cells of the first row. Whether it has a line end, and what follows it.
fn cut_row<'t>(text: &'t str, separator: u8, cells: &mut Vec<Raw>) -> (bool, &'t str) {
    let mut rest = text;
    loop {
        let (text, after) = cut_cell(rest, separator);
        cells.push(cell(text));
        let mut bytes = after.bytes();
        match bytes.next() {
            Some(b) if b == separator => rest = &after[1..],
            Some(b'\r') if bytes.next() == Some(b'\n') => return (true, &after[2..]),
            Some(_) => return (true, &after[1..]),
            None => return (false, ""),
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
    use encoding_rs::GB18030;

    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut rest = text;
        let mut rows = Vec::new();
        while !rest.is_empty() {
            let mut cells = Vec::new();
            (_, rest) = cut_row(rest, b',', &mut cells);
            rows.push(cells.iter().map(as_it_stands).collect());
        }
        rows
    }

    fn as_it_stands(cell: &Raw) -> String {
        match cell {
            Raw::Text(text) => text.clone(),
            other => panic!("{other:?} in a text file"),
        }
    }

    fn context() -> Context {
        Context { file: "a.csv".into(), limits: crate::Limits::default(), far: Default::default() }
    }

    fn file(bytes: &[u8]) -> SharedFile {
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
        SharedFile::new(file)
    }

    /// The rows of a file, or the line that is in no known encoding.
    fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, u64> {
        let context = context();
        let sheet = match load(&context, file(bytes)) {
            Ok(sheet) => sheet,
            Err(OpenError::Encoding { line, .. }) => return Err(line),
            Err(error) => panic!("{error}"),
        };
        let mut rows = Vec::new();
        walk(&context, &sheet, b',', "a", &mut |_, cells| {
            rows.push(cells.iter().map(as_it_stands).collect());
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
        Ok(rows)
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
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide_big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let rows = vec![vec!["学号".to_owned(), "姓名".into()], vec!["2026".into(), "张三".into()]];
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            marked(b"\xff\xfe", &wide),
            marked(b"\xfe\xff", &wide_big),
            marked(b"\x84\x31\x95\x33", &gb),
            wide,
            wide_big,
            gb.clone(),
        ] {
            assert_eq!(read(&bytes).as_ref(), Ok(&rows));
        }
        assert_eq!(read(&[gb.as_slice(), b"\xff\xff\n"].concat()), Err(3), "the line that is broken");
        let broken = ["学号,姓名\n".repeat(30).as_bytes(), &"张".as_bytes()[..2], b"\n"].concat();
        assert_eq!(read(&broken), Err(31), "one cut character does not make it another encoding");
        let broken = ["学号,姓名\r".repeat(30).as_bytes(), &"张".as_bytes()[..2], b"\r"].concat();
        assert_eq!(read(&broken), Err(31), "lines of old programs");
    }

    /// The bytes FE50 to FEA0 stood for characters of private use before GB 18030-2022.
    #[test]
    fn no_chinese_character_stays_private() {
        let private = |c: &char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}');
        for second in (0x50..=0xa0u8).filter(|second| *second != 0x7f) {
            let text = &read(&[b"\xfe", &[second][..], b",1\n"].concat()).unwrap()[0][0];
            assert_eq!(text.chars().find(private), None, "FE{second:02X}");
        }
        assert_eq!(read(b"XM,XH\n\xfe\x9f,1\n").unwrap()[1][0], "䶮");
    }

    #[test]
    fn pieces_do_not_matter() {
        let cell = "\"甲,\r\n\"\"乙\"";
        let mut text = String::new();
        for number in 0..60_000 {
            text.push_str(&format!("{number},{cell}\r\n"));
        }
        text.push_str(&format!("long,{}\r\nlast,x", "长".repeat(300_000)));
        let rows = read(text.as_bytes()).unwrap();
        assert_eq!(rows.len(), 60_002);
        for (number, row) in rows[..60_000].iter().enumerate() {
            assert_eq!((row[0].as_str(), row[1].as_str()), (number.to_string().as_str(), "甲,\r\n\"乙"));
        }
        assert_eq!((rows[60_000][1].chars().count(), rows[60_001][1].as_str()), (300_000, "x"));
    }

    #[test]
    fn a_quote_that_never_ends_is_named() {
        let context = Context { limits: crate::Limits { cell_bytes: 1_000, ..Default::default() }, ..context() };
        let text = format!("a,b\n1,\"2\n{}", "x,y\n".repeat(200_000));
        let sheet = load(&context, file(text.as_bytes())).unwrap();
        let error = walk(&context, &sheet, b',', "a", &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap_err();
        assert!(matches!(error, OpenError::CellTooLarge { line: 2, ref column, .. } if column == "B"), "{error}");
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
            let _ = load(&context(), file(&bytes));
        }
    }
}
