//! Places in a view: that of a record, and that of the next record with findings.

use rusqlite::{OptionalExtension, params_from_iter};

use crate::records::page::{PageQuery, order};
use crate::sql::conditions;
use crate::{Book, StoreError};

impl Book {
    /// Position of a record among those that the query finds, from 0, whatever page it asks for; `None` where the query
    /// does not find it.
    pub fn position(&self, query: &PageQuery, row: i64) -> Result<Option<u64>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let conditions = query.conditions(table_sql)?;
        let sql = format!(
            "SELECT position FROM (
                 SELECT t._row AS found, row_number() OVER (ORDER BY {}) - 1 AS position FROM {} t {})
             WHERE found = ?",
            order(table_sql, &query.sort)?,
            table_sql.quoted_name,
            conditions.sql()
        );
        self.read(|connection| {
            let params = params_from_iter(conditions.params([row.into()]));
            Ok(connection.prepare_cached(&sql)?.query_row(params, |r| r.get(0)).optional()?)
        })
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
        let conditions = query.conditions(table_sql)?;
        let (nearer, nearest) = if back { ("<", "max") } else { (">", "min") };
        let sql = format!(
            "SELECT {nearest}(position) FROM (
                 SELECT t.{} IS NULL AS empty, row_number() OVER (ORDER BY {}) - 1 AS position FROM {} t {})
             WHERE empty = ? AND position {nearer} ?",
            table_sql.column(column)?,
            order(table_sql, &query.sort)?,
            table_sql.quoted_name,
            conditions.sql()
        );
        self.read(|connection| {
            let params = params_from_iter(conditions.params([empty.into(), conditions::rows(position)]));
            Ok(connection.prepare_cached(&sql)?.query_row(params, |r| r.get(0))?)
        })
    }

    /// The next record with findings behind a position (or, with `back`, before it) in the order of the query, and its
    /// own position; both count from 0. Behind the last one the first comes again. `None` where no record that the query
    /// finds has any.
    pub fn next_with_findings(
        &self,
        query: &PageQuery,
        position: u64,
        back: bool,
    ) -> Result<Option<(i64, u64)>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let conditions = query.conditions(table_sql)?;
        let (nearer, direction) = if back { ("position < ?", "DESC") } else { ("position > ?", "ASC") };
        let sql = format!(
            "SELECT found, position FROM (
                 SELECT t._row AS found, row_number() OVER (ORDER BY {}) - 1 AS position FROM {} t {})
             WHERE EXISTS (SELECT 1 FROM finding f WHERE f.tbl = ? AND f.row = found)
             ORDER BY {nearer} DESC, position {direction} LIMIT 1",
            order(table_sql, &query.sort)?,
            table_sql.quoted_name,
            conditions.sql()
        );
        self.read(|connection| {
            let more = [table_sql.name().to_owned().into(), conditions::rows(position)];
            let params = params_from_iter(conditions.params(more));
            let found = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
            Ok(connection.prepare_cached(&sql)?.query_row(params, found).optional()?)
        })
    }
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
    }
}
