//! `change`: the changes of each step of the log: which cells of which record, before and after.
//!
//! The log keeps what a clerk can change and the collection time. Record key and school are left out: they follow from
//! the rest. A record that is added or deleted is kept whole, with its ordering key and period; one that came by an
//! import is kept without its cells for as long as the record itself has them ([`super::change_of_import`]).

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use standard::Field;
use standard::field::COLLECTED_COLUMN;

use crate::StoreError;
use crate::records::derived::Cells;
use crate::records::table_sql::TableSql;
use crate::sql::column::Word;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE change (
         id INTEGER PRIMARY KEY, step INTEGER NOT NULL REFERENCES step (id), tbl TEXT NOT NULL, row INTEGER NOT NULL,
         op TEXT NOT NULL,                      -- insert, update, delete; place: only moved to make room
         period TEXT, place_before REAL, place_after REAL,
         before TEXT, after TEXT);              -- changed cells as JSON
     CREATE INDEX change_step ON change (step);
     CREATE INDEX change_row ON change (tbl, row);",
)];

/// Names one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// Name of the table.
    pub table: String,
    /// Number of the record in it.
    pub row: i64,
}

/// One cell before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// Name of the table.
    pub table: String,
    /// Number of the record in it.
    pub row: i64,
    /// Name of the column.
    pub column: String,
    /// Value before; empty also where the record was not there.
    pub before: String,
    /// Value after; empty also where the record is gone.
    pub after: String,
}

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Op {
    Insert,
    Update,
    Delete,
    /// It went to another period: its cells before and after are [`PERIOD_CELL`] alone.
    Move,
    /// Only its ordering key changed, to make room for another record; not a change that a clerk made.
    #[serde(rename = "place")]
    Reorder,
    /// A clerk stated that it is a different record from others with its natural key, or took that back. The cells are
    /// those of the statement.
    Repeat,
}

impl ToSql for Op {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(crate::sql::column::word(self)?))
    }
}

impl FromSql for Op {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Word::column_result(value).map(|Word(op)| op)
    }
}

/// One change, ready for the log.
#[derive(Debug, Clone)]
pub(crate) struct Change<'a> {
    pub op: Op,
    pub period: Option<&'a str>,
    pub ordering_before: Option<f64>,
    pub ordering_after: Option<f64>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Change<'_> {
    /// A change with nothing said about it yet.
    pub fn of(op: Op) -> Self {
        Change { op, period: None, ordering_before: None, ordering_after: None, before: None, after: None }
    }
}

/// The period of a record that went to another one, among the cells of its change.
pub const PERIOD_CELL: &str = "_period";

/// [`PERIOD_CELL`] with this period, as JSON.
pub(crate) fn period_cell(period: &str) -> Result<String, StoreError> {
    let cells = Cells([(PERIOD_CELL, period)].into_iter());
    serde_json::to_string(&cells).map_err(|error| StoreError::Failed { reason: error.to_string() })
}

/// The period among the cells of a change.
pub(crate) fn period_of(cells: &[(String, String)]) -> &str {
    cells.iter().find(|(column, _)| column == PERIOD_CELL).map_or("", |(_, period)| period)
}

/// Appends a change to a step.
pub(crate) fn insert(
    connection: &Connection,
    step: i64,
    table: &str,
    row: i64,
    change: &Change<'_>,
) -> Result<(), StoreError> {
    let Change { op, period, ordering_before, ordering_after, before, after } = change;
    connection
        .prepare_cached(
            "INSERT INTO change (step, tbl, row, op, period, place_before, place_after, before, after)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((step, table, row, op, period, ordering_before, ordering_after, before, after))?;
    Ok(())
}

/// Whether the log keeps this column: what a clerk fills, and the collection time.
pub(crate) fn is_logged(field: &Field) -> bool {
    !field.is_system() || field.column == COLLECTED_COLUMN
}

/// The filled cells of a record as JSON.
pub(crate) fn filled_cells(table_sql: &TableSql, values: &[String]) -> Result<String, StoreError> {
    all_cells(table_sql, values, &[])
}

/// The filled cells of a record, and others, as JSON.
pub(crate) fn all_cells(
    table_sql: &TableSql,
    values: &[String],
    more: &[(String, String)],
) -> Result<String, StoreError> {
    let fields = table_sql.table().fields.iter().zip(values).filter(|(f, v)| is_logged(f) && !v.is_empty());
    let more = more.iter().map(|(column, value)| (column.as_str(), value.as_str()));
    json(fields.map(|(f, v)| (f.column.as_str(), v.as_str())).chain(more))
}

/// The cells that differ as JSON, before and after.
pub(crate) fn changed_cells(
    table_sql: &TableSql,
    old: &[String],
    new: &[String],
) -> Result<(String, String), StoreError> {
    let fields = &table_sql.table().fields;
    let differ = (0..fields.len()).filter(|&at| is_logged(&fields[at]) && old[at] != new[at]);
    let of = |values: &[String]| json(differ.clone().map(|at| (fields[at].column.as_str(), values[at].as_str())));
    Ok((of(old)?, of(new)?))
}

/// Cells as JSON, in the order given.
pub(crate) fn json<N: AsRef<str>, V: AsRef<str>>(
    cells: impl Iterator<Item = (N, V)> + Clone,
) -> Result<String, StoreError> {
    serde_json::to_string(&Cells(cells)).map_err(|e| StoreError::Failed { reason: e.to_string() })
}

/// One change as it was kept.
#[derive(Debug, Clone)]
pub(crate) struct Logged {
    pub table: String,
    pub row: i64,
    pub op: Op,
    pub period: String,
    pub ordering_before: f64,
    pub ordering_after: f64,
    pub before: Vec<(String, String)>,
    pub after: Vec<(String, String)>,
    /// Whether the log leaves `after` out, because the record itself has the cells.
    is_short: bool,
}

/// The columns that [`Logged::read`] reads.
pub(crate) const LOGGED: &str = "c.tbl, c.row, c.op, c.period, c.place_before, c.place_after, c.before, c.after";

impl Logged {
    /// Reads the columns of [`LOGGED`]. An insert whose cells the record has is without them.
    pub fn read(row: &Row<'_>) -> Result<Logged, StoreError> {
        Ok(Logged {
            table: row.get("tbl")?,
            row: row.get("row")?,
            op: row.get("op")?,
            period: row.get::<_, Option<_>>("period")?.unwrap_or_default(),
            ordering_before: row.get::<_, Option<_>>("place_before")?.unwrap_or_default(),
            ordering_after: row.get::<_, Option<_>>("place_after")?.unwrap_or_default(),
            before: cells(row.get_ref("before")?.as_str_or_null()?)?,
            after: cells(row.get_ref("after")?.as_str_or_null()?)?,
            is_short: row.get_ref("after")? == ValueRef::Null,
        })
    }

    /// Whether its cells are not in the log, because the record has them.
    pub fn is_without_cells(&self) -> bool {
        self.op == Op::Insert && self.is_short
    }

    /// The change that takes this one back.
    pub fn reversed(self) -> Logged {
        let op = match self.op {
            Op::Insert => Op::Delete,
            Op::Delete => Op::Insert,
            same => same,
        };
        Logged {
            op,
            before: self.after,
            after: self.before,
            ordering_before: self.ordering_after,
            ordering_after: self.ordering_before,
            ..self
        }
    }
}

/// Cells out of JSON.
pub(crate) fn cells(json: Option<&str>) -> Result<Vec<(String, String)>, StoreError> {
    let Some(json) = json else { return Ok(Vec::new()) };
    // The message of serde is not used, because it could quote a value.
    let broken = |_| StoreError::Failed { reason: "a change in the log is not JSON".into() };
    let map: Map<String, Value> = serde_json::from_str(json).map_err(broken)?;
    Ok(map.into_iter().map(|(column, value)| (column, value.as_str().unwrap_or_default().to_owned())).collect())
}

/// Some changes of a step with their numbers: those behind the number `after`, in order, or backwards those before it. Empty at
/// the end.
pub(crate) fn page_of_step(
    connection: &Connection,
    step: i64,
    (forwards, after): (bool, Option<i64>),
    limit: u64,
) -> Result<Vec<(i64, Logged)>, StoreError> {
    let (compare, order, end) = if forwards { (">", "ASC", i64::MIN) } else { ("<", "DESC", i64::MAX) };
    let sql = format!(
        "SELECT c.id, {LOGGED} FROM change c WHERE c.step = ?1 AND c.id {compare} ?2 ORDER BY c.id {order} LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((step, after.unwrap_or(end), limit))?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push((row.get("id")?, Logged::read(row)?));
    }
    Ok(changes)
}

/// The records that a step touched, each once, by table and number.
pub(crate) fn rows_of_step(connection: &Connection, step: i64) -> Result<Vec<RowRef>, StoreError> {
    let sql = "SELECT DISTINCT tbl, row FROM change WHERE step = ?1 AND op <> 'place' ORDER BY tbl, row";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([step], |r| Ok(RowRef { table: r.get("tbl")?, row: r.get("row")? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
