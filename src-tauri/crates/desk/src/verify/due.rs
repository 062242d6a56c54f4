//! The check of the whole book after a move to another edition, and after a change that could not be checked.

use std::sync::atomic::Ordering;

use standard::PeriodKind;

use super::recheck::recheck_period;
use crate::session::api::{CallError, Changed};
use crate::session::jobs::Job;
use crate::session::open_book::CHECK_DUE;
use crate::session::{Desk, OpenBook};

/// Checks all tables of a book that has come to another edition.
pub(crate) fn check_anew(desk: &Desk, open: &OpenBook, job: &mut Job<'_>) -> Result<(), CallError> {
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
    open.check_due_unwritten.store(false, Ordering::Relaxed);
    desk.tell(Changed::Book);
    desk.tell(Changed::Tables { tables, step: None });
    Ok(())
}

/// Checks the whole book if it has the setting that its findings may be outdated: a program ended right after a move to
/// another edition, or a change was kept that could not be checked.
pub(crate) fn check_if_due(desk: &Desk) -> Result<(), CallError> {
    let open = desk.opened()?;
    // Findings cannot be stored in a book that can only be read.
    if open.book.is_read_only() {
        return Ok(());
    }
    match open.book.setting(CHECK_DUE)? {
        None => Ok(()),
        Some(_) => check_anew(desk, &open, &mut desk.job(0)),
    }
}
