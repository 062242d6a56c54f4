//! Records out of the rows below the headings.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use standard::{CodeList, Edition, Field, Kind, Table, is_unseen};

use super::coded::{code_of, codes_of};
use super::heading::Headings;
use super::left_out::{LeftOut, Line, left_out};
use super::normal::normal;
use super::raw::{Raw, Seen, Unreadable};
use super::words::WORDS;
use super::{CellIn, RecordMark, Remark, RowIn, RowsRead, SheetReading};
use crate::letters::column_letters;
use crate::open::{Far, Noticed};

/// Turns the rows of one sheet into records.
pub(crate) struct Rows<'a> {
    header_row: u32,
    mark: Option<usize>,
    /// For each field of the table: its position in the sheet and what is needed to read it.
    fields: Vec<Option<Source<'a>>>,
    /// Positions in the sheet of the natural key's columns; empty where one has no heading.
    key: Vec<usize>,
    /// Positions with a heading, the program's own included.
    headed: HashSet<usize>,
    /// Lines that are records by the clerk's decision, whatever they look like.
    taken_in: &'a BTreeSet<u32>,
    only_records: bool,
    /// Cells under no heading, and the first of them (line from 1, position from 0).
    outside: (u64, Option<(u32, usize)>),
    left_out: BTreeMap<&'static str, (u64, u32)>,
    /// The line of the row before.
    last: u32,
    /// Where another table begins below this one: its line, and its title.
    second: Option<(u32, String)>,
    edition: &'a Edition,
    table: &'a Table,
    /// Headings of all tables, made ready when they are first needed.
    headings: Option<Headings>,
    read: RowsRead,
}

struct Source<'a> {
    at: usize,
    heading: &'a str,
    /// What names this column, see [`normal`].
    names: Vec<String>,
    field: &'a Field,
    list: Option<Arc<CodeList>>,
    /// Names of drop-downs of known workbooks that the list does not have, and their codes.
    choices: Vec<(&'a str, &'a str)>,
    /// Codes of the college's own, and what they become.
    converted: Option<&'a BTreeMap<String, String>>,
    /// Cells whose last digits are lost, and the line of the first.
    lost: Count,
    /// Cells that show more than they hold.
    by_format: Count,
    /// Cells with invisible characters.
    unseen: Count,
}

/// How many cells, and the line of the first.
type Count = (u64, u32);

fn count(count: &mut Count, line: u32) {
    if count.0 == 0 {
        count.1 = line;
    }
    count.0 += 1;
}

impl<'a> Rows<'a> {
    pub(crate) fn new(edition: &'a Edition, table: &'a Table, reading: &'a SheetReading) -> Rows<'a> {
        let source = |field: &'a Field| {
            let heading = reading.headings.iter().find(|h| h.column.as_deref() == Some(field.column.as_str()))?;
            let list = field.code_list.as_deref().and_then(|id| edition.code_list(id)).cloned();
            let choices = edition.templates.names(&table.name, &field.column).collect();
            // A heading of two rows is repeated in two rows.
            let parts = heading.text.split(' ').chain([heading.text.as_str(), &field.title, &field.column]);
            let names = parts.map(normal).filter(|name| !name.is_empty()).collect();
            let (at, heading) = (heading.position as usize, heading.text.as_str());
            let converted = reading.converted.get(&field.column);
            let (lost, by_format, unseen) = Default::default();
            Some(Source { at, heading, names, field, list, choices, converted, lost, by_format, unseen })
        };
        let position = |column: &String| {
            let heading = reading.headings.iter().find(|h| h.column.as_deref() == Some(column.as_str()))?;
            Some(heading.position as usize)
        };
        let mark = reading.mark.map(|at| at as usize);
        let headings = reading.headings.iter().map(|heading| heading.position as usize);
        Rows {
            header_row: reading.header_row.unwrap_or(0),
            mark,
            fields: table.fields.iter().map(|field| (!field.is_system()).then(|| source(field)).flatten()).collect(),
            key: table.natural_key.iter().map(position).collect::<Option<_>>().unwrap_or_default(),
            headed: headings.chain(mark).chain(reading.ignored.iter().map(|at| *at as usize)).collect(),
            taken_in: &reading.taken_in,
            only_records: reading.only_records,
            outside: (0, None),
            left_out: BTreeMap::new(),
            last: reading.header_row.unwrap_or(0),
            second: None,
            edition,
            table,
            headings: None,
            read: RowsRead::default(),
        }
    }

    /// Reads one row (`line` from 1) and passes it on, unless it is above the records or blank.
    pub(crate) fn row(
        &mut self,
        line: u32,
        cells: &[Raw],
        each: &mut dyn FnMut(RowIn) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let at = |position: usize| cells.get(position).unwrap_or(&Raw::Empty);
        if line <= self.header_row {
            return ControlFlow::Continue(());
        }
        let title = self.is_title(line, cells);
        self.look_for_another_table(line, cells);
        self.look_outside(line, cells);
        if self.fields.iter().flatten().all(|s| at(s.at).is_empty()) {
            return ControlFlow::Continue(());
        }
        let mark = self.mark.and_then(|position| mark_of(&at(position).plain()));
        // This program wrote a row with a mark, so it is a record, whatever it looks like; headings may have been
        // repeated.
        let judged = |left_out: &LeftOut| mark.is_none() || *left_out == LeftOut::Headings;
        let left_out = match self.only_records || self.taken_in.contains(&line) {
            true => None,
            false if self.second.is_some() => Some(LeftOut::OtherTable),
            false if title => Some(LeftOut::Note).filter(judged),
            false => self.judge(cells).filter(judged),
        };
        let mut unreadable = false;
        let mut read = |source: &mut Source| {
            let text = match at(source.at).seen(source.field.kind) {
                Seen::Text(text) => text,
                Seen::ByFormat(text) => {
                    count(&mut source.by_format, line);
                    text
                }
                Seen::Unreadable(why) => {
                    unreadable = true;
                    if matches!(why, Unreadable::DigitsLost(_)) {
                        count(&mut source.lost, line);
                    }
                    return CellIn::Unreadable(why);
                }
            };
            if text.bytes().any(may_begin_unseen) && text.contains(is_unseen) {
                count(&mut source.unseen, line);
            }
            CellIn::Value(source.code(text))
        };
        let cells_in = self.fields.iter_mut().map(|s| s.as_mut().map_or(CellIn::Absent, &mut read)).collect();
        match left_out {
            Some(reason) => count(self.left_out.entry(reason.code()).or_default(), line),
            None => {
                self.read.rows += 1;
                self.read.unreadable += u64::from(unreadable);
            }
        }
        each(RowIn { line, mark, cells: cells_in, left_out })
    }

    /// Whether a single text stands alone in the first column below a blank row, as the title of what follows does.
    fn is_title(&self, line: u32, cells: &[Raw]) -> bool {
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let first = filled.next();
        let is_text = matches!(first, Some((0, Raw::Text(text))) if text.chars().any(|c| c >= '\u{4e00}'));
        line > self.last + 1 && is_text && filled.next().is_none() && self.headed.len() > 2
    }

    /// Checks whether this row has the headings of another table. Only the first row of a block is looked at: tables
    /// that stand below each other have a blank row or a title between them.
    fn look_for_another_table(&mut self, line: u32, cells: &[Raw]) {
        let begins = line > self.last + 1;
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        // Below a title in one cell the headings are in the next row.
        self.last = if filled > 1 { line } else { self.last };
        if !begins || filled < 3 || self.second.is_some() || self.taken_in.contains(&line) {
            return;
        }
        let texts: Vec<&str> = cells
            .iter()
            .filter_map(|cell| match cell {
                Raw::Text(text) if !text.trim().is_empty() => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if texts.len() < filled {
            return;
        }
        let edition = self.edition;
        let headings = self.headings.get_or_insert_with(|| Headings::new(edition, |_| true));
        let mut named: BTreeMap<usize, usize> = BTreeMap::new();
        for (table, _) in texts.iter().flat_map(|text| headings.find(text)) {
            *named.entry(*table).or_default() += 1;
        }
        let own = edition.tables.iter().position(|table| table.name == self.table.name);
        let of_own = own.and_then(|own| named.get(&own).copied()).unwrap_or_default();
        let best = named.into_iter().max_by_key(|(_, count)| *count);
        if let Some((table, count)) = best
            && Some(table) != own
            && count > of_own
            && count >= 3
            && count * 3 >= filled * 2
        {
            self.second = Some((line, edition.tables[table].short_title().to_owned()));
        }
    }

    /// Counts the cells in columns without a heading.
    fn look_outside(&mut self, line: u32, cells: &[Raw]) {
        for (position, _) in cells.iter().enumerate().filter(|(at, cell)| !cell.is_empty() && !self.headed.contains(at))
        {
            self.outside.0 += 1;
            self.outside.1.get_or_insert((line, position));
        }
    }

    /// Whether the row is not a record, and why. Most rows are decided quickly: they have their natural key, and their
    /// first cell is not that of a title, a sum or a note.
    fn judge(&self, cells: &[Raw]) -> Option<LeftOut> {
        let at = |position: usize| cells.get(position).unwrap_or(&Raw::Empty);
        let named = !self.key.is_empty() && self.key.iter().all(|position| !at(*position).is_empty());
        let first = cells.iter().find(|cell| !cell.is_empty())?;
        if self.read.rows > 0 && named && !matches!(first, Raw::Text(text) if WORDS.may_begin(text)) {
            let sources = || self.fields.iter().flatten();
            let is_own = |s: &Source| matches!(at(s.at), Raw::Text(text) if text.trim() == s.heading);
            if !sources().any(is_own) {
                return None;
            }
        }
        let nameless = !self.key.is_empty() && self.key.iter().all(|position| at(*position).is_empty());
        let texts: Vec<String> = cells.iter().map(|cell| cell.plain().trim().to_owned()).collect();
        let text = |position: usize| texts.get(position).map_or("", String::as_str);
        let sources = || self.fields.iter().flatten().filter(|s| !text(s.at).is_empty());
        left_out(&Line {
            cells: texts.iter().enumerate().filter(|(_, t)| !t.is_empty()).map(|(at, t)| (at, t.as_str())).collect(),
            mapped: sources().map(|s| (s.names.as_slice(), text(s.at))).collect(),
            nameless,
            named,
            first: self.read.rows == 0,
            only_defaults: sources().all(|s| s.is_default(text(s.at))),
        })
    }

    pub(crate) fn done(mut self, noticed: Noticed, far: Far) -> RowsRead {
        let mut remarks = Vec::new();
        for source in self.fields.iter().flatten() {
            for (code, (cells, line)) in
                [("digits-lost", source.lost), ("shown-by-format", source.by_format), ("unseen-signs", source.unseen)]
            {
                if cells > 0 {
                    let heading = ("heading", source.heading.to_owned());
                    let params = vec![heading, ("cells", cells.to_string()), ("line", line.to_string())];
                    remarks.push(Remark { code, params });
                }
            }
        }
        if let Some((line, table)) = self.second {
            remarks.push(Remark { code: "second-table", params: vec![("line", line.to_string()), ("table", table)] });
        }
        for (reason, (rows, line)) in self.left_out {
            let params = vec![("reason", reason.to_owned()), ("rows", rows.to_string()), ("line", line.to_string())];
            remarks.push(Remark { code: "rows-left-out", params });
        }
        self.outside.0 += far.cells;
        if let Some((line, position)) = far.first {
            self.outside.1.get_or_insert((line + 1, position as usize));
        }
        if let (cells, Some((line, position))) = self.outside {
            let params = vec![("cells", cells.to_string()), ("place", format!("{}{line}", column_letters(position)))];
            remarks.push(Remark { code: "cells-without-heading", params });
        }
        let seen = [
            ("merged-cells", "ranges", noticed.merged, noticed.first_merged),
            ("merged-passed-over", "ranges", noticed.passed_over, noticed.first_passed_over),
            ("hidden-rows", "rows", noticed.hidden, noticed.first_hidden),
        ];
        for (code, what, number, first) in seen {
            if let Some(line) = first {
                remarks.push(Remark { code, params: vec![(what, number.to_string()), ("line", line.to_string())] });
            }
        }
        self.read.remarks = remarks;
        self.read
    }
}

/// Whether an invisible character may begin with this byte in UTF-8. For most texts this decides already.
fn may_begin_unseen(b: u8) -> bool {
    b < b' ' && !b.is_ascii_whitespace() || matches!(b, 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf3)
}

impl Source<'_> {
    /// Whether a formula or a default may have left this behind: a zero, or a value of the drop-down.
    fn is_default(&self, text: &str) -> bool {
        let zero = text.parse::<f64>().is_ok_and(|number| number == 0.0);
        let chosen = self.list.as_deref().is_some_and(|list| {
            let code = self.code(text.to_owned());
            list.get(&code).is_some() || list.codes.iter().any(|one| one.name == text)
        });
        zero || chosen
    }

    fn code(&self, text: String) -> String {
        let text = match self.converted {
            Some(converted) => convert(self.field, converted, text),
            None => text,
        };
        match self.list.as_deref() {
            Some(list) => uncoded(self.field, list, &self.choices, text),
            None => text,
        }
    }
}

/// The code of the standard for a code of the college's own; of each of several. One without an entry stays as it is.
fn convert(field: &Field, converted: &BTreeMap<String, String>, text: String) -> String {
    let one = |own: &str| converted.get(own).map_or_else(|| own.to_owned(), String::clone);
    match (converted.get(&text), field.kind, field.separator.as_deref()) {
        (Some(code), ..) => code.clone(),
        (None, Kind::Codes, Some(separator)) if text.contains(separator) => {
            text.split(separator).map(|own| one(own.trim())).collect::<Vec<_>>().join(separator)
        }
        (None, ..) => text,
    }
}

/// Undoes the text of a drop-down. `choices`: names of drop-downs of known workbooks, and their codes.
pub(crate) fn uncoded(field: &Field, list: &CodeList, choices: &[(&str, &str)], text: String) -> String {
    // A truth value that went through a .csv.
    match text.as_str() {
        "" => return text,
        "TRUE" if list.get("TRUE").is_none() => return "是".to_owned(),
        "FALSE" if list.get("FALSE").is_none() => return "否".to_owned(),
        _ => {}
    }
    if let Some((_, code)) = choices.iter().find(|(name, _)| *name == text) {
        return (*code).to_owned();
    }
    match (field.kind, field.separator.as_deref()) {
        (Kind::Codes, Some(separator)) => codes_of(list, separator, &text),
        _ => match code_of(list, &text) {
            code if code.len() == text.len() => text,
            code => code.to_owned(),
        },
    }
}

/// The content of the hidden column: a key, or `#` and a number.
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

    #[test]
    fn columns_have_letters() {
        let letters = [0, 25, 26, 701, 702].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
