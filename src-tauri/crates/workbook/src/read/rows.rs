//! Records out of the rows below the headings.

use std::ops::ControlFlow;
use std::sync::Arc;

use standard::{CodeList, Edition, Field, Kind, Table};

use super::coded::{code_of, codes_of};
use super::raw::{Raw, Seen};
use super::{CellIn, RecordMark, Remark, RowIn, RowsRead, SheetReading};

/// Turns the rows of one sheet into records.
pub(crate) struct Rows<'a> {
    header_row: u32,
    mark: Option<usize>,
    /// For each field of the table: its position in the sheet and what is needed to read it.
    fields: Vec<Option<Source<'a>>>,
    read: RowsRead,
}

struct Source<'a> {
    at: usize,
    heading: &'a str,
    field: &'a Field,
    list: Option<Arc<CodeList>>,
    /// Names of drop-downs of known workbooks that the list does not have, and their codes.
    names: Vec<(&'a str, &'a str)>,
    /// Cells whose last digits may be lost, and the line of the first.
    long: (u64, u32),
}

impl<'a> Rows<'a> {
    pub(crate) fn new(edition: &'a Edition, table: &'a Table, reading: &'a SheetReading) -> Rows<'a> {
        let source = |field: &'a Field| {
            let heading = reading.headings.iter().find(|h| h.column.as_deref() == Some(field.column.as_str()))?;
            let list = field.code_list.as_deref().and_then(|id| edition.code_list(id)).cloned();
            let names = edition.templates.names(&table.name, &field.column).collect();
            Some(Source { at: heading.position as usize, heading: &heading.text, field, list, names, long: (0, 0) })
        };
        Rows {
            header_row: reading.header_row.unwrap_or(0),
            mark: reading.mark.map(|at| at as usize),
            fields: table.fields.iter().map(|field| (!field.is_system()).then(|| source(field)).flatten()).collect(),
            read: RowsRead::default(),
        }
    }

    /// Reads one row (`line` from 1) and hands it on, unless it is above the headings, blank, or the headings again.
    pub(crate) fn row(
        &mut self,
        line: u32,
        cells: &[Raw],
        each: &mut dyn FnMut(RowIn) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let at = |position: usize| cells.get(position).unwrap_or(&Raw::Empty);
        let sources = || self.fields.iter().flatten();
        if line <= self.header_row || sources().all(|s| at(s.at).is_empty()) {
            return ControlFlow::Continue(());
        }
        // Long lists printed on paper repeat their headings.
        if sources().all(|s| matches!(at(s.at), Raw::Text(text) if text.trim() == s.heading)) {
            return ControlFlow::Continue(());
        }
        let mut unreadable = false;
        let mut read = |source: &mut Source| match at(source.at).seen(source.field.kind) {
            Seen::Error(shown) => {
                unreadable = true;
                CellIn::Unreadable(shown)
            }
            Seen::Text(text) => CellIn::Value(source.code(text)),
            Seen::Long(text) => {
                if source.long.0 == 0 {
                    source.long.1 = line;
                }
                source.long.0 += 1;
                CellIn::Value(text)
            }
        };
        let cells_in = self.fields.iter_mut().map(|s| s.as_mut().map_or(CellIn::Absent, &mut read)).collect();
        let mark = self.mark.and_then(|position| mark_of(&at(position).plain()));
        self.read.rows += 1;
        self.read.unreadable += u64::from(unreadable);
        each(RowIn { line, mark, cells: cells_in })
    }

    pub(crate) fn done(mut self) -> RowsRead {
        for source in self.fields.iter().flatten().filter(|s| s.long.0 > 0) {
            let params = vec![
                ("heading", source.heading.to_owned()),
                ("cells", source.long.0.to_string()),
                ("line", source.long.1.to_string()),
            ];
            self.read.remarks.push(Remark { code: "digits-lost", params });
        }
        self.read
    }
}

impl Source<'_> {
    /// Undoes the text of a drop-down.
    fn code(&self, text: String) -> String {
        let Some(list) = self.list.as_deref().filter(|_| !text.is_empty()) else { return text };
        // A truth value that went through a .csv.
        match text.as_str() {
            "TRUE" if list.get("TRUE").is_none() => return "是".to_owned(),
            "FALSE" if list.get("FALSE").is_none() => return "否".to_owned(),
            _ => {}
        }
        if let Some((_, code)) = self.names.iter().find(|(name, _)| *name == text) {
            return (*code).to_owned();
        }
        match (self.field.kind, self.field.separator.as_deref()) {
            (Kind::Codes, Some(separator)) => codes_of(list, separator, &text),
            _ => code_of(list, &text).to_owned(),
        }
    }
}

/// What stands in the hidden column: a key, or `#` and a number.
pub(crate) fn mark_of(text: &str) -> Option<RecordMark> {
    match text.trim() {
        "" => None,
        text => match text.strip_prefix('#') {
            Some(row) => row.parse().ok().map(RecordMark::Row),
            None => Some(RecordMark::Key(text.to_owned())),
        },
    }
}

/// What is written into the hidden column.
pub(crate) fn mark_text(key: &str, row: i64) -> String {
    if key.is_empty() { format!("#{row}") } else { key.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back() {
        assert_eq!(mark_of(&mark_text("0A", 7)), Some(RecordMark::Key("0A".into())));
        assert_eq!(mark_of(&mark_text("", 7)), Some(RecordMark::Row(7)));
        assert_eq!(mark_of("  "), None);
        assert_eq!(mark_of("#x"), None);
    }
}
