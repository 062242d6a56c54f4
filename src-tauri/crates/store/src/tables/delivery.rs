//! `call`: the deliveries that a batch is sent in. The table has this name in books of earlier builds.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row};
use standard::delivery::DeliveryState;

use crate::StoreError;
use crate::book::handle::Book;
use crate::records::derived::NATIONAL_TIME;
use crate::sql::column::{Moment, Word};

pub(super) const MIGRATIONS: &[(i64, &str)] = &[
    (
        1,
        "CREATE TABLE call (
         batch INTEGER NOT NULL REFERENCES batch (id), no INTEGER NOT NULL, state TEXT NOT NULL, rows INTEGER NOT NULL,
         sent_at INTEGER, reply_time TEXT, reply TEXT, result_after INTEGER, result_at INTEGER,
         collected INTEGER, stored INTEGER, rejected INTEGER, receipt TEXT,
         PRIMARY KEY (batch, no)) WITHOUT ROWID;
     CREATE INDEX call_sent_at ON call (sent_at);",
    ),
    (
        6,
        // Earlier builds kept the receiver's clock in sent_at, so it stands for both there.
        "ALTER TABLE call ADD COLUMN receiver_at INTEGER;
     CREATE INDEX call_receiver_at ON call (coalesce(receiver_at, sent_at));",
    ),
];

/// One delivery of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Number of the batch.
    pub batch: i64,
    /// Number in the batch, from 1.
    pub no: u32,
    /// Its state between waiting and stored.
    pub state: DeliveryState,
    /// How many rows it has.
    pub rows: u64,
    /// When it went out last, by the best known time.
    pub sent_at: Option<Timestamp>,
    /// The same moment by the receiver's clock, as far as it was known; results are found by it.
    pub receiver_at: Option<Timestamp>,
    /// The `time` of the reply, word for word; the result is found by it.
    pub reply_time: Option<String>,
    /// The reply, or what went wrong, word for word.
    pub reply: Option<String>,
    /// When the result can be asked for.
    pub result_after: Option<Timestamp>,
    /// Rows that the receiver counted.
    pub collected: Option<u64>,
    /// Rows that the receiver stored.
    pub stored: Option<u64>,
    /// The result, word for word.
    pub receipt: Option<String>,
}

/// Numbers of one day, in national time (UTC+8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// Day on which the deliveries went out.
    pub day: Date,
    /// Rows sent.
    pub sent: u64,
    /// Of these stored, as far as results are known.
    pub stored: u64,
    /// Of these rejected.
    pub rejected: u64,
}

impl Book {
    /// The deliveries of a batch, in order.
    pub fn deliveries(&self, batch: i64) -> Result<Vec<Delivery>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT {COLUMNS} FROM call WHERE batch = ?1 ORDER BY no"))?;
            Ok(statement.query_map([batch], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// What the receiver said about the deliveries of a connection that went out at or after `since` by its clock, word
    /// for word; the newest batch first, its deliveries in order.
    pub fn receipts_since(&self, connection: &str, since: Timestamp) -> Result<Vec<String>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT c.receipt FROM call c JOIN batch b ON b.id = c.batch
                 WHERE coalesce(c.receiver_at, c.sent_at) >= ?2 AND b.connection = ?1 AND c.receipt IS NOT NULL ORDER BY c.batch DESC, c.no",
            )?;
            let receipts = statement.query_map((connection, Moment(since)), |r| r.get("receipt"))?;
            Ok(receipts.collect::<Result<_, _>>()?)
        })
    }

    /// Numbers by day, of one connection or of all, for each day from `first` to `last` on which something went out.
    pub fn day_counts(&self, connection: Option<&str>, first: Date, last: Date) -> Result<Vec<DayCount>, StoreError> {
        let outside = |e: jiff::Error| StoreError::Failed { reason: e.to_string() };
        let from = first.to_zoned(NATIONAL_TIME).map_err(outside)?.timestamp();
        let to = last.to_zoned(NATIONAL_TIME).and_then(|day| day.tomorrow()).map_err(outside)?.timestamp();
        self.read(|reader| {
            // The day in national time is the day in UTC eight hours later.
            let mut statement = reader.prepare_cached(
                "SELECT date(c.sent_at / 1000 + 8 * 3600, 'unixepoch') AS day, sum(c.rows) AS sent,
                     sum(CASE WHEN c.rejected IS NOT NULL THEN c.rows - c.rejected ELSE 0 END) AS stored,
                     sum(coalesce(c.rejected, 0)) AS rejected
                 FROM call c JOIN batch b ON b.id = c.batch
                 WHERE c.sent_at >= ?1 AND c.sent_at < ?2 AND c.state NOT IN ('frozen', 'sending')
                     AND (?3 IS NULL OR b.connection = ?3)
                 GROUP BY day ORDER BY day",
            )?;
            let mut rows = statement.query((Moment(from), Moment(to), connection))?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                days.push(DayCount {
                    day: row.get::<_, String>("day")?.parse().map_err(outside)?,
                    sent: row.get("sent")?,
                    stored: row.get("stored")?,
                    rejected: row.get("rejected")?,
                });
            }
            Ok(days)
        })
    }
}

impl Book {
    /// As [`Book::day_counts`] for one connection, by table: its name and the numbers of a day, in the order of days.
    pub fn table_day_counts(
        &self,
        connection: &str,
        first: Date,
        last: Date,
    ) -> Result<Vec<(String, DayCount)>, StoreError> {
        let outside = |e: jiff::Error| StoreError::Failed { reason: e.to_string() };
        let from = first.to_zoned(NATIONAL_TIME).map_err(outside)?.timestamp();
        let to = last.to_zoned(NATIONAL_TIME).and_then(|day| day.tomorrow()).map_err(outside)?.timestamp();
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "SELECT b.tbl, date(c.sent_at / 1000 + 8 * 3600, 'unixepoch') AS day, sum(c.rows) AS sent,
                     sum(CASE WHEN c.rejected IS NOT NULL THEN c.rows - c.rejected ELSE 0 END) AS stored,
                     sum(coalesce(c.rejected, 0)) AS rejected
                 FROM call c JOIN batch b ON b.id = c.batch
                 WHERE c.sent_at >= ?1 AND c.sent_at < ?2 AND c.state NOT IN ('frozen', 'sending') AND b.connection = ?3
                 GROUP BY b.tbl, day ORDER BY day, b.tbl",
            )?;
            let mut rows = statement.query((Moment(from), Moment(to), connection))?;
            let mut counts = Vec::new();
            while let Some(row) = rows.next()? {
                let day = row.get::<_, String>("day")?.parse().map_err(outside)?;
                let (sent, stored, rejected) = (row.get("sent")?, row.get("stored")?, row.get("rejected")?);
                counts.push((row.get("tbl")?, DayCount { day, sent, stored, rejected }));
            }
            Ok(counts)
        })
    }
}

/// The columns that [`read`] reads.
const COLUMNS: &str =
    "batch, no, state, rows, sent_at, coalesce(receiver_at, sent_at) AS receiver_at, reply_time, reply,
    result_after, collected, stored, receipt";

fn read(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let moment = |name| Ok::<_, rusqlite::Error>(row.get::<_, Option<Moment>>(name)?.map(|Moment(at)| at));
    Ok(Delivery {
        batch: row.get("batch")?,
        no: row.get("no")?,
        state: row.get::<_, Word<_>>("state")?.0,
        rows: row.get("rows")?,
        sent_at: moment("sent_at")?,
        receiver_at: moment("receiver_at")?,
        reply_time: row.get("reply_time")?,
        reply: row.get("reply")?,
        result_after: moment("result_after")?,
        collected: row.get("collected")?,
        stored: row.get("stored")?,
        receipt: row.get("receipt")?,
    })
}

/// One delivery, or an error.
pub(crate) fn get(connection: &Connection, batch: i64, no: u32) -> Result<Delivery, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM call WHERE batch = ?1 AND no = ?2"))?
        .query_row((batch, no), read)
        .optional()?
        .ok_or(StoreError::NoSuchCall { batch, call: no })
}

/// The states of the deliveries of a batch, in order.
pub(crate) fn states(connection: &Connection, batch: i64) -> Result<Vec<DeliveryState>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT state FROM call WHERE batch = ?1 ORDER BY no")?;
    let states = statement.query_map([batch], |r| Ok(r.get::<_, Word<_>>("state")?.0))?;
    Ok(states.collect::<Result<_, _>>()?)
}

/// How many batches have a delivery that is to go out, is going out, or whose result is open.
pub(crate) fn batches_under_way(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(DISTINCT batch) FROM call WHERE state IN ('frozen', 'sending', 'sent', 'unknown')";
    Ok(connection.query_row(sql, [], |r| r.get(0))?)
}

/// Adds a delivery that is to go out.
pub(crate) fn insert(connection: &Connection, batch: i64, no: u32, rows: usize) -> Result<(), StoreError> {
    let sql = "INSERT INTO call (batch, no, state, rows) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute((batch, no, Word(DeliveryState::Frozen), rows))?;
    Ok(())
}

/// Writes the state of a delivery.
pub(crate) fn set_state(connection: &Connection, batch: i64, no: u32, state: DeliveryState) -> Result<(), StoreError> {
    let sql = "UPDATE call SET state = ?3 WHERE batch = ?1 AND no = ?2";
    connection.prepare_cached(sql)?.execute((batch, no, Word(state)))?;
    Ok(())
}

/// Gives a delivery another number; its rows follow in the same transaction.
pub(crate) fn renumber(connection: &Connection, batch: i64, no: u32, to: u32) -> Result<(), StoreError> {
    let sql = "UPDATE call SET no = ?3 WHERE batch = ?1 AND no = ?2";
    connection.prepare_cached(sql)?.execute((batch, no, to))?;
    Ok(())
}

/// Writes how many rows a delivery has.
pub(crate) fn set_rows(connection: &Connection, batch: i64, no: u32, rows: u32) -> Result<(), StoreError> {
    let sql = "UPDATE call SET rows = ?3 WHERE batch = ?1 AND no = ?2";
    connection.prepare_cached(sql)?.execute((batch, no, rows))?;
    Ok(())
}

/// Turns every delivery that was going out into one of which nothing is known. Returns the batches that have one.
pub(crate) fn forget_sending(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let batches: Vec<i64> = connection
        .prepare_cached("SELECT DISTINCT batch FROM call WHERE state = ?1")?
        .query_map([Word(DeliveryState::Sending)], |r| r.get("batch"))?
        .collect::<Result<_, _>>()?;
    let (unknown, sending) = (Word(DeliveryState::Unknown), Word(DeliveryState::Sending));
    connection.execute("UPDATE call SET state = ?1 WHERE state = ?2", (unknown, sending))?;
    Ok(batches)
}

/// Notes that a delivery goes out now, by the best known time and by the receiver's clock; what is known of an earlier
/// attempt goes.
pub(crate) fn note_sending(
    connection: &Connection,
    (batch, no): (i64, u32),
    at: Timestamp,
    receiver_at: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE call SET sent_at = ?3, receiver_at = ?4, reply_time = NULL, reply = NULL, result_after = NULL
         WHERE batch = ?1 AND no = ?2",
        (batch, no, Moment(at), Moment(receiver_at)),
    )?;
    Ok(())
}

/// Notes the reply of the receiver, or what went wrong, and when the result can be asked for. `time` is the time in the
/// reply, by which the result is found.
pub(crate) fn note_reply(
    connection: &Connection,
    (batch, no): (i64, u32),
    time: Option<&str>,
    reply: &str,
    result_after: Option<Timestamp>,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE call SET reply_time = coalesce(?3, reply_time), reply = ?4, result_after = ?5
         WHERE batch = ?1 AND no = ?2",
        (batch, no, time, reply, result_after.map(Moment)),
    )?;
    Ok(())
}

/// What the result of a delivery says in numbers, and its words.
pub(crate) struct Numbers<'a> {
    pub at: Timestamp,
    pub collected: u64,
    pub stored: u64,
    pub rejected: u64,
    pub receipt: &'a str,
}

/// Notes the result of a delivery.
pub(crate) fn note_result(
    connection: &Connection,
    (batch, no): (i64, u32),
    numbers: &Numbers<'_>,
) -> Result<(), StoreError> {
    let Numbers { at, collected, stored, rejected, receipt } = numbers;
    connection.execute(
        "UPDATE call SET collected = ?3, stored = ?4, receipt = ?5, rejected = ?6, result_at = ?7
         WHERE batch = ?1 AND no = ?2",
        (batch, no, collected, stored, receipt, rejected, Moment(*at)),
    )?;
    Ok(())
}
