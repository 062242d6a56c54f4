//! When rules run: after an edit those that it may have changed, after an import or on demand all of a table.
//!
//! Rules over single records cost next to nothing, so they run at every edit. A select over a large table may be slow, and
//! typing must not be: where the selects of one edit took too long together, those with more than their share wait from
//! then on for the next check of their table (on demand, after an import, before rows are frozen). Until then an edit asks
//! them for the records that were edited only, and what they found of others stays; where even that is slow, all stays.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use check::Edited;
use check::rules::{self, Context, FailedRule};
use jiff::civil::Date;
use standard::{Finding, Rule, Table};
use store::{ReadConnection, ReadLimits, Scope};

use crate::session::api::CallError;
use crate::session::jobs::Job;
use crate::session::open_book::Open;

/// How long the selects of one edit may take together before some of them have to wait.
const EDIT_TIME: Duration = Duration::from_millis(150);

/// How long they may take at all.
const EDIT_LIMIT: Duration = Duration::from_millis(400);

/// How long a select that waits may take for the records that were edited.
const RECORDS_TIME: Duration = Duration::from_millis(40);

/// Selects that are too slow to run whole at each edit; they do so with the next check of their table.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<BTreeMap<String, Wait>>);

/// How a select waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// Asked for the records that were edited.
    Others,
    /// Not asked at all.
    All,
}

impl Waiting {
    fn rules(&self) -> MutexGuard<'_, BTreeMap<String, Wait>> {
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

/// After an edit: the selects that it may have changed, whole or for the records that were edited.
pub(crate) fn check_touched(
    open: &Open,
    reader: &ReadConnection,
    table: &Table,
    edits: &[Edited<'_>],
    context: &Context,
) -> Result<(), CallError> {
    let begun = Instant::now();
    let touched = rules::touched(&open.edition, table, edits, &context.period);
    let share = EDIT_TIME / u32::try_from(touched.len().max(1)).unwrap_or(u32::MAX);
    let rows: Vec<i64> = edits.iter().filter(|edit| edit.after.is_some()).map(|edit| edit.row).collect();
    let mut slow = Vec::new();
    for rule in touched {
        let wait = open.waiting.rules().get(&rule.id).copied();
        let (start, left) = (Instant::now(), EDIT_LIMIT.saturating_sub(begun.elapsed()));
        let whole = Scope::Period(&context.period);
        if wait.is_none() && !left.is_zero() && run(open, reader, rule, whole, (context, left))? {
            if start.elapsed() > share {
                slow.push(rule);
            }
            continue;
        }
        if wait.is_none() && !left.is_zero() {
            open.waiting.rules().insert(rule.id.clone(), Wait::Others);
        }
        let asked = rule.table == table.name && wait != Some(Wait::All) && !rows.is_empty();
        if asked && !run(open, reader, rule, Scope::Rows(&rows), (context, RECORDS_TIME))? {
            open.waiting.rules().insert(rule.id.clone(), Wait::All);
        }
    }
    if begun.elapsed() > EDIT_TIME {
        open.waiting.rules().extend(slow.into_iter().map(|rule| (rule.id.clone(), Wait::Others)));
    }
    Ok(())
}

/// Runs a select within a time and puts what it finds in the place of what it found before. Where the time is over, what
/// it found before stays, and the answer is `false`.
fn run(
    open: &Open,
    reader: &ReadConnection,
    rule: &Rule,
    scope: Scope<'_>,
    (context, time): (&Context, Duration),
) -> Result<bool, CallError> {
    let mut found = Vec::new();
    let failed =
        rules::rule(reader, &open.edition, rule, scope, &Context { time, ..context.clone() }, &mut |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        })?;
    if failed.is_some_and(|failed| failed.reason == store::ReadError::TimeOut) {
        return Ok(false);
    }
    open.book.replace_findings(&rule.table, scope, Some(&[&rule.id]), found)?;
    Ok(true)
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
    open.waiting.rules().retain(|waiting, _| !open.edition.rules_of(&table.name).any(|rule| rule.id == *waiting));
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
            let mut found = Vec::new();
            let scope = Scope::Period(&context.period);
            rules::rule(reader, &open.edition, rule, scope, context, &mut |finding| {
                found.push(finding);
                ControlFlow::Continue(())
            })?;
            open.book.replace_findings(&rule.table, scope, Some(&[&rule.id]), found)?;
        }
    }
    Ok(())
}
