//! What reading makes of a value that this program wrote.
//!
//! A book may hold values that no spreadsheet keeps apart from something else: `#N/A` as a text, `="0012"`, an
//! exponent, a text with invisible characters. Reading treats them as it treats such values in files of other programs.
//! A cell that reads as the book's own value reads was left alone, and this module says how that is.

use std::borrow::Cow;

use standard::{Edition, Table};

use super::CellIn;
use super::raw::{Raw, Seen};
use super::rows::uncoded;
use crate::open::text_cell;
use crate::write::forms::written_forms;

/// What reading gives for a value of the field at `position`, for each way in which this program writes it: as it is,
/// as `code name`, as a name; in a cell of a workbook and in a .csv. The same reading stands there once.
pub fn read_back(edition: &Edition, table: &Table, position: usize, value: &str) -> Vec<CellIn> {
    let field = &table.fields[position];
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    let choices: Vec<(&str, &str)> = edition.templates.names(&table.name, &field.column).collect();
    let read = |raw: Raw| match raw.seen(field.kind) {
        Seen::Unreadable(why) => CellIn::Unreadable(why),
        Seen::Text(text) | Seen::ByFormat(text) => CellIn::Value(match list {
            Some(list) => uncoded(field, list, &choices, text),
            None => text,
        }),
    };
    let mut readings = Vec::new();
    for written in written_forms(field, list.map(|list| &**list), value) {
        for raw in [Raw::Text(written.clone().into_owned()), text_cell(Cow::into_owned(written))] {
            let reading = read(raw);
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use standard::Standards;

    use super::*;
    use crate::Unreadable;

    #[test]
    fn what_no_spreadsheet_keeps_is_known_again() {
        let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_SXJCSJ").unwrap();
        let read = |column: &str, value: &str| read_back(&edition, table, table.position(column).unwrap(), value);
        let value = |text: &str| CellIn::Value(text.into());
        assert_eq!(read("XH", "0012"), [value("0012")]);
        assert_eq!(read("XH", "=\"0012\""), [value("0012")]);
        assert_eq!(read("XH", "#N/A"), [CellIn::Unreadable(Unreadable::ErrorValue("#N/A".into()))]);
        assert_eq!(read("XH", "\u{1b}1"), [value("\u{1b}1"), value("1")], "a .csv loses what nobody sees");
        let list = edition.code_list(table.field("XZM").unwrap().code_list.as_deref().unwrap()).unwrap();
        let code = &list.codes[0];
        assert_eq!(read("XZM", &code.code), [value(&code.code), value(&code.name)]);
        assert_eq!(read("XZM", "TRUE"), [value("是")]);
    }
}
