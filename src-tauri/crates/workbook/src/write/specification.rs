//! A table of the standard on paper: what it is, its fields with everything that a clerk needs, the code lists that
//! they use, the rules that hold. One sheet for each table, A4 across, and a sheet of contents where there are several.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

use rust_xlsxwriter::{Url, Workbook, XlsxError};
use standard::definition::words::{FREQUENCIES, KINDS, LEVELS, PERIODS, word};
use standard::rule::{NAME, placeholders};
use standard::{Association, CodeList, Edition, Field, PeriodKind, Rule, Table};

use super::book::write_book;
use super::notes;
use super::paper::{Paper, Style};
use super::target::Target;
use super::words::say;
use super::{Written, WrittenSheet, sheet_name};
use crate::{Stamp, WriteError};

/// Widths of the columns, in characters.
const WIDTHS: [u16; 10] = [5, 18, 22, 10, 8, 6, 34, 18, 38, 15];
/// The last column.
const LAST: u16 = WIDTHS.len() as u16 - 1;
/// Columns of a code list on paper: from, to.
const BLOCKS: [(u16, u16); 3] = [(0, 2), (3, 6), (7, LAST)];
/// Codes that are printed; of a longer list only its highest level is, if that is not longer.
const LISTED: usize = 240;

/// Writes the specification of these tables. Rows of [`Written`] are fields.
pub fn write_specification(
    path: &Path,
    edition: &Edition,
    tables: &[&Table],
    written_at: &str,
) -> Result<Written, WriteError> {
    let target = Target::new(path);
    let title = match tables {
        [] => return Err(WriteError::NoTable { file: target.file.clone() }),
        [one] => title(one),
        _ => say("print-title-many", &[("edition", &edition.title), ("n", &tables.len())]),
    };
    let contents = say("print-contents", &[]);
    let mut taken = vec![contents.clone()];
    let sheets = tables.iter().map(|table| {
        let sheet = sheet_name::unique(table.short_title(), &taken);
        taken.push(sheet.clone());
        WrittenSheet { table: table.name.clone(), sheet, rows: table.fields.len() as u64 }
    });
    let written = Written { sheets: sheets.collect() };
    let stamp = Stamp { written_at: written_at.to_owned(), ..Stamp::default() };
    write_book(&target, &title, &stamp, |book| {
        let style = Style::new();
        let fill = |book: &mut Workbook| -> Result<(), XlsxError> {
            if tables.len() > 1 {
                write_contents(book, &contents, edition, &written, &style)?;
            }
            for (table, sheet) in tables.iter().zip(&written.sheets) {
                write_table(book, edition, table, &sheet.sheet, &style)?;
            }
            Ok(())
        };
        fill(book).map_err(|e| target.xlsx(e))?;
        Ok(written.clone())
    })
}

/// The title of a table with its name.
fn title(table: &Table) -> String {
    say("print-title-one", &[("title", &table.title), ("table", &table.name)])
}

/// A sheet of this name: a line for each table, with a way to its sheet.
fn write_contents(
    book: &mut Workbook,
    name: &str,
    edition: &Edition,
    written: &Written,
    style: &Style,
) -> Result<(), XlsxError> {
    const WIDTHS: [u16; 7] = [6, 26, 44, 26, 20, 10, 10];
    let mut paper = Paper::new(book, name, &WIDTHS, style)?;
    paper.band(&edition.title, &style.title)?;
    paper.band(&about(edition), &style.faint)?;
    let heads = [say("col-no", &[]), say("col-table", &[]), say("col-title", &[]), say("col-subset", &[])];
    let more = [say("col-frequency", &[]), say("col-fields", &[]), say("col-rules", &[])];
    paper.heading(&heads.iter().chain(&more).map(String::as_str).collect::<Vec<_>>())?;
    for (no, sheet) in (1..).zip(&written.sheets) {
        let Some(table) = edition.table(&sheet.table) else { continue };
        let subset = edition.subsets.iter().find(|s| s.code == table.subset).map_or("", |s| s.name.as_str());
        let rules = edition.rules_of(&table.name).count().to_string();
        let frequency = word(FREQUENCIES, &table.frequency);
        let (no, fields) = (format!("{no}"), table.fields.len().to_string());
        let place = format!("internal:'{}'!A1", sheet.sheet.replace('\'', "''"));
        let row = paper.row(&[&no, &table.name, &table.title, subset, &frequency, &fields, &rules])?;
        paper.sheet().write_url_with_format(row, 2, Url::new(place).set_text(&table.title), &style.link)?;
    }
    Ok(())
}

/// The edition in a line.
fn about(edition: &Edition) -> String {
    let (issuers, version) = (edition.issuers.join("、"), edition.version.clone().unwrap_or_default());
    let facts: [(&str, &dyn Display); 5] = [
        ("level", &edition.level),
        ("issued", &edition.issued),
        ("issuers", &issuers),
        ("revision", &edition.revision),
        ("version", &version),
    ];
    match &edition.version {
        Some(_) => say("print-edition-version", &facts),
        None => say("print-edition", &facts),
    }
}

fn write_table(
    book: &mut Workbook,
    edition: &Edition,
    table: &Table,
    name: &str,
    style: &Style,
) -> Result<(), XlsxError> {
    let mut paper = Paper::new(book, name, &WIDTHS, style)?;
    paper.band(&title(table), &style.title)?;
    paper.band(&format!("{}　{}", edition.title, about(edition)), &style.faint)?;
    for (label, value) in facts(edition, table) {
        paper.spans(&[(0, 1, &label, &style.label), (2, LAST, &value, &style.cell)])?;
    }
    paper.section(&say("col-fields", &[]))?;
    let heads = [say("col-no", &[]), say("col-column", &[]), say("col-field", &[]), say("col-kind", &[])];
    let more = [say("col-length", &[]), say("col-need", &[]), say("col-form", &[]), say("col-example", &[])];
    let last = [say("col-help", &[]), say("col-item", &[])];
    paper.heading(&heads.iter().chain(&more).chain(&last).map(String::as_str).collect::<Vec<_>>())?;
    for field in &table.fields {
        let (no, kind) = (field.no.to_string(), word(KINDS, &field.kind));
        let (length, need) = (length(field), if field.required { say("yes", &[]) } else { String::new() });
        let (form, help) = (form(edition, field), help(field));
        let example = field.example.as_deref().unwrap_or_default();
        paper.row(&[&no, &field.column, &field.title, &kind, &length, &need, &form, example, &help, &field.item_id])?;
    }
    let mut listed = BTreeSet::new();
    let used = table.fields.iter().filter_map(|f| f.code_list.as_deref()).filter(|id| listed.insert(*id));
    for list in used.filter_map(|id| edition.code_list(id)) {
        write_list(&mut paper, list, style)?;
    }
    let rules: Vec<&Rule> = edition.rules_of(&table.name).collect();
    if !rules.is_empty() {
        paper.section(&say("col-rules", &[]))?;
        // The columns lie under the headings of the fields, which every page repeats.
        let heads = [
            (0, 0, say("col-no", &[])),
            (1, 1, say("col-column", &[])),
            (2, 2, say("col-field", &[])),
            (3, 3, say("col-level", &[])),
            (4, 7, say("col-expected", &[])),
            (8, LAST, say("col-reason", &[])),
        ];
        paper.spans(&heads.each_ref().map(|(from, to, text)| (*from, *to, text.as_str(), &style.heading)))?;
        for (no, rule) in (1..).zip(rules) {
            write_rule(&mut paper, table, no, rule, style)?;
        }
    }
    Ok(())
}

/// Labels and values; what nothing is known of is left out.
fn facts(edition: &Edition, table: &Table) -> Vec<(String, String)> {
    let subset = edition.subsets.iter().find(|s| s.code == table.subset).map_or("", |s| s.name.as_str());
    let class = edition.classes.iter().find(|c| c.code == table.data_class);
    let subclass = class.and_then(|c| c.subclasses.iter().find(|s| s.code == table.data_subclass));
    let places = [Some(subset), class.map(|c| c.name.as_str()), subclass.map(|s| s.name.as_str())];
    let titles = |columns: &[String]| -> String {
        let title = |column: &String| table.field(column).map_or(column.clone(), |f| f.title.clone());
        columns.iter().map(title).collect::<Vec<_>>().join("、")
    };
    let related = match &table.association {
        Association::None => say("fact-related-none", &[]),
        Association::Unspecified => String::new(),
        Association::Listed(tables) => {
            let with_name = |name: &String| edition.table(name).map_or(name.clone(), title);
            tables.iter().map(with_name).collect::<Vec<_>>().join("、")
        }
    };
    let frequency = word(FREQUENCIES, &table.frequency);
    let printed = Some(&table.frequency_text).filter(|text| !text.is_empty() && **text != frequency);
    let frequency = printed.map_or(frequency.clone(), |text| {
        say("fact-frequency-printed", &[("frequency", &frequency), ("printed", text)])
    });
    let period = match table.period {
        PeriodKind::All => say("fact-period-all", &[]),
        kind => say("fact-period-one", &[("period", &word(PERIODS, &kind))]),
    };
    let key = if table.natural_key.is_empty() { say("fact-key-whole", &[]) } else { titles(&table.natural_key) };
    let doubts = [table.doubt.as_deref(), table.association_doubt.as_deref()];
    let facts = [
        (say("fact-place", &[]), places.into_iter().flatten().collect::<Vec<_>>().join(" › ")),
        (say("fact-source", &[]), table.source_system.clone().unwrap_or_default()),
        (say("fact-department", &[]), table.department.clone().unwrap_or_default()),
        (say("fact-frequency", &[]), frequency),
        (say("fact-scope", &[]), table.scope.clone()),
        (say("fact-period", &[]), period),
        (say("fact-key", &[]), key),
        (say("fact-related", &[]), related),
        (say("fact-doubt", &[]), doubts.into_iter().flatten().collect::<Vec<_>>().join("；")),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn length(field: &Field) -> String {
    match (field.max_length, field.precision, field.scale) {
        (_, Some(all), Some(behind)) => format!("{all},{behind}"),
        (_, Some(all), None) => all.to_string(),
        (Some(length), None, _) => length.to_string(),
        (None, None, Some(behind)) => say("length-behind", &[("behind", &behind)]),
        (None, None, None) => String::new(),
    }
}

/// What the field needs.
fn form(edition: &Edition, field: &Field) -> String {
    let mut lines = vec![if field.is_system() { say("form-system", &[]) } else { notes::form(field) }];
    if let Some(id) = &field.code_list {
        let title = edition.code_list(id).map_or("", |list| list.title.as_str());
        lines.push(say("form-list", &[("title", &title), ("id", id)]));
    }
    lines.extend(field.separator.as_ref().map(|separator| say("form-separator", &[("separator", separator)])));
    if !field.values.is_empty() {
        lines.push(say("form-values", &[("values", &field.values.join("、"))]));
    }
    let more =
        [notes::most(field), notes::unit(field), notes::required_when(field), field.own.then(notes::not_submitted)];
    lines.extend(more.into_iter().flatten());
    lines.join("\n")
}

fn help(field: &Field) -> String {
    let doubts = field.doubts.iter();
    let doubts = doubts.map(|doubt| say("help-doubt", &[("kind", &doubt.kind.word()), ("text", &doubt.text)]));
    field.description.clone().into_iter().chain(doubts).collect::<Vec<_>>().join("\n")
}

fn write_list(paper: &mut Paper<'_>, list: &CodeList, style: &Style) -> Result<(), XlsxError> {
    let (n, source) = (list.codes.len(), list.source.clone().unwrap_or_default());
    let facts: [(&str, &dyn Display); 4] = [("title", &list.title), ("id", &list.id), ("n", &n), ("source", &source)];
    paper.section(&match &list.source {
        Some(_) => say("print-list-source", &facts),
        None => say("print-list", &facts),
    })?;
    let mut codes: Vec<_> = list.codes.iter().collect();
    if codes.len() > LISTED {
        codes.retain(|code| code.parent.is_none());
        let shown = if codes.len() > LISTED { 0 } else { codes.len() };
        codes.truncate(shown);
        let words = if shown == 0 { say("print-list-none", &[]) } else { say("print-list-top", &[]) };
        paper.band(&words, &style.faint)?;
    }
    // Down the columns, as a list is read.
    let height = codes.len().div_ceil(BLOCKS.len());
    for line in 0..height {
        let cells = (0..BLOCKS.len()).map(|block| {
            codes.get(block * height + line).map_or_else(String::new, |code| format!("{}　{}", code.code, code.name))
        });
        let cells: Vec<String> = cells.collect();
        let spans: Vec<_> =
            BLOCKS.iter().zip(&cells).map(|((from, to), text)| (*from, *to, text.as_str(), &style.cell)).collect();
        paper.spans(&spans)?;
    }
    Ok(())
}

fn write_rule(paper: &mut Paper<'_>, table: &Table, no: u32, rule: &Rule, style: &Style) -> Result<(), XlsxError> {
    let title = |column: &str| table.field(column).map_or(column.to_owned(), |field| field.title.clone());
    let columns: Vec<String> = rule.columns.iter().map(|column| title(column)).collect();
    let mut message = rule.message.clone();
    for name in placeholders(&rule.message) {
        let shown = if matches!(name, "value" | "title") { "…".to_owned() } else { format!("〈{}〉", title(name)) };
        message = message.replace(&format!("{{{name}}}"), &shown).replace(&format!("{{{name}{NAME}}}"), &shown);
    }
    let basis = rule.basis.as_ref().map(|basis| format!("\n{}", say("print-basis", &[("basis", basis)])));
    let level = word(LEVELS, &rule.level);
    let level = if rule.own { say("print-own", &[("level", &level)]) } else { level };
    let reason = format!("{}{}", rule.reason, basis.unwrap_or_default());
    paper.spans(&[
        (0, 0, no.to_string().as_str(), &style.cell),
        (1, 1, rule.columns.join("、").as_str(), &style.cell),
        (2, 2, columns.join("、").as_str(), &style.cell),
        (3, 3, level.as_str(), &style.cell),
        (4, 7, message.as_str(), &style.cell),
        (8, LAST, reason.as_str(), &style.cell),
    ])?;
    Ok(())
}
