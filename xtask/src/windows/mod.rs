//! `cargo xtask windows`: the program for Windows, as a folder to copy and as an installer; with `--test` also tried
//! under wine.
//!
//! On Debian it is cross-built: [`toolchain`] prepares a Rust that makes programs for Windows, [`packing`] makes the
//! folder and the installer, [`wine`] is a Windows to try them on, [`trial`] tries them. On Windows itself the build is
//! the ordinary one, and only an installed makensis is needed.

mod packing;
mod toolchain;
mod trial;
mod wine;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::built;
use crate::run::{self, Failure, Result, heading};
use packing::WebView;
use toolchain::Toolchain;

/// What `cargo xtask windows` is asked for.
#[derive(Debug, Default)]
struct Wanted {
    /// Build for development, try the tests and the installer.
    test: bool,
    /// With `test`: only the command line and its main job.
    short: bool,
    webview: WebView,
}

/// `cargo xtask windows [--test [--short]] [--webview2 FILE | --runtime FOLDER]`.
pub fn windows(arguments: &[&str]) -> Result<ExitCode> {
    let wanted = read(arguments)?;
    let toolchain = Toolchain::prepare(wanted.test)?;
    if wanted.short {
        return trial::short(&toolchain);
    }
    built::interface()?;
    if wanted.test {
        return trial::trial(&toolchain, &wanted.webview);
    }
    heading("building the release for Windows");
    run::run(&mut toolchain.cargo(&["build", "--release", "--package", "tianbao", "--package", "tianbao-cli"]))?;
    for file in packing::pack(&toolchain, "release", &wanted.webview)? {
        println!("{}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn read(arguments: &[&str]) -> Result<Wanted> {
    let mut wanted = Wanted::default();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut path = || -> Result<PathBuf> {
            let path = words.next().map(PathBuf::from).ok_or_else(|| Failure(format!("{word} needs a path")))?;
            std::path::absolute(&path)
                .ok()
                .filter(|path| path.exists())
                .ok_or_else(|| format!("{} does not exist", path.display()).into())
        };
        match *word {
            "--test" => wanted.test = true,
            "--short" => wanted.short = true,
            "--webview2" => wanted.webview = WebView::Installer(path()?),
            "--runtime" => wanted.webview = WebView::Runtime(path()?),
            _ => return Err("cargo xtask windows [--test [--short]] [--webview2 FILE | --runtime FOLDER]".into()),
        }
    }
    if wanted.short && !wanted.test {
        return Err("--short is a form of --test".into());
    }
    Ok(wanted)
}
