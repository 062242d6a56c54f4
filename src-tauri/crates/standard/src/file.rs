//! What the operating system says of files, in the words that all crates share.

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a file that another program holds for a moment is waited for: a virus scanner or a program that
/// synchronises folders opens each new file on Windows.
const HELD: Duration = Duration::from_secs(2);

/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether Windows says that another program holds the file (sharing violation, lock violation). Rust has no kind of
/// error for these.
pub fn is_held(error: &Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// Gives a file its name with `name`, which hands back what it could not name, with the reason. On Windows it is called
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

/// Renames a file, patiently as [`named_patiently`] has it.
pub fn rename_patiently(from: &Path, to: &Path) -> Result<(), Error> {
    named_patiently((), |()| std::fs::rename(from, to).map_err(|error| (error, ())))
}

/// Whether Windows refuses a file only as long as another program has it open.
fn may_pass(error: &Error) -> bool {
    is_held(error) || (cfg!(windows) && error.kind() == ErrorKind::PermissionDenied)
}
