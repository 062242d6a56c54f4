//! `audit`: the log of what was done with the book besides changing records: opening, unmasking, exporting, copying,
//! sending, restoring, changing settings. Nothing in it is ever changed or removed, and each entry is bound to the one
//! before it by a digest (SM3), so that a change from outside is found.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::column::{Moment, Word, word};
use crate::sql::conditions;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    13,
    "CREATE TABLE audit (
         no INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
         about TEXT NOT NULL, rows INTEGER, result TEXT NOT NULL, hash TEXT NOT NULL);
     CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit
         BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
     CREATE TRIGGER audit_not_shortened BEFORE DELETE ON audit
         BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;",
)];

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AuditEvent {
    /// The book was made.
    Made,
    /// The book was opened.
    Opened,
    /// Wrong passwords were entered before the book was opened; the number is that of the rows.
    WrongPassword,
    /// The window was locked.
    Locked,
    /// The window was unlocked with the password.
    Unlocked,
    /// Personal values are shown without masking, or rows were read in full.
    Unmasked,
    /// Records were written to a file.
    Exported,
    /// The book was copied to a file.
    Copied,
    /// Records were sent.
    Sent,
    /// A backup took the place of the book.
    Restored,
    /// The password or the key of the book was changed.
    PasswordChanged,
    /// Settings were changed.
    SettingsChanged,
    /// The book was moved to another edition, or back.
    Moved,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, by the best known time.
    pub at: Timestamp,
    /// The person at the PC; may be empty.
    pub who: String,
    /// What was done.
    pub what: AuditEvent,
    /// Names of tables, a file, a connection; never a value.
    pub about: String,
    /// Number of records; absent where the event has none.
    pub rows: Option<u64>,
    /// `done`, or the code of the error.
    pub result: String,
}

/// An entry as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number, from 1 without a gap.
    pub no: i64,
    /// What was entered.
    pub entry: AuditEntry,
    /// SM3 of the digest before and of this entry, in hex.
    pub hash: String,
}

/// Whether the log is as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditChain {
    /// Number of entries.
    pub entries: u64,
    /// Number of the first entry that was changed or is missing.
    pub broken: Option<i64>,
}

impl Book {
    /// Adds entries to the log, all or none.
    pub fn note_audit(&self, entries: &[AuditEntry]) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            for entry in entries {
                add(connection, entry)?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Entries of the log, newest first.
    pub fn audit(&self, offset: u64, limit: u64) -> Result<Vec<AuditLine>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM audit ORDER BY no DESC LIMIT ?1 OFFSET ?2");
            let mut statement = connection.prepare_cached(&sql)?;
            let lines = statement.query_map((conditions::rows(limit), conditions::rows(offset)), read)?;
            Ok(lines.collect::<Result<_, _>>()?)
        })
    }

    /// Computes every digest of the log anew.
    pub fn audit_chain(&self) -> Result<AuditChain, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY no"))?;
            let mut lines = statement.query_map([], read)?;
            let (mut before, mut no, mut broken) = (String::new(), 0, None);
            let mut entries = 0;
            while let Some(line) = lines.next().transpose()? {
                entries += 1;
                let as_written = line.no == no + 1 && line.hash == digest(&before, line.no, &line.entry)?;
                if !as_written {
                    broken = broken.or(Some(no + 1));
                }
                (before, no) = (line.hash, line.no);
            }
            let newest: Option<i64> = connection
                .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'", [], |r| r.get(0))
                .optional()?;
            let shortened = newest.is_some_and(|newest| newest != no).then_some(no + 1);
            Ok(AuditChain { entries, broken: broken.or(shortened) })
        })
    }
}

fn add(connection: &Connection, entry: &AuditEntry) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = connection
        .prepare_cached("SELECT no, hash FROM audit ORDER BY no DESC LIMIT 1")?
        .query_row([], |r| Ok((r.get("no")?, r.get("hash")?)))
        .optional()?;
    let (before, hash) = last.unwrap_or_default();
    let no = before + 1;
    let hash = digest(&hash, no, entry)?;
    let AuditEntry { at, who, what, about, rows, result } = entry;
    connection
        .prepare_cached(
            "INSERT INTO audit (no, at, who, what, about, rows, result, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((
            no,
            Moment(*at),
            who,
            Word(*what),
            about,
            rows.map(i64::try_from).transpose().ok().flatten(),
            result,
            hash,
        ))?;
    Ok(())
}

/// The digest of an entry: over that of the entry before and a JSON list of what the entry says.
fn digest(before: &str, no: i64, entry: &AuditEntry) -> Result<String, StoreError> {
    let AuditEntry { at, who, what, about, rows, result } = entry;
    let what = word(what)?;
    let fields = serde_json::json!([no, at.as_millisecond(), who, what, about, rows, result]);
    Ok(hex::encode(Sm3::new().chain_update(before).chain_update(fields.to_string()).finalize()))
}

const COLUMNS: &str = "no, at, who, what, about, rows, result, hash";

fn read(row: &Row<'_>) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine {
        no: row.get("no")?,
        entry: AuditEntry {
            at: row.get::<_, Moment>("at")?.0,
            who: row.get("who")?,
            what: row.get::<_, Word<_>>("what")?.0,
            about: row.get("about")?,
            rows: row.get("rows")?,
            result: row.get("result")?,
        },
        hash: row.get("hash")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at};

    fn entry(second: i64, what: AuditEvent, rows: Option<u64>) -> AuditEntry {
        AuditEntry { at: at(second), who: "王填报".into(), what, about: "ODS_A".into(), rows, result: "done".into() }
    }

    #[test]
    fn the_log_only_grows_and_a_change_from_outside_is_found() {
        let mut fixture = BookFixture::new();
        assert_eq!(fixture.audit_chain().unwrap(), AuditChain { entries: 0, broken: None });
        let entries = [entry(0, AuditEvent::Opened, None), entry(1, AuditEvent::Exported, Some(225))];
        fixture.note_audit(&entries).unwrap();
        fixture.note_audit(&[entry(2, AuditEvent::Sent, Some(3))]).unwrap();
        fixture.reopen();
        let lines = fixture.audit(0, 9).unwrap();
        assert_eq!(lines.iter().map(|line| line.no).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(lines[1].entry, entries[1]);
        assert_eq!(fixture.audit(1, 1).unwrap(), [lines[1].clone()]);
        assert_eq!(fixture.audit_chain().unwrap(), AuditChain { entries: 3, broken: None });
        for sql in ["UPDATE audit SET rows = 1", "DELETE FROM audit"] {
            let refused = fixture.write(|c| Ok(TransactionEnd::Commit(c.execute(sql, [])?)));
            assert!(refused.is_err(), "{sql}");
        }
        let outside = |sql: &str| {
            fixture.write(|c| Ok(TransactionEnd::Commit(c.execute_batch(sql)?))).unwrap();
            fixture.audit_chain().unwrap().broken
        };
        let drop = "DROP TRIGGER audit_not_changed; DROP TRIGGER audit_not_shortened;";
        assert_eq!(outside(&format!("{drop} UPDATE audit SET rows = 22 WHERE no = 2")), Some(2));
        assert_eq!(outside("UPDATE audit SET rows = 225 WHERE no = 2"), None);
        assert_eq!(outside("DELETE FROM audit WHERE no = 3"), Some(3), "also at its end");
        fixture.whole();
    }
}
