//! The sample college 示例职业技术学院: a whole invented school, to try the program on without any real person's data.
//!
//! Everybody and everything in it is invented, and it is the same on each machine: no clock, no randomness. One
//! [`world`] holds the school itself (departments, majors, classes, students, staff, courses, rooms ...); the files
//! under [`tables`] lay it out as records of a standard's tables, one file per subset. So records refer to each other
//! rightly because they speak of the same school.
//!
//! Left out: the three system columns (the book fills them), and every table that an edition does not have.

use standard::{Edition, cell::Values};

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
}

/// The college.
pub fn college() -> SampleCollege {
    SampleCollege { code: "4132099999", name: "示例职业技术学院", region: "320211", period: "2026-2027-1" }
}

/// Departments of the college with the tables each answers for; every table of the edition stands in exactly one.
pub fn departments(edition: &Edition) -> Vec<(String, Vec<String>)> {
    let _ = edition;
    Vec::new()
}

/// Records of one table, in the order in which the school would list them; empty for a table the college does not know.
/// The system columns are empty.
pub fn rows(edition: &Edition, table: &str) -> Vec<Values> {
    let _ = (edition, table);
    Vec::new()
}

/// Every table of the edition with its records.
pub fn tables(edition: &Edition) -> impl Iterator<Item = (&str, Vec<Values>)> {
    edition.tables.iter().map(|table| (table.name.as_str(), rows(edition, &table.name)))
}
