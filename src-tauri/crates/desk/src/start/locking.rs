//! Locking the open book while nobody is at the PC: until its password is entered, no call reads or changes it. What runs
//! by itself, such as a submission, goes on.

use std::sync::atomic::Ordering;

use store::AuditEvent;

use super::api::Unlock;
use super::books::wrong;
use crate::session::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::lock::BookLock;
use crate::session::{attempts, keys};

/// `book.lock`. A book that opens on this PC without a password cannot be locked.
pub(crate) fn lock(desk: &Desk, _: Nothing) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    if open.lock(&desk.env)? != BookLock::Password {
        return Err(CallError::new("book.no-password").with("file", open.path.display()));
    }
    desk.locked.store(true, Ordering::Relaxed);
    desk.tell(Changed::Book);
    Ok(Nothing {})
}

/// `book.unlock`.
pub(crate) fn unlock(desk: &Desk, request: Unlock) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    let salt = store::read_salt(&open.path)?;
    attempts::allowed(&desk.env, &salt)?;
    let typed = keys::typed(&request.passphrase, &salt)?;
    if !typed.iter().any(|(key, _)| open.book.has_key(key)) {
        attempts::note_wrong(&desk.env, &salt);
        return Err(wrong(&open.path, Some(&request.passphrase)));
    }
    let wrong = attempts::note_right(&desk.env, &salt);
    desk.locked.store(false, Ordering::Relaxed);
    if wrong > 0 {
        desk.enter_event(AuditEvent::WrongPassword, String::new(), Some(wrong.into()), "done");
    }
    // What the page asked for meanwhile was refused.
    desk.tell(Changed::Everything);
    Ok(Nothing {})
}
