//! Batches, calls and frozen rows read back, and their numbers by day.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use crate::batches::{Batch, BatchPage, BatchQuery, BatchRow, BatchState, Call, CallState, DayCount, RowOutcome};
use crate::conditions::{self, Conditions};
use crate::derived::beijing;
use crate::record::json_texts;
use crate::{Book, StoreError};

/// How many batches [`Book::all_batches`] reads at a time.
const PAGE: u64 = 500;

/// The columns that [`read_batch`] reads. What follows from the calls is not kept twice.
const BATCH: &str = "b.id, b.tbl, b.period, b.connection, b.edition, b.state, b.frozen_at, b.sent_at, b.hash, b.rows,
    (SELECT count(*) FROM call c WHERE c.batch = b.id), (SELECT max(c.result_after) FROM call c WHERE c.batch = b.id),
    (SELECT sum(c.collected) FROM call c WHERE c.batch = b.id), (SELECT sum(c.stored) FROM call c WHERE c.batch = b.id),
    (SELECT group_concat(c.receipt, char(10)) FROM (SELECT receipt FROM call WHERE batch = b.id ORDER BY no) c)";

/// The columns that [`read_call`] reads.
const CALL: &str = "batch, no, state, rows, sent_at, reply_time, reply, result_after, collected, stored, receipt";

/// The columns that [`read_row`] reads.
const ROW: &str = "batch, call, num, row, key, hash, payload, outcome, col, error";

impl Book {
    /// A page of batches, newest first.
    pub fn batches(&self, query: &BatchQuery) -> Result<BatchPage, StoreError> {
        let conditions = conditions_of(query);
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM batch b {}", conditions.sql()))?
                .query_row(params_from_iter(conditions.params([])), |r| r.get(0))?;
            Ok(BatchPage { total, batches: page_of(connection, query)? })
        })
    }

    /// All batches that the query asks for, newest first, whatever its `offset` and `limit`. They are read a page at a
    /// time, so they may change while the caller goes through them; each batch comes once.
    pub fn all_batches<'a>(&'a self, query: &BatchQuery) -> impl Iterator<Item = Result<Batch, StoreError>> + use<'a> {
        let mut asked = BatchQuery { offset: 0, limit: PAGE, ..query.clone() };
        let mut page = Vec::new().into_iter();
        let mut ended = false;
        std::iter::from_fn(move || {
            if page.as_slice().is_empty() && !ended {
                match self.read(|connection| page_of(connection, &asked)) {
                    Ok(batches) => {
                        ended = (batches.len() as u64) < PAGE;
                        asked.before = batches.last().map(|batch| batch.id).or(asked.before);
                        page = batches.into_iter();
                    }
                    Err(error) => {
                        ended = true;
                        return Some(Err(error));
                    }
                }
            }
            page.next().map(Ok)
        })
    }

    /// The newest batch of each table for a connection, by name of the table.
    pub fn last_batches(&self, connection: &str) -> Result<Vec<Batch>, StoreError> {
        self.read(|reader| {
            let sql = format!(
                "SELECT {BATCH} FROM batch b
                 WHERE b.id IN (SELECT max(id) FROM batch WHERE connection = ?1 GROUP BY tbl) ORDER BY b.tbl"
            );
            let mut statement = reader.prepare_cached(&sql)?;
            Ok(statement.query_map([connection], read_batch)?.collect::<Result<_, _>>()?)
        })
    }

    /// What the other side said about the calls of a connection that went out at or after `since`, word for word; the
    /// newest batch first, its calls in order.
    pub fn receipts_since(&self, connection: &str, since: Timestamp) -> Result<Vec<String>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT c.receipt FROM call c JOIN batch b ON b.id = c.batch
                 WHERE c.sent_at >= ?2 AND b.connection = ?1 AND c.receipt IS NOT NULL ORDER BY c.batch DESC, c.no",
            )?;
            let receipts = statement.query_map((connection, since.as_millisecond()), |r| r.get(0))?;
            Ok(receipts.collect::<Result<_, _>>()?)
        })
    }

    /// Record keys of the rows of one call, in order.
    pub fn call_keys(&self, batch: i64, call: u32) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT key FROM batch_row WHERE batch = ?1 AND call = ?2 ORDER BY num";
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_map((batch, call), |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// One batch.
    pub fn batch(&self, batch: i64) -> Result<Batch, StoreError> {
        self.read(|connection| self::batch(connection, batch))
    }

    /// The calls of a batch, in order.
    pub fn batch_calls(&self, batch: i64) -> Result<Vec<Call>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT {CALL} FROM call WHERE batch = ?1 ORDER BY no"))?;
            Ok(statement.query_map([batch], read_call)?.collect::<Result<_, _>>()?)
        })
    }

    /// The rows of one call, in order.
    pub fn call_rows(&self, batch: i64, call: u32) -> Result<Vec<BatchRow>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {ROW} FROM batch_row WHERE batch = ?1 AND call = ?2 ORDER BY num");
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map((batch, call), read_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// A page of the rejected rows of a batch, in order.
    pub fn rejected_rows(&self, batch: i64, offset: u64, limit: u64) -> Result<Vec<BatchRow>, StoreError> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {ROW} FROM batch_row WHERE batch = ?1 AND outcome = ?2 ORDER BY call, num LIMIT ?3 OFFSET ?4"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let rejected = RowOutcome::Rejected.as_str();
            let (limit, offset) = (conditions::rows(limit), conditions::rows(offset));
            Ok(statement.query_map((batch, rejected, limit, offset), read_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// Numbers by day, of one connection or of all, for each day from `first` to `last` on which something went out.
    pub fn day_counts(&self, connection: Option<&str>, first: Date, last: Date) -> Result<Vec<DayCount>, StoreError> {
        let outside = |e: jiff::Error| StoreError::Failed { reason: e.to_string() };
        let from = first.to_zoned(beijing()).map_err(outside)?.timestamp().as_millisecond();
        let to = last.to_zoned(beijing()).and_then(|day| day.tomorrow()).map_err(outside)?.timestamp().as_millisecond();
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT date(c.sent_at / 1000 + 8 * 3600, 'unixepoch') AS day, sum(c.rows),
                     sum(CASE WHEN c.rejected IS NOT NULL THEN c.rows - c.rejected ELSE 0 END),
                     sum(coalesce(c.rejected, 0))
                 FROM call c JOIN batch b ON b.id = c.batch
                 WHERE c.sent_at >= ?1 AND c.sent_at < ?2 AND c.state NOT IN ('frozen', 'sending')
                     AND (?3 IS NULL OR b.connection = ?3)
                 GROUP BY day ORDER BY day",
            )?;
            let mut rows = statement.query((from, to, connection))?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                let day = row.get::<_, String>(0)?.parse().map_err(outside)?;
                days.push(DayCount { day, sent: row.get(1)?, stored: row.get(2)?, rejected: row.get(3)? });
            }
            Ok(days)
        })
    }
}

/// The batches of one page.
fn page_of(connection: &Connection, query: &BatchQuery) -> Result<Vec<Batch>, StoreError> {
    let conditions = conditions_of(query);
    let params = conditions.params([conditions::rows(query.limit), conditions::rows(query.offset)]);
    let sql = format!("SELECT {BATCH} FROM batch b {} ORDER BY b.id DESC LIMIT ? OFFSET ?", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(params), read_batch)?.collect::<Result<_, _>>()?)
}

fn conditions_of(query: &BatchQuery) -> Conditions {
    let mut conditions = Conditions::default();
    conditions
        .and_if("b.tbl = ?", query.table.clone())
        .and_if("b.connection = ?", query.connection.clone())
        .and_if("b.id < ?", query.before);
    if !query.states.is_empty() {
        let states: Vec<&str> = query.states.iter().map(|s| s.as_str()).collect();
        conditions.and("b.state IN (SELECT value FROM json_each(?))", [json_texts(&states).into()]);
    }
    conditions
}

/// One batch.
pub(crate) fn batch(connection: &Connection, batch: i64) -> Result<Batch, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {BATCH} FROM batch b WHERE b.id = ?1"))?
        .query_row([batch], read_batch)
        .optional()?
        .ok_or(StoreError::NoSuchBatch { batch })
}

/// One call.
pub(crate) fn call(connection: &Connection, batch: i64, no: u32) -> Result<Call, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {CALL} FROM call WHERE batch = ?1 AND no = ?2"))?
        .query_row((batch, no), read_call)
        .optional()?
        .ok_or(StoreError::NoSuchCall { batch, call: no })
}

fn read_batch(row: &Row<'_>) -> rusqlite::Result<Batch> {
    Ok(Batch {
        id: row.get(0)?,
        table: row.get(1)?,
        period: row.get(2)?,
        connection: row.get(3)?,
        edition: row.get(4)?,
        state: word(row, 5, BatchState::parse)?,
        frozen_at: moment(row.get(6)?).unwrap_or(Timestamp::UNIX_EPOCH),
        sent_at: row.get::<_, Option<_>>(7)?.and_then(moment),
        hash: row.get(8)?,
        rows: row.get(9)?,
        calls: row.get(10)?,
        result_after: row.get::<_, Option<_>>(11)?.and_then(moment),
        collected: row.get(12)?,
        stored: row.get(13)?,
        receipt: row.get(14)?,
    })
}

fn read_call(row: &Row<'_>) -> rusqlite::Result<Call> {
    Ok(Call {
        batch: row.get(0)?,
        no: row.get(1)?,
        state: word(row, 2, CallState::parse)?,
        rows: row.get(3)?,
        sent_at: row.get::<_, Option<_>>(4)?.and_then(moment),
        reply_time: row.get(5)?,
        reply: row.get(6)?,
        result_after: row.get::<_, Option<_>>(7)?.and_then(moment),
        collected: row.get(8)?,
        stored: row.get(9)?,
        receipt: row.get(10)?,
    })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<BatchRow> {
    Ok(BatchRow {
        batch: row.get(0)?,
        call: row.get(1)?,
        num: row.get(2)?,
        row: row.get(3)?,
        key: row.get(4)?,
        hash: hex::encode(row.get::<_, [u8; 32]>(5)?),
        payload: row.get(6)?,
        outcome: word(row, 7, RowOutcome::parse)?,
        column: row.get(8)?,
        error: row.get(9)?,
    })
}

fn moment(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

/// A state as it is written; one that this program does not know means a damaged book.
fn word<T>(row: &Row<'_>, at: usize, parse: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text = row.get_ref(at)?.as_str()?;
    parse(text).ok_or_else(|| rusqlite::Error::InvalidColumnType(at, text.to_owned(), rusqlite::types::Type::Text))
}
