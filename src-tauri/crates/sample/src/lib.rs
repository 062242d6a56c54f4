//! The sample college 示例职业技术学院: an invented school with records for every table of an edition, so that the program can
//! be tried without the data of real people. The editions for secondary schools get the records of a second invented
//! school, 示例中等职业学校.
//!
//! Every person, company and number is invented, and the records are the same on each machine, because they depend
//! neither on the clock nor on a random source of the system. [`school`] holds one model of the school (units, majors,
//! classes, students, staff, courses, rooms ...). The files under [`tables`] make the records of each table from this
//! model, one file for each 数据子集. Records of different tables agree with each other because all of them come from the
//! same model.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `school` | the model of the school |
//! | `tables` | for each table, the function that makes its rows |
//! | `departments` | which department is responsible for which table |
//! | `table_builder` | writes values into the columns of one edition's table |
//! | `calendar` | the dates of the autumn term of 2026 |
//! | `random`, `names`, `numbers` | repeatable random choices, names of people, numbers with check digits |
//!
//! Two things are left empty on purpose: the three system columns, which the draft book fills, and tables for which
//! there is no function in `tables`.

mod calendar;
pub mod damage;
mod departments;
mod names;
mod numbers;
mod random;
mod school;
mod table_builder;
mod tables;
pub mod unusual;

use standard::Edition;
use standard::cell::Values;

pub use school::kind::SampleCollege;

use school::School;
use table_builder::TableBuilder;

/// The school whose records fill an edition: the secondary school for editions of level 中职, the college for all others.
pub fn college(edition: &Edition) -> SampleCollege {
    School::of(&edition.level).kind.identity.clone()
}

/// The departments of the school, each with the names of the tables that it is responsible for. Every table of the
/// edition belongs to exactly one department.
pub fn departments(edition: &Edition) -> Vec<(String, Vec<String>)> {
    departments::departments(edition)
}

/// The records of one table, in the order in which the school would list them. The result is empty when the edition
/// lacks the table or when this crate has no function for it. The system columns are empty.
pub fn rows(edition: &Edition, table: &str) -> Vec<Values> {
    edition.table(table).map(|table| build(edition, table).rows).unwrap_or_default()
}

/// The name of every table of the edition with its records.
pub fn tables(edition: &Edition) -> impl Iterator<Item = (&str, Vec<Values>)> {
    edition.tables.iter().map(|table| (table.name.as_str(), build(edition, table).rows))
}

fn build<'e>(edition: &'e Edition, table: &'e standard::Table) -> TableBuilder<'e> {
    let mut builder = TableBuilder::new(edition, table);
    if let Some(found) = tables::generator_of(&table.name) {
        builder.renamed_columns = found.renamed_columns;
        (found.generate)(School::of(&edition.level), &mut builder);
    }
    builder
}

#[cfg(test)]
mod tests;
