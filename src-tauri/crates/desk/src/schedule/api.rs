//! Requests of the schedule.

use serde::{Deserialize, Serialize};
pub use submit::robot::RobotKind;
use ts_rs::TS;

use crate::session::api::CallError;
pub use crate::session::schedule::entry::{ScheduleEntry, ScheduleOutcome};
use crate::submit::api::{BatchView, Skipped};

/// The schedule of the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScheduleView {
    /// In the order in which they were made.
    pub entries: Vec<ScheduledEntry>,
    /// The entry in the scheduler of this PC.
    pub system: SystemEntry,
}

/// One entry with its last run and its next moment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScheduledEntry {
    /// As it was saved.
    pub entry: ScheduleEntry,
    /// When it is due next (RFC 3339); absent: it has no time, or is switched off.
    pub next: Option<String>,
    /// It is due now, because the program was not running at its moment.
    pub missed: bool,
    /// What came of the last run.
    pub last: Option<ScheduleOutcome>,
}

/// Adds an entry, or replaces the one of the same name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveScheduleEntry {
    /// As it is to be from now on.
    pub entry: ScheduleEntry,
    /// The name that it had; absent: it is new, or keeps its name.
    #[serde(default)]
    pub was: Option<String>,
}

/// Names an entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScheduleRef {
    /// Name of the entry.
    pub name: String,
}

/// Runs what is due, or one entry whether it is due or not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunSchedule {
    /// Only this entry, now; absent: all that are due.
    #[serde(default)]
    pub name: Option<String>,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// Begins anew with a part of the settings that cannot be read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResetUnreadable {
    /// The part that cannot be read.
    pub what: ScheduleSetting,
}

/// A part of the book's settings that works by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ScheduleSetting {
    /// The entries of the schedule.
    Schedule,
    /// The robots of group chats.
    Robots,
}

/// What ran.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScheduleRun {
    /// Entries that ran, in their order.
    pub entries: Vec<EntryRun>,
    /// Whether the book has entries at all.
    pub has_entries: bool,
}

/// A run of one entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryRun {
    /// Name of the entry.
    pub name: String,
    /// What came of it.
    pub outcome: ScheduleOutcome,
    /// The batches as they are now.
    pub batches: Vec<BatchView>,
    /// Tables left out, and why.
    pub skipped: Vec<Skipped>,
}

/// The schedulers that an entry can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SchedulerKind {
    /// The Task Scheduler of Windows.
    TaskScheduler,
    /// A timer of systemd that belongs to the user.
    Systemd,
    /// A line of the user's crontab. It does not make up for what was missed; the next run does.
    Cron,
}

/// The entry in the scheduler of this PC.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SystemEntry {
    /// The scheduler that this PC has; absent: none that the program knows.
    pub kind: Option<SchedulerKind>,
    /// Whether the entry of this book stands in it.
    pub installed: bool,
    /// Its name there.
    pub name: String,
    /// Times of the day (`HH:MM`) at which it runs, or would run.
    pub times: Vec<String>,
    /// The command that it runs.
    pub command: String,
    /// Why the command would not work by itself.
    pub problem: Option<CallError>,
}

/// Installs the entry of this book in the scheduler of this PC, or removes it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetSystemEntry {
    /// Whether it stands there.
    pub installed: bool,
    /// The scheduler; absent: the one that this PC has.
    #[serde(default)]
    pub kind: Option<SchedulerKind>,
}

/// The robots of the book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Robots {
    /// In the order in which they were made.
    pub robots: Vec<RobotView>,
}

/// A robot of a group chat without its secrets.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RobotView {
    /// Name that the college gave to it.
    pub name: String,
    /// Whose robot it is.
    pub kind: RobotKind,
    /// Scheme and host of its address; the rest is a secret. Not read when it is saved.
    #[serde(default)]
    pub host: String,
    /// Whether it has a secret for signatures. Not read when it is saved.
    #[serde(default)]
    pub has_secret: bool,
    /// A word that every message has to have; empty: none.
    #[serde(default)]
    pub keyword: String,
    /// Time of the daily summary in national time (`HH:MM`); empty: none.
    #[serde(default)]
    pub at: String,
    /// It says what came of each run of the schedule.
    #[serde(default)]
    pub on_runs: bool,
    /// Why it could not write the last time. Not read when it is saved.
    #[serde(default)]
    pub problem: Option<CallError>,
}

/// Adds a robot, or replaces the one of the same name. Absent secrets stay as they are.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SaveRobot {
    /// All but the secrets.
    pub robot: RobotView,
    /// The address that the settings of the group show.
    #[serde(default)]
    pub url: Option<String>,
    /// The secret for signatures; empty: none.
    #[serde(default)]
    pub secret: Option<String>,
}

impl std::fmt::Debug for SaveRobot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaveRobot").field("robot", &self.robot).finish_non_exhaustive()
    }
}

/// Names a robot.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RobotRef {
    /// Name of the robot.
    pub name: String,
}
