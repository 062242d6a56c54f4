//! What a clerk decides about a proposal: about a cell, a row, a column, a sheet or all of it.

use rusqlite::Connection;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::column::{Word, word};
use crate::tables::proposal_cell::{CellKind, Choice};
use crate::tables::proposal_row::RowKind;
use crate::tables::{proposal_pack, proposal_sheet};

/// Which rows and cells a decision is about. An absent field does not restrict it.
#[derive(Debug, Clone, Default)]
pub struct DecisionScope {
    /// Number of the proposal.
    pub proposal: i64,
    /// Number of the sheet.
    pub sheet: Option<i64>,
    /// Place of the row in its sheet.
    pub row: Option<u32>,
    /// Position of the field.
    pub column: Option<usize>,
    /// New records, changed cells, cells that are emptied, conflicts, or records that are not in the file. Absent: all
    /// of the row or cell that is named; of a whole row, cells that are emptied are decided only where this field names
    /// them.
    pub kind: Option<RowKind>,
}

/// The decision about everything that has no decision of its own.
#[derive(Debug, Clone, Copy)]
pub struct Rest {
    /// About conflicts; absent: they wait.
    pub conflicts: Option<Choice>,
    /// Whether cells that the file has empty are emptied. If false, a conflict with an empty cell stays undecided.
    pub clear: bool,
}

impl Book {
    /// Decides everything that has no decision of its own.
    pub fn decide_rest(&self, proposal: i64, rest: Rest) -> Result<(), StoreError> {
        if rest.conflicts.is_none() && !rest.clear {
            return Ok(());
        }
        let of = "sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1) AND choice IS NULL";
        self.write_aside(|connection| {
            let run = |sql: &str, choice: Choice| connection.prepare_cached(sql)?.execute((proposal, Word(choice)));
            if rest.clear {
                run(&format!("UPDATE proposal_cell SET choice = ?2 WHERE {of} AND kind = 'cleared'"), Choice::Theirs)?;
            } else {
                let empty = "(SELECT json_extract(r.cells, '$[' || c.col || ']') FROM proposal_row r
                     WHERE r.sheet = c.sheet AND r.no = c.no) = ''";
                let sql =
                    format!("UPDATE proposal_cell AS c SET choice = ?2 WHERE {of} AND kind = 'conflict' AND {empty}");
                if rest.conflicts.is_some() {
                    run(&sql, Choice::Ours)?;
                }
            }
            if let Some(choice) = rest.conflicts {
                run(&format!("UPDATE proposal_cell SET choice = ?2 WHERE {of} AND kind = 'conflict'"), choice)?;
                if choice == Choice::Theirs {
                    // The file wins: both of its rows about a record that the book does not have become records.
                    let both = format!(
                        "UPDATE proposal_row SET choice = ?2 WHERE {of} AND conflict = 'twice' AND target IS NULL"
                    );
                    run(&both, Choice::Add)?;
                }
                run(&format!("UPDATE proposal_row SET choice = ?2 WHERE {of} AND conflict IS NOT NULL"), choice)?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Decides, or with `None` takes the decision back. [`Choice::Add`] has an effect only on rows that may be a record
    /// of their own.
    pub fn decide_proposal(&self, scope: &DecisionScope, choice: Option<Choice>) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            if scope.column.is_none() {
                decide_packs(connection, scope, choice)?;
                decide_rows(connection, scope, choice)?;
            }
            if choice != Some(Choice::Add) {
                decide_cells(connection, scope, choice)?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }
}

/// Condition for the sheets of a scope: ?1 is the proposal, ?2 the sheet.
const SHEETS: &str = "sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1 AND (?2 IS NULL OR id = ?2))";

fn decide_rows(connection: &Connection, scope: &DecisionScope, choice: Option<Choice>) -> Result<(), StoreError> {
    let kind = match scope.kind {
        Some(RowKind::New | RowKind::Missing) if choice == Some(Choice::Add) => return Ok(()),
        Some(kind @ (RowKind::New | RowKind::Missing)) => format!("kind = '{}'", word(&kind)?),
        Some(RowKind::Conflict) => "conflict IS NOT NULL".to_owned(),
        Some(_) => return Ok(()),
        None => "(kind IN ('new', 'missing') OR conflict IS NOT NULL)".to_owned(),
    };
    let only_other_key = if choice == Some(Choice::Add) { " AND conflict IN ('other-key', 'twice')" } else { "" };
    let sql = format!(
        "UPDATE proposal_row SET choice = ?4 WHERE {SHEETS} AND (?3 IS NULL OR no = ?3) AND {kind}{only_other_key}"
    );
    connection.prepare_cached(&sql)?.execute((scope.proposal, scope.sheet, scope.row, choice.map(Word)))?;
    Ok(())
}

/// Decides about new records in packs: all of them as a whole; a single one is taken out of its pack before.
fn decide_packs(connection: &Connection, scope: &DecisionScope, choice: Option<Choice>) -> Result<(), StoreError> {
    if choice == Some(Choice::Add) || !matches!(scope.kind, None | Some(RowKind::New)) {
        return Ok(());
    }
    match scope.row {
        None => {
            let sql = format!("UPDATE proposal_pack SET choice = ?3 WHERE {SHEETS}");
            connection.prepare_cached(&sql)?.execute((scope.proposal, scope.sheet, choice.map(Word)))?;
        }
        Some(no) => {
            for sheet in proposal_sheet::of_proposal(connection, scope.proposal)? {
                if scope.sheet.is_none_or(|only| only == sheet.id) {
                    proposal_pack::take_out(connection, sheet.id, no)?;
                }
            }
        }
    }
    Ok(())
}

fn decide_cells(connection: &Connection, scope: &DecisionScope, choice: Option<Choice>) -> Result<(), StoreError> {
    let kind = match scope.kind {
        Some(RowKind::Changed) => format!("kind = '{}'", word(&CellKind::Changed)?),
        Some(RowKind::Cleared) => format!("kind = '{}'", word(&CellKind::Cleared)?),
        Some(RowKind::Conflict) => format!("kind = '{}'", word(&CellKind::Conflict)?),
        Some(_) => return Ok(()),
        None if scope.column.is_some() && scope.row.is_some() => "kind <> 'differs'".to_owned(),
        None => "kind IN ('changed', 'conflict')".to_owned(),
    };
    let sql = format!(
        "UPDATE proposal_cell SET choice = ?5 WHERE {SHEETS} AND (?3 IS NULL OR no = ?3) AND (?4 IS NULL OR col = ?4) AND {kind}"
    );
    connection.prepare_cached(&sql)?.execute((
        scope.proposal,
        scope.sheet,
        scope.row,
        scope.column,
        choice.map(Word),
    ))?;
    Ok(())
}
