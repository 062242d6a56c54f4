//! Long calls: progress about ten times a second, and a flag that cancels.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::session::api::{CallError, Nothing, Progress};
use crate::settings::api::Cancel;
use crate::{Desk, Event};

/// Set when the clerk cancels; long work looks at it between rows.
pub(crate) type Flag = Arc<AtomicBool>;

const BETWEEN: Duration = Duration::from_millis(100);

/// One long call. While it lives it can be cancelled by its number.
pub(crate) struct Job<'a> {
    desk: &'a Desk,
    number: u32,
    flag: Flag,
    told: Option<Instant>,
}

impl Desk {
    /// Begins a long call. Number 0 means that nobody watches.
    pub(crate) fn job(&self, number: u32) -> Job<'_> {
        let flag = Flag::default();
        if number != 0 {
            self.jobs().insert(number, flag.clone());
        }
        Job { desk: self, number, flag, told: None }
    }

    fn jobs(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<u32, Flag>> {
        self.jobs.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Job<'_> {
    /// Says how far it is, unless it said so a moment ago.
    pub fn at(&mut self, step: &str, done: u64, total: u64) {
        let now = Instant::now();
        let due = self.told.is_none_or(|told| now.duration_since(told) >= BETWEEN);
        if self.number != 0 && (due || done == total) {
            self.told = Some(now);
            let progress = Progress { job: self.number, step: step.to_owned(), done, total };
            let _ = self.desk.events.send(Event::Progress(progress));
        }
    }

    /// Today in national time.
    pub fn today(&self) -> jiff::civil::Date {
        self.desk.env.today()
    }

    /// The flag, for rooms that look at it themselves.
    pub fn flag(&self) -> &Flag {
        &self.flag
    }

    /// Waits, unless the clerk cancels meanwhile.
    pub fn wait(&self, time: Duration) -> Result<(), CallError> {
        let end = Instant::now() + time;
        loop {
            self.go_on()?;
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(BETWEEN));
        }
    }

    /// From here on cancelling comes too late.
    pub fn cannot_stop(&mut self) {
        self.flag = Flag::default();
    }

    /// `job.cancelled` once the clerk has cancelled.
    pub fn go_on(&self) -> Result<(), CallError> {
        if self.flag.load(Ordering::Relaxed) { Err(CallError::new("job.cancelled")) } else { Ok(()) }
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        if self.number != 0 {
            self.desk.jobs().remove(&self.number);
        }
    }
}

/// `job.cancel`: a job that is not running any more is no error.
pub(crate) fn cancel(desk: &Desk, request: Cancel) -> Result<Nothing, CallError> {
    if let Some(flag) = desk.jobs().get(&request.job) {
        flag.store(true, Ordering::Relaxed);
    }
    Ok(Nothing {})
}
