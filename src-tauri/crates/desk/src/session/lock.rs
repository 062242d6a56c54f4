//! What opens a book: a password, a recovery key, or nothing but the key store of one PC.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Salt;
use ts_rs::TS;
use vault::RecoveryKey;

use super::api::CallError;
use super::env::Env;
use super::keys;
use super::open_book::OpenBook;

/// Setting of the book that holds its [`BookLock`]. Books made before it was written have none.
pub(crate) const SETTING: &str = "lock";

/// What opens a book and the backups that were made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BookLock {
    /// A password, on any PC.
    Password,
    /// The key store of this PC, and on any other PC the recovery key that a person has written down.
    RecoveryKey,
    /// Nothing but the key store of this PC: book and backups are lost with it.
    ThisPc,
}

impl OpenBook {
    /// What opens this book. If the book has no such setting, the key store tells it, because it holds only keys of
    /// books without a password.
    pub(crate) fn lock(&self, env: &Env) -> Result<BookLock, CallError> {
        let told = self.book.setting(SETTING)?.and_then(|value| serde_json::from_value(value).ok());
        if let Some(told) = told {
            return Ok(told);
        }
        let salt = store::read_salt(&self.path)?;
        let kept = keys::kept(env, &salt).iter().any(|key| self.book.has_key(key));
        Ok(if kept { BookLock::ThisPc } else { BookLock::Password })
    }

    /// Notes what opens this book.
    pub(crate) fn note_lock(&self, lock: BookLock) -> Result<(), CallError> {
        Ok(self.book.set_setting(SETTING, &written(lock)?)?)
    }

    /// Keeps the key of a book that was opened here with its recovery key.
    pub(crate) fn remember_on_this_pc(&self, env: &Env, salt: &Salt, recovery: &RecoveryKey) -> Result<(), CallError> {
        match self.lock(env)? {
            BookLock::RecoveryKey => keys::keep_recovered(env, salt, recovery),
            BookLock::Password | BookLock::ThisPc => Ok(()),
        }
    }
}

/// The value of [`SETTING`].
pub(crate) fn written(lock: BookLock) -> Result<Value, CallError> {
    serde_json::to_value(lock).map_err(|_| CallError::failed("the lock of the book is not JSON"))
}
