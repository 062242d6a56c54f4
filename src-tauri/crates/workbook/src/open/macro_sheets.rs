//! Workbooks with sheets of old macros (Excel 4.0), which calamine refuses: it is given the same workbook with these
//! sheets named as dialogs, which are not read, either.

use std::io::{BufReader, Cursor, Read, Write};

use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::context::Context;
use super::shared::SharedFile;

/// Parts that say what a sheet is, and the words in them that are put in the place of others.
const RELATIONS: [&str; 2] = ["xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels"];
const WORDS: [(&str, &str); 5] = [
    ("/xlMacrosheet\"", "/dialogsheet\""),
    ("/xlIntlMacrosheet\"", "/dialogsheet\""),
    ("\"macrosheets/", "\"dialogsheets/"),
    ("\"/xl/macrosheets/", "\"/xl/dialogsheets/"),
    ("\"intlMacrosheets/", "\"dialogsheets/"),
];

/// A part of an .xlsx, with macro sheets named as dialogs where it says what a sheet is.
pub(super) fn named(part: &str, text: Vec<u8>) -> Vec<u8> {
    let part = part.replace('\\', "/");
    if !part.to_ascii_lowercase().ends_with(".xml.rels") {
        return text;
    }
    match String::from_utf8(text) {
        Ok(text) => WORDS.iter().fold(text, |text, (word, other)| text.replace(word, other)).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// The same workbook, its macro sheets named as dialogs, in memory; absent where it has none, or is too large for that.
/// Nothing is unpacked.
pub(super) fn named_as_dialogs(context: &Context, file: &SharedFile) -> Option<SharedFile> {
    let mut archive = ZipArchive::new(BufReader::new(file.clone())).ok()?;
    let mut packed = 0;
    let mut changed = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        packed += part.compressed_size();
        let name = part.name().ok()?.replace('\\', "/");
        if RELATIONS.iter().any(|relations| relations.eq_ignore_ascii_case(&name)) {
            let mut text = String::new();
            (&mut part).take(1024 * 1024).read_to_string(&mut text).ok()?;
            let other = WORDS.iter().fold(text.clone(), |text, (word, other)| text.replace(word, other));
            changed.extend((other != text).then_some((index, name, other)));
        }
    }
    if changed.is_empty() || packed > context.limits.whole_bytes {
        return None;
    }
    let mut whole = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        match changed.iter().find(|(at, ..)| *at == index) {
            Some((_, name, text)) => {
                whole.start_file(name.as_str(), SimpleFileOptions::default()).ok()?;
                whole.write_all(text.as_bytes()).ok()?;
            }
            None => whole.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?,
        }
    }
    Some(SharedFile::in_memory(whole.finish().ok()?.into_inner()))
}
