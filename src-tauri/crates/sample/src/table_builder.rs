//! Builds the rows of one table: writes values of the school into the columns of an edition.
//!
//! A generator gives a value by column name, such as `("SXKSRQ", &start)`; the field decides the text form (a date as
//! `YYYYMMDD`, `YYYYMM` or `YYYY`, the separator between several codes, the decimals of an amount). So one generator
//! serves editions that print a column in different forms. A column that the table lacks is skipped and noted in
//! [`TableBuilder::unknown`]; a test holds that every column that a generator names exists in at least one edition.

use jiff::civil::{Date, DateTime};
use standard::cell::Values;
use standard::{Edition, Field, Kind, Table};

/// The rows of one table while they are made.
pub struct TableBuilder<'e> {
    edition: &'e Edition,
    table: &'e Table,
    /// Pairs (column of this table, column that the generator names) for columns whose names differ.
    pub renamed_columns: &'static [(&'static str, &'static str)],
    /// The rows so far, each with one value for every field of the table.
    pub rows: Vec<Values>,
    /// Columns that a generator named and the table lacks, each once.
    pub unknown: Vec<&'static str>,
}

impl<'e> TableBuilder<'e> {
    /// A builder without rows and without renamed columns.
    pub fn new(edition: &'e Edition, table: &'e Table) -> Self {
        TableBuilder { edition, table, renamed_columns: &[], rows: Vec::new(), unknown: Vec::new() }
    }

    /// The code in the code list `list` whose name is the first of `names` that the list has. Generators ask by name
    /// where editions give different codes to one meaning.
    pub fn code(&self, list: &str, names: &[&str]) -> Option<&'e str> {
        let list = self.edition.code_list(list)?;
        names.iter().find_map(|name| list.codes.iter().find(|code| code.name == *name)).map(|code| code.code.as_str())
    }

    /// Whether the table has a column that the generator names.
    pub fn has(&self, column: &str) -> bool {
        self.position(column).is_some()
    }

    /// Whether the table requires a value in a column that the generator names.
    pub fn requires(&self, column: &str) -> bool {
        self.position(column).is_some_and(|at| self.table.fields[at].required)
    }

    /// The index of the field for a column that the generator names.
    fn position(&self, column: &str) -> Option<usize> {
        let renamed = self.renamed_columns.iter().find(|(_, named)| *named == column);
        self.table.position(renamed.map_or(column, |(own, _)| own))
    }

    /// Adds one row. Columns that `cells` does not name stay empty.
    pub fn add_row(&mut self, cells: &[(&'static str, &dyn Cell)]) {
        let mut values = vec![String::new(); self.table.fields.len()];
        for (column, cell) in cells {
            match self.position(column) {
                Some(at) => values[at] = self.permitted(&self.table.fields[at], cell.text(&self.table.fields[at])),
                None if self.unknown.contains(column) => {}
                None => self.unknown.push(column),
            }
        }
        self.rows.push(values);
    }
}

impl TableBuilder<'_> {
    /// The text as it is, unless it is a code that the code list of the field lacks (older editions have fewer codes).
    /// Then the code of the list for 其他 replaces it, or, when there is none, the first code of the list if the field is
    /// required and nothing if it is optional.
    fn permitted(&self, field: &Field, text: String) -> String {
        let list = field.code_list.as_deref().and_then(|list| self.edition.code_list(list));
        match list {
            Some(list) if field.kind == Kind::Code && !text.is_empty() && list.get(&text).is_none() => {
                let first = list.codes.first().filter(|_| field.required).map(|code| code.code.as_str());
                self.code(&list.id, &["其他"]).or(first).unwrap_or_default().to_owned()
            }
            _ => text,
        }
    }
}

/// A value that a generator can write into a cell.
pub trait Cell {
    /// The text of the value in the form that the field prescribes.
    fn text(&self, field: &Field) -> String;
}

impl Cell for str {
    fn text(&self, _: &Field) -> String {
        self.to_owned()
    }
}

impl Cell for String {
    fn text(&self, _: &Field) -> String {
        self.clone()
    }
}

impl<T: Cell + ?Sized> Cell for &T {
    fn text(&self, field: &Field) -> String {
        (**self).text(field)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn text(&self, field: &Field) -> String {
        self.as_ref().map(|cell| cell.text(field)).unwrap_or_default()
    }
}

/// The code of 是 (`1`) or 否 (`0`).
impl Cell for bool {
    fn text(&self, _: &Field) -> String {
        if *self { "1" } else { "0" }.to_owned()
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => { $(impl Cell for $kind {
        fn text(&self, _: &Field) -> String {
            self.to_string()
        }
    })* };
}
whole_numbers!(i64, usize);

impl Cell for Date {
    fn text(&self, field: &Field) -> String {
        let (year, month, day) = (self.year(), self.month(), self.day());
        match field.kind {
            Kind::Year => format!("{year:04}"),
            Kind::YearMonth => format!("{year:04}{month:02}"),
            Kind::DateTime => format!("{year:04}{month:02}{day:02} 000000"),
            _ => format!("{year:04}{month:02}{day:02}"),
        }
    }
}

impl Cell for DateTime {
    fn text(&self, field: &Field) -> String {
        let time = format!("{:02}{:02}{:02}", self.hour(), self.minute(), self.second());
        match field.kind {
            Kind::Time => time,
            Kind::DateTime => format!("{:04}{:02}{:02} {time}", self.year(), self.month(), self.day()),
            _ => self.date().text(field),
        }
    }
}

/// A number with decimals, held as a whole number of its smallest unit, because floating point would round prices and
/// marks.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    units: i64,
    decimals: u32,
}

/// A number of tenths, as marks, credits and years are given.
pub fn tenths(units: i64) -> Decimal {
    Decimal { units, decimals: 1 }
}

/// A number of hundredths, as percentages are given, or an amount in fen.
pub fn hundredths(units: i64) -> Decimal {
    Decimal { units, decimals: 2 }
}

/// An amount in whole yuan, written with two decimals.
pub fn yuan(units: i64) -> Decimal {
    hundredths(units * 100)
}

impl Cell for Decimal {
    fn text(&self, field: &Field) -> String {
        let scale = if field.kind == Kind::Integer { Some(0) } else { field.scale };
        let decimals = self.decimals.min(scale.unwrap_or(self.decimals));
        let units = self.units / 10_i64.pow(self.decimals - decimals);
        let one = 10_i64.pow(decimals);
        match decimals {
            0 => units.to_string(),
            _ => format!("{}.{:0width$}", units / one, units % one, width = decimals as usize),
        }
    }
}

/// Several codes in one cell, joined with the separator of the field.
pub struct Codes<'a>(pub &'a [&'a str]);

impl Cell for Codes<'_> {
    fn text(&self, field: &Field) -> String {
        self.0.join(field.separator.as_deref().unwrap_or(","))
    }
}
