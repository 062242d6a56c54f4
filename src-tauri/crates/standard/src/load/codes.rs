//! Code lists: CSV with the columns code, name, parent, note.

use std::borrow::Cow;

use super::error::LoadError;
use crate::{Code, CodeList};

/// The heading row.
const COLUMNS: [&str; 4] = ["code", "name", "parent", "note"];

/// Reads a list. Codes must be there, named and unique; whether parents resolve is for the caller, who knows the
/// other lists.
pub fn read(file: &str, id: &str, title: &str, bytes: &[u8]) -> Result<CodeList, LoadError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut codes = Vec::with_capacity(bytes.len() / 24);
    let mut record = csv::StringRecord::new();
    let mut heading = true;
    while reader.read_record(&mut record).map_err(|e| csv_error(file, &e))? {
        if heading {
            if record.iter().ne(COLUMNS) {
                return Err(LoadError::wrong(file, "line 1", join(&record), COLUMNS.join(",")));
            }
            heading = false;
            continue;
        }
        let line = || record.position().map_or(String::new(), |p| format!("line {}", p.line()));
        if record.len() != COLUMNS.len() {
            return Err(LoadError::wrong(file, line(), format!("{} cells", record.len()), "4 cells"));
        }
        for (at, what) in [(0, "a code"), (1, "a name")] {
            let cell = &record[at];
            if cell.is_empty() || cell.trim() != cell {
                return Err(LoadError::wrong(
                    file,
                    line(),
                    format!("{cell:?}"),
                    format!("{what} without blanks around"),
                ));
            }
        }
        let some = |at: usize| (!record[at].is_empty()).then(|| record[at].to_owned());
        codes.push(Code { code: record[0].to_owned(), name: record[1].to_owned(), parent: some(2), note: some(3) });
    }
    if heading {
        return Err(LoadError::wrong(file, "line 1", "nothing", COLUMNS.join(",")));
    }
    let list = CodeList::new(id.to_owned(), title.to_owned(), codes);
    match list.duplicate() {
        None => Ok(list),
        Some(code) => {
            let found = format!("the code {} twice", code.code);
            Err(LoadError::wrong(file, line_of(&list, code), found, "each code once"))
        }
    }
}

/// Every parent must be a code of the list.
pub fn check_parents(file: &str, list: &CodeList) -> Result<(), LoadError> {
    let orphan =
        list.codes.iter().find_map(|code| Some((code, code.parent.as_deref().filter(|p| list.get(p).is_none())?)));
    match orphan {
        None => Ok(()),
        Some((code, parent)) => {
            let found = format!("the parent {parent} of {}", code.code);
            Err(LoadError::wrong(file, line_of(list, code), found, "a code of the list"))
        }
    }
}

/// The line of a code, for lists whose cells have no line breaks.
fn line_of(list: &CodeList, code: &Code) -> String {
    let at = list.codes.iter().position(|c| std::ptr::eq(c, code)).unwrap_or_default();
    format!("line {}", at + 2)
}

fn join(record: &csv::StringRecord) -> String {
    record.iter().collect::<Vec<_>>().join(",")
}

fn csv_error(file: &str, error: &csv::Error) -> LoadError {
    let place = error.position().map_or(String::new(), |p| format!("line {}", p.line()));
    let found: Cow<str> = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "bytes that are no UTF-8".into(),
        _ => error.to_string().into(),
    };
    LoadError::wrong(file, place, found, "CSV in UTF-8")
}
