//! The arguments of the desktop program.

use std::ffi::OsString;
use std::path::PathBuf;

/// The book to open at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// No book: the page offers the books that were opened before.
    Nothing,
    /// The book of the sample college, which is made if it does not exist yet.
    Sample,
    /// This file; the file manager passes it when the clerk opens a book there.
    Book(PathBuf),
}

/// Reads `[--sample | FILE]`.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Opening, String> {
    let mut arguments = arguments.into_iter();
    let opening = match arguments.next() {
        None => Opening::Nothing,
        Some(word) if word == "--sample" => Opening::Sample,
        Some(word) if word.to_string_lossy().starts_with('-') => return Err(usage()),
        Some(file) => Opening::Book(file.into()),
    };
    if arguments.next().is_some() { Err(usage()) } else { Ok(opening) }
}

fn usage() -> String {
    "tianbao-desktop [--sample | FILE]".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Opening, parse};

    #[test]
    fn at_most_one_argument_is_accepted() {
        let read = |words: &[&str]| parse(words.iter().map(Into::into)).ok();
        assert_eq!(read(&[]), Some(Opening::Nothing));
        assert_eq!(read(&["--sample"]), Some(Opening::Sample));
        assert_eq!(read(&["学院.tianbao"]), Some(Opening::Book("学院.tianbao".into())));
        assert_eq!(read(&["--samples"]), None);
        assert_eq!(read(&["--sample", "学院.tianbao"]), None);
    }
}
