//! One sheet for filling: headings with comments, drop-downs, formats, frozen panes, print set-up. Templates and
//! annotated workbooks share it.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Note, Workbook, Worksheet, XlsxError,
};
use standard::{Edition, Field, Kind, Table};

use super::hidden::Choices;
pub(crate) use super::lines::{FIRST_ROW, HEADING_ROW, LAST_ROW};
use super::look::{Look, is_number, width};
use super::words::say;
use super::{missing, notes};
use crate::Stamp;
use crate::read::decimal::number_text;
use crate::read::heading::{MARK_HEADING, REASON_HEADING};

/// The most characters of a cell.
pub(crate) const LONGEST: usize = 32_767;

/// Width of the column of reasons, in characters.
const REASON_WIDTH: f64 = 60.0;

/// Which columns are added beside the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Nothing: an empty template.
    Nothing,
    /// A hidden column that identifies the record of each row.
    Mark,
    /// The same, and a last column with the reasons.
    MarkAndReason,
}

/// The columns of a sheet and their positions.
pub(crate) struct Layout<'a> {
    /// The table of the records.
    table: &'a Table,
    /// The fields a clerk fills with their position in a record, from left to right.
    pub(crate) fields: Vec<(usize, &'a Field)>,
    beside: Beside,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(table: &'a Table, beside: Beside) -> Layout<'a> {
        let fields = table.fields.iter().enumerate().filter(|(_, field)| !field.is_system()).collect();
        Layout { table, fields, beside }
    }

    pub(crate) fn reason(&self) -> Option<u16> {
        (self.beside == Beside::MarkAndReason).then_some(self.fields.len() as u16)
    }

    pub(crate) fn mark(&self) -> Option<u16> {
        match self.beside {
            Beside::Nothing => None,
            Beside::Mark => Some(self.fields.len() as u16),
            Beside::MarkAndReason => Some(self.fields.len() as u16 + 1),
        }
    }

    fn last(&self) -> u16 {
        self.mark().unwrap_or(self.fields.len().saturating_sub(1) as u16)
    }
}

/// Begins a sheet: everything but the records.
pub(crate) fn begin<'b>(
    book: &'b mut Workbook,
    name: &str,
    edition: &Edition,
    layout: &Layout<'_>,
    choices: &Choices<'_>,
    look: &Look,
    stamp: &Stamp,
) -> Result<&'b mut Worksheet, XlsxError> {
    let table = layout.table;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_row_height(0, 22)?;
    sheet.write_string_with_format(0, 0, banner(edition, table, layout.beside), &look.banner)?;
    sheet.set_row_height(HEADING_ROW, 36)?;
    for (column, (_, field)) in (0u16..).zip(&layout.fields) {
        sheet.set_column_width(column, width(field))?;
        sheet.set_column_format(column, look.cell(field))?;
        write_heading(sheet, column, field, look)?;
        let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
        sheet.insert_note(HEADING_ROW, column, &comment(&notes::note(field, list.map(|l| &**l))))?;
        let range = choices.regions.range(&layout.fields, usize::from(column), FIRST_ROW + 1);
        if let Some(rule) = validation(field, range.or_else(|| choices.range(field)))? {
            sheet.add_data_validation(FIRST_ROW, column, LAST_ROW, column, &rule)?;
        }
    }
    if let Some(column) = layout.reason() {
        sheet.set_column_width(column, REASON_WIDTH)?;
        sheet.set_column_format(column, &look.wrapped)?;
        sheet.write_string_with_format(HEADING_ROW, column, REASON_HEADING, &look.optional)?;
    }
    if let Some(column) = layout.mark() {
        sheet.set_column_hidden(column)?;
        sheet.set_column_format(column, &look.text)?;
        sheet.write_string_with_format(HEADING_ROW, column, MARK_HEADING, &look.optional)?;
    }
    sheet.set_freeze_panes(FIRST_ROW, frozen(table, layout))?;
    sheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)?;
    // In a workbook of findings a colour says how bad a finding is, and every missing cell has one. A workbook that was
    // not written by a book has only parts of records.
    if layout.beside != Beside::MarkAndReason && !stamp.book.is_empty() {
        missing::mark(sheet, edition, table, &layout.fields, look)?;
    }
    set_up_print(sheet, edition, table, layout, stamp)?;
    // Codes and identifiers are text on purpose: no green corner on each of them.
    sheet.ignore_error_range(
        FIRST_ROW,
        0,
        LAST_ROW,
        layout.last(),
        rust_xlsxwriter::IgnoreError::NumberStoredAsText,
    )?;
    Ok(sheet)
}

/// Ends a sheet with this number of records.
pub(crate) fn end(sheet: &mut Worksheet, layout: &Layout<'_>, rows: u64) -> Result<(), XlsxError> {
    let last = (u64::from(HEADING_ROW) + rows.max(1)).min(u64::from(LAST_ROW)) as u32;
    sheet.autofilter(HEADING_ROW, 0, last, layout.last())?;
    Ok(())
}

/// The first line: what to do comes before where it is from, for a narrow window cuts it.
fn banner(edition: &Edition, table: &Table, beside: Beside) -> String {
    let what_to_do = match beside {
        Beside::MarkAndReason => say("banner-mended", &[]),
        _ => say("banner", &[]),
    };
    let from = if table.own { notes::not_submitted() } else { edition.title.clone() };
    format!("{}　{what_to_do}　{from}　{}", table.short_title(), table.name)
}

fn write_heading(sheet: &mut Worksheet, column: u16, field: &Field, look: &Look) -> Result<(), XlsxError> {
    let heading = notes::heading(field);
    if field.required {
        let parts = [(&look.star, "*"), (&look.title, heading.as_str())];
        sheet.write_rich_string_with_format(HEADING_ROW, column, &parts, &look.required)?;
    } else {
        sheet.write_string_with_format(HEADING_ROW, column, heading, &look.optional)?;
    }
    Ok(())
}

/// A comment large enough for its text.
pub(crate) fn comment(text: &str) -> Note {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let lines: usize = text.lines().map(|line| wide(line).div_ceil(38).max(1)).sum();
    Note::new(text).add_author_prefix(false).set_width(280).set_height((lines as u32 * 18 + 12).min(420))
}

/// The rule of a column. It warns and never forbids: what is pasted past it is checked at import anyway, and a name
/// instead of a choice is welcome too.
fn validation(field: &Field, range: Option<Formula>) -> Result<Option<DataValidation>, XlsxError> {
    let warn = |rule: DataValidation, title: String, message: String| {
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
        rule.set_error_title(title)?.set_error_message(message)
    };
    if let Some(range) = range {
        let rule = DataValidation::new().allow_list_formula(range);
        return warn(rule, say("not-in-list-title", &[]), say("not-in-list", &[])).map(Some);
    }
    match (field.kind, field.length_limit()) {
        (Kind::Integer | Kind::Decimal, _) => {
            let any = DataValidationRule::Between(-1e15, 1e15);
            let rule = DataValidation::new().allow_decimal_number(any);
            warn(rule, say("not-number-title", &[]), say("not-number", &[])).map(Some)
        }
        (Kind::Text | Kind::LongText | Kind::Url, Some(most)) if (most as usize) < LONGEST => {
            let rule = DataValidation::new().allow_text_length(DataValidationRule::LessThanOrEqualTo(most));
            warn(rule, say("too-long-title", &[]), say("too-long", &[("most", &most)])).map(Some)
        }
        _ => Ok(None),
    }
}

/// Columns that stay in sight: up to the last part of the natural key among the first three.
fn frozen(table: &Table, layout: &Layout<'_>) -> u16 {
    if layout.fields.len() < 5 {
        return 0;
    }
    let mut first = layout.fields.iter().take(3);
    let last_key = first.rposition(|(_, field)| table.natural_key.contains(&field.column));
    last_key.map_or(1, |at| at as u16 + 1)
}

/// A4 across, the headings on every page, with table and school above and the page's number below. All columns fit onto
/// one page where they can be read so; wider tables take more pages, and the columns that tell records apart stand on
/// each.
fn set_up_print(
    sheet: &mut Worksheet,
    edition: &Edition,
    table: &Table,
    layout: &Layout<'_>,
    stamp: &Stamp,
) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    /// Characters of a line that can still be read on A4 across.
    const READABLE: f64 = 240.0;
    let reason = if layout.reason().is_some() { REASON_WIDTH } else { 0.0 };
    let all = layout.fields.iter().map(|(_, field)| width(field)).sum::<f64>() + reason;
    let pages = (all / READABLE).ceil().clamp(1.0, 20.0) as u16;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(pages, 0);
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(0, HEADING_ROW)?;
    if let Some(last) = frozen(table, layout).checked_sub(1).filter(|_| pages > 1) {
        sheet.set_repeat_columns(0, last)?;
    }
    sheet.set_header(format!("&L{}&R{}", printed(table.short_title()), printed(&stamp.school_name)));
    let footer = [printed(&edition.title), say("print-footer", &[]), say("print-printed", &[])];
    sheet.set_footer(format!("&L{}&C{}&R{}", footer[0], footer[1], footer[2]));
    Ok(())
}

/// A text of a header, where `&` begins a field, in at most so many characters that three of them fit.
fn printed(text: &str) -> String {
    text.chars().take(60).collect::<String>().replace('&', "&&")
}

/// Writes a value: as a number only where the very same text comes back.
pub(crate) fn write_value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: Kind,
    value: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if value.is_empty() {
        return Ok(());
    }
    match exact_number(kind, value) {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None => sheet.write_string_with_format(row, column, value, format)?,
    };
    Ok(())
}

/// The same in the format of the column ([`begin`]). A cell without a format of its own takes it, and looking a format
/// up for each cell costs as much as writing it.
pub(crate) fn write_value_of_column(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: Kind,
    value: &str,
) -> Result<(), XlsxError> {
    if value.is_empty() {
        return Ok(());
    }
    match exact_number(kind, value) {
        Some(number) => sheet.write_number(row, column, number)?,
        None => sheet.write_string(row, column, value)?,
    };
    Ok(())
}

/// The number that a spreadsheet may keep without changing the value's text.
pub(crate) fn exact_number(kind: Kind, value: &str) -> Option<f64> {
    let number = is_number(kind).then(|| value.parse::<f64>().ok()).flatten()?;
    (number.abs() < 1e15 && number_text(number) == value).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_numbers_are_numbers() {
        let table = [
            (Kind::Integer, "12", Some(12.0)),
            (Kind::Decimal, "12.5", Some(12.5)),
            (Kind::Decimal, "12.50", None),
            (Kind::Integer, "012", None),
            (Kind::Integer, "1e3", None),
            (Kind::Integer, "1234567890123456", None),
            (Kind::Integer, "十二", None),
            (Kind::Text, "12", None),
            (Kind::Decimal, "-0.05", Some(-0.05)),
            (Kind::Decimal, "NaN", None),
        ];
        for (kind, value, number) in table {
            assert_eq!(exact_number(kind, value), number, "{value}");
        }
    }
}
