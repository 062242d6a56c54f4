//! What one run over the records of a table has at hand.

use std::ops::ControlFlow;

use standard::{Edition, Finding, Table};
use store::{ReadConnection, ReadError, Scope};

/// What one run looks at.
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

/// Hands a finding on; a break is a cancellation.
pub(super) fn hand(found: &mut dyn FnMut(Finding) -> ControlFlow<()>, finding: Finding) -> Result<(), ReadError> {
    match found(finding) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ReadError::Cancelled),
    }
}
