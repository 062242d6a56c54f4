//! The tables of the book itself, one file each, and the migrations that add what an older file lacks.
//!
//! A migration only adds: a table, a column, an index. So no value that a clerk typed is lost by
//! an update of the program or of the edition's data.

pub(crate) mod acceptance;
pub(crate) mod answer;
pub(crate) mod audit;
pub(crate) mod batch;
pub(crate) mod batch_row;
pub(crate) mod catalog;
pub(crate) mod change;
pub(crate) mod change_of_import;
pub(crate) mod delivery;
pub(crate) mod edition_move;
pub(crate) mod explanation;
pub(crate) mod finding;
pub(crate) mod fixed_key;
pub(crate) mod metadata;
pub(crate) mod period_state;
pub(crate) mod proposal;
pub(crate) mod proposal_cell;
pub(crate) mod proposal_pack;
pub(crate) mod proposal_row;
pub(crate) mod proposal_sheet;
pub(crate) mod repeat;
pub(crate) mod request;
pub(crate) mod set_aside;
pub(crate) mod setting;
pub(crate) mod sign_off;
pub(crate) mod step;
pub(crate) mod tally;
pub(crate) mod unchecked;
pub(crate) mod waiting_rule;

use rusqlite::Connection;

use crate::StoreError;

/// The newest book format that this program knows.
pub const FORMAT: i64 = 15;

/// SQL that adds something to a table of the book, and the format that has it.
type Migration = (i64, &'static str);

/// The tables of the book: what each format added to them.
const TABLES: &[&[Migration]] = &[
    metadata::MIGRATIONS,
    catalog::MIGRATIONS,
    setting::MIGRATIONS,
    step::MIGRATIONS,
    change::MIGRATIONS,
    change_of_import::MIGRATIONS,
    finding::MIGRATIONS,
    explanation::MIGRATIONS,
    answer::MIGRATIONS,
    batch::MIGRATIONS,
    delivery::MIGRATIONS,
    batch_row::MIGRATIONS,
    acceptance::MIGRATIONS,
    fixed_key::MIGRATIONS,
    repeat::MIGRATIONS,
    edition_move::MIGRATIONS,
    set_aside::MIGRATIONS,
    proposal::MIGRATIONS,
    proposal_sheet::MIGRATIONS,
    proposal_row::MIGRATIONS,
    proposal_cell::MIGRATIONS,
    proposal_pack::MIGRATIONS,
    tally::MIGRATIONS,
    sign_off::MIGRATIONS,
    waiting_rule::MIGRATIONS,
    unchecked::MIGRATIONS,
    period_state::MIGRATIONS,
    audit::MIGRATIONS,
    request::MIGRATIONS,
];

/// Brings the book's own tables from `format` to [`FORMAT`], inside the caller's transaction.
pub(crate) fn migrate(connection: &Connection, format: i64) -> Result<(), StoreError> {
    run_migrations(connection, format, FORMAT, TABLES)
}

fn run_migrations(connection: &Connection, from: i64, to: i64, tables: &[&[Migration]]) -> Result<(), StoreError> {
    for format in from + 1..=to {
        for (_, sql) in tables.iter().copied().flatten().filter(|(reached, _)| *reached == format) {
            connection.execute_batch(sql)?;
        }
        connection.pragma_update(None, "user_version", format)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_run_from_where_the_file_stands() {
        let tables: &[&[Migration]] =
            &[&[(1, "CREATE TABLE a (x);"), (3, "CREATE TABLE c (x);")], &[(2, "CREATE TABLE b (x);")]];
        let check = |format: i64, expect: &[&str]| {
            let connection = Connection::open_in_memory().unwrap();
            run_migrations(&connection, format, 3, tables).unwrap();
            let tables: Vec<String> = connection
                .prepare("SELECT name FROM sqlite_master ORDER BY name")
                .unwrap()
                .query_map([], |r| r.get(0))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            assert_eq!(tables, expect);
            let version: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
            assert_eq!(version, if expect.is_empty() { 0 } else { 3 });
        };
        check(0, &["a", "b", "c"]);
        check(2, &["c"]);
        check(3, &[]);
    }

    #[test]
    fn the_newest_migration_reaches_the_format() {
        assert_eq!(TABLES.iter().copied().flatten().map(|(reached, _)| *reached).max(), Some(FORMAT));
        assert!(TABLES.iter().all(|table| !table.is_empty() && table.is_sorted_by(|a, b| a.0 < b.0)));
    }
}
