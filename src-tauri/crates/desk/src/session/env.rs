//! The environment: time, randomness, key store and folders are passed in, so that tests can choose them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use store::NATIONAL_TIME;

/// Gives the present moment; tests give a fixed one.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A source of unpredictable bytes: fills the buffer.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What the desk needs from its environment.
#[derive(Clone)]
pub struct Env {
    /// Folder of the program's own files: settings of this PC, books by default, rehearsal data.
    pub home: PathBuf,
    /// Folder that new books go to.
    pub books: PathBuf,
    /// This PC's clock, as it is. The program itself uses the best known time ([`super::clock`]).
    pub now: Clock,
    /// When the program was made; 1970 where that is unknown.
    pub built: Timestamp,
    /// Fills a buffer with unpredictable bytes.
    pub random: Random,
    /// This PC's key store.
    pub keys: Arc<dyn vault::KeyStore>,
    /// Passphrase from the environment (`TIANBAO_PASSPHRASE`), for programs without a window.
    pub passphrase: Option<String>,
    /// How long a book has to be open before its daily backup is made. A command that opens it only briefly makes none.
    pub backup_after: Duration,
}

impl Env {
    /// The environment of the program: system clock, system randomness, this PC's key store, and the folder of
    /// `TIANBAO_HOME` or the platform's usual one.
    pub fn real() -> Env {
        let (home, books) = folders();
        Env {
            home,
            books,
            now: Arc::new(Timestamp::now),
            built: env!("TIANBAO_BUILT").parse().ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or_default(),
            random: Arc::new(|buffer| rand::RngCore::fill_bytes(&mut rand::rngs::OsRng, buffer)),
            keys: Arc::new(vault::Keyring::new("Tianbao")),
            passphrase: std::env::var("TIANBAO_PASSPHRASE").ok().filter(|p| !p.is_empty()),
            backup_after: Duration::from_secs(30),
        }
    }
}

/// The day of a moment in national time.
pub(crate) fn national_day(time: Timestamp) -> Date {
    time.to_zoned(NATIONAL_TIME).date()
}

/// A time in RFC 3339 with the national offset and whole milliseconds.
pub fn rfc3339(time: Timestamp) -> String {
    time.to_zoned(NATIONAL_TIME).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// `TIANBAO_HOME` holds everything; without it data go to the platform's folder and books to the user's documents.
fn folders() -> (PathBuf, PathBuf) {
    if let Some(folder) = std::env::var_os("TIANBAO_HOME").filter(|v| !v.is_empty()) {
        let home = PathBuf::from(folder);
        return (home.clone(), home.join("books"));
    }
    let home = directories::ProjectDirs::from("", "", "Tianbao")
        .map_or_else(|| PathBuf::from(".tianbao"), |dirs| dirs.data_local_dir().to_path_buf());
    let documents = directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(Path::to_path_buf));
    let books = documents.map_or_else(|| home.join("books"), |folder| folder.join("填报"));
    (home, books)
}
