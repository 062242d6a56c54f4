//! Functions for files that other programs may hold open, shared by all crates.

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long to wait for a file that another program holds: a virus scanner or a program that synchronises folders opens
/// each new file on Windows.
const HELD: Duration = Duration::from_secs(2);

/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether Windows says that another program holds the file (sharing violation, lock violation). Rust has no kind of
/// error for these.
pub fn is_held(error: &Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// Gives a file its name by calling `name`, which returns the file and the reason if it fails. On Windows it is called
/// again for two seconds while another program holds the file of that name.
pub fn named_patiently<F>(mut file: F, mut name: impl FnMut(F) -> Result<(), (Error, F)>) -> Result<(), Error> {
    let until = Instant::now() + HELD;
    loop {
        match name(file) {
            Ok(()) => return Ok(()),
            Err((error, again)) if may_pass(&error) && Instant::now() < until => {
                file = again;
                std::thread::sleep(PAUSE);
            }
            Err((error, _)) => return Err(error),
        }
    }
}

/// Renames a file, and waits as [`named_patiently`] does.
pub fn rename_patiently(from: &Path, to: &Path) -> Result<(), Error> {
    named_patiently((), |()| std::fs::rename(from, to).map_err(|error| (error, ())))
}

/// Whether the error may pass, because Windows refuses the file only while another program has it open.
fn may_pass(error: &Error) -> bool {
    is_held(error) || (cfg!(windows) && error.kind() == ErrorKind::PermissionDenied)
}
