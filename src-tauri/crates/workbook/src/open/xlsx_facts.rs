//! Where the parts of an .xlsx are, and which ranges of a sheet are merged: its part says so behind its cells, so it is
//! read a first time for that, without looking at anything else. What cannot be understood is ignored: the reader of
//! cells refuses what is damaged.

use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::facts::{Facts, Merged};
use super::shared::SharedFile;
use super::xlsx_cells::place_of;

/// The parts of a workbook.
pub(super) struct Parts {
    /// Name of each sheet, and its part in the archive.
    sheets: Vec<(String, String)>,
    /// The part with the texts that cells share.
    strings: Option<String>,
}

impl Parts {
    /// Absent where the archive cannot be read as one.
    pub(super) fn open(file: SharedFile) -> Option<Parts> {
        let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
        let (folder, book) = main_part(&mut archive);
        let sheets = sheets(&mut archive, &folder, &book).unwrap_or_default();
        let strings = real_name(&archive, &format!("{folder}sharedStrings.xml"));
        Some(Parts { sheets, strings })
    }

    /// The first part with sheets or texts that is in UTF-16, which office programs read and this program does not.
    pub(super) fn wide(&self, file: SharedFile) -> Option<&str> {
        let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
        let mut is_wide = |part: &str| {
            let name = real_name(&archive, part)?;
            let mut mark = [0; 2];
            archive.by_name(&name).ok()?.read_exact(&mut mark).ok()?;
            Some(matches!(mark, [0xff, 0xfe] | [0xfe, 0xff] | [0, b'<'] | [b'<', 0]))
        };
        let parts = self.sheets().map(String::as_str).chain(self.strings());
        parts.into_iter().find(|part| is_wide(part) == Some(true))
    }

    /// The part of the sheet of this name.
    pub(super) fn part_of(&self, sheet: &str) -> Option<&str> {
        self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, part)| part.as_str())
    }

    /// The parts of all sheets.
    pub(super) fn sheets(&self) -> impl Iterator<Item = &String> {
        self.sheets.iter().map(|(_, part)| part)
    }

    /// Whether the archive's part of this name is that of a sheet.
    pub(super) fn is_sheet(&self, part: &str) -> bool {
        let part = normal(part);
        self.sheets.iter().any(|(_, sheet)| normal(sheet) == part)
    }

    /// The part with the texts that cells share.
    pub(super) fn strings(&self) -> Option<&str> {
        self.strings.as_deref()
    }
}

/// A part's name as it is compared: some programs write backslashes or other letters.
fn normal(part: &str) -> String {
    part.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The name under which the archive keeps a part: some programs write backslashes or other letters.
pub(super) fn real_name(archive: &ZipArchive<BufReader<SharedFile>>, part: &str) -> Option<String> {
    let wanted = normal(part);
    archive.file_names().flatten().find(|name| normal(name) == wanted).map(|name| name.into_owned())
}

pub(super) fn small_part(archive: &mut ZipArchive<BufReader<SharedFile>>, part: &str) -> Option<Vec<u8>> {
    let name = real_name(archive, part)?;
    let mut bytes = Vec::new();
    archive.by_name(&name).ok()?.take(16 * 1024 * 1024).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Folder and name of the workbook's own part, by the relations of the package; the usual ones where they do not say.
fn main_part(archive: &mut ZipArchive<BufReader<SharedFile>>) -> (String, String) {
    let mut main = None;
    let relations = small_part(archive, "_rels/.rels").unwrap_or_default();
    each_element(&relations[..], |element| {
        let is_main = attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        if is_main && let Some(target) = attribute(element, "Target") {
            main.get_or_insert(target.replace('\\', "/").trim_start_matches('/').to_owned());
        }
    });
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    (if folder.is_empty() { String::new() } else { format!("{folder}/") }, name.to_owned())
}

/// Ids of the relations of a workbook in `folder`, and the parts that they lead to.
pub(super) fn relations(
    archive: &mut ZipArchive<BufReader<SharedFile>>,
    folder: &str,
    part: &str,
) -> Option<Vec<(String, String)>> {
    let relations = small_part(archive, part)?;
    let mut targets = Vec::new();
    each_element(&relations[..], |element| {
        if element.local_name().as_ref() == "Relationship" {
            targets.extend(attribute(element, "Id").zip(attribute(element, "Target")));
        }
    });
    let whole = |target: String| match target.replace('\\', "/") {
        target if target.starts_with('/') => target,
        target => format!("{folder}{target}"),
    };
    Some(targets.into_iter().map(|(id, target)| (id, whole(target))).collect())
}

/// Names of the sheets and of their parts, by the workbook's own part and its relations.
fn sheets(archive: &mut ZipArchive<BufReader<SharedFile>>, folder: &str, book: &str) -> Option<Vec<(String, String)>> {
    let targets = relations(archive, folder, &format!("{folder}_rels/{book}.rels"))?;
    let workbook = small_part(archive, &format!("{folder}{book}"))?;
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

/// The number of bytes that are read at a time.
const PIECE: usize = 256 * 1024;

/// A tag that is longer is not looked at.
const LONGEST: usize = 1024;

/// Finds the merged ranges of a sheet's part.
pub(super) fn scan(mut part: impl Read, facts: &mut Facts) {
    let finder = memchr::memmem::Finder::new(b"mergeCell ");
    let mut buffer: Vec<u8> = Vec::with_capacity(PIECE + LONGEST);
    loop {
        let before = buffer.len();
        buffer.resize(before + PIECE, 0);
        // A part that ends early is damaged; its reader of cells says so.
        let read = part.read(&mut buffer[before..]).unwrap_or(0);
        buffer.truncate(before + read);
        let mut done = 0;
        while let Some(at) = finder.find(&buffer[done..]) {
            let start = done + at;
            let Some(length) = memchr::memchr(b'>', &buffer[start..]) else { break };
            if let Some(range) = value(&buffer[start + b"mergeCell ".len()..start + length], b"ref").and_then(range) {
                facts.merge(range);
            }
            done = start + length;
        }
        if read == 0 {
            return;
        }
        // What may be the beginning of a tag stays.
        buffer.drain(..done.max(buffer.len().saturating_sub(LONGEST)));
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

fn range(text: &[u8]) -> Option<Merged> {
    let colon = memchr::memchr(b':', text)?;
    Some(Merged { first: place_of(&text[..colon])?, last: place_of(&text[colon + 1..])? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHEET: &str = r#"<x:worksheet><x:sheetData><x:row/></x:sheetData><x:mergeCells count="2"><x:mergeCell ref="A1:A3"/>
        <x:mergeCell  ref='AB4:AC4'></x:mergeCell><x:mergeCell ref="nix"/></x:mergeCells></x:worksheet>"#;

    /// Returns this number of bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let most = self.1.min(buffer.len());
            let read = (&mut self.0).take(most as u64).read(buffer)?;
            Ok(read)
        }
    }

    #[test]
    fn merged_ranges_are_found_wherever_the_bytes_are_cut() {
        for piece in [1, 7, 10_000] {
            let mut facts = Facts::default();
            scan(Slow(SHEET.as_bytes(), piece), &mut facts);
            assert_eq!(facts.noticed(0).merged, 2, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            scan(&bytes[..], &mut Facts::default());
        }
    }
}
