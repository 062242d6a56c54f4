//! The open book with what goes with it: edition, settings, and the rehearsal receiver where one runs.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use standard::Edition;
use store::{Applied, Book, RowChange, Step};

use crate::Desk;
use crate::session::api::CallError;
use crate::session::period::Period;
use crate::settings::api::Settings;
use crate::settings::college::SETTING;
use crate::start::api::BookHead;
use crate::verify::Waiting;

/// Name of the connection to the receiver inside the program.
pub const REHEARSAL: &str = "rehearsal";

/// Setting of the book that says whether its college is the invented one.
pub(crate) const SAMPLE: &str = "sample";

/// An open book.
pub struct Open {
    pub(crate) path: PathBuf,
    /// What tells this book from every other: the salt at the head of its file, in hex. A copy has the same.
    pub(crate) id: String,
    pub(crate) book: Book,
    /// The edition as this college has it: with its own additions.
    pub(crate) edition: Arc<Edition>,
    /// The edition as it was published.
    pub(crate) base: Arc<Edition>,
    /// Own additions that have no place in the edition as it is now.
    pub(crate) overlay_problems: Vec<standard::overlay::OverlayProblem>,
    pub(crate) rehearsal: tokio::sync::Mutex<Option<center::Running>>,
    /// Rules that are too slow to run at each edit.
    pub(crate) waiting: Waiting,
    settings: RwLock<Settings>,
    sample: bool,
    changing: Mutex<()>,
}

impl Open {
    /// Takes a book that was made or opened with an edition as published, with the settings it holds.
    pub(crate) fn new(path: PathBuf, book: Book) -> Result<Open, CallError> {
        let damaged = || CallError::new("book.damaged").with("file", path.display());
        let settings = book.setting(SETTING)?.ok_or_else(damaged)?;
        let settings: Settings = serde_json::from_value(settings).map_err(|_| damaged())?;
        let sample = book.setting(SAMPLE)?.is_some_and(|v| v == true);
        let salt = store::read_salt(&path)?;
        let mut open = Open {
            id: salt.iter().map(|byte| format!("{byte:02x}")).collect(),
            edition: book.edition().clone(),
            base: book.edition().clone(),
            overlay_problems: Vec::new(),
            settings: RwLock::new(settings),
            rehearsal: tokio::sync::Mutex::default(),
            waiting: Waiting::default(),
            changing: Mutex::default(),
            path,
            book,
            sample,
        };
        open.lay()?;
        Ok(open)
    }

    /// Held from a change until it is checked, while a table is checked, and while rows are frozen: a check never puts
    /// back what an edit has mended meanwhile, and nothing unchecked is sent.
    pub(crate) fn hold(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another file, or another edition, stands under the book: what was read from it is read again.
    pub(crate) fn read_again(&mut self, base: Arc<Edition>) -> Result<(), CallError> {
        let damaged = || CallError::new("book.damaged").with("file", self.path.display());
        let settings = self.book.setting(SETTING)?.ok_or_else(damaged)?;
        self.settings = RwLock::new(serde_json::from_value(settings).map_err(|_| damaged())?);
        // A receiver that runs was made for the edition before.
        self.rehearsal = tokio::sync::Mutex::default();
        self.waiting = Waiting::default();
        // Even should the additions not go on: what is asked must fit what the book is.
        self.edition = self.book.edition().clone();
        self.now_of(base)
    }

    /// The settings as they are now.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps settings that have been checked. A new school code goes into every record.
    pub(crate) fn keep_settings(&self, settings: Settings) -> Result<(), CallError> {
        if settings.college.code != self.book.school()? {
            self.book.set_school(&settings.college.code)?;
        }
        let value = serde_json::to_value(&settings).map_err(|_| CallError::failed("settings are not JSON"))?;
        self.book.set_setting(SETTING, &value)?;
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// The current period.
    pub(crate) fn period(&self) -> String {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).period.clone()
    }

    /// The connection that states and numbers speak of; the rehearsal where none is chosen.
    pub(crate) fn current_connection(&self) -> String {
        let connection = self.settings().connection;
        if connection.is_empty() { REHEARSAL.to_owned() } else { connection }
    }

    /// The top bar.
    pub(crate) fn head(&self) -> BookHead {
        let settings = self.settings();
        BookHead {
            path: self.path.display().to_string(),
            edition: self.edition.id.clone(),
            edition_name: crate::standards::short_name(&self.edition),
            period_name: Period::parse(&settings.period).map_or_else(|| settings.period.clone(), Period::words),
            college: settings.college,
            period: settings.period,
            department: settings.department,
            person: settings.person,
            sample: self.sample,
        }
    }
}

impl Desk {
    /// Makes changes as one step of the open book's log. When it returns, they are on disk.
    pub(crate) fn record(
        &self,
        open: &Open,
        kind: &str,
        note: &str,
        changes: &[RowChange],
    ) -> Result<Applied, CallError> {
        let settings = open.settings();
        let step = Step {
            at: (self.env.now)(),
            who: settings.person,
            kind: kind.to_owned(),
            note: note.to_owned(),
            period: settings.period,
        };
        Ok(open.book.apply(&step, changes)?)
    }
}
