//! Opening connections to an encrypted file. All connections of this crate are made here.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use standard::file::rename_patiently;

use crate::StoreError;
use crate::file::key::{BookKey, Salt};

/// Prepared statements that a connection keeps: the home page runs four queries for each of a hundred tables, and a
/// smaller cache would drop each statement before it is used again.
const STATEMENTS_KEPT: usize = 1024;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Makes the file.
    Create,
    /// Reads and writes.
    Write,
    /// For reading only.
    Read,
    /// For reading a file that nobody can change: without its log, and without a file beside it.
    ReadUnchanging,
}

/// Makes a complete file or none, even if the program ends in the middle: `fill` writes a file beside it, which gets
/// its name when all of it is on disk. There must not be a file at `path`.
pub(crate) fn make(
    path: &Path,
    key: &BookKey,
    salt: &Salt,
    fill: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let new = beside(path, ".new");
    remove(&new);
    let made = connect(&new, key, salt, Purpose::Create)
        .and_then(|mut connection| {
            fill(&mut connection)?;
            checkpoint(&connection)?;
            connection.close().map_err(|(_, error)| error.into())
        })
        .and_then(|()| {
            // The log of a file that was removed would be taken for that of the new one.
            remove_log(path);
            rename_patiently(&new, path).map_err(|e| StoreError::opening(path, &e))
        });
    if made.is_err() {
        remove(&new);
    }
    made
}

/// A file beside another, its name with an ending added.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Syncs the folder of this file, so that its new name survives a power cut. Some systems cannot sync folders.
pub(crate) fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Removes an unfinished file with its log. Errors are ignored: a file that stays does no harm.
fn remove(path: &Path) {
    let _ = fs::remove_file(path);
    remove_log(path);
}

fn remove_log(path: &Path) {
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(beside(path, ending));
    }
}

/// Writes the write-ahead log into the file and empties it.
pub(crate) fn checkpoint(connection: &Connection) -> Result<(), StoreError> {
    is_folded(connection).map(|_| ())
}

/// Writes the log into the file as far as readers allow; returns whether all of it is there now.
pub(crate) fn is_folded(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| Ok(r.get::<_, i64>(0)? == 0))?)
}

/// A connection to a database in memory.
pub(crate) fn in_memory() -> rusqlite::Result<Connection> {
    make_ready();
    Connection::open_in_memory()
}

/// Makes SQLite ready with its cipher, before the first connection of the process. SQLite reports that it is ready
/// before its cipher is: a second thread that opened a file at that moment would get the error that its key is invalid.
fn make_ready() {
    static READY: Once = Once::new();
    // If this fails, opening the next connection fails with the same error.
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// Size of a reader's cache of decrypted pages; SQLite reads a negative number as KiB.
const READER_CACHE: i64 = -16_384;

/// The same for the writer.
pub(crate) const WRITER_CACHE: i64 = -32_768;

/// A connection whose key was tried, with all settings that each connection needs.
pub(crate) fn connect(path: &Path, key: &BookKey, salt: &Salt, purpose: Purpose) -> Result<Connection, StoreError> {
    let access = match purpose {
        Purpose::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Purpose::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Purpose::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Purpose::ReadUnchanging => OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    make_ready();
    let connection = match purpose {
        Purpose::ReadUnchanging => Connection::open_with_flags(unchanging(path), access),
        _ => Connection::open_with_flags(path, access),
    };
    let connection = connection.map_err(|e| opening(path, e))?;
    // SQLCipher would report each wrong key on stderr; the caller gets an error already.
    connection.pragma_update(None, "cipher_log_level", "NONE").map_err(|e| opening(path, e))?;
    // The key must be set before the first read.
    connection.pragma_update(None, "key", key.literal(salt).as_str()).map_err(|e| opening(path, e))?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(|e| opening(path, e))?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    // Locking every page of memory against swapping costs half the speed; the key itself is locked anyway.
    connection.pragma_update(None, "cipher_memory_security", false)?;
    // Sorts and temporary tables stay in memory: on disk they would be plain text.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    let reads = matches!(purpose, Purpose::Read | Purpose::ReadUnchanging);
    connection.pragma_update(None, "cache_size", if reads { READER_CACHE } else { WRITER_CACHE })?;
    match purpose {
        Purpose::Read | Purpose::ReadUnchanging => connection.pragma_update(None, "query_only", true)?,
        Purpose::Create | Purpose::Write => prepare_for_writing(&connection)?,
    }
    Ok(connection)
}

/// The address by which SQLite opens a file that does not change while it is open. `path` is absolute.
fn unchanging(path: &Path) -> String {
    let mut address = String::from("file:");
    let path = path.to_string_lossy();
    // `C:\Users` is written as `/C:/Users`, and `\\server\share` as `//server/share` behind an empty host.
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    if !path.starts_with('/') {
        address.push('/');
    } else if path.starts_with("//") {
        address.push_str("//");
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b':' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                address.push(char::from(byte))
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address.push_str("?immutable=1");
    address
}

/// The settings that make a commit durable and complete.
fn prepare_for_writing(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // FULL syncs the log at each commit, so that what was committed survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // After a large import the log is cut back to this size.
    connection.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Deleted content is overwritten: even encrypted, it must not stay in the file.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    Ok(())
}

/// The error of a file that SQLite does not open.
fn opening(path: &Path, error: rusqlite::Error) -> StoreError {
    let file = path.display().to_string();
    match error.sqlite_error_code() {
        // The first page does not decrypt: another key, or no database at all.
        Some(ErrorCode::NotADatabase) => StoreError::WrongKey { file },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { file },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::InUse { file },
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            StoreError::NoAccess { file, reason: error.to_string() }
        }
        _ => error.into(),
    }
}
