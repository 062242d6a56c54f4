//! Tells the program when it was made: a PC's clock that shows an earlier moment is behind.
//!
//! The moment follows from the source alone, so that two builds of one commit are the same: `SOURCE_DATE_EPOCH` where
//! it is set, else the date of the commit, else the date that `git archive` has written into `commit-date.txt`, else
//! 1970, which is not evidence. A development build may carry the date of an earlier commit: it is not built anew for
//! each.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=commit-date.txt");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        for file in ["HEAD", "logs/HEAD"] {
            let path = git(&["rev-parse", "--git-path", file]).filter(|path| Path::new(path).exists());
            path.into_iter().for_each(|path| println!("cargo:rerun-if-changed={path}"));
        }
    }
    let given = std::env::var("SOURCE_DATE_EPOCH").ok();
    let archived = || std::fs::read_to_string("commit-date.txt").ok();
    let seconds = |text: String| text.trim().parse::<i64>().ok();
    let built = given
        .and_then(seconds)
        .or_else(|| git(&["log", "-1", "--format=%ct"]).and_then(seconds))
        .or_else(|| archived().and_then(seconds))
        .unwrap_or(0);
    println!("cargo:rustc-env=TIANBAO_BUILT={built}");
}

/// What git prints, where this is a clone.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
