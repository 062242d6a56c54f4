//! The state of records for a connection: which are to be sent, which are held back, which are under way or accepted.
//!
//! All of it follows from the hash of the record's content, which every change writes anew. No flag "sent" is stored in
//! a record, so no flag can be wrong after a change or an undo.

use std::sync::PoisonError;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};
use standard::delivery::DeliveryState;

use crate::numbers::states::{RowState, is_new, submission_states};
use crate::sql::column::{Moment, Word};
use crate::tables::batch_row::RowOutcome;
use crate::{Book, StoreError};

/// A table before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// How many records.
    pub rows: u64,
    /// Records that differ from what was accepted and are not under way.
    pub to_send: u64,
    /// Of these, records with mandatory findings or without a record key.
    pub blocked: u64,
    /// Of these, other records with confirm findings without an explanation.
    pub unexplained: u64,
    /// Records that, as they stand, are in a batch whose result is still to come.
    pub under_way: u64,
    /// Of these, records whose delivery has not been sent yet.
    pub waiting: u64,
    /// Records that, as they stand, were accepted.
    pub accepted: u64,
}

/// Records of a table whose submission needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attention {
    /// Records that, as they stand, went out without an answer that tells whether they arrived.
    pub unknown: u64,
    /// Records that, as they stand, were rejected last.
    pub rejected: u64,
}

/// What a connection has accepted of a table in a period, whatever became of the records since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SentBefore {
    /// Records of which some content was accepted.
    pub accepted: u64,
    /// Of these, records that are no longer in the book: the protocol has no way to take them back.
    pub deleted: u64,
}

impl Book {
    /// What was accepted before. Records whose period an earlier build did not note count for every period.
    pub fn sent_before(&self, connection: &str, table: &str, period: &str) -> Result<SentBefore, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT count(*) AS accepted, count(*) - count(t._row) AS deleted FROM acceptance a
             LEFT JOIN {} t ON t._row = a.row LEFT JOIN fixed_key f ON f.tbl = a.tbl AND f.row = a.row
             WHERE a.connection = ?1 AND a.tbl = ?2 AND coalesce(t._period, f.period, ?3) = ?3",
            table_sql.quoted_name
        );
        self.read(|reader| {
            let read = |r: &Row<'_>| Ok(SentBefore { accepted: r.get("accepted")?, deleted: r.get("deleted")? });
            Ok(reader.prepare_cached(&sql)?.query_row((connection, table, table_sql.period(period)), read)?)
        })
    }

    /// What could be frozen. The period counts in periodic tables only.
    pub fn readiness(&self, connection: &str, table: &str, period: &str) -> Result<Readiness, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT count(*) AS rows, sum(new) AS to_send, sum(new AND blocked) AS blocked,
                 sum(new AND NOT blocked AND unexplained) AS unexplained, sum(under_way) AS under_way,
                 sum(waiting) AS waiting, sum(accepted) AS accepted
             FROM (SELECT *, {} AS new FROM ({}))",
            is_new(table_sql),
            submission_states(table_sql)
        );
        let number = |r: &Row<'_>, name| r.get::<_, Option<u64>>(name).map(Option::unwrap_or_default);
        self.read(|reader| {
            let read = |r: &Row<'_>| {
                Ok(Readiness {
                    rows: r.get("rows")?,
                    to_send: number(r, "to_send")?,
                    blocked: number(r, "blocked")?,
                    unexplained: number(r, "unexplained")?,
                    under_way: number(r, "under_way")?,
                    waiting: number(r, "waiting")?,
                    accepted: number(r, "accepted")?,
                })
            };
            Ok(reader.prepare_cached(&sql)?.query_row((connection, table, table_sql.period(period)), read)?)
        })
    }

    /// When the oldest record that is not accepted was last changed; absent: all are.
    pub fn oldest_open(&self, connection: &str, table: &str, period: &str) -> Result<Option<Timestamp>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let period = table_sql.period(period);
        let open = format!(
            "FROM {} t WHERE t._period = ?3 AND NOT EXISTS (SELECT 1 FROM acceptance a
                 WHERE a.connection = ?1 AND a.tbl = ?2 AND a.row = t._row AND a.hash = t._hash)",
            table_sql.quoted_name
        );
        let name = [connection, table, period].map(str::to_owned);
        let kept = self.oldest_open.lock().unwrap_or_else(PoisonError::into_inner).get(&name).copied();
        let (found, at) = self.read(|reader| {
            let place = |r: &Row<'_>| Ok((r.get(0)?, r.get(1)?));
            // A change gives its record a newer step, so the oldest one stays the oldest until it is changed itself.
            let still = match kept {
                Some((row, step)) => {
                    let sql = format!("SELECT t._row, t._changed {open} AND t._row = ?4 AND t._changed = ?5");
                    let mut statement = reader.prepare_cached(&sql)?;
                    statement.query_row((connection, table, period, row, step), place).optional()?
                }
                None => None,
            };
            let found: Option<(i64, i64)> = match still {
                Some(still) => Some(still),
                None => {
                    let sql = format!("SELECT t._row, min(t._changed) {open} HAVING min(t._changed) IS NOT NULL");
                    reader.prepare_cached(&sql)?.query_row((connection, table, period), place).optional()?
                }
            };
            let Some((_, step)) = found else { return Ok((None, None)) };
            let mut statement = reader.prepare_cached("SELECT at FROM step WHERE id = ?1")?;
            Ok((found, statement.query_row([step], |r| r.get::<_, Moment>("at")).optional()?))
        })?;
        let mut oldest = self.oldest_open.lock().unwrap_or_else(PoisonError::into_inner);
        match found {
            Some(found) => oldest.insert(name, found),
            None => oldest.remove(&name),
        };
        Ok(at.map(|Moment(at)| at))
    }

    /// How many records of a table a connection rejected, and of how many the outcome is unknown.
    pub fn attention(&self, connection: &str, table: &str, period: &str) -> Result<Attention, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT sum(last = 'unknown') AS unknown, sum(last = 'rejected') AS rejected FROM (
                 SELECT (SELECT CASE WHEN r.outcome = 'open' THEN c.state ELSE r.outcome END
                     FROM batch_row r JOIN batch b ON b.id = r.batch
                     JOIN call c ON c.batch = r.batch AND c.no = r.call
                     WHERE r.tbl = ?2 AND r.row = t._row AND r.hash = t._hash AND b.connection = ?1
                     ORDER BY r.batch DESC LIMIT 1) AS last
                 FROM {} t WHERE t._period = ?3)",
            table_sql.quoted_name
        );
        self.read(|reader| {
            let number = |r: &Row<'_>, name| r.get::<_, Option<u64>>(name).map(Option::unwrap_or_default);
            let read = |r: &Row<'_>| Ok(Attention { unknown: number(r, "unknown")?, rejected: number(r, "rejected")? });
            Ok(reader.prepare_cached(&sql)?.query_row((connection, table, table_sql.period(period)), read)?)
        })
    }

    /// The records that [`Book::freeze`] considers, in the order of the grid: those that differ from what was accepted
    /// and are not under way as they stand.
    pub fn to_send(&self, connection: &str, table: &str, period: &str) -> Result<Vec<i64>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!("SELECT _row FROM ({}) WHERE {}", submission_states(table_sql), is_new(table_sql));
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&sql)?;
            let rows = statement.query_map((connection, table, table_sql.period(period)), |r| r.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// States of these records towards the connection, in the order asked. A record that is gone is `New`.
    pub fn row_states(&self, connection: &str, table: &str, rows: &[i64]) -> Result<Vec<RowState>, StoreError> {
        let table_sql = self.table_sql(table)?;
        // The last outcome of the record as it stands, and whether it was ever in a batch.
        let sql = format!(
            "SELECT
                 EXISTS (SELECT 1 FROM acceptance a
                     WHERE a.connection = ?1 AND a.tbl = ?2 AND a.row = t._row AND a.hash = t._hash) AS accepted,
                 (SELECT r.outcome FROM batch_row r JOIN batch b ON b.id = r.batch
                     WHERE r.tbl = ?2 AND r.row = t._row AND r.hash = t._hash AND b.connection = ?1
                     ORDER BY r.outcome = 'open' DESC, r.batch DESC LIMIT 1) AS outcome,
                 (SELECT c.state FROM batch_row r JOIN batch b ON b.id = r.batch
                     JOIN call c ON c.batch = r.batch AND c.no = r.call
                     WHERE r.tbl = ?2 AND r.row = t._row AND r.hash = t._hash AND b.connection = ?1
                         AND r.outcome = 'open' ORDER BY r.batch DESC LIMIT 1) AS delivery,
                 EXISTS (SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch
                     WHERE r.tbl = ?2 AND r.row = t._row AND b.connection = ?1) AS known
             FROM {} t WHERE t._row = ?3",
            table_sql.quoted_name
        );
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&sql)?;
            let mut states = Vec::with_capacity(rows.len());
            for row in rows {
                let state = statement.query_row((connection, table, row), |r| {
                    let outcome = r.get::<_, Option<Word<RowOutcome>>>("outcome")?.map(|Word(outcome)| outcome);
                    let (accepted, known): (bool, bool) = (r.get("accepted")?, r.get("known")?);
                    let delivery = r.get::<_, Option<Word<DeliveryState>>>("delivery")?.map(|Word(state)| state);
                    Ok(match (outcome, known) {
                        (Some(RowOutcome::Open), _) => match delivery {
                            Some(DeliveryState::Frozen) => RowState::Waiting,
                            Some(DeliveryState::Unknown) => RowState::Unknown,
                            _ => RowState::Sent,
                        },
                        _ if accepted => RowState::Accepted,
                        (Some(RowOutcome::Rejected), _) => RowState::Rejected,
                        (_, true) => RowState::Changed,
                        (_, false) => RowState::New,
                    })
                });
                states.push(state.optional()?.unwrap_or(RowState::New));
            }
            Ok(states)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{BookFixture, PERIOD, at, delete, insert, update};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn the_oldest_open_record_is_remembered_until_it_changes() {
        let fixture = BookFixture::new();
        let oldest = || fixture.oldest_open("中心", COURSE, PERIOD).unwrap();
        assert_eq!(oldest(), None);
        for (seconds, number) in [(10, "1"), (20, "2"), (30, "3")] {
            fixture.apply(seconds, &[insert(COURSE, &[("KCH", number)])]);
        }
        assert_eq!(oldest(), Some(at(10)));
        fixture.apply(40, &[update(COURSE, 2, &[("KCMC", "语文")])]);
        let before = fixture.effort().work;
        assert_eq!(oldest(), Some(at(10)));
        assert!(fixture.effort().work - before < 5, "the remembered record is looked at alone");
        fixture.apply(50, &[update(COURSE, 1, &[("KCMC", "数学")])]);
        assert_eq!(oldest(), Some(at(30)));
        fixture.apply(60, &[delete(COURSE, 3)]);
        assert_eq!(oldest(), Some(at(40)));
    }
}
