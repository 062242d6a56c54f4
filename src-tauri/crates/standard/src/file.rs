//! What the operating system says of files, in the words that all crates share.

/// Whether Windows says that another program holds the file (sharing violation, lock violation). Rust has no kind of error
/// for these.
pub fn is_held(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}
