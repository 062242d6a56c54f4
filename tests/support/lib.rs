//! What whole-program tests and benches share.

pub mod usage;

use std::path::PathBuf;
use std::time::Duration;

/// What a bench prints for `cargo xtask bench`: the id of a line in its table, and how many times longer the program
/// took than the reference.
pub fn ratio(id: &str, time: Duration, reference: Duration) -> String {
    format!("measure\t{id}\t{:.2} x", time.as_secs_f64() / reference.as_secs_f64())
}

/// The same for a time that has no reference.
pub fn time(id: &str, time: Duration) -> String {
    format!("measure\t{id}\t{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The root of the project. Cargo and xtask say where this package stands when they run its tests: clones share built
/// programs, so the folder of the build may be another clone's.
pub fn root() -> PathBuf {
    let running = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let tests = running.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    tests.parent().map(PathBuf::from).unwrap_or(tests)
}

/// A program of the workspace, such as `tianbao`: it lies beside the folder of the running test.
///
/// # Panics
/// When it was not built; `cargo build --workspace --bins` does it, and `cargo xtask test` before every layer.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test runs from a file");
    let folder = test.ancestors().nth(2).expect("a test lies in target/PROFILE/deps");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is not built: cargo build --workspace --bins", program.display());
    program
}

/// The folder for what a test leaves for people, such as screenshots.
pub fn results() -> PathBuf {
    let folder =
        std::env::var_os("TIANBAO_RESULTS").map_or_else(|| std::env::temp_dir().join("tianbao-results"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("a folder for results");
    folder
}
