//! The order of records: each has an ordering key, a number between those of its neighbours.
//!
//! A record at the end gets the next whole number. A record between two others gets the mean of their keys. When two
//! keys are too close for that, the keys of the records behind are spread, and the log records it, so that undo
//! restores ordering keys exactly.

use rusqlite::Connection;

use crate::StoreError;
use crate::records::table_sql::TableSql;
use crate::records::write::Writing;
use crate::tables::change::{self, Change, Op};

/// The smallest gap that is still halved. With a million records, a number has 32 binary digits left for the fraction.
const NARROW: f64 = 1.0 / (1 << 20) as f64;
/// The gap between ordering keys after they were spread.
const ROOMY: f64 = 1.0 / (1 << 10) as f64;
/// How many records are spread at first.
const WINDOW: usize = 64;

/// The ordering key of a record behind the last one.
pub(crate) fn at_end(connection: &Connection, table_sql: &TableSql, period: &str) -> Result<f64, StoreError> {
    let sql = format!("SELECT max(_place) FROM {} WHERE _period = ?1", table_sql.quoted_name);
    let last: Option<f64> = connection.prepare_cached(&sql)?.query_row([period], |r| r.get(0))?;
    Ok(last.unwrap_or(0.0).floor() + 1.0)
}

/// The ordering keys of the records that a step has put at the end, by table and period: the next one is known without
/// asking the table.
#[derive(Debug, Default)]
pub(crate) struct Ends(Vec<(String, String, f64)>);

impl Ends {
    /// The ordering key of the next record at the end.
    pub(crate) fn next(
        &mut self,
        connection: &Connection,
        table_sql: &TableSql,
        period: &str,
    ) -> Result<f64, StoreError> {
        let known = self.0.iter_mut().find(|(table, of, _)| table == table_sql.name() && of == period);
        if let Some((_, _, end)) = known {
            *end += 1.0;
            return Ok(*end);
        }
        let end = at_end(connection, table_sql, period)?;
        self.0.push((table_sql.name().to_owned(), period.to_owned(), end));
        Ok(end)
    }

    /// Forgets the keys, because the step has changed the last record in another way.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// The ordering key of a record right behind the record `after`, in this period.
pub(crate) fn behind(writing: &Writing<'_>, table_sql: &TableSql, period: &str, after: i64) -> Result<f64, StoreError> {
    let place = writing.read(table_sql, after)?.ordering_key;
    let sql = format!("SELECT min(_place) FROM {} WHERE _period = ?1 AND _place > ?2", table_sql.quoted_name);
    let next = |connection: &Connection| -> Result<Option<f64>, StoreError> {
        Ok(connection.prepare_cached(&sql)?.query_row((period, place), |r| r.get(0))?)
    };
    match next(writing.connection)? {
        None => Ok(place.floor() + 1.0),
        Some(next) if next - place > NARROW => Ok(middle(place, next)),
        Some(_) => {
            make_room(writing, table_sql, period, place)?;
            Ok(next(writing.connection)?.map_or(place.floor() + 1.0, |next| middle(place, next)))
        }
    }
}

fn middle(a: f64, b: f64) -> f64 {
    a + (b - a) / 2.0
}

/// Spreads the records behind an ordering key evenly up to the next one that has room.
fn make_room(writing: &Writing<'_>, table_sql: &TableSql, period: &str, place: f64) -> Result<(), StoreError> {
    let mut window = WINDOW;
    let (rows, step) = loop {
        let rows = rows_behind(writing.connection, table_sql, period, place, window)?;
        // `rows` has one more than is moved, unless the table ends there.
        let Some((_, end)) = rows.get(window).copied() else {
            break (rows, 1.0);
        };
        let step = (end - place) / (window + 1) as f64;
        if step >= ROOMY {
            break (rows[..window].to_vec(), step);
        }
        window *= 4;
    };
    for (n, (row, before)) in (1..).zip(rows) {
        let after = place + f64::from(n) * step;
        writing.set_ordering_key(table_sql, row, after)?;
        let change = Change { ordering_before: Some(before), ordering_after: Some(after), ..Change::of(Op::Reorder) };
        change::insert(writing.connection, writing.step, table_sql.name(), row, &change)?;
    }
    Ok(())
}

/// The first `count + 1` records behind an ordering key, with theirs.
fn rows_behind(
    connection: &Connection,
    table_sql: &TableSql,
    period: &str,
    place: f64,
    count: usize,
) -> Result<Vec<(i64, f64)>, StoreError> {
    let sql = format!(
        "SELECT _row, _place FROM {} WHERE _period = ?1 AND _place > ?2 ORDER BY _place, _row LIMIT ?3",
        table_sql.quoted_name
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map((period, place, count + 1), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The ordering key of a record.
#[cfg(test)]
fn place_of(connection: &Connection, table_sql: &TableSql, row: i64) -> f64 {
    let sql = format!("SELECT _place FROM {} WHERE _row = ?1", table_sql.quoted_name);
    connection.query_row(&sql, [row], |r| r.get(0)).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RowChange;
    use crate::fixture::{BookFixture, at, delete, insert, insert_after};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn records_come_to_stand_where_they_were_put() {
        let fixture = BookFixture::new();
        let new = |name: &str, after| insert_after(COURSE, &[("KCH", name)], after);
        fixture.apply(0, &[new("a", None), new("d", None)]);
        fixture.apply(1, &[new("b", Some(1)), new("c", Some(1))]);
        assert_eq!(fixture.column(COURSE, "KCH"), ["a", "b", "c", "d"]);
        fixture.apply(2, &[new("e", Some(2)), new("f", None)]);
        assert_eq!(fixture.column(COURSE, "KCH"), ["a", "b", "c", "d", "e", "f"]);
        fixture.apply(3, &[new("a2", Some(1))]);
        assert_eq!(fixture.column(COURSE, "KCH"), ["a", "a2", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn there_is_always_room() {
        let fixture = BookFixture::new();
        let all: Vec<RowChange> = (0..300).map(|n| insert(COURSE, &[("KCH", &format!("{n:03}"))])).collect();
        fixture.apply(0, &all);
        let before = fixture.all(COURSE);
        // Records are added behind the same record, and behind the one just added: in both cases the same gaps are
        // halved.
        let mut last = 100;
        for n in 0..80 {
            fixture.apply(n, &[insert_after(COURSE, &[("KCH", &format!("x{n:02}"))], Some(10))]);
            last = fixture.apply(n, &[insert_after(COURSE, &[("KCH", &format!("y{n:02}"))], Some(last))]).rows[0];
        }
        let mut expect: Vec<String> = (0..300).map(|n| format!("{n:03}")).collect();
        expect.splice(100..100, (0..80).map(|n| format!("y{n:02}")));
        expect.splice(10..10, (0..80).rev().map(|n| format!("x{n:02}")));
        assert_eq!(fixture.column(COURSE, "KCH"), expect);
        fixture.whole();
        for n in 0..160 {
            fixture.undo(at(n), "").unwrap().unwrap();
        }
        let table_sql = fixture.table_sql(COURSE).unwrap();
        let places = fixture
            .read(|connection| Ok((1..=300).map(|row| place_of(connection, table_sql, row)).collect::<Vec<_>>()));
        assert_eq!(places.unwrap(), (1..=300).map(f64::from).collect::<Vec<_>>());
        assert_eq!(
            fixture.all(COURSE).iter().map(|r| r.row).collect::<Vec<_>>(),
            before.iter().map(|r| r.row).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_record_that_comes_back_stands_where_it_stood() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
        fixture.apply(1, &[delete(COURSE, 2)]);
        assert_eq!(fixture.column(COURSE, "KCH"), ["a", "c"]);
        fixture.undo(at(2), "").unwrap();
        assert_eq!(fixture.column(COURSE, "KCH"), ["a", "b", "c"]);
        fixture.whole();
    }
}
