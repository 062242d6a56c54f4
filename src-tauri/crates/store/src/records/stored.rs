//! Reading single records, and all records of a table one after another.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, Row};
use standard::cell::Values;
use standard::field::KEY_COLUMN;
use standard::key::record_key;

use crate::StoreError;
use crate::book::handle::Book;
use crate::records::table_sql::TableSql;
use crate::sql::quoted;
use crate::tables::metadata;

/// One record of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number in the table; never used again after a deletion.
    pub row: i64,
    /// The period it belongs to; empty in tables without periods.
    pub period: String,
    /// Number of the step that changed it last.
    pub changed: i64,
    /// Whether its record key is fixed for life, because it has left the book in a batch.
    pub key_fixed: bool,
    /// Its record key; empty while its natural key is all empty.
    pub key: String,
    /// Values in the order of [`standard::Table::fields`], the system columns included; an empty cell is `""`.
    pub values: Values,
}

/// A record with its ordering key, as it is read from [`TableSql::columns`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredRecord {
    pub record: Record,
    pub ordering_key: f64,
}

/// Reads the columns of [`TableSql::columns`], from the first.
pub(crate) fn read(table_sql: &TableSql, row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    let mut values = Vec::with_capacity(table_sql.table().fields.len());
    for at in 0..table_sql.table().fields.len() {
        values.push(row.get_ref(at + 5)?.as_str_or_null()?.unwrap_or("").to_owned());
    }
    let key = table_sql.key_at.map(|at| values[at].clone()).unwrap_or_default();
    Ok(StoredRecord {
        ordering_key: row.get(2)?,
        record: Record {
            row: row.get(0)?,
            period: row.get(1)?,
            changed: row.get(3)?,
            key_fixed: row.get(4)?,
            key,
            values,
        },
    })
}

/// The record of this number.
pub(crate) fn get(connection: &Connection, table_sql: &TableSql, row: i64) -> Result<Option<StoredRecord>, StoreError> {
    Ok(connection.prepare_cached(&table_sql.select)?.query_row([row], |r| read(table_sql, r)).optional()?)
}

/// The records of these numbers, in this order; those that are gone are ignored.
pub(crate) fn records(connection: &Connection, table_sql: &TableSql, rows: &[i64]) -> Result<Vec<Record>, StoreError> {
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        records.extend(get(connection, table_sql, *row)?.map(|stored| stored.record));
    }
    Ok(records)
}

/// The natural record key of the record of this number, as the table has it.
pub(crate) fn natural(connection: &Connection, table_sql: &TableSql, row: i64) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT _natural AS natural FROM {} WHERE _row = ?1", table_sql.quoted_name);
    Ok(connection.prepare_cached(&sql)?.query_row([row], |r| r.get("natural")).optional()?.flatten())
}

impl Book {
    /// The record of this number.
    pub fn get(&self, table: &str, row: i64) -> Result<Option<Record>, StoreError> {
        let table_sql = self.table_sql(table)?;
        self.read(|connection| Ok(get(connection, table_sql, row)?.map(|stored| stored.record)))
    }

    /// The records of these numbers, in the order asked; absent where there is none of that number. Reads one snapshot.
    pub fn get_many(&self, table: &str, rows: &[i64]) -> Result<Vec<Option<Record>>, StoreError> {
        let table_sql = self.table_sql(table)?;
        self.read(|connection| {
            let record = |row: &i64| Ok(get(connection, table_sql, *row)?.map(|stored| stored.record));
            rows.iter().map(record).collect()
        })
    }

    /// The first record with this record key, in the order of the table: of the period, or where it has none of any
    /// other.
    pub fn find_by_key(&self, table: &str, period: &str, key: &str) -> Result<Option<i64>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT _row FROM {} WHERE {} = ?1 ORDER BY _period <> ?2, _period, _place, _row LIMIT 1",
            table_sql.quoted_name,
            quoted(KEY_COLUMN)
        );
        let period = table_sql.period(period);
        self.read(|connection| {
            Ok(connection.prepare_cached(&sql)?.query_row([key, period], |r| r.get(0)).optional()?)
        })
    }

    /// The records of the period whose natural key is that of `values` (trimmed; in the order of the fields), in the
    /// order of their ordinals, then in that of the table. The period counts in periodic tables only. Empty where the
    /// natural key of `values` is all empty.
    pub fn find_by_natural(&self, table: &str, period: &str, values: &[String]) -> Result<Vec<i64>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT _row FROM {} WHERE _natural = ?1 AND _period = ?2 ORDER BY _ordinal = 0, _ordinal, _place, _row",
            table_sql.quoted_name
        );
        self.read(|connection| {
            let school = metadata::get(connection, metadata::SCHOOL)?;
            let period = table_sql.period(period);
            let Some(natural) = record_key(table_sql.table(), &school, period, values) else {
                return Ok(Vec::new());
            };
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map([natural.as_str(), period], |r| r.get(0))?.collect::<Result<_, _>>()?;
            Ok(rows)
        })
    }

    /// The records of the period without a natural key, because all of its columns are empty, in the order of the
    /// table.
    pub fn find_keyless(&self, table: &str, period: &str) -> Result<Vec<i64>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT _row FROM {} WHERE _natural IS NULL AND _period = ?1 ORDER BY _place, _row",
            table_sql.quoted_name
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map([table_sql.period(period)], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Hands every record of the table to `each`, in order, until it breaks. The period counts in periodic tables
    /// only. Reads one snapshot: changes made meanwhile are not seen.
    pub fn stream(
        &self,
        table: &str,
        period: &str,
        mut each: impl FnMut(Record) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT {} FROM {} t WHERE t._period = ?1 ORDER BY t._place, t._row",
            table_sql.columns, table_sql.quoted_name
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([table_sql.period(period)])?;
            while let Some(row) = rows.next()? {
                if each(read(table_sql, row)?.record).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// Hands every record of a table to `each`, of all periods, by number, until it breaks. Reads one snapshot.
    pub fn stream_all(&self, table: &str, mut each: impl FnMut(&Record) -> ControlFlow<()>) -> Result<(), StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!("SELECT {} FROM {} t ORDER BY t._row", table_sql.columns, table_sql.quoted_name);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if each(&read(table_sql, row)?.record).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The periods that records of the table belong to; empty where they belong to none.
    pub fn periods(&self, table: &str) -> Result<Vec<String>, StoreError> {
        let sql = format!("SELECT DISTINCT _period FROM {} ORDER BY _period", self.table_sql(table)?.quoted_name);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let periods = statement.query_map([], |r| r.get(0))?;
            Ok(periods.collect::<Result<_, _>>()?)
        })
    }

    /// How many records the table has, of all periods.
    pub fn count_all(&self, table: &str) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM {}", self.table_sql(table)?.quoted_name);
        self.read(|connection| Ok(connection.prepare_cached(&sql)?.query_row([], |r| r.get(0))?))
    }

    /// How many records the table has. The period counts in periodic tables only.
    pub fn count(&self, table: &str, period: &str) -> Result<u64, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!("SELECT count(*) FROM {} WHERE _period = ?1", table_sql.quoted_name);
        self.read(|connection| {
            Ok(connection.prepare_cached(&sql)?.query_row([table_sql.period(period)], |r| r.get(0))?)
        })
    }

    /// How many required cells of the table's records are filled, and how many there are. System columns do not
    /// count. The period counts in periodic tables only.
    pub fn required_cells(&self, table: &str, period: &str) -> Result<(u64, u64), StoreError> {
        let table_sql = self.table_sql(table)?;
        let required: Vec<String> =
            table_sql.table().filled_fields().filter(|f| f.required).map(|f| quoted(&f.column)).collect();
        let mut filled: String = required.iter().map(|c| format!("count({c}) + ")).collect();
        filled.push('0');
        let sql =
            format!("SELECT {filled}, count(*) * {} FROM {} WHERE _period = ?1", required.len(), table_sql.quoted_name);
        self.read(|connection| {
            let counts = |r: &Row<'_>| Ok((r.get(0)?, r.get(1)?));
            Ok(connection.prepare_cached(&sql)?.query_row([table_sql.period(period)], counts)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Step;
    use crate::fixture::{BookFixture, PERIOD, edition, insert, insert_after, step, values};
    use standard::Coded;
    use std::ops::ControlFlow;

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn a_record_is_found_by_what_tells_it_from_others() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        fixture.apply(1, &[insert_after(COURSE, &[("KCH", "b ")], Some(1))]);
        fixture.apply(2, &[insert("ODS_A_NOTE", &[("BT", "题"), ("NR", "文")])]);
        let find = |table: &str, set: &[(&str, &str)]| {
            let values = values(edition().table(table).unwrap(), set);
            fixture.find_by_natural(table, PERIOD, &values).unwrap()
        };
        assert_eq!(find(COURSE, &[("KCH", "a"), ("KCMC", "别的")]), [1]);
        assert_eq!(find(COURSE, &[("KCH", " b")]), [3, 2], "in the order of the table; blanks do not count");
        assert_eq!(find(COURSE, &[("KCH", "c")]), [0; 0]);
        assert_eq!(find(COURSE, &[("KCMC", "课")]), [0; 0], "no natural key, nothing to find");
        assert_eq!(find("ODS_A_NOTE", &[("BT", "题"), ("NR", "文")]), [1], "without a natural key all columns count");
        assert_eq!(find("ODS_A_NOTE", &[("BT", "题")]), [0; 0]);
        let key = fixture.get(COURSE, 3).unwrap().unwrap().key;
        assert_eq!(fixture.find_by_key(COURSE, PERIOD, &key).unwrap(), Some(3));
        assert_eq!(fixture.get(COURSE, 9).unwrap(), None);
        let many = fixture.get_many(COURSE, &[3, 9, 1, 3]).unwrap();
        assert_eq!(
            many.iter().map(|r| r.as_ref().map(|r| r.row)).collect::<Vec<_>>(),
            [Some(3), None, Some(1), Some(3)]
        );
        assert_eq!(many[0], fixture.get(COURSE, 3).unwrap());
        assert_eq!(fixture.find_by_natural("ODS_NIX", PERIOD, &[]).unwrap_err().code(), "book.no-such-table");
    }

    #[test]
    fn positions_are_those_of_the_grid() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(PRACTICE, &[("XH", k)])));
        fixture.apply_step(&Step { period: "2025-2026-2".into(), ..step(1) }, &[insert(PRACTICE, &[("XH", "x")])]);
        fixture.apply(2, &[insert_after(PRACTICE, &[("XH", "a2")], Some(1))]);
        let positions = fixture.positions(PRACTICE, &[5, 1, 3, 99, 4]).unwrap();
        assert_eq!(positions, [Some(2), Some(1), Some(4), None, Some(1)]);
    }

    #[test]
    fn a_stream_can_be_left_and_the_book_goes_on() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
        let mut seen = Vec::new();
        fixture
            .stream(COURSE, PERIOD, |record| {
                seen.push(record.row);
                // A change in the middle is not seen by this stream, and does not disturb it.
                fixture.apply(1, &[insert(COURSE, &[("KCH", "new")])]);
                if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
            .unwrap();
        assert_eq!((seen, fixture.count(COURSE, PERIOD).unwrap()), (vec![1, 2], 5));
    }

    #[test]
    fn required_cells_are_counted() {
        let fixture = BookFixture::new();
        assert_eq!(fixture.required_cells(PRACTICE, PERIOD).unwrap(), (0, 0));
        fixture.apply(
            0,
            &[insert(PRACTICE, &[("XH", "1"), ("DF", "90")]), insert(PRACTICE, &[("XH", "1"), ("KCH", "2")])],
        );
        assert_eq!(fixture.required_cells(PRACTICE, PERIOD).unwrap(), (3, 6));
        assert_eq!(fixture.required_cells(PRACTICE, "2025-2026-2").unwrap(), (0, 0));
    }
}
