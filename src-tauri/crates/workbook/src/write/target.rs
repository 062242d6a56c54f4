//! The file that is being written.
//!
//! It is written beside its place and moved there when it is whole, so that the file that stood there before survives
//! every failure. Plain text of records therefore exists only in the folder that the clerk chose: what the writers keep
//! aside while they write goes there too, nameless or deleted with its handle.
//!
//! A program that is killed leaves its half file, which has names of people in it. The next one that writes into the
//! folder removes it ([`sweep`]). A half file is locked while it is written, and so told from one that was left.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use super::quiet::Quiet;
use crate::WriteError;
use crate::error::file_name;

const PREFIX: &str = ".tianbao-";
const SUFFIX: &str = ".part";
/// Characters between them, as they are made.
const RANDOM: usize = 6;

/// Removes half files that killed programs left in a folder. Those of programs that run are locked and stay; what
/// cannot be removed is left for the next time.
pub fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
        let is_ours = random.is_some_and(|r| r.len() == RANDOM && r.bytes().all(|b| b.is_ascii_alphanumeric()));
        // A link of that name is nothing that this program makes.
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Ok(file) = File::options().read(true).write(true).open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            // Windows does not remove an open file, and no other program can open this one meanwhile.
            drop(file);
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Where a file is going to be.
pub(crate) struct Target {
    path: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) file: String,
}

impl Target {
    pub(crate) fn new(path: &Path) -> Target {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Target { path: path.to_owned(), folder: folder.to_owned(), file: file_name(path) }
    }

    /// Writes the file and puts it into its place.
    pub(crate) fn write<T>(
        &self,
        fill: impl FnOnce(&mut Quiet<BufWriter<&mut File>>) -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        sweep(&self.folder);
        let builder = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(&self.folder);
        let mut part = builder.map_err(|e| self.io(&e))?;
        // On a file system without locks nothing is removed.
        let _ = part.as_file().try_lock();
        let mut out = Quiet::new(BufWriter::with_capacity(256 * 1024, part.as_file_mut()));
        let done = fill(&mut out)?;
        out.flush().and_then(|()| out.end()).map_err(|e| self.io(&e))?;
        part.as_file().sync_all().map_err(|e| self.io(&e))?;
        standard::file::named_patiently(part, |part| {
            part.persist(&self.path).map(|_| ()).map_err(|refused| (refused.error, refused.file))
        })
        .map_err(|e| self.io(&e))?;
        Ok(done)
    }

    pub(crate) fn io(&self, error: &std::io::Error) -> WriteError {
        let file = self.file.clone();
        match error.kind() {
            ErrorKind::NotFound => WriteError::NoFolder { file },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                WriteError::DiskFull { file }
            }
            _ if standard::file::is_held(error) => WriteError::InUse { file },
            // Windows' answer when the file to be replaced is open in Excel.
            ErrorKind::PermissionDenied if cfg!(windows) && self.path.exists() => WriteError::InUse { file },
            kind => WriteError::Unwritable { file, reason: kind.to_string() },
        }
    }

    pub(crate) fn xlsx(&self, error: XlsxError) -> WriteError {
        match error {
            XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => self.io(&error),
            XlsxError::ZipError(zip::result::ZipError::Io(error)) => self.io(&error),
            other => WriteError::Unwritable { file: self.file.clone(), reason: other.to_string() },
        }
    }

    pub(crate) fn zip(&self, error: zip::result::ZipError) -> WriteError {
        match error {
            zip::result::ZipError::Io(error) => self.io(&error),
            other => WriteError::Unwritable { file: self.file.clone(), reason: other.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use standard::Coded;

    #[test]
    fn a_failure_leaves_what_stood_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "before").unwrap();
        let target = Target::new(&path);
        let failed = target.write(|out| {
            out.write_all(b"half").unwrap();
            Err::<(), _>(WriteError::NoTable { file: "a.csv".into() })
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half done is left");
        target.write(|out| out.write_all(b"after").map_err(|e| target.io(&e))).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "after");
    }

    #[test]
    fn what_a_killed_program_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in
            [".tianbao-aB3x9z.part", ".tianbao-run0ng.part", ".tianbao-long-name.part", ".tianbao-.part", "a.part"]
        {
            std::fs::write(path(name), "张三").unwrap();
        }
        std::fs::create_dir(path(".tianbao-folder.part")).unwrap();
        let running = File::open(path(".tianbao-run0ng.part")).unwrap();
        running.lock().unwrap();
        Target::new(&path("b.csv")).write(|_| Ok(())).unwrap();
        assert!(!path(".tianbao-aB3x9z.part").exists(), "it was left");
        for name in
            [".tianbao-run0ng.part", ".tianbao-long-name.part", ".tianbao-.part", "a.part", ".tianbao-folder.part"]
        {
            assert!(path(name).exists(), "{name} stays");
        }
        drop(running);
        sweep(folder.path());
        assert!(!path(".tianbao-run0ng.part").exists(), "its program has ended");
    }

    #[test]
    fn a_disk_without_room_is_named_so() {
        let target = Target::new(Path::new("a.csv"));
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge] {
            assert_eq!(target.io(&kind.into()).code(), "disk.full", "{kind:?}");
        }
    }

    #[test]
    fn a_missing_folder_is_named_so() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::new(&folder.path().join("none").join("a.csv"));
        assert!(matches!(target.write(|_| Ok(())), Err(WriteError::NoFolder { .. })));
    }
}
