//! The entry in the scheduler of this PC, which runs `tianbao submit --due` without a window. It carries the book and
//! no password: a book that opens with a password only gets it from the environment of the scheduler.
//!
//! - [`task_scheduler`]: Windows; [`systemd`]: a timer of the user; [`cron`]: a line of the crontab. What is written is
//!   pure
//! - [`commands`]: running the programs of the system

mod commands;
mod cron;
mod systemd;
mod task_scheduler;

use std::path::{Path, PathBuf};

use super::api::{SchedulerKind, SetSystemEntry, SystemEntry};
use crate::session::api::CallError;
use crate::session::lock::BookLock;
use crate::session::schedule::entry::ScheduleEntry;
use crate::session::{Desk, OpenBook};

/// When it runs where no entry has a time.
const USUAL_TIME: &str = "07:30";

/// What an entry of the system is made of.
pub(super) struct Job {
    /// Its name: letters, digits and `-`.
    pub name: String,
    /// The program of the command line.
    pub program: PathBuf,
    /// What the program is started with: the book and the command.
    pub arguments: Vec<String>,
    /// The folder of the program's own files, where it is not the usual one.
    pub home: Option<String>,
    /// Times of the day, `HH:MM`, in order.
    pub times: Vec<String>,
}

impl Job {
    fn of(open: &OpenBook, entries: &[ScheduleEntry]) -> Job {
        let mut times: Vec<String> =
            entries.iter().filter(|entry| !entry.off && !entry.at.is_empty()).map(|entry| entry.at.clone()).collect();
        times.sort();
        times.dedup();
        if times.is_empty() {
            times.push(USUAL_TIME.to_owned());
        }
        let book = std::path::absolute(&open.path).unwrap_or_else(|_| open.path.clone());
        Job {
            name: format!("tianbao-{}", &open.id[..12.min(open.id.len())]),
            program: program(),
            arguments: ["--book", &book.display().to_string(), "submit", "--due"].map(str::to_owned).to_vec(),
            home: std::env::var("TIANBAO_HOME").ok().filter(|home| !home.is_empty()),
            times,
        }
    }

    fn command(&self) -> String {
        let words = std::iter::once(self.program.display().to_string()).chain(self.arguments.clone());
        words.map(|word| if word.contains(' ') { format!("\"{word}\"") } else { word }).collect::<Vec<_>>().join(" ")
    }
}

/// The program of the command line: this one, or the one beside the window's.
fn program() -> PathBuf {
    let this = std::env::current_exe().unwrap_or_default();
    let name = if cfg!(windows) { "tianbao.exe" } else { "tianbao" };
    if this.file_stem().is_some_and(|stem| stem == "tianbao") { this } else { this.with_file_name(name) }
}

/// The scheduler that this PC has.
fn kind() -> Option<SchedulerKind> {
    if cfg!(windows) {
        return Some(SchedulerKind::TaskScheduler);
    }
    if systemd::is_there() {
        return Some(SchedulerKind::Systemd);
    }
    commands::is_there("crontab").then_some(SchedulerKind::Cron)
}

/// How the entry of this book stands.
pub(super) fn state(desk: &Desk, open: &OpenBook, entries: &[ScheduleEntry]) -> Result<SystemEntry, CallError> {
    let job = Job::of(open, entries);
    let kind = kind();
    let problem = problem(desk, open, &job, kind)?;
    Ok(SystemEntry {
        installed: kind.is_some_and(|kind| is_installed(kind, &job.name)),
        kind,
        command: job.command(),
        name: job.name,
        times: job.times,
        problem,
    })
}

/// Why the command would not work by itself.
fn problem(
    desk: &Desk,
    open: &OpenBook,
    job: &Job,
    kind: Option<SchedulerKind>,
) -> Result<Option<CallError>, CallError> {
    let named = |code: &str| Some(CallError::new(code).with("program", job.program.display()));
    if kind.is_none() {
        return Ok(named("schedule.no-scheduler"));
    }
    if !job.program.is_file() {
        return Ok(named("schedule.no-program"));
    }
    if kind == Some(SchedulerKind::TaskScheduler) && job.home.is_some() {
        return Ok(named("schedule.other-home"));
    }
    Ok(if open.lock(&desk.env)? == BookLock::Password { named("schedule.needs-password") } else { None })
}

/// Puts the entry of this book into a scheduler, or takes it out of it.
pub(super) fn set(
    desk: &Desk,
    open: &OpenBook,
    entries: &[ScheduleEntry],
    request: &SetSystemEntry,
) -> Result<(), CallError> {
    let job = Job::of(open, entries);
    let kind = request.kind.or_else(kind).ok_or_else(|| CallError::new("schedule.no-scheduler"))?;
    match request.installed {
        true if kind == SchedulerKind::TaskScheduler && job.home.is_some() => {
            Err(CallError::new("schedule.other-home"))
        }
        true if !job.program.is_file() => {
            Err(CallError::new("schedule.no-program").with("program", job.program.display()))
        }
        true => write(desk, kind, &job),
        false => erase(kind, &job.name),
    }
}

/// Writes the times of the entries into the system's entry, where it is installed.
pub(super) fn refresh(desk: &Desk, open: &OpenBook, entries: &[ScheduleEntry]) -> Result<(), CallError> {
    let job = Job::of(open, entries);
    match kind() {
        Some(kind) if is_installed(kind, &job.name) => write(desk, kind, &job),
        _ => Ok(()),
    }
}

fn write(desk: &Desk, kind: SchedulerKind, job: &Job) -> Result<(), CallError> {
    match kind {
        SchedulerKind::TaskScheduler => task_scheduler::install(job, &desk.env.home, desk.clock.today()),
        SchedulerKind::Systemd => systemd::install(job),
        SchedulerKind::Cron => cron::install(job),
    }
}

fn erase(kind: SchedulerKind, name: &str) -> Result<(), CallError> {
    match kind {
        SchedulerKind::TaskScheduler => task_scheduler::remove(name),
        SchedulerKind::Systemd => systemd::remove(name),
        SchedulerKind::Cron => cron::remove(name),
    }
}

fn is_installed(kind: SchedulerKind, name: &str) -> bool {
    match kind {
        SchedulerKind::TaskScheduler => task_scheduler::is_installed(name),
        SchedulerKind::Systemd => systemd::is_installed(name),
        SchedulerKind::Cron => cron::is_installed(name),
    }
}

/// A path as text; one that is not Unicode cannot be written into a scheduler's file.
fn path_text(path: &Path) -> Result<String, CallError> {
    let text = path.to_str().ok_or_else(|| CallError::new("schedule.odd-path").with("file", path.display()))?;
    Ok(text.to_owned())
}
