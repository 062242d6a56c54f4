//! What one run of the set checks over a table needs.

use std::ops::ControlFlow;

use standard::{Edition, Finding, Table};
use store::{ReadConnection, ReadError, Scope};

use super::reach;

/// The connection, the edition, the table and the records of one run.
pub(super) struct Sweep<'a> {
    /// Connection that can only read.
    pub reader: &'a ReadConnection,
    /// The edition that the table belongs to.
    pub edition: &'a Edition,
    /// The table whose records are looked at.
    pub table: &'a Table,
    /// The records that are looked at.
    pub scope: Scope<'a>,
}

impl Sweep<'_> {
    /// Whether all records of the table may be looked at: always but for an edit, and for an edit while they are few.
    pub fn reaches(&self) -> Result<bool, ReadError> {
        match self.scope {
            Scope::Rows(_) => reach::is_small(self.reader, self.table),
            Scope::Table | Scope::Period(_) => Ok(true),
        }
    }
}

/// Passes a finding on; if the caller returns `Break`, the run is cancelled.
pub(super) fn hand(found: &mut dyn FnMut(Finding) -> ControlFlow<()>, finding: Finding) -> Result<(), ReadError> {
    match found(finding) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ReadError::Cancelled),
    }
}
