//! Backups that the program makes by itself, encrypted as the book is: every day on which the book is open, before an
//! import of many records, before the book is replaced by an older backup, and by hand.
//!
//! - [`files`]: where they are and what they are called; [`keep`]: which of them are kept; [`making`]: making one
//!
//! A move to another edition leaves its own copy beside the book.

pub(crate) mod files;
pub(crate) mod keep;
mod making;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::api::CallError;

/// From how many changed records on an import makes a backup first.
pub(crate) const MANY: u64 = 1_000;

/// How often an open program checks whether a new day has begun.
const LOOK: Duration = Duration::from_secs(600);

/// The thread that makes the daily backups, and what went wrong with the last one.
pub(crate) struct Backups {
    opened: Mutex<Sender<()>>,
    /// Held by the thread while it makes a backup.
    at_work: Mutex<()>,
    /// Set while a call needs the book and the thread is to stop its copy.
    stop: Arc<AtomicBool>,
    problem: Mutex<Option<CallError>>,
}

impl Backups {
    /// The backups of a desk, and what [`Backups::start`] takes.
    pub fn new() -> (Backups, Receiver<()>) {
        let (opened, heard) = channel();
        let backups = Backups {
            opened: Mutex::new(opened),
            at_work: Mutex::default(),
            stop: Arc::default(),
            problem: Mutex::default(),
        };
        (backups, heard)
    }

    /// Starts the thread: it calls `daily` as soon as a book has been open for `after`, and from time to time, until
    /// the desk is gone.
    pub fn start(heard: Receiver<()>, after: Duration, daily: impl Fn() + Send + 'static) {
        let run = move || {
            let mut wait = LOOK;
            loop {
                wait = match heard.recv_timeout(wait) {
                    Ok(()) => after,
                    Err(RecvTimeoutError::Timeout) => {
                        daily();
                        LOOK
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                };
            }
        };
        // Without the thread no backup is made by itself, and the list of backups shows when the last one was made.
        let _ = std::thread::Builder::new().name("backups".to_owned()).spawn(run);
    }

    /// Notes that a book was opened.
    pub fn hear(&self) {
        let _ = self.opened.lock().unwrap_or_else(PoisonError::into_inner).send(());
    }

    /// Stops a daily backup that is being made. While this is held, none is made and the book is not borrowed for one.
    pub fn pause(&self) -> MutexGuard<'_, ()> {
        self.stop.store(true, Ordering::Relaxed);
        let held = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        self.stop.store(false, Ordering::Relaxed);
        held
    }

    /// Why the last backup could not be made.
    pub fn problem(&self) -> Option<CallError> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, problem: Option<CallError>) {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
    }
}
