//! Finds the records that many rows of a file are about with a few SQL statements.

use std::collections::HashMap;

use rusqlite::Connection;
use standard::field::KEY_COLUMN;

use crate::StoreError;
use crate::book::handle::Book;
use crate::records::stored::{self, Record};
use crate::records::table_sql::TableSql;
use crate::sql::{json_texts, quoted};

/// What to look for in one query.
#[derive(Debug, Default)]
pub struct Asked {
    /// Record keys.
    pub keys: Vec<String>,
    /// Record keys that follow from natural keys.
    pub naturals: Vec<String>,
    /// Numbers of records.
    pub rows: Vec<i64>,
}

/// The records that were found.
#[derive(Debug, Default)]
pub struct Known {
    keys: HashMap<String, i64>,
    naturals: HashMap<String, Vec<i64>>,
    records: HashMap<i64, Record>,
}

impl Known {
    /// The record with this record key: of the period, or where it has none of any other.
    pub fn by_key(&self, key: &str) -> Option<i64> {
        self.keys.get(key).copied()
    }

    /// The records of the period whose natural key gives this record key, in the order of [`Book::find_by_natural`].
    pub fn by_natural(&self, natural: &str) -> &[i64] {
        self.naturals.get(natural).map_or(&[], Vec::as_slice)
    }

    /// A record that was asked for by its number or found by a key.
    pub fn record(&self, row: i64) -> Option<&Record> {
        self.records.get(&row)
    }
}

impl Book {
    /// Finds records of a table, in one snapshot. The period counts in periodic tables only.
    pub fn known(&self, table: &str, period: &str, asked: &Asked) -> Result<Known, StoreError> {
        let table_sql = self.table_sql(table)?;
        let period = table_sql.period(period);
        self.read(|connection| {
            let mut known = Known::default();
            for (key, row) in with_keys(connection, table_sql, period, &asked.keys)? {
                known.keys.entry(key).or_insert(row);
            }
            for (natural, row) in with_naturals(connection, table_sql, period, &asked.naturals)? {
                known.naturals.entry(natural).or_default().push(row);
            }
            let found = known.keys.values().chain(known.naturals.values().flatten()).chain(&asked.rows);
            for row in found {
                if !known.records.contains_key(row)
                    && let Some(stored) = stored::get(connection, table_sql, *row)?
                {
                    known.records.insert(*row, stored.record);
                }
            }
            Ok(known)
        })
    }
}

type Found = Vec<(String, i64)>;

fn with_keys(
    connection: &Connection,
    table_sql: &TableSql,
    period: &str,
    keys: &[String],
) -> Result<Found, StoreError> {
    let sql = format!(
        "SELECT {key} AS key, _row FROM {} WHERE {key} IN (SELECT value FROM json_each(?1))
         ORDER BY _period <> ?2, _period, _place, _row",
        table_sql.quoted_name,
        key = quoted(KEY_COLUMN)
    );
    pairs(connection, &sql, keys, period)
}

fn with_naturals(
    connection: &Connection,
    table_sql: &TableSql,
    period: &str,
    naturals: &[String],
) -> Result<Found, StoreError> {
    let sql = format!(
        "SELECT _natural AS key, _row FROM {} WHERE _natural IN (SELECT value FROM json_each(?1)) AND _period = ?2
         ORDER BY _ordinal = 0, _ordinal, _place, _row",
        table_sql.quoted_name
    );
    pairs(connection, &sql, naturals, period)
}

fn pairs(connection: &Connection, sql: &str, keys: &[String], period: &str) -> Result<Found, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map((json_texts(keys), period), |r| Ok((r.get("key")?, r.get("_row")?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, SCHOOL, edition, insert, insert_after, values};
    use standard::key::record_key;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn many_records_are_found_as_one_by_one() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", ""].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        fixture.apply(1, &[insert_after(COURSE, &[("KCH", "b ")], Some(1))]);
        let edition = edition();
        let table = edition.table(COURSE).unwrap();
        let natural = |number: &str| record_key(table, SCHOOL, PERIOD, &values(table, &[("KCH", number)])).unwrap();
        let key = fixture.get(COURSE, 1).unwrap().unwrap().key;
        let naturals = vec![natural("b"), natural("c"), natural("a"), natural("b")];
        let asked = Asked { keys: vec![key.clone(), "nix".into()], naturals, rows: vec![3, 9] };
        let known = fixture.known(COURSE, PERIOD, &asked).unwrap();
        assert_eq!((known.by_key(&key), known.by_key("nix")), (Some(1), None));
        for number in ["a", "b", "c"] {
            let one = fixture.find_by_natural(COURSE, PERIOD, &values(table, &[("KCH", number)])).unwrap();
            assert_eq!(known.by_natural(&natural(number)), one, "{number}");
        }
        for row in [1, 2, 3, 4, 9] {
            assert_eq!(known.record(row), fixture.get(COURSE, row).unwrap().as_ref(), "{row}");
        }
    }
}
