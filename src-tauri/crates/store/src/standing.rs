//! How records stand towards a connection: what is to be sent, what holds it back, what is under way or accepted.
//!
//! All of it follows from the hash of the record's content, which every change writes anew: no record is "marked" as
//! sent, so nothing has to be unmarked when it changes, or when a change is undone.

use rusqlite::{OptionalExtension, Row};
use standard::model::KEY_COLUMN;

use crate::finding_query::EXPLAINED;
use crate::schema::quoted;
use crate::shape::Shape;
use crate::{Book, RowState, StoreError};

/// A table before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// Records.
    pub rows: u64,
    /// Records that differ from what was accepted and are not under way.
    pub to_send: u64,
    /// Of these, records with mandatory findings or without a record key.
    pub blocked: u64,
    /// Of these, other records with confirm findings that nobody explained.
    pub unexplained: u64,
    /// Records that, as they stand, are in a batch whose result is still to come.
    pub under_way: u64,
    /// Records that, as they stand, were accepted.
    pub accepted: u64,
}

/// A record's standing: `?1` connection, `?2` table, `?3` period. Columns `_row`, `accepted`, `under_way`, `keyless`,
/// `blocked`, `unexplained`, in the order of the grid.
pub(crate) fn standing(shape: &Shape) -> String {
    let no_key = if shape.key_at.is_some() { format!("t.{} IS NULL", quoted(KEY_COLUMN)) } else { "0".into() };
    format!(
        "SELECT t._row,
             EXISTS (SELECT 1 FROM acceptance a
                 WHERE a.connection = ?1 AND a.tbl = ?2 AND a.row = t._row AND a.hash = t._hash) AS accepted,
             EXISTS (SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch WHERE r.tbl = ?2 AND r.row = t._row
                 AND r.hash = t._hash AND r.outcome = 'open' AND b.connection = ?1) AS under_way,
             {no_key} AS keyless,
             {no_key} OR EXISTS (SELECT 1 FROM finding f
                 WHERE f.tbl = ?2 AND f.row = t._row AND f.level = 0) AS blocked,
             EXISTS (SELECT 1 FROM finding f WHERE f.tbl = ?2 AND f.row = t._row AND f.level = 1
                 AND NOT {EXPLAINED}) AS unexplained
         FROM {} t WHERE t._period = ?3 ORDER BY t._place, t._row",
        shape.sql_name
    )
}

/// Which records of [`standing`] are to be sent. What a college keeps for itself has nowhere to go.
pub(crate) fn is_new(shape: &Shape) -> &'static str {
    if shape.table().own { "0" } else { "NOT accepted AND NOT under_way" }
}

impl Book {
    /// What could be frozen. The period counts in periodic tables only.
    pub fn readiness(&self, connection: &str, table: &str, period: &str) -> Result<Readiness, StoreError> {
        let shape = self.shape(table)?;
        let sql = format!(
            "SELECT count(*), sum(new), sum(new AND blocked), sum(new AND NOT blocked AND unexplained),
                 sum(under_way), sum(accepted)
             FROM (SELECT *, {} AS new FROM ({}))",
            is_new(shape),
            standing(shape)
        );
        let number = |r: &Row<'_>, at| r.get::<_, Option<u64>>(at).map(Option::unwrap_or_default);
        self.read(|reader| {
            let read = |r: &Row<'_>| {
                Ok(Readiness {
                    rows: r.get(0)?,
                    to_send: number(r, 1)?,
                    blocked: number(r, 2)?,
                    unexplained: number(r, 3)?,
                    under_way: number(r, 4)?,
                    accepted: number(r, 5)?,
                })
            };
            Ok(reader.prepare_cached(&sql)?.query_row((connection, table, shape.period(period)), read)?)
        })
    }

    /// The records that [`Book::freeze`] would look at, by place: those that differ from what was accepted and are
    /// not under way as they stand.
    pub fn to_send(&self, connection: &str, table: &str, period: &str) -> Result<Vec<i64>, StoreError> {
        let shape = self.shape(table)?;
        let sql = format!("SELECT _row FROM ({}) WHERE {}", standing(shape), is_new(shape));
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&sql)?;
            let rows = statement.query_map((connection, table, shape.period(period)), |r| r.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// States of these records towards the connection, in the order asked. A record that is gone is `New`.
    pub fn row_states(&self, connection: &str, table: &str, rows: &[i64]) -> Result<Vec<RowState>, StoreError> {
        let shape = self.shape(table)?;
        // The last outcome of the record as it stands, and whether it was ever in a batch.
        let sql = format!(
            "SELECT
                 EXISTS (SELECT 1 FROM acceptance a
                     WHERE a.connection = ?1 AND a.tbl = ?2 AND a.row = t._row AND a.hash = t._hash),
                 (SELECT r.outcome FROM batch_row r JOIN batch b ON b.id = r.batch
                     WHERE r.tbl = ?2 AND r.row = t._row AND r.hash = t._hash AND b.connection = ?1
                     ORDER BY r.outcome = 'open' DESC, r.batch DESC LIMIT 1),
                 EXISTS (SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch
                     WHERE r.tbl = ?2 AND r.row = t._row AND b.connection = ?1)
             FROM {} t WHERE t._row = ?3",
            shape.sql_name
        );
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&sql)?;
            let mut states = Vec::with_capacity(rows.len());
            for row in rows {
                let state = statement.query_row((connection, table, row), |r| {
                    let (accepted, outcome, known): (bool, Option<String>, bool) = (r.get(0)?, r.get(1)?, r.get(2)?);
                    Ok(match (outcome.as_deref(), known) {
                        (Some("open"), _) => RowState::Sent,
                        _ if accepted => RowState::Accepted,
                        (Some("rejected"), _) => RowState::Rejected,
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
