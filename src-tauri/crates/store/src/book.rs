//! Making, opening, copying and closing a book.
//!
//! One connection writes, behind a mutex; reads take a connection from a pool, so the grid scrolls while an import is
//! being written and sees the book as it was last saved.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};
use serde_json::Value;
use standard::Edition;

use crate::connection::{Purpose, beside, checkpoint, connect, make, sync_folder};
use crate::lock::Lock;
use crate::schema::{self, APPLICATION_ID, FORMAT};
use crate::shape::{Shape, Shapes};
use crate::{BookKey, Function, ReadConnection, ReadLimits, Salt, StoreError, calls, read_salt, settings, write};

/// Read connections that are kept for the next reader.
const READERS_KEPT: usize = 4;

/// Decrypted pages that a [`Book::reader`] keeps, in KiB below zero as SQLite has it. Checks go over one table many times;
/// decrypting it anew each time would take longer than all they ask.
const SWEEP_CACHE: i64 = -65_536;

/// What a new book begins with.
#[derive(Debug, Clone, Default)]
pub struct NewBook {
    /// School code (XXDM).
    pub school: String,
    /// First settings.
    pub settings: Vec<(String, Value)>,
}

/// An open draft book. Held by one program at a time; closed when dropped.
pub struct Book {
    // Dropped in this order: readers, then the writer (which empties the WAL into the file), then the lock.
    readers: Mutex<Readers>,
    writer: Mutex<Connection>,
    key: Mutex<BookKey>,
    salt: Salt,
    path: PathBuf,
    edition: Arc<Edition>,
    pub(crate) shapes: Shapes,
    opened: AtomicU64,
    committed: AtomicU64,
    _lock: Lock,
}

/// What a book has cost since it was opened. Tests hold by it how much one use case may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Connections to the file that were made, for reading and for copying.
    pub connections: u64,
    /// Transactions that changed the file. Each waits for the disk once.
    pub commits: u64,
}

/// Idle read connections. Those of an older generation have an older key and are dropped when they come back.
#[derive(Default)]
struct Readers {
    generation: u64,
    idle: Vec<Connection>,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("path", &self.path).field("edition", &self.edition.id).finish_non_exhaustive()
    }
}

impl Book {
    /// Makes a book for this edition. The file must not exist. `salt` comes to stand at its head. Complete or absent:
    /// a book that could not be made leaves no file.
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
        // Nobody who keeps to the lock can make the file between this look and the end of making it.
        let lock = Lock::take(&path)?;
        if path.exists() {
            return Err(StoreError::Exists { file: path.display().to_string() });
        }
        make(&path, key, salt, |connection| fill_new(connection, &edition, new))?;
        let writer = connect(&path, key, salt, Purpose::Write)?;
        Ok(Book::assemble(path, key, *salt, edition, writer, lock))
    }

    /// Opens a book. `editions` gives the edition of an id; the book brings its tables up to that edition by adding
    /// what is missing. Calls that were `sending` when a program died become `unknown`.
    pub fn open(
        path: &Path,
        key: &BookKey,
        editions: impl FnOnce(&str) -> Option<Arc<Edition>>,
    ) -> Result<Book, StoreError> {
        // Two names of one file (a link, a mapped drive) share one lock.
        let path = std::path::absolute(path).map_err(|e| StoreError::opening(path, &e))?;
        let salt = read_salt(&path)?;
        let one_name = path.canonicalize().map_err(|e| StoreError::opening(&path, &e))?;
        let lock = Lock::take(&one_name)?;
        let mut writer = connect(&path, key, &salt, Purpose::Write)?;
        let edition = bring_up_to_date(&mut writer, &path, editions).map_err(|e| e.in_file(&path))?;
        Ok(Book::assemble(path, key, salt, edition, writer, lock))
    }

    fn assemble(
        path: PathBuf,
        key: &BookKey,
        salt: Salt,
        edition: Arc<Edition>,
        writer: Connection,
        lock: Lock,
    ) -> Book {
        Book {
            readers: Mutex::default(),
            writer: Mutex::new(writer),
            key: Mutex::new(key.clone()),
            salt,
            path,
            shapes: Shapes::new(&edition),
            edition,
            opened: AtomicU64::new(0),
            committed: AtomicU64::new(0),
            _lock: lock,
        }
    }

    /// What the book has cost since it was opened.
    pub fn effort(&self) -> Effort {
        Effort { connections: self.opened.load(Ordering::Relaxed), commits: self.committed.load(Ordering::Relaxed) }
    }

    fn connect(&self, key: &BookKey, purpose: Purpose) -> Result<Connection, StoreError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        connect(&self.path, key, &self.salt, purpose)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The edition.
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// Encrypts the book with another key; the salt stays, so a passphrase is derived over [`crate::read_salt`] as
    /// before. Read connections that are still open must be dropped first.
    pub fn change_key(&self, new: &BookKey) -> Result<(), StoreError> {
        let writer = self.writer();
        let mut key = lock(&self.key);
        let mut readers = lock(&self.readers);
        readers.idle.clear();
        readers.generation += 1;
        writer.pragma_update(None, "rekey", new.literal(&self.salt).as_str())?;
        *key = new.clone();
        // Pages under the old key leave the file now, not at the next checkpoint.
        checkpoint(&writer)
    }

    /// Copies the book to a file, encrypted with the same key and salt. Complete or absent: the copy takes its name
    /// when it is on disk. An older file of that name gives way.
    pub fn back_up(&self, path: &Path) -> Result<(), StoreError> {
        let path = &std::path::absolute(path).map_err(|e| StoreError::opening(path, &e))?;
        let access = |e: std::io::Error| StoreError::opening(path, &e);
        let part = beside(path, ".part");
        let remove = |e: std::io::Error| if e.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(e) };
        std::fs::remove_file(&part).or_else(remove).map_err(access)?;
        let copied = self.vacuum_into(&part);
        let kept = copied.and_then(|()| {
            std::fs::OpenOptions::new().write(true).open(&part).and_then(|f| f.sync_all()).map_err(access)?;
            std::fs::rename(&part, path).map_err(access)?;
            sync_folder(path);
            Ok(())
        });
        if kept.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        kept
    }

    /// Writes a compact copy, on a connection of its own so that neither readers nor the writer wait.
    fn vacuum_into(&self, path: &Path) -> Result<(), StoreError> {
        let name = path.to_str().ok_or_else(|| StoreError::NoAccess {
            file: path.display().to_string(),
            reason: "the name is not Unicode".into(),
        })?;
        // Not a read connection: those refuse to write any file, even another.
        let connection = self.connect(&lock(&self.key), Purpose::Write)?;
        connection.execute("VACUUM INTO ?1", [name]).map_err(|e| match e.sqlite_error_code() {
            Some(ErrorCode::CannotOpen) => StoreError::NoAccess { file: name.to_owned(), reason: e.to_string() },
            _ => e.into(),
        })?;
        Ok(())
    }

    /// A connection that can only read.
    pub fn reader(&self, limits: ReadLimits) -> Result<ReadConnection, StoreError> {
        self.reader_with(limits, &[])
    }

    /// A connection that can only read, and knows the caller's functions.
    pub fn reader_with(&self, limits: ReadLimits, functions: &[Function]) -> Result<ReadConnection, StoreError> {
        let connection = self.connect(&lock(&self.key), Purpose::Read)?;
        connection.pragma_update(None, "cache_size", SWEEP_CACHE)?;
        let tables = self.edition.tables.iter().map(|t| t.name.clone()).collect();
        ReadConnection::new(connection, tables, limits, functions)
    }

    /// Closes the book: everything is in the one file, the lock is given back. Dropping does the same but cannot say
    /// what went wrong.
    pub fn close(self) -> Result<(), StoreError> {
        let Book { readers, writer, _lock, .. } = self;
        drop(readers);
        let writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        checkpoint(&writer)?;
        writer.close().map_err(|(_, error)| error.into())
    }

    pub(crate) fn shape(&self, table: &str) -> Result<&Shape, StoreError> {
        self.shapes.of(table)
    }

    /// Runs `f` in one write transaction, durable when this returns. An error takes everything back.
    pub(crate) fn write<T>(
        &self,
        f: impl FnOnce(&Transaction<'_>) -> Result<Outcome<T>, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match f(&transaction).map_err(|e| e.in_file(&self.path))? {
            Outcome::Commit(value) => {
                transaction.commit()?;
                self.committed.fetch_add(1, Ordering::Relaxed);
                Ok(value)
            }
            Outcome::Leave(value) => {
                transaction.rollback()?;
                Ok(value)
            }
        }
    }

    /// Runs `f` on one snapshot of what was last committed.
    pub(crate) fn read<T>(&self, f: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let (generation, connection) = self.reading()?;
        // A failed f must not leave its snapshot behind, so the connection comes back only after a good end.
        connection.execute_batch("BEGIN")?;
        let value = f(&connection).map_err(|e| e.in_file(&self.path))?;
        connection.execute_batch("COMMIT")?;
        let mut readers = lock(&self.readers);
        if readers.generation == generation && readers.idle.len() < READERS_KEPT {
            readers.idle.push(connection);
        }
        Ok(value)
    }

    /// A read connection, idle or new, and the generation of its key.
    fn reading(&self) -> Result<(u64, Connection), StoreError> {
        // The key is held until the connection is there, so that its generation is the one that is told.
        let key = lock(&self.key);
        let (generation, idle) = {
            let mut readers = lock(&self.readers);
            (readers.generation, readers.idle.pop())
        };
        let connection = match idle {
            Some(connection) => connection,
            None => self.connect(&key, Purpose::Read)?,
        };
        Ok((generation, connection))
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }
}

/// How a write transaction ends.
pub(crate) enum Outcome<T> {
    /// What was written stays.
    Commit(T),
    /// There was nothing to write after all.
    Leave(T),
}

/// A panic elsewhere rolled its transaction back; the connection itself is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fill_new(writer: &mut Connection, edition: &Edition, new: &NewBook) -> Result<(), StoreError> {
    writer.pragma_update(None, "application_id", APPLICATION_ID)?;
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::migrate(&transaction, 0)?;
    let head = [("edition", edition.id.as_str()), ("school", new.school.as_str())];
    for (name, value) in head {
        transaction.execute("INSERT INTO head (name, value) VALUES (?1, ?2)", (name, value))?;
    }
    schema::adapt(&transaction, edition)?;
    for (name, value) in &new.settings {
        settings::keep(&transaction, name, value)?;
    }
    Ok(transaction.commit()?)
}

fn bring_up_to_date(
    writer: &mut Connection,
    path: &Path,
    editions: impl FnOnce(&str) -> Option<Arc<Edition>>,
) -> Result<Arc<Edition>, StoreError> {
    let file = path.display().to_string();
    let number = |name| writer.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
    let (application, format) = (number("application_id")?, number("user_version")?);
    if application != APPLICATION_ID {
        return Err(StoreError::NotABook { file });
    }
    if format > FORMAT {
        return Err(StoreError::NewerFormat { file, found: format, known: FORMAT });
    }
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::migrate(&transaction, format)?;
    let id = head(&transaction, "edition")?;
    let edition = editions(&id).ok_or(StoreError::UnknownEdition { file, edition: id })?;
    let stale = schema::adapt(&transaction, &edition)?;
    if !stale.is_empty() {
        let shapes = Shapes::new(&edition);
        let school = head(&transaction, "school")?;
        for table in stale {
            write::derive_anew(&transaction, shapes.of(&table)?, &school)?;
        }
    }
    calls::recover(&transaction)?;
    transaction.commit()?;
    Ok(edition)
}

/// What the book says of itself.
pub(crate) fn head(connection: &Connection, name: &str) -> Result<String, StoreError> {
    let value = connection.query_row("SELECT value FROM head WHERE name = ?1", [name], |r| r.get(0)).optional()?;
    Ok(value.unwrap_or_default())
}

impl StoreError {
    /// The same error, naming the file where it speaks of one it could not know.
    fn in_file(self, path: &Path) -> Self {
        match self {
            StoreError::Damaged { file } if file.is_empty() => StoreError::Damaged { file: path.display().to_string() },
            other => other,
        }
    }
}

mod lay;
mod take_back;
#[cfg(test)]
mod tests;
