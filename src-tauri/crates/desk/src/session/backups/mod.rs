//! Backups that the program makes by itself, encrypted as the book is: every day on which the book is open, before an
//! import of many records, before an older backup takes the book's place, and by hand.
//!
//! - [`files`]: where they lie and how they are called; [`keep`]: which of them are kept
//!
//! A move to another edition leaves its own copy beside the book.

pub(crate) mod files;
pub(crate) mod keep;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use store::NATIONAL_TIME;

use self::files::{Backup, Reason};
use super::api::CallError;
use super::desk::Desk;
use super::open_book::OpenBook;
use super::places::file_error;

/// From how many changed records on an import makes a backup first.
pub(crate) const MANY: u64 = 1_000;

/// How often an open program looks whether a day has begun.
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

    /// Starts the thread: it calls `daily` as soon as a book has been open for `after`, and from time to time, until the
    /// desk is gone.
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

impl Desk {
    /// Makes the backup of today, where the book was changed since the last one.
    pub(crate) fn back_up_daily(&self) {
        let _held = self.backups.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(open) = self.opened() else { return };
        if !self.keeps_backups(&open) {
            return;
        }
        let newest = self.backups_of(&open).into_iter().next();
        let today = self.clock.now().to_zoned(NATIONAL_TIME).date();
        let due = match newest {
            Some(newest) if newest.at.date() == today => false,
            Some(newest) => changed_since(&open, &newest).unwrap_or(true),
            None => true,
        };
        if due {
            match self.make_backup(&open, Reason::Daily, &self.backups.stop) {
                Ok(_) => self.backups.note(None),
                Err(problem) => self.backups.note(Some(problem)),
            }
        }
    }

    /// Whether the program makes backups of this book: not of the invented college, and not of what it only reads.
    pub(crate) fn keeps_backups(&self, open: &OpenBook) -> bool {
        !open.is_sample() && !open.book.is_read_only()
    }

    /// The backups of the open book, newest first.
    pub(crate) fn backups_of(&self, open: &OpenBook) -> Vec<Backup> {
        files::list(&files::folder(&self.env.home, &open.id))
    }

    /// Makes a backup, opens it to see that it is whole, and removes those that no rule keeps any more.
    pub(crate) fn back_up(&self, open: &OpenBook, reason: Reason) -> Result<(), CallError> {
        let made = self.make_backup(open, reason, &Arc::default());
        self.backups.note(made.as_ref().err().cloned());
        made
    }

    fn make_backup(&self, open: &OpenBook, reason: Reason, stop: &Arc<AtomicBool>) -> Result<(), CallError> {
        let folder = files::folder(&self.env.home, &open.id);
        std::fs::create_dir_all(&folder).map_err(|error| file_error(&error, &folder))?;
        files::clear(&folder);
        let now = self.clock.now();
        let path = files::new(&folder, now, reason);
        if !open.book.back_up_unless(&path, stop)? {
            return Ok(());
        }
        if let Err(error) = open.book.edition_of(&path) {
            let _ = std::fs::remove_file(&path);
            return Err(error.into());
        }
        for old in keep::superfluous(files::list(&folder), now.to_zoned(NATIONAL_TIME).date()) {
            // One that cannot be removed now is removed after a later backup.
            let _ = std::fs::remove_file(&old.path);
        }
        Ok(())
    }
}

/// Whether a step was made or a batch frozen since a backup.
fn changed_since(open: &OpenBook, backup: &Backup) -> Result<bool, CallError> {
    let steps = open.book.history(&store::HistoryQuery { limit: 1, ..store::HistoryQuery::default() })?.steps;
    let batches = open.book.batches(&store::BatchQuery { limit: 1, ..store::BatchQuery::default() })?.batches;
    let moments = steps.iter().map(|step| step.at).chain(batches.iter().map(|batch| batch.frozen_at));
    Ok(moments.into_iter().any(|at| at.to_zoned(NATIONAL_TIME).datetime() >= backup.at))
}
