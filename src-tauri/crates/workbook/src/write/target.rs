//! The file that is being written.
//!
//! It is written beside its place and moved there when it is whole, so that the file that stood there before survives
//! every failure. Plain text of records therefore exists only in the folder that the clerk chose: what the writers keep
//! aside while they write goes there too, nameless or deleted with its handle.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use super::quiet::Quiet;
use crate::WriteError;
use crate::error::file_name;

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
        let builder = tempfile::Builder::new().prefix(".tianbao-").suffix(".part").tempfile_in(&self.folder);
        let mut part = builder.map_err(|e| self.io(&e))?;
        let mut out = Quiet::new(BufWriter::with_capacity(256 * 1024, part.as_file_mut()));
        let done = fill(&mut out)?;
        out.flush().and_then(|()| out.end()).map_err(|e| self.io(&e))?;
        part.as_file().sync_all().map_err(|e| self.io(&e))?;
        part.persist(&self.path).map_err(|e| self.io(&e.error))?;
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
