//! Writing a proposal while its files are read, and dropping it.

use std::ops::RangeInclusive;

use rusqlite::Connection;
use serde_json::Value;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::records::apply::Making;
use crate::tables::proposal::{self, Proposal, ProposalState};
use crate::tables::proposal_pack;
use crate::tables::proposal_row::{self, ProposedRow};
use crate::tables::proposal_sheet::{self, ProposalSheet};

impl Book {
    /// Begins a proposal; its number in `new` is ignored. Returns its number.
    pub fn begin_proposal(&self, new: &Proposal) -> Result<i64, StoreError> {
        self.write_aside(|connection| Ok(TransactionEnd::Commit(proposal::insert(connection, new)?)))
    }

    /// Adds a sheet; its number in `sheet` is ignored. Returns its number.
    pub fn add_proposal_sheet(&self, proposal: i64, sheet: &ProposalSheet) -> Result<i64, StoreError> {
        self.write_aside(|connection| Ok(TransactionEnd::Commit(proposal_sheet::insert(connection, proposal, sheet)?)))
    }

    /// Stores the caller's description of a sheet.
    pub fn set_proposal_view(&self, sheet: i64, view: &Value) -> Result<(), StoreError> {
        self.write_aside(|connection| Ok(TransactionEnd::Commit(proposal_sheet::set_view(connection, sheet, view)?)))
    }

    /// Adds a page of rows to a sheet.
    pub fn add_proposal_rows(&self, sheet: i64, rows: &[ProposedRow]) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            proposal_pack::add(connection, sheet, rows)?;
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Replaces the rows at these places; `None` takes a row away.
    pub fn replace_proposal_rows(&self, sheet: i64, rows: &[(u32, Option<ProposedRow>)]) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            for (no, row) in rows {
                proposal_pack::take_out(connection, sheet, *no)?;
                proposal_row::remove(connection, sheet, *no)?;
                row.iter().try_for_each(|row| proposal_row::put(connection, sheet, row))?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// The proposal is complete. With `replaces` it takes the place of an earlier one of the same files: what was
    /// decided about rows that say the same is carried over, and the earlier one is dropped.
    pub fn end_proposal(&self, id: i64, state: ProposalState, replaces: Option<i64>) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            if let Some(earlier) = replaces {
                take_apart_to_carry(connection, id, earlier)?;
                for sql in CARRY {
                    connection.prepare_cached(sql)?.execute((id, earlier))?;
                }
                proposal::remove(connection, earlier)?;
            }
            proposal::set_state(connection, id, state)?;
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Notes the newest step that a proposal was compared with.
    pub fn set_proposal_step(&self, id: i64, step: i64) -> Result<(), StoreError> {
        self.write_aside(|connection| Ok(TransactionEnd::Commit(proposal::set_step(connection, id, step)?)))
    }

    /// Drops a proposal with its rows.
    pub fn drop_proposal(&self, id: i64) -> Result<(), StoreError> {
        self.write_aside(|connection| Ok(TransactionEnd::Commit(proposal::remove(connection, id)?)))
    }
}

impl Making<'_> {
    /// Removes the rows of a prepared import at these places of a sheet, except what waits for a decision.
    pub fn drop_done(&mut self, sheet: i64, places: RangeInclusive<u32>) -> Result<(), StoreError> {
        proposal::remove_done(self.writing.connection, sheet, places)
    }

    /// Removes a prepared import except what waits for a decision.
    pub fn leave_waiting(&mut self, id: i64) -> Result<(), StoreError> {
        proposal::leave_waiting(self.writing.connection, id, self.writing.step)
    }

    /// Removes a prepared import in the same transaction in which it was applied.
    pub fn drop_proposal(&mut self, id: i64) -> Result<(), StoreError> {
        proposal::remove(self.writing.connection, id)
    }
}

/// Where something was decided about new records of the earlier proposal, puts the new records of both one by one, so that
/// they can be held against each other.
fn take_apart_to_carry(connection: &Connection, id: i64, earlier: i64) -> Result<(), StoreError> {
    let all = |proposal: i64, only_decided: bool| -> Result<(), StoreError> {
        for sheet in proposal_sheet::of_proposal(connection, proposal)? {
            let packs = proposal_pack::of_sheet(connection, sheet.id, 0)?;
            for pack in packs.iter().filter(|pack| !only_decided || pack.choice.is_some()) {
                pack.take_apart(connection, sheet.id)?;
            }
        }
        Ok(())
    };
    all(earlier, true)?;
    let sql = "SELECT 1 FROM proposal_row WHERE kind = 'new' AND choice IS NOT NULL
         AND sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)";
    if connection.prepare_cached(sql)?.exists([earlier])? { all(id, false) } else { Ok(()) }
}

/// Copies the decisions of proposal ?2 about rows and cells that are the same in proposal ?1.
const CARRY: [&str; 2] = [
    "UPDATE proposal_row AS n SET choice = o.choice
     FROM proposal_sheet ns, proposal_sheet os, proposal_row o
     WHERE ns.proposal = ?1 AND os.proposal = ?2 AND os.file = ns.file AND os.sheet = ns.sheet AND os.tbl = ns.tbl
       AND n.sheet = ns.id AND o.sheet = os.id AND o.choice IS NOT NULL AND o.line = n.line AND o.kind = n.kind
       AND o.conflict IS n.conflict AND o.target IS n.target AND o.cells IS n.cells
       AND (n.line > 0 OR n.target IS NOT NULL)",
    "UPDATE proposal_cell AS n SET choice = o.choice
     FROM proposal_sheet ns, proposal_sheet os, proposal_row nr, proposal_row r, proposal_cell o
     WHERE ns.proposal = ?1 AND os.proposal = ?2 AND os.file = ns.file AND os.sheet = ns.sheet AND os.tbl = ns.tbl
       AND os.columns = ns.columns AND n.sheet = ns.id AND nr.sheet = ns.id AND nr.no = n.no
       AND r.sheet = os.id AND r.line = nr.line AND r.target IS nr.target
       AND o.sheet = os.id AND o.no = r.no AND o.col = n.col AND o.choice IS NOT NULL AND o.kind = n.kind
       AND o.ours = n.ours AND json_extract(r.cells, '$[' || o.col || ']') IS json_extract(nr.cells, '$[' || n.col || ']')",
];
