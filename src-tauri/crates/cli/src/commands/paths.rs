//! Paths from the command line in the form that the desk takes.

use std::path::Path;

use desk::CallError;

/// A path as text. A path that is not Unicode is refused with its name.
pub(super) fn path_text(path: &Path) -> Result<String, CallError> {
    path.to_str().map(str::to_owned).ok_or_else(|| CallError::new("file.bad-name").with("file", path.display()))
}
