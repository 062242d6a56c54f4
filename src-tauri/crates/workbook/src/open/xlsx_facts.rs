//! What an .xlsx sheet says besides its values, read out of the sheet's part.
//!
//! calamine gives values only, so the part is read a second time here: for the places of a few elements, without
//! building anything of the rest. Elements may have any prefix. What cannot be understood is passed over: it was
//! calamine's to refuse the file.

use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::facts::{Facts, Merged};
use super::shared::SharedFile;

/// The parts of a workbook, found by the names of its sheets.
pub(super) struct Parts {
    archive: ZipArchive<BufReader<SharedFile>>,
    /// Name of the sheet and of its part in the archive.
    sheets: Vec<(String, String)>,
}

impl Parts {
    /// Absent where the archive cannot be read as one.
    pub(super) fn open(file: SharedFile) -> Option<Parts> {
        let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
        let sheets = sheets(&mut archive).unwrap_or_default();
        Some(Parts { archive, sheets })
    }

    /// What the sheet of this name says; nothing where its part is not found.
    pub(super) fn facts(&mut self, sheet: &str) -> Facts {
        let Some((_, part)) = self.sheets.iter().find(|(name, _)| name == sheet) else { return Facts::default() };
        let mut facts = Facts::default();
        if let Some(name) = real_name(&self.archive, part)
            && let Ok(part) = self.archive.by_name(&name)
        {
            scan(part, &mut facts);
        }
        facts
    }
}

/// The name under which the archive keeps a part: some programs write backslashes or other letters.
pub(super) fn real_name(archive: &ZipArchive<BufReader<SharedFile>>, part: &str) -> Option<String> {
    let normal = |name: &str| name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase();
    let wanted = normal(part);
    archive.file_names().flatten().find(|name| normal(name) == wanted).map(|name| name.into_owned())
}

pub(super) fn small_part(archive: &mut ZipArchive<BufReader<SharedFile>>, part: &str) -> Option<Vec<u8>> {
    let name = real_name(archive, part)?;
    let mut bytes = Vec::new();
    archive.by_name(&name).ok()?.take(16 * 1024 * 1024).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Ids of the relations of a workbook, and the parts that they lead to.
pub(super) fn relations(archive: &mut ZipArchive<BufReader<SharedFile>>, part: &str) -> Option<Vec<(String, String)>> {
    let relations = small_part(archive, part)?;
    let mut targets = Vec::new();
    each_element(&relations[..], |element| {
        if element.local_name().as_ref() == "Relationship" {
            targets.extend(attribute(element, "Id").zip(attribute(element, "Target")));
        }
    });
    let whole = |target: String| match target.replace('\\', "/") {
        target if target.starts_with('/') => target,
        target => format!("xl/{target}"),
    };
    Some(targets.into_iter().map(|(id, target)| (id, whole(target))).collect())
}

/// Names of the sheets and of their parts, by xl/workbook.xml and its relations.
fn sheets(archive: &mut ZipArchive<BufReader<SharedFile>>) -> Option<Vec<(String, String)>> {
    let targets = relations(archive, "xl/_rels/workbook.xml.rels")?;
    let workbook = small_part(archive, "xl/workbook.xml")?;
    let mut sheets = Vec::new();
    each_element(&workbook[..], |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some((_, part)) = targets.iter().find(|(known, _)| *known == id)
        {
            sheets.push((name, part.clone()));
        }
    });
    Some(sheets)
}

fn each_element(xml: &[u8], mut each: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => each(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, whatever its prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// The part is read in pieces of so many bytes. A tag of more than four of them is not a real one: what stands behind it is
/// not looked at.
const PIECE: usize = 256 * 1024;

/// Walks over the tags of a sheet's part.
fn scan(mut part: impl Read, facts: &mut Facts) {
    let mut buffer: Vec<u8> = Vec::with_capacity(2 * PIECE);
    let mut place = Place::default();
    loop {
        let before = buffer.len();
        buffer.resize(before + PIECE, 0);
        // A part that ends early is damaged; its reader of cells says so.
        let read = read_some(&mut part, &mut buffer[before..]);
        buffer.truncate(before + read);
        let used = tags(&buffer, read == 0, &mut place, facts);
        buffer.drain(..used);
        if read == 0 || buffer.len() > 4 * PIECE {
            return;
        }
    }
}

fn read_some(part: &mut impl Read, buffer: &mut [u8]) -> usize {
    let mut filled = 0;
    while filled < buffer.len() {
        match part.read(&mut buffer[filled..]) {
            Ok(0) | Err(_) => break,
            Ok(read) => filled += read,
        }
    }
    filled
}

/// Where the walk is.
#[derive(Default)]
struct Place {
    /// Row of the last `row` element, from 1.
    row: u32,
    /// Column of the last cell of the row, from 1.
    column: u32,
    cell: Option<Cell>,
}

struct Cell {
    at: (u32, u32),
    formula: bool,
    value: bool,
    /// A text result (`t="str"`) may be empty.
    text: bool,
}

/// Sees all whole tags of a buffer, and answers how many bytes are done with.
fn tags(bytes: &[u8], last: bool, place: &mut Place, facts: &mut Facts) -> usize {
    let mut from = 0;
    while let Some(start) = memchr::memchr(b'<', &bytes[from..]).map(|at| from + at) {
        let (skip, end): (usize, &[u8]) = match &bytes[start..] {
            [b'<', b'!', b'-', b'-', ..] => (4, b"-->"),
            [b'<', b'!', b'[', ..] => (3, b"]]>"),
            _ => (1, b">"),
        };
        let Some(length) = memchr::memmem::find(&bytes[start + skip..], end) else {
            return start;
        };
        let close = start + skip + length + end.len();
        // Whether a value follows is seen by the byte behind its tag.
        if close == bytes.len() && !last {
            return start;
        }
        if skip == 1 {
            tag(&bytes[start + 1..close - 1], bytes.get(close).copied(), place, facts);
        }
        from = close;
    }
    bytes.len()
}

/// Sees one tag: what stands between its brackets, and the byte that follows it.
fn tag(inside: &[u8], next: Option<u8>, place: &mut Place, facts: &mut Facts) {
    let (closing, inside) = match inside.strip_prefix(b"/") {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let (empty, inside) = match inside.strip_suffix(b"/") {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    let name = name.iter().rposition(|b| *b == b':').map_or(name, |colon| &name[colon + 1..]);
    match name {
        b"c" if closing => place.end_cell(facts),
        b"c" if !empty => place.start_cell(attributes),
        b"c" => place.column = column_of(attributes).unwrap_or(place.column + 1),
        b"row" if !closing => {
            let number = value(attributes, b"r").and_then(number);
            place.row = number.unwrap_or(place.row.saturating_add(1));
            place.column = 0;
            if value(attributes, b"hidden").is_some_and(is_true) {
                facts.hidden.extend(place.row.checked_sub(1));
            }
        }
        b"mergeCell" if !closing => {
            if let Some(range) = value(attributes, b"ref").and_then(range) {
                facts.merge(range);
            }
        }
        b"f" if !closing => place.cell.iter_mut().for_each(|cell| cell.formula = true),
        b"v" if !closing && !empty && next != Some(b'<') => place.cell.iter_mut().for_each(|cell| cell.value = true),
        b"is" if !closing && !empty => place.cell.iter_mut().for_each(|cell| cell.value = true),
        _ => {}
    }
}

impl Place {
    fn start_cell(&mut self, attributes: &[u8]) {
        self.column = column_of(attributes).unwrap_or(self.column.saturating_add(1));
        let text = value(attributes, b"t") == Some(b"str");
        let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
        self.cell = Some(Cell { at, formula: false, value: false, text });
    }

    fn end_cell(&mut self, facts: &mut Facts) {
        if let Some(cell) = self.cell.take()
            && cell.formula
            && !cell.value
            && !cell.text
        {
            facts.not_calculated.push(cell.at);
        }
    }
}

/// The value of an attribute without a prefix.
fn value<'a>(attributes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_ascii_start();
        let equals = memchr::memchr(b'=', rest)?;
        let (key, after) = (rest[..equals].trim_ascii_end(), rest[equals + 1..].trim_ascii_start());
        let (quote, after) = after.split_first()?;
        let end = memchr::memchr(*quote, after)?;
        if key == name {
            return Some(&after[..end]);
        }
        rest = &after[end + 1..];
    }
}

fn is_true(value: &[u8]) -> bool {
    value == b"1" || value == b"true"
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The column of the cell that an attribute `r` names, from 1.
fn column_of(attributes: &[u8]) -> Option<u32> {
    value(attributes, b"r").and_then(place_of).map(|(_, column)| column + 1)
}

/// Row and column from 0, of `AB12`.
fn place_of(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (letters, digits) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.iter().fold(0, |column, b| column * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((number(digits)?.checked_sub(1)?, column - 1))
}

fn range(text: &[u8]) -> Option<Merged> {
    let colon = memchr::memchr(b':', text)?;
    Some(Merged { first: place_of(&text[..colon])?, last: place_of(&text[colon + 1..])? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHEET: &str = r#"<?xml version="1.0"?><x:worksheet xmlns:x="m"><!-- <row r="9" hidden="1"> --><x:sheetData>
        <x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row>
        <x:row r="2" hidden="1"><x:c r="B2"><x:f>1+1</x:f></x:c><x:c r="C2"><x:f>2</x:f><x:v>2</x:v></x:c></x:row>
        <x:row hidden='true'><x:c><x:f>A1</x:f><x:v/></x:c><x:c t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c/><x:c><x:f>B1</x:f><x:v></x:v></x:c></x:row>
        <x:row r="7"><x:c r="A7" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData>
        <x:mergeCells count="2"><x:mergeCell ref="A1:A3"/><x:mergeCell ref="AB4:AC4"/></x:mergeCells></x:worksheet>"#;

    /// Gives so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let most = self.1.min(buffer.len());
            let read = (&mut self.0).take(most as u64).read(buffer)?;
            Ok(read)
        }
    }

    #[test]
    fn a_sheet_says_more_than_its_values() {
        for piece in [1, 7, 10_000] {
            let mut facts = Facts::default();
            scan(Slow(SHEET.as_bytes(), piece), &mut facts);
            assert_eq!(facts.not_calculated, [(1, 1), (2, 0), (2, 3)]);
            assert_eq!(facts.hidden.iter().copied().collect::<Vec<_>>(), [1, 2]);
            assert_eq!(facts.noticed(0).merged, 2);
        }
    }

    #[test]
    fn places() {
        assert_eq!(place_of(b"AB12"), Some((11, 27)));
        for text in ["", "12", "A", "A0", "ABCD1", "A99999999999"] {
            assert_eq!(place_of(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn wherever_the_bytes_are_cut(cut in 0..SHEET.len()) {
            let (mut place, mut facts) = (Place::default(), Facts::default());
            let bytes = SHEET.as_bytes();
            let used = tags(&bytes[..cut], false, &mut place, &mut facts);
            tags(&bytes[used..], true, &mut place, &mut facts);
            prop_assert_eq!(facts.not_calculated, vec![(1, 1), (2, 0), (2, 3)]);
        }

        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            scan(&bytes[..], &mut Facts::default());
        }
    }
}
