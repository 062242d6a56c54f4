//! Rules that an edit left for later: they run over all records while the clerk goes on, each on a connection that only
//! reads. What they find is written only if no edit made the rule wait again meanwhile.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use check::rules::{self, Context};
use check::{KEY_AND_NAME_RULES, REFERENCE_RULE};
use standard::Finding;
use store::{ReadConnection, ReadError, ReadLimits, Scope, WaitingRule};

use super::found::{self, Found};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::jobs::Job;

/// Runs the rules that wait in the current period, those that wait longest first. Returns the tables whose findings
/// were written anew. A rule that fails keeps waiting; `job.cancelled` where the job was stopped between two rules.
pub(crate) fn run(open: &OpenBook, job: &mut Job<'_>) -> Result<BTreeSet<String>, CallError> {
    let context = Context::new(job.today(), open.period());
    let waiting = open.book.waiting_rules(&context.period)?;
    let mut written = BTreeSet::new();
    if waiting.is_empty() || open.book.is_read_only() {
        return Ok(written);
    }
    let limits = ReadLimits { time: None, cancel: Some(job.flag().clone()), whole: None };
    // A connection of its own, so that edits need not wait for the one of the checks.
    let reader = open.book.reader_with(limits, &rules::functions(&open.edition, &context))?;
    let total = waiting.len() as u64;
    for (done, waits) in (0..).zip(&waiting) {
        job.at("check", done, total);
        job.go_on()?;
        if run_one(open, &reader, &context, waits)? {
            written.insert(waits.table.clone());
        }
    }
    job.at("check", total, total);
    Ok(written)
}

/// Runs one rule; `true` where its findings were written.
fn run_one(
    open: &OpenBook,
    reader: &ReadConnection,
    context: &Context,
    waits: &WaitingRule,
) -> Result<bool, CallError> {
    let Some(findings) = findings_of(open, reader, context, waits)? else { return Ok(false) };
    let _held = open.hold();
    if !open.book.still_waits(waits.no)? {
        return Ok(false);
    }
    let rule = waits.rule.as_str();
    let ran = if KEY_AND_NAME_RULES.contains(&rule) { KEY_AND_NAME_RULES.to_vec() } else { vec![rule] };
    let found = Found { table: &waits.table, rows: None, rules: Some(ran), findings };
    found::write(open, &context.period, vec![found])?;
    Ok(true)
}

/// What the rule finds in all records of the period; absent where it failed, or where the edition does not have it any
/// more.
fn findings_of(
    open: &OpenBook,
    reader: &ReadConnection,
    context: &Context,
    waits: &WaitingRule,
) -> Result<Option<Vec<Finding>>, CallError> {
    let mut findings = Vec::new();
    let mut collect = |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    };
    let of_references = waits.rule == REFERENCE_RULE;
    if of_references || KEY_AND_NAME_RULES.contains(&waits.rule.as_str()) {
        let table = table_of(&open.edition, &waits.table)?;
        let ran = if of_references {
            check::references(reader, &open.edition, table, Scope::Period(&context.period), &mut collect)
        } else {
            check::keys_and_names(reader, &open.edition, table, &context.period, &mut collect)
        };
        match ran {
            Ok(()) => return Ok(Some(findings)),
            Err(ReadError::Cancelled) => return Err(CallError::new("job.cancelled")),
            Err(_) => return Ok(None),
        }
    }
    let Some(rule) = open.edition.rules.iter().find(|rule| rule.id == waits.rule) else {
        open.book.no_longer_waits(waits.no)?;
        return Ok(None);
    };
    let failed = rules::rule(reader, &open.edition, rule, Scope::Period(&context.period), context, &mut collect)?;
    match failed.map(|failed| failed.reason) {
        None => Ok(Some(findings)),
        Some(ReadError::Cancelled) => Err(CallError::new("job.cancelled")),
        Some(_) => Ok(None),
    }
}
