//! Paths: the project's own folders, and the user's cache folder that outlives a clone.

use std::path::PathBuf;

/// The root of the project. Cargo says where xtask stands when it runs it: clones share built programs, so the folder
/// of the build may be another clone's. The folder of the build counts where xtask is run without cargo.
pub fn root() -> PathBuf {
    let running = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let xtask = running.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    xtask.parent().map(PathBuf::from).unwrap_or(xtask)
}

/// A folder or file of the project, named with `/`.
pub fn at(path: &str) -> PathBuf {
    path.split('/').fold(root(), |folder, part| folder.join(part))
}

/// The cache folder of the user: built programs and installed tools, shared by every clone.
pub fn cache() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME").or_else(|| variable("USERPROFILE")).unwrap_or_else(std::env::temp_dir);
    if cfg!(windows) {
        variable("LOCALAPPDATA").unwrap_or_else(home).join("tianbao").join("cache")
    } else if cfg!(target_os = "macos") {
        home().join("Library").join("Caches").join("tianbao")
    } else {
        variable("XDG_CACHE_HOME").unwrap_or_else(|| home().join(".cache")).join("tianbao")
    }
}

/// The folder cargo builds into. A clone at another path reuses the dependencies that an earlier one built.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) if !folder.is_empty() => root().join(folder),
        _ => cache().join("target"),
    }
}

/// The folder for what a run leaves for people: screenshots, reports.
pub fn results() -> PathBuf {
    target().join("tianbao-results")
}

/// The name of a program's file.
pub fn program(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
