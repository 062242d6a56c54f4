//! Lines of the audit log: who did what, when and from where. They have no value of a record, no password and no token.
//! Each has a digest of itself and of the digest before it, so a line that was changed, left out or put in later is found,
//! and a later log shows that it continues an earlier one.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::StoreError;
use crate::sql::column::Moment;

/// What happened, before it has its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// When, by the receiver's clock.
    pub at: Timestamp,
    /// The account or person; empty where nobody is known.
    pub who: String,
    /// The address that it came from; empty for a command on the receiver's own machine.
    pub from: String,
    /// The kind of event, such as `received` or `refused`.
    pub what: String,
    /// What it was about, such as the name of a table.
    pub about: String,
    /// How many: rows of a delivery, or equal refusals that share one line.
    pub count: u64,
    /// Whether it succeeded.
    pub done: bool,
    /// Further facts, such as the code of a refusal.
    pub more: String,
}

impl AuditEvent {
    /// One event of this kind that succeeded; what is known of it besides is filled in by the caller.
    pub fn new(at: Timestamp, what: &str) -> AuditEvent {
        AuditEvent {
            at,
            who: String::new(),
            from: String::new(),
            what: what.to_owned(),
            about: String::new(),
            count: 1,
            done: true,
            more: String::new(),
        }
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number, from 1 without a gap.
    pub no: i64,
    /// The event as a JSON object in one line, with its number and its time in UTC.
    pub line: String,
    /// [`next_hash`] of the hash before and of `line`.
    pub hash: String,
}

#[derive(Serialize)]
struct Written<'a> {
    no: i64,
    at: String,
    who: &'a str,
    from: &'a str,
    what: &'a str,
    about: &'a str,
    count: u64,
    done: bool,
    more: &'a str,
}

/// The hash that stands before the first line: 64 zeros.
pub fn first_hash() -> String {
    "0".repeat(64)
}

/// SHA-256 of the hash before, a line end and the line, in lower-case hexadecimal.
pub fn next_hash(before: &str, line: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update("\n");
    digest.update(line);
    hex::encode(digest.finalize())
}

/// Adds a line within a transaction that holds the database for writing.
pub(super) fn append(transaction: &Transaction<'_>, event: &AuditEvent) -> Result<AuditLine, StoreError> {
    let last = last(transaction)?;
    let (no, before) = last.map_or_else(|| (1, first_hash()), |last| (last.no + 1, last.hash));
    let AuditEvent { at, who, from, what, about, count, done, more } = event;
    let written = Written { no, at: at.to_string(), who, from, what, about, count: *count, done: *done, more };
    let line =
        serde_json::to_string(&written).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let hash = next_hash(&before, &line);
    transaction.prepare_cached("INSERT INTO audit (no, at, line, hash) VALUES (?1, ?2, ?3, ?4)")?.execute((
        no,
        Moment(*at),
        &line,
        &hash,
    ))?;
    Ok(AuditLine { no, line, hash })
}

pub(super) fn last(connection: &Connection) -> Result<Option<AuditLine>, StoreError> {
    let sql = "SELECT no, line, hash FROM audit ORDER BY no DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([], read).optional()?)
}

pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine { no: row.get("no")?, line: row.get("line")?, hash: row.get("hash")? })
}
