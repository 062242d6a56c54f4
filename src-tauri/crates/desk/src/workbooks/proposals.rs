//! 导入预览: what an import would change, kept while the program runs until it is applied or replaced.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use standard::Edition;

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

/// What a row would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// A record that the book does not have.
    New,
    /// A record with other values.
    Changed,
    /// A record as it is.
    Unchanged,
    /// Changed in the book since the file was written, or twice in the file.
    Conflict,
    /// A cell could not be read: the row stays out.
    Unreadable,
}

impl RowKind {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            RowKind::New => "new",
            RowKind::Changed => "changed",
            RowKind::Unchanged => "unchanged",
            RowKind::Conflict => "conflict",
            RowKind::Unreadable => "unreadable",
        }
    }
}

/// One row of a sheet against the book.
pub(crate) struct Row {
    /// Line in the sheet, from 1.
    pub line: u32,
    /// What it would do.
    pub kind: RowKind,
    /// The record it speaks of; absent for a new one.
    pub target: Option<i64>,
    /// For each field the value read; absent where the file has no column for it.
    pub cells: Vec<Option<String>>,
    /// For each field whether the file has another value than `target` had when the file was read; empty for a new
    /// record.
    pub differs: Vec<bool>,
    /// [`Record::changed`](store::Record::changed) of `target` when the file was read; 0 for a new record.
    pub seen: i64,
    /// Cells that could not be read, by column: what stood there.
    pub unreadable: BTreeMap<String, String>,
}

/// The proposals of this run.
#[derive(Default)]
struct ProposalCache {
    last: u32,
    proposals: Vec<Arc<Proposal>>,
}

/// Keeps a proposal and returns its number. Where there are too many, the oldest is dropped.
pub(super) fn keep(desk: &Desk, open: &OpenBook, sheets: Vec<Sheet>) -> u32 {
    let cache = cache(desk);
    let mut cache = lock(&cache);
    cache.last += 1;
    let id = cache.last;
    let (book, edition) = (open.id.clone(), open.edition.clone());
    cache.proposals.push(Arc::new(Proposal { id, book, edition, sheets }));
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
