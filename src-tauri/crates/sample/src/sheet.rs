//! One table being written: values of the world laid under the columns of an edition.
//!
//! A plan says `("SXKSRQ", &start)`; the field decides the form (a date as `YYYYMMDD`, `YYYYMM` or `YYYY`, the separator
//! of several codes, the decimals of an amount). So one plan serves editions that print a column differently. A column
//! that the table lacks is left out and remembered in [`Sheet::unknown`]: a test holds that this list is empty for the
//! edition the plans were written for.

use jiff::civil::{Date, DateTime};
use standard::cell::Values;
use standard::{Edition, Field, Kind, Table};

/// A table under construction.
pub struct Sheet<'e> {
    edition: &'e Edition,
    table: &'e Table,
    /// Columns of the table beside those of the plan, where they have other names.
    pub columns: &'static [(&'static str, &'static str)],
    /// Records so far.
    pub rows: Vec<Values>,
    /// Columns that a plan named and the table lacks.
    pub unknown: Vec<&'static str>,
}

impl<'e> Sheet<'e> {
    /// An empty sheet for a table.
    pub fn new(edition: &'e Edition, table: &'e Table) -> Self {
        Sheet { edition, table, columns: &[], rows: Vec::new(), unknown: Vec::new() }
    }

    /// The code of a list that has one of these names: editions give one meaning different codes.
    pub fn code(&self, list: &str, names: &[&str]) -> Option<&'e str> {
        let list = self.edition.code_list(list)?;
        names.iter().find_map(|name| list.codes.iter().find(|code| code.name == *name)).map(|code| code.code.as_str())
    }

    /// Whether the table has a column of the plan.
    pub fn has(&self, column: &str) -> bool {
        self.place(column).is_some()
    }

    /// Whether the table demands a value in a column of the plan.
    pub fn requires(&self, column: &str) -> bool {
        self.place(column).is_some_and(|at| self.table.fields[at].required)
    }

    /// Where the table has a column of the plan.
    fn place(&self, column: &str) -> Option<usize> {
        let renamed = self.columns.iter().find(|(_, plan)| *plan == column);
        self.table.position(renamed.map_or(column, |(own, _)| own))
    }

    /// Adds a record. Columns that are not named stay empty.
    pub fn row(&mut self, cells: &[(&'static str, &dyn Cell)]) {
        let mut values = vec![String::new(); self.table.fields.len()];
        for (column, cell) in cells {
            match self.place(column) {
                Some(at) => values[at] = self.known(&self.table.fields[at], cell.text(&self.table.fields[at])),
                None if self.unknown.contains(column) => {}
                None => self.unknown.push(column),
            }
        }
        self.rows.push(values);
    }
}

impl Sheet<'_> {
    /// A text, or, where an older edition lacks the code, its code for 其他; where it has none, its first code if there
    /// must be one.
    fn known(&self, field: &Field, text: String) -> String {
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

/// Something that can stand in a cell.
pub trait Cell {
    /// Its text, in the form that the field asks for.
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

/// 是 or 否.
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

/// A number with decimals, as an integer of its smallest unit: prices and marks are never floating point.
#[derive(Debug, Clone, Copy)]
pub struct Fixed {
    units: i64,
    decimals: u32,
}

/// Tenths: marks, credits, years.
pub fn tenths(units: i64) -> Fixed {
    Fixed { units, decimals: 1 }
}

/// Hundredths: percentages, and amounts in fen.
pub fn hundredths(units: i64) -> Fixed {
    Fixed { units, decimals: 2 }
}

/// Whole yuan.
pub fn yuan(units: i64) -> Fixed {
    hundredths(units * 100)
}

impl Cell for Fixed {
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

/// Several codes in one field.
pub struct Codes<'a>(pub &'a [&'a str]);

impl Cell for Codes<'_> {
    fn text(&self, field: &Field) -> String {
        self.0.join(field.separator.as_deref().unwrap_or(","))
    }
}
