//! The records that a view shows, in its order. They are read once, and then a page at the end takes no longer than one
//! at the beginning.

use std::sync::Arc;
use std::time::Instant;

use rusqlite::{Connection, params_from_iter};

use crate::numbers::arranged::ViewOrder;
use crate::numbers::sequence::{Place, Sequence};
use crate::records::page::{PageQuery, Sort, order};
use crate::records::table_sql::TableSql;
use crate::sql::conditions::Conditions;
use crate::{Book, StoreError};

/// How often the order of a table is read again because of a change meanwhile, before the caller reads without it.
const TRIES: u32 = 3;

impl Book {
    /// Runs `f` on the order of a table's records in a period, and on a snapshot of the same moment. `None` where
    /// changes kept coming in between.
    pub(super) fn with_sequence<T>(
        &self,
        table_sql: &TableSql,
        period: &str,
        f: impl FnOnce(&Sequence, &Connection) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        for _ in 0..TRIES {
            let commits = self.commits();
            {
                let sequences = self.sequences();
                if let Some(sequence) = sequences.get(table_sql.name(), period) {
                    return self.read(|connection| f(sequence, connection)).map(Some);
                }
            }
            let sql =
                format!("SELECT _place, _row FROM {} WHERE _period = ?1 ORDER BY _place, _row", table_sql.quoted_name);
            let places: Vec<Place> = self.read(|connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let places = statement.query_map([period], |r| Ok((r.get(0)?, r.get(1)?)))?;
                Ok(places.collect::<Result<_, _>>()?)
            })?;
            let sequence = Sequence::new(&places);
            let mut sequences = self.sequences();
            if self.commits() == commits {
                sequences.put(table_sql.name(), period, sequence);
            }
        }
        Ok(None)
    }

    /// The order of a view that leaves records out or sorts them: the one that the query names, if it is still there,
    /// else as the book is now.
    pub(super) fn view_order(&self, query: &PageQuery) -> Result<ViewOrder, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let view = query.view();
        let commits = self.commits();
        {
            let orders = self.view_orders();
            let numbered = query.order.and_then(|number| orders.numbered(number, &view));
            if let Some(order) = numbered.or_else(|| orders.current(&view, commits)) {
                return Ok(order);
            }
        }
        let begun = Instant::now();
        let conditions = query.conditions(table_sql)?;
        let rows = self.rows_that(table_sql, &conditions, &query.sort)?;
        Ok(self.view_orders().put(view, commits, rows, begun.elapsed()))
    }

    /// Numbers of the records that meet conditions on `t`, in the order of `sort`.
    pub(super) fn rows_that(
        &self,
        table_sql: &TableSql,
        conditions: &Conditions,
        sort: &[Sort],
    ) -> Result<Vec<i64>, StoreError> {
        let sql = format!(
            "SELECT t._row FROM {} t {} ORDER BY {}",
            table_sql.quoted_name,
            conditions.sql(),
            order(table_sql, sort)?
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(conditions.params([])), |r| r.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// All records of a view, in its order.
    pub(super) fn rows_in_order(&self, query: &PageQuery) -> Result<Arc<Vec<i64>>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        if !query.is_arranged() {
            let all = |sequence: &Sequence, _: &Connection| Ok(Arc::new(sequence.rows(0, usize::MAX)));
            if let Some(rows) = self.with_sequence(table_sql, table_sql.period(&query.period), all)? {
                return Ok(rows);
            }
        }
        Ok(self.view_order(query)?.rows)
    }
}
