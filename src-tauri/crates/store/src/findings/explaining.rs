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
                        "INSERT INTO explanation (text, at, who, tbl, row, col, rule, value, said)
                         SELECT ?, ?, ?, f.tbl, f.row, f.col, f.rule, f.value, coalesce(f.words, f.message) FROM finding f {}
                         ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, who = excluded.who,
                             said = excluded.said",
                        conditions.sql()
                    ),
                    said.into_iter().chain(conditions.params([])).collect(),
                ),
            };
            let changed = connection.prepare_cached(&sql)?.execute(params_from_iter(params))?;
            Ok(TransactionEnd::Commit(changed as u64))
        })
    }

    /// After records of a table were copied from one period into another: what was explained of a record holds for the
    /// record of the other period with the same natural key, as far as its findings say the same of the same values.
    /// Returns how many explanations were carried.
    pub fn carry_explanations(&self, table: &str, from: &str, to: &str) -> Result<u64, StoreError> {
        let table_sql = self.table_sql(table)?;
        let natural = &table_sql.table().natural_key;
        let (from, to) = (table_sql.period(from).to_owned(), table_sql.period(to).to_owned());
        if natural.is_empty() || from == to {
            return Ok(0);
        }
        let same: Vec<String> =
            natural.iter().map(|column| format!("o.{0} IS n.{0}", crate::sql::quoted(column))).collect();
        let sql = format!(
            "SELECT e.text, e.at, e.who, f.tbl, f.row, f.col, f.rule, f.value, e.said
             FROM explanation e JOIN {table} o ON o._row = e.row
                 JOIN {table} n ON n._period = ?3 AND {same}
                 JOIN finding f ON f.tbl = e.tbl AND f.row = n._row AND f.col = e.col AND f.rule = e.rule
                     AND f.value = e.value AND (e.said IS NULL OR e.said = coalesce(f.words, f.message))
             WHERE e.tbl = ?1 AND o._period = ?2 AND f.level = 1",
            table = table_sql.quoted_name,
            same = same.join(" AND ")
        );
        self.write_recounting(|connection, recount| {
            let rows: Vec<i64> = connection
                .prepare_cached(&format!("SELECT row FROM ({sql}) LIMIT {}", FOLLOWED + 1))?
                .query_map((table, &from, &to), |row| row.get("row"))?
                .collect::<Result<_, _>>()?;
            recount.touch_all(table_sql, rows)?;
            let insert = format!(
                "INSERT INTO explanation (text, at, who, tbl, row, col, rule, value, said) {sql} ON CONFLICT DO NOTHING"
            );
            let carried = connection.prepare_cached(&insert)?.execute((table, &from, &to))?;
            Ok(TransactionEnd::Commit(carried as u64))
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

#[cfg(test)]
mod tests {
    use standard::Level;

    use crate::fixture::{BookFixture, PERIOD, at, finding, insert, step};
    use crate::{Scope, Selection, Step};

    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn what_was_explained_holds_in_the_next_period_where_the_same_is_found() {
        let fixture = BookFixture::new();
        let student = |number, mark| insert(PRACTICE, &[("XH", number), ("KCH", "k"), ("DF", mark)]);
        fixture.apply(0, &[student("1", "200"), student("2", "300")]);
        let next = Step { period: "2026-2027-2".into(), ..step(1) };
        fixture.apply_step(&next, &[student("1", "200"), student("2", "301"), student("3", "200")]);
        let of = |row, value: &str| finding(PRACTICE, Some(row), Some("DF"), "high", Level::Confirm, value);
        let all = [of(1, "200"), of(2, "300"), of(3, "200"), of(4, "301"), of(5, "200")];
        fixture.replace_findings(PRACTICE, Scope::Table, None, all).unwrap();
        let whole = Selection::default();
        assert_eq!(fixture.explain_selected(at(2), "李", (&whole, PERIOD), "百分制以外").unwrap(), 2);
        assert_eq!(fixture.finding_counts(None, Some("2026-2027-2")).unwrap().confirm, 3);
        assert_eq!(
            fixture.carry_explanations(PRACTICE, PERIOD, "2026-2027-2").unwrap(),
            1,
            "the other has another value"
        );
        assert_eq!(fixture.finding_counts(None, Some("2026-2027-2")).unwrap().confirm, 2);
        assert_eq!(fixture.carry_explanations(PRACTICE, PERIOD, "2026-2027-2").unwrap(), 0);
    }
}
