//! Code lists: CSV with the columns code, name, parent, note.

use super::error::LoadError;
use crate::{Code, CodeList};

/// The heading row.
const COLUMNS: [&str; 4] = ["code", "name", "parent", "note"];

/// Reads a list. Each row must have a code and a name, and codes must be unique; the caller checks parents, because it
/// has the other lists.
pub fn read(file: &str, id: &str, title: &str, bytes: &[u8]) -> Result<CodeList, LoadError> {
    let mut codes = Vec::with_capacity(bytes.len() / 24);
    let mut heading = true;
    rows(file, bytes, |line, cells| {
        if heading {
            heading = false;
            return if cells == COLUMNS { Ok(()) } else { Err(at(file, line, cells.join(","), COLUMNS.join(","))) };
        }
        codes.push(code(file, line, cells)?);
        Ok(())
    })?;
    if heading {
        return Err(at(file, 1, "nothing", COLUMNS.join(",")));
    }
    let list = CodeList::new(id.to_owned(), title.to_owned(), codes);
    match list.duplicate() {
        None => Ok(list),
        Some(code) => {
            let found = format!("the code {} twice", code.code);
            Err(at(file, line_of(&list, code), found, "each code once"))
        }
    }
}

/// A row as a code.
fn code(file: &str, line: u64, cells: &[&str]) -> Result<Code, LoadError> {
    let [code, name, parent, note] = *cells else {
        return Err(at(file, line, format!("{} cells", cells.len()), "4 cells"));
    };
    for (cell, what) in [(code, "a code"), (name, "a name")] {
        if cell.is_empty() || cell.trim() != cell {
            return Err(at(file, line, format!("{cell:?}"), format!("{what} without blanks around")));
        }
    }
    let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    Ok(Code { code: code.to_owned(), name: name.to_owned(), parent: some(parent), note: some(note) })
}

/// Calls `each` with each row and the line on which it begins. Every start of the program reads some twelve thousand
/// rows; text without quotes, which is nearly all, is only split, because that is faster.
fn rows(file: &str, bytes: &[u8], mut row: impl FnMut(u64, &[&str]) -> Result<(), LoadError>) -> Result<(), LoadError> {
    let text = str::from_utf8(bytes).map_err(|e| {
        let line = 1 + bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() as u64;
        at(file, line, "bytes that are no UTF-8", "CSV in UTF-8")
    })?;
    let mut cells = Vec::with_capacity(COLUMNS.len());
    if !text.contains('"') {
        for (line, text) in (1..).zip(text.lines()) {
            cells.clear();
            cells.extend(text.split(','));
            row(line, &cells)?;
        }
        return Ok(());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    for record in reader.records() {
        let line_of = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
        let record = record.map_err(|e| at(file, line_of(e.position()), e.to_string(), "CSV"))?;
        row(line_of(record.position()), &record.iter().collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Every parent must be a code of the list.
pub fn check_parents(file: &str, list: &CodeList) -> Result<(), LoadError> {
    let orphan =
        list.codes.iter().find_map(|code| Some((code, code.parent.as_deref().filter(|p| list.get(p).is_none())?)));
    match orphan {
        None => Ok(()),
        Some((code, parent)) => {
            let found = format!("the parent {parent} of {}", code.code);
            Err(at(file, line_of(list, code), found, "a code of the list"))
        }
    }
}

/// The line of a code, for lists whose cells have no line breaks.
fn line_of(list: &CodeList, code: &Code) -> u64 {
    let at = list.codes.iter().position(|c| std::ptr::eq(c, code)).unwrap_or_default();
    at as u64 + 2
}

/// An error on a line.
fn at(file: &str, line: u64, found: impl Into<String>, expected: impl Into<String>) -> LoadError {
    LoadError::wrong(file, format!("line {line}"), found, expected)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A list that was written is read back unchanged, with and without quotes around every cell.
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::btree_map("[0-9A-Z]{1,6}", "[^\r\n\u{85}\\s]{1,8}", 0..20)) {
            let rows: Vec<[&str; 4]> = rows.iter().map(|(code, name)| [code.as_str(), name, "", "说明"]).collect();
            for style in [csv::QuoteStyle::Necessary, csv::QuoteStyle::Always] {
                let mut csv = csv::WriterBuilder::new().quote_style(style).from_writer(Vec::new());
                csv.write_record(COLUMNS).unwrap();
                rows.iter().for_each(|row| csv.write_record(row).unwrap());
                let list = read("X.csv", "X", "试", &csv.into_inner().unwrap()).unwrap();
                let back: Vec<[&str; 4]> =
                    list.codes.iter().map(|c| [c.code.as_str(), &c.name, c.parent.as_deref().unwrap_or(""), c.note.as_deref().unwrap()]).collect();
                prop_assert_eq!(&back, &rows);
            }
        }
    }
}
