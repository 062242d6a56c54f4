//! Making, opening, copying and closing a book.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use standard::Edition;

use crate::{BookKey, ReadConnection, ReadLimits, Salt, StoreError};

/// What a new book begins with.
#[derive(Debug, Clone, Default)]
pub struct NewBook {
    /// School code (XXDM).
    pub school: String,
    /// First settings.
    pub settings: Vec<(String, Value)>,
}

/// An open draft book. Held by one program at a time; closed when dropped.
pub struct Book {}

impl Book {
    /// Makes a book for this edition. The file must not exist. `salt` comes to stand at its head.
    pub fn create(
        path: &Path,
        key: &BookKey,
        salt: &Salt,
        edition: Arc<Edition>,
        new: &NewBook,
    ) -> Result<Book, StoreError> {
        let _ = (path, key, salt, edition, new);
        unimplemented!()
    }

    /// Opens a book. `editions` gives the edition of an id; the book brings its tables up to that edition by adding
    /// what is missing. Calls that were `sending` when a program died become `unknown`.
    pub fn open(
        path: &Path,
        key: &BookKey,
        editions: impl FnOnce(&str) -> Option<Arc<Edition>>,
    ) -> Result<Book, StoreError> {
        let _ = (path, key, editions);
        unimplemented!()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        unimplemented!()
    }

    /// The edition.
    pub fn edition(&self) -> &Arc<Edition> {
        unimplemented!()
    }

    /// Encrypts the book with another key; the salt stays, so a passphrase is derived over [`crate::read_salt`] as
    /// before. Read connections that are still open must be dropped first.
    pub fn change_key(&self, new: &BookKey) -> Result<(), StoreError> {
        let _ = new;
        unimplemented!()
    }

    /// Copies the book to a file, encrypted with the same key and salt. Complete or absent: the copy takes its name
    /// when it is on disk.
    pub fn back_up(&self, path: &Path) -> Result<(), StoreError> {
        let _ = path;
        unimplemented!()
    }

    /// A connection that can only read.
    pub fn reader(&self, limits: ReadLimits) -> Result<ReadConnection, StoreError> {
        let _ = limits;
        unimplemented!()
    }

    /// Closes the book: everything is in the one file, the lock is given back. Dropping does the same but cannot say
    /// what went wrong.
    pub fn close(self) -> Result<(), StoreError> {
        unimplemented!()
    }
}
