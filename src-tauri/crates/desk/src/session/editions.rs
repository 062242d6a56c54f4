//! Editions and tables by name, with the errors for unknown names.

use standard::{Edition, Table};

use super::api::CallError;

/// The error for an edition that is at hand but cannot be used; it carries what is wrong with it.
pub(crate) fn unusable(id: &str, problem: &CallError) -> CallError {
    let error = CallError::new("edition.unusable").with("edition", id).with("problem", &problem.code);
    problem.params.iter().fold(error, |e, (name, value)| if name == "edition" { e } else { e.with(name, value) })
}

/// The table of this name, or `table.unknown`.
pub(crate) fn table_of<'e>(edition: &'e Edition, name: &str) -> Result<&'e Table, CallError> {
    edition.table(name).ok_or_else(|| CallError::new("table.unknown").with("table", name).with("edition", &edition.id))
}

/// The short name of an edition: `高职 2024-09`.
pub(crate) fn short_name(edition: &Edition) -> String {
    format!("{} {}", edition.level, edition.issued)
}
