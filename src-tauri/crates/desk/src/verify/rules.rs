//! When rules run: after an edit those that it may have changed, after an import or on demand all of a table.
//!
//! Rules over single records are quick and run at every edit. A select looks at whole tables, and no edit may take
//! longer because the school has more records: a select that names a table which is not small does not run for all
//! records at the edit, and neither do the slowest ones if the selects of one edit together took too long. The edit runs
//! them for the edited records only, and where even that reads a whole table or is slow, not at all. Their findings of
//! other records stay, and the book notes that they may be outdated, until [`super::waiting`] has run the rules.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use check::Edited;
use check::rules::{self, Context, FailedRule};
use standard::{Finding, Rule, Table};
use store::{ReadConnection, Scope};

use super::checks::{Checks, Wait};
use super::found::Found;
use crate::session::OpenBook;
use crate::session::api::CallError;

/// How long the selects of one edit may take together before some of them have to wait.
const EDIT_TIME: Duration = Duration::from_millis(150);

/// The time after which the selects of one edit are stopped.
const EDIT_LIMIT: Duration = Duration::from_millis(400);

/// How long a select that waits may take for the records that were edited.
const RECORDS_TIME: Duration = Duration::from_millis(40);

/// Rules over single records, for these. Returns the rules whose findings are to be replaced: those that ran.
pub(crate) fn check_rows<'o>(
    open: &'o OpenBook,
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
pub(crate) fn check_touched<'o>(
    open: &'o OpenBook,
    reader: &ReadConnection,
    table: &Table,
    edits: &[Edited<'_>],
    context: &Context,
    all: &mut Vec<Found<'o>>,
    waits: &mut Vec<(&'o str, &'o str)>,
) -> Result<(), CallError> {
    let checks = open.extensions.get::<Checks>();
    let waiting = &checks.waiting;
    let begun = Instant::now();
    let touched = rules::touched(&open.edition, table, edits, &context.period);
    let share = EDIT_TIME / u32::try_from(touched.len().max(1)).unwrap_or(u32::MAX);
    let rows: Vec<i64> = edits.iter().filter(|edit| edit.after.is_some()).map(|edit| edit.row).collect();
    let mut slow = Vec::new();
    let mut small: BTreeMap<&str, bool> = BTreeMap::new();
    for rule in touched {
        let mut wait = waiting.rules().get(&rule.id).copied();
        if wait.is_none() && !sees_small_tables(open, reader, rule, &mut small)? {
            let looks_up = rules::looks_up(reader, &open.edition, rule, &context.period)?;
            let waits = if looks_up { Wait::Others } else { Wait::All };
            waiting.rules().insert(rule.id.clone(), waits);
            wait = Some(waits);
        }
        let (start, left) = (Instant::now(), EDIT_LIMIT.saturating_sub(begun.elapsed()));
        if wait.is_none()
            && !left.is_zero()
            && let Some(findings) = run(open, reader, rule, Scope::Period(&context.period), (context, left))?
        {
            all.push(Found { table: &rule.table, rows: None, rules: Some(vec![&rule.id]), findings });
            if start.elapsed() > share {
                slow.push(rule);
            }
            continue;
        }
        if wait.is_none() && !left.is_zero() {
            waiting.rules().insert(rule.id.clone(), Wait::Others);
        }
        let asked = rule.table == table.name && wait != Some(Wait::All) && !rows.is_empty();
        let mut is_settled = false;
        if asked {
            match run(open, reader, rule, Scope::Rows(&rows), (context, RECORDS_TIME))? {
                Some(findings) => {
                    let rows = Some(rows.clone());
                    all.push(Found { table: &rule.table, rows, rules: Some(vec![&rule.id]), findings });
                    is_settled = rules::sees_each_alone(&open.edition, rule);
                }
                None => {
                    waiting.rules().insert(rule.id.clone(), Wait::All);
                }
            }
        }
        if !is_settled {
            waits.push((&rule.table, &rule.id));
        }
    }
    if begun.elapsed() > EDIT_TIME {
        waiting.rules().extend(slow.into_iter().map(|rule| (rule.id.clone(), Wait::Others)));
    }
    Ok(())
}

/// Whether all tables that a rule names are small; `small` has those that were counted.
fn sees_small_tables<'o>(
    open: &'o OpenBook,
    reader: &ReadConnection,
    rule: &Rule,
    small: &mut BTreeMap<&'o str, bool>,
) -> Result<bool, store::ReadError> {
    for table in rules::reads(&open.edition, rule) {
        let is_small = match small.get(&*table.name) {
            Some(known) => *known,
            None => *small.entry(&table.name).or_insert(check::is_small(reader, table)?),
        };
        if !is_small {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What a select finds within a time; `None` where the time is over.
fn run(
    open: &OpenBook,
    reader: &ReadConnection,
    rule: &Rule,
    scope: Scope<'_>,
    (context, time): (&Context, Duration),
) -> Result<Option<Vec<Finding>>, CallError> {
    let mut found = Vec::new();
    let failed =
        rules::rule(reader, &open.edition, rule, scope, &Context { time, ..context.clone() }, &mut |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        })?;
    let late = failed.is_some_and(|failed| failed.reason == store::ReadError::TimeOut);
    Ok((!late).then_some(found))
}

/// Checks one table of the current period by all its rules, and adds what they find. The next edit tries anew which of
/// them are slow.
pub(crate) fn check_table(
    open: &OpenBook,
    reader: &ReadConnection,
    table: &Table,
    context: &Context,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<Vec<FailedRule>, store::ReadError> {
    let failed = rules::rules(reader, &open.edition, table, Scope::Period(&context.period), context, found)?;
    open.extensions
        .get::<Checks>()
        .waiting
        .rules()
        .retain(|waiting, _| !open.edition.rules_of(&table.name).any(|rule| rule.id == *waiting));
    Ok(failed)
}

/// What a select of another table finds after many changes in a table that it names.
pub(crate) fn check_using(
    open: &OpenBook,
    reader: &ReadConnection,
    rule: &Rule,
    context: &Context,
) -> Result<Vec<Finding>, CallError> {
    let mut found = Vec::new();
    rules::rule(reader, &open.edition, rule, Scope::Period(&context.period), context, &mut |finding| {
        found.push(finding);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}
