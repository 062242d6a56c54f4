//! The sample college 示例职业技术学院: a whole invented school, to try the program on without any real person's data. The
//! editions for secondary schools are filled by another one, 示例中等职业学校.
//!
//! Everybody and everything in it is invented, and it is the same on each machine: no clock, no randomness. One
//! `world` holds the school itself (departments, majors, classes, students, staff, courses, rooms ...); the files
//! under `tables` lay it out as records of a standard's tables, one file per subset. So records refer to each other
//! rightly because they speak of the same school.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `world` | the school |
//! | `tables` | which table says what of it |
//! | `offices` | which department answers for which table |
//! | `sheet` | values laid under the columns of an edition |
//! | `calendar` | the autumn term of 2026 |
//! | `dice`, `names`, `numbers` | chance, names and numbers, all repeatable |
//!
//! Left out: the three system columns (the book fills them), and every table that the college has no plan for.

mod calendar;
mod dice;
mod names;
mod numbers;
mod offices;
mod sheet;
mod tables;
mod world;

use standard::Edition;
use standard::cell::Values;

use sheet::Sheet;

/// Who the sample college is, as a new book asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCollege {
    /// 10-digit school code: well formed, with a serial that no school has.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Six-digit region code.
    pub region: &'static str,
    /// Period that its records speak for.
    pub period: &'static str,
    /// Last day of its term, `YYYY-MM-DD`.
    pub term_end: &'static str,
}

/// The school that fills an edition: a college, or a secondary school.
pub fn college(edition: &Edition) -> SampleCollege {
    world::World::of(&edition.level).kind.school.clone()
}

/// Departments of the college with the tables each answers for; every table of the edition stands in exactly one.
pub fn departments(edition: &Edition) -> Vec<(String, Vec<String>)> {
    offices::departments(edition)
}

/// Records of one table, in the order in which the school would list them; empty for a table that the edition lacks or
/// that the college has no plan for. The system columns are empty.
pub fn rows(edition: &Edition, table: &str) -> Vec<Values> {
    edition.table(table).map(|table| sheet_of(edition, table).rows).unwrap_or_default()
}

/// Every table of the edition with its records.
pub fn tables(edition: &Edition) -> impl Iterator<Item = (&str, Vec<Values>)> {
    edition.tables.iter().map(|table| (table.name.as_str(), sheet_of(edition, table).rows))
}

fn sheet_of<'e>(edition: &'e Edition, table: &'e standard::Table) -> Sheet<'e> {
    let mut sheet = Sheet::new(edition, table);
    if let Some(filling) = tables::filling(&table.name) {
        sheet.columns = filling.columns;
        (filling.plan)(world::World::of(&edition.level), &mut sheet);
    }
    sheet
}

#[cfg(test)]
mod tests;
