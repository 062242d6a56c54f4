//! Which table a sheet holds and where its headings are.
//!
//! The clerk's word comes first, then the caller's table, then the stamp of our own workbooks, then the headings: the row
//! among the first thirty that names most columns of one table. Where several tables have the same columns, the name of
//! the sheet tells, then that of the file.

use std::collections::HashSet;

use standard::{Edition, Table};

use super::heading::{Headings, Own, own};
use super::{Correction, Heading, Remark, SheetReading, Survey};
use crate::Stamp;
use crate::write::sheet_name::legal;

/// Rows in which headings are looked for.
pub(crate) const HEAD_ROWS: usize = 30;

/// The first rows of a sheet: row number from 0, and the text of its cells.
pub(crate) type Head = Vec<(u32, Vec<String>)>;

/// Understands one sheet; absent where it holds nothing at all.
pub(crate) fn survey_sheet(
    edition: &Edition,
    stamp: Option<&Stamp>,
    wishes: &Survey,
    (file, sheet): (&str, &str),
    head: &Head,
) -> Option<SheetReading> {
    if head.is_empty() {
        return None;
    }
    let correction = wishes.corrections.iter().find(|c| c.sheet == sheet);
    let mut remarks = Vec::new();
    let told = match correction {
        Some(Correction { table: None, .. }) => return Some(nothing(sheet, remarks)),
        Some(Correction { table: Some(table), .. }) => Some(table.as_str()),
        None => wishes.table.as_deref().or_else(|| stamp.and_then(|s| s.table_of(sheet))),
    };
    let told = told.and_then(|name| edition.tables.iter().position(|t| t.name == name));
    let headings = Headings::new(edition, |table| told.is_none_or(|t| edition.tables[t].name == table.name));
    let Some(found) = best_row(edition, &headings, (file, sheet), head, told.is_some()) else {
        if let Some(told) = told {
            let title = edition.tables[told].short_title().to_owned();
            remarks.push(Remark { code: "no-headings", params: vec![("table", title)] });
        }
        return Some(SheetReading { table: told.map(|t| edition.tables[t].name.clone()), ..nothing(sheet, remarks) });
    };
    if let Some(other) = found.other {
        let title = |t: usize| edition.tables[t].short_title().to_owned();
        let params = vec![("table", title(found.table)), ("other", title(other))];
        remarks.push(Remark { code: "ambiguous-table", params });
    }
    let (row, cells) = &head[found.row];
    let table = &edition.tables[found.table];
    let mut reading =
        SheetReading { table: Some(table.name.clone()), header_row: Some(row + 1), ..nothing(sheet, remarks) };
    read_headings(&mut reading, table, found.table, &headings, cells, correction);
    Some(reading)
}

fn nothing(sheet: &str, remarks: Vec<Remark>) -> SheetReading {
    SheetReading {
        sheet: sheet.to_owned(),
        table: None,
        header_row: None,
        headings: Vec::new(),
        mark: None,
        unmapped: Vec::new(),
        missing_required: Vec::new(),
        remarks,
    }
}

struct Found {
    /// Position in the head.
    row: usize,
    /// Position in the edition.
    table: usize,
    /// Another table that fits as well.
    other: Option<usize>,
}

/// The row that names most columns of one table. Without a word from anyone at least two columns must be named, and half
/// of the row, so that a sheet of notes is not taken for a table.
fn best_row(edition: &Edition, headings: &Headings, names: (&str, &str), head: &Head, told: bool) -> Option<Found> {
    let mut best: Option<(usize, u8, usize, usize)> = None; // columns, how it is named, row, table
    let mut other = None;
    for (row, (_, cells)) in head.iter().enumerate() {
        let mut named: Vec<HashSet<usize>> = vec![HashSet::new(); edition.tables.len()];
        let mut filled = 0;
        for cell in cells.iter().filter(|cell| !cell.is_empty() && own(cell).is_none()) {
            filled += 1;
            for &(table, field) in headings.find(cell) {
                named[table].insert(field);
            }
        }
        for (table, fields) in named.iter().enumerate().filter(|(_, fields)| !fields.is_empty()) {
            let count = fields.len();
            if !told && (count < 2 || count * 2 < filled) {
                continue;
            }
            let by_name = named_so(names, &edition.tables[table]);
            match best {
                Some((most, named_so, best_row, best_table)) if (count, by_name) <= (most, named_so) => {
                    if (count, by_name) == (most, named_so) && best_row == row && best_table != table {
                        other = Some(table);
                    }
                }
                _ => {
                    best = Some((count, by_name, row, table));
                    other = None;
                }
            }
        }
    }
    best.map(|(_, _, row, table)| Found { row, table, other })
}

/// How well file and sheet are named after a table: the sheet 2, the file 1, neither 0.
fn named_so((file, sheet): (&str, &str), table: &Table) -> u8 {
    let sheet = sheet.trim();
    match sheet == legal(table.short_title()) || sheet == legal(&table.title) || sheet == table.name {
        true => 2,
        false => u8::from(file.contains(&table.title) || file.contains(&table.name)),
    }
}

/// Maps the headings of the row, from left to right; the first heading of a column wins.
fn read_headings(
    reading: &mut SheetReading,
    table: &Table,
    position: usize,
    headings: &Headings,
    cells: &[String],
    correction: Option<&Correction>,
) {
    let mut taken = HashSet::new();
    for (at, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let at = at as u32;
        let said = correction.and_then(|c| c.columns.get(text));
        let column = match said {
            Some(column) => table.field(column).filter(|f| !f.is_system()),
            None => headings.find(text).iter().find(|(t, _)| *t == position).map(|(_, f)| &table.fields[*f]),
        };
        if let (None, None, Some(own)) = (said, column, own(text)) {
            if own == Own::Mark {
                reading.mark.get_or_insert(at);
            }
            continue;
        }
        let column = column.map(|field| field.column.clone());
        let repeated = column.as_ref().is_some_and(|c| !taken.insert(c.clone()));
        if repeated {
            reading.remarks.push(Remark { code: "heading-twice", params: vec![("heading", text.clone())] });
        }
        let column = column.filter(|_| !repeated);
        if column.is_none() {
            reading.unmapped.push(text.clone());
        }
        reading.headings.push(Heading { position: at, text: text.clone(), column });
    }
    let missing = table.filled_fields().filter(|f| f.required && !taken.contains(&f.column));
    reading.missing_required = missing.map(|f| f.column.clone()).collect();
}
