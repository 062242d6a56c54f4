//! The state of the program: its environment, the editions at hand, and at most one open book.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use standard::Edition;
use ts_rs::TS;

use super::api::{CallError, Cancel, Changed, Nothing};
use super::background::Background;
use super::backups::Backups;
use super::clock::KnownClock;
use super::editions::unusable;
use super::env::Env;
use super::events::{Event, Events, Listener};
use super::folding::Folding;
use super::jobs::{Job, Jobs};
use super::log::Log;
use super::open_book::OpenBook;
use super::places::ThisPc;
use super::shelf::Shelf;
use super::shown_state::Driven;
use super::slot::{BookSlot, BorrowedBook};

/// The use cases over at most one open book.
pub struct Desk {
    pub(crate) env: Env,
    /// The best known time.
    pub(crate) clock: KnownClock,
    pub(crate) log: Log,
    pub(crate) standards: Shelf,
    pub(crate) book: BookSlot,
    pub(crate) jobs: Jobs,
    /// Held while batches are sent or results asked for: only one call at a time has an exchange with a receiver.
    pub(crate) exchange: tokio::sync::Mutex<()>,
    /// Which connection is sent to at the moment.
    pub(crate) driven: Driven,
    pub(crate) folding: Folding,
    pub(crate) backups: Backups,
    /// Checks that run after an edit has been answered.
    pub(crate) background: Background,
    /// Whether the open book is locked until its password is entered again.
    pub(crate) locked: AtomicBool,
    /// Whether the audit log does not have yet that the book was opened.
    pub(crate) opening_to_enter: AtomicBool,
    wanted: Mutex<Option<WantedBook>>,
    events: Events,
}

/// A book that the program was started with, or that a later start of the program was given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WantedBook {
    /// Path of the book's file.
    pub path: String,
    /// Why it could not be opened; absent where that was not tried, because another book may be open.
    pub error: Option<CallError>,
}

impl Desk {
    /// A desk with the built-in editions, those installed on this PC, and no book open.
    pub fn new(env: Env) -> Result<Arc<Desk>, CallError> {
        super::half_files::sweep(&env.home);
        let standards = Shelf::open(&env)?;
        super::open_book::remove_readable_rehearsals(&env.home);
        let events = Events::default();
        let (folding, heard) = Folding::new();
        let (backups, opened) = Backups::new();
        let desk = Arc::new(Desk {
            log: Log::new(&env.home),
            clock: KnownClock::new(&env),
            env,
            standards,
            book: BookSlot::default(),
            jobs: Jobs::new(events.clone()),
            exchange: tokio::sync::Mutex::default(),
            driven: Driven::default(),
            folding,
            backups,
            background: Background::default(),
            locked: AtomicBool::default(),
            opening_to_enter: AtomicBool::default(),
            wanted: Mutex::default(),
            events,
        });
        let for_folding = Arc::downgrade(&desk);
        Folding::start(heard, move || {
            let Some(desk) = for_folding.upgrade() else { return ControlFlow::Break(()) };
            let _held = desk.folding.pause();
            if let Ok(open) = desk.opened() {
                open.book.fold();
            }
            ControlFlow::Continue(())
        });
        let for_backups = Arc::downgrade(&desk);
        Backups::start(opened, desk.env.backup_after, move || {
            if let Some(desk) = for_backups.upgrade() {
                desk.back_up_daily();
            }
        });
        Ok(desk)
    }

    /// Events from now on.
    pub fn subscribe(&self) -> Listener {
        self.events.subscribe()
    }

    /// Sends a change to all listeners.
    pub(crate) fn tell(&self, changed: Changed) {
        self.folding.hear();
        self.events.send(Event::Changed(changed));
    }

    /// Tells all listeners that another file is the open book now, such as after a restore, so that every earlier
    /// answer is stale.
    pub(crate) fn tell_replaced(&self) -> Result<(), CallError> {
        let open = self.opened()?;
        ThisPc::read(&self.env).remember(&self.env, &open.path, &open.settings().college.name, &open.base.id);
        let tables = open.edition.tables.iter().map(|table| table.name.clone()).collect();
        for changed in [Changed::Book, Changed::Batches, Changed::Proposals, Changed::Tables { tables, step: None }] {
            self.tell(changed);
        }
        Ok(())
    }

    /// The open book, or `book.none-open`.
    pub(crate) fn opened(&self) -> Result<BorrowedBook, CallError> {
        self.book.borrow()
    }

    /// Stores which book the program was started with and could not open; `None` forgets it. The first screen asks for
    /// its password, or says what is wrong.
    pub fn want(&self, book: Option<WantedBook>) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = book;
    }

    /// Notes a book that a later start of the program was given, and lets the page open it; nothing where it is open.
    pub fn hand_over(&self, path: &Path) {
        if self.opened().is_ok_and(|open| open.path == path) {
            return;
        }
        self.want(Some(WantedBook { path: path.display().to_string(), error: None }));
        self.tell(Changed::Book);
    }

    /// The book that [`Desk::want`] noted.
    pub(crate) fn wanted(&self) -> Option<WantedBook> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs `work` with the open book to itself ([`BookSlot::alone`]).
    pub(crate) fn alone<T>(&self, work: impl FnOnce(&mut OpenBook) -> Result<T, CallError>) -> Result<T, CallError> {
        let _held = (self.backups.pause(), self.background.pause());
        self.book.alone(work)
    }

    /// Begins a long call ([`Jobs::begin`]).
    pub(crate) fn job(&self, number: u32) -> Job<'_> {
        self.jobs.begin(number, self.clock.latest_day())
    }

    /// The edition of this name; absent: that of the open book, else the newest one installed.
    pub(crate) fn edition(&self, id: Option<&str>) -> Result<Arc<Edition>, CallError> {
        match id {
            Some(id) => match self.standards.find(id).map(|one| one.edition) {
                Some(Ok(edition)) => Ok(edition),
                Some(Err(problem)) => Err(unusable(id, &problem)),
                None => Err(CallError::new("edition.unknown").with("edition", id)),
            },
            None => match self.opened() {
                Ok(open) => Ok(open.edition.clone()),
                Err(_) => self.newest_edition(),
            },
        }
    }

    fn newest_edition(&self) -> Result<Arc<Edition>, CallError> {
        let newest = self.standards.editions().into_iter().max_by(|a, b| a.issued.cmp(&b.issued));
        newest.ok_or_else(|| CallError::new("edition.unknown").with("edition", ""))
    }
}

/// `job.cancel`.
pub(crate) fn cancel(desk: &Desk, request: Cancel) -> Result<Nothing, CallError> {
    desk.jobs.cancel(request.job);
    Ok(Nothing {})
}
