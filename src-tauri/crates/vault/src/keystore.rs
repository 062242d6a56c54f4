//! Where this PC keeps secrets.

use crate::{Secret, VaultError};

/// A place that keeps secrets by name, for the person who is logged in to this PC.
///
/// Names are the caller's, such as a book's path or `connection/NAME/password`. Calls may ask the person to unlock
/// the store and so can take long: not for a thread that paints the window.
pub trait KeyStore: Send + Sync {
    /// Whether the store answers. Asks by reading, so that nothing is left behind; a failure says why.
    fn probe(&self) -> Result<(), VaultError>;

    /// The secret of this name; `None` where none is kept.
    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError>;

    /// Keeps the secret under this name, in the place of an older one.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), VaultError>;

    /// Forgets the secret; a name that is not kept is no error.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}
