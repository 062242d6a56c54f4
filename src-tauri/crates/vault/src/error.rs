//! What can go wrong with keys.

use serde::Serialize;
use thiserror::Error;

/// An error of this crate. No variant carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum VaultError {
    /// This PC has no key store, or it does not answer (no Secret Service on the bus, locked, access refused).
    #[serde(rename = "vault.unavailable")]
    #[error("the key store does not answer: {reason}")]
    Unavailable {
        /// The message of the operating system.
        reason: String,
    },
    /// The entry of this name cannot be read: it is broken, or there are two of them.
    #[serde(rename = "vault.bad-entry")]
    #[error("the key store's entry {name} cannot be used: {reason}")]
    BadEntry { name: String, reason: String },
    /// The secret is longer than the key store of the platform permits.
    #[serde(rename = "vault.too-long")]
    #[error("the key store takes no secret as long as that of {name}")]
    TooLong { name: String },
    /// A key cannot be derived from a text without characters.
    #[serde(rename = "vault.empty-passphrase")]
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// A text has the form of a recovery key, and its check character does not fit the others.
    #[serde(rename = "vault.mistyped-recovery-key")]
    #[error("the recovery key was mistyped")]
    MistypedRecoveryKey,
    /// There was not enough memory to derive a key.
    #[serde(rename = "vault.derivation")]
    #[error("the key could not be derived")]
    Derivation,
}
