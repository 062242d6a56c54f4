//! The key store of the platform: Credential Manager on Windows, Keychain on macOS, Secret Service elsewhere.
//!
//! The kernel's keyutils are left out on purpose: they lose their keys at reboot, and a book without its key cannot be
//! opened. On a Linux without a Secret Service on the bus every call fails at once with [`VaultError::Unavailable`];
//! the person is then asked for a passphrase.

use std::panic::resume_unwind;
use std::thread;

use keyring::{Entry, Error};

use crate::{KeyStore, Secret, VaultError};

/// A name without an entry. Reading it shows whether the key store works.
const PROBE: &str = "probe";

/// The key store of the platform. All entries have one service name, so that a person finds them together.
#[derive(Debug, Clone)]
pub struct Keyring {
    service: String,
}

impl Keyring {
    /// The key store with the entries of this service, such as `tianbao`.
    pub fn new(service: impl Into<String>) -> Self {
        Keyring { service: service.into() }
    }

    /// Runs `f` on the entry, on a thread of its own: the Secret Service client blocks on a runtime inside, which
    /// panics when the caller is itself a task of an async runtime.
    fn on_entry<T: Send>(
        &self,
        name: &str,
        f: impl FnOnce(&Entry) -> Result<T, Error> + Send,
    ) -> Result<T, VaultError> {
        let run = || {
            if let Err(error) = Entry::store_status() {
                return Err(VaultError::Unavailable { reason: error.to_string() });
            }
            Entry::new(&self.service, name).and_then(|entry| f(&entry)).map_err(|e| explain(name, e))
        };
        thread::scope(|scope| scope.spawn(run).join()).unwrap_or_else(|panic| resume_unwind(panic))
    }
}

impl KeyStore for Keyring {
    fn probe(&self) -> Result<(), VaultError> {
        self.get(PROBE).map(drop)
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        self.on_entry(name, |entry| match entry.get_secret() {
            Ok(bytes) => Ok(Some(Secret::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.on_entry(name, |entry| entry.set_secret(secret.bytes()))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.on_entry(name, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            other => other,
        })
    }
}

/// Turns an error of the platform into one of this crate. Errors that carry the bytes of the secret lose them here.
fn explain(name: &str, error: Error) -> VaultError {
    let bad = |reason: &str| VaultError::BadEntry { name: name.to_owned(), reason: reason.to_owned() };
    match error {
        Error::TooLong(..) => VaultError::TooLong { name: name.to_owned() },
        Error::BadEncoding(_) | Error::BadDataFormat(..) => bad("the entry has another format"),
        Error::Ambiguous(_) => bad("there are two entries of this name"),
        Error::Invalid(what, why) => bad(&format!("{what}: {why}")),
        other => VaultError::Unavailable { reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_with_secret_bytes_does_not_show_them() {
        let error = explain("book", Error::BadEncoding(b"s3cret".to_vec()));
        assert!(matches!(error, VaultError::BadEntry { .. }));
        assert!(!format!("{error:?} {error}").contains("s3cret"));
        assert!(!format!("{error:?}").contains(&format!("{:?}", b"s3cret")));
    }

    #[test]
    fn a_missing_store_is_unavailable() {
        for error in [Error::NoDefaultStore, Error::NotSupportedByStore("no".into())] {
            assert!(matches!(explain("book", error), VaultError::Unavailable { .. }));
        }
    }
}
