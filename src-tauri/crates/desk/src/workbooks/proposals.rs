//! 导入预览: what an import would change, kept while the program runs until it is applied or replaced.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use standard::Edition;
use workbook::{LeftOut, Unreadable};

use super::api::{CellKind, Conflict, RowKind};
use crate::session::api::CallError;
use crate::session::{Desk, OpenBook};

/// Proposals that are kept at once; an older one has to be made again.
const KEPT: usize = 4;

/// A file as it was read against the book.
pub(crate) struct Proposal {
    /// Its number in this run of the program.
    pub id: u32,
    /// [`OpenBook::id`] of the book it was made for.
    pub book: String,
    /// The edition of the book, with its additions, when the files were read.
    pub edition: Arc<Edition>,
    /// The newest step of the log when the files were read.
    pub step: i64,
    /// Sheets with their rows, in the order of the files.
    pub sheets: Vec<Sheet>,
}

/// One sheet with its rows.
pub(crate) struct Sheet {
    /// Path of the imported file.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// Name of the table that the sheet is for, such as `ODS_XXJBSJ`.
    pub table: String,
    /// What the sheet would do to the book, row by row in the order of the file.
    pub rows: Vec<Row>,
}

/// One row of a sheet against the book.
pub(crate) struct Row {
    /// Line in the sheet, from 1.
    pub line: u32,
    /// What it would do.
    pub kind: RowKind,
    /// Why it waits as a whole.
    pub conflict: Option<Conflict>,
    /// Why it is no record.
    pub left_out: Option<LeftOut>,
    /// The record it speaks of; absent for a new one.
    pub target: Option<i64>,
    /// For each field the value read; absent where the file has no column for it or the cell could not be read.
    pub cells: Vec<Option<String>>,
    /// What it would do to cells of `target`: positions of the fields, in their order.
    pub changes: Vec<(usize, CellKind)>,
    /// Cells that could not be read: positions of the fields.
    pub unreadable: Vec<(usize, Unreadable)>,
}

impl Row {
    /// Whether it would empty cells.
    pub fn clears(&self) -> bool {
        self.changes.iter().any(|(_, kind)| *kind == CellKind::Cleared)
    }

    /// Whether a number in it has lost digits.
    pub fn is_ruined(&self) -> bool {
        self.unreadable.iter().any(|(_, why)| matches!(why, Unreadable::DigitsLost(_)))
    }
}

/// The proposals of this run.
#[derive(Default)]
struct ProposalCache {
    last: u32,
    proposals: Vec<Arc<Proposal>>,
}

/// Keeps a proposal and returns its number. Where there are too many, the oldest is dropped.
pub(super) fn keep(desk: &Desk, open: &OpenBook, step: i64, sheets: Vec<Sheet>) -> u32 {
    let cache = cache(desk);
    let mut cache = lock(&cache);
    cache.last += 1;
    let id = cache.last;
    let (book, edition) = (open.id.clone(), open.edition.clone());
    cache.proposals.push(Arc::new(Proposal { id, book, edition, step, sheets }));
    if cache.proposals.len() > KEPT {
        cache.proposals.remove(0);
    }
    id
}

/// The proposal of this number, for the open book. `import.other-book` where it was made for another book;
/// `import.no-proposal` where it is too old, or where the columns of the book have changed since.
pub(super) fn proposal(desk: &Desk, open: &OpenBook, id: u32) -> Result<Arc<Proposal>, CallError> {
    let unknown = || CallError::new("import.no-proposal");
    let cache = cache(desk);
    let proposal = lock(&cache).proposals.iter().find(|one| one.id == id).cloned().ok_or_else(unknown)?;
    if proposal.book != open.id {
        return Err(CallError::new("import.other-book"));
    }
    Some(proposal).filter(|proposal| Arc::ptr_eq(&proposal.edition, &open.edition)).ok_or_else(unknown)
}

/// Drops a proposal that was applied.
pub(super) fn forget(desk: &Desk, id: u32) {
    lock(&cache(desk)).proposals.retain(|one| one.id != id);
}

fn cache(desk: &Desk) -> Arc<Mutex<ProposalCache>> {
    desk.extensions.get()
}

fn lock(cache: &Mutex<ProposalCache>) -> MutexGuard<'_, ProposalCache> {
    cache.lock().unwrap_or_else(PoisonError::into_inner)
}
