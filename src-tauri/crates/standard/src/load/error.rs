//! What is wrong with a folder of standards, and where.

/// What is wrong with a folder of standards, and where. Nothing of an edition with an error is loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", content = "params")]
pub enum LoadError {
    /// The folder or a file in it cannot be read.
    #[serde(rename = "standard.unreadable")]
    #[error("{file}: {reason}")]
    Unreadable {
        /// Path below the folder of standards; the folder itself where it cannot be listed.
        file: String,
        /// The message of the operating system.
        reason: String,
    },
    /// The content of a file is wrong.
    #[serde(rename = "standard.wrong")]
    #[error("{file} {place}: found {found}, expected {expected}")]
    Wrong {
        /// Path below the folder of standards.
        file: String,
        /// A JSON pointer (`/fields/3/type`), `line 7` or `line 7 column 2`; empty for the file as a whole.
        place: String,
        /// What stands there.
        found: String,
        /// What should.
        expected: String,
    },
}

impl LoadError {
    /// The error for a file with wrong content.
    pub(super) fn wrong(
        file: &str,
        place: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> LoadError {
        LoadError::Wrong { file: file.into(), place: place.into(), found: found.into(), expected: expected.into() }
    }
}

/// A JSON error as a load error: serde's message is split into what was found and what was expected.
pub(super) fn json_error(file: &str, error: &serde_json::Error) -> LoadError {
    let place = format!("line {} column {}", error.line(), error.column());
    let words = error.to_string();
    let words = words.strip_suffix(&format!(" at {place}")).unwrap_or(&words);
    if error.is_syntax() || error.is_eof() {
        return LoadError::wrong(file, place, words, "JSON");
    }
    let missing = words.strip_prefix("missing field ").map(|key| ("nothing", format!("the key {key}")));
    let (found, expected) = missing
        .or_else(|| words.split_once(", expected ").map(|(found, expected)| (found, expected.to_owned())))
        .unwrap_or((words, "another value".to_owned()));
    LoadError::wrong(file, place, found, expected)
}

/// Checks that a text is the one expected text.
pub fn expect(file: &str, pointer: &str, found: &str, expected: &str) -> Result<(), LoadError> {
    if found == expected { Ok(()) } else { Err(LoadError::wrong(file, pointer, found, expected)) }
}
