//! Reading a small file that a user names: bounded, and never a device or a pipe, which have no end.

use std::io::Read;
use std::path::Path;

use super::api::CallError;
use super::places::file_error;

/// The text of a file of at most `most` bytes. `file.not-a-file` for a folder, a device or a pipe, `file.too-large`,
/// and `file.unreadable` where it is not a text in UTF-8.
pub(crate) fn read_text(path: &Path, most: u64) -> Result<String, CallError> {
    let named = |code: &str| CallError::new(code).with("file", path.display());
    let about = std::fs::metadata(path).map_err(|e| file_error(&e, path))?;
    if !about.is_file() {
        return Err(named("file.not-a-file"));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| file_error(&e, path))?;
    // The length that the system gives is not that of every file, so what is read is counted.
    file.take(most + 1).read_to_end(&mut bytes).map_err(|e| file_error(&e, path))?;
    if bytes.len() as u64 > most {
        return Err(named("file.too-large").with("limit_kb", most / 1024));
    }
    String::from_utf8(bytes).map_err(|_| named("file.unreadable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "a = 1").unwrap();
        assert_eq!(read_text(&path, 5).unwrap(), "a = 1");
        assert_eq!(read_text(&path, 4).unwrap_err().code, "file.too-large");
        assert_eq!(read_text(folder.path(), 4).unwrap_err().code, "file.not-a-file");
        std::fs::write(&path, b"\xff").unwrap();
        assert_eq!(read_text(&path, 4).unwrap_err().code, "file.unreadable");
        #[cfg(unix)]
        assert_eq!(read_text(Path::new("/dev/zero"), 4).unwrap_err().code, "file.not-a-file");
    }
}
