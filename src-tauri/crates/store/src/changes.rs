//! The changes of a step as they lie in the log: which cells of which record, before and after.
//!
//! The log keeps what a clerk can change and the collection time. Record key and school are left out: they follow from
//! the rest. A record that is added or deleted is kept whole, with its place and period.

use rusqlite::{Connection, Row};
use serde_json::{Map, Value};
use standard::Field;
use standard::model::COLLECTED_COLUMN;

use crate::StoreError;
use crate::derived::Cells;
use crate::shape::Shape;

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Insert,
    Update,
    Delete,
    /// Only moved, to make room for another; not a change that a clerk made.
    Place,
}

impl Op {
    const ALL: [(Op, &str); 4] =
        [(Op::Insert, "insert"), (Op::Update, "update"), (Op::Delete, "delete"), (Op::Place, "place")];

    fn as_str(self) -> &'static str {
        Op::ALL[self as usize].1
    }

    /// What is written so.
    pub fn parse(text: &str) -> Result<Op, StoreError> {
        let found = Op::ALL.iter().find(|(_, name)| *name == text);
        found.map(|(op, _)| *op).ok_or_else(|| StoreError::Failed { reason: format!("the log knows no change {text}") })
    }
}

/// One change, ready for the log.
#[derive(Debug, Clone)]
pub(crate) struct Change<'a> {
    pub op: Op,
    pub period: Option<&'a str>,
    pub place_before: Option<f64>,
    pub place_after: Option<f64>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Change<'_> {
    /// A change with nothing said about it yet.
    pub fn of(op: Op) -> Self {
        Change { op, period: None, place_before: None, place_after: None, before: None, after: None }
    }
}

/// Appends a change to a step.
pub(crate) fn keep(
    connection: &Connection,
    step: i64,
    table: &str,
    row: i64,
    change: &Change<'_>,
) -> Result<(), StoreError> {
    let Change { op, period, place_before, place_after, before, after } = change;
    connection
        .prepare_cached(
            "INSERT INTO change (step, tbl, row, op, period, place_before, place_after, before, after)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((step, table, row, op.as_str(), period, place_before, place_after, before, after))?;
    Ok(())
}

/// Whether the log keeps this column: what a clerk fills, and the collection time.
pub(crate) fn is_logged(field: &Field) -> bool {
    !field.is_system() || field.column == COLLECTED_COLUMN
}

/// The filled cells of a record as JSON.
pub(crate) fn filled_cells(shape: &Shape, values: &[String]) -> Result<String, StoreError> {
    all_cells(shape, values, &[])
}

/// The filled cells of a record, and others, as JSON.
pub(crate) fn all_cells(shape: &Shape, values: &[String], more: &[(String, String)]) -> Result<String, StoreError> {
    let fields = shape.table().fields.iter().zip(values).filter(|(f, v)| is_logged(f) && !v.is_empty());
    let more = more.iter().map(|(column, value)| (column.as_str(), value.as_str()));
    json(fields.map(|(f, v)| (f.column.as_str(), v.as_str())).chain(more))
}

/// The cells that differ as JSON, before and after.
pub(crate) fn changed_cells(shape: &Shape, old: &[String], new: &[String]) -> Result<(String, String), StoreError> {
    let fields = &shape.table().fields;
    let differ = (0..fields.len()).filter(|&at| is_logged(&fields[at]) && old[at] != new[at]);
    let of = |values: &[String]| json(differ.clone().map(|at| (fields[at].column.as_str(), values[at].as_str())));
    Ok((of(old)?, of(new)?))
}

fn json<'a>(cells: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Result<String, StoreError> {
    serde_json::to_string(&Cells(cells)).map_err(|e| StoreError::Failed { reason: e.to_string() })
}

/// One change as it was kept.
#[derive(Debug, Clone)]
pub(crate) struct Logged {
    pub table: String,
    pub row: i64,
    pub op: Op,
    pub period: String,
    pub place_before: f64,
    pub place_after: f64,
    pub before: Vec<(String, String)>,
    pub after: Vec<(String, String)>,
}

/// The columns that [`Logged::read`] reads.
pub(crate) const LOGGED: &str = "c.tbl, c.row, c.op, c.period, c.place_before, c.place_after, c.before, c.after";

impl Logged {
    /// Reads the columns of [`LOGGED`], from the first.
    pub fn read(row: &Row<'_>) -> Result<Logged, StoreError> {
        Ok(Logged {
            table: row.get(0)?,
            row: row.get(1)?,
            op: Op::parse(row.get_ref(2)?.as_str()?)?,
            period: row.get::<_, Option<_>>(3)?.unwrap_or_default(),
            place_before: row.get::<_, Option<_>>(4)?.unwrap_or_default(),
            place_after: row.get::<_, Option<_>>(5)?.unwrap_or_default(),
            before: cells(row.get_ref(6)?.as_str_or_null()?)?,
            after: cells(row.get_ref(7)?.as_str_or_null()?)?,
        })
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
            place_before: self.place_after,
            place_after: self.place_before,
            ..self
        }
    }
}

/// Cells out of JSON.
pub(crate) fn cells(json: Option<&str>) -> Result<Vec<(String, String)>, StoreError> {
    let Some(json) = json else { return Ok(Vec::new()) };
    // serde's own words could quote a value.
    let broken = |_| StoreError::Failed { reason: "a change in the log is not JSON".into() };
    let map: Map<String, Value> = serde_json::from_str(json).map_err(broken)?;
    Ok(map.into_iter().map(|(column, value)| (column, value.as_str().unwrap_or_default().to_owned())).collect())
}
