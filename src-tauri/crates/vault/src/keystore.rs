//! The interface of a key store.

use crate::{Secret, VaultError};

/// Keeps secrets by name, for the person who is logged in to this PC.
///
/// The caller chooses the names, such as a book's path. A call may ask the person to unlock
/// the store and then takes long, so it must not run on the thread that draws the window.
pub trait KeyStore: Send + Sync {
    /// Checks that the key store answers, by reading an entry; the error says why it does not.
    fn probe(&self) -> Result<(), VaultError>;

    /// The secret of this name; `None` where there is no entry.
    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError>;

    /// Stores the secret under this name and replaces an older one.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), VaultError>;

    /// Removes the secret. A name without an entry is not an error.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}
