//! Making, opening and closing draft books, and the keys they are opened with.
//!
//! A book with a password is opened with it, on any PC. A book without one has its key in this PC's key store
//! ([`keys`]), and on other PCs it is opened with its recovery key, if it has one.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use store::{AuditEvent, Book, BookKey, NewBook, Salt, StoreError};
use vault::RecoveryKey;

use super::api::{BookHead, CreateBook, NewRecoveryKey, OpenBookFile, RecentBook, StartState};
use super::sample;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::{short_name, unusable};
use crate::session::kept_copy::clear_halves;
use crate::session::keys::{self, derived};
use crate::session::lock::{self, BookLock};
use crate::session::open_book::SAMPLE;
use crate::session::period::Period;
use crate::session::places::{Remembered, ThisPc, file_error, free_name};
use crate::session::risky_place::risky_place;
use crate::session::settings::{College, Department, SETTING, Settings};
use crate::session::shelf::at_hand::{AtHand, EditionSummary};
use crate::session::{Desk, OpenBook, attempts};
use crate::verify::due::check_if_due;

/// `start.state`.
pub(crate) fn start(desk: &Desk, _: Nothing) -> Result<StartState, CallError> {
    // The newest edition comes first, because a new book has it unless the clerk chooses another.
    let mut editions: Vec<EditionSummary> = desk.standards.all().iter().map(AtHand::summary).collect();
    editions.sort_by(|a, b| b.issued.cmp(&a.issued));
    Ok(StartState {
        editions,
        recent: ThisPc::read(&desk.env).recent().iter().map(recent_book).collect(),
        key_store: desk.env.keys.probe().is_ok(),
        locked: desk.locked.load(Ordering::Relaxed),
        open: desk.opened().ok().map(|open| head_of(desk, &open)).transpose()?,
        wanted: desk.wanted(),
        folder: desk.env.books.display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// `book.head`.
pub(crate) fn head(desk: &Desk, _: Nothing) -> Result<BookHead, CallError> {
    head_of(desk, &*desk.opened()?)
}

/// `start.recovery-key`. The program does not store it: the person keeps it, and confirms that by making the book with
/// it.
pub(crate) fn recovery_key(desk: &Desk, _: Nothing) -> Result<NewRecoveryKey, CallError> {
    Ok(NewRecoveryKey { key: RecoveryKey::new(|bytes| (desk.env.random)(bytes)).to_string() })
}

/// The open book as the top bar shows it.
fn head_of(desk: &Desk, open: &OpenBook) -> Result<BookHead, CallError> {
    let settings = open.settings();
    Ok(BookHead {
        path: open.path.display().to_string(),
        edition: open.edition.id.clone(),
        edition_name: short_name(&open.edition),
        period_name: Period::parse(&settings.period).map_or_else(|| settings.period.clone(), Period::words),
        college: settings.college,
        period: settings.period,
        department: settings.department,
        person: settings.person,
        sample: open.is_sample(),
        read_only: open.book.is_read_only(),
        log_set_aside: open.book.log_set_aside().map(|path| path.display().to_string()),
        lock: open.lock(&desk.env)?,
        place: risky_place(&open.path),
    })
}

fn recent_book(book: &Remembered) -> RecentBook {
    RecentBook {
        path: book.path.display().to_string(),
        college: book.college.clone(),
        edition: book.edition.clone(),
        present: book.path.is_file(),
    }
}

/// `book.create`.
pub(crate) fn create(desk: &Desk, request: CreateBook) -> Result<BookHead, CallError> {
    let edition = desk.edition(Some(&request.edition))?;
    let mut settings = Settings::new(request.college, request.period, request.department);
    if request.sample {
        fill_in_sample(&mut settings, &edition)?;
    }
    settings.check(&edition)?;
    let path = match &request.path {
        Some(path) => absolute(path)?,
        None => free_name(&desk.env, &settings.college.name, &edition.id),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| file_error(&e, folder))?;
    }
    let mut salt = Salt::default();
    (desk.env.random)(&mut salt);
    let recovery = request.recovery_key.as_deref().map(keys::recovery_key).transpose()?;
    let passphrase = request.passphrase.clone().or_else(|| desk.env.passphrase.clone());
    let lock = match (&recovery, &passphrase) {
        (Some(_), _) => BookLock::RecoveryKey,
        (None, Some(_)) => BookLock::Password,
        (None, None) => BookLock::ThisPc,
    };
    let first = NewBook {
        school: settings.college.code.clone(),
        settings: vec![
            (
                SETTING.to_owned(),
                serde_json::to_value(&settings).map_err(|_| CallError::failed("settings are not JSON"))?,
            ),
            (SAMPLE.to_owned(), request.sample.into()),
            (lock::SETTING.to_owned(), lock::written(lock)?),
        ],
    };
    let make = |key: &BookKey| Ok(Book::create(&path, key, &salt, edition.clone(), &first)?);
    let kept = match (recovery, passphrase) {
        (Some(recovery), _) => keys::replace_recoverable(&desk.env, &salt, &recovery, make),
        (None, Some(passphrase)) => make(&derived(&passphrase, &salt)?),
        (None, None) => keys::replace(&desk.env, &salt, make),
    };
    let book = match kept {
        // The invented college can also be opened on a PC without a key store.
        Err(error) if request.sample && lock == BookLock::ThisPc && error.code.starts_with("vault.") => {
            make(&derived(sample::PASSPHRASE, &salt)?)?
        }
        Err(error) => {
            // The book could not be made, so its key is removed, if one was kept.
            let _ = keys::forget(&desk.env, &salt);
            return Err(error);
        }
        Ok(made) => made,
    };
    let open = OpenBook::new(path, book)?;
    if request.sample {
        sample::put_in(desk, &open, request.job)?;
    }
    take_up(desk, open)
}

/// Fills what was left empty with the data of the invented college.
fn fill_in_sample(settings: &mut Settings, edition: &standard::Edition) -> Result<(), CallError> {
    let college = ::sample::college(edition);
    settings.college =
        College { code: college.code.to_owned(), name: college.name.to_owned(), region: college.region.to_owned() };
    settings.period = college.period.to_owned();
    settings.term_end = college.term_end.to_owned();
    let departments = ::sample::departments(edition).into_iter();
    settings.departments = departments.map(|(name, tables)| Department { name, tables }).collect();
    Ok(())
}

/// `book.open`. A book that cannot be opened leaves the open one as it is.
pub(crate) fn open(desk: &Desk, request: OpenBookFile) -> Result<BookHead, CallError> {
    let path = absolute(&request.path)?;
    let salt = store::read_salt(&path)?;
    if request.passphrase.is_some() {
        attempts::allowed(&desk.env, &salt)?;
    }
    let typed = request.passphrase.as_deref().map(|text| keys::typed(text, &salt)).transpose()?;
    // The open book has locked its file, so it is closed before it is opened again, but only where its key is known.
    let again = desk.opened().ok().filter(|open| open.path == path);
    if let Some(open) = &again {
        match &typed {
            Some(typed) if typed.iter().any(|(key, _)| open.book.has_key(key)) => {}
            None if has_known_key(desk, open, &salt)? => {}
            None if desk.env.passphrase.is_none() => return Err(passphrase_needed(&path)),
            _ => {
                attempts::note_wrong(&desk.env, &salt);
                return Err(wrong(&path, request.passphrase.as_deref()));
            }
        }
    }
    if again.is_some() {
        drop(again);
        release(desk)?;
    }
    let (book, recovery) = match (typed, &request.passphrase) {
        (Some(typed), Some(text)) => open_with_typed(desk, &path, typed, text),
        _ => (open_with_known_keys(desk, &path, &salt), None),
    };
    let open = book.map_err(|error| why_not(desk, error)).and_then(|book| OpenBook::new(path, book));
    let open = open.inspect_err(|_| desk.tell(Changed::Book))?;
    let wrong_before = attempts::note_right(&desk.env, &salt);
    if let Some(recovery) = &recovery {
        // If the key store does not answer, the recovery key is asked for again the next time.
        let _ = open.remember_on_this_pc(&desk.env, &salt, recovery);
    }
    // The book is locked, so no other program is moving it now.
    clear_halves(&open.path);
    let head = take_up(desk, open)?;
    if wrong_before > 0 {
        desk.enter_event(AuditEvent::WrongPassword, String::new(), Some(wrong_before.into()), "done");
    }
    check_if_due(desk)?;
    Ok(head)
}

fn open_with(desk: &Desk, path: &Path, key: &BookKey) -> Result<Book, StoreError> {
    Book::open(path, key, |id| desk.standards.edition(id))
}

/// Opens a book with one of the keys that were typed, and says which recovery key it was.
fn open_with_typed(
    desk: &Desk,
    path: &Path,
    typed: Vec<(BookKey, Option<RecoveryKey>)>,
    text: &str,
) -> (Result<Book, CallError>, Option<RecoveryKey>) {
    for (key, recovery) in typed {
        match open_with(desk, path, &key) {
            Err(StoreError::WrongKey { .. }) => {}
            opened => return (opened.map_err(Into::into), recovery),
        }
    }
    if let Ok(salt) = store::read_salt(path) {
        attempts::note_wrong(&desk.env, &salt);
    }
    (Err(wrong(path, Some(text))), None)
}

/// The error of a wrong password. A recovery key whose check character does not fit is reported as mistyped.
pub(super) fn wrong(path: &Path, typed: Option<&str>) -> CallError {
    match typed.and_then(RecoveryKey::read) {
        Some(Err(mistyped)) => mistyped.into(),
        _ => CallError::new("book.wrong-passphrase").with("file", path.display()),
    }
}

/// Where the edition is at hand but cannot be used, the error says why.
fn why_not(desk: &Desk, error: CallError) -> CallError {
    let edition = error.params.get("edition").filter(|_| error.code == "book.unknown-edition");
    let problem = edition.and_then(|id| desk.standards.find(id)).and_then(|one| Some((one.id, one.edition.err()?)));
    match problem {
        Some((id, problem)) => unusable(&id, &problem),
        None => error,
    }
}

/// Opens a book with a key of this PC's key store; else with the environment's passphrase; else with the public one of
/// the sample college.
fn open_with_known_keys(desk: &Desk, path: &Path, salt: &Salt) -> Result<Book, CallError> {
    let kept = keys::kept(&desk.env, salt);
    for key in &kept {
        match open_with(desk, path, key) {
            Err(StoreError::WrongKey { .. }) => {}
            opened => return Ok(opened?),
        }
    }
    if let Some(passphrase) = &desk.env.passphrase {
        attempts::allowed(&desk.env, salt)?;
        return open_with_typed(desk, path, keys::typed(passphrase, salt)?, passphrase).0;
    }
    match open_with(desk, path, &derived(sample::PASSPHRASE, salt)?) {
        Err(StoreError::WrongKey { .. }) => Err(passphrase_needed(path)),
        opened => Ok(opened?),
    }
}

/// Whether [`open_with_known_keys`] would find the key of the open book.
fn has_known_key(desk: &Desk, open: &OpenBook, salt: &Salt) -> Result<bool, CallError> {
    let passphrase = desk.env.passphrase.as_deref().unwrap_or(sample::PASSPHRASE);
    let typed = keys::typed(passphrase, salt)?.into_iter().map(|(key, _)| key);
    Ok(keys::kept(&desk.env, salt).into_iter().chain(typed).any(|key| open.book.has_key(&key)))
}

fn passphrase_needed(path: &Path) -> CallError {
    CallError::new("book.passphrase-needed").with("file", path.display())
}

/// `start.decline`: the clerk does not want to open the book that a later start of the program was given.
pub(crate) fn decline(desk: &Desk, _: Nothing) -> Result<Nothing, CallError> {
    desk.want(None);
    desk.tell(Changed::Book);
    Ok(Nothing {})
}

/// `book.close`. Without an open book there is nothing to do.
pub(crate) fn close(desk: &Desk, _: Nothing) -> Result<Nothing, CallError> {
    release(desk)?;
    desk.tell(Changed::Book);
    Ok(Nothing {})
}

/// Closes the open book, if there is one. A call that still uses it keeps it open until the call ends.
fn release(desk: &Desk) -> Result<(), CallError> {
    desk.clock.leave();
    desk.locked.store(false, Ordering::Relaxed);
    desk.opening_to_enter.store(false, Ordering::Relaxed);
    let _not_copied = desk.backups.pause();
    let _not_checked = desk.background.pause();
    let _held = desk.folding.pause();
    match desk.book.replace(None) {
        Some(open) => open.close(),
        None => Ok(()),
    }
}

/// Replaces the open book by another one.
fn take_up(desk: &Desk, open: OpenBook) -> Result<BookHead, CallError> {
    let head = head_of(desk, &open)?;
    ThisPc::read(&desk.env).remember(&desk.env, &open.path, &head.college.name, &head.edition);
    release(desk)?;
    desk.clock.take_up(&open.book)?;
    desk.book.replace(Some(open));
    desk.want(None);
    desk.backups.hear();
    desk.tell(Changed::Book);
    Ok(head)
}

fn absolute(path: &str) -> Result<PathBuf, CallError> {
    std::path::absolute(path).map_err(|e| file_error(&e, Path::new(path)))
}
