//! Whether the book is intact: the file itself, and the agreement of records, log, derived columns and batches.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use sm3::{Digest, Sm3};
use standard::key::record_key;

use crate::records::derived::content_hash;
use crate::records::dormant::is_own;
use crate::records::repeats;
use crate::records::stored::{StoredRecord, read};
use crate::records::table_sql::TableSql;
use crate::tables::change::{self, Op, cells, filled_cells};
use crate::tables::metadata;
use crate::{Book, StoreError};

/// One flaw that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// What is faulty: `file`, `cipher`, `foreign-key`, `log`, `derived`, `batch`.
    pub what: &'static str,
    /// Where it is, without any value of a cell.
    pub detail: String,
}

impl Book {
    /// Checks pages and their authentication codes, that replaying the log gives exactly the records, that derived
    /// columns agree with the values, and that frozen batches still have their hashes. The answer is empty where the
    /// book is intact. Reads the whole book, which takes seconds for a large one.
    pub fn integrity(&self) -> Result<Vec<Flaw>, StoreError> {
        self.read(|connection| {
            let mut flaws = Vec::new();
            for (what, pragma, good) in [
                ("file", "integrity_check", "ok"),
                ("cipher", "cipher_integrity_check", ""),
                ("foreign-key", "foreign_key_check", ""),
            ] {
                let said: Vec<String> = connection
                    .prepare(&format!("PRAGMA {pragma}"))?
                    .query_map([], |r| r.get(0))?
                    .collect::<Result<_, _>>()?;
                flaws.extend(said.into_iter().filter(|s| s != good).map(|detail| Flaw { what, detail }));
            }
            let school = metadata::get(connection, metadata::SCHOOL)?;
            for table in &self.edition().tables {
                let table_sql = self.table_sql(&table.name)?;
                compare(connection, table_sql, &school, replayed(connection, table_sql)?, &mut flaws)?;
            }
            batches(connection, &mut flaws)?;
            Ok(flaws)
        })
    }
}

/// A record as the log has it: period, ordering key, and the cells that the log keeps.
#[derive(Debug, Default)]
struct FromLog {
    period: String,
    ordering_key: f64,
    /// The cells it began with, as JSON; absent where only the record has them.
    first: Option<String>,
    /// The cells changed since, in order.
    later: Vec<(String, String)>,
}

impl FromLog {
    /// Whether the record in the table agrees with this one.
    fn is(self, table_sql: &TableSql, stored: &StoredRecord) -> Result<bool, StoreError> {
        // A step may be older than the kind of period that the table has now.
        if (table_sql.period(&self.period), self.ordering_key) != (stored.record.period.as_str(), stored.ordering_key) {
            return Ok(false);
        }
        let here = filled_cells(table_sql, &stored.record.values)?;
        // Most records were not changed after they were added; then both texts are equal, and parsing them is not
        // necessary.
        let first = self.first.unwrap_or_else(|| here.clone());
        if self.later.is_empty() && first == here {
            return Ok(true);
        }
        let mut logged = BTreeMap::from_iter(cells(Some(&first))?);
        logged.extend(self.later);
        // Own columns that are not in use at present keep their values and are dormant.
        logged.retain(|column, value| !value.is_empty() && (!is_own(column) || table_sql.position(column).is_ok()));
        Ok(logged == BTreeMap::from_iter(cells(Some(&here))?))
    }
}

/// All records of a table, computed from the steps of the log that are not undone.
fn replayed(connection: &Connection, table_sql: &TableSql) -> Result<HashMap<i64, FromLog>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT c.row, c.op, c.period, c.place_after, c.after FROM change c JOIN step s ON s.id = c.step
         WHERE s.standing IN (0, 3) AND c.tbl = ?1 ORDER BY c.id",
    )?;
    let mut rows = statement.query([table_sql.name()])?;
    let mut records: HashMap<i64, FromLog> = HashMap::new();
    while let Some(found) = rows.next()? {
        let (row, ordering_key): (i64, Option<f64>) = (found.get("row")?, found.get("place_after")?);
        let after = found.get_ref("after")?.as_str_or_null()?;
        match found.get::<_, Op>("op")? {
            Op::Insert => {
                let first = after.map(str::to_owned);
                let period = found.get::<_, Option<String>>("period")?.unwrap_or_default();
                let record =
                    FromLog { period, ordering_key: ordering_key.unwrap_or_default(), first, later: Vec::new() };
                records.insert(row, record);
            }
            Op::Delete => drop(records.remove(&row)),
            Op::Reorder => {
                let record = records.entry(row).or_default();
                record.ordering_key = ordering_key.unwrap_or_default();
                // A move to another edition may have changed the period of the record.
                if let Some(period) = found.get::<_, Option<String>>("period")? {
                    record.period = period;
                }
            }
            Op::Move => {
                let record = records.entry(row).or_default();
                record.ordering_key = ordering_key.unwrap_or_default();
                change::period_of(&cells(after)?).clone_into(&mut record.period);
            }
            Op::Repeat => {}
            Op::Update => records.entry(row).or_default().later.extend(cells(after)?),
        }
    }
    Ok(records)
}

/// Compares the records of a table with the log, and what is derived with what it is derived from.
fn compare(
    connection: &Connection,
    table_sql: &TableSql,
    school: &str,
    mut log: HashMap<i64, FromLog>,
    flaws: &mut Vec<Flaw>,
) -> Result<(), StoreError> {
    let table = table_sql.table();
    let sql = format!(
        "SELECT {}, t._natural, t._hash, k.key FROM {} t LEFT JOIN fixed_key k ON k.tbl = ?1 AND k.row = t._row",
        table_sql.columns, table_sql.quoted_name
    );
    let mut keys: HashMap<i64, String> = HashMap::new();
    for natural in repeats::shared(connection, table_sql)? {
        keys.extend(repeats::settled(connection, table_sql, &natural)?.into_iter().map(|one| (one.row, one.key)));
    }
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([table_sql.name()])?;
    while let Some(row) = rows.next()? {
        let stored = read(table_sql, row)?;
        let record = &stored.record;
        let width = 5 + table.fields.len();
        let (natural, hash, fixed): (Option<String>, [u8; 32], Option<String>) =
            (row.get(width)?, row.get(width + 1)?, row.get(width + 2)?);
        let as_logged = match log.remove(&record.row) {
            Some(logged) => logged.is(table_sql, &stored)?,
            None => false,
        };
        let mut flaw =
            |what, why: &str| flaws.push(Flaw { what, detail: format!("{} {}: {why}", table.name, record.row) });
        if !as_logged {
            flaw("log", "the record is not what the log makes of it");
        }
        let expected = record_key(table, school, &record.period, &record.values);
        if natural != expected {
            flaw("derived", "the natural record key is not that of the values");
        }
        let expected = keys.remove(&record.row).or(expected);
        if record.key_fixed != fixed.is_some() || record.key != fixed.or(expected).unwrap_or_default() {
            flaw("derived", "the record key is neither fixed nor that of the values");
        }
        if table_sql.school_at.is_some_and(|at| record.values[at] != school) {
            flaw("derived", "the school code is not that of the settings");
        }
        if hash != content_hash(table, &record.values) {
            flaw("derived", "the hash is not that of the content");
        }
    }
    let gone =
        log.into_keys().map(|row| Flaw { what: "log", detail: format!("{} {row}: only in the log", table.name) });
    flaws.extend(gone);
    Ok(())
}

/// Checks that frozen batches have not changed: their rows still give their hashes.
fn batches(connection: &Connection, flaws: &mut Vec<Flaw>) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id, hash, rows FROM batch ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, hash, count): (i64, String, u64) = (row.get("id")?, row.get("hash")?, row.get("rows")?);
        let mut payloads =
            connection.prepare_cached("SELECT payload FROM batch_row WHERE batch = ?1 ORDER BY call, num")?;
        let mut payloads = payloads.query([id])?;
        let (mut found, mut seen) = (Sm3::new(), 0);
        while let Some(payload) = payloads.next()? {
            found.update(payload.get_ref("payload")?.as_str()?);
            found.update(b"\n");
            seen += 1;
        }
        if (hex::encode(found.finalize()), seen) != (hash, count) {
            flaws.push(Flaw { what: "batch", detail: format!("batch {id} is not what was frozen") });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::book::handle::TransactionEnd;
    use crate::fixture::{BookFixture, at, delete, freeze, insert, update};

    #[test]
    fn a_book_that_was_worked_on_is_whole() {
        let mut fixture = BookFixture::new();
        fixture.whole();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert("ODS_COURSE", &[("KCH", k)])));
        fixture.apply(1, &[update("ODS_COURSE", 1, &[("KCH", ""), ("XF", "1")]), delete("ODS_COURSE", 2)]);
        fixture.undo(at(2), "").unwrap();
        fixture.freeze(&freeze("ODS_COURSE", 3)).unwrap();
        fixture.redo(at(4), "").unwrap();
        fixture.whole();
        fixture.reopen();
        fixture.whole();
    }

    #[test]
    fn each_flaw_is_found() {
        let check = |sql: &str, expect: &[&str]| {
            let fixture = BookFixture::new();
            fixture.apply(0, &["a", "b"].map(|k| insert("ODS_COURSE", &[("KCH", k)])));
            fixture.freeze(&freeze("ODS_COURSE", 1)).unwrap();
            fixture
                .write(|connection| {
                    connection.execute_batch(sql)?;
                    Ok(TransactionEnd::Commit(()))
                })
                .unwrap();
            let flaws: Vec<_> = fixture.integrity().unwrap().into_iter().map(|f| f.what).collect();
            assert_eq!(flaws, expect, "{sql}");
        };
        check("UPDATE ODS_COURSE SET KCMC = 'x' WHERE _row = 1", &["log", "derived"]);
        check("UPDATE ODS_COURSE SET _place = 7 WHERE _row = 1", &["log"]);
        check("UPDATE ODS_COURSE SET ZJSJWYXBS = 'x' WHERE _row = 1", &["derived", "derived"]);
        check("UPDATE ODS_COURSE SET _natural = 'x' WHERE _row = 2", &["derived"]);
        check("UPDATE ODS_COURSE SET _key_fixed = 0 WHERE _row = 2", &["derived"]);
        check("DELETE FROM ODS_COURSE WHERE _row = 2", &["log"]);
        check("DELETE FROM change WHERE row = 2", &["log"]);
        check("UPDATE batch_row SET payload = '{}' WHERE row = 2", &["batch"]);
        check("PRAGMA defer_foreign_keys = 1; DELETE FROM batch_row WHERE row = 2", &["batch"]);
    }
}
