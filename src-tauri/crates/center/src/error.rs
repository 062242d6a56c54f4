//! What keeps a receiver from starting.

use store::StoreError;
use thiserror::Error;

/// A failure to start.
#[derive(Debug, Error)]
pub enum CenterError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address.
        address: String,
        /// The system's words.
        reason: String,
    },
    /// The account file cannot be read.
    #[error("{file}: {reason}")]
    Accounts {
        /// The file.
        file: String,
        /// What is wrong; never a value.
        reason: String,
    },
    /// The file of misbehaviour cannot be read.
    #[error("{file}: {reason}")]
    Mischief {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The folder cannot be made or its private key is none.
    #[error("{folder}: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// What is wrong.
        reason: String,
    },
    /// The database of the folder does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CenterError {
    /// Name for the UI's words.
    pub fn code(&self) -> &'static str {
        match self {
            CenterError::Listen { .. } => "center.listen",
            CenterError::Accounts { .. } => "center.accounts",
            CenterError::Mischief { .. } => "center.mischief",
            CenterError::Folder { .. } => "center.folder",
            CenterError::Store(error) => error.code(),
        }
    }

    /// Values for the words.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            CenterError::Listen { address, reason } => vec![("address", address.clone()), ("reason", reason.clone())],
            CenterError::Accounts { file, reason } | CenterError::Mischief { file, reason } => {
                vec![("file", file.clone()), ("reason", reason.clone())]
            }
            CenterError::Folder { folder, reason } => vec![("folder", folder.clone()), ("reason", reason.clone())],
            CenterError::Store(error) => {
                error.params().into_iter().map(|(name, value)| (name, value.to_string())).collect()
            }
        }
    }
}
