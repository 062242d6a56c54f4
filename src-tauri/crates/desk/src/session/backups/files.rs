//! The files of backups: `20261126-203000-daily.tianbao` in a folder for each book.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use store::NATIONAL_TIME;
use ts_rs::TS;

use crate::session::places::ENDING;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// The first time that the book was open on a day.
    Daily,
    /// Before an import of many records.
    BeforeImport,
    /// Before the book was replaced by an older backup.
    BeforeRestore,
    /// The person asked for it.
    ByHand,
}

impl Occasion {
    const ALL: [Occasion; 4] = [Occasion::Daily, Occasion::BeforeImport, Occasion::BeforeRestore, Occasion::ByHand];

    fn word(self) -> &'static str {
        match self {
            Occasion::Daily => "daily",
            Occasion::BeforeImport => "before-import",
            Occasion::BeforeRestore => "before-restore",
            Occasion::ByHand => "by-hand",
        }
    }
}

/// A backup that the program made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Backup {
    pub path: PathBuf,
    /// When it was begun, in national time.
    pub at: DateTime,
    pub occasion: Occasion,
    /// Size of the file.
    pub bytes: u64,
}

const FORM: &str = "%Y%m%d-%H%M%S";

/// The folder of a book's backups. Books are distinguished by the salt of their files, which a move or a renaming
/// keeps.
pub(crate) fn folder(home: &Path, book: &str) -> PathBuf {
    home.join("backups").join(book)
}

/// A free file for a new backup: if there is already one of this second, the next second is used.
pub(crate) fn new(folder: &Path, now: Timestamp, occasion: Occasion) -> PathBuf {
    let now = now.to_zoned(NATIONAL_TIME).datetime();
    let later = (0..).map(|seconds: i64| now.saturating_add(seconds.seconds()));
    let mut paths = later.map(|at| folder.join(format!("{}-{}.{ENDING}", at.strftime(FORM), occasion.word())));
    paths.find(|path| !path.exists()).unwrap_or_else(|| folder.to_owned())
}

/// The backups in a folder, newest first. Files with other names are not the program's. A folder that is not there, or
/// cannot be read, holds none.
pub(crate) fn list(folder: &Path) -> Vec<Backup> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut backups: Vec<Backup> = entries.filter_map(|entry| read(&entry.path())).collect();
    backups.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    backups
}

fn read(path: &Path) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?.strip_suffix('.')?;
    let (at, word) = name.split_at_checked("20261126-203000".len())?;
    let occasion = Occasion::ALL.into_iter().find(|occasion| word.strip_prefix('-') == Some(occasion.word()))?;
    let at = DateTime::strptime(FORM, at).ok()?;
    Some(Backup { at, occasion, bytes: std::fs::metadata(path).ok()?.len(), path: path.to_owned() })
}

/// Removes incomplete files that a program left when it crashed.
pub(crate) fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "part") {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_program_are_backups() {
        let folder = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-11-26T12:30:00Z".parse().unwrap();
        for occasion in Occasion::ALL {
            std::fs::write(new(folder.path(), now, occasion), "1").unwrap();
        }
        for other in [
            "20261126-203000-daily.tianbao.part",
            "20261126-203000-other.tianbao",
            "20261399-203000-daily.tianbao",
            "说明.txt",
        ] {
            std::fs::write(folder.path().join(other), "1").unwrap();
        }
        let found = list(folder.path());
        assert_eq!(found.len(), Occasion::ALL.len());
        assert!(found.iter().all(|one| one.at.to_string() == "2026-11-26T20:30:00" && one.bytes == 1), "{found:?}");
        clear(folder.path());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), Occasion::ALL.len() + 3);
        assert!(list(&folder.path().join("none")).is_empty());
    }
}
