//! `moved`: the moves of a book to other editions.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use crate::StoreError;
use crate::book::handle::Book;
use crate::sql::column::Moment;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    2,
    "CREATE TABLE moved (
         no INTEGER PRIMARY KEY, from_edition TEXT NOT NULL, to_edition TEXT NOT NULL, at INTEGER NOT NULL,
         who TEXT NOT NULL, step INTEGER NOT NULL REFERENCES step (id), copy TEXT NOT NULL);",
)];

/// A move that the book has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Id of the edition that it had.
    pub from: String,
    /// Id of the edition that it got.
    pub to: String,
    /// When it was made.
    pub at: Timestamp,
    /// Name of the person at the PC; may be empty.
    pub who: String,
    /// Number of its step in the change log.
    pub step: i64,
    /// Name of the copy that was made first, in the folder of the book.
    pub copy: String,
}

impl Book {
    /// The moves of the book, oldest first.
    pub fn moves(&self) -> Result<Vec<Move>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT from_edition, to_edition, at, who, step, copy FROM moved ORDER BY no";
            let mut statement = connection.prepare_cached(sql)?;
            let moves = statement.query_map([], |r| {
                Ok(Move {
                    from: r.get("from_edition")?,
                    to: r.get("to_edition")?,
                    at: r.get::<_, Moment>("at")?.0,
                    who: r.get("who")?,
                    step: r.get("step")?,
                    copy: r.get("copy")?,
                })
            })?;
            Ok(moves.collect::<Result<_, _>>()?)
        })
    }
}

/// A move that is being made.
pub(crate) struct NewMove<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub at: Timestamp,
    pub who: &'a str,
    pub step: i64,
    pub copy: &'a Path,
}

/// Writes a move down; returns its number.
pub(crate) fn insert(connection: &Connection, new: &NewMove<'_>) -> Result<i64, StoreError> {
    // Only the name is stored, because the two files may be moved to another folder together.
    let copy = new.copy.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    connection.execute(
        "INSERT INTO moved (from_edition, to_edition, at, who, step, copy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (new.from, new.to, Moment(new.at), new.who, new.step, copy),
    )?;
    Ok(connection.last_insert_rowid())
}
