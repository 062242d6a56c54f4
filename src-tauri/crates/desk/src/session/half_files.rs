//! Records where workbooks are being written, so that the next start of the program removes what a killed one left
//! there.
//!
//! Each writing has a small file in the program's own folder with the path of the folder that is written to; it is
//! locked while the program runs, and removed when the writing ends. [`workbook::sweep`] recognises the incomplete
//! files.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const FOLDER: &str = "writing";

/// A file that is being written until this is dropped.
pub(crate) struct Writing {
    note: Option<PathBuf>,
    /// Keeps the lock.
    file: Option<File>,
}

impl Writing {
    /// Notes that something is written into the folder of `path`. If the note cannot be stored, the file is written all
    /// the same.
    pub(crate) fn into_folder_of(home: &Path, path: &Path) -> Writing {
        let note = || -> std::io::Result<(PathBuf, File)> {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let folder = std::path::absolute(folder)?;
            std::fs::create_dir_all(home.join(FOLDER))?;
            let mut note = tempfile::Builder::new().suffix(".txt").tempfile_in(home.join(FOLDER))?;
            note.write_all(folder.to_string_lossy().as_bytes())?;
            let (file, note) = note.keep().map_err(|error| error.error)?;
            file.try_lock()?;
            Ok((note, file))
        };
        let (note, file) = note().ok().unzip();
        Writing { note, file }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Windows removes no file that is open.
        drop(self.file.take());
        if let Some(note) = &self.note {
            let _ = std::fs::remove_file(note);
        }
    }
}

/// Removes half files that killed programs left behind, and their notes. Errors are ignored: what cannot be removed is
/// tried at the next start.
pub(crate) fn sweep(home: &Path) {
    for entry in std::fs::read_dir(home.join(FOLDER)).into_iter().flatten().flatten() {
        let Ok(mut file) = File::options().read(true).write(true).open(entry.path()) else { continue };
        if file.try_lock().is_err() {
            continue;
        }
        let mut folder = String::new();
        if file.read_to_string(&mut folder).is_ok() {
            workbook::sweep(Path::new(&folder));
        }
        drop(file);
        let _ = std::fs::remove_file(entry.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_removes_what_a_killed_writing_left() {
        let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let notes = || std::fs::read_dir(home.path().join(FOLDER)).unwrap().count();
        let half = folder.path().join(".tianbao-a1B2c3.part");
        let running = Writing::into_folder_of(home.path(), &folder.path().join("a.xlsx"));
        std::fs::write(&half, "张三").unwrap();
        sweep(home.path());
        assert_eq!((notes(), half.exists()), (1, true), "its program runs");
        // As after a kill: the value is not dropped, and the system releases its lock.
        let mut killed = running;
        drop(killed.file.take());
        killed.note = None;
        sweep(home.path());
        assert_eq!((notes(), half.exists()), (0, false));
        drop(Writing::into_folder_of(home.path(), &half));
        assert_eq!(notes(), 0, "a writing that ends leaves no note");
    }
}
