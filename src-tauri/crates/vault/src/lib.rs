//! The keys of the draft book and the secrets of its connections; the only crate that uses the key store of the PC.
//!
//! - [`Secret`]: a value that never shows itself and is wiped when it is dropped.
//! - [`derive()`](derive()): passphrase to book key, by Argon2id over the salt that the book's own file carries.
//! - [`KeyStore`]: where this PC keeps secrets; [`Keyring`] is the real one, [`MemoryKeys`] serves tests.
//!
//! Left out on purpose: the book's file and its cipher (`store`), and the choice between key store and passphrase
//! (`desk`).

mod derive;
mod error;
mod keyring;
mod keystore;
mod memory;
mod secret;

pub use derive::derive;
pub use error::VaultError;
pub use keyring::Keyring;
pub use keystore::KeyStore;
pub use memory::MemoryKeys;
pub use secret::Secret;
