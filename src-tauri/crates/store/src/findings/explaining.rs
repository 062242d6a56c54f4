//! Explaining all confirm findings of a selection at once.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::findings::selection::Selection;
use crate::sql::conditions::Conditions;
use crate::tables::tally::FOLLOWED;

impl Book {
    /// Explains every confirm finding of a selection, or takes the explanations back where the text is empty: one
    /// transaction. Returns how many explanations were written or taken back. Records with one natural key are told
    /// apart instead ([`Book::tell_apart`]), so their findings are left out.
    pub fn explain_selected(
        &self,
        at: Timestamp,
        who: &str,
        (selection, period): (&Selection, &str),
        text: &str,
    ) -> Result<u64, StoreError> {
        let mut conditions = selection.conditions(Some(period));
        conditions.and("f.level = 1 AND f.rule <> 'unique-key'", []);
        self.write_recounting(|connection, recount| {
            for table in tables(connection, &conditions)? {
                let Ok(table_sql) = self.table_sql(&table) else { continue };
                recount.touch_all(table_sql, rows(connection, &conditions, &table)?)?;
            }
            let said = [Value::from(text.to_owned()), at.as_millisecond().into(), who.to_owned().into()];
            let (sql, params) = match text.trim().is_empty() {
                true => (
                    format!(
                        "DELETE FROM explanation WHERE (tbl, row, col, rule, value) IN (
                             SELECT f.tbl, f.row, f.col, f.rule, f.value FROM finding f {})",
                        conditions.sql()
                    ),
                    conditions.params([]),
                ),
                false => (
                    format!(
                        "INSERT INTO explanation (text, at, who, tbl, row, col, rule, value)
                         SELECT ?, ?, ?, f.tbl, f.row, f.col, f.rule, f.value FROM finding f {}
                         ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, who = excluded.who",
                        conditions.sql()
                    ),
                    said.into_iter().chain(conditions.params([])).collect(),
                ),
            };
            let changed = connection.prepare_cached(&sql)?.execute(params_from_iter(params))?;
            Ok(TransactionEnd::Commit(changed as u64))
        })
    }
}

fn tables(connection: &Connection, conditions: &Conditions) -> Result<Vec<String>, StoreError> {
    let sql = format!("SELECT DISTINCT f.tbl FROM finding f {}", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(conditions.params([])), |r| r.get(0))?.collect::<Result<_, _>>()?)
}

/// Records of one table, as many as kept numbers follow and one more.
fn rows(connection: &Connection, conditions: &Conditions, table: &str) -> Result<Vec<i64>, StoreError> {
    let sql = format!("SELECT DISTINCT f.row FROM finding f {} AND f.tbl = ? LIMIT {}", conditions.sql(), FOLLOWED + 1);
    let mut statement = connection.prepare_cached(&sql)?;
    let params = conditions.params([table.to_owned().into()]);
    Ok(statement.query_map(params_from_iter(params), |r| r.get(0))?.collect::<Result<_, _>>()?)
}
