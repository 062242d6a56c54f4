//! `repeat`: the clerk's statements that records with one natural key are several true records. A statement is bound to
//! the natural key that the record had: it does not apply to another one, and applies again when the natural key
//! returns, for example by undo.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;
use crate::sql::column::Moment;
use crate::sql::json_numbers;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    4,
    "CREATE TABLE repeat (
         tbl TEXT NOT NULL, natural TEXT NOT NULL, row INTEGER NOT NULL,
         seq INTEGER NOT NULL,                  -- order of the records that share the natural key
         text TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
         holds INTEGER NOT NULL DEFAULT 0,      -- whether it speaks of the record as it stands
         PRIMARY KEY (tbl, natural, row)) WITHOUT ROWID;
     CREATE INDEX repeat_row ON repeat (tbl, row);",
)];

/// The rule of findings about records with one key.
pub const UNIQUE_RULE: &str = "unique-key";

/// A statement, as table and log keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub natural: String,
    pub seq: i64,
    pub text: String,
    pub at: Timestamp,
    pub who: String,
}

impl Repeat {
    /// As cells of a change in the log. The natural key is not among them: it is that of the record when the log is
    /// read.
    pub fn cells(&self) -> [(&'static str, String); 4] {
        [
            ("seq", self.seq.to_string()),
            (TEXT, self.text.clone()),
            ("at", self.at.to_string()),
            ("who", self.who.clone()),
        ]
    }

    /// From cells of a change in the log; `None` where there are none.
    pub fn of_cells(cells: &[(String, String)], natural: &str) -> Result<Option<Repeat>, StoreError> {
        let cell = |name: &str| cells.iter().find(|(column, _)| column == name).map_or("", |(_, value)| value);
        if cells.is_empty() {
            return Ok(None);
        }
        let broken = || StoreError::Failed { reason: "a statement in the log cannot be read".into() };
        Ok(Some(Repeat {
            natural: natural.to_owned(),
            seq: cell("seq").parse().map_err(|_| broken())?,
            text: cell(TEXT).to_owned(),
            at: cell("at").parse().map_err(|_| broken())?,
            who: cell("who").to_owned(),
        }))
    }
}

/// The cell of the log that has the clerk's reason.
pub(crate) const TEXT: &str = "text";

/// The statement about a record with this natural key.
pub(crate) fn get(connection: &Connection, table: &str, natural: &str, row: i64) -> Result<Option<Repeat>, StoreError> {
    let sql = "SELECT natural, seq, text, at, who FROM repeat WHERE tbl = ?1 AND natural = ?2 AND row = ?3";
    let read = |r: &rusqlite::Row<'_>| {
        Ok(Repeat {
            natural: r.get("natural")?,
            seq: r.get("seq")?,
            text: r.get("text")?,
            at: r.get::<_, Moment>("at")?.0,
            who: r.get("who")?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row((table, natural, row), read).optional()?)
}

/// Whether anything was said of records with this natural key.
pub(crate) fn any(connection: &Connection, table: &str, natural: &str) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM repeat WHERE tbl = ?1 AND natural = ?2)";
    Ok(connection.prepare_cached(sql)?.query_row((table, natural), |r| r.get(0))?)
}

/// The place in the order of the next record with this natural key.
pub(crate) fn next_seq(connection: &Connection, table: &str, natural: &str) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) + 1 FROM repeat WHERE tbl = ?1 AND natural = ?2";
    Ok(connection.prepare_cached(sql)?.query_row((table, natural), |r| r.get(0))?)
}

/// Keeps a statement; it replaces an earlier one.
pub(crate) fn put(connection: &Connection, table: &str, row: i64, repeat: &Repeat) -> Result<(), StoreError> {
    let Repeat { natural, seq, text, at, who } = repeat;
    let sql = "INSERT INTO repeat (tbl, natural, row, seq, text, at, who) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET seq = excluded.seq, text = excluded.text, at = excluded.at, who = excluded.who";
    connection.prepare_cached(sql)?.execute((table, natural, row, seq, text, Moment(*at), who))?;
    Ok(())
}

/// Takes a statement away.
pub(crate) fn remove(connection: &Connection, table: &str, natural: &str, row: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM repeat WHERE tbl = ?1 AND natural = ?2 AND row = ?3";
    connection.prepare_cached(sql)?.execute((table, natural, row))?;
    Ok(())
}

/// Writes the new natural key of a record into the statement about it.
pub(crate) fn carry(connection: &Connection, table: &str, row: i64, old: &str, new: &str) -> Result<(), StoreError> {
    let sql = "UPDATE OR REPLACE repeat SET natural = ?4 WHERE tbl = ?1 AND natural = ?3 AND row = ?2";
    connection.prepare_cached(sql)?.execute((table, row, old, new))?;
    Ok(())
}

/// Records which statements about this natural key are valid.
pub(crate) fn set_holding(
    connection: &Connection,
    table: &str,
    natural: &str,
    rows: impl IntoIterator<Item = i64>,
) -> Result<(), StoreError> {
    let rows: Vec<i64> = rows.into_iter().collect();
    let sql = "UPDATE repeat SET holds = row IN (SELECT value FROM json_each(?3)) WHERE tbl = ?1 AND natural = ?2";
    connection.prepare_cached(sql)?.execute((table, natural, json_numbers(&rows)))?;
    Ok(())
}
