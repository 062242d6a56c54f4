//! The sheet that explains the others: of a template, what each sheet is, who fills it and how; of a workbook with
//! findings, what was found where.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, Url, Worksheet, XlsxError};
use standard::definition::words::{FREQUENCIES, LEVELS, word};
use standard::{Edition, Finding, Level, Table};

use super::WrittenSheet;
use super::hidden::Choices;
use super::look::{CONFIRM, HINT, MANDATORY, MISSING, OPTIONAL, REQUIRED};
use super::paper::{Paper, Style};
use super::words::{of_finding, say};
use crate::Stamp;
use crate::letters::column_letters;

/// Widths of the columns, in characters.
const WIDTHS: [u16; 8] = [6, 30, 24, 20, 14, 10, 10, 10];
const LAST: u16 = WIDTHS.len() as u16 - 1;

/// Findings by level, sheet, column and rule: the worst come first.
type Groups = BTreeMap<(Level, usize, String, String), Group>;

/// Findings of one rule about one column of a table.
struct Group {
    count: u64,
    /// The text of the first one, and its cell.
    words: String,
    place: String,
}

/// What was found, gathered while the records are written.
#[derive(Default)]
pub(crate) struct Found {
    groups: Groups,
    /// Position of the current sheet among those with data.
    sheet: usize,
}

impl Found {
    /// The following remarks are about this sheet.
    pub(crate) fn begin_sheet(&mut self, sheet: usize) {
        self.sheet = sheet;
    }

    /// Takes a finding whose personal values are masked; `line` and `column` count from 0.
    pub(crate) fn take(&mut self, (line, column): (u32, u16), finding: &Finding) {
        let line = line + 1;
        let on = finding.column.clone().unwrap_or_default();
        let group = self.groups.entry((finding.level, self.sheet, on, finding.rule.clone()));
        let group = group.or_insert_with(|| Group {
            count: 0,
            words: of_finding(finding),
            place: format!("{}{line}", column_letters(usize::from(column))),
        });
        group.count += 1;
    }
}

/// What the sheet describes.
pub(crate) struct About<'a> {
    pub(crate) edition: &'a Edition,
    pub(crate) tables: &'a [&'a Table],
    pub(crate) written: &'a [WrittenSheet],
    pub(crate) stamp: &'a Stamp,
}

/// Writes the sheet of a template.
pub(crate) fn write_guide(
    sheet: &mut Worksheet,
    about: &About<'_>,
    choices: &Choices<'_>,
    with_rows: bool,
) -> Result<(), XlsxError> {
    let style = Style::new();
    let mut paper = Paper::on(sheet, &WIDTHS, &style)?;
    paper.band(&say("template-title", &[("school", &about.stamp.school_name)]), &style.title)?;
    paper.band(&origin(about), &style.faint)?;
    paper.section(&say("tables", &[]))?;
    let headings = ["no", "sheet", "table", "department", "frequency", "fields", "required", "rows"];
    let headings = headings.map(|name| match name {
        "no" => say("col-no", &[]),
        "sheet" => say("col-sheet", &[]),
        "table" => say("col-table", &[]),
        "department" => say("col-department", &[]),
        "frequency" => say("col-frequency", &[]),
        "fields" => say("col-fields", &[]),
        "required" => say("col-required", &[]),
        _ => say("col-rows", &[]),
    });
    paper.heading(&headings.each_ref().map(String::as_str))?;
    for ((no, table), written) in (1..).zip(about.tables).zip(about.written) {
        let department = about.stamp.departments.get(&table.name).or(table.department.as_ref());
        let required = table.filled_fields().filter(|field| field.required).count().to_string();
        let cells = [
            format!("{no}"),
            written.sheet.clone(),
            table.name.clone(),
            department.cloned().unwrap_or_default(),
            word(FREQUENCIES, &table.frequency),
            table.filled_fields().count().to_string(),
            required,
            if with_rows { written.rows.to_string() } else { String::new() },
        ];
        let row = paper.row(&cells.each_ref().map(String::as_str))?;
        link(&mut paper, &style, (row, 1), &written.sheet, "A1", &written.sheet)?;
    }
    let lists = about.tables.iter().flat_map(|table| table.filled_fields()).any(|field| choices.offers(field));
    let steps = [
        Some(say("fill-row", &[])),
        Some(say("fill-required", &[])),
        lists.then(|| say("fill-list", &[])),
        (!choices.regions.is_empty()).then(|| say("fill-region", &[])),
        Some(say("fill-text", &[])),
        Some(say("fill-copy", &[])),
        Some(say("fill-sort", &[])),
        with_rows.then(|| say("fill-rows", &[])),
    ];
    numbered(&mut paper, &style, &say("fill", &[]), steps.into_iter().flatten())?;
    let colours = [
        (REQUIRED, say("colour-required", &[])),
        (OPTIONAL, say("colour-optional", &[])),
        (MISSING, say("colour-missing", &[])),
    ];
    swatches(&mut paper, &style, &colours)?;
    numbered(&mut paper, &style, &say("back", &[]), [say("back-1", &[]), say("back-2", &[])])
}

/// Writes the sheet of a workbook with findings.
pub(crate) fn write_findings(sheet: &mut Worksheet, about: &About<'_>, found: &Found) -> Result<(), XlsxError> {
    let style = Style::new();
    let mut paper = Paper::on(sheet, &WIDTHS, &style)?;
    paper.band(&say("findings-title", &[("school", &about.stamp.school_name)]), &style.title)?;
    paper.band(&origin(about), &style.faint)?;
    paper.section(&say("findings", &[]))?;
    if found.groups.is_empty() {
        paper.band(&say("findings-none", &[]), &style.cell)?;
    } else {
        let heads = [say("col-no", &[]), say("col-sheet", &[]), say("col-fields", &[]), say("col-problem", &[])];
        let more = [say("col-level", &[]), say("col-count", &[]), say("col-first", &[])];
        paper.spans(&[
            (0, 0, &heads[0], &style.heading),
            (1, 1, &heads[1], &style.heading),
            (2, 2, &heads[2], &style.heading),
            (3, 4, &heads[3], &style.heading),
            (5, 5, &more[0], &style.heading),
            (6, 6, &more[1], &style.heading),
            (LAST, LAST, &more[2], &style.heading),
        ])?;
    }
    for (no, ((level, at, column, _), group)) in (1..).zip(&found.groups) {
        let (Some(table), Some(written)) = (about.tables.get(*at), about.written.get(*at)) else { continue };
        let title = table.field(column).map_or("", |field| field.title.as_str());
        let (no, count, level) = (format!("{no}"), group.count.to_string(), word(LEVELS, level));
        let row = paper.spans(&[
            (0, 0, &no, &style.cell),
            (1, 1, &written.sheet, &style.cell),
            (2, 2, title, &style.cell),
            (3, 4, &group.words, &style.cell),
            (5, 5, &level, &style.cell),
            (6, 6, &count, &style.cell),
            (LAST, LAST, &group.place, &style.link),
        ])?;
        link(&mut paper, &style, (row, LAST), &written.sheet, &group.place, &group.place)?;
    }
    let colours = [
        (MANDATORY.0, say("colour-mandatory", &[])),
        (CONFIRM.0, say("colour-confirm", &[])),
        (HINT.0, say("colour-hint", &[])),
    ];
    swatches(&mut paper, &style, &colours)?;
    let steps = [say("mended-1", &[]), say("mended-2", &[]), say("back-mended", &[])];
    numbered(&mut paper, &style, &say("mended", &[]), steps)
}

/// Where the workbook is from, in a line.
fn origin(about: &About<'_>) -> String {
    let stamp = about.stamp;
    let day = stamp.written_at.get(..16).unwrap_or(&stamp.written_at).replace('T', " ");
    let (period, edition) = (&stamp.period, &about.edition.title);
    if stamp.department.is_empty() {
        return say("about", &[("period", period), ("day", &day), ("edition", edition)]);
    }
    let department = ("department", &stamp.department as &dyn std::fmt::Display);
    say("about-department", &[department, ("period", period), ("day", &day), ("edition", edition)])
}

/// A part of numbered sentences.
fn numbered(
    paper: &mut Paper<'_>,
    style: &Style,
    title: &str,
    sentences: impl IntoIterator<Item = String>,
) -> Result<(), XlsxError> {
    paper.section(title)?;
    for (no, sentence) in (1..).zip(sentences) {
        paper.spans(&[(0, 0, &format!("{no}"), &style.plain_number), (1, LAST, &sentence, &style.plain)])?;
    }
    Ok(())
}

/// The part that says what the colours mean.
fn swatches(paper: &mut Paper<'_>, style: &Style, colours: &[(u32, String)]) -> Result<(), XlsxError> {
    paper.section(&say("colours", &[]))?;
    for (colour, sentence) in colours {
        let swatch = style.cell.clone().set_background_color(Color::RGB(*colour));
        paper.spans(&[(0, 0, "", &swatch), (1, LAST, sentence, &style.plain)])?;
    }
    Ok(())
}

/// A link to a cell of a sheet.
fn link(
    paper: &mut Paper<'_>,
    style: &Style,
    (row, column): (u32, u16),
    sheet: &str,
    place: &str,
    text: &str,
) -> Result<(), XlsxError> {
    let to = format!("internal:'{}'!{place}", sheet.replace('\'', "''"));
    let format: &Format = &style.link;
    paper.sheet().write_url_with_format(row, column, Url::new(to).set_text(text), format)?;
    Ok(())
}
