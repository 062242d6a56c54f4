//! The open book with what goes with it: edition, settings, and the rehearsal receiver where one runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde_json::Value;
use standard::Edition;
use standard::overlay::{Overlay, OverlayProblem};
use store::Book;

use super::api::CallError;
use super::extensions::Extensions;
use super::own;
use super::settings::{SETTING, Settings};

/// Name of the connection to the receiver inside the program.
pub const REHEARSAL: &str = "rehearsal";

/// Setting of the book that says whether its college is the invented one.
pub(crate) const SAMPLE: &str = "sample";

/// Setting of a book whose findings may be outdated: all of it is checked when it is opened.
pub(crate) const CHECK_DUE: &str = "check-due";

/// The book that is open, with what was read from it at opening: edition, additions, settings, the lock of changes.
pub struct OpenBook {
    /// What rooms keep beside the book, until a call has the book to itself. It stands before `book`, because fields
    /// are dropped in this order: a connection that only reads cannot fold the log (`-wal`) into the file, so the
    /// book's own connection has to be the last one that closes.
    pub(crate) extensions: Extensions,
    pub(crate) path: PathBuf,
    /// Identifies the book: the salt at the head of its file, in hex. A copy has the same.
    pub(crate) id: String,
    pub(crate) book: Book,
    /// The edition as this college has it: with its own additions.
    pub(crate) edition: Arc<Edition>,
    /// The edition as it was published.
    pub(crate) base: Arc<Edition>,
    /// Own additions that have no place in the edition as it is now.
    pub(crate) overlay_problems: Vec<OverlayProblem>,
    pub(crate) rehearsal: tokio::sync::Mutex<Option<center::Running>>,
    settings: RwLock<Settings>,
    sample: bool,
    changing: Mutex<()>,
}

impl OpenBook {
    /// Wraps a book that was made or opened with an edition as published, and reads its settings.
    pub(crate) fn new(path: PathBuf, book: Book) -> Result<OpenBook, CallError> {
        let damaged = || CallError::new("book.damaged").with("file", path.display());
        let settings = book.setting(SETTING)?.ok_or_else(damaged)?;
        let settings: Settings = serde_json::from_value(settings).map_err(|_| damaged())?;
        let sample = book.setting(SAMPLE)?.is_some_and(|v| v == true);
        let salt = store::read_salt(&path)?;
        let mut open = OpenBook {
            id: hex::encode(salt),
            edition: book.edition().clone(),
            base: book.edition().clone(),
            overlay_problems: Vec::new(),
            settings: RwLock::new(settings),
            rehearsal: tokio::sync::Mutex::default(),
            extensions: Extensions::default(),
            changing: Mutex::default(),
            path,
            book,
            sample,
        };
        open.lay()?;
        Ok(open)
    }

    /// Held from a change until it is checked, while a table is checked, and while rows are frozen, so that no check
    /// writes findings that an edit has removed meanwhile, and no unchecked record is sent.
    pub(crate) fn hold(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads edition, settings and additions again after the file was replaced or moved to another edition.
    pub(crate) fn read_again(&mut self, base: Arc<Edition>) -> Result<(), CallError> {
        let damaged = || CallError::new("book.damaged").with("file", self.path.display());
        let settings = self.book.setting(SETTING)?.ok_or_else(damaged)?;
        self.settings = RwLock::new(serde_json::from_value(settings).map_err(|_| damaged())?);
        // A running receiver was started with the edition before.
        self.rehearsal = tokio::sync::Mutex::default();
        // The edition is set first, so that it fits the file even if laying the additions over it fails.
        self.edition = self.book.edition().clone();
        self.base = base;
        self.lay()
    }

    /// Closes the book: what rooms keep beside it first, then the file ([`OpenBook::extensions`] says why).
    pub(crate) fn close(self) -> Result<(), CallError> {
        self.extensions.clear();
        Ok(self.book.close()?)
    }

    /// The settings as they are now.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps settings that have been checked, and a new school code in every record with them, in one transaction.
    pub(crate) fn keep_settings(&self, settings: Settings) -> Result<(), CallError> {
        let value = serde_json::to_value(&settings).map_err(|_| CallError::failed("settings are not JSON"))?;
        self.book.set_settings(&[(SETTING, &value)], Some(&settings.college.code))?;
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// The additions of the college that the book holds.
    pub(crate) fn own(&self) -> Result<Overlay, CallError> {
        match self.book.setting(own::SETTING)? {
            None => Ok(Overlay::default()),
            Some(value) => serde_json::from_value(value)
                .map_err(|_| CallError::new("book.damaged").with("file", self.path.display())),
        }
    }

    /// Lays the book's additions over the edition that it has.
    fn lay(&mut self) -> Result<(), CallError> {
        let own = self.own()?;
        self.put_over(&own, None)
    }

    /// Lays these additions over the edition, and with `keep` writes them into the book in the same transaction.
    pub(crate) fn put_over(&mut self, own: &Overlay, keep: Option<&Value>) -> Result<(), CallError> {
        let (edition, problems) = own::laid(&self.base, own);
        self.book.lay(edition, keep.map(|value| (own::SETTING, value)))?;
        self.edition = self.book.edition().clone();
        self.overlay_problems = problems;
        Ok(())
    }

    /// The current period.
    pub(crate) fn period(&self) -> String {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).period.clone()
    }

    /// The connection whose states and numbers are shown; empty where none is chosen. No batch has an empty connection,
    /// so a rehearsal is never shown as a submission.
    pub(crate) fn current_connection(&self) -> String {
        self.settings().connection
    }

    /// Whether this is the invented college.
    pub(crate) fn is_sample(&self) -> bool {
        self.sample
    }
}

/// Removes what rehearsals of earlier builds left: folders with their key beside them, which anybody can read. Folders
/// of this build have their key in the book. What cannot be removed stays for the next start.
pub(crate) fn remove_readable_rehearsals(home: &Path) {
    let Ok(folders) = std::fs::read_dir(home.join(REHEARSAL)) else { return };
    for folder in folders.flatten().map(|entry| entry.path()).filter(|folder| folder.join("inbox.key").exists()) {
        drop(std::fs::remove_dir_all(folder));
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::desk_with_book;

    #[test]
    fn rehearsals_that_anybody_can_read_are_removed() {
        let home = tempfile::tempdir().unwrap();
        let of = |name: &str| home.path().join("rehearsal").join(name);
        for (name, files) in [("old", &["inbox.db", "inbox.key"][..]), ("new", &["inbox.db"])] {
            std::fs::create_dir_all(of(name)).unwrap();
            files.iter().for_each(|file| std::fs::write(of(name).join(file), "x").unwrap());
        }
        super::remove_readable_rehearsals(home.path());
        assert!(!of("old").exists() && of("new").join("inbox.db").exists());
    }

    #[test]
    fn the_school_code_and_the_settings_change_in_one_transaction() {
        let home = tempfile::tempdir().unwrap();
        let (_desk, open) = desk_with_book(home.path());
        let mut settings = open.settings();
        settings.college.code = "4144010002".to_owned();
        let before = open.book.effort().commits;
        open.keep_settings(settings.clone()).unwrap();
        assert_eq!(open.book.effort().commits - before, 1);
        assert_eq!(open.book.school().unwrap(), "4144010002");
        assert_eq!(open.settings(), settings);
    }
}
