//! The installed editions' files: `editions/ID.tbedition` and `editions/ID.tbdefinition` in the program's folder.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::Origin;
use crate::Env;
use crate::session::api::CallError;
use crate::session::places::file_error;

/// An installed edition's file, by what it holds.
pub(super) struct Kept {
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

/// What is installed, by name. A folder that is not there holds nothing; other files in it are nobody's business.
pub(super) fn kept(env: &Env) -> Vec<Kept> {
    let entries = fs::read_dir(folder(env)).into_iter().flatten().flatten();
    let one = |name: String| {
        let (id, ending) = name.rsplit_once('.')?;
        let origin = match ending {
            package::ENDING => Origin::Package,
            DEFINITION => Origin::Definition,
            _ => return None,
        };
        Some(Kept { id: id.to_owned(), origin })
    };
    let mut kept: Vec<Kept> = entries.filter_map(|e| one(e.file_name().into_string().ok()?)).collect();
    kept.sort_by(|a, b| (&a.id, a.origin).cmp(&(&b.id, b.origin)));
    kept
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

/// Puts an edition's file into the folder, whole or not at all. What the same id had of another origin goes after that.
pub(super) fn keep(env: &Env, id: &str, origin: Origin, bytes: &[u8]) -> Result<(), CallError> {
    let (folder, path) = (folder(env), path(env, id, origin));
    fs::create_dir_all(&folder).map_err(|e| file_error(&e, &folder))?;
    write_whole(&path, bytes)?;
    for other in [Origin::Definition, Origin::Package].into_iter().filter(|other| *other != origin) {
        remove_file(&self::path(env, id, other))?;
    }
    Ok(())
}

/// Writes a file beside its place, and moves it there when it is on the disk.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CallError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path))
        .and_then(|()| sync_folder(path));
    written.map_err(|e| {
        // Half a file is of no use to anybody.
        let _ = fs::remove_file(&beside);
        file_error(&e, path)
    })
}

/// The name, too, is on the disk then. Windows has no such call and needs none.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        // A bare name stands in the folder that the program runs in.
        Some(folder) if cfg!(unix) && folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Takes an edition's files out.
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
