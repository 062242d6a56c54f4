//! The interface and the programs, built.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run::{self, Result, cargo, command, heading};
use crate::{folders, packages};

/// What one build of the workspace made.
#[derive(Debug, Default)]
pub struct Built {
    /// Programs by name.
    pub programs: BTreeMap<String, PathBuf>,
    /// Test programs.
    pub tests: Vec<TestProgram>,
}

/// One test program.
#[derive(Debug)]
pub struct TestProgram {
    /// Name of its target, such as `flows` or `tianbao_store`.
    pub name: String,
    /// `lib`, `bin` or `test`.
    pub kind: String,
    /// Folder of its package, in which it runs.
    pub folder: PathBuf,
    /// The executable.
    pub file: PathBuf,
}

impl Built {
    /// The file of a program.
    pub fn program(&self, name: &str) -> Result<&Path> {
        self.programs.get(name).map(PathBuf::as_path).ok_or_else(|| format!("the build made no program {name}").into())
    }
}

/// Builds the interface into ui/dist, unless its sources are those of the last build.
pub fn interface() -> Result {
    let ui = folders::at("ui");
    if !ui.join("package.json").is_file() {
        return Ok(());
    }
    packages::npm(&ui)?;
    let stamp = ui.join("node_modules").join(".tianbao-built");
    let sources = fingerprint(&ui)?;
    let current = std::fs::read_to_string(&stamp).is_ok_and(|built| built == sources);
    if current && ui.join("dist").join("index.html").is_file() {
        return Ok(());
    }
    heading("building the interface");
    run::run(command(&["npm", "run", "build"]).current_dir(&ui))?;
    std::fs::write(&stamp, sources).map_err(|error| format!("{}: {error}", stamp.display()).into())
}

/// A hash of all files of a folder, except built and installed ones.
fn fingerprint(folder: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(next) = folders.pop() {
        let entries = std::fs::read_dir(&next).map_err(|error| format!("{}: {error}", next.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let built = path.file_name().is_some_and(|name| name == "node_modules" || name == "dist");
            match path.is_dir() {
                true if !built => folders.push(path),
                true => {}
                false => files.push(path),
            }
        }
    }
    files.sort();
    for file in files {
        file.hash(&mut hasher);
        std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Builds the programs of the workspace, and with `tests` its test programs, in one go with one set of features.
pub fn workspace(tests: bool) -> Result<Built> {
    heading(if tests { "building the programs and the tests" } else { "building the programs" });
    let mut build = cargo(&["build", "--workspace", "--bins"]);
    if tests {
        build.args(["--lib", "--tests"]);
    }
    from(&mut build)
}

/// Runs a build of cargo and says what it made.
pub fn from(build: &mut Command) -> Result<Built> {
    let output = build
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: {error}", run::shown(build)))?;
    if !output.status.success() {
        return Err("the build failed".into());
    }
    Ok(parse(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads cargo's messages.
fn parse(messages: &str) -> Built {
    let mut built = Built::default();
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let Some(file) = message["executable"].as_str().map(PathBuf::from) else { continue };
        let target = &message["target"];
        let name = target["name"].as_str().unwrap_or_default().to_owned();
        let kind = target["kind"][0].as_str().unwrap_or_default().to_owned();
        if message["profile"]["test"] == true {
            let manifest = PathBuf::from(message["manifest_path"].as_str().unwrap_or_default());
            let folder = manifest.parent().map(PathBuf::from).unwrap_or_default();
            built.tests.push(TestProgram { name, kind, folder, file });
        } else {
            built.programs.insert(name, file);
        }
    }
    built.tests.sort_by(|a, b| (&a.folder, &a.kind, &a.name).cmp(&(&b.folder, &b.kind, &b.name)));
    built
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn programs_and_test_programs_are_told_apart() {
        let built = parse(concat!(
            r#"{"reason":"compiler-artifact","manifest_path":"/p/cli/Cargo.toml","target":{"kind":["bin"],"name":"tianbao"},"profile":{"test":false},"executable":"/t/tianbao"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","manifest_path":"/p/tests/Cargo.toml","target":{"kind":["test"],"name":"tidy"},"profile":{"test":true},"executable":"/t/tidy-1"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","manifest_path":"/p/x/Cargo.toml","target":{"kind":["lib"],"name":"x"},"profile":{"test":false},"executable":null}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        ));
        assert_eq!(built.programs.keys().collect::<Vec<_>>(), ["tianbao"]);
        assert_eq!(built.tests.iter().map(|test| test.name.as_str()).collect::<Vec<_>>(), ["tidy"]);
    }
}
