//! Cells that contain a text, in the order of a view, for the search of the filling screen; and the values of a column
//! with how often each occurs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::records::page::{PageQuery, filled_columns, like};
use crate::records::stored::read;
use crate::records::table_sql::TableSql;
use crate::sql::conditions;
use crate::sql::{json_texts, quoted};
use crate::{Book, Record, StoreError};

/// A text to look for in cells.
#[derive(Debug, Clone, Default)]
pub struct TextQuery {
    /// Text that the cell contains, whatever the case of its ASCII letters.
    pub text: String,
    /// Columns to look into; empty: all that a clerk fills.
    pub columns: Vec<String>,
    /// Columns whose cells also match when they are one of these codes, because the code's name contains the text.
    pub coded: Vec<(String, Vec<String>)>,
}

impl TextQuery {
    /// A condition on `t`, and its parameters.
    fn condition(&self, table_sql: &TableSql) -> Result<(String, Vec<Value>), StoreError> {
        let columns = match self.columns.as_slice() {
            [] => filled_columns(table_sql.table()).collect(),
            named => named.iter().map(|column| table_sql.column(column)).collect::<Result<Vec<_>, _>>()?,
        };
        let mut any: Vec<String> = columns.iter().map(|c| format!("t.{c} LIKE ? ESCAPE '\\'")).collect();
        let mut params = vec![Value::from(like(&self.text)); columns.len()];
        for (column, codes) in &self.coded {
            any.push(format!("t.{} IN (SELECT value FROM json_each(?))", table_sql.column(column)?));
            params.push(json_texts(codes).into());
        }
        Ok((format!("({})", any.join(" OR ")), params))
    }
}

/// What a search for a text found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits {
    /// The next record and its position; `None` where no record holds the text.
    pub next: Option<(i64, u64)>,
    /// How many records hold it.
    pub records: u64,
}

/// A search that took longer is not made again after every change.
const SLOW: Duration = Duration::from_millis(200);

impl Book {
    /// The first records, in the order in which they were entered, that the query finds and that hold the text: as many
    /// are read as it takes to find them.
    pub fn first_hits(&self, query: &PageQuery, text: &TextQuery, limit: u64) -> Result<Vec<Record>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let mut conditions = query.conditions(table_sql)?;
        let (condition, params) = text.condition(table_sql)?;
        conditions.and(&condition, params);
        let sql = format!(
            "SELECT {} FROM {} t {} ORDER BY t._place, t._row LIMIT ?",
            table_sql.columns,
            table_sql.quoted_name,
            conditions.sql()
        );
        self.read(|connection| {
            let params = params_from_iter(conditions.params([conditions::rows(limit)]));
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map(params, |r| Ok(read(table_sql, r)?.record))?.collect::<Result<_, _>>()?)
        })
    }

    /// The records that the query finds and that hold the text, by number, in the order of the numbers.
    pub fn hit_rows(&self, query: &PageQuery, text: &TextQuery) -> Result<Vec<i64>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let mut conditions = query.conditions(table_sql)?;
        let (condition, params) = text.condition(table_sql)?;
        conditions.and(&condition, params);
        let sql = format!("SELECT t._row FROM {} t {} ORDER BY t._row", table_sql.quoted_name, conditions.sql());
        self.read(|connection| {
            let params = params_from_iter(conditions.params([]));
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map(params, |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// The next record that holds the text behind a position (or, with `back`, before it) in the order of the query,
    /// and its own position; both count from 0. After the last one the search goes on at the first. The records that
    /// hold a text are looked for once and remembered; in a large table also past changes, unless `anew` is set.
    pub fn next_hit(
        &self,
        query: &PageQuery,
        text: &TextQuery,
        position: u64,
        back: bool,
        anew: bool,
    ) -> Result<Hits, StoreError> {
        let hits = self.hits(query, text, anew)?;
        let mut next = None;
        if !hits.is_empty() {
            // How many hits stand before a place: their own places grow from one to the next.
            let (mut low, mut high) = (0, hits.len());
            while low < high {
                let middle = low.midpoint(high);
                let at = self.position(query, hits[middle])?;
                let before = at.is_some_and(|at| if back { at < position } else { at <= position });
                if before { low = middle + 1 } else { high = middle }
            }
            let first = if back { (low + hits.len() - 1) % hits.len() } else { low % hits.len() };
            for step in 0..hits.len() {
                let at = if back { (first + hits.len() - step) % hits.len() } else { (first + step) % hits.len() };
                let row = hits[at];
                // What was remembered may have changed since.
                if let Some(at) = self.position(query, row)?
                    && self.holds(query, text, row)?
                {
                    next = Some((row, at));
                    break;
                }
            }
        }
        Ok(Hits { next, records: hits.len() as u64 })
    }

    /// The records that the query finds and that hold the text, in the order of the query.
    fn hits(&self, query: &PageQuery, text: &TextQuery, anew: bool) -> Result<Arc<Vec<i64>>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let name = format!("{} {text:?}", query.view());
        let commits = self.commits();
        let kept = {
            let orders = self.view_orders();
            orders.current(&name, commits).or_else(|| (!anew).then(|| orders.newest(&name)).flatten())
        };
        if let Some(order) = kept
            && (order.commits == commits || order.took >= SLOW)
        {
            return Ok(order.rows);
        }
        let begun = Instant::now();
        let mut conditions = query.conditions(table_sql)?;
        let (condition, params) = text.condition(table_sql)?;
        conditions.and(&condition, params);
        let rows = self.rows_that(table_sql, &conditions, &query.sort)?;
        Ok(self.view_orders().put(name, commits, rows, begun.elapsed()).rows)
    }

    /// Whether a record that the query finds holds the text.
    fn holds(&self, query: &PageQuery, text: &TextQuery, row: i64) -> Result<bool, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let (condition, mut params) = text.condition(table_sql)?;
        params.push(row.into());
        let sql = format!("SELECT 1 FROM {} t WHERE {condition} AND t._row = ?", table_sql.quoted_name);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.exists(params_from_iter(params))?)
        })
    }

    /// The values of a column among the records that the query finds, the most frequent first, each with how often it
    /// stands there; `""` stands for empty cells. With `contains` only values that hold it.
    pub fn values(
        &self,
        query: &PageQuery,
        column: &str,
        contains: &str,
        limit: u64,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        table_sql.column(column)?;
        let cell = format!("coalesce(t.{}, '')", quoted(column));
        let mut conditions = query.conditions(table_sql)?;
        if !contains.is_empty() {
            conditions.and(&format!("{cell} LIKE ? ESCAPE '\\'"), [like(contains).into()]);
        }
        let sql = format!(
            "SELECT {cell} AS value, count(*) AS times FROM {} t {} GROUP BY 1 ORDER BY times DESC, value LIMIT ?",
            table_sql.quoted_name,
            conditions.sql()
        );
        self.read(|connection| {
            let params = params_from_iter(conditions.params([conditions::rows(limit)]));
            let mut statement = connection.prepare_cached(&sql)?;
            let found = statement.query_map(params, |r| Ok((r.get("value")?, r.get("times")?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use standard::Coded;

    use super::*;
    use crate::fixture::{BookFixture, PERIOD, insert};

    const COURSE: &str = "ODS_COURSE";

    fn courses() -> BookFixture {
        let fixture = BookFixture::new();
        let rows =
            [("10", "语文", "2"), ("9", "数学", "10"), ("8", "", "2.50"), ("50%", "a_b", ""), ("7", "语言", "2.5")];
        let records =
            rows.map(|(number, name, credit)| insert(COURSE, &[("KCH", number), ("KCMC", name), ("XF", credit)]));
        fixture.apply(0, &records);
        fixture
    }

    fn query() -> PageQuery {
        PageQuery { table: COURSE.into(), period: PERIOD.into(), ..PageQuery::default() }
    }

    #[test]
    fn hits_are_walked_in_the_order_of_the_view_and_begin_anew() {
        let fixture = courses();
        let text = |text: &str| TextQuery { text: text.into(), ..TextQuery::default() };
        let next = |text: &TextQuery, from, back| fixture.next_hit(&query(), text, from, back, false).unwrap().next;
        assert_eq!(next(&text("语"), 0, false), Some((5, 4)));
        assert_eq!(next(&text("语"), 4, false), Some((1, 0)));
        assert_eq!(next(&text("语"), 0, true), Some((5, 4)));
        assert_eq!(next(&text("A_B"), 0, false), Some((4, 3)));
        assert_eq!(next(&text("没有"), 0, false), None);
        let count = |text: &TextQuery| fixture.next_hit(&query(), text, 0, false, true).unwrap().records;
        assert_eq!(count(&text("2")), 3);
        let one = TextQuery { columns: vec!["KCH".into()], ..text("0") };
        assert_eq!(count(&one), 2);
        let coded = TextQuery { coded: vec![("KCH".into(), vec!["9".into(), "8".into()])], ..text("没有") };
        assert_eq!(next(&coded, 0, false), Some((2, 1)));
        assert_eq!(fixture.hit_rows(&query(), &coded).unwrap(), [2, 3]);
    }

    #[test]
    fn a_hit_that_an_edit_took_away_is_passed_over() {
        let fixture = courses();
        let text = TextQuery { text: "语".into(), ..TextQuery::default() };
        let next = |from| fixture.next_hit(&query(), &text, from, false, false).unwrap().next;
        assert_eq!(next(1), Some((5, 4)));
        fixture.apply(1, &[crate::fixture::update(COURSE, 5, &[("KCMC", "外国史")])]);
        assert_eq!(next(1), Some((1, 0)));
    }

    #[test]
    fn values_are_counted_the_most_frequent_first() {
        let fixture = courses();
        fixture.apply(1, &[insert(COURSE, &[("KCH", "11"), ("KCMC", "语文")])]);
        let values = |contains: &str| fixture.values(&query(), "KCMC", contains, 9).unwrap();
        assert_eq!(values("语"), [("语文".to_owned(), 2), ("语言".to_owned(), 1)]);
        assert_eq!(values("")[0], ("语文".to_owned(), 2));
        assert_eq!(values("").len(), 5);
        assert_eq!(fixture.values(&query(), "NIX", "", 9).unwrap_err().code(), "book.no-such-column");
    }
}
