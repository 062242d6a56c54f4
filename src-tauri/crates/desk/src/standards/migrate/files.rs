//! Names of the files that a move leaves beside the book.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use standard::Edition;
use store::NATIONAL_TIME;

use crate::session::kept_copy::{AFTER, BEFORE};
use crate::session::places::ENDING;

/// A free name for the book as it is before a move: `… 迁移前 2023-06 20261101-093000.tianbao`. With the time of day, so
/// that no later copy takes a name that another file still mentions.
pub(crate) fn before(now: Timestamp, book: &Path, edition: &Edition) -> PathBuf {
    free(now, book, BEFORE, edition)
}

/// A free name for a book whose move is taken back, with all that was done since.
pub(crate) fn after(now: Timestamp, book: &Path, edition: &Edition) -> PathBuf {
    free(now, book, AFTER, edition)
}

fn free(now: Timestamp, book: &Path, what: &str, edition: &Edition) -> PathBuf {
    let stem = book.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = format!("{stem} {what} {} {}", edition.issued, now.to_zoned(NATIONAL_TIME).strftime("%Y%m%d-%H%M%S"));
    let numbered = (2u32..).map(|n| format!("{name} ({n})"));
    let mut names =
        std::iter::once(name.clone()).chain(numbered).map(|name| book.with_file_name(format!("{name}.{ENDING}")));
    names.find(|path| !path.exists()).unwrap_or_else(|| book.with_file_name(name))
}
