//! Reading the files that a command line names: bounded, and never a device or a pipe, which have no end.

use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// The most bytes of a file of accounts or faults.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// The text of a file of at most [`MOST_BYTES`].
pub(crate) fn read_text(path: &Path) -> Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "not an ordinary file"));
    }
    let mut text = String::new();
    let read = std::fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if read as u64 > MOST_BYTES {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("more than {MOST_BYTES} bytes")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_end_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "a = 1").unwrap();
        assert_eq!(read_text(&path).unwrap(), "a = 1");
        std::fs::write(&path, vec![b' '; MOST_BYTES as usize + 1]).unwrap();
        assert_eq!(read_text(&path).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert!(read_text(folder.path()).is_err());
        #[cfg(unix)]
        assert!(read_text(Path::new("/dev/zero")).is_err());
    }
}
