//! The arguments of the desktop program.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the program is started for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// To show its window.
    Show(Opening),
    /// To close the window that is open, as the installer asks before it replaces the program.
    Close,
}

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

/// Reads `[--sample | --close | FILE]`.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Start, String> {
    let mut arguments = arguments.into_iter();
    let start = match arguments.next() {
        None => Start::Show(Opening::Nothing),
        Some(word) if word == "--sample" => Start::Show(Opening::Sample),
        Some(word) if word == "--close" => Start::Close,
        Some(word) if word.to_string_lossy().starts_with('-') => return Err(usage()),
        Some(file) => Start::Show(Opening::Book(file.into())),
    };
    if arguments.next().is_some() { Err(usage()) } else { Ok(start) }
}

fn usage() -> String {
    "tianbao-desktop [--sample | --close | FILE]".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Opening, Start, parse};

    #[test]
    fn at_most_one_argument_is_accepted() {
        let read = |words: &[&str]| parse(words.iter().map(Into::into)).ok();
        assert_eq!(read(&[]), Some(Start::Show(Opening::Nothing)));
        assert_eq!(read(&["--sample"]), Some(Start::Show(Opening::Sample)));
        assert_eq!(read(&["学院.tianbao"]), Some(Start::Show(Opening::Book("学院.tianbao".into()))));
        assert_eq!(read(&["--close"]), Some(Start::Close));
        assert_eq!(read(&["--samples"]), None);
        assert_eq!(read(&["--sample", "学院.tianbao"]), None);
    }
}
