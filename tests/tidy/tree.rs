//! The files of the project, as git knows them: committed ones and new ones that are not ignored.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of text.
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl File {
    /// Lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// The root of the project.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// All paths that git knows, from the root, with `/`.
pub fn paths() -> Vec<String> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git runs");
    let listed = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let paths: Vec<String> = listed.split('\0').filter(|path| root().join(path).is_file()).map(str::to_owned).collect();
    assert!(paths.len() > 50, "git listed {} files: {}", paths.len(), String::from_utf8_lossy(&output.stderr));
    paths
}

/// All files with one of these endings.
pub fn files(endings: &[&str]) -> Vec<File> {
    let found: Vec<File> = paths()
        .into_iter()
        .filter(|path| path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending)))
        .map(|path| File { text: std::fs::read_to_string(root().join(&path)).expect("a text file"), path })
        .collect();
    assert!(!found.is_empty(), "no files ending in {endings:?}");
    found
}

/// Fails with every breach named.
pub fn none(breaches: Vec<String>, rule: &str) {
    assert!(breaches.is_empty(), "{rule}:\n  {}\n", breaches.join("\n  "));
}
