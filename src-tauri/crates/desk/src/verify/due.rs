//! The check of the whole book after a move to another edition, and of the steps whose check has not come to its end.

use std::collections::{BTreeMap, BTreeSet};

use standard::PeriodKind;

use super::changed::recheck_step;
use super::recheck::recheck_period;
use crate::session::api::{CallError, Changed};
use crate::session::jobs::Job;
use crate::session::open_book::CHECK_DUE;
use crate::session::{Desk, OpenBook};

/// Checks all tables of a book that has come to another edition.
pub(crate) fn check_anew(desk: &Desk, open: &OpenBook, job: &mut Job<'_>) -> Result<(), CallError> {
    let unchecked: Vec<i64> = open.book.unchecked()?.into_iter().map(|one| one.step).collect();
    let tables: Vec<String> = open.edition.tables.iter().map(|table| table.name.clone()).collect();
    let (current, total) = (open.period(), tables.len() as u64);
    for (done, table) in (0..).zip(&open.edition.tables) {
        job.at("check", done, total);
        let kept = open.book.periods(&table.name)?;
        let mut periods: Vec<String> = kept.iter().map(|kept| PeriodKind::Term.kept_as(kept, &current)).collect();
        // The current period comes last, because findings of the table as a whole are about that.
        periods.sort_by_key(|period| *period == current);
        let _held = open.hold();
        for period in periods {
            recheck_period(open, table, &period, job)?;
        }
    }
    job.at("check", total, total);
    open.book.set_setting(CHECK_DUE, &serde_json::Value::Null)?;
    open.book.note_checked(&unchecked)?;
    desk.tell(Changed::Book);
    desk.tell(Changed::Tables { tables, step: None });
    Ok(())
}

/// When a book is opened: checks all of it if a program ended right after a move to another edition; else what the steps
/// touched that are not checked yet, because the program ended or the check failed.
pub(crate) fn check_if_due(desk: &Desk) -> Result<(), CallError> {
    let open = desk.opened()?;
    // Findings cannot be stored in a book that can only be read.
    if open.book.is_read_only() {
        return Ok(());
    }
    match open.book.setting(CHECK_DUE)? {
        // Where this fails, such as on a full disk, the steps stay unchecked, and the book is opened all the same.
        None => {
            let _ = check_unchecked(desk, &open, &mut desk.job(0));
            Ok(())
        }
        Some(_) => check_anew(desk, &open, &mut desk.job(0)),
    }
}

fn check_unchecked(desk: &Desk, open: &OpenBook, job: &mut Job<'_>) -> Result<(), CallError> {
    // A step that was taken back and made again is checked once.
    let mut by_root: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for one in open.book.unchecked()? {
        by_root.entry(one.root).or_default().push(one.step);
    }
    let mut tables = BTreeSet::new();
    for (root, steps) in by_root {
        recheck_step(open, root, job)?;
        open.book.note_checked(&steps)?;
        tables.extend(open.book.step_changes(root)?.into_iter().map(|change| change.table));
    }
    if !tables.is_empty() {
        desk.tell(Changed::Tables { tables: tables.into_iter().collect(), step: None });
    }
    Ok(())
}
