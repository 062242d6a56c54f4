//! The sheets of a workbook as plain text, for readers that know their headings themselves.

use standard::definition::{CellText, RowText, SheetText};

use super::raw::{Raw, Seen, Unreadable};

/// Keeps the rows of one sheet.
pub(crate) struct Texts(pub(crate) SheetText);

impl Texts {
    pub(crate) fn new(name: &str) -> Texts {
        Texts(SheetText { name: name.to_owned(), rows: Vec::new() })
    }

    /// Takes a row (`line` from 1).
    pub(crate) fn row(&mut self, line: u32, cells: &[Raw]) {
        self.0.rows.push(RowText { line, cells: cells.iter().map(cell).collect() });
    }
}

fn cell(raw: &Raw) -> CellText {
    match raw.seen(standard::Kind::Text) {
        Seen::Text(text) | Seen::ByFormat(text) => CellText::Text(text),
        Seen::Unreadable(Unreadable::DigitsLost(text)) => CellText::DigitsLost(text),
        Seen::Unreadable(why) => CellText::Error(why.shown().to_owned()),
    }
}
