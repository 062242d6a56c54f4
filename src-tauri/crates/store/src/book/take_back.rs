//! Replacing the book by an older copy of it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use standard::Edition;
use standard::file::rename_patiently;

use crate::book::handle::Book;
use crate::book::open::{APPLICATION_ID, bring_up_to_date};
use crate::file::connection::{Purpose, beside, checkpoint, connect, sync_folder};
use crate::file::lock::Lock;
use crate::tables::metadata;
use crate::{BookKey, StoreError, read_salt};

/// What a copy of a book holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyState {
    /// Id of its edition.
    pub edition: String,
    /// Number of its newest step; 0 where it has none.
    pub last_step: i64,
    /// Number of its newest batch; 0 where it has none.
    pub last_batch: i64,
}

impl Book {
    /// Puts a copy of this book, made by [`Book::adopt`], in the book's place, and keeps the book as it is now as
    /// `kept`. If the program ends in the middle, one of the two has the book's name, and it is complete.
    ///
    /// On an error the book is what it was, unless the disk fails so that neither opens: then every use of the book is
    /// an error.
    pub fn take_back(
        &mut self,
        copy: &Path,
        kept: &Path,
        editions: impl Fn(&str) -> Option<Arc<Edition>>,
    ) -> Result<(), StoreError> {
        let key = self.key();
        // The lock prevents other programs from opening the copy until it is the book.
        let _copy = Lock::take(copy)?;
        let edition = self.state_of_copy(copy, &key)?.edition;
        if editions(&edition).is_none() {
            return Err(StoreError::UnknownEdition { file: copy.display().to_string(), edition });
        }
        if kept.exists() {
            return Err(StoreError::Exists { file: kept.display().to_string() });
        }
        self.back_up(kept)?;
        let swapped = self.close_file().and_then(|()| {
            rename_patiently(copy, self.path()).map_err(|e| StoreError::opening(copy, &e))?;
            sync_folder(self.path());
            Ok(())
        });
        match &swapped {
            Ok(()) => drop(fs::remove_file(beside(copy, ".lock"))),
            Err(_) => drop(fs::remove_file(kept)),
        }
        // The file that has the book's name now is the book, whether the exchange succeeded or not.
        let mut writer = connect(self.path(), &key, self.salt(), Purpose::Write)?;
        let edition = bring_up_to_date(&mut writer, self.path(), editions)?;
        self.set_writer(writer);
        self.set_edition(edition);
        swapped
    }

    /// Whether this file could take the book's place: a copy of it, under its key. Gives the copy's edition.
    pub fn edition_of(&self, copy: &Path) -> Result<String, StoreError> {
        Ok(self.copy_state(copy)?.edition)
    }

    /// As [`Book::edition_of`], with the newest step and the newest batch of the copy.
    pub fn copy_state(&self, copy: &Path) -> Result<CopyState, StoreError> {
        let key = self.key();
        self.state_of_copy(copy, &key)
    }

    /// Encrypts a copy of this book with another key, as [`Book::change_key`] does the book.
    pub fn change_key_of(&self, copy: &Path, new: &BookKey) -> Result<(), StoreError> {
        let key = self.key();
        let connection = connect(copy, &key, self.salt(), Purpose::Write)?;
        connection.pragma_update(None, "rekey", new.literal(self.salt()).as_str())?;
        checkpoint(&connection)?;
        connection.close().map_err(|(_, error)| error.into())
    }

    fn state_of_copy(&self, copy: &Path, key: &BookKey) -> Result<CopyState, StoreError> {
        let not = || StoreError::NotACopy { file: copy.display().to_string() };
        if read_salt(copy)? != *self.salt() {
            return Err(not());
        }
        // A connection that can write removes its log when it is closed.
        let connection = connect(copy, key, self.salt(), Purpose::Write)?;
        let application: i64 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
        if application != APPLICATION_ID {
            return Err(not());
        }
        let last = |table: &str| {
            connection.query_row(&format!("SELECT coalesce(max(id), 0) FROM {table}"), [], |row| row.get(0))
        };
        let state = CopyState {
            edition: metadata::get(&connection, metadata::EDITION)?,
            last_step: last("step")?,
            last_batch: last("batch")?,
        };
        connection.close().map_err(|(_, error)| StoreError::from(error))?;
        Ok(state)
    }
}
