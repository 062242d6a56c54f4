//! Files of this PC outside any book: which books were opened, and where new ones go.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::session::api::CallError;
use crate::session::env::Env;

/// The number of recent books that are remembered and shown.
const REMEMBERED: usize = 12;

/// Ending of a draft book's file name.
pub(crate) const ENDING: &str = "tianbao";

/// What the program stores about this PC.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct ThisPc {
    /// Newest first.
    #[serde(default)]
    recent: Vec<Remembered>,
    /// Milliseconds since 1970 on the clocks of a receiver and of this PC, when the receiver last answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contact: Option<(i64, i64)>,
}

/// An answer of a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contact {
    /// The receiver's clock.
    pub receiver: Timestamp,
    /// This PC's clock at the same moment.
    pub pc: Timestamp,
}

/// A book that was opened on this PC.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Remembered {
    pub path: PathBuf,
    /// Name of the college.
    pub college: String,
    /// Id of the edition.
    pub edition: String,
}

impl ThisPc {
    /// As kept in the home folder. A file that cannot be read counts as missing, because the list is only a
    /// convenience.
    pub fn read(env: &Env) -> ThisPc {
        let text = std::fs::read_to_string(file(env)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Books opened before, newest first.
    pub fn recent(&self) -> &[Remembered] {
        &self.recent
    }

    /// Puts a book first and keeps the list. An error is ignored, because the list only saves a few clicks.
    pub fn remember(mut self, env: &Env, path: &Path, college: &str, edition: &str) {
        self.recent.retain(|r| r.path != path);
        self.recent
            .insert(0, Remembered { path: path.to_owned(), college: college.to_owned(), edition: edition.to_owned() });
        self.recent.truncate(REMEMBERED);
        let _ = self.write(env);
    }

    /// The last answer of a receiver.
    pub fn contact(&self) -> Option<Contact> {
        let moment = |ms| Timestamp::from_millisecond(ms).ok();
        self.contact.and_then(|(receiver, pc)| Some(Contact { receiver: moment(receiver)?, pc: moment(pc)? }))
    }

    /// Keeps the last answer of a receiver; `None` forgets it.
    pub fn keep_contact(mut self, env: &Env, contact: Option<Contact>) -> Result<(), CallError> {
        self.contact = contact.map(|contact| (contact.receiver.as_millisecond(), contact.pc.as_millisecond()));
        self.write(env)
    }

    fn write(&self, env: &Env) -> Result<(), CallError> {
        std::fs::create_dir_all(&env.home).map_err(|e| file_error(&e, &file(env)))?;
        write_whole(&file(env), serde_json::to_string_pretty(self).unwrap_or_default().as_bytes())
    }
}

fn file(env: &Env) -> PathBuf {
    env.home.join("this-pc.json")
}

/// A free file name for a new book of this college.
pub(crate) fn free_name(env: &Env, college: &str, edition: &str) -> PathBuf {
    let clean: String =
        college.chars().map(|c| if c.is_alphanumeric() || "-_（）()".contains(c) { c } else { '_' }).collect();
    let name = format!("{clean} {edition}");
    let numbered = (2u32..).map(|n| format!("{name} ({n})"));
    std::iter::once(name.clone())
        .chain(numbered)
        .map(|name| env.books.join(format!("{name}.{ENDING}")))
        .find(|path| !path.exists())
        .unwrap_or_else(|| env.books.join(name))
}

/// Writes a file under another name in the same folder and renames it when it is on the disk: after any failure either
/// the old file or the new one is complete.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CallError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".tianbao-").suffix(".part");
        // The usual permissions of a new file; a temporary file could be read by its owner only.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut part = builder.tempfile_in(folder)?;
        part.write_all(bytes)?;
        part.as_file().sync_all()?;
        standard::file::named_patiently(part, |part| {
            part.persist(path).map(|_| ()).map_err(|refused| (refused.error, refused.file))
        })?;
        // Syncing the folder brings the new name onto the disk. Windows has no such function and needs none.
        if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
    };
    write().map_err(|error: std::io::Error| file_error(&error, path))
}

/// The error for a file that cannot be read or written.
pub(crate) fn file_error(error: &std::io::Error, path: &Path) -> CallError {
    use std::io::ErrorKind;
    let code = match error.kind() {
        _ if standard::file::is_held(error) => "file.held",
        ErrorKind::NotFound => "file.missing",
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => "file.no-permission",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "disk.full",
        ErrorKind::AlreadyExists => "file.exists",
        _ => "file.failed",
    };
    CallError::new(code).with("file", path.display()).with("reason", error)
}
