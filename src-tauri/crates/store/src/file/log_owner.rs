//! Which state of a book its log (`-wal`) belongs to.
//!
//! A program that was killed leaves the log of its last changes beside the book. If another file is then copied over
//! the book, such as a backup, SQLite would apply that log to it, and the book would be damaged or silently changed. So
//! the first change of each session writes a random mark into the book, and the same mark into the lock file beside it.
//! A log beside a book whose mark the lock file does not name belongs to another file: it is set aside under another
//! name, never deleted.
//!
//! The mark goes into the lock file before it goes into the book, together with the mark that the book had: at any
//! moment the file of the book has one of the marks that the lock file names. When the log is empty again, only the
//! newest mark stays.
//!
//! A mark tells the logs of two sessions apart only where the log has the page with the mark. So the lock file also says
//! when the book was closed and its log was empty: a log that lies beside it then was put there by somebody, such as
//! an older one by a program that synchronises folders, and is set aside, too.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::StoreError;
use crate::file::connection::{Purpose, beside, connect, is_folded};
use crate::file::key::{BookKey, Salt};
use crate::file::lock::Lock;
use crate::tables::metadata;

/// The line of the lock file that says that the book is closed and has no log.
const CLOSED: &str = "closed";

/// Whether there is a log beside the book with changes that are not in its file yet.
pub(crate) fn has_log(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// Sets a log aside that belongs to another file than the book, and gives its new name. Where the key is invalid or no
/// mark is known, nothing is done. The book must not be open.
pub(crate) fn set_aside_foreign(
    path: &Path,
    key: &BookKey,
    salt: &Salt,
    lock: &Lock,
) -> Result<Option<PathBuf>, StoreError> {
    if !has_log(path) {
        return Ok(None);
    }
    let known = lock.text().unwrap_or_default();
    let Ok(file) = connect(path, key, salt, Purpose::ReadUnchanging) else { return Ok(None) };
    let mark = metadata::get(&file, metadata::LOG_OWNER);
    let names = |word: &str| known.lines().any(|line| line == word);
    let is_own = known.is_empty() || mark.as_ref().map_or(true, |mark| names(mark));
    if is_own && !names(CLOSED) {
        return Ok(None);
    }
    drop(file);
    let log = beside(path, "-wal");
    let free = (1u32..).map(|n| beside(path, &format!("-wal-{n}"))).find(|name| !name.exists());
    let Some(free) = free else { return Ok(None) };
    standard::file::rename_patiently(&log, &free).map_err(|e| StoreError::opening(&log, &e))?;
    let _ = std::fs::remove_file(beside(path, "-shm"));
    Ok(Some(free))
}

/// Takes back that the book is closed, before anything is written into its log.
pub(crate) fn note_opened(lock: &Lock, path: &Path) -> Result<(), StoreError> {
    let text = lock.text().unwrap_or_default();
    if !text.lines().any(|line| line == CLOSED) {
        return Ok(());
    }
    let marks: String = text.lines().filter(|line| *line != CLOSED).map(|line| format!("{line}\n")).collect();
    lock.set_text(&marks).map_err(|e| StoreError::opening(path, &e))
}

/// Notes that the book was closed, if no log is left beside it. An error is ignored: a log that lies there later is then
/// recognised by its mark only.
pub(crate) fn note_closed(lock: &Lock, path: &Path) {
    if !has_log(path) {
        let marks = lock.text().unwrap_or_default();
        let _ = lock.set_text(&format!("{marks}{CLOSED}\n"));
    }
}

/// A new mark, which the transaction that is open writes into the book; call [`settle`] when it is committed.
pub(crate) fn mark(connection: &Connection, lock: &Lock, path: &Path) -> Result<(), StoreError> {
    let before = metadata::get(connection, metadata::LOG_OWNER)?;
    let mark = new_mark(connection)?;
    // A book without a mark has the empty one, which is the empty first line.
    lock.set_text(&format!("{before}\n{mark}\n")).map_err(|e| StoreError::opening(path, &e))?;
    metadata::set(connection, metadata::LOG_OWNER, &mark)
}

/// Writes a mark that no lock file names into the book of this connection.
pub(crate) fn mark_copy(connection: &Connection) -> Result<(), StoreError> {
    metadata::set(connection, metadata::LOG_OWNER, &new_mark(connection)?)
}

/// 32 random hex digits.
fn new_mark(connection: &Connection) -> Result<String, StoreError> {
    Ok(connection.query_row("SELECT lower(hex(randomblob(16)))", [], |r| r.get(0))?)
}

/// Writes the log with the mark into the file of the book, and leaves only this mark in the lock file. If a reader
/// still needs the log, both marks stay in the lock file.
pub(crate) fn settle(connection: &Connection, lock: &Lock) -> Result<(), StoreError> {
    if is_folded(connection)? {
        let mark = metadata::get(connection, metadata::LOG_OWNER)?;
        // An error is ignored: as long as the lock file has both marks, the log is still recognised as that of the
        // book.
        let _ = lock.set_text(&format!("{mark}\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Book;
    use crate::fixture::{BookFixture, PERIOD, edition, insert, key};

    const COURSE: &str = "ODS_COURSE";

    /// Copies the book with its log, as a program that was killed leaves them.
    fn killed(from: &Path, to: &Path) {
        for ending in ["", "-wal", ".lock"] {
            std::fs::copy(beside(from, ending), beside(to, ending)).unwrap();
        }
    }

    fn open(path: &Path) -> Book {
        Book::open(path, &key(), |_| Some(edition())).unwrap()
    }

    fn rows(book: &Book) -> u64 {
        book.count(COURSE, PERIOD).unwrap()
    }

    #[test]
    fn the_log_of_a_killed_program_is_taken_in() {
        let fixture = BookFixture::new();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("册.tianbao");
        for n in 0..3 {
            fixture.apply(n, &[insert(COURSE, &[("KCH", &n.to_string())])]);
            killed(&fixture.path, &path);
            let book = open(&path);
            assert_eq!(rows(&book), u64::try_from(n).unwrap() + 1, "nothing that was saved is lost");
            assert_eq!(book.log_set_aside(), None);
        }
    }

    #[test]
    fn the_log_beside_a_backup_that_was_copied_over_the_book_is_set_aside() {
        let mut fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        fixture.reopen();
        let folder = tempfile::tempdir().unwrap();
        let (backup, path) = (folder.path().join("备份.tianbao"), folder.path().join("册.tianbao"));
        std::fs::copy(&fixture.path, &backup).unwrap();
        fixture.apply(1, &[insert(COURSE, &[("KCH", "b")])]);
        fixture.apply(2, &[insert(COURSE, &[("KCH", "c")])]);
        killed(&fixture.path, &path);
        std::fs::copy(&backup, &path).unwrap();
        let book = open(&path);
        assert_eq!(rows(&book), 1, "the backup is what it was");
        let aside = book.log_set_aside().unwrap().to_owned();
        assert!(aside.metadata().unwrap().len() > 0, "the log is kept");
        drop(book);
        assert_eq!(open(&path).log_set_aside(), None, "it is said once");
    }

    #[test]
    fn an_old_log_that_is_put_beside_the_closed_book_is_set_aside() {
        let mut fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        // The pages of the mark are in the file already, so this log names no owner.
        fixture.apply(1, &[insert(COURSE, &[("KCH", "b")])]);
        let log = beside(&fixture.path, "-wal");
        let old = std::fs::read(&log).unwrap();
        assert!(!old.is_empty());
        fixture.apply(2, &[insert(COURSE, &[("KCH", "c")])]);
        fixture.book.take().unwrap().close().unwrap();
        for content in [old.as_slice(), b"no log at all, but longer than nothing"] {
            std::fs::write(&log, content).unwrap();
            let book = open(&fixture.path);
            assert_eq!(rows(&book), 3, "the book is what it was when it was closed");
            assert_eq!(std::fs::read(book.log_set_aside().unwrap()).unwrap(), content);
            book.close().unwrap();
        }
        let book = open(&fixture.path);
        assert_eq!((rows(&book), book.log_set_aside()), (3, None));
        // While it is open, its own log is its own, also before the first change.
        killed(&fixture.path, &fixture.path.with_extension("other"));
        assert_eq!(rows(&open(&fixture.path.with_extension("other"))), 3);
    }

    #[test]
    fn a_backup_of_the_same_session_is_another_file() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        let folder = tempfile::tempdir().unwrap();
        let (backup, path) = (folder.path().join("备份.tianbao"), folder.path().join("册.tianbao"));
        fixture.book.as_ref().unwrap().back_up(&backup).unwrap();
        fixture.apply(1, &[insert(COURSE, &[("KCH", "b")])]);
        killed(&fixture.path, &path);
        std::fs::copy(&backup, &path).unwrap();
        let book = open(&path);
        assert_eq!(rows(&book), 1);
        assert!(book.log_set_aside().is_some());
    }
}
