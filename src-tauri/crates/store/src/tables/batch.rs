//! `batch`: frozen rows of one table for one connection. A batch is never changed once frozen; it is sent in
//! deliveries, each with its own state, so that sending goes on after the last one that arrived.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::book::handle::Book;
use crate::sql::column::Moment;
use crate::sql::conditions::{self, Conditions};
use crate::sql::json_texts;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE batch (
         id INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, period TEXT NOT NULL, connection TEXT NOT NULL,
         edition TEXT NOT NULL, state TEXT NOT NULL, frozen_at INTEGER NOT NULL, sent_at INTEGER, hash TEXT NOT NULL,
         rows INTEGER NOT NULL);
     CREATE INDEX batch_state ON batch (state);
     CREATE INDEX batch_table ON batch (tbl, connection);",
)];

/// How many batches [`Book::all_batches`] reads at a time.
const PAGE: u64 = 500;

/// How far a batch has come. Follows from the states of its deliveries. These words are shown everywhere; the column
/// has the words of earlier builds, see [`Kept`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum BatchState {
    /// No delivery has gone out.
    #[serde(rename = "waiting")]
    Frozen,
    /// Some deliveries have gone out, some have not; or one is going out.
    Sending,
    /// All deliveries were taken in; results are open.
    #[serde(rename = "received")]
    Sent,
    /// Of some delivery it is not known whether it arrived.
    Unknown,
    /// All rows were stored.
    Stored,
    /// Some rows were stored.
    PartlyStored,
    /// No row was stored.
    Rejected,
}

impl BatchState {
    /// All states, in the order in which a batch passes through them.
    pub const ALL: [BatchState; 7] = [
        BatchState::Frozen,
        BatchState::Sending,
        BatchState::Sent,
        BatchState::Unknown,
        BatchState::Stored,
        BatchState::PartlyStored,
        BatchState::Rejected,
    ];

    /// Whether its result is still to come.
    pub fn is_open(self) -> bool {
        matches!(self, BatchState::Frozen | BatchState::Sending | BatchState::Sent | BatchState::Unknown)
    }
}

/// A state as the column holds it: `frozen` and `sent` for what is called waiting and received elsewhere.
struct Kept(BatchState);

impl Kept {
    fn word(state: BatchState) -> &'static str {
        match state {
            BatchState::Frozen => "frozen",
            BatchState::Sending => "sending",
            BatchState::Sent => "sent",
            BatchState::Unknown => "unknown",
            BatchState::Stored => "stored",
            BatchState::PartlyStored => "partly-stored",
            BatchState::Rejected => "rejected",
        }
    }
}

impl ToSql for Kept {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(Kept::word(self.0).into())
    }
}

impl FromSql for Kept {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let state = BatchState::ALL.into_iter().find(|state| Kept::word(*state) == word);
        state.map(Kept).ok_or(FromSqlError::InvalidType)
    }
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number in the book; later batches have higher ones.
    pub id: i64,
    /// Name of the table.
    pub table: String,
    /// Period that the rows belong to; empty for tables that are not periodic.
    pub period: String,
    /// Name of the connection.
    pub connection: String,
    /// Id of the edition that the rows were frozen in.
    pub edition: String,
    /// Its state between waiting and stored.
    pub state: BatchState,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// When its first delivery went out.
    pub sent_at: Option<Timestamp>,
    /// When the results of all its deliveries can be asked for.
    pub result_after: Option<Timestamp>,
    /// SM3 of the frozen rows, lower-case hex: over the payloads in order, each followed by a line feed.
    pub hash: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many deliveries it is sent in.
    pub deliveries: u32,
    /// Rows that the receiver counted; absent before the first result.
    pub collected: Option<u64>,
    /// Rows that the receiver stored; absent before the first result.
    pub stored: Option<u64>,
    /// What the receiver said, word for word, one delivery a line; absent before the first result.
    pub receipt: Option<String>,
    /// Why a delivery did not go out, or is not known to have arrived, as it was noted; absent where none failed.
    pub problem: Option<String>,
    /// Deliveries of which nothing was stored, without a word about single rows: they can go again as they are.
    pub rejected_whole: u32,
}

/// Which batches to return, newest first.
#[derive(Debug, Clone, Default)]
pub struct BatchQuery {
    /// Only those of the table of this name.
    pub table: Option<String>,
    /// Only those for the connection of this name.
    pub connection: Option<String>,
    /// Only those in one of these states; empty for all.
    pub states: Vec<BatchState>,
    /// Only those with a smaller number, which are the older ones.
    pub before: Option<i64>,
    /// How many to leave out before the first one of the page.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// Batches of one page, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchPage {
    /// How many batches the query finds in all.
    pub total: u64,
    /// Those of the page, newest first.
    pub batches: Vec<Batch>,
}

impl Book {
    /// A page of batches, newest first.
    pub fn batches(&self, query: &BatchQuery) -> Result<BatchPage, StoreError> {
        let conditions = conditions_of(query)?;
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
                "SELECT {COLUMNS} FROM batch b
                 WHERE b.id IN (SELECT max(id) FROM batch WHERE connection = ?1 GROUP BY tbl) ORDER BY b.tbl"
            );
            let mut statement = reader.prepare_cached(&sql)?;
            Ok(statement.query_map([connection], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// One batch.
    pub fn batch(&self, batch: i64) -> Result<Batch, StoreError> {
        self.read(|connection| get(connection, batch))
    }
}

/// The columns that [`read`] reads of `batch b`. What follows from the deliveries is not kept twice.
const COLUMNS: &str = "b.id, b.tbl, b.period, b.connection, b.edition, b.state, b.frozen_at, b.hash, b.rows,
    (SELECT min(c.sent_at) FROM call c WHERE c.batch = b.id AND c.state <> 'frozen') AS sent_at,
    (SELECT count(*) FROM call c WHERE c.batch = b.id) AS deliveries,
    (SELECT max(c.result_after) FROM call c WHERE c.batch = b.id) AS result_after,
    (SELECT sum(c.collected) FROM call c WHERE c.batch = b.id) AS collected,
    (SELECT sum(c.stored) FROM call c WHERE c.batch = b.id) AS stored,
    (SELECT group_concat(c.receipt, char(10))
     FROM (SELECT receipt FROM call WHERE batch = b.id ORDER BY no) c) AS receipt,
    (SELECT c.reply FROM call c WHERE c.batch = b.id AND c.state IN ('frozen', 'unknown') AND c.reply IS NOT NULL
     ORDER BY c.no LIMIT 1) AS problem,
    (SELECT count(*) FROM call c WHERE c.batch = b.id AND c.state = 'rejected' AND 1 = (
        SELECT count(DISTINCT coalesce(r.error, '')) FROM batch_row r WHERE r.batch = c.batch AND r.call = c.no)
     AND NOT EXISTS (SELECT 1 FROM batch_row r WHERE r.batch = c.batch AND r.call = c.no AND r.col IS NOT NULL))
     AS rejected_whole";

fn read(row: &Row<'_>) -> rusqlite::Result<Batch> {
    let moment = |name| Ok::<_, rusqlite::Error>(row.get::<_, Option<Moment>>(name)?.map(|Moment(at)| at));
    Ok(Batch {
        id: row.get("id")?,
        table: row.get("tbl")?,
        period: row.get("period")?,
        connection: row.get("connection")?,
        edition: row.get("edition")?,
        state: row.get::<_, Kept>("state")?.0,
        frozen_at: row.get::<_, Moment>("frozen_at")?.0,
        sent_at: moment("sent_at")?,
        hash: row.get("hash")?,
        rows: row.get("rows")?,
        deliveries: row.get("deliveries")?,
        result_after: moment("result_after")?,
        collected: row.get("collected")?,
        stored: row.get("stored")?,
        receipt: row.get("receipt")?,
        problem: row.get("problem")?,
        rejected_whole: row.get("rejected_whole")?,
    })
}

/// The batches of one page.
fn page_of(connection: &Connection, query: &BatchQuery) -> Result<Vec<Batch>, StoreError> {
    let conditions = conditions_of(query)?;
    let params = conditions.params([conditions::rows(query.limit), conditions::rows(query.offset)]);
    let sql = format!("SELECT {COLUMNS} FROM batch b {} ORDER BY b.id DESC LIMIT ? OFFSET ?", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(params), read)?.collect::<Result<_, _>>()?)
}

fn conditions_of(query: &BatchQuery) -> Result<Conditions, StoreError> {
    let mut conditions = Conditions::default();
    conditions
        .and_if("b.tbl = ?", query.table.clone())
        .and_if("b.connection = ?", query.connection.clone())
        .and_if("b.id < ?", query.before);
    if !query.states.is_empty() {
        let states: Vec<&str> = query.states.iter().map(|state| Kept::word(*state)).collect();
        conditions.and("b.state IN (SELECT value FROM json_each(?))", [json_texts(&states).into()]);
    }
    Ok(conditions)
}

/// One batch, or an error.
pub(crate) fn get(connection: &Connection, batch: i64) -> Result<Batch, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM batch b WHERE b.id = ?1"))?
        .query_row([batch], read)
        .optional()?
        .ok_or(StoreError::NoSuchBatch { batch })
}

/// A batch that is being frozen.
pub(crate) struct NewBatch<'a> {
    pub table: &'a str,
    pub period: &'a str,
    pub connection: &'a str,
    pub edition: &'a str,
    pub at: Timestamp,
    pub rows: usize,
}

/// Adds a batch without its hash, which is known when its rows are there ([`set_hash`]). Returns its number.
pub(crate) fn insert(connection: &Connection, new: &NewBatch<'_>) -> Result<i64, StoreError> {
    let NewBatch { table, period, connection: to, edition, at, rows } = new;
    connection.execute(
        "INSERT INTO batch (tbl, period, connection, edition, state, frozen_at, hash, rows)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7)",
        (table, period, to, edition, Kept(BatchState::Frozen), Moment(*at), rows),
    )?;
    Ok(connection.last_insert_rowid())
}

/// Writes the hash over the rows of a batch.
pub(crate) fn set_hash(connection: &Connection, batch: i64, hash: &str) -> Result<(), StoreError> {
    connection.execute("UPDATE batch SET hash = ?2 WHERE id = ?1", (batch, hash))?;
    Ok(())
}

/// Writes the state that follows from the deliveries.
pub(crate) fn set_state(connection: &Connection, batch: i64, state: BatchState) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE batch SET state = ?2 WHERE id = ?1")?.execute((batch, Kept(state)))?;
    Ok(())
}

/// Notes when a delivery went out; the first one counts.
pub(crate) fn note_sent(connection: &Connection, batch: i64, at: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE batch SET sent_at = coalesce(sent_at, ?2) WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((batch, Moment(at)))?;
    Ok(())
}
