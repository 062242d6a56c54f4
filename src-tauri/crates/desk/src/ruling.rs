//! When rules run: after an edit those that it may have changed, after an import or on demand all of a table.
//!
//! Rules over single records cost next to nothing, so they run at every edit. A select over a large table may be slow, and
//! typing must not be: where the selects of one edit took too long together, the slowest of them waits from then on for the
//! next check of its table (on demand, after an import, before rows are frozen). What it found stays until then.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use check::Edited;
use check::rules::{self, Context, FailedRule};
use jiff::civil::Date;
use standard::{Finding, Rule, Table};
use store::{ReadConnection, ReadLimits, Scope};

use crate::api::CallError;
use crate::jobs::Job;
use crate::open::Open;

/// How long the selects of one edit may take together before the slowest of them has to wait.
const EDIT_TIME: Duration = Duration::from_millis(150);

/// How long they may take at all: what is not done by then waits.
const EDIT_LIMIT: Duration = Duration::from_millis(500);

/// Rules that are too slow to run at each edit; they run with the next check of their table.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<BTreeSet<String>>);

impl Waiting {
    fn rules(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What rules look at: the period of the book, on this day.
pub(crate) fn context(open: &Open, today: Date) -> Context {
    Context::new(today, open.period())
}

/// A read connection with what rules may call.
pub(crate) fn reader(open: &Open, context: &Context, limits: ReadLimits) -> Result<ReadConnection, CallError> {
    Ok(open.book.reader_with(limits, &rules::functions(&open.edition, context))?)
}

/// Rules over single records, for these. Answers the rules whose findings are to be replaced: those that ran.
pub(crate) fn check_rows<'o>(
    open: &'o Open,
    reader: &ReadConnection,
    table: &'o Table,
    rows: &[i64],
    context: &Context,
    found: &mut Vec<Finding>,
) -> Result<Vec<&'o str>, CallError> {
    let failed = rules::rules(reader, &open.edition, table, Scope::Rows(rows), context, &mut |finding| {
        found.push(finding);
        ControlFlow::Continue(())
    })?;
    let mut ran = rules::row_rules(&open.edition, &table.name);
    ran.retain(|rule| !failed.iter().any(|failed| failed.rule == *rule));
    Ok(ran)
}

/// After an edit: the selects that it may have changed, but for those that wait.
pub(crate) fn check_touched(
    open: &Open,
    reader: &ReadConnection,
    table: &Table,
    edits: &[Edited<'_>],
    context: &Context,
) -> Result<(), CallError> {
    let begun = Instant::now();
    let mut slowest: Option<(Duration, &Rule)> = None;
    for rule in rules::touched(&open.edition, table, edits, &context.period) {
        if open.waiting.rules().contains(&rule.id) {
            continue;
        }
        let left = EDIT_LIMIT.saturating_sub(begun.elapsed());
        if left.is_zero() {
            break;
        }
        let start = Instant::now();
        check_whole(open, reader, rule, &Context { time: left, ..context.clone() }, false)?;
        let took = start.elapsed();
        if slowest.is_none_or(|(longest, _)| took > longest) {
            slowest = Some((took, rule));
        }
    }
    if begun.elapsed() > EDIT_TIME
        && let Some((_, rule)) = slowest
    {
        open.waiting.rules().insert(rule.id.clone());
    }
    Ok(())
}

/// Checks one table of the current period by all its rules, and adds what they find. None of them waits any longer.
pub(crate) fn check_table(
    open: &Open,
    reader: &ReadConnection,
    table: &Table,
    context: &Context,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<Vec<FailedRule>, store::ReadError> {
    let failed = rules::rules(reader, &open.edition, table, Scope::Period(&context.period), context, found)?;
    open.waiting.rules().retain(|waiting| !open.edition.rules_of(&table.name).any(|rule| rule.id == *waiting));
    Ok(failed)
}

/// After many changes in `tables`, which are checked themselves: the selects of other tables that look at them.
pub(crate) fn check_using(
    open: &Open,
    reader: &ReadConnection,
    tables: &[String],
    context: &Context,
    job: &Job<'_>,
) -> Result<(), CallError> {
    for rule in rules::using(&open.edition, tables) {
        if !tables.contains(&rule.table) {
            job.go_on()?;
            let _held = open.hold();
            check_whole(open, reader, rule, context, true)?;
        }
    }
    Ok(())
}

/// Runs a select over the period and puts what it finds in the place of what it found before. One that runs out of time
/// is told only in a full check; else its findings stay.
fn check_whole(
    open: &Open,
    reader: &ReadConnection,
    rule: &Rule,
    context: &Context,
    full: bool,
) -> Result<(), CallError> {
    let mut found = Vec::new();
    let scope = Scope::Period(&context.period);
    let failed = rules::rule(reader, &open.edition, rule, scope, context, &mut |finding| {
        found.push(finding);
        ControlFlow::Continue(())
    })?;
    let out_of_time = failed.is_some_and(|failed| failed.reason == store::ReadError::TimeOut.code());
    if full || !out_of_time {
        open.book.replace_findings(&rule.table, scope, Some(&[&rule.id]), found)?;
    }
    Ok(())
}
