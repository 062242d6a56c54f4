//! What lies below an archive that is being written. An archive that fails tries once more to end itself when it is
//! dropped, and complains on standard error, in its own words, that it cannot. After the first failure there is nothing
//! below it any more: it ends without an error of its own, and the caller reports the first failure.

use std::io::{ErrorKind, Result, Seek, SeekFrom, Write};

/// A writer that takes everything, to no effect, after its first failure.
pub(crate) struct Quiet<W> {
    below: W,
    at: u64,
    failed: Option<ErrorKind>,
}

impl<W> Quiet<W> {
    /// Wraps a writer whose position is at its beginning.
    pub(crate) fn new(below: W) -> Quiet<W> {
        Quiet { below, at: 0, failed: None }
    }

    fn note<T>(&mut self, done: Result<T>) -> Result<T> {
        if let Err(error) = &done {
            self.failed.get_or_insert(error.kind());
        }
        done
    }

    /// What failed, if anything did.
    pub(crate) fn end(self) -> Result<W> {
        self.failed.map_or(Ok(self.below), |kind| Err(kind.into()))
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = match self.failed {
            Some(_) => Ok(bytes.len()),
            None => self.below.write(bytes),
        };
        // The writers above take this for a failure, and so it is one.
        let written =
            written.and_then(|n| if n == 0 && !bytes.is_empty() { Err(ErrorKind::WriteZero.into()) } else { Ok(n) });
        self.at += written.as_ref().map_or(0, |written| *written as u64);
        self.note(written)
    }

    fn flush(&mut self) -> Result<()> {
        let flushed = if self.failed.is_some() { Ok(()) } else { self.below.flush() };
        self.note(flushed)
    }
}

impl<W: Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let sought = match to {
            _ if self.failed.is_none() => self.below.seek(to),
            SeekFrom::Start(at) => Ok(at),
            SeekFrom::Current(by) | SeekFrom::End(by) => Ok(self.at.saturating_add_signed(by)),
        };
        self.at = *sought.as_ref().unwrap_or(&self.at);
        self.note(sought)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    #[test]
    fn an_archive_without_room_ends_in_silence_and_tells_its_caller() {
        for room in [0, 10, 40, 100] {
            let mut disk = vec![0; room];
            let mut zip = ZipWriter::new(Quiet::new(Cursor::new(&mut disk[..])));
            let mut fill = || {
                zip.start_file("a", SimpleFileOptions::default())?;
                (0..=255).try_for_each(|byte| zip.write_all(&[byte; 64]))
            };
            if let Err(told) = fill() {
                // An archive that is dropped tries this, and complains where it fails.
                let ended = zip.finish();
                assert!(ended.is_ok(), "{room}: {told} {:?}", ended.err());
            } else {
                assert!(zip.finish().map_or(true, |quiet| quiet.end().is_err()), "{room}: nobody is told");
            }
        }
    }

    #[test]
    fn with_room_it_is_not_there() {
        let mut quiet = Quiet::new(Cursor::new(Vec::new()));
        quiet.write_all(b"one two").unwrap();
        quiet.seek(SeekFrom::Current(-3)).unwrap();
        quiet.write_all(b"six").unwrap();
        assert_eq!(quiet.seek(SeekFrom::Start(2)).unwrap(), 2);
        quiet.flush().unwrap();
        assert_eq!(quiet.end().unwrap().into_inner(), b"one six");
    }
}
