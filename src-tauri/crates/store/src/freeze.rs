//! Freezing: the snapshot of rows that is sent, made once and never changed.
//!
//! A row is frozen when its content differs from what the connection accepted last, and not while an open
//! batch of that connection holds the same content: so a row is sent at most once per change. Freezing also fixes the
//! row's record key for life.

use jiff::Timestamp;
use rusqlite::Connection;
use sm3::{Digest, Sm3};

use crate::batch_query::batch;
use crate::book::Outcome;
use crate::derived::{content_hash, payload};
use crate::record::{self, Kept};
use crate::shape::Shape;
use crate::standing::{is_new, standing};
use crate::{Batch, BatchState, Book, CallState, RowOutcome, StoreError};

/// Asks for a batch.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// Table.
    pub table: String,
    /// Period; counts in periodic tables only.
    pub period: String,
    /// Name of the connection.
    pub connection: String,
    /// Now.
    pub at: Timestamp,
    /// Rows in one call; at least 1.
    pub rows_per_call: u32,
    /// Leave out rows with mandatory findings or with confirm findings that nobody explained.
    pub hold_back: bool,
}

/// What was frozen, and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The batch; absent where no row is left to send.
    pub batch: Option<Batch>,
    /// Rows left out for mandatory findings, or because they have no record key yet.
    pub blocked: u64,
    /// Rows left out for confirm findings that nobody explained.
    pub unexplained: u64,
}

impl Book {
    /// Freezes what is to be sent of a table, in one transaction.
    pub fn freeze(&self, freeze: &Freeze) -> Result<Frozen, StoreError> {
        let shape = self.shape(&freeze.table)?;
        self.write(|connection| {
            let Chosen { rows, blocked, unexplained } = choose(connection, shape, freeze)?;
            if rows.is_empty() {
                return Ok(Outcome::Leave(Frozen { batch: None, blocked, unexplained }));
            }
            let id = new_batch(connection, shape, freeze, &self.edition().id, rows.len())?;
            let mut hash = Sm3::new();
            let per_call = freeze.rows_per_call.max(1) as usize;
            for (call, rows) in (1u32..).zip(rows.chunks(per_call)) {
                new_call(connection, id, call, rows.len())?;
                for (num, row) in (1u32..).zip(rows) {
                    let Some(kept) = record::get(connection, shape, *row)? else {
                        return Err(StoreError::NoSuchRow { table: freeze.table.clone(), row: *row });
                    };
                    let payload = freeze_row(connection, shape, (id, call, num), &kept)?;
                    hash.update(payload.as_bytes());
                    hash.update(b"\n");
                }
            }
            let hash = hex::encode(hash.finalize());
            connection.execute("UPDATE batch SET hash = ?2 WHERE id = ?1", (id, hash))?;
            Ok(Outcome::Commit(Frozen { batch: Some(batch(connection, id)?), blocked, unexplained }))
        })
    }
}

/// Rows to freeze, and how many stay behind.
struct Chosen {
    rows: Vec<i64>,
    blocked: u64,
    unexplained: u64,
}

fn choose(connection: &Connection, shape: &Shape, freeze: &Freeze) -> Result<Chosen, StoreError> {
    let sql = format!("SELECT _row, keyless, blocked, unexplained FROM ({}) WHERE {}", standing(shape), is_new(shape));
    let mut chosen = Chosen { rows: Vec::new(), blocked: 0, unexplained: 0 };
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((&freeze.connection, shape.name(), shape.period(&freeze.period)))?;
    while let Some(row) = rows.next()? {
        let (keyless, blocked, unexplained): (bool, bool, bool) = (row.get(1)?, row.get(2)?, row.get(3)?);
        if keyless || (blocked && freeze.hold_back) {
            chosen.blocked += 1;
        } else if unexplained && freeze.hold_back {
            chosen.unexplained += 1;
        } else {
            chosen.rows.push(row.get(0)?);
        }
    }
    Ok(chosen)
}

fn new_batch(
    connection: &Connection,
    shape: &Shape,
    freeze: &Freeze,
    edition: &str,
    rows: usize,
) -> Result<i64, StoreError> {
    connection.execute(
        "INSERT INTO batch (tbl, period, connection, edition, state, frozen_at, hash, rows)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7)",
        (
            shape.name(),
            shape.period(&freeze.period),
            &freeze.connection,
            edition,
            BatchState::Frozen.as_str(),
            freeze.at.as_millisecond(),
            rows,
        ),
    )?;
    Ok(connection.last_insert_rowid())
}

fn new_call(connection: &Connection, batch: i64, no: u32, rows: usize) -> Result<(), StoreError> {
    connection.prepare_cached("INSERT INTO call (batch, no, state, rows) VALUES (?1, ?2, ?3, ?4)")?.execute((
        batch,
        no,
        CallState::Frozen.as_str(),
        rows,
    ))?;
    Ok(())
}

/// Puts the snapshot of one record into the batch and fixes its key. Returns the snapshot.
fn freeze_row(
    connection: &Connection,
    shape: &Shape,
    (batch, call, num): (i64, u32, u32),
    Kept { record, .. }: &Kept,
) -> Result<String, StoreError> {
    let broken = |e: serde_json::Error| StoreError::Failed { reason: e.to_string() };
    let payload = payload(shape.table(), &record.values).map_err(broken)?;
    let hash = content_hash(shape.table(), &record.values);
    connection
        .prepare_cached(
            "INSERT INTO batch_row (batch, call, num, tbl, row, key, hash, outcome, payload)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            batch,
            call,
            num,
            shape.name(),
            record.row,
            &record.key,
            hash,
            RowOutcome::Open.as_str(),
            &payload,
        ))?;
    if !record.key_fixed {
        connection.prepare_cached("INSERT INTO fixed_key (tbl, row, key) VALUES (?1, ?2, ?3)")?.execute((
            shape.name(),
            record.row,
            &record.key,
        ))?;
        connection
            .prepare_cached(&format!("UPDATE {} SET _key_fixed = 1 WHERE _row = ?1", shape.sql_name))?
            .execute([record.row])?;
    }
    Ok(payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, PERIOD, at, delete, finding, freeze, insert, update};
    use crate::{Explanation, Readiness, RowState, Scope};
    use standard::Level;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_batch_is_a_snapshot() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        let batch = desk.freeze(&Freeze { rows_per_call: 2, ..freeze(COURSE, 1) }).unwrap().batch.unwrap();
        assert_eq!((batch.rows, batch.calls, batch.state, batch.hash.len()), (3, 2, BatchState::Frozen, 64));
        assert_eq!((batch.frozen_at, batch.period.as_str(), batch.edition.as_str()), (at(1), "", "test-2026"));
        desk.apply(2, &[update(COURSE, 1, &[("KCMC", "改")]), delete(COURSE, 2)]);
        let rows: Vec<_> = (1..=2).flat_map(|call| desk.call_rows(batch.id, call).unwrap()).collect();
        let key = desk.get(COURSE, 1).unwrap().unwrap().key;
        assert_eq!(
            rows[0].payload,
            format!(
                r#"{{"ZJSJWYXBS":"{key}","XXDM":"4144010001","KCH":"a","KCMC":"课","XF":"","SJCJSJ":"20260901 000000"}}"#
            )
        );
        let numbers: Vec<_> = rows.iter().map(|r| (r.call, r.num, r.row)).collect();
        assert_eq!(numbers, [(1, 1, 1), (1, 2, 2), (2, 1, 3)]);
        assert_eq!(desk.batch(batch.id).unwrap(), batch);
        desk.whole();
    }

    #[test]
    fn a_row_is_frozen_at_most_once_per_change() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
        let rows = |seconds, connection: &str| {
            let freeze = Freeze { connection: connection.into(), ..freeze(COURSE, seconds) };
            desk.freeze(&freeze).unwrap().batch.map_or(0, |b| b.rows)
        };
        assert_eq!(rows(1, "ministry"), 2);
        assert_eq!(rows(2, "ministry"), 0);
        assert_eq!(rows(3, "rehearsal"), 2, "another connection knows nothing of it");
        desk.apply(4, &[update(COURSE, 1, &[("KCMC", "x")])]);
        assert_eq!(rows(5, "ministry"), 1);
        desk.undo(at(6), "").unwrap();
        assert_eq!(rows(7, "ministry"), 0, "the first batch still holds that content");
    }

    #[test]
    fn what_is_wrong_stays_behind() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b", "c", ""].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        let findings = || {
            [
                finding(COURSE, Some(1), Some("XF"), "required", Level::Mandatory, ""),
                finding(COURSE, Some(1), Some("KCH"), "reference", Level::Confirm, "a"),
                finding(COURSE, Some(2), Some("KCH"), "reference", Level::Confirm, "b"),
                finding(COURSE, Some(3), Some("KCMC"), "length", Level::Hint, "课"),
            ]
        };
        desk.replace_findings(COURSE, Scope::Table, None, findings()).unwrap();
        let ready = || desk.readiness("ministry", COURSE, PERIOD).unwrap();
        let before = Readiness { rows: 4, to_send: 4, blocked: 2, unexplained: 1, ..Default::default() };
        assert_eq!(ready(), before);
        let frozen = desk.freeze(&freeze(COURSE, 1)).unwrap();
        assert_eq!((frozen.batch.map(|b| b.rows), frozen.blocked, frozen.unexplained), (Some(1), 2, 1));
        assert_eq!(ready(), Readiness { rows: 4, to_send: 3, blocked: 2, unexplained: 1, under_way: 1, accepted: 0 });

        let explanation = Explanation {
            table: COURSE.into(),
            row: Some(2),
            column: Some("KCH".into()),
            rule: "reference".into(),
            value: "b".into(),
            text: "外校课程".into(),
        };
        desk.explain(at(2), "", &[explanation]).unwrap();
        let frozen = desk.freeze(&freeze(COURSE, 3)).unwrap();
        assert_eq!((frozen.batch.map(|b| b.rows), frozen.blocked, frozen.unexplained), (Some(1), 2, 0));
        let all = desk.freeze(&Freeze { hold_back: false, ..freeze(COURSE, 4) }).unwrap();
        assert_eq!((all.batch.map(|b| b.rows), all.blocked), (Some(1), 1), "a row without a key cannot be sent at all");
        desk.whole();
    }

    #[test]
    fn only_the_period_is_frozen() {
        let desk = Desk::new();
        desk.apply(0, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        let other = crate::Step { period: "2025-2026-2".into(), ..crate::tests::step(1) };
        desk.apply_step(&other, &[insert("ODS_PRACTICE", &[("XH", "1")]), insert("ODS_PRACTICE", &[("XH", "2")])]);
        let batch = desk.freeze(&freeze("ODS_PRACTICE", 1)).unwrap().batch.unwrap();
        assert_eq!((batch.rows, batch.period.as_str()), (1, PERIOD));
        assert_eq!(desk.to_send("ministry", "ODS_PRACTICE", "2025-2026-2").unwrap(), [2, 3]);
    }

    #[test]
    fn a_key_moves_until_it_is_frozen_and_never_after() {
        let mut desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        let key = |desk: &Desk| desk.get(COURSE, 1).unwrap().map(|r| (r.key, r.key_fixed));
        let (first, _) = key(&desk).unwrap();
        desk.apply(1, &[update(COURSE, 1, &[("KCH", "b")])]);
        let (second, fixed) = key(&desk).unwrap();
        assert!(second != first && !fixed);

        desk.freeze(&freeze(COURSE, 2)).unwrap();
        let fixed = Some((second.clone(), true));
        desk.apply(3, &[update(COURSE, 1, &[("KCH", "c")])]);
        assert_eq!(key(&desk), fixed, "a correction after freezing keeps it");
        desk.undo(at(4), "").unwrap();
        assert_eq!(key(&desk), fixed, "undo of that keeps it");
        desk.undo(at(5), "").unwrap();
        assert_eq!(key(&desk), fixed, "undo of what was done before freezing keeps it");
        assert_eq!(desk.value(COURSE, 1, "KCH"), "a");
        desk.undo(at(6), "").unwrap();
        assert_eq!(key(&desk), None);
        desk.reopen();
        desk.redo(at(7), "").unwrap();
        assert_eq!(key(&desk), fixed, "a record that comes back has its key");
        desk.apply(8, &[update(COURSE, 1, &[("KCH", "")])]);
        assert_eq!(key(&desk), fixed, "even without a natural key");
        desk.set_school("9").unwrap();
        assert_eq!(key(&desk), fixed);
        desk.whole();
    }

    #[test]
    fn the_grid_sees_how_far_records_are() {
        let desk = Desk::new();
        desk.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
        let states = || desk.row_states("ministry", COURSE, &[2, 1, 99]).unwrap();
        assert_eq!(states(), [RowState::New; 3]);
        desk.freeze(&freeze(COURSE, 1)).unwrap();
        assert_eq!(states(), [RowState::Sent, RowState::Sent, RowState::New]);
        desk.apply(2, &[update(COURSE, 2, &[("KCMC", "x")])]);
        assert_eq!(states(), [RowState::Changed, RowState::Sent, RowState::New]);
    }
}
