//! One program at a time has a book open: an exclusive lock on a file beside it.
//!
//! The lock is that of the operating system (std's `File::try_lock`), so it ends with the program, also after a crash and
//! also on Windows. The empty file stays: if it were removed, two programs could lock two files of one name.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::StoreError;
use crate::file::connection::beside;

/// The lock of one book, held while this lives.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks `path`, or says that it is in use.
    pub(crate) fn take(path: &Path) -> Result<Lock, StoreError> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(path, ".lock"))
            .map_err(|e| StoreError::opening(path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { file: path.display().to_string() }),
            Err(TryLockError::Error(e)) => Err(StoreError::opening(path, &e)),
        }
    }
}
