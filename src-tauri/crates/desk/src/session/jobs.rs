//! Long calls: progress about ten times a second, and a flag that cancels.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::api::{CallError, Progress};
use super::events::{Event, Events};

/// Set when the clerk cancels; long work looks at it between rows.
pub(crate) type Flag = Arc<AtomicBool>;

/// Shortest time between two reports of progress.
const BETWEEN: Duration = Duration::from_millis(100);

/// The long calls that run now.
pub(crate) struct Jobs {
    flags: Mutex<HashMap<u32, Flag>>,
    /// Signalled when a job is cancelled.
    cancelled: Condvar,
    events: Events,
}

/// One long call. While it lives it can be cancelled by its number.
pub(crate) struct Job<'a> {
    jobs: &'a Jobs,
    number: u32,
    flag: Flag,
    today: Date,
    reported: Option<Instant>,
}

impl Jobs {
    /// An empty list of jobs, which reports progress to `events`.
    pub fn new(events: Events) -> Jobs {
        Jobs { flags: Mutex::default(), cancelled: Condvar::new(), events }
    }

    /// Begins a long call on the day `today`. Number 0 stands for a call that reports no progress and that no one
    /// cancels.
    pub fn begin(&self, number: u32, today: Date) -> Job<'_> {
        let flag = Flag::default();
        if number != 0 {
            self.flags().insert(number, flag.clone());
        }
        Job { jobs: self, number, flag, today, reported: None }
    }

    /// Cancels a job; has no effect on one that has ended.
    pub fn cancel(&self, number: u32) {
        if let Some(flag) = self.flags().get(&number) {
            flag.store(true, Ordering::Relaxed);
        }
        self.cancelled.notify_all();
    }

    fn flags(&self) -> MutexGuard<'_, HashMap<u32, Flag>> {
        self.flags.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job<'_> {
    /// Reports how far it is, at most once in a tenth of a second; the end is always reported.
    pub fn at(&mut self, step: &str, done: u64, total: u64) {
        let now = Instant::now();
        let due = self.reported.is_none_or(|reported| now.duration_since(reported) >= BETWEEN);
        if self.number != 0 && (due || done == total) {
            self.reported = Some(now);
            let progress = Progress { job: self.number, step: step.to_owned(), done, total };
            self.jobs.events.send(Event::Progress(progress));
        }
    }

    /// A way to report from within work that knows nothing of calls: how much of `total` is done. It is silent at first.
    pub fn teller(&self, step: &str, total: u64, silent: Duration) -> impl FnMut(u64) + use<> {
        let (events, number, step) = (self.jobs.events.clone(), self.number, step.to_owned());
        let mut next = Instant::now() + silent;
        move |done| {
            let now = Instant::now();
            if now >= next {
                next = now + BETWEEN;
                let done = done.min(total);
                events.send(Event::Progress(Progress { job: number, step: step.clone(), done, total }));
            }
        }
    }

    /// The latest day that a clock showed when it began, in national time.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The flag, for crates that look at it themselves.
    pub fn flag(&self) -> &Flag {
        &self.flag
    }

    /// Waits for `time`; `job.cancelled` as soon as the clerk cancels.
    pub fn wait(&self, time: Duration) -> Result<(), CallError> {
        let end = Instant::now() + time;
        let mut flags = self.jobs.flags();
        loop {
            self.go_on()?;
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            flags = self.jobs.cancelled.wait_timeout(flags, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The same work, ended by another flag than its own.
    pub fn stopped_by(mut self, flag: &Flag) -> Self {
        self.flag = flag.clone();
        self
    }

    /// From here on cancelling has no effect.
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
            self.jobs.flags().remove(&self.number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_waits_ends_as_soon_as_it_is_cancelled() {
        let jobs = Jobs::new(Events::default());
        let job = jobs.begin(7, Date::constant(2026, 11, 26));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| job.wait(Duration::from_secs(3600)));
            jobs.cancel(7);
            assert_eq!(waiting.join().unwrap().unwrap_err().code, "job.cancelled");
        });
        assert!(jobs.begin(7, Date::constant(2026, 11, 26)).wait(Duration::ZERO).is_ok());
    }
}
