//! Making a book, and opening one: an older file gets the tables that were added since.

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;
use standard::Edition;

use crate::batches::deliver;
use crate::book::handle::Book;
use crate::file::connection::{Purpose, connect, make};
use crate::file::key::{BookKey, Salt, read_salt};
use crate::file::lock::Lock;
use crate::file::log_owner::{self, has_log};
use crate::records::table_sql::EditionSql;
use crate::records::write;
use crate::tables::{self, FORMAT, metadata, proposal, setting, tally};
use crate::{StoreError, edition_tables};

/// Marks the file as a draft book, in SQLite's `application_id`: `TBAO`.
pub(super) const APPLICATION_ID: i64 = 0x5442_414F;

/// The content of a new book.
#[derive(Debug, Clone, Default)]
pub struct NewBook {
    /// School code (XXDM).
    pub school: String,
    /// Settings by name, as JSON.
    pub settings: Vec<(String, Value)>,
}

impl Book {
    /// Makes a book for this edition. The file must not exist. `salt` is written at its head. If the book cannot
    /// be made, no file is left.
    pub fn create(
        path: &Path,
        key: &BookKey,
        salt: &Salt,
        edition: Arc<Edition>,
        new: &NewBook,
    ) -> Result<Book, StoreError> {
        let path = std::path::absolute(path).map_err(|e| StoreError::opening(path, &e))?;
        if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
            return Err(StoreError::NotFound { file: folder.display().to_string() });
        }
        // While the lock is held, no other instance of this program makes the file.
        let lock = Lock::take(&path)?;
        if path.exists() {
            return Err(StoreError::Exists { file: path.display().to_string() });
        }
        make(&path, key, salt, |connection| fill_new(connection, &edition, new))?;
        let writer = connect(&path, key, salt, Purpose::Write)?;
        Ok(Book::assemble(path, key, *salt, edition, writer, None, lock))
    }

    /// Opens a book. `editions` gives the edition of an id; the book brings its tables up to that edition by adding
    /// what is missing. Deliveries that were `sending` when a program crashed become `unknown`.
    ///
    /// A book whose folder or disk cannot be written to is opened for reading only ([`Book::is_read_only`]), if nothing
    /// has to be added to it and no log with later changes is beside it.
    pub fn open(
        path: &Path,
        key: &BookKey,
        editions: impl FnOnce(&str) -> Option<Arc<Edition>>,
    ) -> Result<Book, StoreError> {
        // Two names of one file (a link, a mapped drive) share one lock.
        let path = std::path::absolute(path).map_err(|e| StoreError::opening(path, &e))?;
        let salt = read_salt(&path)?;
        // Some disks (in memory, on a network) have no other name for a file than the one given.
        let one_name = path.canonicalize().unwrap_or_else(|_| path.clone());
        let whole = Lock::take(&one_name).and_then(|lock| {
            let aside = log_owner::set_aside_foreign(&path, key, &salt, &lock)?;
            let mut writer = connect(&path, key, &salt, Purpose::Write)?;
            log_owner::note_opened(&lock, &path)?;
            begin(&mut writer)?;
            Ok((lock, aside, writer))
        });
        match whole {
            Ok((lock, aside, mut writer)) => {
                let edition = bring_up_to_date(&mut writer, &path, editions).map_err(|e| e.in_file(&path))?;
                let mut book = Book::assemble(path, key, salt, edition, writer, None, lock);
                book.log_set_aside = aside;
                Ok(book)
            }
            Err(error) if takes_no_writing(&error) && !has_log(&path) => {
                let lock = Lock::share(&one_name)?;
                let reader = connect(&path, key, &salt, Purpose::ReadUnchanging)?;
                let edition = as_it_is(&reader, &path, editions).map_err(|e| e.in_file(&path))?;
                let reason = match error {
                    StoreError::DiskFull => error,
                    _ => StoreError::ReadOnly { file: path.display().to_string() },
                };
                Ok(Book::assemble(path, key, salt, edition, reader, Some(reason), lock))
            }
            Err(error) => Err(error.in_file(&path)),
        }
    }
}

/// Tries whether the file can be written to: the first write makes the files of the log.
fn begin(writer: &mut Connection) -> Result<(), StoreError> {
    Ok(writer.transaction_with_behavior(TransactionBehavior::Immediate)?.rollback()?)
}

/// Whether a book that was not opened may still be read.
fn takes_no_writing(error: &StoreError) -> bool {
    matches!(error, StoreError::NoAccess { .. } | StoreError::ReadOnly { .. } | StoreError::DiskFull)
}

fn fill_new(writer: &mut Connection, edition: &Edition, new: &NewBook) -> Result<(), StoreError> {
    writer.pragma_update(None, "application_id", APPLICATION_ID)?;
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tables::migrate(&transaction, 0)?;
    metadata::set(&transaction, metadata::EDITION, &edition.id)?;
    metadata::set(&transaction, metadata::SCHOOL, &new.school)?;
    edition_tables::adapt(&transaction, edition)?;
    for (name, value) in &new.settings {
        setting::set(&transaction, name, value)?;
    }
    Ok(transaction.commit()?)
}

/// Adds to an older file what this program and the edition have more than it, and returns the edition. `path` is for
/// errors.
pub(super) fn bring_up_to_date(
    writer: &mut Connection,
    path: &Path,
    editions: impl FnOnce(&str) -> Option<Arc<Edition>>,
) -> Result<Arc<Edition>, StoreError> {
    let format = format_of(writer, path)?;
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tables::migrate(&transaction, format)?;
    let before = transaction.total_changes();
    let id = metadata::get(&transaction, metadata::EDITION)?;
    let edition =
        editions(&id).ok_or_else(|| StoreError::UnknownEdition { file: path.display().to_string(), edition: id })?;
    let stale = edition_tables::adapt(&transaction, &edition)?;
    if !stale.is_empty() {
        let edition_sql = EditionSql::new(&edition);
        let school = metadata::get(&transaction, metadata::SCHOOL)?;
        for table in stale {
            write::derive_anew(&transaction, edition_sql.of(&table)?, &school)?;
        }
    }
    deliver::recover(&transaction)?;
    proposal::recover(&transaction)?;
    if transaction.total_changes() != before {
        tally::forget_all(&transaction)?;
    }
    transaction.commit()?;
    Ok(edition)
}

/// The edition of a file that can only be read. What the file lacks cannot be added to it, so then it is
/// [`StoreError::ReadOnly`].
fn as_it_is(
    reader: &Connection,
    path: &Path,
    editions: impl FnOnce(&str) -> Option<Arc<Edition>>,
) -> Result<Arc<Edition>, StoreError> {
    let file = path.display().to_string();
    if format_of(reader, path)? < FORMAT {
        return Err(StoreError::ReadOnly { file });
    }
    let id = metadata::get(reader, metadata::EDITION)?;
    let edition = editions(&id).ok_or(StoreError::UnknownEdition { file, edition: id })?;
    // Only reads if the file has all that the edition needs; otherwise it is an error, because the file cannot be
    // written to.
    edition_tables::adapt(reader, &edition)?;
    Ok(edition)
}

/// The format of a file, which is that of a book of this program or of an older one. `path` is for errors.
fn format_of(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let file = path.display().to_string();
    let number = |name| connection.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
    let (application, format) = (number("application_id")?, number("user_version")?);
    if application != APPLICATION_ID {
        return Err(StoreError::NotABook { file });
    }
    if format > FORMAT {
        return Err(StoreError::NewerFormat { file, found: format, known: FORMAT });
    }
    Ok(format)
}
