//! The copy of a book that its last move to another edition left beside it.

use std::path::{Path, PathBuf};

use super::api::CallError;
use super::open_book::OpenBook;

/// The copy of this name, beside the book wherever the two are now.
pub(crate) fn copy_of(book: &Path, name: &str) -> PathBuf {
    book.with_file_name(name)
}

/// The copy that the last move left, where it is still there and opens with the book's key.
pub(crate) fn kept_copy(open: &OpenBook) -> Result<Option<PathBuf>, CallError> {
    let copy = open.book.moves()?.pop().map(|last| copy_of(&open.path, &last.copy));
    Ok(copy.filter(|copy| copy.is_file() && open.book.edition_of(copy).is_ok()))
}
