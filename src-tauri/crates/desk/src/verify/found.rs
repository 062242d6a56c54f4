//! What checks found, written into the book in one transaction.

use standard::Finding;
use store::{Noted, Replacement, Scope};

use crate::session::OpenBook;
use crate::session::api::CallError;

/// What some rules found in some records of a table.
pub(crate) struct Found<'o> {
    /// Name of the table.
    pub table: &'o str,
    /// The records that were checked; absent: all of the period.
    pub rows: Option<Vec<i64>>,
    /// Ids of the rules that ran; absent: all but those of receipts.
    pub rules: Option<Vec<&'o str>>,
    /// All that they found.
    pub findings: Vec<Finding>,
}

/// Replaces what the same rules found before in the same records by these findings: all of them, or none.
pub(crate) fn write(open: &OpenBook, period: &str, found: Vec<Found<'_>>) -> Result<(), CallError> {
    write_and_note(open, period, found, Noted::default())
}

/// [`write`], with the steps that are checked herewith, and the rules that may have changed and did not run for all
/// records. They wait until [`super::waiting`] runs them.
pub(crate) fn write_and_note(
    open: &OpenBook,
    period: &str,
    mut found: Vec<Found<'_>>,
    noted: Noted<'_>,
) -> Result<(), CallError> {
    let findings: Vec<Vec<Finding>> = found.iter_mut().map(|one| std::mem::take(&mut one.findings)).collect();
    let mut replacements = Vec::with_capacity(found.len());
    for (one, findings) in found.iter().zip(findings) {
        let scope = one.rows.as_deref().map_or(Scope::Period(period), Scope::Rows);
        replacements.push(Replacement { table: one.table, scope, rules: one.rules.as_deref(), findings });
    }
    open.book.replace_findings_and_note(&replacements, period, noted)?;
    Ok(())
}
