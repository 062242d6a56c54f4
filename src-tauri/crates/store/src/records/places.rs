//! Positions in a view: of a record, and of the next record with findings.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use crate::book::watch::SEEN;
use crate::numbers::sequence::{Place, Sequence};
use crate::records::page::PageQuery;
use crate::records::table_sql::TableSql;
use crate::sql::json_numbers;
use crate::{Book, StoreError};

/// Records of an arranged view whose cells are looked at together.
const CHUNK: usize = 1_000;

impl Book {
    /// Position of a record among those that the query finds, from 0, whatever page it asks for; `None` where the query
    /// does not find it.
    pub fn position(&self, query: &PageQuery, row: i64) -> Result<Option<u64>, StoreError> {
        if query.is_arranged() {
            let order = self.view_order(query)?;
            return Ok(order.rows.iter().position(|one| *one == row).map(|at| at as u64));
        }
        let table_sql = self.table_sql(&query.table)?;
        let period = table_sql.period(&query.period);
        let at = |sequence: &Sequence, connection: &Connection| {
            let sql = format!("SELECT _place FROM {} WHERE _row = ?1 AND _period = ?2", table_sql.quoted_name);
            let mut statement = connection.prepare_cached(&sql)?;
            let place: Option<f64> = statement.query_row((row, period), |r| r.get(0)).optional()?;
            Ok(place.and_then(|place| sequence.position((place, row))).map(|at| at as u64))
        };
        match self.with_sequence(table_sql, period, at)? {
            Some(position) => Ok(position),
            None => Ok(self.view_order(query)?.rows.iter().position(|one| *one == row).map(|at| at as u64)),
        }
    }

    /// Positions of these records in their table and period, from 1, as the grid counts; in the order asked.
    pub fn positions(&self, table: &str, rows: &[i64]) -> Result<Vec<Option<u64>>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let name = &table_sql.quoted_name;
        let listed = json_numbers(rows);
        let named = "_row IN (SELECT value FROM json_each(?1))";
        let periods: Vec<String> = self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT DISTINCT _period FROM {name} WHERE {named}"))?;
            Ok(statement.query_map([&listed], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })?;
        let mut positions: HashMap<i64, u64> = HashMap::new();
        for period in periods {
            let sql = format!("SELECT _place, _row FROM {name} WHERE {named} AND +_period = ?2");
            let found = self.with_sequence(table_sql, &period, |sequence, connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let places = statement.query_map((&listed, &period), |r| Ok((r.get(0)?, r.get(1)?)))?;
                let places: Vec<Place> = places.collect::<Result<_, _>>()?;
                let position = |place: &Place| Some((place.1, sequence.position(*place)? as u64 + 1));
                Ok(places.iter().filter_map(position).collect::<Vec<_>>())
            })?;
            positions.extend(found.into_iter().flatten());
        }
        Ok(rows.iter().map(|row| positions.get(row).copied()).collect())
    }

    /// Position of the nearest record behind a position (or, with `back`, before it) whose cell is empty, or filled;
    /// `None` where there is none.
    pub fn next_cell(
        &self,
        query: &PageQuery,
        column: &str,
        empty: bool,
        position: u64,
        back: bool,
    ) -> Result<Option<u64>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let fits = format!("t.{} IS {}NULL", table_sql.column(column)?, if empty { "" } else { "NOT " });
        let Ok(position) = usize::try_from(position) else { return Ok(None) };
        if !query.is_arranged() {
            let period = table_sql.period(&query.period);
            let next = |sequence: &Sequence, connection: &Connection| {
                next_along(sequence, connection, table_sql, period, &fits, position, back)
            };
            if let Some(found) = self.with_sequence(table_sql, period, next)? {
                return Ok(found);
            }
        }
        let rows = self.rows_in_order(query)?;
        let (before, behind) = (&rows[..position.min(rows.len())], rows.get(position + 1..).unwrap_or_default());
        let sql = format!(
            "SELECT t._row FROM {} t WHERE t._row IN (SELECT value FROM json_each(?1)) AND {SEEN} AND {fits}",
            table_sql.quoted_name
        );
        let fitting = |rows: &[i64]| -> Result<HashSet<i64>, StoreError> {
            self.read(|connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                Ok(statement.query_map([json_numbers(rows)], |r| r.get(0))?.collect::<Result<_, _>>()?)
            })
        };
        if back {
            for (chunk, rows) in before.rchunks(CHUNK).enumerate() {
                let found = fitting(rows)?;
                if let Some(at) = rows.iter().rposition(|row| found.contains(row)) {
                    return Ok(Some((before.len() - chunk * CHUNK - rows.len() + at) as u64));
                }
            }
        } else {
            for (chunk, rows) in behind.chunks(CHUNK).enumerate() {
                let found = fitting(rows)?;
                if let Some(at) = rows.iter().position(|row| found.contains(row)) {
                    return Ok(Some((position + 1 + chunk * CHUNK + at) as u64));
                }
            }
        }
        Ok(None)
    }

    /// The next record with findings behind a position (or, with `back`, before it) in the order of the query, and its
    /// own position; both count from 0. After the last one the search goes on at the first. `None` if no record of the
    /// query has findings.
    pub fn next_with_findings(
        &self,
        query: &PageQuery,
        position: u64,
        back: bool,
    ) -> Result<Option<(i64, u64)>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let with: HashSet<i64> = self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT DISTINCT row FROM finding WHERE tbl = ?1 AND row <> 0")?;
            Ok(statement.query_map([table_sql.name()], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })?;
        if with.is_empty() {
            return Ok(None);
        }
        let rows = self.rows_in_order(query)?;
        let (here, found) = (position as usize, |at: &usize| with.contains(&rows[*at]));
        let at = match back {
            false => (here.saturating_add(1)..rows.len()).find(found).or_else(|| (0..rows.len()).find(found)),
            true => (0..here.min(rows.len())).rev().find(found).or_else(|| (0..rows.len()).rev().find(found)),
        };
        Ok(at.map(|at| (rows[at], at as u64)))
    }
}

/// The nearest record along the order of entry whose cell fits, by its position: the records on the way are looked at,
/// and none behind it.
fn next_along(
    sequence: &Sequence,
    connection: &Connection,
    table_sql: &TableSql,
    period: &str,
    fits: &str,
    position: usize,
    back: bool,
) -> Result<Option<u64>, StoreError> {
    let name = &table_sql.quoted_name;
    let from = match sequence.rows(position, 1).first() {
        Some(row) => {
            let sql = format!("SELECT _place, _row FROM {name} WHERE _row = ?1");
            connection.prepare_cached(&sql)?.query_row([row], |r| Ok((r.get(0)?, r.get(1)?)))?
        }
        // Behind the last record.
        None if back => (f64::INFINITY, i64::MAX),
        None => return Ok(None),
    };
    let (sign, direction) = if back { ("<", "DESC") } else { (">", "ASC") };
    let sql = format!(
        "SELECT t._place, t._row FROM {name} t
         WHERE t._period = ?1 AND (t._place, t._row) {sign} (?2, ?3) AND {SEEN} AND {fits}
         ORDER BY t._place {direction}, t._row {direction} LIMIT 1"
    );
    let (place, row): Place = from;
    let mut statement = connection.prepare_cached(&sql)?;
    let found: Option<Place> = statement.query_row((period, place, row), |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    Ok(found.and_then(|place| sequence.position(place)).map(|at| at as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, insert};
    use crate::{Filter, Sort};

    const COURSE: &str = "ODS_COURSE";

    fn courses() -> BookFixture {
        let fixture = BookFixture::new();
        let rows = [("10", "语文", "2"), ("9", "数学", "10"), ("8", "", "2.50"), ("7", "语言", "2.5")];
        let records =
            rows.map(|(number, name, credit)| insert(COURSE, &[("KCH", number), ("KCMC", name), ("XF", credit)]));
        fixture.apply(0, &records);
        fixture
    }

    #[test]
    fn a_record_has_its_position_in_the_view() {
        let fixture = courses();
        let filter = Filter::Contains { column: "KCMC".into(), text: "语".into() };
        let sort = Sort { column: "XF".into(), descending: true };
        let query = PageQuery {
            table: COURSE.into(),
            filters: vec![filter],
            sort: vec![sort],
            limit: 100,
            ..Default::default()
        };
        let shown: Vec<i64> = fixture.page(&query).unwrap().rows.into_iter().map(|record| record.row).collect();
        assert!(shown.len() > 1);
        for (at, row) in (0..).zip(&shown) {
            assert_eq!(fixture.position(&query, *row).unwrap(), Some(at));
        }
        assert_eq!(fixture.position(&query, 3).unwrap(), None);
    }

    #[test]
    fn the_next_empty_and_the_next_filled_cell() {
        let fixture = courses();
        let query = PageQuery { table: COURSE.into(), period: PERIOD.into(), ..Default::default() };
        let next = |empty, from, back| fixture.next_cell(&query, "KCMC", empty, from, back).unwrap();
        assert_eq!(next(true, 0, false), Some(2));
        assert_eq!(next(true, 2, false), None);
        assert_eq!(next(false, 2, true), Some(1));
        assert_eq!(next(false, 0, true), None);
        // Behind the last record, and in another order: 9 数学, 7 语言, 10 语文, 8 empty.
        assert_eq!(next(false, 4, true), Some(3));
        let sort = vec![Sort { column: "KCMC".into(), descending: false }];
        let sorted = PageQuery { sort, ..query };
        let shown = fixture.page(&PageQuery { limit: 9, ..sorted.clone() }).unwrap().rows;
        assert_eq!(shown.last().unwrap().row, 3, "an empty cell comes last");
        let next = |empty, from, back| fixture.next_cell(&sorted, "KCMC", empty, from, back).unwrap();
        assert_eq!(next(true, 0, false), Some(3));
        assert_eq!(next(false, 3, true), Some(2));
        assert_eq!(next(true, 3, false), None);
    }
}
