//! Why a receiver cannot start.

use serde::Serialize;
use store::StoreError;
use thiserror::Error;

/// A failure to start.
#[derive(Debug, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum CenterError {
    /// The address cannot be listened on.
    #[serde(rename = "center.listen")]
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        address: String,
        /// The message of the operating system.
        reason: String,
    },
    /// The account file cannot be read.
    #[serde(rename = "center.accounts")]
    #[error("{file}: {reason}")]
    Accounts {
        file: String,
        /// What is wrong, without any value of the file.
        reason: String,
    },
    /// The certificate or its private key cannot be used.
    #[serde(rename = "center.certificate")]
    #[error("the certificate cannot be used: {reason}")]
    Certificate { reason: String },
    /// A name or a password that a person cannot have.
    #[serde(rename = "center.password")]
    #[error("a person needs a name, and a password of {least} characters without it")]
    Password { least: usize },
    /// No key could be derived from a password, as for want of memory.
    #[serde(rename = "center.derivation")]
    #[error("no key could be derived: {reason}")]
    Derivation { reason: String },
    /// Nothing has this name, or it is still in use.
    #[serde(rename = "center.unknown")]
    #[error("{name}: there is none, or it is in use")]
    Unknown { name: String },
    /// The file of faults cannot be read.
    #[serde(rename = "center.faults")]
    #[error("{file}: {reason}")]
    Faults { file: String, reason: String },
    /// The folder cannot be made, or the private key in it is invalid.
    #[serde(rename = "center.folder")]
    #[error("{folder}: {reason}")]
    Folder { folder: String, reason: String },
    /// The database of the folder does not open.
    #[serde(untagged)]
    #[error(transparent)]
    Store(#[from] StoreError),
}
