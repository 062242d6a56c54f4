//! The clerk says that records with one natural key are several true records: a step of the log, as changes are.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::records::apply::Applied;
use crate::records::table_sql::TableSql;
use crate::records::{repeats, stored};
use crate::sql::quoted;
use crate::tables::change::{self, Change, Logged, Op};
use crate::tables::repeat::{self, Repeat};
use crate::tables::step::{self, Step};
use crate::tables::unchecked;

/// The clerk's statement that records are different ones although they share a natural key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellApart {
    /// Name of the table.
    pub table: String,
    /// Numbers of the records.
    pub rows: Vec<i64>,
    /// The reason; an empty text takes the statement about these records back.
    pub text: String,
}

impl Book {
    /// Records the statement for these records and for all that share a natural key with one of them in its period, in
    /// one step of the log: they get their ordinals in the order of the grid. Records that share theirs with no other
    /// are ignored. Rechecking is the caller's.
    pub fn tell_apart(&self, step: &Step, said: &TellApart) -> Result<Applied, StoreError> {
        let table_sql = self.table_sql(&said.table)?;
        let text = said.text.trim();
        self.write_recounting(|connection, recount| {
            let id = step::begin(connection, step)?;
            let mut telling = Telling { connection, table_sql, step, id, touched: BTreeSet::new() };
            let mut keys = BTreeSet::new();
            for row in &said.rows {
                let Some(stored) = stored::get(connection, table_sql, *row)? else {
                    return Err(StoreError::NoSuchRow { table: said.table.clone(), row: *row });
                };
                let Some(natural) = stored::natural(connection, table_sql, *row)? else { continue };
                recount.touch_sharing(table_sql, &natural)?;
                if text.is_empty() {
                    telling.change(&natural, *row, None)?;
                } else if let Some(old) = repeat::get(connection, table_sql.name(), &natural, *row)? {
                    telling.change(&natural, *row, Some(telling.repeat(&natural, old.seq, text)))?;
                }
                keys.insert((stored.record.period, natural));
            }
            for (period, natural) in keys.iter().filter(|_| !text.is_empty()) {
                for row in sharing(connection, table_sql, period, natural)? {
                    if repeat::get(connection, table_sql.name(), natural, row)?.is_none() {
                        let seq = repeat::next_seq(connection, table_sql.name(), natural)?;
                        telling.change(natural, row, Some(telling.repeat(natural, seq, text)))?;
                    }
                }
            }
            let touched = telling.touched;
            if touched.is_empty() {
                return Ok(TransactionEnd::Leave(Applied { step: None, rows: said.rows.clone(), changed: 0 }));
            }
            for (_, natural) in &keys {
                repeats::settle(connection, table_sql, natural)?;
            }
            step::end(connection, id, &touched)?;
            unchecked::add(connection, id)?;
            let rows: Vec<i64> = touched.iter().map(|(_, row)| *row).collect();
            Ok(TransactionEnd::Commit(Applied { step: Some(id), changed: rows.len() as u64, rows }))
        })
    }
}

/// One step while it is being made.
struct Telling<'a> {
    connection: &'a Connection,
    table_sql: &'a TableSql,
    step: &'a Step,
    id: i64,
    touched: BTreeSet<(String, i64)>,
}

impl Telling<'_> {
    fn repeat(&self, natural: &str, seq: i64, text: &str) -> Repeat {
        Repeat { natural: natural.to_owned(), seq, text: text.to_owned(), at: self.step.at, who: self.step.who.clone() }
    }

    /// Replaces the statement about a record, or takes it away, and logs that.
    fn change(&mut self, natural: &str, row: i64, new: Option<Repeat>) -> Result<(), StoreError> {
        let table = self.table_sql.name();
        let old = repeat::get(self.connection, table, natural, row)?;
        if old.as_ref().map(|old| &old.text) == new.as_ref().map(|new| &new.text) {
            return Ok(());
        }
        let cells = |said: &Option<Repeat>| change::json(said.iter().flat_map(Repeat::cells));
        let logged = Change { before: Some(cells(&old)?), after: Some(cells(&new)?), ..Change::of(Op::Repeat) };
        change::insert(self.connection, self.id, table, row, &logged)?;
        self.touched.insert((table.to_owned(), row));
        set(self.connection, table, row, old.as_ref(), new.as_ref())
    }
}

fn set(
    connection: &Connection,
    table: &str,
    row: i64,
    old: Option<&Repeat>,
    new: Option<&Repeat>,
) -> Result<(), StoreError> {
    if let Some(old) = old {
        repeat::remove(connection, table, &old.natural, row)?;
    }
    new.map_or(Ok(()), |new| repeat::put(connection, table, row, new))
}

/// Does the statement of the log again, or takes it back where the change is a reversed one.
pub(crate) fn replay(connection: &Connection, table_sql: &TableSql, logged: &Logged) -> Result<(), StoreError> {
    let Some(natural) = stored::natural(connection, table_sql, logged.row)? else { return Ok(()) };
    let (old, new) = (Repeat::of_cells(&logged.before, &natural)?, Repeat::of_cells(&logged.after, &natural)?);
    set(connection, table_sql.name(), logged.row, old.as_ref(), new.as_ref())?;
    repeats::settle(connection, table_sql, &natural)
}

/// The records of a period that share a natural key, in the order in which they stand. One alone counts where its plain
/// key is fixed for another record, which had that natural key before.
fn sharing(connection: &Connection, table_sql: &TableSql, period: &str, natural: &str) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "SELECT _row FROM {name} WHERE _natural = ?1 AND _period = ?2
         AND ((SELECT count(*) FROM {name} WHERE _natural = ?1 AND _period = ?2) > 1
             OR EXISTS (SELECT 1 FROM {name} o WHERE o.{key} = ?1 AND o._key_fixed AND o._natural IS NOT ?1))
         ORDER BY _place, _row",
        name = table_sql.quoted_name,
        key = quoted(standard::field::KEY_COLUMN),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([natural, period], |r| r.get("_row"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
