//! What can go wrong with keys.

use serde::Serialize;
use thiserror::Error;

/// An error of this room. None carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum VaultError {
    /// This PC has no key store, or it does not answer (no Secret Service on the bus, locked, access refused).
    #[serde(rename = "vault.unavailable")]
    #[error("the key store does not answer: {reason}")]
    Unavailable {
        /// The platform's own words.
        reason: String,
    },
    /// The key store answers, but not for this name: the entry is broken or there are two of them.
    #[serde(rename = "vault.bad-entry")]
    #[error("the key store's entry {name} cannot be used: {reason}")]
    BadEntry { name: String, reason: String },
    /// The secret is longer than the platform's key store takes.
    #[serde(rename = "vault.too-long")]
    #[error("the key store takes no secret as long as that of {name}")]
    TooLong { name: String },
    /// A passphrase without a character.
    #[serde(rename = "vault.empty-passphrase")]
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// There was not enough memory to derive a key.
    #[serde(rename = "vault.derivation")]
    #[error("the key could not be derived")]
    Derivation,
}
