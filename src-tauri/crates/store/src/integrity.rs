//! Whether the book is whole: the file, and what the book says about itself.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use sm3::{Digest, Sm3};
use standard::key::record_key;

use crate::book::head;
use crate::changes::{Op, cells, filled_cells};
use crate::derived::content_hash;
use crate::hidden::is_own;
use crate::record::{Kept, read};
use crate::shape::Shape;
use crate::{Book, StoreError};

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// What: `file`, `cipher`, `foreign-key`, `log`, `derived`, `batch`.
    pub what: &'static str,
    /// Where, in SQLite's or the book's own words; never a value.
    pub detail: String,
}

impl Book {
    /// Checks pages and their seals, and that the log replays to exactly the records, derived columns are derived,
    /// and frozen batches still have their hashes. Empty: the book is whole. Reads everything: seconds for a large
    /// book.
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
            let school = head(connection, "school")?;
            for table in &self.edition().tables {
                let shape = self.shape(&table.name)?;
                compare(connection, shape, &school, replayed(connection, shape)?, &mut flaws)?;
            }
            batches(connection, &mut flaws)?;
            Ok(flaws)
        })
    }
}

/// A record as the log has it: period, place, and the cells that the log keeps.
#[derive(Debug, Default)]
struct FromLog {
    period: String,
    place: f64,
    /// The cells it began with, as JSON.
    first: String,
    /// The cells changed since, in order.
    later: Vec<(String, String)>,
}

impl FromLog {
    /// Whether the record in the table is this one.
    fn is(self, shape: &Shape, kept: &Kept) -> Result<bool, StoreError> {
        if (self.period.as_str(), self.place) != (kept.record.period.as_str(), kept.place) {
            return Ok(false);
        }
        let here = filled_cells(shape, &kept.record.values)?;
        // Most records stand as they were first put in: then the text is the same.
        if self.later.is_empty() && self.first == here {
            return Ok(true);
        }
        let mut logged = BTreeMap::from_iter(cells(Some(&self.first))?);
        logged.extend(self.later);
        // Own columns that are not in use at present keep their values, out of sight.
        logged.retain(|column, value| !value.is_empty() && (!is_own(column) || shape.position(column).is_ok()));
        Ok(logged == BTreeMap::from_iter(cells(Some(&here))?))
    }
}

/// All records of a table, made anew from the steps that stand.
fn replayed(connection: &Connection, shape: &Shape) -> Result<HashMap<i64, FromLog>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT c.row, c.op, c.period, c.place_after, c.after FROM change c JOIN step s ON s.id = c.step
         WHERE s.standing IN (0, 3) AND c.tbl = ?1 ORDER BY c.id",
    )?;
    let mut rows = statement.query([shape.name()])?;
    let mut records: HashMap<i64, FromLog> = HashMap::new();
    while let Some(found) = rows.next()? {
        let (row, place): (i64, Option<f64>) = (found.get(0)?, found.get(3)?);
        let after = found.get_ref(4)?.as_str_or_null()?;
        match Op::parse(found.get_ref(1)?.as_str()?)? {
            Op::Insert => {
                let first = after.unwrap_or_default().to_owned();
                let period = found.get::<_, Option<String>>(2)?.unwrap_or_default();
                let record = FromLog { period, place: place.unwrap_or_default(), first, later: Vec::new() };
                records.insert(row, record);
            }
            Op::Delete => drop(records.remove(&row)),
            Op::Place => {
                let record = records.entry(row).or_default();
                record.place = place.unwrap_or_default();
                // A move to another edition may have changed what the record speaks for.
                if let Some(period) = found.get::<_, Option<String>>(2)? {
                    record.period = period;
                }
            }
            Op::Update => records.entry(row).or_default().later.extend(cells(after)?),
        }
    }
    Ok(records)
}

/// Compares the records of a table with the log, and what is derived with what it is derived from.
fn compare(
    connection: &Connection,
    shape: &Shape,
    school: &str,
    mut log: HashMap<i64, FromLog>,
    flaws: &mut Vec<Flaw>,
) -> Result<(), StoreError> {
    let table = shape.table();
    let sql = format!(
        "SELECT {}, t._natural, t._hash, k.key FROM {} t LEFT JOIN fixed_key k ON k.tbl = ?1 AND k.row = t._row",
        shape.columns, shape.sql_name
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([shape.name()])?;
    while let Some(row) = rows.next()? {
        let kept = read(shape, row)?;
        let record = &kept.record;
        let width = 5 + table.fields.len();
        let (natural, hash, fixed): (Option<String>, [u8; 32], Option<String>) =
            (row.get(width)?, row.get(width + 1)?, row.get(width + 2)?);
        let as_logged = match log.remove(&record.row) {
            Some(logged) => logged.is(shape, &kept)?,
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
        if record.key_fixed != fixed.is_some() || record.key != fixed.or(expected).unwrap_or_default() {
            flaw("derived", "the record key is neither fixed nor that of the values");
        }
        if shape.school_at.is_some_and(|at| record.values[at] != school) {
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

/// Checks that frozen batches are what they were.
fn batches(connection: &Connection, flaws: &mut Vec<Flaw>) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id, hash, rows FROM batch ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, hash, count): (i64, String, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut payloads =
            connection.prepare_cached("SELECT payload FROM batch_row WHERE batch = ?1 ORDER BY call, num")?;
        let mut payloads = payloads.query([id])?;
        let (mut found, mut seen) = (Sm3::new(), 0);
        while let Some(payload) = payloads.next()? {
            found.update(payload.get_ref(0)?.as_str()?);
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
    use crate::book::Outcome;
    use crate::tests::{Desk, at, delete, freeze, insert, update};

    #[test]
    fn a_book_that_was_worked_on_is_whole() {
        let mut desk = Desk::new();
        desk.whole();
        desk.apply(0, &["a", "b", "c"].map(|k| insert("ODS_COURSE", &[("KCH", k)])));
        desk.apply(1, &[update("ODS_COURSE", 1, &[("KCH", ""), ("XF", "1")]), delete("ODS_COURSE", 2)]);
        desk.undo(at(2), "").unwrap();
        desk.freeze(&freeze("ODS_COURSE", 3)).unwrap();
        desk.redo(at(4), "").unwrap();
        desk.whole();
        desk.reopen();
        desk.whole();
    }

    #[test]
    fn each_flaw_is_found() {
        let check = |sql: &str, expect: &[&str]| {
            let desk = Desk::new();
            desk.apply(0, &["a", "b"].map(|k| insert("ODS_COURSE", &[("KCH", k)])));
            desk.freeze(&freeze("ODS_COURSE", 1)).unwrap();
            desk.write(|connection| {
                connection.execute_batch(sql)?;
                Ok(Outcome::Commit(()))
            })
            .unwrap();
            let flaws: Vec<_> = desk.integrity().unwrap().into_iter().map(|f| f.what).collect();
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
