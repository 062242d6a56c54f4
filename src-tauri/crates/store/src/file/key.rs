//! The key of a book and the salt that stands at the head of its file.
//!
//! SQLCipher puts a 16-byte salt in the place of SQLite's file header. A book's key is either random or derived from
//! a passphrase over that salt (`vault::derive`), so the file alone can be moved to another PC.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use crate::StoreError;

/// Bytes of the salt at the head of a book.
pub const SALT_BYTES: usize = 16;

/// The salt of a book.
pub type Salt = [u8; SALT_BYTES];

/// The first bytes of every unencrypted SQLite file.
const PLAIN_SQLITE: &Salt = b"SQLite format 3\0";

/// The raw 256-bit key of a book; wiped when dropped, never shown.
#[derive(Clone)]
pub struct BookKey(Zeroizing<[u8; 32]>);

impl BookKey {
    /// A key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        BookKey(Zeroizing::new(bytes))
    }

    /// The bytes themselves, for the key store.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// SQLCipher's raw key form: 64 hex digits of key, 32 of salt.
    pub(crate) fn literal(&self, salt: &Salt) -> Zeroizing<String> {
        let (key, salt) = (Zeroizing::new(hex::encode(self.bytes())), hex::encode(salt));
        Zeroizing::new(format!("x'{}{salt}'", key.as_str()))
    }
}

impl fmt::Debug for BookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BookKey(<redacted>)")
    }
}

/// The salt of the book in this file.
pub fn read_salt(path: &Path) -> Result<Salt, StoreError> {
    let file = path.display().to_string();
    let mut salt = [0; SALT_BYTES];
    // Reading a pipe could wait for ever, and a folder or a device is not a book.
    if !std::fs::metadata(path).map_err(|e| StoreError::opening(path, &e))?.is_file() {
        return Err(StoreError::NotABook { file });
    }
    let mut reader = File::open(path).map_err(|e| StoreError::opening(path, &e))?;
    match reader.read_exact(&mut salt) {
        Ok(()) if &salt != PLAIN_SQLITE => Ok(salt),
        Ok(()) => Err(StoreError::NotABook { file }),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Err(StoreError::NotABook { file }),
        Err(e) => Err(StoreError::opening(path, &e)),
    }
}

impl StoreError {
    /// The error for a file that the system does not open.
    pub(crate) fn opening(path: &Path, error: &std::io::Error) -> Self {
        let file = path.display().to_string();
        match error.kind() {
            std::io::ErrorKind::NotFound => StoreError::NotFound { file },
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
                StoreError::DiskFull
            }
            _ if standard::file::is_held(error) => StoreError::InUse { file },
            _ => StoreError::NoAccess { file, reason: error.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use standard::Coded;

    #[test]
    fn debug_shows_nothing_of_a_key() {
        assert_eq!(format!("{:?}", BookKey::new([0xab; 32])), "BookKey(<redacted>)");
    }

    #[test]
    fn files_that_are_no_books_are_named_so() {
        let folder = tempfile::tempdir().unwrap();
        let check = |content: &[u8], expect: Result<Salt, &str>| {
            let path = folder.path().join("file");
            std::fs::write(&path, content).unwrap();
            assert_eq!(read_salt(&path).map_err(|e| e.code()), expect.map_err(str::to_owned));
        };
        check(b"", Err("book.not-a-book"));
        check(b"short", Err("book.not-a-book"));
        check(b"SQLite format 3\0 and so on", Err("book.not-a-book"));
        check(b"0123456789abcdef rest", Ok(*b"0123456789abcdef"));
        assert_eq!(read_salt(&folder.path().join("nothing")).unwrap_err().code(), "book.not-found");
    }
}
