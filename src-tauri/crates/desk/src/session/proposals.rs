//! 导入预览: what an import would change, kept while the program runs until it is applied or replaced.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::workbooks::api::Proposal as ProposalView;

/// Proposals that are kept at once; an older one has to be made again.
const KEPT: usize = 4;

/// A file as it was read against the book.
pub(crate) struct Proposal {
    /// As the faces see it.
    pub view: ProposalView,
    /// The book it was made for.
    pub book: String,
    /// Sheets with their rows, in the order of the files.
    pub sheets: Vec<Sheet>,
}

/// One sheet with its rows.
pub(crate) struct Sheet {
    /// Path of the file on this PC.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Rows of the sheet below its headings, in their order.
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
    /// Cells that could not be read, by column: what stood there.
    pub unreadable: BTreeMap<String, String>,
}

/// The proposals of this run.
#[derive(Default)]
pub(crate) struct Kept {
    last: u32,
    proposals: Vec<(u32, Arc<Proposal>)>,
}

impl Kept {
    /// A number for the next proposal.
    pub fn next(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// Keeps one, and forgets the oldest where there are too many.
    pub fn keep(&mut self, proposal: Arc<Proposal>) {
        self.proposals.push((proposal.view.id, proposal));
        if self.proposals.len() > KEPT {
            self.proposals.remove(0);
        }
    }

    /// The proposal of this number.
    pub fn get(&self, id: u32) -> Option<Arc<Proposal>> {
        self.proposals.iter().find(|(number, _)| *number == id).map(|(_, proposal)| proposal.clone())
    }

    /// Forgets one.
    pub fn forget(&mut self, id: u32) {
        self.proposals.retain(|(number, _)| *number != id);
    }

    /// Forgets all; their numbers are never used again.
    pub fn forget_all(&mut self) {
        self.proposals.clear();
    }
}
