//! Checks of records together, as SQL over the book: keys that occur twice ([`unique`]), references that lead nowhere
//! ([`mod@reference`]), and names that were cut off ([`cut`]). [`affected()`] tells which records such findings may
//! have changed for after an edit.
//!
//! Everything streams: a table of a million records is never in memory, only what is wrong with it. The caller's
//! [`store::ReadLimits`] cancel a statement, `found` cancels between findings; either way the answer is
//! [`ReadError::Cancelled`] and what was found so far is of no use.

mod affected;
mod cut;
mod lookalike;
mod reference;
mod sweep;
mod unique;

use std::ops::ControlFlow;

use standard::{Edition, Finding, Table};
use store::{ReadConnection, ReadError, Scope};

pub use affected::{Affected, Edited, affected};
use sweep::Sweep;

/// The rules of the findings here, as [`crate::cell_rules`] has those of single cells.
pub const SET_RULES: [&str; 3] = [unique::RULE, reference::RULE, cut::RULE];

/// Checks the records of a scope against each other and against other tables.
///
/// Findings about the table as a whole (a table that is referred to is still empty) come with [`Scope::Table`] and
/// [`Scope::Period`] only.
pub fn sets(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    scope: Scope<'_>,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let sweep = Sweep { reader, edition, table, scope };
    unique::check(&sweep, found)?;
    reference::check(&sweep, found)?;
    cut::check(&sweep, found)
}
