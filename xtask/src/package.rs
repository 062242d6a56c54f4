//! The packages for Debian, Ubuntu and systems with rpm: the window, the command line, icons, and the file type of
//! books.
//!
//! Tauri's own bundler packs programs that are built already. Debugging information is removed first, because it is
//! nine tenths of a program.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::built::{self, Built};
use crate::run::{self, Result, cargo, command, heading};
use crate::{folders, packages};

/// Needed to pack and to try the package: `strip`, the check of desktop files, and the type of a file by its name.
pub const TOOLS: &[&str] = &["binutils", "desktop-file-utils", "libglib2.0-bin", "shared-mime-info"];

/// `cargo xtask package`: a release, packed for the systems that this one can pack for.
pub fn package() -> Result {
    if !cfg!(target_os = "linux") {
        return Err("packages for Linux are made on Linux".into());
    }
    packages::system(packages::BUILD)?;
    built::interface()?;
    heading("building the release");
    run::run(&mut cargo(&["build", "--release", "--package", "tianbao", "--package", "tianbao-cli"]))?;
    let built = folders::target().join("release");
    let packed = pack(&built.join("tianbao-desktop"), &built.join("tianbao"), "release", &["deb", "rpm"])?;
    for file in packed {
        println!("{}", file.display());
    }
    Ok(())
}

/// The Debian package of the programs that the tests were built with.
pub fn of_tests(built: &Built) -> Result<PathBuf> {
    let packed = pack(built.program("tianbao-desktop")?, built.program("tianbao")?, "debug", &["deb"])?;
    packed.into_iter().next().ok_or_else(|| "the bundler made no package".into())
}

/// Packs both programs. The bundler looks for the window in the folder `profile` of a target folder of its own.
fn pack(window: &Path, command_line: &Path, profile: &str, kinds: &[&str]) -> Result<Vec<PathBuf>> {
    packages::system(TOOLS)?;
    let ui = folders::at("ui");
    packages::npm(&ui)?;
    let target = folders::target().join("package");
    let folder = target.join(profile);
    // Packages of an earlier version must not be taken for this one's.
    let _ = std::fs::remove_dir_all(folder.join("bundle"));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for program in [window, command_line] {
        let name = program.file_name().unwrap_or_default();
        run::run(command(&["strip", "-o"]).arg(folder.join(name)).arg(program))?;
    }
    let of_command_line = json!({ "/usr/bin/tianbao": folder.join("tianbao") });
    let linux = json!({ "deb": { "files": of_command_line }, "rpm": { "files": of_command_line } });
    heading(&format!("packing {}", kinds.join(", ")));
    let mut tauri = command(&["npx", "--prefix"]);
    tauri.arg(&ui).args(["tauri", "bundle", "--bundles", &kinds.join(",")]);
    if profile == "debug" {
        tauri.arg("--debug");
    }
    tauri.arg("--config").arg(json!({ "bundle": { "linux": linux } }).to_string());
    // The bundler takes no other word for a run without a person, whatever this machine says in CI.
    tauri.current_dir(folders::at("src-tauri")).env("CARGO_TARGET_DIR", &target).env("CI", "true");
    run::run(&mut tauri)?;
    let mut packed = Vec::new();
    for kind in kinds {
        let made = folder.join("bundle").join(kind);
        let entries = std::fs::read_dir(&made).map_err(|error| format!("{}: {error}", made.display()))?;
        let ending = |path: &PathBuf| path.extension().is_some_and(|ending| ending == *kind);
        packed.extend(entries.flatten().map(|entry| entry.path()).filter(ending));
    }
    Ok(packed)
}
