//! The entries of the schedule: listed, saved and removed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use standard::Table;
use store::{HistoryQuery, NATIONAL_TIME, StepKind};

use super::api::{SaveScheduleEntry, ScheduleRef, ScheduleView, ScheduledEntry, SetSystemEntry};
use super::system;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::calendar::due_day::Calendar;
use crate::session::env::rfc3339;
use crate::session::schedule::entry::ScheduleEntry;
use crate::session::schedule::kept::{Run, Schedule, national};
use crate::session::schedule::moments::{self, Term};
use crate::session::{Desk, OpenBook};

/// `schedule.list`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<ScheduleView, CallError> {
    let open = desk.opened()?;
    let schedule = Schedule::of(&open)?;
    let (now, term) = (national(desk.clock.now()), term_of(&open)?);
    let mut entries = Vec::new();
    for entry in &schedule.entries {
        let known = schedule.known(entry, imported_at(&open, entry)?);
        entries.push(ScheduledEntry {
            next: moments::next(entry, term, now).and_then(moment_text),
            missed: moments::due(entry, term, known, now).is_some(),
            last: schedule.runs.get(&entry.name).and_then(|run| run.last.clone()),
            entry: entry.clone(),
        });
    }
    Ok(ScheduleView { entries, system: system::state(desk, &open, &schedule.entries)? })
}

/// `schedule.save`.
pub(crate) fn save(desk: &Desk, request: SaveScheduleEntry) -> Result<ScheduleView, CallError> {
    {
        let open = desk.opened()?;
        let SaveScheduleEntry { mut entry, was } = request;
        entry.name = entry.name.trim().to_owned();
        entry.check(&open.edition)?;
        if !entry.connection.is_empty() {
            open.connection(&entry.connection)?;
        }
        let term = term_of(&open)?;
        let (from_start, from_end) = entry.term_days.iter().partition::<Vec<i16>, _>(|day| **day > 0);
        if (!from_start.is_empty() && term.first.is_none()) || (!from_end.is_empty() && term.last.is_none()) {
            return Err(CallError::new("schedule.term-unset").with("name", &entry.name));
        }
        let mut schedule = Schedule::of(&open)?;
        let was = was.unwrap_or_else(|| entry.name.clone());
        let taken = schedule.entries.iter().any(|other| other.name == entry.name && other.name != was);
        if taken {
            return Err(CallError::new("schedule.name-taken").with("name", &entry.name));
        }
        let last = schedule.runs.remove(&was).and_then(|run| run.last);
        // What was due before it was set like this is not made up for.
        let run = Run { done_until: desk.clock.now_text(), failed_at: None, last };
        schedule.runs.insert(entry.name.clone(), run);
        match schedule.entries.iter_mut().find(|other| other.name == was) {
            Some(other) => *other = entry,
            None => schedule.entries.push(entry),
        }
        schedule.keep(&open)?;
        system::refresh(desk, &open, &schedule.entries)?;
        desk.tell(Changed::Book);
    }
    list(desk, Nothing {})
}

/// `schedule.remove`.
pub(crate) fn remove(desk: &Desk, request: ScheduleRef) -> Result<ScheduleView, CallError> {
    {
        let open = desk.opened()?;
        let mut schedule = Schedule::of(&open)?;
        let before = schedule.entries.len();
        schedule.entries.retain(|entry| entry.name != request.name);
        if schedule.entries.len() == before {
            return Err(unknown(&request.name));
        }
        schedule.runs.remove(&request.name);
        schedule.keep(&open)?;
        system::refresh(desk, &open, &schedule.entries)?;
        desk.tell(Changed::Book);
    }
    list(desk, Nothing {})
}

/// `schedule.install`.
pub(crate) fn install(desk: &Desk, request: SetSystemEntry) -> Result<ScheduleView, CallError> {
    {
        let open = desk.opened()?;
        system::set(desk, &open, &Schedule::of(&open)?.entries, &request)?;
        desk.tell(Changed::Book);
    }
    list(desk, Nothing {})
}

/// First and last day of the term of the book.
pub(super) fn term_of(open: &OpenBook) -> Result<Term, CallError> {
    let (due, settings) = (open.due_settings()?, open.settings());
    let last = settings.last_day();
    let calendar = Calendar { settings: &due, period: &settings.period, term_end: last };
    Ok(Term { first: calendar.term_start().map(|(first, _)| first), last })
}

pub(super) fn unknown(name: &str) -> CallError {
    CallError::new("schedule.unknown").with("name", name)
}

/// The tables of an entry, in printed order.
pub(super) fn tables_of<'o>(open: &'o OpenBook, entry: &ScheduleEntry) -> Vec<&'o Table> {
    let settings = open.settings();
    let of_department =
        |table: &Table| entry.department.is_empty() || settings.department_of(table) == entry.department;
    let published = open.edition.tables.iter().filter(|table| !table.own);
    match entry.tables.is_empty() {
        true => published.filter(|table| of_department(table)).collect(),
        false => published.filter(|table| entry.tables.contains(&table.name)).collect(),
    }
}

/// When an import last changed one of the tables of an entry that waits for imports.
pub(super) fn imported_at(open: &OpenBook, entry: &ScheduleEntry) -> Result<Option<Timestamp>, CallError> {
    if !entry.after_import {
        return Ok(None);
    }
    let mut latest = None;
    for table in tables_of(open, entry) {
        let query = HistoryQuery {
            table: Some(table.name.clone()),
            kind: Some(StepKind::Import),
            limit: 1,
            ..HistoryQuery::default()
        };
        latest = latest.max(open.book.history(&query)?.steps.first().map(|step| step.at));
    }
    Ok(latest)
}

/// A moment on the clocks of the country, in RFC 3339.
pub(super) fn moment_text(moment: DateTime) -> Option<String> {
    Some(rfc3339(moment.to_zoned(NATIONAL_TIME).ok()?.timestamp()))
}
