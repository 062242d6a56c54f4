//! Faults of the program itself, for the log.

use std::fmt;
use std::panic::Location;

/// A cause that is a constant of the program, and its place in the source. It does not leave the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    cause: &'static str,
    file: &'static str,
    line: u32,
}

impl Fault {
    /// A fault at the place of the caller.
    #[track_caller]
    pub(crate) fn here(cause: &'static str) -> Fault {
        let place = Location::caller();
        Fault { cause, file: place.file(), line: place.line() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}:{}", self.cause, self.file, self.line)
    }
}
