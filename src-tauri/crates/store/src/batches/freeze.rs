//! Freezing: the snapshot of rows that is sent, made once and never changed.
//!
//! A row is frozen when its content differs from what the connection accepted last, and not while an open batch of that
//! connection holds the same content: so a row is sent at most once per change. Freezing also fixes the row's record
//! key: it never changes again.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::Connection;
use sm3::{Digest, Sm3};

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::numbers::states::{is_new, submission_states};
use crate::records::derived::{content_hash, payload};
use crate::records::stored::{self, StoredRecord};
use crate::records::table_sql::TableSql;
use crate::tables::batch::{self, Batch, NewBatch};
use crate::tables::batch_row::{self, NewRow, RowNumber};
use crate::tables::{delivery, fixed_key, tally};

/// Which records to freeze into a batch, and how.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// Name of the table.
    pub table: String,
    /// Period whose records are frozen; counts in periodic tables only.
    pub period: String,
    /// Name of the connection.
    pub connection: String,
    /// The moment of freezing.
    pub at: Timestamp,
    /// The largest number of rows of one delivery, at least 1.
    pub rows_per_delivery: u32,
    /// Leave out rows with mandatory findings or with confirm findings without an explanation.
    pub hold_back: bool,
    /// Only records of this batch that the receiver rejected as a whole; absent: all that are to be sent.
    pub only_of: Option<i64>,
    /// Nothing is frozen unless the hash over the rows is this one; absent: whatever it is.
    pub expected: Option<String>,
}

/// What was frozen, and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The batch; absent where no row is left to send.
    pub batch: Option<Batch>,
    /// Rows left out for mandatory findings, or because they have no record key yet.
    pub blocked: u64,
    /// Rows left out for confirm findings without an explanation.
    pub unexplained: u64,
    /// Whether nothing was frozen because the rows are not those that were expected.
    pub differs: bool,
}

/// What freezing would make now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldFreeze {
    /// Numbers of the records, in the order in which they would be sent.
    pub rows: Vec<i64>,
    /// The hash over the rows that the batch would have, lower-case hex.
    pub hash: String,
    /// Rows left out, as in [`Frozen`].
    pub blocked: u64,
    /// Rows left out, as in [`Frozen`].
    pub unexplained: u64,
}

impl Book {
    /// What [`Book::freeze`] would freeze now, without freezing it.
    pub fn would_freeze(&self, freeze: &Freeze) -> Result<WouldFreeze, StoreError> {
        let table_sql = self.table_sql(&freeze.table)?;
        self.read(|connection| {
            let Chosen { rows, blocked, unexplained } = choose(connection, table_sql, freeze)?;
            let mut hash = BatchHash::default();
            for row in &rows {
                hash.add(&snapshot(table_sql, &wanted(connection, table_sql, *row)?)?);
            }
            Ok(WouldFreeze { rows, hash: hash.text(), blocked, unexplained })
        })
    }

    /// Freezes what is to be sent of a table, in one transaction.
    pub fn freeze(&self, freeze: &Freeze) -> Result<Frozen, StoreError> {
        let table_sql = self.table_sql(&freeze.table)?;
        self.write_aside(|connection| {
            let Chosen { rows, blocked, unexplained } = choose(connection, table_sql, freeze)?;
            if rows.is_empty() {
                let differs = freeze.expected.is_some();
                return Ok(TransactionEnd::Leave(Frozen { batch: None, blocked, unexplained, differs }));
            }
            tally::forget(connection, table_sql.name())?;
            let new = NewBatch {
                table: table_sql.name(),
                period: table_sql.period(&freeze.period),
                connection: &freeze.connection,
                edition: &self.edition().id,
                at: freeze.at,
                rows: rows.len(),
            };
            let id = batch::insert(connection, &new)?;
            let mut hash = BatchHash::default();
            let per_delivery = freeze.rows_per_delivery.max(1) as usize;
            for (delivery, rows) in (1u32..).zip(rows.chunks(per_delivery)) {
                delivery::insert(connection, id, delivery, rows.len())?;
                for (num, row) in (1u32..).zip(rows) {
                    let stored = wanted(connection, table_sql, *row)?;
                    hash.add(&freeze_row(connection, table_sql, (id, delivery, num), &stored)?);
                }
            }
            let hash = hash.text();
            if freeze.expected.as_ref().is_some_and(|expected| *expected != hash) {
                let frozen = Frozen { batch: None, blocked, unexplained, differs: true };
                return Ok(TransactionEnd::Leave(frozen));
            }
            batch::set_hash(connection, id, &hash)?;
            let batch = Some(batch::get(connection, id)?);
            Ok(TransactionEnd::Commit(Frozen { batch, blocked, unexplained, differs: false }))
        })
    }
}

/// The hash over the rows of a batch: SM3 of each row as it is frozen, with a line break behind it, in the order of
/// sending.
#[derive(Default)]
pub(crate) struct BatchHash(Sm3);

impl BatchHash {
    /// Adds the next row.
    pub fn add(&mut self, payload: &str) {
        self.0.update(payload.as_bytes());
        self.0.update(b"\n");
    }

    /// Lower-case hex.
    pub fn text(self) -> String {
        hex::encode(self.0.finalize())
    }
}

/// A record that was chosen a moment ago, in the same transaction.
fn wanted(connection: &Connection, table_sql: &TableSql, row: i64) -> Result<StoredRecord, StoreError> {
    let gone = || StoreError::NoSuchRow { table: table_sql.name().to_owned(), row };
    stored::get(connection, table_sql, row)?.ok_or_else(gone)
}

/// A record as it is frozen: a JSON object of all its values, in printed order.
fn snapshot(table_sql: &TableSql, stored: &StoredRecord) -> Result<String, StoreError> {
    let broken = |e: serde_json::Error| StoreError::Failed { reason: e.to_string() };
    payload(table_sql.table(), &stored.record.values).map_err(broken)
}

/// Rows to freeze, and how many stay behind.
struct Chosen {
    rows: Vec<i64>,
    blocked: u64,
    unexplained: u64,
}

fn choose(connection: &Connection, table_sql: &TableSql, freeze: &Freeze) -> Result<Chosen, StoreError> {
    let sql = format!(
        "SELECT _row, keyless, blocked, unexplained FROM ({}) WHERE {}",
        submission_states(table_sql),
        is_new(table_sql)
    );
    let only: Option<HashSet<i64>> = match freeze.only_of {
        Some(batch) => Some(batch_row::rejected_whole(connection, batch)?.into_iter().collect()),
        None => None,
    };
    let mut chosen = Chosen { rows: Vec::new(), blocked: 0, unexplained: 0 };
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((&freeze.connection, table_sql.name(), table_sql.period(&freeze.period)))?;
    while let Some(row) = rows.next()? {
        let (keyless, blocked, unexplained): (bool, bool, bool) =
            (row.get("keyless")?, row.get("blocked")?, row.get("unexplained")?);
        let number: i64 = row.get("_row")?;
        if only.as_ref().is_some_and(|only| !only.contains(&number)) {
            continue;
        }
        if keyless || (blocked && freeze.hold_back) {
            chosen.blocked += 1;
        } else if unexplained && freeze.hold_back {
            chosen.unexplained += 1;
        } else {
            chosen.rows.push(number);
        }
    }
    Ok(chosen)
}

/// Puts the snapshot of one record into the batch and fixes its key. Returns the snapshot.
fn freeze_row(
    connection: &Connection,
    table_sql: &TableSql,
    number: RowNumber,
    stored: &StoredRecord,
) -> Result<String, StoreError> {
    let payload = snapshot(table_sql, stored)?;
    let record = &stored.record;
    let hash = content_hash(table_sql.table(), &record.values);
    let (table, row, key) = (table_sql.name(), record.row, record.key.as_str());
    batch_row::insert(connection, &NewRow { number, table, row, key, hash, payload: &payload })?;
    if !record.key_fixed {
        fixed_key::insert(connection, table, row, key, &record.period)?;
        connection
            .prepare_cached(&format!("UPDATE {} SET _key_fixed = 1 WHERE _row = ?1", table_sql.quoted_name))?
            .execute([row])?;
    }
    Ok(payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BatchState;
    use crate::fixture::{BookFixture, PERIOD, at, delete, finding, freeze, insert, update};
    use crate::{DeliveryResult, Explanation, Readiness, RejectedRow, RowState, Scope, SentBefore};
    use standard::Level;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_batch_is_a_snapshot() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        let batch = fixture.freeze(&Freeze { rows_per_delivery: 2, ..freeze(COURSE, 1) }).unwrap().batch.unwrap();
        assert_eq!((batch.rows, batch.deliveries, batch.state, batch.hash.len()), (3, 2, BatchState::Frozen, 64));
        assert_eq!((batch.frozen_at, batch.period.as_str(), batch.edition.as_str()), (at(1), "", "test-2026"));
        fixture.apply(2, &[update(COURSE, 1, &[("KCMC", "改")]), delete(COURSE, 2)]);
        let rows: Vec<_> = (1..=2).flat_map(|call| fixture.delivery_rows(batch.id, call).unwrap()).collect();
        let key = fixture.get(COURSE, 1).unwrap().unwrap().key;
        assert_eq!(
            rows[0].payload,
            format!(
                r#"{{"ZJSJWYXBS":"{key}","XXDM":"4144010001","KCH":"a","KCMC":"课","XF":"","SJCJSJ":"20260901 000000"}}"#
            )
        );
        let numbers: Vec<_> = rows.iter().map(|r| (r.delivery, r.num, r.row)).collect();
        assert_eq!(numbers, [(1, 1, 1), (1, 2, 2), (2, 1, 3)]);
        assert_eq!(fixture.batch(batch.id).unwrap(), batch);
        fixture.whole();
    }

    #[test]
    fn what_would_be_frozen_is_what_is_frozen_and_nothing_else_than_what_was_expected() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        let before = fixture.effort().commits;
        let would = fixture.would_freeze(&freeze(COURSE, 1)).unwrap();
        assert_eq!((would.rows.as_slice(), would.hash.len()), (&[1, 2, 3][..], 64));
        assert_eq!(fixture.effort().commits, before, "nothing is written");
        let expecting = |seconds| Freeze { expected: Some(would.hash.clone()), ..freeze(COURSE, seconds) };
        fixture.apply(2, &[update(COURSE, 2, &[("KCMC", "改")])]);
        let frozen = fixture.freeze(&expecting(3)).unwrap();
        assert!(frozen.batch.is_none() && frozen.differs, "{frozen:?}");
        fixture.undo(at(4), "").unwrap();
        let frozen = fixture.freeze(&expecting(5)).unwrap();
        assert_eq!((frozen.batch.map(|batch| batch.hash), frozen.differs), (Some(would.hash.clone()), false));
        let frozen = fixture.freeze(&expecting(6)).unwrap();
        assert!(frozen.batch.is_none() && frozen.differs, "nothing is left of what was expected");
        fixture.whole();
    }

    #[test]
    fn what_was_accepted_before_is_counted_with_what_was_deleted_since() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
        let before = || fixture.sent_before("ministry", COURSE, PERIOD).unwrap();
        assert_eq!(before(), SentBefore::default());
        let batch = fixture.freeze(&freeze(COURSE, 1)).unwrap().batch.unwrap();
        fixture.delivery_sending(batch.id, 1, at(2), at(2)).unwrap();
        fixture.delivery_sent(batch.id, 1, "t", "ok", at(2)).unwrap();
        let rejected = vec![RejectedRow { num: 3, column: None, error: String::new() }];
        let result = DeliveryResult {
            at: at(3),
            collected: 3,
            stored: 2,
            receipt: String::new(),
            rejected,
            findings: Vec::new(),
            rule: crate::RECEIPT_RULE,
        };
        fixture.delivery_result(batch.id, 1, &result).unwrap();
        assert_eq!(before(), SentBefore { accepted: 2, deleted: 0 });
        fixture.apply(4, &[delete(COURSE, 1), delete(COURSE, 3)]);
        assert_eq!(before(), SentBefore { accepted: 2, deleted: 1 });
        assert_eq!(fixture.sent_before("rehearsal", COURSE, PERIOD).unwrap(), SentBefore::default());
    }

    #[test]
    fn a_row_is_frozen_at_most_once_per_change() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
        let rows = |seconds, connection: &str| {
            let freeze = Freeze { connection: connection.into(), ..freeze(COURSE, seconds) };
            fixture.freeze(&freeze).unwrap().batch.map_or(0, |b| b.rows)
        };
        assert_eq!(rows(1, "ministry"), 2);
        assert_eq!(rows(2, "ministry"), 0);
        assert_eq!(rows(3, "rehearsal"), 2, "another connection knows nothing of it");
        fixture.apply(4, &[update(COURSE, 1, &[("KCMC", "x")])]);
        assert_eq!(rows(5, "ministry"), 1);
        fixture.undo(at(6), "").unwrap();
        assert_eq!(rows(7, "ministry"), 0, "the first batch still holds that content");
    }

    #[test]
    fn what_is_wrong_stays_behind() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c", ""].map(|k| insert(COURSE, &[("KCH", k), ("KCMC", "课")])));
        let findings = || {
            [
                finding(COURSE, Some(1), Some("XF"), "required", Level::Mandatory, ""),
                finding(COURSE, Some(1), Some("KCH"), "reference", Level::Confirm, "a"),
                finding(COURSE, Some(2), Some("KCH"), "reference", Level::Confirm, "b"),
                finding(COURSE, Some(3), Some("KCMC"), "length", Level::Hint, "课"),
            ]
        };
        fixture.replace_findings(COURSE, Scope::Table, None, findings()).unwrap();
        let ready = || fixture.readiness("ministry", COURSE, PERIOD).unwrap();
        let before = Readiness { rows: 4, to_send: 4, blocked: 2, unexplained: 1, ..Default::default() };
        assert_eq!(ready(), before);
        let frozen = fixture.freeze(&freeze(COURSE, 1)).unwrap();
        assert_eq!((frozen.batch.map(|b| b.rows), frozen.blocked, frozen.unexplained), (Some(1), 2, 1));
        assert_eq!(
            ready(),
            Readiness { rows: 4, to_send: 3, blocked: 2, unexplained: 1, under_way: 1, waiting: 1, accepted: 0 }
        );

        let explanation = Explanation {
            table: COURSE.into(),
            row: Some(2),
            column: Some("KCH".into()),
            rule: "reference".into(),
            value: "b".into(),
            text: "外校课程".into(),
        };
        fixture.explain(at(2), "", &[explanation]).unwrap();
        let frozen = fixture.freeze(&freeze(COURSE, 3)).unwrap();
        assert_eq!((frozen.batch.map(|b| b.rows), frozen.blocked, frozen.unexplained), (Some(1), 2, 0));
        let all = fixture.freeze(&Freeze { hold_back: false, ..freeze(COURSE, 4) }).unwrap();
        assert_eq!((all.batch.map(|b| b.rows), all.blocked), (Some(1), 1), "a row without a key cannot be sent at all");
        fixture.whole();
    }

    #[test]
    fn only_the_period_is_frozen() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        let other = crate::Step { period: "2025-2026-2".into(), ..crate::fixture::step(1) };
        fixture.apply_step(&other, &[insert("ODS_PRACTICE", &[("XH", "1")]), insert("ODS_PRACTICE", &[("XH", "2")])]);
        let batch = fixture.freeze(&freeze("ODS_PRACTICE", 1)).unwrap().batch.unwrap();
        assert_eq!((batch.rows, batch.period.as_str()), (1, PERIOD));
        assert_eq!(fixture.to_send("ministry", "ODS_PRACTICE", "2025-2026-2").unwrap(), [2, 3]);
    }

    #[test]
    fn a_key_moves_until_it_is_frozen_and_never_after() {
        let mut fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        let key = |fixture: &BookFixture| fixture.get(COURSE, 1).unwrap().map(|r| (r.key, r.key_fixed));
        let (first, _) = key(&fixture).unwrap();
        fixture.apply(1, &[update(COURSE, 1, &[("KCH", "b")])]);
        let (second, fixed) = key(&fixture).unwrap();
        assert!(second != first && !fixed);

        fixture.freeze(&freeze(COURSE, 2)).unwrap();
        let fixed = Some((second.clone(), true));
        fixture.apply(3, &[update(COURSE, 1, &[("KCH", "c")])]);
        assert_eq!(key(&fixture), fixed, "a correction after freezing keeps it");
        fixture.undo(at(4), "").unwrap();
        assert_eq!(key(&fixture), fixed, "undo of that keeps it");
        fixture.undo(at(5), "").unwrap();
        assert_eq!(key(&fixture), fixed, "undo of what was done before freezing keeps it");
        assert_eq!(fixture.value(COURSE, 1, "KCH"), "a");
        fixture.undo(at(6), "").unwrap();
        assert_eq!(key(&fixture), None);
        fixture.reopen();
        fixture.redo(at(7), "").unwrap();
        assert_eq!(key(&fixture), fixed, "a record that comes back has its key");
        fixture.apply(8, &[update(COURSE, 1, &[("KCH", "")])]);
        assert_eq!(key(&fixture), fixed, "even without a natural key");
        fixture.set_school("9").unwrap();
        assert_eq!(key(&fixture), fixed);
        fixture.whole();
    }

    #[test]
    fn the_grid_sees_how_far_records_are() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
        let states = || fixture.row_states("ministry", COURSE, &[2, 1, 99]).unwrap();
        assert_eq!(states(), [RowState::New; 3]);
        fixture.freeze(&freeze(COURSE, 1)).unwrap();
        assert_eq!(states(), [RowState::Waiting, RowState::Waiting, RowState::New]);
        fixture.apply(2, &[update(COURSE, 2, &[("KCMC", "x")])]);
        assert_eq!(states(), [RowState::Changed, RowState::Waiting, RowState::New]);
    }
}
