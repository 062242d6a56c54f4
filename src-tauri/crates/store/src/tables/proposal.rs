//! `proposal`: imports that are prepared and neither applied nor dropped. The cells of their files are stored here,
//! encrypted as everything in the book, until the clerk has decided.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::StoreError;
use crate::sql::column::{Moment, Word};
use crate::tables::proposal_pack;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    5,
    "CREATE TABLE proposal (
         id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL,
         edition TEXT NOT NULL, period TEXT NOT NULL,
         step INTEGER NOT NULL,                 -- the newest step of the log that it was held against
         state TEXT NOT NULL,                   -- reading, kept, once
         request TEXT NOT NULL);                -- files and how they are read, as JSON of the caller",
)];

/// Whether a proposal is complete, and how long it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProposalState {
    /// Its files are being read. If the program ends meanwhile, it is dropped when the book is opened again.
    Reading,
    /// Kept until it is applied or dropped, also after the program ends.
    Kept,
    /// Complete, and dropped when the book is opened the next time.
    Once,
}

/// A proposal as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Its number; never given twice in one book.
    pub id: i64,
    /// When its files were read.
    pub at: Timestamp,
    /// Name of the person at the PC; may be empty.
    pub who: String,
    /// Id of the edition whose fields the cells stand for.
    pub edition: String,
    /// Period of the book then.
    pub period: String,
    /// The newest step of the log that it was compared with.
    pub step: i64,
    /// Whether it is complete, and how long it is kept.
    pub state: ProposalState,
    /// The caller's request, as JSON that the store does not read.
    pub request: Value,
}

/// Adds a proposal, ignoring its number, and returns its number.
pub(crate) fn insert(connection: &Connection, proposal: &Proposal) -> Result<i64, StoreError> {
    let Proposal { id: _, at, who, edition, period, step, state, request } = proposal;
    let sql =
        "INSERT INTO proposal (at, who, edition, period, step, state, request) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute((
        Moment(*at),
        who,
        edition,
        period,
        step,
        Word(*state),
        request.to_string(),
    ))?;
    Ok(connection.last_insert_rowid())
}

const COLUMNS: &str = "id, at, who, edition, period, step, state, request";

/// One proposal.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<Option<Proposal>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM proposal WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// Proposals in a state, the newest first.
pub(crate) fn in_state(connection: &Connection, state: ProposalState) -> Result<Vec<Proposal>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM proposal WHERE state = ?1 ORDER BY id DESC");
    let mut statement = connection.prepare_cached(&sql)?;
    let proposals = statement.query_map([Word(state)], read)?;
    Ok(proposals.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Proposal> {
    Ok(Proposal {
        id: row.get("id")?,
        at: row.get::<_, Moment>("at")?.0,
        who: row.get("who")?,
        edition: row.get("edition")?,
        period: row.get("period")?,
        step: row.get("step")?,
        state: row.get::<_, Word<ProposalState>>("state")?.0,
        request: serde_json::from_str(&row.get::<_, String>("request")?)
            .map_err(rusqlite::types::FromSqlError::other)?,
    })
}

/// Changes the state of a proposal.
pub(crate) fn set_state(connection: &Connection, id: i64, state: ProposalState) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE proposal SET state = ?2 WHERE id = ?1")?.execute((id, Word(state)))?;
    Ok(())
}

/// Notes the newest step that a proposal was compared with.
pub(crate) fn set_step(connection: &Connection, id: i64, step: i64) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE proposal SET step = ?2 WHERE id = ?1")?.execute((id, step))?;
    Ok(())
}

/// Drops a proposal with all that belongs to it.
pub(crate) fn remove(connection: &Connection, id: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM proposal_cell WHERE sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)",
        "DELETE FROM proposal_row WHERE sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)",
        "DELETE FROM proposal_pack WHERE sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)",
        "DELETE FROM proposal_sheet WHERE proposal = ?1",
        "DELETE FROM proposal WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

/// Of the rows of a sheet at these places, leaves only what waits for a decision. The pages of the file that they
/// needed are used for the records that they have become.
pub(crate) fn remove_done(
    connection: &Connection,
    sheet: i64,
    places: std::ops::RangeInclusive<u32>,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM proposal_cell AS c WHERE c.sheet = ?1 AND c.no BETWEEN ?2 AND ?3
           AND NOT (c.kind = 'conflict' AND c.choice IS NULL)
           AND NOT (c.kind = 'differs' AND EXISTS (SELECT 1 FROM proposal_row r
                WHERE r.sheet = c.sheet AND r.no = c.no AND r.choice IS NULL))",
        "DELETE FROM proposal_row AS r WHERE r.sheet = ?1 AND r.no BETWEEN ?2 AND ?3
           AND NOT (r.conflict IS NOT NULL AND r.choice IS NULL)
           AND NOT EXISTS (SELECT 1 FROM proposal_cell c WHERE c.sheet = r.sheet AND c.no = r.no)",
    ] {
        connection.prepare_cached(sql)?.execute((sheet, places.start(), places.end()))?;
    }
    // A pack that ends behind these places goes with the rest.
    proposal_pack::remove_within(connection, sheet, &places)
}

/// Leaves only what waits for a decision. `step` is the step that did the rest.
pub(crate) fn leave_waiting(connection: &Connection, id: i64, step: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM proposal_cell AS c WHERE c.sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)
           AND NOT (c.kind = 'conflict' AND c.choice IS NULL)
           AND NOT (c.kind = 'differs' AND EXISTS (SELECT 1 FROM proposal_row r
                WHERE r.sheet = c.sheet AND r.no = c.no AND r.choice IS NULL))",
        "DELETE FROM proposal_row AS r WHERE r.sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)
           AND NOT (r.conflict IS NOT NULL AND r.choice IS NULL)
           AND NOT EXISTS (SELECT 1 FROM proposal_cell c WHERE c.sheet = r.sheet AND c.no = r.no)",
        "DELETE FROM proposal_pack WHERE sheet IN (SELECT id FROM proposal_sheet WHERE proposal = ?1)",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    set_step(connection, id, step)
}

/// Drops proposals that were being read when the program ended, and those of [`ProposalState::Once`].
pub(crate) fn recover(connection: &Connection) -> Result<(), StoreError> {
    for state in [ProposalState::Reading, ProposalState::Once] {
        for proposal in in_state(connection, state)? {
            remove(connection, proposal.id)?;
        }
    }
    Ok(())
}
