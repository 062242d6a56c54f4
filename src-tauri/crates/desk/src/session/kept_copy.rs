//! The copy of a book that its last move to another edition left beside it, and what an interrupted move left there.

use std::path::{Path, PathBuf};

use super::api::CallError;
use super::open_book::OpenBook;
use super::places::ENDING;

/// Parts of the names of the copies before a move, and after one that was taken back.
pub(crate) const BEFORE: &str = "迁移前";
pub(crate) const AFTER: &str = "迁移后";

/// The copy of this name, beside the book wherever the two are now.
pub(crate) fn copy_of(book: &Path, name: &str) -> PathBuf {
    book.with_file_name(name)
}

/// The copy that the last move left, where it is still there and opens with the book's key.
pub(crate) fn kept_copy(open: &OpenBook) -> Result<Option<PathBuf>, CallError> {
    let copy = open.book.moves()?.pop().map(|last| copy_of(&open.path, &last.copy));
    Ok(copy.filter(|copy| copy.is_file() && open.book.edition_of(copy).is_ok()))
}

/// Removes copies of moves that were interrupted before the book had moved: incomplete ones, and complete ones that
/// still have the name of an incomplete one, with the files that SQLite keeps beside them. A file that cannot be
/// removed does no harm.
pub(crate) fn clear_halves(book: &Path) {
    let stem = book.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let is_half = |name: &str| {
        let ours = [BEFORE, AFTER].iter().any(|what| name.starts_with(&format!("{stem} {what} ")));
        let behind = name.rsplit_once(&format!(".{ENDING}.")).map_or("", |(_, behind)| behind);
        ours && (behind.starts_with("part") || behind.starts_with("half"))
    };
    let files = book.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    for file in files.filter(|file| file.file_name().to_str().is_some_and(is_half)) {
        let _ = std::fs::remove_file(file.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_move_that_died_left_is_cleared_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let copy = "册 迁移前 2023-06 20261101-093000.tianbao";
        let halves = [".part", ".part-journal", ".half", ".half.part", ".half-wal"].map(|end| format!("{copy}{end}"));
        let others = [
            "册.tianbao",
            copy,
            "册 迁移前 2023-06 20261101-093000.tianbao.lock",
            "别的 迁移后 2024-09 1.tianbao.part",
        ];
        for name in others.iter().map(|name| (*name).to_owned()).chain(halves.clone()) {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        clear_halves(&folder.path().join("册.tianbao"));
        assert!(halves.iter().all(|name| !folder.path().join(name).exists()));
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
    }
}
