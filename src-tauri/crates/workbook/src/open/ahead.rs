//! A part of a zipped workbook, inflated on a thread of its own while what came before is read. What inflates beyond
//! what a workbook may hold ends as an error.

use std::io::{BufReader, Error, Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use zip::ZipArchive;

use super::archive::Scale;
use super::shared::SharedFile;
use super::xlsx_facts::real_name;

/// Bytes that are handed over at once.
const PIECE: usize = 256 * 1024;

/// Pieces that may wait for their reader.
const WAITING: usize = 4;

/// The inflated bytes of a part.
pub(super) struct Ahead {
    pieces: Receiver<Result<Vec<u8>>>,
    piece: Vec<u8>,
    /// Bytes of the piece that were read.
    at: usize,
    refused: Refused,
}

/// Whether a part was refused because it inflates beyond what a workbook may hold.
#[derive(Clone, Default)]
pub(super) struct Refused(Arc<AtomicBool>);

impl Refused {
    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Ahead {
    /// Opens a part; `None` where there is no part of this name or no thread can be started.
    pub(super) fn open(file: &SharedFile, part: &str, scale: Scale) -> Option<Ahead> {
        let mut archive = ZipArchive::new(BufReader::new(file.clone())).ok()?;
        let name = real_name(&archive, part)?;
        let refused = Refused::default();
        let (sender, pieces) = sync_channel(WAITING);
        let tell = refused.clone();
        let inflate = move || {
            let mut part = match archive.by_name(&name) {
                Ok(part) => part,
                Err(error) => return drop(sender.send(Err(Error::other(error)))),
            };
            let mut inflated = 0;
            loop {
                let mut piece = vec![0; PIECE];
                let read = fill(&mut part, &mut piece);
                piece.truncate(*read.as_ref().unwrap_or(&0));
                inflated += piece.len() as u64;
                let (last, message) = match read {
                    Ok(_) if !scale.allows(inflated) => {
                        tell.0.store(true, Ordering::Relaxed);
                        (true, Err(Error::other("it inflates beyond what a workbook may hold")))
                    }
                    Ok(read) => (read < PIECE, Ok(piece)),
                    Err(error) => (true, Err(error)),
                };
                // The reader may have seen enough.
                if sender.send(message).is_err() || last {
                    return;
                }
            }
        };
        thread::Builder::new().name("inflate".into()).spawn(inflate).ok()?;
        Some(Ahead { pieces, piece: Vec::new(), at: 0, refused })
    }

    /// Returns, after reading, whether the part was refused.
    pub(super) fn refused(&self) -> Refused {
        self.refused.clone()
    }
}

/// Fills the buffer as far as there is anything.
fn fill(part: &mut impl Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match part.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        while self.at == self.piece.len() {
            // The thread has ended, or has panicked: then the part is unfinished, which its reader sees.
            let Ok(piece) = self.pieces.recv() else { return Ok(0) };
            (self.piece, self.at) = (piece?, 0);
        }
        let read = (&self.piece[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::open::context::Context;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn archive(content: &[u8]) -> SharedFile {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/a.xml", SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
        SharedFile::in_memory(archive.finish().unwrap().into_inner())
    }

    fn scale(file: &SharedFile, limits: Limits) -> Scale {
        Scale::of(&Context { file: "a.xlsx".into(), limits, far: Default::default() }, file)
    }

    #[test]
    fn a_part_comes_whole() {
        let content: Vec<u8> = (0..1_000_000u32).flat_map(|n| (n % 251).to_le_bytes()).collect();
        let file = archive(&content);
        let mut read = Vec::new();
        let mut part = Ahead::open(&file, "xl/A.xml", scale(&file, Limits::default())).unwrap();
        part.read_to_end(&mut read).unwrap();
        assert!(read == content && !part.refused().get());
        assert!(Ahead::open(&file, "xl/b.xml", scale(&file, Limits::default())).is_none());
    }

    #[test]
    fn a_part_that_grows_absurdly_is_refused() {
        let file = archive(&vec![b' '; 3_000_000]);
        let limits = Limits { ratio_from: 1_000_000, ..Limits::default() };
        let mut part = Ahead::open(&file, "xl/a.xml", scale(&file, limits)).unwrap();
        assert!(part.read_to_end(&mut Vec::new()).is_err() && part.refused().get());
    }
}
