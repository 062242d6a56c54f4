//! `sign_off`: the log of 复核: which batches a second person consented to, and every change of who is asked for it.
//! Nothing is ever changed or removed in it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::column::{Moment, Word};
use crate::sql::conditions;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    8,
    "CREATE TABLE sign_off (
         no INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, what TEXT NOT NULL, who TEXT NOT NULL,
         prepared TEXT NOT NULL, about TEXT NOT NULL, batch INTEGER REFERENCES batch (id), hash TEXT NOT NULL);
     CREATE INDEX sign_off_batch ON sign_off (batch);",
)];

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum SignOffKind {
    /// A batch was consented to.
    Signed,
    /// From now on a batch leaves only with a consent.
    Asked,
    /// Batches leave without one again.
    NotAsked,
    /// Somebody may consent, or has another password.
    SignerAdded,
    /// Somebody may no longer consent.
    SignerRemoved,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// When, by the best known time.
    pub at: Timestamp,
    /// What was done.
    pub what: SignOffKind,
    /// Who consented, or allowed the change; empty where nobody was there to ask.
    pub who: String,
    /// The person at the PC, who prepared what was consented to; may be empty where the settings were changed.
    pub prepared: String,
    /// The signer that was added or removed; empty elsewhere.
    pub about: String,
    /// The batch that was consented to.
    pub batch: Option<i64>,
    /// SM3 of the rows of the batch at that moment, in hex; empty elsewhere.
    pub hash: String,
}

impl Book {
    /// Adds entries to the log, all or none.
    pub fn note_sign_offs(&self, entries: &[SignOff]) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            for entry in entries {
                let SignOff { at, what, who, prepared, about, batch, hash } = entry;
                connection
                    .prepare_cached(
                        "INSERT INTO sign_off (at, what, who, prepared, about, batch, hash)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute((Moment(*at), Word(*what), who, prepared, about, batch, hash))?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// The first consent to a batch, if it has one.
    pub fn sign_off_of(&self, batch: i64) -> Result<Option<SignOff>, StoreError> {
        self.read(|connection| of_batch(connection, batch))
    }

    /// Entries of the log, newest first.
    pub fn sign_offs(&self, offset: u64, limit: u64) -> Result<Vec<SignOff>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM sign_off ORDER BY no DESC LIMIT ?1 OFFSET ?2");
            let mut statement = connection.prepare_cached(&sql)?;
            let entries = statement.query_map((conditions::rows(limit), conditions::rows(offset)), read)?;
            Ok(entries.collect::<Result<_, _>>()?)
        })
    }
}

const COLUMNS: &str = "at, what, who, prepared, about, batch, hash";

fn read(row: &Row<'_>) -> rusqlite::Result<SignOff> {
    Ok(SignOff {
        at: row.get::<_, Moment>("at")?.0,
        what: row.get::<_, Word<_>>("what")?.0,
        who: row.get("who")?,
        prepared: row.get("prepared")?,
        about: row.get("about")?,
        batch: row.get("batch")?,
        hash: row.get("hash")?,
    })
}

fn of_batch(connection: &Connection, batch: i64) -> Result<Option<SignOff>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM sign_off WHERE batch = ?1 AND what = 'signed' ORDER BY no LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([batch], read).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at, freeze, insert};

    #[test]
    fn the_log_is_kept_in_order_and_names_the_batch() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert("ODS_COURSE", &[("KCH", "a")])]);
        let batch = fixture.freeze(&freeze("ODS_COURSE", 1)).unwrap().batch.unwrap();
        let entry = |what, batch: Option<i64>, hash: &str| SignOff {
            at: at(2),
            what,
            who: "李复核".into(),
            prepared: "王填报".into(),
            about: String::new(),
            batch,
            hash: hash.to_owned(),
        };
        let entries = [entry(SignOffKind::Asked, None, ""), entry(SignOffKind::Signed, Some(batch.id), &batch.hash)];
        fixture.note_sign_offs(&entries).unwrap();
        assert_eq!(fixture.sign_off_of(batch.id).unwrap().as_ref(), Some(&entries[1]));
        assert_eq!(fixture.sign_off_of(batch.id + 1).unwrap(), None);
        assert_eq!(fixture.sign_offs(0, 9).unwrap(), [entries[1].clone(), entries[0].clone()]);
        assert_eq!(fixture.sign_offs(1, 1).unwrap(), [entries[0].clone()]);
        fixture.whole();
    }
}
