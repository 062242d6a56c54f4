//! Writing the derived files to standards/, or comparing them with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::run::Failure;

/// The parts of a package's folder that are derived. What else lies there (README, rules) is written by hand.
const DERIVED: [&str; 3] = ["tables", "codes", "crosswalks"];

/// Derived files by path below standards/, with `/` between.
#[derive(Default)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// The files of one package.
    pub fn folder<'a>(&'a mut self, name: &str) -> Package<'a> {
        Package { name: name.to_owned(), files: self }
    }
}

/// The files of one package.
pub struct Package<'a> {
    name: String,
    files: &'a mut Files,
}

impl Package<'_> {
    /// Adds a file.
    pub fn add(&mut self, path: &str, text: String) {
        self.files.0.insert(format!("{}/{path}", self.name), text);
    }
}

/// Writes what differs and removes what is no longer derived.
pub fn write(files: &Files, standards: &Path) -> Result<String, Failure> {
    let changes = differences(files, standards)?;
    for (path, change) in &changes {
        let target = standards.join(path);
        let done = match change {
            Change::Gone => fs::remove_file(&target),
            Change::New | Change::Different => target
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&target, files.0[path].as_bytes())),
        };
        done.map_err(|e| Failure(format!("{path}: {e}")))?;
    }
    Ok(format!("{} files derived, {} of them changed", files.0.len(), changes.len()))
}

/// Fails with the names of the files that differ.
pub fn compare(files: &Files, standards: &Path) -> Result<String, Failure> {
    let changes = differences(files, standards)?;
    if changes.is_empty() {
        return Ok(format!("{} files agree with the facts", files.0.len()));
    }
    let lines: Vec<String> = changes.iter().map(|(path, change)| format!("{} {path}", change.word())).collect();
    Err(Failure(format!("{} files differ from the facts\n{}", lines.len(), lines.join("\n"))))
}

enum Change {
    New,
    Different,
    Gone,
}

impl Change {
    fn word(&self) -> &'static str {
        match self {
            Change::New => "missing  ",
            Change::Different => "different",
            Change::Gone => "too many ",
        }
    }
}

/// What would have to be done to standards/, by path.
fn differences(files: &Files, standards: &Path) -> Result<BTreeMap<String, Change>, Failure> {
    let mut changes = BTreeMap::new();
    for (path, text) in &files.0 {
        match fs::read(standards.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => drop(changes.insert(path.clone(), Change::Different)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => drop(changes.insert(path.clone(), Change::New)),
            Err(e) => return Err(Failure(format!("{path}: {e}"))),
        }
    }
    let mut packages: Vec<&str> = files.0.keys().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    packages.dedup();
    for part in packages.iter().flat_map(|package| DERIVED.map(|derived| format!("{package}/{derived}"))) {
        for path in listed(standards, &part)? {
            if !files.0.contains_key(&path) {
                changes.insert(path, Change::Gone);
            }
        }
    }
    Ok(changes)
}

/// The files of a folder below standards/, as paths; none where there is no such folder.
fn listed(standards: &Path, part: &str) -> Result<Vec<String>, Failure> {
    let wrong = |e: std::io::Error| Failure(format!("{part}: {e}"));
    let entries = match fs::read_dir(standards.join(part)) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(wrong(e)),
    };
    entries.map(|e| Ok(format!("{part}/{}", e.map_err(wrong)?.file_name().to_string_lossy()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(files: &[(&str, &str)]) -> Files {
        let mut all = Files::default();
        for (path, text) in files {
            all.folder("x").add(path, (*text).to_owned());
        }
        all
    }

    #[test]
    fn writes_compares_and_removes() {
        let home = tempfile::tempdir().unwrap();
        let two = derived(&[("tables/A.json", "{}\n"), ("codes/B.csv", "code\n")]);
        let missing = compare(&two, home.path()).unwrap_err().0;
        assert_eq!(missing, "2 files differ from the facts\nmissing   x/codes/B.csv\nmissing   x/tables/A.json");
        assert_eq!(write(&two, home.path()).unwrap(), "2 files derived, 2 of them changed");
        assert_eq!(compare(&two, home.path()).unwrap(), "2 files agree with the facts");

        fs::create_dir(home.path().join("x/rules")).unwrap();
        fs::write(home.path().join("x/rules/by-hand.toml"), "").unwrap();
        let one = derived(&[("tables/A.json", "{ }\n")]);
        let changed = compare(&one, home.path()).unwrap_err().0;
        assert_eq!(changed, "2 files differ from the facts\ntoo many  x/codes/B.csv\ndifferent x/tables/A.json");
        write(&one, home.path()).unwrap();
        assert!(!home.path().join("x/codes/B.csv").exists());
        assert!(home.path().join("x/rules/by-hand.toml").exists());
        assert_eq!(write(&one, home.path()).unwrap(), "1 files derived, 0 of them changed");
    }
}
