//! Messages of a program that has no window to show them in.

/// Prints a message to standard error.
#[expect(clippy::print_stderr, reason = "there is no window to show it in")]
pub fn print_error(message: &str) {
    eprintln!("{message}");
}
