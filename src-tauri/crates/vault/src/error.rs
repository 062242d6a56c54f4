//! What can go wrong with keys.

use thiserror::Error;

/// An error of this room. None carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VaultError {
    /// This PC has no key store, or it does not answer (no Secret Service on the bus, locked, access refused).
    #[error("the key store does not answer: {reason}")]
    Unavailable {
        /// The platform's own words.
        reason: String,
    },
    /// The key store answers, but not for this name: the entry is broken or there are two of them.
    #[error("the key store's entry {name} cannot be used: {reason}")]
    BadEntry {
        /// Name of the entry.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The secret is longer than the platform's key store takes.
    #[error("the key store takes no secret as long as that of {name}")]
    TooLong {
        /// Name of the entry.
        name: String,
    },
    /// A passphrase without a character.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// There was not enough memory to derive a key.
    #[error("the key could not be derived")]
    Derivation,
}

impl VaultError {
    /// The name by which words are looked up.
    pub fn code(&self) -> &'static str {
        match self {
            VaultError::Unavailable { .. } => "vault.unavailable",
            VaultError::BadEntry { .. } => "vault.bad-entry",
            VaultError::TooLong { .. } => "vault.too-long",
            VaultError::EmptyPassphrase => "vault.empty-passphrase",
            VaultError::Derivation => "vault.derivation",
        }
    }

    /// What the words name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            VaultError::Unavailable { reason } => vec![("reason", reason.clone())],
            VaultError::BadEntry { name, reason } => vec![("name", name.clone()), ("reason", reason.clone())],
            VaultError::TooLong { name } => vec![("name", name.clone())],
            VaultError::EmptyPassphrase | VaultError::Derivation => Vec::new(),
        }
    }
}
