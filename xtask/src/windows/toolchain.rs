//! A Rust that makes programs for Windows.
//!
//! On Debian it is Debian's Rust with MinGW. Debian has the source of Rust's standard library, but not the library for
//! Windows, so that is compiled once into the cache folder. Cargo builds it only under a switch for developers of Rust
//! (`-Zbuild-std`, allowed by RUSTC_BOOTSTRAP); the project itself is then built without any such switch.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, Result, command, heading};
use crate::{folders, packages};

/// Needed to build for Windows, and to make the folder and the installer.
const BUILD: &[&str] =
    &["cargo-web", "g++-mingw-w64-x86-64", "gcc-mingw-w64-x86-64", "nsis", "python3", "rust-web-src", "rustc-web"];

/// Needed to try it: a Windows of sorts, and the Chinese names of its locale.
const TEST: &[&str] = &["locales", "wine", "wine64"];

const TARGET: &str = "x86_64-pc-windows-gnu";

/// Debian's Rust; a rustup of the user comes before it on the search path.
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// A prepared toolchain.
pub struct Toolchain {
    /// The wrapper of the compiler that knows the library for Windows; absent on Windows.
    compiler: Option<PathBuf>,
}

/// The folder in the cache for all that is made for Windows.
pub fn home() -> PathBuf {
    folders::cache().join("windows")
}

impl Toolchain {
    /// Installs and compiles what is missing; with `test` also what the tests need.
    pub fn prepare(test: bool) -> Result<Toolchain> {
        if cfg!(windows) {
            return match test {
                true => Err("on Windows itself the tests are those of cargo xtask test".into()),
                false => Ok(Toolchain { compiler: None }),
            };
        }
        packages::system(BUILD)?;
        if test {
            packages::system(TEST)?;
        }
        let version = run::read(&mut command(&[RUSTC, "--version"]))
            .map_err(|_| "the cross build needs Debian's Rust: apt-get install rustc-web cargo-web rust-web-src")?;
        let compiler = home().join("rustc");
        let stamp = home().join("std-made-by");
        if std::fs::read_to_string(&stamp).is_ok_and(|made| made == version) && compiler.is_file() {
            return Ok(Toolchain { compiler: Some(compiler) });
        }
        heading("compiling Rust's standard library for Windows (once)");
        let sysroot = home().join("sysroot");
        standard_library(&sysroot)?;
        write(&compiler, &format!("#!/bin/sh\nexec {RUSTC} --sysroot '{}' \"$@\"\n", sysroot.display()))?;
        run::run(command(&["chmod", "+x"]).arg(&compiler))?;
        write(&stamp, &version)?;
        Ok(Toolchain { compiler: Some(compiler) })
    }

    /// Cargo, building for Windows into a folder of the cache.
    pub fn cargo(&self, words: &[&str]) -> Command {
        let Some(compiler) = &self.compiler else { return run::cargo(words) };
        let mut cargo = command(&[&[CARGO], words].concat());
        cargo
            .env("RUSTC", compiler)
            .env("CARGO_TARGET_DIR", home().join("target"))
            .env("CARGO_BUILD_TARGET", TARGET)
            // Nobody debugs these programs here, and the folder is several times smaller so.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        // A rustup that runs this command would pass its own toolchain on.
        for variable in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTFLAGS", "CARGO"] {
            cargo.env_remove(variable);
        }
        cargo
    }

    /// The folder of the programs of a profile.
    pub fn built(&self, profile: &str) -> PathBuf {
        match self.compiler {
            Some(_) => home().join("target").join(TARGET).join(profile),
            None => folders::target().join(profile),
        }
    }

    /// A program of MinGW, such as `strip`; absent on Windows, where the linker keeps debugging information apart.
    pub fn mingw(&self, name: &str) -> Option<Command> {
        self.compiler.is_some().then(|| command(&[&format!("x86_64-w64-mingw32-{name}")]))
    }
}

/// Compiles the standard library and puts it beside that of this machine.
fn standard_library(sysroot: &Path) -> Result {
    let seed = home().join("seed");
    make_folder(&seed.join("src"))?;
    write(
        &seed.join("Cargo.toml"),
        "[package]\nname = \"seed\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[workspace]\n",
    )?;
    write(&seed.join("src/main.rs"), "fn main() {}\n")?;
    let target = seed.join("target");
    let mut cargo = command(&[CARGO, "build", "--release", "--target", TARGET, "--target-dir"]);
    cargo.arg(&target).arg("-Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test").current_dir(&seed);
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", RUSTC).env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTFLAGS");
    run::run(&mut cargo)?;

    // An earlier version must not stay beside the new one.
    let _ = std::fs::remove_dir_all(sysroot);
    let rustlib = sysroot.join("lib/rustlib");
    let library = rustlib.join(TARGET).join("lib");
    make_folder(&library)?;
    let own = run::read(&mut command(&[RUSTC, "--print", "sysroot"]))?;
    let own = Path::new(own.trim()).join("lib/rustlib");
    for entry in entries(&own)? {
        let name = entry.file_name().unwrap_or_default();
        run::run(command(&["ln", "-s"]).arg(&entry).arg(rustlib.join(name)))?;
    }
    for entry in entries(&target.join(TARGET).join("release/deps"))? {
        if entry.extension().is_some_and(|ending| ending == "rlib") {
            let to = library.join(entry.file_name().unwrap_or_default());
            std::fs::copy(&entry, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
    }
    // What was copied is all that is needed of it.
    let _ = std::fs::remove_dir_all(&target);
    Ok(())
}

/// The files and folders in a folder.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// Makes a folder with all above it.
pub fn make_folder(folder: &Path) -> Result {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()).into())
}

/// Writes a small file.
pub fn write(file: &Path, text: &str) -> Result {
    std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()).into())
}
