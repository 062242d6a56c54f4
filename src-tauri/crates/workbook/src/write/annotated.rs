//! Records with what is wrong with them: coloured cells, comments, and a last column with the reasons.

use std::collections::HashMap;
use std::path::Path;

use rust_xlsxwriter::{Format, Worksheet};
use standard::mask::{mask, masked};
use standard::{Edition, Field, Finding, Level, Sensitivity, Table};

use super::index::Found;
use super::look::Look;
use super::sheet::{FIRST_ROW, LONGEST, Layout, comment, write_value};
use super::source::stream_annotated;
use super::target::Target;
use super::template::{Filling, check_length, check_line, write_filling};
use super::words::of_finding;
use super::{AnnotatedRecord, AnnotatedSource, Written};
use crate::read::coded::choice;
use crate::read::rows::mark_text;
use crate::{Stamp, WriteError};

/// Comments on one sheet. Beyond it the cells are still coloured, and the reasons stand in the last column: tens of
/// thousands of comments make Excel very slow.
const MOST_COMMENTS: usize = 5_000;

/// Writes records with their findings: coloured cells with comments and a last column 「问题说明」. Personal values are
/// masked; the stamp says so, and [`crate::is_masked_text`] knows them when they come back.
pub fn write_annotated(
    path: &Path,
    edition: &Edition,
    tables: &[&Table],
    stamp: &Stamp,
    mut rows: AnnotatedSource<'_>,
) -> Result<Written, WriteError> {
    let target = Target::new(path);
    write_filling(&target, edition, tables, stamp, Filling::Findings, |sheet, table, layout, look, found| {
        let (marked, comments) = (HashMap::new(), 0);
        let mut page = Page { target: &target, edition, table, layout, look, marked, comments, found };
        let mut line = FIRST_ROW;
        stream_annotated(table, &mut rows, |record| {
            check_line(&target, table, line)?;
            page.write(sheet, line, record)?;
            line += 1;
            Ok(())
        })
    })
}

struct Page<'a> {
    target: &'a Target,
    edition: &'a Edition,
    table: &'a Table,
    layout: &'a Layout<'a>,
    look: &'a Look,
    /// Formats of marked cells, made once: text or number, and the level.
    marked: HashMap<(bool, Level), Format>,
    comments: usize,
    found: &'a mut Found,
}

impl Page<'_> {
    fn write(&mut self, sheet: &mut Worksheet, line: u32, record: AnnotatedRecord<'_>) -> Result<(), WriteError> {
        let findings: Vec<Finding> = record.findings.iter().map(|f| masked(self.table, f)).collect();
        for (column, (at, field)) in (0u16..).zip(&self.layout.fields) {
            let value = record.record.values.get(*at).map_or("", String::as_str);
            let shown = shown(self.edition, field, value);
            check_length(self.target, self.table, record.record.row, &field.column, &shown)?;
            let about: Vec<&Finding> = findings.iter().filter(|f| f.column.as_deref() == Some(&field.column)).collect();
            self.cell(sheet, (line, column), field, &shown, &about).map_err(|e| self.target.xlsx(e))?;
        }
        for finding in &findings {
            let on = |(_, (_, field)): &(usize, &(usize, &Field))| finding.column.as_deref() == Some(&field.column);
            let column = self.layout.fields.iter().enumerate().find(on).map_or(0, |(at, _)| at as u16);
            self.found.take((line, column), finding);
        }
        let text = |sheet: &mut Worksheet, column: Option<u16>, text: &str, format: &Format| match column {
            Some(column) => sheet.write_string_with_format(line, column, text, format).map(|_| ()),
            None => Ok(()),
        };
        let reasons = reasons(self.table, &findings);
        let mark = mark_text(record.record.key, record.record.row);
        text(sheet, self.layout.reason(), &reasons, &self.look.wrapped).map_err(|e| self.target.xlsx(e))?;
        text(sheet, self.layout.mark(), &mark, &self.look.text).map_err(|e| self.target.xlsx(e))
    }

    fn cell(
        &mut self,
        sheet: &mut Worksheet,
        place: (u32, u16),
        field: &Field,
        shown: &str,
        findings: &[&Finding],
    ) -> Result<(), rust_xlsxwriter::XlsxError> {
        let Some(worst) = findings.iter().map(|f| f.level).min() else {
            return write_value(sheet, place, field.kind, shown, self.look.cell(field));
        };
        let is_number = super::look::is_number(field.kind);
        let format = self.marked.entry((is_number, worst)).or_insert_with(|| self.look.marked(field, worst));
        if shown.is_empty() {
            sheet.write_blank(place.0, place.1, format)?;
        } else {
            write_value(sheet, place, field.kind, shown, format)?;
        }
        if self.comments < MOST_COMMENTS {
            let words: Vec<String> = findings.iter().map(|f| of_finding(f)).collect();
            sheet.insert_note(place.0, place.1, &comment(&words.join("\n")))?;
            self.comments += 1;
        }
        Ok(())
    }
}

/// What the cell shows: the mask of a personal value, else `code name` or the value itself.
fn shown(edition: &Edition, field: &Field, value: &str) -> String {
    if field.sensitivity != Sensitivity::None {
        return mask(field.sensitivity, value);
    }
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    list.and_then(|list| list.get(value)).map_or_else(|| value.to_owned(), |code| choice(&code.code, &code.name))
}

/// All words about a record, the worst first, each with the title of its column.
fn reasons(table: &Table, findings: &[Finding]) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| f.level);
    let words = sorted.into_iter().map(|f| {
        let title = f.column.as_deref().and_then(|c| table.field(c)).map(|field| field.title.as_str());
        match title {
            Some(title) => format!("{title}：{}", of_finding(f)),
            None => of_finding(f),
        }
    });
    let all = words.collect::<Vec<_>>().join("\n");
    all.chars().take(LONGEST / 2).collect()
}
