//! The rules of an edition as one page to read and print: what is demanded, why, where it is written, and on which
//! records it was tried.
//!
//! - [`page`]: the page as a whole
//! - [`engine`]: what is checked in every table beside the rules
//! - [`cases`]: the records on which a rule was tried
//! - [`sentence`]: the words of a rule without the values that a finding puts in

mod cases;
mod engine;
mod page;
mod sentence;

use std::path::Path;

use standard::{Edition, Level, Rule};

use crate::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::places::write_whole;
use crate::standards::api::rules::{PrintRules, PrintedRules};

pub(crate) use sentence::sentence;

/// `standard.print_rules`.
pub(crate) fn print(desk: &Desk, request: PrintRules) -> Result<PrintedRules, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let path = Path::new(&request.path);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        return Err(CallError::new("rules.not-html").with("file", path.display()));
    }
    if let Some(table) = &request.table {
        table_of(&edition, table)?;
    }
    let level = request.level.unwrap_or(Level::Mandatory);
    let mut rules = printed(&edition, level);
    rules.retain(|rule| request.table.as_ref().is_none_or(|table| *table == rule.table));
    write_whole(path, page::page(&edition, level, &rules, &desk.clock.today().to_string()).as_bytes())?;
    Ok(PrintedRules { file: request.path, rules: rules.len() })
}

/// The rules of this level and of the more serious ones: by level, then in the printed order of the tables.
fn printed(edition: &Edition, level: Level) -> Vec<&Rule> {
    let mut rules: Vec<&Rule> = edition.rules.iter().filter(|rule| rule.level <= level).collect();
    let no = |rule: &Rule| edition.table(&rule.table).map_or(u32::MAX, |table| table.no);
    rules.sort_by_key(|rule| (rule.level, no(rule)));
    rules
}

#[cfg(test)]
mod tests;
