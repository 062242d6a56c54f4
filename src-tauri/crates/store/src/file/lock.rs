//! One program at a time has a book open: an exclusive lock on a file beside it.
//!
//! The lock is that of the operating system (std's `File::try_lock`), so it ends with the program, also after a crash
//! and also on Windows. The file stays: if it were removed, two programs could lock two files of one name. Its content
//! is what [`crate::file::log_owner`] writes there.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::StoreError;
use crate::file::connection::beside;

/// The largest number of bytes of the lock file that are read.
const LONGEST: u64 = 4096;

/// The lock of one book, held while this lives.
#[derive(Debug)]
pub(crate) struct Lock {
    /// Absent where no lock file can be made beside a book that is only read.
    file: Option<File>,
}

impl Lock {
    /// Locks `path`; an error if another program has locked it.
    pub(crate) fn take(path: &Path) -> Result<Lock, StoreError> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(path, ".lock"))
            .map_err(|e| StoreError::opening(path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { file: path.display().to_string() }),
            Err(TryLockError::Error(e)) => Err(StoreError::opening(path, &e)),
        }
    }

    /// Locks `path` for reading if there is a lock file that can be locked; an error if another program is writing.
    pub(crate) fn share(path: &Path) -> Result<Lock, StoreError> {
        let Ok(file) = File::open(beside(path, ".lock")) else { return Ok(Lock { file: None }) };
        match file.try_lock_shared() {
            Ok(()) => Ok(Lock { file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { file: path.display().to_string() }),
            // The disk has no locks; such a disk cannot be written to, either, so no other program can change the book.
            Err(TryLockError::Error(_)) => Ok(Lock { file: None }),
        }
    }

    /// The text of the lock file.
    pub(crate) fn text(&self) -> std::io::Result<String> {
        let Some(mut file) = self.file.as_ref() else { return Ok(String::new()) };
        let mut text = String::new();
        file.seek(SeekFrom::Start(0))?;
        // The file may have been changed by another program, so its length is limited.
        file.take(LONGEST).read_to_string(&mut text)?;
        Ok(text)
    }

    /// Writes the file anew and waits until it is on the disk.
    pub(crate) fn set_text(&self, text: &str) -> std::io::Result<()> {
        let Some(mut file) = self.file.as_ref() else { return Ok(()) };
        file.seek(SeekFrom::Start(0))?;
        file.write_all(text.as_bytes())?;
        file.set_len(text.len() as u64)?;
        file.sync_all()
    }
}
