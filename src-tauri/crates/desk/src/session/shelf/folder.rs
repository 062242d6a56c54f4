//! The installed editions' files: `editions/ID.tbedition` and `editions/ID.tbdefinition` in the program's folder.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::at_hand::Origin;
use crate::session::api::CallError;
use crate::session::env::Env;
use crate::session::places::{file_error, write_whole};

/// An installed edition's file, by what it holds.
pub(super) struct InstalledFile {
    pub id: String,
    pub origin: Origin,
}

/// Ending of what came from a definition workbook.
const DEFINITION: &str = "tbdefinition";

fn folder(env: &Env) -> PathBuf {
    env.home.join("editions")
}

fn path(env: &Env, id: &str, origin: Origin) -> PathBuf {
    let ending = if origin == Origin::Package { package::ENDING } else { DEFINITION };
    folder(env).join(format!("{id}.{ending}"))
}

/// What is installed, by name. The folder may be missing; other files in it are ignored.
pub(super) fn installed(env: &Env) -> Vec<InstalledFile> {
    let entries = fs::read_dir(folder(env)).into_iter().flatten().flatten();
    let one = |name: String| {
        let (id, ending) = name.rsplit_once('.')?;
        let origin = match ending {
            package::ENDING => Origin::Package,
            DEFINITION => Origin::Definition,
            _ => return None,
        };
        Some(InstalledFile { id: id.to_owned(), origin })
    };
    let mut files: Vec<InstalledFile> = entries.filter_map(|e| one(e.file_name().into_string().ok()?)).collect();
    files.sort_by(|a, b| (&a.id, a.origin).cmp(&(&b.id, b.origin)));
    files
}

/// The bytes of an installed edition.
pub(super) fn read(env: &Env, id: &str, origin: Origin) -> Result<Vec<u8>, CallError> {
    read_file(&path(env, id, origin))
}

/// A file of at most what a package may have.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, CallError> {
    let failed = |e: std::io::Error| file_error(&e, path);
    let limit = package::MOST_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// Puts an edition's file into the folder, whole or not at all. A file of the same id and another origin is removed
/// after that.
pub(super) fn keep(env: &Env, id: &str, origin: Origin, bytes: &[u8]) -> Result<(), CallError> {
    let (folder, path) = (folder(env), path(env, id, origin));
    fs::create_dir_all(&folder).map_err(|e| file_error(&e, &folder))?;
    write_whole(&path, bytes)?;
    for other in [Origin::Definition, Origin::Package].into_iter().filter(|other| *other != origin) {
        remove_file(&self::path(env, id, other))?;
    }
    Ok(())
}

/// Removes an edition's files.
pub(super) fn remove(env: &Env, id: &str) -> Result<(), CallError> {
    remove_file(&path(env, id, Origin::Definition))?;
    remove_file(&path(env, id, Origin::Package))
}

fn remove_file(path: &Path) -> Result<(), CallError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(file_error(&e, path)),
        _ => Ok(()),
    }
}
