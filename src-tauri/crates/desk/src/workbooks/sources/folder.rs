//! The new files of a watched folder. A file is recognised by its content: one that was renamed or copied again is not
//! new; one that was changed is.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::kept::{of, taken};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::jobs::Job;
use crate::workbooks::api::{PassedOver, SourceKind};

/// The files of a folder.
pub(super) struct Found {
    /// Files that were not imported yet, each with its digest.
    pub new: BTreeMap<String, String>,
    /// Number of files that were imported before.
    pub known: u64,
    /// Files that could not be read.
    pub passed_over: Vec<PassedOver>,
}

/// Reads a folder without its subfolders. Names that begin with a point or `~$` belong to other programs.
pub(super) fn look(open: &OpenBook, job: &mut Job<'_>, name: &str, folder: &str) -> Result<Found, CallError> {
    let no_folder = |_| CallError::new("source.no-folder").with("file", folder);
    let taken = taken(open, name)?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(no_folder)? {
        let path = entry.map_err(no_folder)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_file() && !name.starts_with('.') && !name.starts_with("~$") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut found = Found { new: BTreeMap::new(), known: 0, passed_over: Vec::new() };
    for path in paths {
        job.go_on()?;
        let file = path.display().to_string();
        let read = digest(&path).and_then(|digest| {
            if !taken.contains(&digest) {
                workbook::open(&path, &workbook::Limits::default())?;
            }
            Ok(digest)
        });
        match read {
            Ok(digest) if taken.contains(&digest) => found.known += 1,
            // The same content under two names is one file.
            Ok(digest) if found.new.values().any(|other| *other == digest) => found.known += 1,
            Ok(digest) => _ = found.new.insert(file, digest),
            Err(error) => found.passed_over.push(PassedOver { file, error }),
        }
    }
    Ok(found)
}

/// SHA-256 of a file, as hex digits.
fn digest(path: &Path) -> Result<String, CallError> {
    let unreadable = |_| CallError::new("source.file-unreadable").with("file", path.display());
    let mut hasher = Sha256::new();
    std::io::copy(&mut File::open(path).map_err(unreadable)?, &mut hasher).map_err(unreadable)?;
    Ok(hex::encode(hasher.finalize()))
}

/// Digests of the files of a folder that are read again; none for other sources.
pub(in crate::workbooks) fn digests(
    open: &OpenBook,
    name: &str,
    files: &[String],
) -> Result<BTreeMap<String, String>, CallError> {
    if of(open, name)?.source.kind != SourceKind::Folder {
        return Ok(BTreeMap::new());
    }
    let digest = |file: &String| Ok((file.clone(), digest(Path::new(file))?));
    files.iter().map(digest).collect()
}
