//! `batch_row`: the rows of a batch as they were frozen, and the outcome of each.

use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::book::handle::Book;
use crate::sql::column::Word;
use crate::sql::conditions;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE batch_row (
         batch INTEGER NOT NULL, call INTEGER NOT NULL, num INTEGER NOT NULL, tbl TEXT NOT NULL, row INTEGER NOT NULL,
         key TEXT NOT NULL, hash BLOB NOT NULL, outcome TEXT NOT NULL, col TEXT, error TEXT, payload TEXT NOT NULL,
         FOREIGN KEY (batch, call) REFERENCES call (batch, no));
     CREATE UNIQUE INDEX batch_row_number ON batch_row (batch, call, num);
     CREATE INDEX batch_row_row ON batch_row (tbl, row, hash);",
)];

/// The outcome of a row of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowOutcome {
    /// Not known yet.
    Open,
    /// Stored by the receiver.
    Stored,
    /// Rejected by the receiver.
    Rejected,
}

/// One frozen row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Number of the batch.
    pub batch: i64,
    /// Number of the delivery in the batch, from 1.
    pub delivery: u32,
    /// Number in the delivery, from 1.
    pub num: u32,
    /// Number of the record; it may be changed or gone by now.
    pub row: i64,
    /// Its record key.
    pub key: String,
    /// SM3 of its content without the collection time, lower-case hex.
    pub hash: String,
    /// All columns of the table in printed order as a JSON object of texts; an empty cell is `""`.
    pub payload: String,
    /// Whether the receiver stored it.
    pub outcome: RowOutcome,
    /// Column that the rejection names.
    pub column: Option<String>,
    /// The receiver's words.
    pub error: Option<String>,
}

/// A frozen row by its numbers: batch, delivery, and number in the delivery.
pub(crate) type RowNumber = (i64, u32, u32);

impl Book {
    /// The rows of one delivery, in order.
    pub fn delivery_rows(&self, batch: i64, delivery: u32) -> Result<Vec<BatchRow>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM batch_row WHERE batch = ?1 AND call = ?2 ORDER BY num");
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map((batch, delivery), read)?.collect::<Result<_, _>>()?)
        })
    }

    /// Record keys of the rows of one delivery, in order.
    pub fn delivery_keys(&self, batch: i64, delivery: u32) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT key FROM batch_row WHERE batch = ?1 AND call = ?2 ORDER BY num";
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_map((batch, delivery), |r| r.get("key"))?.collect::<Result<_, _>>()?)
        })
    }

    /// A page of the rejected rows of a batch, in order.
    pub fn rejected_rows(&self, batch: i64, offset: u64, limit: u64) -> Result<Vec<BatchRow>, StoreError> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM batch_row
                 WHERE batch = ?1 AND outcome = ?2 ORDER BY call, num LIMIT ?3 OFFSET ?4"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let (limit, offset) = (conditions::rows(limit), conditions::rows(offset));
            let rows = statement.query_map((batch, Word(RowOutcome::Rejected), limit, offset), read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How many rows of a batch were rejected.
    pub fn rejected_count(&self, batch: i64) -> Result<u64, StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*) FROM batch_row WHERE batch = ?1 AND outcome = ?2";
            Ok(connection.prepare_cached(sql)?.query_row((batch, Word(RowOutcome::Rejected)), |row| row.get(0))?)
        })
    }
}

/// The columns that [`read`] reads.
const COLUMNS: &str = "batch, call, num, row, key, hash, payload, outcome, col, error";

fn read(row: &Row<'_>) -> rusqlite::Result<BatchRow> {
    Ok(BatchRow {
        batch: row.get("batch")?,
        delivery: row.get("call")?,
        num: row.get("num")?,
        row: row.get("row")?,
        key: row.get("key")?,
        hash: hex::encode(row.get::<_, [u8; 32]>("hash")?),
        payload: row.get("payload")?,
        outcome: row.get::<_, Word<_>>("outcome")?.0,
        column: row.get("col")?,
        error: row.get("error")?,
    })
}

/// A row that is being frozen.
pub(crate) struct NewRow<'a> {
    pub number: RowNumber,
    pub table: &'a str,
    pub row: i64,
    pub key: &'a str,
    pub hash: [u8; 32],
    pub payload: &'a str,
}

/// Adds a row to a delivery.
pub(crate) fn insert(connection: &Connection, new: &NewRow<'_>) -> Result<(), StoreError> {
    let NewRow { number: (batch, delivery, num), table, row, key, hash, payload } = new;
    connection
        .prepare_cached(
            "INSERT INTO batch_row (batch, call, num, tbl, row, key, hash, outcome, payload)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((batch, delivery, num, table, row, key, hash, Word(RowOutcome::Open), payload))?;
    Ok(())
}

/// A frozen row as its result is filed.
pub(crate) struct Sent {
    /// Number in the delivery.
    pub num: u32,
    /// Number of the record.
    pub row: i64,
    /// Hash of the content that was sent.
    pub hash: [u8; 32],
}

/// The rows of a delivery, in order.
pub(crate) fn sent(connection: &Connection, batch: i64, delivery: u32) -> Result<Vec<Sent>, StoreError> {
    let sql = "SELECT num, row, hash FROM batch_row WHERE batch = ?1 AND call = ?2 ORDER BY num";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map((batch, delivery), |r| Ok(Sent { num: r.get("num")?, row: r.get("row")?, hash: r.get("hash")? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Moves rows of one delivery to another of the same batch: from behind number `from`, as many as the other takes.
pub(crate) fn move_rows(
    connection: &Connection,
    batch: i64,
    (no, from): (u32, u32),
    (to, rows): (u32, u32),
) -> Result<(), StoreError> {
    let sql =
        "UPDATE batch_row SET call = ?3, num = num - ?4 WHERE batch = ?1 AND call = ?2 AND num > ?4 AND num <= ?4 + ?5";
    connection.prepare_cached(sql)?.execute((batch, no, to, from, rows))?;
    Ok(())
}

/// Numbers of the records in deliveries of which nothing was stored, where the receiver named no column.
pub(crate) fn rejected_whole(connection: &Connection, batch: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT r.row FROM batch_row r JOIN call c ON c.batch = r.batch AND c.no = r.call
         WHERE r.batch = ?1 AND c.state = 'rejected' AND r.outcome = 'rejected' AND NOT EXISTS (
             SELECT 1 FROM batch_row o WHERE o.batch = r.batch AND o.call = r.call AND o.col IS NOT NULL)";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes what became of a row, with the column and the words of a rejection.
pub(crate) fn set_outcome(
    connection: &Connection,
    (batch, delivery, num): RowNumber,
    outcome: RowOutcome,
    column: Option<&str>,
    error: Option<&str>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE batch_row SET outcome = ?4, col = ?5, error = ?6 WHERE batch = ?1 AND call = ?2 AND num = ?3",
        )?
        .execute((batch, delivery, num, Word(outcome), column, error))?;
    Ok(())
}
