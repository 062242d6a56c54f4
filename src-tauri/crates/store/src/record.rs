//! Reading single records, and all records of a table one after another.

use std::collections::HashMap;
use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, Row};
use standard::cell::Values;
use standard::key::record_key;
use standard::model::KEY_COLUMN;

use crate::schema::quoted;
use crate::shape::Shape;
use crate::{Book, StoreError};

/// One record of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number in the table; never used again after a deletion.
    pub row: i64,
    /// The period it speaks for; empty in tables whose records live on.
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

/// A record with its place, as it is read from [`Shape::columns`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    pub record: Record,
    pub place: f64,
}

/// Reads the columns of [`Shape::columns`], from the first.
pub(crate) fn read(shape: &Shape, row: &Row<'_>) -> rusqlite::Result<Kept> {
    let mut values = Vec::with_capacity(shape.table().fields.len());
    for at in 0..shape.table().fields.len() {
        values.push(row.get_ref(at + 5)?.as_str_or_null()?.unwrap_or("").to_owned());
    }
    let key = shape.key_at.map(|at| values[at].clone()).unwrap_or_default();
    Ok(Kept {
        place: row.get(2)?,
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
pub(crate) fn get(connection: &Connection, shape: &Shape, row: i64) -> Result<Option<Kept>, StoreError> {
    Ok(connection.prepare_cached(&shape.select)?.query_row([row], |r| read(shape, r)).optional()?)
}

impl Book {
    /// The record of this number.
    pub fn get(&self, table: &str, row: i64) -> Result<Option<Record>, StoreError> {
        let shape = self.shape(table)?;
        self.read(|connection| Ok(get(connection, shape, row)?.map(|kept| kept.record)))
    }

    /// The records of these numbers, in the order asked; absent where there is none of that number. Reads one snapshot.
    pub fn get_many(&self, table: &str, rows: &[i64]) -> Result<Vec<Option<Record>>, StoreError> {
        let shape = self.shape(table)?;
        self.read(|connection| {
            let record = |row: &i64| Ok(get(connection, shape, *row)?.map(|kept| kept.record));
            rows.iter().map(record).collect()
        })
    }

    /// The first record with this record key, by place.
    pub fn find_by_key(&self, table: &str, key: &str) -> Result<Option<i64>, StoreError> {
        let shape = self.shape(table)?;
        let sql = format!(
            "SELECT _row FROM {} WHERE {} = ?1 ORDER BY _period, _place, _row LIMIT 1",
            shape.sql_name,
            quoted(KEY_COLUMN)
        );
        self.read(|connection| Ok(connection.prepare_cached(&sql)?.query_row([key], |r| r.get(0)).optional()?))
    }

    /// The records whose natural key is that of `values` (trimmed; in the order of the fields), by place. The period
    /// counts in periodic tables only. Empty where the natural key of `values` is all empty.
    pub fn find_by_natural(&self, table: &str, period: &str, values: &[String]) -> Result<Vec<i64>, StoreError> {
        let shape = self.shape(table)?;
        let sql = format!("SELECT _row FROM {} WHERE _natural = ?1 ORDER BY _place, _row", shape.sql_name);
        self.read(|connection| {
            let school = crate::book::head(connection, "school")?;
            let Some(natural) = record_key(shape.table(), &school, shape.period(period), values) else {
                return Ok(Vec::new());
            };
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map([natural], |r| r.get(0))?.collect::<Result<_, _>>()?;
            Ok(rows)
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
        let shape = self.shape(table)?;
        let sql = format!(
            "SELECT {} FROM {} t WHERE t._period = ?1 ORDER BY t._place, t._row",
            shape.columns, shape.sql_name
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([shape.period(period)])?;
            while let Some(row) = rows.next()? {
                if each(read(shape, row)?.record).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// How many records the table has. The period counts in periodic tables only.
    pub fn count(&self, table: &str, period: &str) -> Result<u64, StoreError> {
        let shape = self.shape(table)?;
        let sql = format!("SELECT count(*) FROM {} WHERE _period = ?1", shape.sql_name);
        self.read(|connection| Ok(connection.prepare_cached(&sql)?.query_row([shape.period(period)], |r| r.get(0))?))
    }

    /// How many required cells of the table's records are filled, and how many there are. System columns do not
    /// count. The period counts in periodic tables only.
    pub fn required_cells(&self, table: &str, period: &str) -> Result<(u64, u64), StoreError> {
        let shape = self.shape(table)?;
        let required: Vec<String> =
            shape.table().filled_fields().filter(|f| f.required).map(|f| quoted(&f.column)).collect();
        let mut filled: String = required.iter().map(|c| format!("count({c}) + ")).collect();
        filled.push('0');
        let sql = format!("SELECT {filled}, count(*) * {} FROM {} WHERE _period = ?1", required.len(), shape.sql_name);
        self.read(|connection| {
            let counts = |r: &Row<'_>| Ok((r.get(0)?, r.get(1)?));
            Ok(connection.prepare_cached(&sql)?.query_row([shape.period(period)], counts)?)
        })
    }

    /// Positions of these records in their table and period, from 1, as the grid counts; in the order asked.
    pub fn positions(&self, table: &str, rows: &[i64]) -> Result<Vec<Option<u64>>, StoreError> {
        let shape = self.shape(table)?;
        let sql = format!(
            "SELECT _row, position FROM (
                 SELECT _row, row_number() OVER (PARTITION BY _period ORDER BY _place, _row) AS position FROM {name}
                 WHERE _period IN (SELECT _period FROM {name} WHERE _row IN (SELECT value FROM json_each(?1))))
             WHERE _row IN (SELECT value FROM json_each(?1))",
            name = shape.sql_name
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let positions: HashMap<i64, u64> =
                statement.query_map([json_numbers(rows)], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
            Ok(rows.iter().map(|row| positions.get(row).copied()).collect())
        })
    }
}

/// Numbers as a JSON array, for `json_each`.
pub(crate) fn json_numbers(numbers: &[i64]) -> String {
    format!("{numbers:?}")
}

/// Texts as a JSON array, for `json_each`.
pub(crate) fn json_texts(texts: &[impl AsRef<str>]) -> String {
    serde_json::Value::from_iter(texts.iter().map(AsRef::as_ref)).to_string()
}

#[cfg(test)]
mod tests {
    use crate::Step;
    use crate::tests::{Desk, PERIOD, edition, insert, insert_after, step, values};
    use standard::Coded;
    use std::ops::ControlFlow;

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn a_record_is_found_by_what_tells_it_from_others() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        desk.apply(1, &[insert_after(COURSE, &[("KCH", "b ")], Some(1))]);
        desk.apply(2, &[insert("ODS_A_NOTE", &[("BT", "题"), ("NR", "文")])]);
        let find = |table: &str, set: &[(&str, &str)]| {
            let values = values(edition().table(table).unwrap(), set);
            desk.find_by_natural(table, PERIOD, &values).unwrap()
        };
        assert_eq!(find(COURSE, &[("KCH", "a"), ("KCMC", "别的")]), [1]);
        assert_eq!(find(COURSE, &[("KCH", " b")]), [3, 2], "by place; blanks do not count");
        assert_eq!(find(COURSE, &[("KCH", "c")]), [0; 0]);
        assert_eq!(find(COURSE, &[("KCMC", "课")]), [0; 0], "no natural key, nothing to find");
        assert_eq!(find("ODS_A_NOTE", &[("BT", "题"), ("NR", "文")]), [1], "without a natural key all columns count");
        assert_eq!(find("ODS_A_NOTE", &[("BT", "题")]), [0; 0]);
        let key = desk.get(COURSE, 3).unwrap().unwrap().key;
        assert_eq!(desk.find_by_key(COURSE, &key).unwrap(), Some(3));
        assert_eq!(desk.get(COURSE, 9).unwrap(), None);
        let many = desk.get_many(COURSE, &[3, 9, 1, 3]).unwrap();
        assert_eq!(
            many.iter().map(|r| r.as_ref().map(|r| r.row)).collect::<Vec<_>>(),
            [Some(3), None, Some(1), Some(3)]
        );
        assert_eq!(many[0], desk.get(COURSE, 3).unwrap());
        assert_eq!(desk.find_by_natural("ODS_NIX", PERIOD, &[]).unwrap_err().code(), "book.no-such-table");
    }

    #[test]
    fn positions_are_those_of_the_grid() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b", "c"].map(|k| insert(PRACTICE, &[("XH", k)])));
        desk.apply_step(&Step { period: "2025-2026-2".into(), ..step(1) }, &[insert(PRACTICE, &[("XH", "x")])]);
        desk.apply(2, &[insert_after(PRACTICE, &[("XH", "a2")], Some(1))]);
        let positions = desk.positions(PRACTICE, &[5, 1, 3, 99, 4]).unwrap();
        assert_eq!(positions, [Some(2), Some(1), Some(4), None, Some(1)]);
    }

    #[test]
    fn a_stream_can_be_left_and_the_book_goes_on() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
        let mut seen = Vec::new();
        desk.stream(COURSE, PERIOD, |record| {
            seen.push(record.row);
            // A change in the middle is not seen by this stream, and does not disturb it.
            desk.apply(1, &[insert(COURSE, &[("KCH", "new")])]);
            if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
        assert_eq!((seen, desk.count(COURSE, PERIOD).unwrap()), (vec![1, 2], 5));
    }

    #[test]
    fn required_cells_are_counted() {
        let desk = Desk::new();
        assert_eq!(desk.required_cells(PRACTICE, PERIOD).unwrap(), (0, 0));
        desk.apply(
            0,
            &[insert(PRACTICE, &[("XH", "1"), ("DF", "90")]), insert(PRACTICE, &[("XH", "1"), ("KCH", "2")])],
        );
        assert_eq!(desk.required_cells(PRACTICE, PERIOD).unwrap(), (3, 6));
        assert_eq!(desk.required_cells(PRACTICE, "2025-2026-2").unwrap(), (0, 0));
    }
}
