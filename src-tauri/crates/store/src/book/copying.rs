//! Copying an open book to a file, as a backup or before a move.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::ErrorCode;
use standard::file::rename_patiently;

use crate::StoreError;
use crate::book::handle::Book;
use crate::file::connection::{Purpose, beside, checkpoint, connect, sync_folder};
use crate::file::log_owner;

impl Book {
    /// Copies the book to a file, encrypted with the same key and salt. The copy gets its name only when it is
    /// completely on disk. An older file of that name is replaced.
    pub fn back_up(&self, path: &Path) -> Result<(), StoreError> {
        self.back_up_unless(path, &Arc::default()).map(drop)
    }

    /// As [`Book::back_up`], but ends without a copy as soon as `stop` is set. Returns whether the copy was made.
    pub fn back_up_unless(&self, path: &Path, stop: &Arc<AtomicBool>) -> Result<bool, StoreError> {
        let path = &std::path::absolute(path).map_err(|e| StoreError::opening(path, &e))?;
        let access = |e: std::io::Error| StoreError::opening(path, &e);
        let part = beside(path, ".part");
        let remove = |e: std::io::Error| if e.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(e) };
        std::fs::remove_file(&part).or_else(remove).map_err(access)?;
        let copied = self.vacuum_into(&part, stop);
        let kept = copied.and_then(|()| {
            self.mark_copy(&part)?;
            std::fs::OpenOptions::new().write(true).open(&part).and_then(|f| f.sync_all()).map_err(access)?;
            rename_patiently(&part, path).map_err(access)?;
            sync_folder(path);
            Ok(())
        });
        if kept.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        match kept {
            Err(_) if stop.load(Ordering::Relaxed) => Ok(false),
            kept => kept.map(|()| true),
        }
    }

    /// Opens a copy that was made with [`Book::back_up`], reads every page of it, and compares it with this book: an
    /// error where it would not serve.
    pub fn examine_copy(&self, path: &Path) -> Result<(), StoreError> {
        let path = &std::path::absolute(path).map_err(|e| StoreError::opening(path, &e))?;
        let damaged = || StoreError::Damaged { file: path.display().to_string() };
        let copy = connect(path, &self.key(), self.salt(), Purpose::ReadUnchanging).map_err(|_| damaged())?;
        for (pragma, good) in [("cipher_integrity_check", ""), ("integrity_check", "ok")] {
            let mut statement = copy.prepare(&format!("PRAGMA {pragma}"))?;
            let said = statement.query_map([], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>();
            if said.map_err(|_| damaged())?.iter().any(|said| said != good) {
                return Err(damaged());
            }
        }
        Ok(())
    }

    /// Gives a copy a mark of its own, so that the log of this book is not taken for that of the copy.
    fn mark_copy(&self, part: &Path) -> Result<(), StoreError> {
        let connection = connect(part, &self.key(), self.salt(), Purpose::Write)?;
        log_owner::mark_copy(&connection)?;
        checkpoint(&connection)?;
        connection.close().map_err(|(_, error)| error.into())
    }

    /// Writes a compact copy, on a connection of its own so that neither readers nor the writer wait.
    fn vacuum_into(&self, path: &Path, stop: &Arc<AtomicBool>) -> Result<(), StoreError> {
        /// Steps of SQLite between two checks of `stop`: a few milliseconds.
        const BETWEEN_LOOKS: i32 = 10_000;

        let name = path.to_str().ok_or_else(|| StoreError::NoAccess {
            file: path.display().to_string(),
            reason: "the name is not Unicode".into(),
        })?;
        // Not a read connection: SQLite does not let one write any file, not even a copy.
        let mut connection = self.connect(&self.key(), Purpose::Write)?;
        let stop = stop.clone();
        connection.progress_handler(BETWEEN_LOOKS, Some(move || stop.load(Ordering::Relaxed)))?;
        connection.execute("VACUUM INTO ?1", [name]).map_err(|e| match e.sqlite_error_code() {
            Some(ErrorCode::CannotOpen) => StoreError::NoAccess { file: name.to_owned(), reason: e.to_string() },
            _ => e.into(),
        })?;
        Ok(())
    }
}
