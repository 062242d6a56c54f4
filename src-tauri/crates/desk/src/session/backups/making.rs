//! Making a backup of the open book: daily where something was changed, and whenever a call asks for one.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError};

use store::NATIONAL_TIME;

use super::files::{self, Backup, Occasion};
use super::keep;
use crate::session::api::CallError;
use crate::session::places::file_error;
use crate::session::{Desk, OpenBook};

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
            Some(newest) => differs(&open, &newest).unwrap_or(true),
            None => true,
        };
        if due {
            // The problem is stored, and shown with the list of backups.
            let _ = self.make_backup(&open, Occasion::Daily, &self.backups.stop);
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

    /// Makes a backup and stops a daily one that is being made. Ends without a backup as soon as `stop` is set.
    pub(crate) fn back_up(&self, open: &OpenBook, occasion: Occasion, stop: &Arc<AtomicBool>) -> Result<(), CallError> {
        let _held = self.backups.pause();
        self.make_backup(open, occasion, stop)
    }

    /// Makes a backup and notes why it could not be made. Only one is made at a time, because the halves of others are
    /// cleared.
    fn make_backup(&self, open: &OpenBook, occasion: Occasion, stop: &Arc<AtomicBool>) -> Result<(), CallError> {
        let made = self.copy_checked(open, occasion, stop);
        self.backups.note(made.as_ref().err().cloned());
        made
    }

    /// Copies the book, opens the copy to see that it is whole, and removes those that no rule keeps any more.
    fn copy_checked(&self, open: &OpenBook, occasion: Occasion, stop: &Arc<AtomicBool>) -> Result<(), CallError> {
        let folder = files::folder(&self.env.home, &open.id);
        std::fs::create_dir_all(&folder).map_err(|error| file_error(&error, &folder))?;
        files::clear(&folder);
        let now = self.clock.now();
        let path = files::new(&folder, now, occasion);
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

/// Whether the book has other steps or batches than a backup, or opens with another key.
fn differs(open: &OpenBook, backup: &Backup) -> Result<bool, CallError> {
    let copy = open.book.copy_state(&backup.path)?;
    let steps = open.book.history(&store::HistoryQuery { limit: 1, ..store::HistoryQuery::default() })?.steps;
    let batches = open.book.batches(&store::BatchQuery { limit: 1, ..store::BatchQuery::default() })?.batches;
    let last_step = steps.first().map_or(0, |step| step.step);
    let last_batch = batches.first().map_or(0, |batch| batch.id);
    Ok((copy.last_step, copy.last_batch) != (last_step, last_batch))
}
