//! An open book: its connections, changing its key, closing it.
//!
//! One connection writes, behind a mutex; reads take a connection from a pool, so the grid scrolls while an import is
//! being written and sees the book as it was last saved.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use standard::Edition;

use crate::StoreError;
use crate::book::watch;
use crate::file::connection::{self, Purpose, beside, checkpoint, connect};
use crate::file::key::{BookKey, Salt};
use crate::file::lock::Lock;
use crate::file::log_owner;
use crate::numbers::arranged::ViewOrders;
use crate::numbers::oldest::OldestOpen;
use crate::numbers::sequence::Sequences;
use crate::reader::connection::{ReadConnection, ReadLimits};
use crate::reader::function::Function;
use crate::records::table_sql::{EditionSql, TableSql};

/// Read connections that are kept for the next reader.
const READERS_KEPT: usize = 4;

/// Size of the cache of decrypted pages of a [`Book::reader`]; SQLite reads a negative number as KiB. Checks read one
/// table many times; decrypting it each time would take longer than the checks themselves.
const SWEEP_CACHE: i64 = -65_536;

/// An open draft book. Held by one program at a time; closed when dropped.
pub struct Book {
    // Dropped in this order: readers, then the writer (which empties the WAL into the file), then the lock.
    readers: Mutex<Readers>,
    writer: Mutex<Connection>,
    key: Mutex<BookKey>,
    salt: Salt,
    pub(super) path: PathBuf,
    edition: Arc<Edition>,
    pub(super) edition_sql: EditionSql,
    opened: AtomicU64,
    pub(super) committed: AtomicU64,
    work: Arc<AtomicU64>,
    /// The order of records of large tables that were read.
    pub(super) sequences: Mutex<Sequences>,
    /// The orders of the views that were read last.
    view_orders: Mutex<ViewOrders>,
    /// The oldest records that are not accepted, as they were found last.
    pub(crate) oldest_open: Mutex<OldestOpen>,
    /// The error of every change, where the book was opened for reading only.
    read_only: Option<StoreError>,
    /// Where the log of another file was found beside the book when it was opened: its new name.
    pub(super) log_set_aside: Option<PathBuf>,
    /// Whether a change of this session has marked the book and its log ([`log_owner`]).
    pub(super) marked: AtomicBool,
    pub(super) lock: Lock,
}

/// How many connections and commits a book has needed since it was opened. Tests limit by it what one use case may
/// need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Connections to the file that were made, for reading and for copying.
    pub connections: u64,
    /// Transactions that changed the file. Each waits for the disk once.
    pub commits: u64,
    /// Instructions of SQLite that reads and changes took, in hundreds. Those of [`Book::reader`] are not among them.
    pub work: u64,
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
    /// An open book with its write connection and its lock.
    pub(super) fn assemble(
        path: PathBuf,
        key: &BookKey,
        salt: Salt,
        edition: Arc<Edition>,
        writer: Connection,
        read_only: Option<StoreError>,
        lock: Lock,
    ) -> Book {
        Book {
            readers: Mutex::default(),
            writer: Mutex::new(writer),
            key: Mutex::new(key.clone()),
            salt,
            path,
            edition_sql: EditionSql::new(&edition),
            edition,
            opened: AtomicU64::new(0),
            committed: AtomicU64::new(0),
            work: Arc::default(),
            sequences: Mutex::default(),
            view_orders: Mutex::default(),
            oldest_open: Mutex::default(),
            read_only,
            log_set_aside: None,
            marked: AtomicBool::new(false),
            lock,
        }
    }

    /// The connections and commits since the book was opened.
    pub fn effort(&self) -> Effort {
        Effort {
            connections: self.opened.load(Ordering::Relaxed),
            commits: self.committed.load(Ordering::Relaxed),
            work: self.work.load(Ordering::Relaxed),
        }
    }

    pub(super) fn connect(&self, key: &BookKey, purpose: Purpose) -> Result<Connection, StoreError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        let purpose = if self.is_read_only() { Purpose::ReadUnchanging } else { purpose };
        connect(&self.path, key, &self.salt, purpose)
    }

    /// Whether the book can only be read, because its folder or its disk cannot be written to. Every change is then
    /// [`StoreError::ReadOnly`], or [`StoreError::DiskFull`] where that is the reason.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// Where the log of another file was beside the book when it was opened, such as after a backup was copied over it:
    /// the name under which that log is kept.
    pub fn log_set_aside(&self) -> Option<&Path> {
        self.log_set_aside.as_deref()
    }

    pub(super) fn writable(&self) -> Result<(), StoreError> {
        self.read_only.clone().map_or(Ok(()), Err)
    }

    /// The file of the book, an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The edition that the book follows, with the college's own additions laid over it.
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// Whether the book is encrypted with this key.
    pub fn has_key(&self, key: &BookKey) -> bool {
        lock(&self.key).bytes() == key.bytes()
    }

    /// Encrypts the book with another key; the salt stays, so a passphrase is derived over [`crate::read_salt`] as
    /// before. Read connections that are still open must be dropped first.
    pub fn change_key(&self, new: &BookKey) -> Result<(), StoreError> {
        self.writable()?;
        let writer = self.writer();
        let mut key = lock(&self.key);
        let mut readers = lock(&self.readers);
        readers.idle.clear();
        readers.generation += 1;
        writer.pragma_update(None, "rekey", new.literal(&self.salt).as_str())?;
        *key = new.clone();
        // Pages that are encrypted with the old key are replaced in the file now, not at the next checkpoint.
        checkpoint(&writer)
    }

    /// A connection that can only read.
    pub fn reader(&self, limits: ReadLimits) -> Result<ReadConnection, StoreError> {
        self.reader_with(limits, &[])
    }

    /// A connection that can only read and has the caller's functions.
    pub fn reader_with(&self, limits: ReadLimits, functions: &[Function]) -> Result<ReadConnection, StoreError> {
        let connection = self.connect(&lock(&self.key), Purpose::Read)?;
        connection.pragma_update(None, "cache_size", SWEEP_CACHE)?;
        let tables = self.edition.tables.iter().map(|t| t.name.clone()).collect();
        ReadConnection::new(connection, tables, limits, functions)
    }

    /// Writes the log into the file as far as readers allow, so that a copy of the file alone has what was saved. Does
    /// nothing while a change is being written. Nothing is lost where it fails: the log stays.
    pub fn fold(&self) {
        if self.is_read_only() {
            return;
        }
        if let Ok(writer) = self.writer.try_lock() {
            let _ = writer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        }
    }

    /// Closes the book: everything is in the one file, and the lock is released. Dropping does the same but cannot
    /// report an error.
    pub fn close(self) -> Result<(), StoreError> {
        let Book { readers, writer, read_only, lock, path, .. } = self;
        drop(readers);
        let writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        if read_only.is_none() {
            checkpoint(&writer)?;
        }
        writer.close().map_err(|(_, error)| StoreError::from(error))?;
        if read_only.is_none() {
            log_owner::note_closed(&lock, &path);
        }
        Ok(())
    }

    /// The SQL of a table of the edition, or an error.
    pub(crate) fn table_sql(&self, table: &str) -> Result<&TableSql, StoreError> {
        self.edition_sql.of(table)
    }

    /// The key of the book.
    pub(super) fn key(&self) -> BookKey {
        lock(&self.key).clone()
    }

    /// The salt at the head of the file.
    pub(super) fn salt(&self) -> &Salt {
        &self.salt
    }

    /// Lets the book follow another edition, whose tables are there already.
    pub(super) fn set_edition(&mut self, edition: Arc<Edition>) {
        self.sequences.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        *self.view_orders.get_mut().unwrap_or_else(PoisonError::into_inner) = ViewOrders::default();
        // Statements that readers have prepared may name tables that are gone.
        *self.readers.get_mut().unwrap_or_else(PoisonError::into_inner) = Readers::default();
        self.edition_sql = EditionSql::new(&edition);
        self.edition = edition;
    }

    /// Replaces the write connection that [`Book::close_file`] closed.
    pub(super) fn set_writer(&mut self, writer: Connection) {
        *self.writer.get_mut().unwrap_or_else(PoisonError::into_inner) = writer;
        // The file may be another one with another mark.
        self.marked.store(false, Ordering::Relaxed);
    }

    /// Closes all connections, so that everything is in the one file and no log stays beside it. Until
    /// [`Book::set_writer`] every use of the book is an error.
    pub(super) fn close_file(&mut self) -> Result<(), StoreError> {
        *self.readers.get_mut().unwrap_or_else(PoisonError::into_inner) = Readers::default();
        let nothing = connection::in_memory()?;
        let writer = std::mem::replace(self.writer.get_mut().unwrap_or_else(PoisonError::into_inner), nothing);
        checkpoint(&writer)?;
        writer.close().map_err(|(_, error)| StoreError::from(error))?;
        let log = beside(&self.path, "-wal");
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(StoreError::InUse { file: self.path.display().to_string() });
        }
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(beside(&self.path, ending));
        }
        Ok(())
    }

    /// How many transactions have been committed: another number means that anything may have changed.
    pub(crate) fn commits(&self) -> u64 {
        self.committed.load(Ordering::Relaxed)
    }

    /// The orders of views that are in memory.
    pub(crate) fn view_orders(&self) -> MutexGuard<'_, ViewOrders> {
        lock(&self.view_orders)
    }

    /// The orders of records that are in memory.
    pub(crate) fn sequences(&self) -> MutexGuard<'_, Sequences> {
        lock(&self.sequences)
    }

    /// Runs `f` on one snapshot of what was last committed.
    pub(crate) fn read<T>(&self, f: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let (generation, connection) = self.reading()?;
        // After an error the connection still holds its snapshot, so it returns to the pool only after success.
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
        // The key is held until the connection is there, so that the generation belongs to it.
        let key = lock(&self.key);
        let (generation, idle) = {
            let mut readers = lock(&self.readers);
            (readers.generation, readers.idle.pop())
        };
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let mut connection = self.connect(&key, Purpose::Read)?;
                count_work(&mut connection, &self.work)?;
                watch::count_records(&connection)?;
                connection
            }
        };
        Ok((generation, connection))
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }
}

/// Instructions of SQLite that are counted together.
const COUNTED: i32 = 100;

/// Counts what a connection does, and ends a query that was cancelled.
fn count_work(connection: &mut Connection, work: &Arc<AtomicU64>) -> Result<(), StoreError> {
    let work = Arc::clone(work);
    Ok(connection.progress_handler(
        COUNTED,
        Some(move || {
            work.fetch_add(1, Ordering::Relaxed);
            watch::is_cancelled()
        }),
    )?)
}

/// How a write transaction ends.
pub(crate) enum TransactionEnd<T> {
    /// What was written is committed.
    Commit(T),
    /// The transaction is rolled back, because there was nothing to write.
    Leave(T),
}

/// Locks, also after a panic of another thread: its transaction was rolled back, and the connection can still be used.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl StoreError {
    /// Adds the name of the file to an error that was made without one.
    pub(super) fn in_file(self, path: &Path) -> Self {
        match self {
            StoreError::Damaged { file } if file.is_empty() => StoreError::Damaged { file: path.display().to_string() },
            StoreError::ReadOnly { file } if file.is_empty() => {
                StoreError::ReadOnly { file: path.display().to_string() }
            }
            other => other,
        }
    }
}
