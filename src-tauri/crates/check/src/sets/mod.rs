//! Checks of records together, as SQL over the book: keys that occur twice ([`unique`]), references that lead nowhere
//! ([`mod@reference`]), and names that were cut off ([`cut`]). [`affected()`] tells which records such findings may
//! have changed for after an edit.
//!
//! Everything streams: a table of a million records is never in memory, only what is wrong with it. The caller's
//! [`store::ReadLimits`] cancel a statement, `found` cancels between findings; in both cases the result is
//! [`ReadError::Cancelled`], and the findings until then are incomplete.

mod affected;
mod cut;
mod lookalike;
pub(crate) mod reach;
mod reference;
mod sweep;
mod unique;

use std::ops::ControlFlow;

use standard::{Edition, Finding, Table};
use store::{ReadConnection, ReadError, Scope};

pub use affected::{Affected, AffectedTables, Edited, Referring, affected};
use sweep::Sweep;

/// The rules of the findings here, as [`crate::cell_rules`] has those of single cells.
pub const SET_RULES: [&str; 3] = [unique::RULE, reference::RULE, cut::RULE];

/// The rules that [`sets()`] runs over a scope. The records of an edit are not asked for names that were cut off where
/// their table is not small: what was found before stays, but for names that were edited ([`edited_names`]).
pub fn set_rules(reader: &ReadConnection, table: &Table, scope: Scope<'_>) -> Result<Vec<&'static str>, ReadError> {
    let all = !matches!(scope, Scope::Rows(_)) || reach::is_small(reader, table)?;
    Ok(SET_RULES.into_iter().filter(|rule| all || *rule != cut::RULE).collect())
}

/// The records whose names were edited, and the rule whose findings about them are no longer true.
pub fn edited_names(table: &Table, edits: &[Edited<'_>]) -> (Vec<i64>, &'static str) {
    let names: Vec<usize> = cut::names(table).filter_map(|field| table.position(&field.column)).collect();
    let is_edited = |edit: &&Edited<'_>| {
        let value = |values: Option<&[String]>, at: usize| values.and_then(|values| values.get(at)).cloned();
        names.iter().any(|at| value(edit.before, *at) != value(edit.after, *at))
    };
    (edits.iter().filter(is_edited).map(|edit| edit.row).collect(), cut::RULE)
}

/// Id, without the table, of the findings that [`references()`] gives: a number that its table does not have.
pub const REFERENCE_RULE: &str = reference::RULE;

/// Ids, without the table, of the findings that [`keys_and_names()`] gives: equal keys, and names that break off.
pub const KEY_AND_NAME_RULES: [&str; 2] = [unique::RULE, cut::RULE];

/// Of [`sets()`] what holds records against other tables: references that lead nowhere.
pub fn references(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    scope: Scope<'_>,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    reference::check(&Sweep { reader, edition, table, scope }, found)
}

/// Of [`references()`] what is said about a table as a whole: tables that it refers to are still empty.
pub fn tables_awaited(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    period: &str,
) -> Result<Vec<Finding>, ReadError> {
    reference::awaited(&Sweep { reader, edition, table, scope: Scope::Period(period) })
}

/// Of [`sets()`] what holds the records of a table against each other, for all of a period: keys that occur twice, and names
/// that were cut off.
pub fn keys_and_names(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    period: &str,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let sweep = Sweep { reader, edition, table, scope: Scope::Period(period) };
    unique::check(&sweep, found)?;
    cut::check(&sweep, found)
}

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
