//! Reading standards/.

use std::path::Path;
use std::sync::Arc;

use crate::{CodeList, Edition};

/// All editions that are at hand.
#[derive(Debug, Clone, Default)]
pub struct Standards {
    editions: Vec<Arc<Edition>>,
    national: Vec<Arc<CodeList>>,
}

impl Standards {
    /// The editions that were built into the program.
    pub fn builtin() -> Result<Standards, LoadError> {
        Ok(Standards::default())
    }

    /// The editions of a folder that is laid out like standards/.
    pub fn load_folder(_folder: &Path) -> Result<Standards, LoadError> {
        Ok(Standards::default())
    }

    /// The edition of this id.
    pub fn edition(&self, id: &str) -> Option<Arc<Edition>> {
        self.editions.iter().find(|e| e.id == id).cloned()
    }

    /// All editions, by id.
    pub fn editions(&self) -> &[Arc<Edition>] {
        &self.editions
    }

    /// The national list of this id.
    pub fn national(&self, id: &str) -> Option<&Arc<CodeList>> {
        self.national.iter().find(|l| l.id == id)
    }
}

/// What is wrong with a folder of standards, and where. Nothing of an edition with an error is loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The folder or a file in it cannot be read.
    #[error("{file}: {reason}")]
    Unreadable {
        /// Path below the folder of standards.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// A file does not say what it must.
    #[error("{file} {place}: found {found}, expected {expected}")]
    Wrong {
        /// Path below the folder of standards.
        file: String,
        /// A JSON pointer (`/fields/3/type`) or `line 7` or `line 7 column 2`; empty for the file as a whole.
        place: String,
        /// What stands there.
        found: String,
        /// What should.
        expected: String,
    },
}

impl LoadError {
    /// Name of the error for those who find words for it.
    pub fn code(&self) -> &'static str {
        match self {
            LoadError::Unreadable { .. } => "standard.unreadable",
            LoadError::Wrong { .. } => "standard.wrong",
        }
    }

    /// The error's data by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            LoadError::Unreadable { file, reason } => vec![("file", file.clone()), ("reason", reason.clone())],
            LoadError::Wrong { file, place, found, expected } => vec![
                ("file", file.clone()),
                ("place", place.clone()),
                ("found", found.clone()),
                ("expected", expected.clone()),
            ],
        }
    }
}
