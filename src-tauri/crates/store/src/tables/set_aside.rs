//! `aside`: what moves to other editions have set aside: records of which some cells have no place in the new edition.

use rusqlite::{Connection, Row};
use standard::Table;

use crate::book::handle::Book;
use crate::records::derived::Cells;
use crate::sql::json_texts;
use crate::tables::change::cells;
use crate::{Record, StoreError};

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    2,
    "CREATE TABLE aside (
         id INTEGER PRIMARY KEY, moved INTEGER NOT NULL REFERENCES moved (no),
         tbl TEXT NOT NULL, tbl_no INTEGER NOT NULL, row INTEGER NOT NULL, period TEXT NOT NULL,
         cells TEXT NOT NULL,                   -- filled cells of the record as JSON
         columns TEXT NOT NULL,                 -- those of them without a place, as JSON
         count INTEGER NOT NULL,                -- how many these are
         to_tbl TEXT, to_row INTEGER);          -- where the rest went
     CREATE INDEX aside_table ON aside (moved, tbl_no, id);",
)];

/// A record with cells that are set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Id of the edition that it belongs to.
    pub edition: String,
    /// Name of its table in that edition.
    pub table: String,
    /// Its number in that table.
    pub row: i64,
    /// Period that it belongs to; empty where it belongs to none.
    pub period: String,
    /// Its filled cells: pairs of column and value.
    pub cells: Vec<(String, String)>,
    /// The columns of those that have no place.
    pub columns: Vec<String>,
    /// Where the rest went: name of the table and number of the record.
    pub to: Option<(String, i64)>,
}

/// Numbers of one table of an older edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAsideTable {
    /// Id of the edition.
    pub edition: String,
    /// Name of the table.
    pub table: String,
    /// How many of its records have cells that are set aside.
    pub records: u64,
    /// How many cells these are.
    pub cells: u64,
}

impl Book {
    /// Tables with cells that are set aside, in printed order.
    pub fn set_aside_tables(&self) -> Result<Vec<SetAsideTable>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT m.from_edition, a.tbl, count(*) AS records, sum(a.count) AS cells
                 FROM aside a JOIN moved m ON m.no = a.moved
                 WHERE a.count > 0 GROUP BY a.moved, a.tbl_no, a.tbl ORDER BY a.moved, a.tbl_no";
            let mut statement = connection.prepare_cached(sql)?;
            let tables = statement.query_map([], |r| {
                Ok(SetAsideTable {
                    edition: r.get("from_edition")?,
                    table: r.get("tbl")?,
                    records: r.get("records")?,
                    cells: r.get("cells")?,
                })
            })?;
            Ok(tables.collect::<Result<_, _>>()?)
        })
    }

    /// A page of the records with cells that are set aside, of one table or of all, in printed order, and how many
    /// there are in all.
    pub fn set_aside(&self, table: Option<&str>, offset: u64, limit: u64) -> Result<(u64, Vec<SetAside>), StoreError> {
        const WHERE: &str = "a.count > 0 AND (?1 IS NULL OR a.tbl = ?1)";
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM aside a WHERE {WHERE}"))?
                .query_row([table], |r| r.get(0))?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT m.from_edition, a.tbl, a.row, a.period, a.cells, a.columns, a.to_tbl, a.to_row
                 FROM aside a JOIN moved m ON m.no = a.moved WHERE {WHERE}
                 ORDER BY a.moved, a.tbl_no, a.id LIMIT ?2 OFFSET ?3"
            ))?;
            let mut rows = statement.query((table, limit, offset))?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                records.push(read(row)?);
            }
            Ok((total, records))
        })
    }
}

fn read(row: &Row<'_>) -> Result<SetAside, StoreError> {
    Ok(SetAside {
        edition: row.get("from_edition")?,
        table: row.get("tbl")?,
        row: row.get("row")?,
        period: row.get("period")?,
        cells: cells(row.get_ref("cells")?.as_str_or_null()?)?,
        columns: names(row.get_ref("columns")?.as_str()?)?,
        to: row.get::<_, Option<String>>("to_tbl")?.zip(row.get("to_row")?),
    })
}

/// A record of which cells are to be set aside, or which only went to another table.
pub(crate) struct NewSetAside<'a> {
    /// Number of the move.
    pub no: i64,
    pub table: &'a Table,
    pub record: &'a Record,
    /// Columns whose cells have no place.
    pub columns: &'a [String],
    /// Where the rest went.
    pub to: Option<(String, i64)>,
}

/// Adds an entry.
pub(crate) fn insert(connection: &Connection, new: &NewSetAside<'_>) -> Result<(), StoreError> {
    let NewSetAside { no, table, record, columns, to } = new;
    let failed = |e: serde_json::Error| StoreError::Failed { reason: e.to_string() };
    let fields = table.fields.iter().zip(&record.values);
    let filled = fields.filter(|(f, v)| !f.is_system() && !v.is_empty()).map(|(f, v)| (f.column.as_str(), v.as_str()));
    let cells = serde_json::to_string(&Cells(filled)).map_err(failed)?;
    let (to_table, to_row) = to.as_ref().map(|(table, row)| (table, row)).unzip();
    connection
        .prepare_cached(
            "INSERT INTO aside (moved, tbl, tbl_no, row, period, cells, columns, count, to_tbl, to_row)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute((
            no,
            &table.name,
            table.no,
            record.row,
            &record.period,
            cells,
            json_texts(*columns),
            columns.len(),
            to_table,
            to_row,
        ))?;
    Ok(())
}

fn names(json: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(json)
        .map_err(|_| StoreError::Failed { reason: "columns that are set aside are not JSON".into() })
}
