//! Running what is due: import the source of an entry, look at the check list, and submit what passes it. The rest is
//! told.

use std::collections::BTreeSet;

use super::api::{EntryRun, RunSchedule, ScheduleRun};
use super::list::{imported_at, moment_text, tables_of, term_of, unknown};
use super::nightly;
use super::robots::telling;
use crate::session::Desk;
use crate::session::api::{CallError, Changed};
use crate::session::schedule::entry::{ScheduleEntry, ScheduleOutcome};
use crate::session::schedule::kept::{Run, Schedule, national};
use crate::session::schedule::moments;
use crate::submit::api::{
    AskCheckList, AskResults, CheckList, CheckVerdict, CheckedMatter, ListedCheck, Send, Sent, Target,
};
use crate::submit::check_list::check_list;
use crate::submit::results::results;
use crate::submit::sending::send;
use crate::workbooks::api::{ApplyProposal, ProposalRef, RunSource};

/// `schedule.run`.
pub(crate) fn run(desk: &Desk, request: RunSchedule) -> Result<ScheduleRun, CallError> {
    let (due, has_entries) = due_now(desk, request.name.as_deref())?;
    if !due.is_empty() {
        // What went out before is asked for first, so that what the receiver rejected is not taken for accepted.
        results(desk, AskResults { wait: 0, job: request.job })?;
    }
    let mut entries = Vec::new();
    for (entry, due_at) in due {
        entries.push(run_entry(desk, &entry, due_at, request.job)?);
    }
    nightly::run(desk)?;
    telling::tell(desk, &entries)?;
    Ok(ScheduleRun { entries, has_entries })
}

/// Whether anything is due now: an entry, the reconciliation of the day, or the summary of a robot.
pub(super) fn is_due(desk: &Desk) -> bool {
    due_now(desk, None).is_ok_and(|(due, _)| !due.is_empty()) || nightly::is_due(desk) || telling::any_due(desk)
}

type Due = (ScheduleEntry, String);

/// The entries that are due with the moments for which they are, or the one that is named.
fn due_now(desk: &Desk, name: Option<&str>) -> Result<(Vec<Due>, bool), CallError> {
    let open = desk.opened()?;
    let (schedule, term) = (Schedule::of(&open)?, term_of(&open)?);
    let (now, now_text) = (national(desk.clock.now()), desk.clock.now_text());
    let mut due = Vec::new();
    for entry in &schedule.entries {
        let at = match name {
            Some(name) => (name == entry.name).then(|| now_text.clone()),
            None => {
                moments::due(entry, term, schedule.known(entry, imported_at(&open, entry)?), now).and_then(moment_text)
            }
        };
        due.extend(at.map(|at| (entry.clone(), at)));
    }
    match name {
        Some(name) if due.is_empty() => Err(unknown(name)),
        _ => Ok((due, !schedule.entries.is_empty())),
    }
}

fn run_entry(desk: &Desk, entry: &ScheduleEntry, due_at: String, job: u32) -> Result<EntryRun, CallError> {
    let began = desk.clock.now_text();
    let mut outcome = ScheduleOutcome {
        at: began.clone(),
        due_at,
        batches: Vec::new(),
        rows: 0,
        imported: 0,
        told: Vec::new(),
        error: None,
    };
    let mut sent = Sent { batches: Vec::new(), skipped: Vec::new(), interrupted: None };
    if let Err(error) = import_and_send(desk, entry, job, &mut outcome, &mut sent) {
        outcome.error = Some(CallError { fault: None, ..error });
    }
    outcome.batches = sent.batches.iter().map(|batch| batch.id).collect();
    outcome.rows = sent.batches.iter().map(|batch| batch.rows).sum();
    keep(desk, entry, &began, &outcome)?;
    Ok(EntryRun { name: entry.name.clone(), outcome, batches: sent.batches, skipped: sent.skipped })
}

fn import_and_send(
    desk: &Desk,
    entry: &ScheduleEntry,
    job: u32,
    outcome: &mut ScheduleOutcome,
    sent: &mut Sent,
) -> Result<(), CallError> {
    if !entry.source.is_empty() {
        import(desk, entry, job, outcome)?;
    }
    let (connection, tables) = {
        let open = desk.opened()?;
        let current = open.current_connection();
        let connection = if entry.connection.is_empty() { current } else { entry.connection.clone() };
        let tables: Vec<String> = tables_of(&open, entry).iter().map(|table| table.name.clone()).collect();
        (connection, tables)
    };
    if connection.is_empty() {
        return Err(CallError::new("schedule.no-connection").with("name", &entry.name));
    }
    if tables.is_empty() {
        return Err(CallError::new("schedule.no-tables").with("name", &entry.name));
    }
    let target = Target { connection: Some(connection) };
    let ask = AskCheckList { target: target.clone(), tables, due: entry.due, job };
    let list = check_list(desk, ask)?;
    let passing = passing(entry, &list, &mut outcome.told)?;
    if passing.is_empty() {
        return Ok(());
    }
    let expected = list.leaves.iter().filter(|one| passing.contains(&one.table) && one.fresh > 0);
    let request = Send {
        expected: expected.map(|one| (one.table.clone(), one.hash.clone())).collect(),
        dry_run: false,
        job,
        ..Send::dry_run(target, passing.into_iter().collect())
    };
    *sent = send(desk, request)?;
    match sent.interrupted.take() {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Imports the source. What book and source have both changed waits for a person, and the rest is in the book.
fn import(desk: &Desk, entry: &ScheduleEntry, job: u32, outcome: &mut ScheduleOutcome) -> Result<(), CallError> {
    let ran = crate::workbooks::sources::run::run(desk, RunSource { name: entry.source.clone(), once: true, job })?;
    for passed in ran.passed_over {
        outcome.told.push(passed.error.with("file", passed.file));
    }
    let Some(proposal) = ran.proposal else { return Ok(()) };
    let apply = ApplyProposal { proposal: proposal.id, conflicts: None, clear: false, job };
    let applied = crate::workbooks::apply::apply(desk, apply)?;
    outcome.imported = applied.new + applied.changed;
    if applied.undecided > 0 {
        let told = CallError::new("schedule.undecided").with("source", &entry.source).with("rows", applied.undecided);
        outcome.told.push(told);
        return Ok(());
    }
    crate::workbooks::view::drop_one(desk, ProposalRef { proposal: proposal.id }).map(drop)
}

/// The tables that pass the check list. What asks for a person is told: a matter of some tables keeps these tables
/// here, any other matter keeps everything here.
fn passing(entry: &ScheduleEntry, list: &CheckList, told: &mut Vec<CallError>) -> Result<BTreeSet<String>, CallError> {
    let mut tables: BTreeSet<String> = list.leaves.iter().map(|one| one.table.clone()).collect();
    if tables.is_empty() {
        // Nothing new is no matter for a person, but what stays behind is.
        told.extend(list.checks.iter().filter(|check| is_held_back(check)).map(matter));
        return Ok(tables);
    }
    for check in &list.checks {
        let keeps = check.verdict >= CheckVerdict::Look || (entry.whole && is_held_back(check));
        if !keeps && !is_held_back(check) {
            continue;
        }
        if check.matter == CheckedMatter::Connection
            && let Some(error) = &check.error
        {
            // The line may be back in a moment, so it is tried again.
            return Err(error.clone());
        }
        told.push(matter(check));
        match check.tables.is_empty() {
            _ if !keeps => {}
            true => tables.clear(),
            false => tables.retain(|table| !check.tables.iter().any(|one| one.table == *table)),
        }
    }
    Ok(tables)
}

/// Whether a line speaks of records that stay behind for a finding.
fn is_held_back(check: &ListedCheck) -> bool {
    matches!(check.matter, CheckedMatter::Mandatory | CheckedMatter::Explained) && check.verdict != CheckVerdict::Ok
}

/// A line of the check list as a person is told it.
fn matter(check: &ListedCheck) -> CallError {
    let titles: Vec<&str> = check.tables.iter().map(|table| table.title.as_str()).collect();
    let told = CallError { params: check.params.clone(), ..CallError::new(&format!("checklist.{}", check.words)) };
    if titles.is_empty() { told } else { told.with("tables", titles.join("，")) }
}

/// Keeps what came of a run. One that the network ended is made up for; anything else is done.
fn keep(desk: &Desk, entry: &ScheduleEntry, began: &str, outcome: &ScheduleOutcome) -> Result<(), CallError> {
    let open = desk.opened()?;
    let mut schedule = Schedule::of(&open)?;
    let before = schedule.runs.get(&entry.name).map(|run| run.done_until.clone());
    let again = outcome.error.as_ref().is_some_and(may_pass);
    let run = Run {
        done_until: if again { before.unwrap_or_else(|| began.to_owned()) } else { began.to_owned() },
        failed_at: again.then(|| began.to_owned()),
        last: Some(outcome.clone()),
    };
    schedule.runs.insert(entry.name.clone(), run);
    schedule.keep(&open)?;
    desk.tell(Changed::Book);
    Ok(())
}

/// Whether what an error kept here goes later without a decision about it: the network, a receiver that is busy, a
/// database that is down, a pause that ends.
fn may_pass(error: &CallError) -> bool {
    let group = error.code.split('.').next().unwrap_or_default();
    matches!(group, "network" | "submit" | "source" | "disk" | "pause") || error.code == "job.cancelled"
}
