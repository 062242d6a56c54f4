//! One function for each table that makes its rows from the model of the school. There is one file for each 数据子集, or a
//! folder where a subset has many tables.
//!
//! A generator is a plain function that adds rows to a [`TableBuilder`](crate::table_builder::TableBuilder). It is
//! found by the physical name of the table, which the editions of one level share. The tables of secondary schools have
//! other names; [`secondary::SHARED`] says which of them a generator of the college fills. A table without a generator
//! stays empty.

mod abroad;
mod assets;
mod collected_tables;
mod generator;
mod overview;
mod partners;
mod party;
mod portraits;
mod research;
pub mod secondary;
mod services;
mod staff;
mod students;
mod teaching;

use generator::{Generators, RowGenerator};

/// The function that fills a table, with the columns that the table names differently.
pub struct TableGenerator {
    /// Makes the rows of the table.
    pub generate: RowGenerator,
    /// Pairs (column of the table, column that the generator names) for columns whose names differ.
    pub renamed_columns: &'static [(&'static str, &'static str)],
}

/// The generator of the table with this physical name, or `None` when the table stays empty.
pub fn generator_of(table: &str) -> Option<TableGenerator> {
    let (name, renamed_columns) = match secondary::SHARED.into_iter().find(|(own, ..)| *own == table) {
        Some((_, shared, columns)) => (shared, columns),
        None => (table, &[] as &[_]),
    };
    let all: [Generators; 11] = [
        overview::GENERATORS,
        teaching::GENERATORS,
        staff::GENERATORS,
        students::GENERATORS,
        party::GENERATORS,
        assets::GENERATORS,
        research::GENERATORS,
        services::GENERATORS,
        partners::GENERATORS,
        abroad::GENERATORS,
        secondary::GENERATORS,
    ];
    let found = all.into_iter().flatten().find(|(own, _)| *own == name);
    found.map(|&(_, generate)| TableGenerator { generate, renamed_columns })
}
