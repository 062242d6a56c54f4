//! `step`: the steps of the change log. An undo or redo is a step of its own that names the step whose changes it
//! reads.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::sql::column::Moment;
use crate::sql::json_texts;
use crate::tables::change::CellChange;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE step (
         id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
         note TEXT NOT NULL,
         undoes INTEGER REFERENCES step (id),   -- the step that this undo or redo takes back
         root INTEGER,                          -- the step whose changes it reads; itself for a first step
         forward INTEGER NOT NULL,              -- 0: reads them backwards
         standing INTEGER,                      -- undo state of a first step; NULL for an undo or redo
         tables TEXT NOT NULL DEFAULT '[]', rows INTEGER NOT NULL DEFAULT 0);
     CREATE INDEX step_standing ON step (standing);
     CREATE INDEX step_root ON step (root);",
)];

/// The kind of action that made a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum StepKind {
    /// Typing in cells; adding and deleting records.
    Edit,
    /// Putting text of the clipboard into cells.
    Paste,
    /// Importing a file.
    Import,
    /// Correcting many findings at once.
    Mend,
    /// Moving records to the period to which they belong.
    Period,
    /// Copying records of an earlier period into the present one.
    CarryOver,
    /// Stating that records with one natural key are different records.
    TellApart,
    /// Filling a new book with the records of the invented college.
    Sample,
    /// A move of the book to another edition.
    Move,
    /// Taking a step back.
    Undo,
    /// Making a step again that was taken back.
    Redo,
    /// A kind that a newer program wrote.
    Other,
}

impl StepKind {
    /// The word in the book and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            StepKind::Edit => "edit",
            StepKind::Paste => "paste",
            StepKind::Import => "import",
            StepKind::Mend => "mend",
            StepKind::Period => "period",
            StepKind::CarryOver => "carry-over",
            StepKind::TellApart => "tell-apart",
            StepKind::Sample => "sample",
            StepKind::Move => "move",
            StepKind::Undo => "undo",
            StepKind::Redo => "redo",
            StepKind::Other => "other",
        }
    }
}

impl std::fmt::Display for StepKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ToSql for StepKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for StepKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let known = [
            Self::Edit,
            Self::Paste,
            Self::Import,
            Self::Mend,
            Self::Period,
            Self::CarryOver,
            Self::TellApart,
            Self::Sample,
            Self::Move,
            Self::Undo,
            Self::Redo,
        ];
        Ok(known.into_iter().find(|kind| kind.as_str() == word).unwrap_or(Self::Other))
    }
}

/// What is recorded about a step of the change log beside its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When; becomes the collection time of the records it changes, in national time (UTC+8).
    pub at: Timestamp,
    /// Name of the person at the PC; may be empty.
    pub who: String,
    /// What made it; undo, redo and moves are steps that only the store makes.
    pub kind: StepKind,
    /// For an import the file's name; else empty.
    pub note: String,
    /// Period that new records of periodic tables belong to.
    pub period: String,
}

/// One step of the change log, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepInfo {
    /// Number in the log; later steps have higher ones.
    pub step: i64,
    /// When it was made.
    pub at: Timestamp,
    /// Name of the person at the PC; may be empty.
    pub who: String,
    /// What made it.
    pub kind: StepKind,
    /// Note, as given in [`Step::note`].
    pub note: String,
    /// The step that this undo or redo takes back.
    pub undoes: Option<i64>,
    /// Whether it has been undone (and not done again).
    pub undone: bool,
    /// Names of the tables that it touched.
    pub tables: Vec<String>,
    /// How many records it touched.
    pub rows: u64,
    /// The first cells changed, at most [`crate::CELLS_SHOWN`]; system columns are left out. Those of the asked record
    /// only where [`crate::HistoryQuery::row`] is given.
    pub cells: Vec<CellChange>,
}

/// Whether a step can be undone or done again, as the column `standing` holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UndoState {
    /// Its changes are in the records; it can be undone.
    Done = 0,
    /// It is undone and can be done again.
    Undone = 1,
    /// It is undone, and cannot be done again because of a later step.
    Discarded = 2,
    /// Its changes are in the records, and it was made before a move to another edition, so it cannot be undone.
    BeforeMove = 3,
}

impl ToSql for UndoState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as i64).into())
    }
}

impl FromSql for UndoState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(UndoState::Done),
            1 => Ok(UndoState::Undone),
            2 => Ok(UndoState::Discarded),
            3 => Ok(UndoState::BeforeMove),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

/// Undo or redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Undo,
    Redo,
}

/// Begins a step of the log. What was undone before it can no longer be done again.
pub(crate) fn begin(connection: &Connection, step: &Step) -> Result<i64, StoreError> {
    connection
        .prepare_cached("UPDATE step SET standing = ?1 WHERE standing = ?2")?
        .execute((UndoState::Discarded, UndoState::Undone))?;
    connection
        .prepare_cached("INSERT INTO step (at, who, kind, note, forward, standing) VALUES (?1, ?2, ?3, ?4, 1, ?5)")?
        .execute((Moment(step.at), &step.who, step.kind, &step.note, UndoState::Done))?;
    Ok(connection.last_insert_rowid())
}

/// Writes into a step which records it touched: pairs of a table's name and a record's number.
pub(crate) fn end(connection: &Connection, id: i64, touched: &BTreeSet<(String, i64)>) -> Result<(), StoreError> {
    let tables: BTreeSet<&str> = touched.iter().map(|(table, _)| table.as_str()).collect();
    end_with(connection, id, tables, touched.len() as u64)
}

/// The records that a step has touched so far, each once, by table: a step may touch a million.
#[derive(Debug, Default)]
pub(crate) struct Touched(BTreeMap<String, BTreeSet<i64>>);

impl Touched {
    /// Adds a record.
    pub fn add(&mut self, table: &str, row: i64) {
        match self.0.get_mut(table) {
            Some(rows) => drop(rows.insert(row)),
            None => drop(self.0.insert(table.to_owned(), BTreeSet::from([row]))),
        }
    }

    /// How many records.
    pub fn records(&self) -> u64 {
        self.0.values().map(|rows| rows.len() as u64).sum()
    }

    /// Writes them into the step.
    pub fn end(&self, connection: &Connection, id: i64) -> Result<(), StoreError> {
        end_with(connection, id, self.0.keys().map(String::as_str), self.records())
    }
}

fn end_with<'a>(
    connection: &Connection,
    id: i64,
    tables: impl IntoIterator<Item = &'a str>,
    rows: u64,
) -> Result<(), StoreError> {
    let sql = "UPDATE step SET root = id, tables = ?2, rows = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((id, json_texts(tables), rows))?;
    Ok(())
}

/// Marks all steps that were made until now so that they cannot be undone.
pub(crate) fn raise_undo_barrier(connection: &Connection) -> Result<(), StoreError> {
    let sql = "UPDATE step SET standing = ?1 WHERE standing = ?2";
    connection.prepare_cached(sql)?.execute((UndoState::BeforeMove, UndoState::Done))?;
    Ok(())
}

/// Whether some steps cannot be undone because they lie before a move to another edition.
pub(crate) fn has_undo_barrier(connection: &Connection) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM step WHERE standing = ?1 LIMIT 1")?;
    Ok(statement.query_row([UndoState::BeforeMove], |_| Ok(())).optional()?.is_some())
}

/// The first step that undo would take back, or redo would do again.
pub(crate) fn next(connection: &Connection, direction: Direction) -> Result<Option<i64>, StoreError> {
    let (sql, state) = match direction {
        Direction::Undo => ("SELECT max(id) AS next FROM step WHERE standing = ?1", UndoState::Done),
        Direction::Redo => ("SELECT min(id) AS next FROM step WHERE standing = ?1", UndoState::Undone),
    };
    Ok(connection.prepare_cached(sql)?.query_row([state], |r| r.get("next"))?)
}

/// Whether one step can be taken back (or made again) alone: it is in the state for it, and no record that it changed
/// was changed since by a step that is not undone.
pub(crate) fn is_free(connection: &Connection, direction: Direction, root: i64) -> Result<bool, StoreError> {
    let state = match direction {
        Direction::Undo => UndoState::Done,
        Direction::Redo => UndoState::Undone,
    };
    let sql = "SELECT 1 FROM step s WHERE s.id = ?1 AND s.standing = ?2 AND NOT EXISTS (
                   SELECT 1 FROM change mine JOIN change later ON later.tbl = mine.tbl AND later.row = mine.row
                   JOIN step l ON l.id = later.step
                   WHERE mine.step = s.id AND later.step > s.id AND l.standing IN (?3, ?4))";
    let params = (root, state, UndoState::Done, UndoState::BeforeMove);
    Ok(connection.prepare_cached(sql)?.query_row(params, |_| Ok(())).optional()?.is_some())
}

/// Writes down an undo or redo of the first step `root`, and its new undo state. Returns the number of the new step.
pub(crate) fn insert_walk(
    connection: &Connection,
    direction: Direction,
    root: i64,
    at: Timestamp,
    who: &str,
) -> Result<i64, StoreError> {
    let (kind, forward, undoes, state) = match direction {
        Direction::Undo => (StepKind::Undo, false, Some(root), UndoState::Undone),
        Direction::Redo => {
            let undo = "SELECT max(id) AS undo FROM step WHERE root = ?1 AND kind = 'undo'";
            let undo = connection.prepare_cached(undo)?.query_row([root], |r| r.get("undo")).optional()?.flatten();
            (StepKind::Redo, true, undo, UndoState::Done)
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO step (at, who, kind, note, undoes, root, forward, tables, rows)
             SELECT ?1, ?2, ?3, note, ?4, id, ?5, tables, rows FROM step WHERE id = ?6",
        )?
        .execute((Moment(at), who, kind, undoes, forward, root))?;
    let id = connection.last_insert_rowid();
    connection.prepare_cached("UPDATE step SET standing = ?2 WHERE id = ?1")?.execute((root, state))?;
    Ok(id)
}

/// The columns that [`read`] reads of `step s`. An undo or redo is itself undone when a later one applied to the same
/// step; `1` and `2` are undo states.
pub(crate) const COLUMNS: &str = "s.id, s.at, s.who, s.kind, s.note, s.undoes,
    CASE WHEN s.standing IS NULL THEN EXISTS (SELECT 1 FROM step l WHERE l.root = s.root AND l.id > s.id)
    ELSE s.standing IN (1, 2) END AS undone, s.tables, s.rows, s.root, s.forward";

/// A step without its cells, and how its changes are read.
pub(crate) struct FoundStep {
    pub info: StepInfo,
    /// The step whose changes it has.
    pub root: i64,
    /// Whether it reads them forwards.
    pub forward: bool,
}

/// Reads [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<FoundStep> {
    let tables: String = row.get("tables")?;
    let info = StepInfo {
        step: row.get("id")?,
        at: row.get::<_, Moment>("at")?.0,
        who: row.get("who")?,
        kind: row.get("kind")?,
        note: row.get("note")?,
        undoes: row.get("undoes")?,
        undone: row.get("undone")?,
        tables: serde_json::from_str(&tables).unwrap_or_default(),
        rows: row.get("rows")?,
        cells: Vec::new(),
    };
    Ok(FoundStep { info, root: row.get("root")?, forward: row.get("forward")? })
}

/// One step, without its cells.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<FoundStep, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM step s WHERE s.id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], read)?)
}
