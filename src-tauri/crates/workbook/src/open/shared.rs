//! One file read at several places at once: the reader of cells and the reader of what else a sheet says.

use std::fs::File;
use std::io::{Error, Read, Result, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

/// A reader with a place of its own in a file that others read, too.
#[derive(Debug, Clone)]
pub(crate) struct SharedFile {
    source: Source,
    at: u64,
}

#[derive(Debug, Clone)]
enum Source {
    Disk(Arc<Mutex<File>>),
    Memory(Arc<Vec<u8>>),
}

impl SharedFile {
    pub(crate) fn new(file: File) -> SharedFile {
        SharedFile { source: Source::Disk(Arc::new(Mutex::new(file))), at: 0 }
    }

    pub(super) fn in_memory(bytes: Vec<u8>) -> SharedFile {
        SharedFile { source: Source::Memory(Arc::new(bytes)), at: 0 }
    }
}

fn with<T>(file: &Mutex<File>, read: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    let mut file = file.lock().map_err(|_| Error::other("a reader of the file has failed"))?;
    read(&mut file)
}

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let at = self.at;
        let read = match &self.source {
            Source::Disk(file) => with(file, |file| {
                file.seek(SeekFrom::Start(at))?;
                file.read(buffer)
            })?,
            Source::Memory(bytes) => {
                usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or(&[]).read(buffer)?
            }
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let before_start = || Error::other("a place before the start of the file");
        let length = || match &self.source {
            Source::Disk(file) => with(file, |file| Ok(file.metadata()?.len())),
            Source::Memory(bytes) => Ok(bytes.len() as u64),
        };
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or_else(before_start)?,
            SeekFrom::End(by) => length()?.checked_add_signed(by).ok_or_else(before_start)?,
        };
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn readers_do_not_move_each_other() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        for mut one in [SharedFile::new(file), SharedFile::in_memory(b"0123456789".to_vec())] {
            let (mut second, mut other) = (one.clone(), String::new());
            let mut buffer = [0; 4];
            one.seek(SeekFrom::Start(2)).unwrap();
            one.read_exact(&mut buffer).unwrap();
            second.read_to_string(&mut other).unwrap();
            assert_eq!((&buffer, other.as_str()), (b"2345", "0123456789"));
            assert_eq!(one.stream_position().unwrap(), 6);
            assert_eq!(one.seek(SeekFrom::End(-1)).unwrap(), 9);
            assert!(one.seek(SeekFrom::Current(-10)).is_err());
            assert_eq!(one.seek(SeekFrom::Start(90)).unwrap(), 90);
            assert_eq!(one.read(&mut buffer).unwrap(), 0);
        }
    }
}
