//! The audit log of the receiver: who did what, when and from where. It has no value of a record, no password and no
//! token. Each line has a digest of itself and of the digest before it, so a line that was changed, left out or put in
//! later is found, and a later log shows that it continues an earlier one.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Inbox;
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

fn last(connection: &Connection) -> Result<Option<AuditLine>, StoreError> {
    let sql = "SELECT no, line, hash FROM audit ORDER BY no DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([], read).optional()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine { no: row.get("no")?, line: row.get("line")?, hash: row.get("hash")? })
}

impl Inbox {
    /// Adds lines for these events to the audit log, all or none.
    pub fn note(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for event in events {
            append(&transaction, event)?;
        }
        Ok(transaction.commit()?)
    }

    /// Lines of the audit log behind this number, in their order.
    pub fn audit(&self, after: i64, limit: u32) -> Result<Vec<AuditLine>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT no, line, hash FROM audit WHERE no > ?1 ORDER BY no LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let lines = statement.query_map((after, limit), read)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// The last line of the audit log.
    pub fn audit_end(&self) -> Result<Option<AuditLine>, StoreError> {
        last(&self.connection())
    }

    /// The number of the first line that does not continue the line before it; absent where the whole log is as it was
    /// written.
    pub fn audit_flaw(&self) -> Result<Option<i64>, StoreError> {
        let (mut no, mut before) = (0, first_hash());
        loop {
            let lines = self.audit(no, 1_000)?;
            if lines.is_empty() {
                return Ok(None);
            }
            for line in lines {
                if line.no != no + 1 || line.hash != next_hash(&before, &line.line) {
                    return Ok(Some(line.no));
                }
                (no, before) = (line.no, line.hash);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{SALT, at, key};

    fn event(seconds: i64, who: &str) -> AuditEvent {
        AuditEvent { who: who.into(), from: "10.0.0.1".into(), ..AuditEvent::new(at(seconds), "login") }
    }

    #[test]
    fn lines_continue_each_other_and_cannot_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(folder.path(), || (key(), SALT)).unwrap();
        inbox.note(&[event(1, "a\n\"b"), event(2, "c")]).unwrap();
        inbox.note(&[event(3, "d")]).unwrap();
        let lines = inbox.audit(0, 10).unwrap();
        assert_eq!(lines.iter().map(|line| line.no).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(lines[0].line.starts_with(r#"{"no":1,"at":""#) && lines[0].line.contains(r#""who":"a\n\"b""#));
        assert_eq!(lines[0].hash, next_hash(&first_hash(), &lines[0].line));
        assert_eq!(inbox.audit_end().unwrap().as_ref(), lines.last());
        assert_eq!(inbox.audit_flaw().unwrap(), None);
        let try_sql = |sql: &str| inbox.connection().execute_batch(sql);
        assert!(try_sql("UPDATE audit SET line = '{}' WHERE no = 2").is_err());
        assert!(try_sql("DELETE FROM audit WHERE no = 2").is_err());
        try_sql("DROP TRIGGER audit_is_not_changed; UPDATE audit SET line = '{}' WHERE no = 2").unwrap();
        assert_eq!(inbox.audit_flaw().unwrap(), Some(2));
        try_sql("DROP TRIGGER audit_is_not_shortened; DELETE FROM audit WHERE no = 2").unwrap();
        assert_eq!(inbox.audit_flaw().unwrap(), Some(3));
    }
}
