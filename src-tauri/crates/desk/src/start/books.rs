//! Making, opening and closing draft books, and the keys they are opened with.
//!
//! A book with a passphrase is opened with it, on any PC. A book without one has a random key in this PC's key store
//! ([`keys`]).

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use store::{Book, BookKey, NewBook, Salt, StoreError};

use super::sample as sample_college;
use crate::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::keys;
use crate::session::open_book::{Open, SAMPLE};
use crate::session::places::{ThisPc, file_error, free_name};
use crate::settings::api::{Department, Settings};
use crate::start::api::{BookHead, College, CreateBook, OpenBook, StartState};

/// `start.state`.
pub(crate) fn start(desk: &Desk, _: Nothing) -> Result<StartState, CallError> {
    // The newest first: that is what a new book is made of, unless the clerk says otherwise.
    let mut editions = crate::standards::shelf::list(desk, Nothing {})?;
    editions.sort_by(|a, b| b.issued.cmp(&a.issued));
    Ok(StartState {
        editions,
        recent: ThisPc::read(&desk.env).recent(),
        key_store: desk.env.keys.probe().is_ok(),
        open: desk.opened().ok().map(|open| open.head()),
        folder: desk.env.books.display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// `book.head`.
pub(crate) fn head(desk: &Desk, _: Nothing) -> Result<BookHead, CallError> {
    Ok(desk.opened()?.head())
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
    let passphrase = request.passphrase.clone().or_else(|| desk.env.passphrase.clone());
    let first = NewBook {
        school: settings.college.code.clone(),
        settings: vec![
            (
                crate::settings::college::SETTING.to_owned(),
                serde_json::to_value(&settings).map_err(|_| CallError::failed("settings are not JSON"))?,
            ),
            (SAMPLE.to_owned(), request.sample.into()),
        ],
    };
    let make = |key: &BookKey| Ok(Book::create(&path, key, &salt, edition.clone(), &first)?);
    let book = match passphrase {
        Some(passphrase) => make(&derived(&passphrase, &salt)?)?,
        None => match keys::replace(&desk.env, &salt, make) {
            // The invented college can be looked at on a PC whose key store keeps nothing, too.
            Err(error) if request.sample && error.code.starts_with("vault.") => {
                make(&derived(sample_college::PASSPHRASE, &salt)?)?
            }
            Err(error) => {
                // Without a book its key is of no use to anybody.
                let _ = keys::forget(&desk.env, &salt);
                return Err(error);
            }
            Ok(made) => made,
        },
    };
    let open = Open::new(path, book)?;
    if request.sample {
        sample_college::put_in(desk, &open, request.job)?;
    }
    take_up(desk, open)
}

/// The invented college in the place of what was left empty.
fn fill_in_sample(settings: &mut Settings, edition: &standard::Edition) -> Result<(), CallError> {
    let college = sample::college(edition);
    settings.college =
        College { code: college.code.to_owned(), name: college.name.to_owned(), region: college.region.to_owned() };
    settings.period = college.period.to_owned();
    settings.term_end = college.term_end.to_owned();
    let departments = sample::departments(edition).into_iter();
    settings.departments = departments.map(|(name, tables)| Department { name, tables }).collect();
    Ok(())
}

/// `book.open`.
pub(crate) fn open(desk: &Desk, request: OpenBook) -> Result<BookHead, CallError> {
    let path = absolute(&request.path)?;
    let salt = store::read_salt(&path)?;
    // The same book again is a new look at it; another one takes the place of the open one only when it is open itself.
    if desk.opened().is_ok_and(|open| open.path == path) {
        release(desk)?;
    }
    let book = match &request.passphrase {
        Some(passphrase) => open_with(desk, &path, &derived(passphrase, &salt)?).map_err(not_this_passphrase),
        None => open_with_known_keys(desk, &path, &salt),
    };
    let head = take_up(desk, Open::new(path, book.map_err(|error| why_not(desk, error))?)?)?;
    crate::standards::migrate::check_if_due(desk)?;
    Ok(head)
}

fn open_with(desk: &Desk, path: &Path, key: &BookKey) -> Result<Book, StoreError> {
    Book::open(path, key, |id| desk.standards.edition(id))
}

/// Where the edition is at hand but cannot be used, the error says why.
fn why_not(desk: &Desk, error: CallError) -> CallError {
    let edition = error.params.get("edition").filter(|_| error.code == "book.unknown-edition");
    let problem = edition.and_then(|id| desk.standards.find(id)).and_then(|one| Some((one.id, one.edition.err()?)));
    match problem {
        Some((id, problem)) => crate::standards::unusable(&id, &problem),
        None => error,
    }
}

/// With this PC's key store; else with the environment's passphrase; else with the one that everybody may know.
fn open_with_known_keys(desk: &Desk, path: &Path, salt: &Salt) -> Result<Book, CallError> {
    let kept = keys::kept(&desk.env, salt);
    for key in &kept {
        match open_with(desk, path, key) {
            Err(StoreError::WrongKey { .. }) => {}
            opened => return Ok(opened?),
        }
    }
    if let Some(passphrase) = &desk.env.passphrase {
        return open_with(desk, path, &derived(passphrase, salt)?).map_err(not_this_passphrase);
    }
    match open_with(desk, path, &derived(sample_college::PASSPHRASE, salt)?) {
        Err(StoreError::WrongKey { .. }) => Err(CallError::new("book.passphrase-needed").with("file", path.display())),
        opened => Ok(opened?),
    }
}

/// A wrong key is, where a passphrase made it, a wrong passphrase.
fn not_this_passphrase(error: StoreError) -> CallError {
    match error {
        StoreError::WrongKey { file } => CallError::new("book.wrong-passphrase").with("file", file),
        other => other.into(),
    }
}

/// `book.close`. Without an open book there is nothing to do.
pub(crate) fn close(desk: &Desk, _: Nothing) -> Result<Nothing, CallError> {
    release(desk)?;
    desk.tell(Changed::Book);
    Ok(Nothing {})
}

/// Gives the open book back, if there is one. A call that still works on it keeps it open until it is done.
fn release(desk: &Desk) -> Result<(), CallError> {
    let open = desk.open.write().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(open) = open.and_then(Arc::into_inner) {
        open.book.close()?;
    }
    Ok(())
}

/// Puts a book in the place of the open one.
fn take_up(desk: &Desk, open: Open) -> Result<BookHead, CallError> {
    let head = open.head();
    ThisPc::read(&desk.env).remember(&desk.env, &open.path, &head.college.name, &head.edition)?;
    release(desk)?;
    *desk.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(open));
    desk.tell(Changed::Book);
    Ok(head)
}

/// Encrypts the open book with a passphrase, or with a random key of this PC's key store.
pub(crate) fn change_key(desk: &Desk, open: &Open, passphrase: Option<String>) -> Result<(), CallError> {
    let salt = store::read_salt(&open.path)?;
    let copy = crate::standards::migrate::kept_copy(open)?;
    let encrypt = |key: &BookKey| -> Result<(), CallError> {
        // The copy first: under a key that nobody keeps any more it would be lost.
        if let Some(copy) = &copy {
            open.book.change_key_of(copy, key)?;
        }
        Ok(open.book.change_key(key)?)
    };
    match passphrase {
        Some(passphrase) => {
            encrypt(&derived(&passphrase, &salt)?)?;
            // What the key store had opens nothing any more; one that does not answer now is asked in vain later, no more.
            let _ = keys::forget(&desk.env, &salt);
            Ok(())
        }
        None => keys::replace(&desk.env, &salt, encrypt),
    }
}

fn derived(passphrase: &str, salt: &Salt) -> Result<BookKey, CallError> {
    Ok(BookKey::new(*vault::derive(passphrase, salt)?))
}

fn absolute(path: &str) -> Result<PathBuf, CallError> {
    std::path::absolute(path).map_err(|e| file_error(&e, Path::new(path)))
}
