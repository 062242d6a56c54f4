//! `schedule`, and `submit --due` without a connection.

use desk::schedule::api::{
    EntryRun, RunSchedule, SaveScheduleEntry, ScheduleEntry, ScheduleOutcome, ScheduleRef, ScheduleRun, ScheduleView,
    ScheduledEntry, SetSystemEntry,
};
use desk::{CallError, Nothing};
use serde::Serialize;

use super::sending::{Sending, report};
use super::state::AppState;
use crate::arguments::Schedule;
use crate::outcome::Outcome;

pub async fn run(state: &AppState<'_>, command: &Schedule) -> Result<Outcome, CallError> {
    let view: ScheduleView = match command {
        Schedule::List => state.ask("schedule.list", &Nothing {}).await?,
        Schedule::Add(add) => {
            let entry = ScheduleEntry {
                name: add.name.clone(),
                tables: add.tables.clone(),
                department: add.department.clone(),
                source: add.source.clone(),
                connection: add.connection.clone(),
                at: add.at.clone(),
                weekdays: add.weekdays.clone(),
                days: add.days.clone(),
                term_days: add.term_days.clone(),
                after_import: add.after_import,
                due: add.due,
                whole: add.whole,
                off: false,
            };
            state.ask("schedule.save", &SaveScheduleEntry { entry, was: None }).await?
        }
        Schedule::Remove { name } => state.ask("schedule.remove", &ScheduleRef { name: name.clone() }).await?,
        Schedule::Run { name } => return due(state, Some(name.clone())).await,
        Schedule::Install { kind } => {
            let kind = kind.map(|kind| kind.kind());
            state.ask("schedule.install", &SetSystemEntry { installed: true, kind }).await?
        }
        Schedule::Uninstall { kind } => {
            let kind = kind.map(|kind| kind.kind());
            state.ask("schedule.install", &SetSystemEntry { installed: false, kind }).await?
        }
    };
    state.printer.answer(&view, |view| lines(state, view));
    if let Some(problem) = &view.system.problem {
        state.printer.aside(&state.printer.words(problem));
    }
    Ok(Outcome::Done)
}

fn lines(state: &AppState<'_>, view: &ScheduleView) -> Vec<String> {
    let mut lines: Vec<String> = view.entries.iter().map(|entry| line(state, entry)).collect();
    let key = if view.system.installed { "cli.schedule-installed" } else { "cli.schedule-not-installed" };
    let times = view.system.times.join(" ");
    lines.push(state.printer.line(key, &[("name", &view.system.name), ("times", &times)]));
    lines
}

fn line(state: &AppState<'_>, one: &ScheduledEntry) -> String {
    let next = one.next.clone().unwrap_or_else(|| "-".to_owned());
    let last = one.last.as_ref().map_or_else(|| "-".to_owned(), |last| outcome_words(state, last).join(" "));
    state.printer.line("cli.schedule-entry", &[("name", &one.entry.name), ("next", &next), ("last", &last)])
}

/// What came of a run, one sentence for each matter.
fn outcome_words(state: &AppState<'_>, outcome: &ScheduleOutcome) -> Vec<String> {
    let ran = state
        .printer
        .line("cli.schedule-ran", &[("at", &outcome.at), ("batches", &outcome.batches.len()), ("rows", &outcome.rows)]);
    let told = outcome.told.iter().chain(&outcome.error).map(|error| state.printer.said(error));
    std::iter::once(ran).chain(told).collect()
}

/// The JSON document of `submit --due`: that of `submit`, with the entries that ran.
#[derive(Serialize)]
struct DueAnswer<'a> {
    #[serde(flatten)]
    sent: Sending,
    entries: Vec<Ran<'a>>,
}

/// One entry that ran.
#[derive(Serialize)]
struct Ran<'a> {
    name: &'a str,
    due_at: &'a str,
    imported: u64,
    /// What a person is told.
    told: Vec<String>,
    error: Option<String>,
}

/// Runs what is due by the schedule of the book, or the entry of this name.
pub async fn due(state: &AppState<'_>, name: Option<String>) -> Result<Outcome, CallError> {
    let ran: ScheduleRun = state.ask("schedule.run", &RunSchedule { name, job: 0 }).await?;
    if !ran.has_entries {
        return Err(CallError::new("schedule.empty"));
    }
    let told = ran.entries.iter().any(|entry| !entry.outcome.told.is_empty());
    let error = ran.entries.iter().find_map(|entry| entry.outcome.error.clone());
    let entries: Vec<Ran<'_>> = ran.entries.iter().map(|entry| ran_of(state, entry)).collect();
    let batches = ran.entries.iter().flat_map(|entry| entry.batches.clone()).collect();
    let skipped = ran.entries.iter().flat_map(|entry| entry.skipped.clone()).collect();
    let (sent, outcome) = report(state, batches, skipped, error, told);
    let answer = DueAnswer { sent, entries };
    state.printer.answer(&answer, |answer| {
        let mut lines = answer.sent.lines(state.printer);
        lines.extend(answer.entries.iter().map(|one| format!("{}  {}", one.name, one.told.join(" "))));
        lines
    });
    Ok(outcome)
}

fn ran_of<'a>(state: &AppState<'_>, entry: &'a EntryRun) -> Ran<'a> {
    Ran {
        name: &entry.name,
        due_at: &entry.outcome.due_at,
        imported: entry.outcome.imported,
        told: entry.outcome.told.iter().map(|told| state.printer.said(told)).collect(),
        error: entry.outcome.error.as_ref().map(|error| state.printer.said(error)),
    }
}
