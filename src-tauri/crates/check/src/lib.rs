//! Checks: what the standard says about a value, a record and a table, as findings.
//!
//! * [`cells()`] looks at one record by itself: required, type, length, dates, codes ... One file per kind of check,
//!   one list of them all.
//! * [`TableChecker::event()`] checks whether the event of a record happened in the period under which it is kept.
//! * [`sets()`] looks at records together, as SQL over the book: keys that occur twice, references that lead nowhere;
//!   [`affected()`] says for which records an edit may have changed that.
//! * [`table()`] does both for a whole table, streaming.
//! * [`mod@rules`] runs the rule files of the edition, as SQL that can only read; [`identifiers`] are check digits.
//! * [`normalise()`] turns text as typed, pasted or imported into the value that is stored, where that is lossless and
//!   certain. It and the suggestions of the checks read text by the same rules.
//!
//! A [`TableChecker`] holds what is looked up once per table (expressions, lists, positions of columns); make one for
//! many records, or call [`cells()`] for one.
//!
//! Left out on purpose: writing findings (the caller keeps them in the book), the clock, and every rule that neither
//! the standard prints nor a rule file holds. A bad value is a finding, never an `Err`.

mod cells;
mod doubt;
mod event;
mod expected;
mod field;
pub mod identifiers;
mod join;
mod normalise;
mod reading;
mod remembered;
pub mod rules;
mod sets;
mod sql;
mod table;
mod table_checker;
#[cfg(test)]
mod testing;
pub mod words;

pub use cells::cell_rules;
pub use event::EVENT_RULE;
pub use normalise::normalise;
pub use remembered::Remembered;
pub use sets::reach::{SMALL, is_small};
pub use sets::{
    Affected, AffectedTables, Edited, KEY_AND_NAME_RULES, REFERENCE_RULE, Referring, SET_RULES, affected, edited_names,
    keys_and_names, references, set_rules, sets, tables_awaited,
};
pub use table::{SeenRecord, has_records, records, records_seen, table};
pub use table_checker::{Columns, TableChecker};

use standard::{Edition, Finding, Table};

/// Checks one record by itself, the system columns included, and adds what it finds. The findings carry no row.
///
/// Values stand in the order of [`Table::fields`]; missing ones at the end count as empty. For many records make a
/// [`TableChecker`] once.
pub fn cells(edition: &Edition, table: &Table, values: &[String], found: &mut Vec<Finding>) {
    TableChecker::new(edition, table, Columns::All).cells(None, values, found);
}
