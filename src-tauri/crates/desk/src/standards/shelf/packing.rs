//! Making packages: a pair of keys, and an edition signed with it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use package::PrivateKey;
use standard::load::Package;
use zeroize::Zeroizing;

use crate::Desk;
use crate::session::api::CallError;
use crate::session::places::file_error;
use crate::session::places::write_whole;
use crate::session::shelf::folder::read_file;
use crate::session::shelf::{Arrival, Shelf};
use crate::standards::api::shelf::{MadeKey, MakeKey, PackEdition, PackedEdition};

/// `edition.make_key`. Only its owner can read the file of the private key, and an existing file is not overwritten.
pub(crate) fn make_key(desk: &Desk, request: MakeKey) -> Result<MadeKey, CallError> {
    let path = Path::new(&request.path);
    let mut seed = Zeroizing::new([0; 32]);
    (desk.env.random)(seed.as_mut_slice());
    let key = PrivateKey::from_seed(&seed);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = Zeroizing::new(format!("{}\n", *key.to_text()));
    let mut file = options.open(path).map_err(|e| file_error(&e, path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| {
        // An incomplete key file is useless.
        let _ = fs::remove_file(path);
        file_error(&e, path)
    })?;
    let public = key.public();
    Ok(MadeKey { file: request.path, public_key: public.to_text(), fingerprint: public.fingerprint() })
}

/// `edition.pack`. An edition that could not be installed is refused.
pub(crate) fn pack(desk: &Desk, request: PackEdition) -> Result<PackedEdition, CallError> {
    let key_path = Path::new(&request.key);
    let key = Zeroizing::new(read_file(key_path)?);
    let key = str::from_utf8(&key).ok().and_then(|text| PrivateKey::parse(text).ok());
    let key = key.ok_or_else(|| CallError::new("parcel.not-a-private-key").with("file", &request.key))?;
    let files = files(&desk.standards, &request.source)?;
    let edition = Arrival::definition(files.clone()).edition(desk.standards.builtin())?;
    let bytes = package::pack(&files, &request.publisher, &key)?;
    write_whole(Path::new(&request.path), &bytes)?;
    Ok(PackedEdition {
        file: request.path,
        id: edition.id,
        revision: edition.revision,
        files: files.len(),
        fingerprint: key.public().fingerprint(),
    })
}

/// The files of an edition at hand, or of a folder.
fn files(shelf: &Shelf, source: &str) -> Result<Package, CallError> {
    if let Some(edition) = shelf.edition(source) {
        return Ok(standard::write::package(&edition));
    }
    let folder = Path::new(source);
    if !folder.join("datapackage.json").is_file() {
        return Err(CallError::new("edition.no-source").with("source", source));
    }
    let mut files = Package::new();
    read_below(folder, "", &mut files)?;
    Ok(files)
}

fn read_below(root: &Path, below: &str, files: &mut Package) -> Result<(), CallError> {
    let folder = root.join(below);
    for entry in fs::read_dir(&folder).map_err(|e| file_error(&e, &folder))? {
        let entry = entry.map_err(|e| file_error(&e, &folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            read_below(root, &path, files)?;
        } else {
            if files.len() >= package::MOST_FILES {
                return Err(package::PackageError::TooManyFiles { limit: package::MOST_FILES }.into());
            }
            files.insert(path, read_file(&entry.path())?);
        }
    }
    Ok(())
}
