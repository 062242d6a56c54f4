//! Which table a sheet holds and where its headings are.
//!
//! The clerk's word comes first, then the caller's table, then the stamp of our own workbooks, then the headings: the row
//! among the first thirty that names most columns of one table, or two or three rows together where a group of columns
//! has a heading of its own. Where several tables have the same columns, the name of the sheet tells, then that of the
//! file.

use std::collections::{BTreeSet, HashSet};

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
        } else {
            remarks.push(Remark { code: "no-table", params: vec![("rows", HEAD_ROWS.to_string())] });
        }
        return Some(SheetReading { table: told.map(|t| edition.tables[t].name.clone()), ..nothing(sheet, remarks) });
    };
    if let Some(other) = found.other {
        let title = |t: usize| edition.tables[t].short_title().to_owned();
        let params = vec![("table", title(found.table)), ("other", title(other))];
        remarks.push(Remark { code: "ambiguous-table", params });
    }
    let table = &edition.tables[found.table];
    let header_row = Some(head[found.row + found.rows - 1].0 + 1);
    let taken_in = correction.map(|c| c.taken_in.clone()).unwrap_or_default();
    let table_name = Some(table.name.clone());
    let mut reading = SheetReading { table: table_name, header_row, taken_in, ..nothing(sheet, remarks) };
    let names = joined(head, found.row, found.rows).unwrap_or_default();
    read_headings(&mut reading, table, found.table, &headings, &names, correction);
    Some(reading)
}

fn nothing(sheet: &str, remarks: Vec<Remark>) -> SheetReading {
    SheetReading {
        sheet: sheet.to_owned(),
        table: None,
        header_row: None,
        headings: Vec::new(),
        mark: None,
        ignored: Vec::new(),
        taken_in: BTreeSet::new(),
        separator: None,
        unmapped: Vec::new(),
        missing_required: Vec::new(),
        remarks,
    }
}

struct Found {
    /// Position of the first heading row in the head.
    row: usize,
    /// So many rows are the headings together.
    rows: usize,
    /// Position in the edition.
    table: usize,
    /// Another table that fits as well.
    other: Option<usize>,
}

/// Rows that headings may take.
const HEADING_ROWS: usize = 3;

/// The heading of one column: what stands in it in the heading rows, from top to bottom.
type Name = Vec<String>;

/// The headings that so many rows from `row` on make together; absent where rows are missing between them.
///
/// A heading reaches over the empty cells on its right where a heading stands below it: it names the group.
fn joined(head: &Head, row: usize, rows: usize) -> Option<Vec<Name>> {
    let part = head.get(row..row + rows)?;
    let adjacent = part.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
    if !adjacent {
        return None;
    }
    let width = part.iter().map(|(_, cells)| cells.len()).max()?;
    let cell = |row: usize, at: usize| part[row].1.get(at).map_or("", String::as_str);
    let below = |row: usize, at: usize| (row + 1..rows).any(|lower| !cell(lower, at).is_empty());
    let mut names: Vec<Name> = vec![Vec::new(); width];
    for row in 0..rows {
        let mut group = "";
        for (at, name) in names.iter_mut().enumerate() {
            let own = cell(row, at);
            match own.is_empty() {
                false => group = if below(row, at) { own } else { "" },
                true if !below(row, at) => group = "",
                true => {}
            }
            let text = if own.is_empty() { group } else { own };
            // A heading that is merged downwards stands in one row or in all.
            if !text.is_empty() && name.last().is_none_or(|above| above != text) {
                name.push(text.to_owned());
            }
        }
    }
    Some(names)
}

/// What a heading may be looked up as, the most telling first: all its rows together, the lowest, the others upwards.
fn readings(name: &Name) -> Vec<String> {
    let mut readings = vec![name.concat()];
    readings.extend(name.iter().rev().cloned());
    readings.dedup();
    readings
}

/// The fields that the heading of a column may mean, at most one of each table.
fn places<'a>(headings: &'a Headings, name: &Name) -> &'a [(usize, usize)] {
    readings(name).iter().map(|text| headings.find(text)).find(|places| !places.is_empty()).unwrap_or(&[])
}

/// The rows that name most columns of one table; more rows only where they name more. Without a word from anyone at least
/// two columns must be named, and half of the row, so that a sheet of notes is not taken for a table.
fn best_row(edition: &Edition, headings: &Headings, names: (&str, &str), head: &Head, told: bool) -> Option<Found> {
    let mut best: Option<(usize, u8, Found)> = None; // columns, how it is named
    let candidates = (1..=HEADING_ROWS).flat_map(|rows| (0..head.len()).map(move |row| (row, rows)));
    for (row, rows) in candidates {
        let Some(cells) = joined(head, row, rows) else { continue };
        let mut named: Vec<HashSet<usize>> = vec![HashSet::new(); edition.tables.len()];
        let mut filled = 0;
        for name in cells.iter().filter(|name| !name.is_empty() && !name.iter().any(|text| own(text).is_some())) {
            filled += 1;
            for &(table, field) in places(headings, name) {
                named[table].insert(field);
            }
        }
        for (table, fields) in named.iter().enumerate().filter(|(_, fields)| !fields.is_empty()) {
            let count = fields.len();
            if !told && (count < 2 || count * 2 < filled) {
                continue;
            }
            let by_name = named_so(names, &edition.tables[table]);
            match &mut best {
                Some((most, named_so, found)) if (count, by_name) <= (*most, *named_so) => {
                    let same = (count, by_name) == (*most, *named_so) && (found.row, found.rows) == (row, rows);
                    if same && found.table != table {
                        found.other = Some(table);
                    }
                }
                // How a sheet is named says nothing about how many rows its headings take.
                Some((most, _, found)) if rows > found.rows && count <= *most => {}
                _ => best = Some((count, by_name, Found { row, rows, table, other: None })),
            }
        }
    }
    best.map(|(_, _, found)| found)
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
    names: &[Name],
    correction: Option<&Correction>,
) {
    let mut taken = HashSet::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let at = at as u32;
        let text = name.join(" ");
        let said = correction.and_then(|c| c.columns.get(&text));
        let column = match said {
            Some(column) => table.field(column).filter(|f| !f.is_system()),
            None => places(headings, name).iter().find(|(t, _)| *t == position).map(|(_, f)| &table.fields[*f]),
        };
        if let (None, None, Some(own)) = (said, column, name.iter().find_map(|text| own(text))) {
            match own {
                Own::Mark => _ = reading.mark.get_or_insert(at),
                Own::Ignored => reading.ignored.push(at),
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
        reading.headings.push(Heading { position: at, text, column });
    }
    let missing = table.filled_fields().filter(|f| f.required && !taken.contains(&f.column));
    reading.missing_required = missing.map(|f| f.column.clone()).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(rows: &[&[&str]]) -> Head {
        (0..).zip(rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect())).collect()
    }

    fn names(rows: &[&[&str]]) -> Vec<String> {
        joined(&head(rows), 0, rows.len()).unwrap().iter().map(|name| name.join("/")).collect()
    }

    #[test]
    fn a_group_reaches_over_the_headings_below_it() {
        let table: [(&[&[&str]], &[&str]); 4] = [
            (
                &[&["学号", "指导教师", "", "", "成绩"], &["", "工号", "姓名", "电话"]],
                &["学号", "指导教师/工号", "指导教师/姓名", "指导教师/电话", "成绩"],
            ),
            // Merged cells as some programs write them: the text in every cell.
            (&[&["学号", "教师", "教师"], &["学号", "工号", "姓名"]], &["学号", "教师/工号", "教师/姓名"]),
            (
                &[&["甲", "", "", ""], &["乙", "", "丙", ""], &["1", "2", "3", "4"]],
                &["甲/乙/1", "甲/乙/2", "甲/丙/3", "甲/丙/4"],
            ),
            (&[&["学号", "姓名"]], &["学号", "姓名"]),
        ];
        for (rows, expected) in table {
            assert_eq!(names(rows), expected);
        }
        let mut apart = head(&[&["学号"], &["姓名"]]);
        apart[1].0 = 5;
        assert_eq!(joined(&apart, 0, 2), None, "a blank row parts them");
    }
}
