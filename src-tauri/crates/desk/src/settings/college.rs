//! The college's settings, kept in the book.

use std::path::Path;

use store::BookKey;
use vault::RecoveryKey;

use super::api::{BackUp, ChangePassphrase, CopiedBook};
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::attempts;
use crate::session::kept_copy::kept_copy;
use crate::session::keys::{self, derived};
use crate::session::lock::BookLock;
use crate::session::places::file_error;
use crate::session::settings::Settings;
use crate::session::{Desk, OpenBook};
use crate::verify::drift;
use crate::verify::recheck::recheck_wide;

/// `settings.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Settings, CallError> {
    Ok(desk.opened()?.settings())
}

/// `settings.set`.
pub(crate) fn set(desk: &Desk, request: Settings) -> Result<Settings, CallError> {
    let open = desk.opened()?;
    request.check(&open.edition)?;
    let before = open.period();
    if request.period != before {
        drift::states::close(desk, &open, &before)?;
    }
    open.keep_settings(request)?;
    if open.period() != before {
        recheck_wide(&open, &desk.job(0))?;
        drift::refresh(&open, &open.edition.tables)?;
    }
    desk.tell(Changed::Book);
    Ok(open.settings())
}

/// `settings.passphrase`: the same book under another key.
pub(crate) fn passphrase(desk: &Desk, request: ChangePassphrase) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    let before = open.lock(&desk.env)?;
    if before == BookLock::Password {
        let salt = store::read_salt(&open.path)?;
        attempts::allowed(&desk.env, &salt)?;
        let typed =
            request.old.as_deref().filter(|old| !old.is_empty()).map(|old| keys::typed(old, &salt)).transpose()?;
        if !typed.into_iter().flatten().any(|(key, _)| open.book.has_key(&key)) {
            attempts::note_wrong(&desk.env, &salt);
            return Err(CallError::new("book.wrong-old-passphrase"));
        }
        attempts::note_right(&desk.env, &salt);
    }
    let recovery = request.recovery_key.as_deref().map(keys::recovery_key).transpose()?;
    change_key(desk, &open, Some(request.new).filter(|new| !new.is_empty()), recovery)?;
    desk.tell(Changed::Book);
    Ok(Nothing {})
}

/// `settings.back_up`.
pub(crate) fn back_up(desk: &Desk, request: BackUp) -> Result<CopiedBook, CallError> {
    let open = desk.opened()?;
    let lock = open.lock(&desk.env)?;
    if request.elsewhere && lock == BookLock::ThisPc && !open.is_sample() {
        return Err(CallError::new("copy.only-this-pc"));
    }
    let target = Path::new(&request.path);
    if target.exists() && same_file(target, &open) {
        return Err(CallError::new("file.is-the-book").with("file", &request.path));
    }
    open.book.back_up(target)?;
    open.book.examine_copy(target)?;
    let bytes = std::fs::metadata(target).map_err(|error| file_error(&error, target))?.len();
    Ok(CopiedBook { file: request.path, bytes, lock })
}

fn same_file(target: &Path, open: &OpenBook) -> bool {
    matches!((target.canonicalize(), open.path.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Encrypts the open book with a password, or with a key of this PC's key store: that of a recovery key, or a random
/// one.
fn change_key(
    desk: &Desk,
    open: &OpenBook,
    passphrase: Option<String>,
    recovery: Option<RecoveryKey>,
) -> Result<(), CallError> {
    let salt = store::read_salt(&open.path)?;
    let copy = kept_copy(open)?;
    // No check runs while the key changes, and none keeps a connection with the old one.
    let _held = open.hold();
    open.extensions.clear();
    let encrypt = |key: &BookKey| -> Result<(), CallError> {
        // The copy comes first: if the book had its new key and the copy failed, the key of the copy would be stored
        // nowhere.
        if let Some(copy) = &copy {
            open.book.change_key_of(copy, key)?;
        }
        Ok(open.book.change_key(key)?)
    };
    let lock = match (passphrase, recovery) {
        (Some(passphrase), _) => {
            encrypt(&derived(&passphrase, &salt)?)?;
            // The old key opens nothing any more. If the key store does not answer now, a later lookup just finds a
            // useless key.
            let _ = keys::forget(&desk.env, &salt);
            BookLock::Password
        }
        (None, Some(recovery)) => {
            keys::replace_recoverable(&desk.env, &salt, &recovery, encrypt)?;
            BookLock::RecoveryKey
        }
        (None, None) => {
            keys::replace(&desk.env, &salt, encrypt)?;
            BookLock::ThisPc
        }
    };
    open.note_lock(lock)
}
