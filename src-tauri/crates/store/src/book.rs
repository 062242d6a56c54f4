//! Making, opening, copying and closing a book.
//!
//! One connection writes, behind a mutex; reads take a connection from a pool, so the grid scrolls while an import is
//! being written and sees the book as it was last saved.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};
use serde_json::Value;
use standard::Edition;

use crate::connection::{Purpose, connect};
use crate::lock::Lock;
use crate::schema::{self, APPLICATION_ID, FORMAT};
use crate::shape::{Shape, Shapes};
use crate::{BookKey, ReadConnection, ReadLimits, Salt, StoreError, calls, read_salt, settings, write};

/// Read connections that are kept for the next reader.
const READERS_KEPT: usize = 4;

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
    _lock: Lock,
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
        let lock = Lock::take(&path)?;
        // Making the file ourselves, and only if it is new, leaves no moment in which another's file is overwritten.
        std::fs::File::create_new(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => StoreError::Exists { file: path.display().to_string() },
            _ => StoreError::opening(&path, &e),
        })?;
        let made = connect(&path, key, salt, Purpose::Create).and_then(|mut writer| {
            fill_new(&mut writer, &edition, new)?;
            Ok(writer)
        });
        match made {
            Ok(writer) => Ok(Book::assemble(path, key, *salt, edition, writer, lock)),
            Err(error) => {
                // The error that matters is the first; what cannot be removed is an empty book at worst.
                for ending in ["", "-wal", "-shm"] {
                    let mut file = path.clone().into_os_string();
                    file.push(ending);
                    let _ = std::fs::remove_file(file);
                }
                Err(error)
            }
        }
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
            _lock: lock,
        }
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
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let remove = |e: std::io::Error| if e.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(e) };
        std::fs::remove_file(&part).or_else(remove).map_err(access)?;
        let copied = self.vacuum_into(&part);
        let kept = copied.and_then(|()| {
            std::fs::OpenOptions::new().write(true).open(&part).and_then(|f| f.sync_all()).map_err(access)?;
            std::fs::rename(&part, path).map_err(access)
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
        let connection = connect(&self.path, &lock(&self.key), &self.salt, Purpose::Write)?;
        connection.execute("VACUUM INTO ?1", [name]).map_err(|e| match e.sqlite_error_code() {
            Some(ErrorCode::CannotOpen) => StoreError::NoAccess { file: name.to_owned(), reason: e.to_string() },
            _ => e.into(),
        })?;
        Ok(())
    }

    /// A connection that can only read.
    pub fn reader(&self, limits: ReadLimits) -> Result<ReadConnection, StoreError> {
        let connection = connect(&self.path, &lock(&self.key), &self.salt, Purpose::Read)?;
        let tables = self.edition.tables.iter().map(|t| t.name.clone()).collect();
        ReadConnection::new(connection, tables, limits)
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
            None => connect(&self.path, &key, &self.salt, Purpose::Read)?,
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

fn checkpoint(writer: &Connection) -> Result<(), StoreError> {
    Ok(writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
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
    transaction.commit()?;
    checkpoint(writer)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Desk, PERIOD, SALT, SCHOOL, at, edition, field, insert, key, update};
    use serde_json::json;
    use standard::Kind;
    use std::fs;

    const COURSE: &str = "ODS_COURSE";
    const NAME: &str = "独一无二的课程名";

    fn open(path: &Path, key: &BookKey) -> Result<Book, &'static str> {
        Book::open(path, key, |id| Some(edition()).filter(|e| e.id == id)).map_err(|e| e.code())
    }

    fn filled() -> Desk {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a"), ("KCMC", NAME)])]);
        desk
    }

    /// The folder's files with their content.
    fn files(desk: &Desk) -> Vec<(String, Vec<u8>)> {
        let name = |f: &fs::DirEntry| f.file_name().into_string().unwrap();
        let entries = fs::read_dir(desk.path.parent().unwrap()).unwrap().map(Result::unwrap);
        entries.map(|f| (name(&f), fs::read(f.path()).unwrap())).collect()
    }

    #[test]
    fn the_file_begins_with_the_salt_and_shows_nothing_else() {
        let desk = filled();
        assert_eq!(read_salt(&desk.path).unwrap(), SALT);
        for (name, content) in files(&desk) {
            for plain in [NAME.as_bytes(), b"SQLite format", b"CREATE TABLE", SCHOOL.as_bytes()] {
                assert!(!content.windows(plain.len()).any(|w| w == plain), "{name}");
            }
        }
    }

    #[test]
    fn a_closed_book_is_one_file() {
        let mut desk = filled();
        desk.book.take().unwrap().close().unwrap();
        let mut names: Vec<_> = files(&desk).into_iter().map(|(name, _)| name).collect();
        names.sort();
        assert_eq!(names, ["测试.tianbao", "测试.tianbao.lock"]);
        desk.reopen();
        assert_eq!(desk.column(COURSE, "KCMC"), [NAME]);
    }

    #[test]
    fn a_book_begins_with_what_it_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.tianbao");
        let new = NewBook { school: SCHOOL.into(), settings: vec![("theme".into(), json!("dark"))] };
        let book = Book::create(&path, &key(), &SALT, edition(), &new).unwrap();
        assert_eq!((book.school().unwrap().as_str(), book.setting("theme").unwrap()), (SCHOOL, Some(json!("dark"))));
        assert_eq!((book.path(), book.edition().id.as_str()), (path.as_path(), "test-2026"));
        assert_eq!(format!("{book:?}").matches("key").count(), 0);
    }

    #[test]
    fn only_its_key_opens_it_and_only_once_at_a_time() {
        let mut desk = filled();
        assert_eq!(open(&desk.path, &key()).err(), Some("book.in-use"));
        desk.book = None;
        assert_eq!(open(&desk.path, &BookKey::new([8; 32])).err(), Some("book.wrong-key"));
        assert!(open(&desk.path, &key()).is_ok());
    }

    #[test]
    fn what_cannot_be_opened_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.tianbao");
        assert_eq!(open(&path, &key()).err(), Some("book.not-found"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let check = |content: &[u8], code| {
            fs::write(&path, content).unwrap();
            assert_eq!(open(&path, &key()).err(), Some(code));
            assert_eq!(fs::read(&path).unwrap(), content);
        };
        check(b"", "book.not-a-book");
        check(b"a picture", "book.not-a-book");
        check(b"SQLite format 3\0 and a plain database", "book.not-a-book");
        check(&[0x89; 9000], "book.wrong-key");
        let new = NewBook::default();
        let create = |path: &Path| Book::create(path, &key(), &SALT, edition(), &new).map_err(|e| e.code()).err();
        assert_eq!(create(&path), Some("book.exists"));
        assert_eq!(fs::read(&path).unwrap(), [0x89; 9000]);
        assert_eq!(create(&folder.path().join("no folder").join("x")), Some("book.not-found"));
    }

    #[test]
    fn an_older_program_refuses_a_newer_book() {
        let mut desk = filled();
        let set = |desk: &Desk, pragma: &str| desk.writer().execute_batch(pragma).unwrap();
        set(&desk, "PRAGMA user_version = 99");
        desk.book = None;
        let error = Book::open(&desk.path, &key(), |_| Some(edition())).unwrap_err();
        assert_eq!(error.code(), "book.newer-format");
        assert!(error.params().contains(&("found", "99".into())) && error.params().contains(&("known", "1".into())));
    }

    #[test]
    fn another_program_s_database_is_no_book() {
        let mut desk = filled();
        desk.writer().execute_batch("PRAGMA application_id = 1").unwrap();
        desk.book = None;
        assert_eq!(open(&desk.path, &key()).err(), Some("book.not-a-book"));
    }

    #[test]
    fn an_edition_that_is_not_installed_is_named() {
        let mut desk = filled();
        desk.book = None;
        let error = Book::open(&desk.path, &key(), |_| None).unwrap_err();
        assert_eq!(
            (error.code(), error.params()[1].clone()),
            ("book.unknown-edition", ("edition", "test-2026".into()))
        );
    }

    #[test]
    fn a_book_grows_with_its_edition() {
        let mut desk = filled();
        let old = desk.get(COURSE, 1).unwrap().unwrap();
        desk.book = None;
        let mut grown = (*edition()).clone();
        let mut more = grown.tables[0].clone();
        more.name = "ODS_MORE".into();
        grown.tables.push(more);
        grown.tables[0].fields.insert(3, field(9, "KCXZ", Kind::Text, false));
        grown.tables[0].natural_key.push("KCMC".into());
        let grown = Arc::new(grown);
        for _ in 0..2 {
            let book = Book::open(&desk.path, &key(), |_| Some(Arc::clone(&grown))).unwrap();
            let new = book.get(COURSE, 1).unwrap().unwrap();
            assert_eq!(
                (&new.values[2..6], new.values.len()),
                (&["a".into(), String::new(), NAME.into(), String::new()][..], 7)
            );
            assert_ne!(new.key, old.key, "the natural key has one more column");
            assert_eq!(book.count("ODS_MORE", PERIOD).unwrap(), 0);
            assert_eq!(book.integrity().unwrap(), []);
        }
    }

    #[test]
    fn a_new_key_takes_the_place_of_the_old() {
        let mut desk = filled();
        assert_eq!(desk.count(COURSE, "").unwrap(), 1, "an idle reader has the old key");
        let new = BookKey::new([9; 32]);
        desk.change_key(&new).unwrap();
        assert_eq!(desk.column(COURSE, "KCMC"), [NAME]);
        desk.apply(1, &[update(COURSE, 1, &[("XF", "1")])]);
        assert!(desk.reader(ReadLimits::default()).is_ok());
        desk.whole();
        desk.book = None;
        assert_eq!(read_salt(&desk.path).unwrap(), SALT);
        assert_eq!(open(&desk.path, &key()).err(), Some("book.wrong-key"));
        assert_eq!(open(&desk.path, &new).unwrap().count(COURSE, "").unwrap(), 1);
    }

    #[test]
    fn a_copy_is_whole_and_opens_with_the_same_key() {
        let desk = filled();
        let copy = desk.path.with_extension("copy");
        fs::write(&copy, "an older copy").unwrap();
        desk.back_up(&copy).unwrap();
        desk.undo(at(1), "").unwrap();
        assert_eq!(read_salt(&copy).unwrap(), SALT);
        let book = open(&copy, &key()).unwrap();
        assert_eq!(book.count(COURSE, "").unwrap(), 1);
        assert_eq!(book.integrity().unwrap(), []);
        assert!(!files(&desk).iter().any(|(name, _)| name.ends_with(".part")));
        assert_eq!(
            desk.back_up(&desk.path.with_file_name("no folder").join("copy")).unwrap_err().code(),
            "book.no-access"
        );
    }

    #[test]
    fn readers_are_not_held_up_by_a_writer() {
        let desk = filled();
        desk.write(|connection| {
            connection.execute("UPDATE ODS_COURSE SET KCMC = 'half done'", [])?;
            assert_eq!(desk.column(COURSE, "KCMC"), [NAME]);
            Ok(Outcome::Leave(()))
        })
        .unwrap();
        assert_eq!(desk.column(COURSE, "KCMC"), [NAME]);
    }

    #[test]
    fn a_page_that_was_tampered_with_is_damage() {
        let mut desk = filled();
        desk.book.take().unwrap().close().unwrap();
        let mut content = fs::read(&desk.path).unwrap();
        for page in content.chunks_mut(4096).skip(1) {
            page[100] ^= 1;
        }
        fs::write(&desk.path, content).unwrap();
        assert!(matches!(open(&desk.path, &key()).err(), Some("book.damaged" | "book.wrong-key")));
    }
}
