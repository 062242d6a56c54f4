//! Reading proposals: the list of them, pages of rows, and how many rows and cells there are of each kind.

use std::collections::HashSet;

use rusqlite::Connection;

use super::merged;
use crate::StoreError;
use crate::book::handle::Book;
use crate::sql::column::Word;
use crate::sql::{json_numbers, json_texts};
use crate::tables::proposal::{self, Proposal, ProposalState};
use crate::tables::proposal_cell::{CellKind, Choice};
use crate::tables::proposal_pack;
use crate::tables::proposal_row::{COLUMNS, Conflict, ProposedRow, RowKind, rows};
use crate::tables::proposal_sheet::{self, ProposalSheet};

/// Which rows of a sheet of a proposal are asked for.
#[derive(Debug, Clone, Default)]
pub struct ProposedRowsQuery {
    /// Number of the sheet.
    pub sheet: i64,
    /// Only rows of this kind; absent: all rows that are in the file. Rows with other changes are among those that
    /// empty cells, too.
    pub kind: Option<RowKind>,
    /// Only rows of which something waits.
    pub waiting: bool,
    /// Only rows that would change the field at this position.
    pub column: Option<usize>,
    /// How many to leave out before the first.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// How many rows of a sheet there are of a kind with a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCount {
    /// What the workbook does to these rows.
    pub kind: RowKind,
    /// Why the row waits, or has waited, as a whole.
    pub conflict: Option<Conflict>,
    /// What was decided.
    pub choice: Option<Choice>,
    /// How many.
    pub rows: u64,
}

/// How many cells of a column there are of a kind with a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCount {
    /// Position of the field.
    pub column: usize,
    /// What the workbook does to these cells.
    pub kind: CellKind,
    /// What was decided.
    pub choice: Option<Choice>,
    /// How many.
    pub cells: u64,
}

/// How many rows and cells of a sheet there are of each kind.
#[derive(Debug, Clone, Default)]
pub struct ProposalCounts {
    /// Rows by kind and choice.
    pub rows: Vec<RowCount>,
    /// Cells by column, kind and choice.
    pub cells: Vec<CellCount>,
    /// Rows that would empty cells.
    pub clearing: u64,
    /// Rows of which cells are changed or emptied as is decided now; rows that wait as a whole are left out.
    pub updating: u64,
    /// Rows with a number of which the file has lost digits.
    pub ruined: u64,
    /// Rows of which something waits.
    pub waiting: u64,
}

/// Condition of a row, named `r`, of which something waits.
const WAITING: &str = "(r.conflict IS NOT NULL AND r.choice IS NULL OR EXISTS (SELECT 1 FROM proposal_cell c
     WHERE c.sheet = r.sheet AND c.no = r.no AND c.kind = 'conflict' AND c.choice IS NULL))";

/// Condition of a row, named `r`, that would do something.
const TO_DO: &str = "r.kind IN ('new', 'changed', 'cleared', 'conflict', 'missing')";

impl Book {
    /// One proposal.
    pub fn proposal(&self, id: i64) -> Result<Option<Proposal>, StoreError> {
        self.read(|connection| proposal::get(connection, id))
    }

    /// The proposals that are kept, the newest first.
    pub fn proposals(&self) -> Result<Vec<Proposal>, StoreError> {
        self.read(|connection| proposal::in_state(connection, ProposalState::Kept))
    }

    /// The sheets of a proposal, in the order of the files.
    pub fn proposal_sheets(&self, proposal: i64) -> Result<Vec<ProposalSheet>, StoreError> {
        self.read(|connection| proposal_sheet::of_proposal(connection, proposal))
    }

    /// How many rows a query finds, and a page of them in the order of the file.
    pub fn proposal_rows(&self, query: &ProposedRowsQuery) -> Result<(u64, Vec<ProposedRow>), StoreError> {
        let kind = match query.kind {
            None => "r.kind <> 'missing'".to_owned(),
            Some(RowKind::Cleared) => {
                "r.no IN (SELECT no FROM proposal_cell WHERE sheet = ?1 AND kind = 'cleared')".into()
            }
            Some(kind) => format!("r.kind = '{}'", crate::sql::column::word(&kind)?),
        };
        let column = match query.column {
            None => String::new(),
            Some(at) => format!(" AND r.no IN (SELECT no FROM proposal_cell WHERE sheet = ?1 AND col = {at})"),
        };
        let waiting = if query.waiting { format!(" AND {WAITING}") } else { String::new() };
        let condition = format!("r.sheet = ?1 AND {kind}{column}{waiting}");
        self.read(|connection| {
            // New records that stand in packs have no cell that would change and wait for nothing.
            let may_be_packed =
                matches!(query.kind, None | Some(RowKind::New)) && query.column.is_none() && !query.waiting;
            if may_be_packed {
                let packs = proposal_pack::of_sheet(connection, query.sheet, 0)?;
                if !packs.is_empty() {
                    return merged::page(
                        connection,
                        query.sheet,
                        query.offset..query.offset.saturating_add(query.limit),
                        &condition,
                        &packs,
                    );
                }
            }
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM proposal_row r WHERE {condition}"))?
                .query_row([query.sheet], |row| row.get(0))?;
            let sql =
                format!("SELECT {COLUMNS} FROM proposal_row r WHERE {condition} ORDER BY r.no LIMIT ?2 OFFSET ?3");
            Ok((total, rows(connection, &sql, (query.sheet, query.limit, query.offset))?))
        })
    }

    /// The next rows of a sheet after this place that would do something, at most `limit`.
    pub fn proposal_rows_to_do(
        &self,
        sheet: i64,
        after: Option<u32>,
        limit: u64,
    ) -> Result<Vec<ProposedRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM proposal_row r WHERE r.sheet = ?1 AND r.no > ?2 AND {TO_DO} ORDER BY r.no LIMIT ?3"
        );
        let (from, after) = (after.map_or(0, |after| after.saturating_add(1)), after.map_or(-1, i64::from));
        self.read(|connection| {
            let single = rows(connection, &sql, (sheet, after, limit))?;
            merged::next(connection, sheet, from, limit, single)
        })
    }

    /// How many rows of a sheet would do something.
    pub fn proposal_rows_to_do_count(&self, sheet: i64) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM proposal_row r WHERE r.sheet = ?1 AND {TO_DO}");
        self.read(|connection| {
            let single: u64 = connection.prepare_cached(&sql)?.query_row([sheet], |row| row.get(0))?;
            let packed = proposal_pack::counts(connection, sheet)?;
            Ok(single + packed.into_iter().map(|(_, rows)| rows).sum::<u64>())
        })
    }

    /// Rows of a sheet that can be matched only once the whole sheet is read, at most `limit`.
    pub fn proposal_rows_to_match(&self, sheet: i64, limit: u64) -> Result<Vec<ProposedRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM proposal_row r WHERE r.sheet = ?1 AND r.waits IS NOT NULL ORDER BY r.no LIMIT ?2"
        );
        self.read(|connection| rows(connection, &sql, (sheet, limit)))
    }

    /// Rows of a sheet that are about one of these records, or of a new one with one of these record keys.
    pub fn proposal_rows_about(
        &self,
        sheet: i64,
        records: &[i64],
        keys: &[String],
    ) -> Result<Vec<ProposedRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM proposal_row r WHERE r.sheet = ?1 AND r.target IN (SELECT value FROM json_each(?2))
             UNION ALL
             SELECT {COLUMNS} FROM proposal_row r
             WHERE r.sheet = ?1 AND r.key IN (SELECT value FROM json_each(?3)) AND r.target IS NULL AND r.kind = 'new'"
        );
        self.read(|connection| {
            let mut found = rows(connection, &sql, (sheet, json_numbers(records), json_texts(keys)))?;
            let keys: HashSet<&str> = keys.iter().map(String::as_str).collect();
            if !keys.is_empty() {
                for pack in proposal_pack::of_sheet(connection, sheet, 0)? {
                    let is_asked = |_, key: Option<&str>| key.is_some_and(|key| keys.contains(key));
                    found.extend(pack.some_rows(connection, is_asked)?);
                }
            }
            Ok(found)
        })
    }

    /// Rows that are about the same record as an earlier row of the import, where that row's record would be a new one:
    /// number of the sheet of the earlier row, and its place.
    pub fn proposal_rows_said_again(&self, proposal: i64) -> Result<Vec<(i64, u32)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT DISTINCT r.earlier_sheet, r.earlier_no FROM proposal_row r
                 WHERE r.sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)
                   AND r.conflict = 'twice' AND r.earlier_sheet IS NOT NULL AND r.target IS NULL";
            let mut statement = connection.prepare_cached(sql)?;
            let earlier = statement.query_map([proposal], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(earlier.collect::<Result<_, _>>()?)
        })
    }

    /// Numbers of a sheet of a proposal.
    pub fn proposal_counts(&self, sheet: i64) -> Result<ProposalCounts, StoreError> {
        self.read(|connection| {
            let one = |sql: &str| -> Result<u64, StoreError> {
                Ok(connection.prepare_cached(sql)?.query_row([sheet], |row| row.get(0))?)
            };
            Ok(ProposalCounts {
                rows: row_counts(connection, sheet)?,
                cells: cell_counts(connection, sheet)?,
                clearing: one("SELECT count(DISTINCT no) FROM proposal_cell WHERE sheet = ?1 AND kind = 'cleared'")?,
                updating: one("SELECT count(DISTINCT no) FROM proposal_cell WHERE sheet = ?1
                     AND (kind = 'changed' AND choice IS NOT 'ours' OR kind IN ('cleared', 'conflict') AND choice = 'theirs')")?,
                ruined: one("SELECT count(*) FROM proposal_row
                     WHERE sheet = ?1 AND kind = 'unreadable' AND unreadable LIKE '%[\"digits-lost\"%'")?,
                waiting: one(&format!(
                    "SELECT count(*) FROM proposal_row r WHERE r.sheet = ?1 AND r.kind = 'conflict' AND {WAITING}"
                ))?,
            })
        })
    }
}

fn row_counts(connection: &Connection, sheet: i64) -> Result<Vec<RowCount>, StoreError> {
    let sql = "SELECT kind, conflict, choice, count(*) AS rows FROM proposal_row WHERE sheet = ?1 GROUP BY 1, 2, 3";
    let mut statement = connection.prepare_cached(sql)?;
    let counts = statement.query_map([sheet], |row| {
        Ok(RowCount {
            kind: row.get::<_, Word<RowKind>>("kind")?.0,
            conflict: row.get::<_, Option<Word<Conflict>>>("conflict")?.map(|Word(conflict)| conflict),
            choice: row.get::<_, Option<Word<Choice>>>("choice")?.map(|Word(choice)| choice),
            rows: row.get("rows")?,
        })
    })?;
    let mut counts = counts.collect::<Result<Vec<_>, _>>()?;
    for (choice, rows) in proposal_pack::counts(connection, sheet)? {
        let of_new = |one: &&mut RowCount| (one.kind, one.conflict, one.choice) == (RowKind::New, None, choice);
        match counts.iter_mut().find(of_new) {
            Some(one) => one.rows += rows,
            None => counts.push(RowCount { kind: RowKind::New, conflict: None, choice, rows }),
        }
    }
    Ok(counts)
}

fn cell_counts(connection: &Connection, sheet: i64) -> Result<Vec<CellCount>, StoreError> {
    let sql =
        "SELECT col, kind, choice, count(*) AS cells FROM proposal_cell WHERE sheet = ?1 GROUP BY kind, col, choice";
    let mut statement = connection.prepare_cached(sql)?;
    let counts = statement.query_map([sheet], |row| {
        Ok(CellCount {
            column: row.get("col")?,
            kind: row.get::<_, Word<CellKind>>("kind")?.0,
            choice: row.get::<_, Option<Word<Choice>>>("choice")?.map(|Word(choice)| choice),
            cells: row.get("cells")?,
        })
    })?;
    Ok(counts.collect::<Result<_, _>>()?)
}
