//! Licences, sources and known weaknesses of the libraries of other people, by cargo-deny and deny.toml.

use std::path::PathBuf;
use std::process::Command;

use crate::folders;
use crate::packages;
use crate::run::{self, Result};

/// Checks that need nothing but the lock file.
const OFFLINE: [&str; 3] = ["licenses", "bans", "sources"];

/// Runs each check; gives how many hold and how many do not.
pub fn check() -> Result<(u64, u64)> {
    let cargo_deny = packages::cargo_deny()?;
    let runs = |words: &[&str]| {
        let mut deny = Command::new(&cargo_deny);
        deny.args(["--workspace", "--locked"]).args(words).current_dir(folders::root());
        run::run(&mut deny).inspect_err(|failure| eprintln!("{failure}")).is_ok()
    };
    let mut outcome = (0, 0);
    let mut count = |holds: bool| if holds { outcome.0 += 1 } else { outcome.1 += 1 };
    for check in OFFLINE {
        count(runs(&["check", check]));
    }
    if database().is_some_and(|folder| folder.is_dir()) {
        count(runs(&["check", "--disable-fetch", "advisories"]));
    } else {
        println!("advisories: left out, because their database is not on this machine (`cargo deny fetch` brings it)");
    }
    Ok(outcome)
}

/// Where cargo keeps the database of advisories.
fn database() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = || variable("HOME").or_else(|| variable("USERPROFILE")).map(|home| home.join(".cargo"));
    variable("CARGO_HOME").or_else(home).map(|cargo| cargo.join("advisory-dbs"))
}
