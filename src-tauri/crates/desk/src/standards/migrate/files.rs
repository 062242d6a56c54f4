//! Names of the files that a move leaves beside the book.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use standard::Edition;
use store::NATIONAL_TIME;

use crate::session::places::ENDING;

/// Parts of the names of the two kinds of files.
const BEFORE: &str = "迁移前";
const AFTER: &str = "迁移后";

/// A free name for the book as it is before a move: `… 迁移前 2023-06 20261101-093000.tianbao`. With the time of day, so
/// that no later copy takes the name of one that another file still speaks of.
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

/// Removes halves of copies that a program left when it died. A file that cannot be removed does no harm.
pub(crate) fn clear(book: &Path) {
    let stem = book.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let is_half = |name: &str| {
        let ours = [BEFORE, AFTER].iter().any(|what| name.starts_with(&format!("{stem} {what} ")));
        ours && name.ends_with(&format!(".{ENDING}.part"))
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
    fn halves_of_copies_are_cleared_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("tianbao-halves-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let half = "册 迁移前 2023-06 20261101-093000.tianbao.part";
        let others = ["册.tianbao", "册 迁移前 2023-06 20261101-093000.tianbao", "别的 迁移后 2024-09 1.tianbao.part"];
        for name in others.iter().chain([&half]) {
            std::fs::write(folder.join(name), "").unwrap();
        }
        clear(&folder.join("册.tianbao"));
        let left = others.iter().chain([&half]).filter(|name| folder.join(name).exists()).count();
        assert!(!folder.join(half).exists() && left == others.len());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
