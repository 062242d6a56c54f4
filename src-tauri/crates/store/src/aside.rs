//! What moves have kept aside, and the moves themselves, read back.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use standard::Table;

use crate::adopt::{Adoption, put_away_as};
use crate::changes::cells;
use crate::derived::Cells;
use crate::record::json_texts;
use crate::schema::quoted;
use crate::{Book, Record, StoreError};

/// A move that the book has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Edition that it had.
    pub from: String,
    /// Edition that it got.
    pub to: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// The step of the log.
    pub step: i64,
    /// Name of the copy that was made first, in the folder of the book.
    pub copy: String,
}

/// A record of which something is kept aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Edition that it belongs to.
    pub edition: String,
    /// Table of that edition.
    pub table: String,
    /// Its number there.
    pub row: i64,
    /// Period.
    pub period: String,
    /// Its filled cells, by column.
    pub cells: Vec<(String, String)>,
    /// The columns of those that have no place.
    pub columns: Vec<String>,
    /// Where the rest went: table and number.
    pub to: Option<(String, i64)>,
}

/// Numbers of one table of an older edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideTable {
    /// Edition.
    pub edition: String,
    /// Table.
    pub table: String,
    /// Records of which something is kept aside.
    pub records: u64,
    /// Cells kept aside.
    pub cells: u64,
}

impl Book {
    /// The moves of the book, oldest first.
    pub fn moves(&self) -> Result<Vec<Move>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT from_edition, to_edition, at, who, step, copy FROM moved ORDER BY no";
            let mut statement = connection.prepare_cached(sql)?;
            let moves = statement.query_map([], |r| {
                Ok(Move {
                    from: r.get(0)?,
                    to: r.get(1)?,
                    at: Timestamp::from_millisecond(r.get(2)?).unwrap_or(Timestamp::UNIX_EPOCH),
                    who: r.get(3)?,
                    step: r.get(4)?,
                    copy: r.get(5)?,
                })
            })?;
            Ok(moves.collect::<Result<_, _>>()?)
        })
    }

    /// Tables with something kept aside, in printed order.
    pub fn aside_tables(&self) -> Result<Vec<AsideTable>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT m.from_edition, a.tbl, count(*), sum(a.count) FROM aside a JOIN moved m ON m.no = a.moved
                 WHERE a.count > 0 GROUP BY a.moved, a.tbl_no, a.tbl ORDER BY a.moved, a.tbl_no";
            let mut statement = connection.prepare_cached(sql)?;
            let tables = statement.query_map([], |r| {
                Ok(AsideTable { edition: r.get(0)?, table: r.get(1)?, records: r.get(2)?, cells: r.get(3)? })
            })?;
            Ok(tables.collect::<Result<_, _>>()?)
        })
    }

    /// A page of what is kept aside, of one table or of all, in printed order, and how many records there are in all.
    pub fn aside(&self, table: Option<&str>, offset: u64, limit: u64) -> Result<(u64, Vec<Aside>), StoreError> {
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
                records.push(Aside {
                    edition: row.get(0)?,
                    table: row.get(1)?,
                    row: row.get(2)?,
                    period: row.get(3)?,
                    cells: cells(row.get_ref(4)?.as_str_or_null()?)?,
                    columns: names(row.get_ref(5)?.as_str()?)?,
                    to: row.get::<_, Option<String>>(6)?.zip(row.get(7)?),
                });
            }
            Ok((total, records))
        })
    }
}

/// Whether a wall stands in the log: steps before a move.
pub(crate) fn is_behind_a_move(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM step WHERE standing = 3 LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([], |_| Ok(())).optional()?.is_some())
}

/// Writes a move down; returns its number.
pub(crate) fn keep_move(
    connection: &Connection,
    from: &str,
    adoption: &Adoption<'_>,
    step: i64,
) -> Result<i64, StoreError> {
    // The name alone: the two files may travel together.
    let copy = adoption.copy.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    connection.execute(
        "INSERT INTO moved (from_edition, to_edition, at, who, step, copy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (from, &adoption.edition.id, adoption.at.as_millisecond(), adoption.who, step, copy),
    )?;
    Ok(connection.last_insert_rowid())
}

/// A record of which something is to be kept aside, or which only moved on.
pub(crate) struct NewAside<'a> {
    pub no: i64,
    pub table: &'a Table,
    pub record: &'a Record,
    pub columns: &'a [String],
    pub to: Option<(String, i64)>,
}

/// Writes a record down.
pub(crate) fn keep(connection: &Connection, new: &NewAside<'_>) -> Result<(), StoreError> {
    let failed = |e: serde_json::Error| StoreError::Failed { reason: e.to_string() };
    let fields = new.table.fields.iter().zip(&new.record.values);
    let filled = fields.filter(|(f, v)| !f.is_system() && !v.is_empty()).map(|(f, v)| (f.column.as_str(), v.as_str()));
    let (to_table, to_row) = new.to.clone().unzip();
    let params: [Value; 10] = [
        new.no.into(),
        new.table.name.clone().into(),
        i64::from(new.table.no).into(),
        new.record.row.into(),
        new.record.period.clone().into(),
        serde_json::to_string(&Cells(filled)).map_err(failed)?.into(),
        json_texts(new.columns).into(),
        i64::try_from(new.columns.len()).unwrap_or(i64::MAX).into(),
        to_table.map_or(Value::Null, Value::from),
        to_row.map_or(Value::Null, Value::from),
    ];
    connection
        .prepare_cached(
            "INSERT INTO aside (moved, tbl, tbl_no, row, period, cells, columns, count, to_tbl, to_row)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params_from_iter(params))?;
    Ok(())
}

/// A table that the edition has no more keeps its records under another name: should a later edition bring its name back,
/// they are not taken for records of that edition.
pub(crate) fn put_away(connection: &Connection, no: i64, table: &str) -> Result<(), StoreError> {
    let indexes: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL")?
        .query_map([table], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    for index in indexes {
        connection.execute_batch(&format!("DROP INDEX {}", quoted(&index)))?;
    }
    connection.execute_batch(&format!("ALTER TABLE {} RENAME TO {}", quoted(table), put_away_as(no, table)))?;
    connection.execute("DELETE FROM catalog WHERE tbl = ?1", [table])?;
    Ok(())
}

fn names(json: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Failed { reason: "names kept aside are not JSON".into() })
}
