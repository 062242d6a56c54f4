//! Rows of an .ods workbook, streamed out of content.xml.
//!
//! calamine would read it too, but it unfolds repeated rows and cells in memory before anybody can count them, and one
//! line of XML can claim a million. Here repetitions of nothing cost nothing, and others count against the limits.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::Archive;
use super::context::{Context, SheetInfo};
use super::facts::{Facts, Merged};
use super::moments::{duration, iso};
use crate::OpenError;
use crate::read::decimal::number_text;
use crate::read::number_format::NumberFormat;
use crate::read::raw::{Raw, Unreadable};

/// Whether the reader continues.
pub(crate) enum Next {
    /// The next row.
    Row,
    /// No more rows of this sheet.
    Sheet,
    /// Nothing more.
    Stop,
}

/// Sees the sheets and rows of an .ods workbook as they come.
pub(crate) trait Visit {
    /// A sheet begins.
    fn sheet(&mut self, info: SheetInfo) -> Next;
    /// A row that is not empty; `line` from 0.
    fn row(&mut self, line: u32, cells: &[Raw]) -> Next;
    /// A sheet ends: what else it said.
    fn end(&mut self, facts: Facts);
}

/// Reads the workbook from its beginning.
pub(crate) fn visit(context: &Context, archive: &mut Archive, visitor: &mut dyn Visit) -> Result<(), OpenError> {
    let part = archive.by_name("content.xml").map_err(|_| context.damaged("content.xml"))?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 * 1024, part));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    Content {
        context,
        reader,
        buffer: Vec::new(),
        hidden_styles: HashMap::new(),
        facts: Facts::default(),
        merged: Vec::new(),
    }
    .read(visitor)
}

struct Content<'a, R: BufRead> {
    context: &'a Context,
    reader: Reader<R>,
    buffer: Vec<u8>,
    /// Names of table styles, and whether they hide the sheet.
    hidden_styles: HashMap<String, bool>,
    /// What was found out about the current sheet so far.
    facts: Facts,
    /// Merged ranges that reach into the current row or below it, and what they show.
    merged: Vec<(Merged, Raw)>,
}

impl<R: BufRead> Content<'_, R> {
    fn damaged(&self) -> OpenError {
        self.context.damaged("content.xml")
    }

    fn read(mut self, visitor: &mut dyn Visit) -> Result<(), OpenError> {
        let mut style = String::new();
        let mut whole = false;
        loop {
            self.buffer.clear();
            let event =
                self.reader.read_event_into(&mut self.buffer).map_err(|_| self.context.damaged("content.xml"))?;
            match event {
                Event::Start(e) => match e.name().as_ref() {
                    "style:style" => style = attribute(&e, "style:name").unwrap_or_default(),
                    "style:table-properties" => {
                        let hidden = attribute(&e, "table:display").is_some_and(|shown| shown == "false");
                        self.hidden_styles.insert(style.clone(), hidden);
                    }
                    "table:table" => {
                        let name = attribute(&e, "table:name").unwrap_or_default();
                        let style = attribute(&e, "table:style-name").unwrap_or_default();
                        let hidden = self.hidden_styles.get(&style).copied().unwrap_or_default();
                        let next = visitor.sheet(SheetInfo { name: name.clone(), hidden });
                        self.merged.clear();
                        let flow = self.sheet(&name, next, visitor)?;
                        visitor.end(std::mem::take(&mut self.facts));
                        if flow.is_break() {
                            return Ok(());
                        }
                    }
                    _ => {}
                },
                Event::End(e) if e.name().as_ref() == "office:document-content" => whole = true,
                Event::Eof if whole => return Ok(()),
                Event::Eof => return Err(self.damaged()),
                _ => {}
            }
        }
    }

    /// The rows of one sheet, to its end.
    fn sheet(&mut self, name: &str, mut next: Next, visitor: &mut dyn Visit) -> Result<ControlFlow<()>, OpenError> {
        let mut line: u32 = 0;
        let mut depth = 1;
        loop {
            if matches!(next, Next::Stop) {
                return Ok(ControlFlow::Break(()));
            }
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| self.context.damaged(name))?;
            match event {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table" => depth += 1,
                    "table:table-row" if matches!(next, Next::Row) => {
                        let repeats = count(&e, "table:number-rows-repeated");
                        let hidden = attribute(&e, "table:visibility").is_some_and(|shown| shown != "visible");
                        let cells = self.row(name, line)?;
                        if !cells.is_empty() {
                            if hidden {
                                self.facts.hidden.insert(line);
                            }
                            for line in line..line.saturating_add(repeats) {
                                self.context.allows_row(name, line)?;
                                next = visitor.row(line, &cells);
                                if !matches!(next, Next::Row) {
                                    break;
                                }
                            }
                        }
                        line = line.saturating_add(repeats);
                    }
                    _ => {}
                },
                Event::End(e) if e.name().as_ref() == "table:table" => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(ControlFlow::Continue(()));
                    }
                }
                Event::Eof => return Err(self.context.damaged(name)),
                _ => {}
            }
        }
    }

    /// The cells of one row, empty ones at its end left out.
    fn row(&mut self, sheet: &str, line: u32) -> Result<Vec<Raw>, OpenError> {
        let mut cells: Vec<Raw> = Vec::new();
        let mut blank: u32 = 0;
        let mut own = false;
        self.merged.retain(|(range, _)| range.last.0 >= line);
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| self.context.damaged(sheet))?;
            match event {
                Event::Start(e) if matches!(e.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                    let covered = e.name().as_ref() == "table:covered-table-cell";
                    let repeats = count(&e, "table:number-columns-repeated");
                    let kind = CellKind::of(&e);
                    let spans = (count(&e, "table:number-rows-spanned"), count(&e, "table:number-columns-spanned"));
                    let shown = self.shown(sheet)?;
                    let column = (cells.len() as u32).saturating_add(blank);
                    // What lies under a merged range is not seen by anybody: its first cell is.
                    let raw = if covered { self.covering((line, column)) } else { kind.raw(shown) };
                    own |= !covered && !raw.is_empty();
                    if !covered && spans != (1, 1) {
                        let last = (line.saturating_add(spans.0 - 1), column.saturating_add(spans.1 - 1));
                        let range = Merged { first: (line, column), last };
                        self.facts.merge(range);
                        self.merged.push((range, raw.clone()));
                    }
                    if raw.is_empty() {
                        blank = blank.saturating_add(repeats);
                        continue;
                    }
                    let last = (cells.len() as u32).saturating_add(blank).saturating_add(repeats - 1);
                    if !self.context.takes(sheet, line, last, &raw)? {
                        blank = blank.saturating_add(repeats);
                        continue;
                    }
                    cells.resize(cells.len() + blank as usize, Raw::Empty);
                    cells.resize(last as usize + 1, raw);
                    blank = 0;
                }
                // A row with nothing of its own is not made a record by what reaches into it.
                Event::End(e) if e.name().as_ref() == "table:table-row" => {
                    return Ok(if own { cells } else { Vec::new() });
                }
                Event::Eof => return Err(self.context.damaged(sheet)),
                _ => {}
            }
        }
    }

    /// What the merged range over a cell shows.
    fn covering(&self, (line, column): (u32, u32)) -> Raw {
        let covers = |range: &Merged| {
            (range.first.0..=range.last.0).contains(&line) && (range.first.1..=range.last.1).contains(&column)
        };
        self.merged.iter().find(|(range, _)| covers(range)).map_or(Raw::Empty, |(_, shown)| shown.clone())
    }

    /// The text that a cell shows, paragraphs on lines of their own; comments and drawings left out.
    fn shown(&mut self, sheet: &str) -> Result<String, OpenError> {
        let mut text = String::new();
        let mut paragraphs = 0;
        let mut depth = 0; // inside of a comment or drawing
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| self.context.damaged(sheet))?;
            match event {
                Event::Start(e) => match e.name().as_ref() {
                    _ if depth > 0 => depth += 1,
                    "text:p" | "text:h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" => text.extend(std::iter::repeat_n(' ', count(&e, "text:c").min(1_000) as usize)),
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "text:span" | "text:a" => {}
                    _ => depth = 1,
                },
                Event::End(e) if matches!(e.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                    return Ok(text);
                }
                Event::End(_) if depth > 0 => depth -= 1,
                Event::Text(t) if depth == 0 && paragraphs > 0 => text.push_str(&t.xml10_content()),
                Event::CData(t) if depth == 0 && paragraphs > 0 => text.push_str(&t.xml10_content()),
                Event::GeneralRef(r) if depth == 0 => match resolve_xml_entity(&r.xml10_content()) {
                    Some(known) => text.push_str(known),
                    None => text.extend(r.resolve_char_ref().ok().flatten()),
                },
                Event::Eof => return Err(self.context.damaged(sheet)),
                _ => {}
            }
        }
    }
}

/// What the attributes of a cell say about its value.
enum CellKind {
    Shown,
    /// A formula without a result in the file, unless it shows something.
    Formula,
    Text(String),
    Error,
    Number(f64, NumberFormat),
    Date(String),
    Time(String),
    Bool(bool),
}

impl CellKind {
    fn of(cell: &BytesStart<'_>) -> CellKind {
        if attribute(cell, "calcext:value-type").is_some_and(|kind| kind == "error") {
            return CellKind::Error;
        }
        let number = || attribute(cell, "office:value").and_then(|v| v.parse::<f64>().ok()).filter(|v| v.is_finite());
        let kind = match attribute(cell, "office:value-type").as_deref() {
            Some("percentage") => number().map(|n| CellKind::Number(n, NumberFormat::Percent)),
            Some("float" | "currency") => number().map(|n| CellKind::Number(n, NumberFormat::Plain)),
            Some("date") => attribute(cell, "office:date-value").map(CellKind::Date),
            Some("time") => attribute(cell, "office:time-value").map(CellKind::Time),
            Some("boolean") => attribute(cell, "office:boolean-value").map(|v| CellKind::Bool(v == "true")),
            None if attribute(cell, "table:formula").is_some() => Some(CellKind::Formula),
            _ => attribute(cell, "office:string-value").map(CellKind::Text),
        };
        kind.unwrap_or(CellKind::Shown)
    }

    fn raw(self, shown: String) -> Raw {
        match self {
            CellKind::Formula if shown.is_empty() => Raw::Unreadable(Unreadable::NotCalculated),
            CellKind::Shown | CellKind::Formula => Raw::Text(shown),
            CellKind::Text(text) => Raw::Text(text),
            CellKind::Error => Raw::Unreadable(Unreadable::ErrorValue(shown)),
            CellKind::Number(value, format) => Raw::Number(value, by_format(value, &shown).unwrap_or(format)),
            CellKind::Date(text) => iso(&text),
            CellKind::Time(text) => duration(&text),
            CellKind::Bool(value) => Raw::Bool(value),
        }
    }
}

/// How a number is shown, where that is more than the number: with leading zeros, or with text of the format's own.
fn by_format(value: f64, shown: &str) -> Option<NumberFormat> {
    let shown = shown.trim();
    let digits = !shown.is_empty() && shown.bytes().all(|b| b.is_ascii_digit());
    if digits && shown.len() > 1 && shown.starts_with('0') && shown.parse() == Ok(value) {
        return Some(NumberFormat::Padded(shown.len().min(255) as u8));
    }
    let plain = number_text(value);
    let longer = digits && shown.len() > plain.len() && shown.ends_with(&plain);
    let exponent = shown.parse::<f64>().is_ok() && shown.contains(['E', 'e']);
    let worded = shown.chars().any(char::is_alphabetic) || shown.get(1..).is_some_and(|rest| rest.contains('-'));
    (longer || (worded && !exponent)).then(|| NumberFormat::Shown(shown.into()))
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

fn count(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).and_then(|n| n.parse().ok()).filter(|n| *n > 0).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_show_more_than_it_holds() {
        let shown = |text: &str| Some(NumberFormat::Shown(text.into()));
        let table = [
            (10_101.0, "2024010101", shown("2024010101")),
            (3.0, "软件3班", shown("软件3班")),
            (101_234.0, "010-1234", shown("010-1234")),
            (7.0, "007", Some(NumberFormat::Padded(3))),
            (2400.5, "￥2,400.50", None),
            (88.49, "88.5", None),
            (-3.0, "-3", None),
            (2.024e11, "2.02E+11", None),
            (7.0, "", None),
        ];
        for (value, text, expected) in table {
            assert_eq!(by_format(value, text), expected, "{text}");
        }
    }
}
