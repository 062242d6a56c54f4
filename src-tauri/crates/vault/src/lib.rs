//! The keys of the draft book and the secrets of its connections; the only crate that uses the key store of the PC.
//!
//! - [`Secret`]: bytes that are left out of debug output and wiped from memory when they are dropped.
//! - [`derive()`](derive()): the key of a book from a passphrase, by Argon2id over the salt in the book's file.
//! - [`RecoveryKey`]: a password that the program makes and a person writes down.
//! - [`KeyStore`]: the interface of a key store; [`Keyring`] uses that of the platform, [`MemoryKeys`] one in memory.
//!
//! Left out on purpose: the book's file and its cipher (`store`), and the choice between key store and passphrase
//! (`desk`).

mod derive;
mod error;
mod keyring;
mod keystore;
mod memory;
mod recovery;
mod secret;

pub use derive::derive;
pub use error::VaultError;
pub use keyring::Keyring;
pub use keystore::KeyStore;
pub use memory::MemoryKeys;
pub use recovery::RecoveryKey;
pub use secret::Secret;
