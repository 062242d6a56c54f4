//! Checks the licences and sources of other people's libraries by deny.toml.
//!
//! `cargo metadata` has all that is needed, so no tool has to be installed. Where cargo-deny is installed, it runs as
//! well, and also looks for known weaknesses if their database is on the machine.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::folders;
use crate::run::{self, Result, answers, cargo, command};

/// The only place that libraries come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Runs every check; returns how many passed and how many failed.
pub fn check() -> Result<(u64, u64)> {
    let breaches = breaches(&metadata()?, &allowed()?);
    breaches.iter().for_each(|breach| eprintln!("{breach}"));
    let mut outcomes = vec![breaches.is_empty()];
    if answers(&["cargo", "deny", "--version"]) {
        let deny = |words: &[&str]| {
            let mut command = command(&["cargo", "deny", "--workspace", "--locked", "check"]);
            run::run(command.args(words)).inspect_err(|failure| eprintln!("{failure}")).is_ok()
        };
        outcomes.push(deny(&["licenses", "bans", "sources"]));
        if database().is_some_and(|folder| folder.is_dir()) {
            outcomes.push(deny(&["--disable-fetch", "advisories"]));
        } else {
            println!(
                "known weaknesses: not looked for, because their database is not here (`cargo deny fetch` brings it)"
            );
        }
    } else {
        println!("known weaknesses: not looked for, because cargo-deny is not installed (`cargo install cargo-deny`)");
    }
    let passed = outcomes.iter().filter(|holds| **holds).count() as u64;
    Ok((passed, outcomes.len() as u64 - passed))
}

/// All packages that are built on this kind of machine.
fn metadata() -> Result<Vec<Value>> {
    let host = run::read(&mut command(&["rustc", "--print", "host-tuple"]))?;
    let words = ["metadata", "--locked", "--format-version", "1", "--filter-platform", host.trim()];
    let text = run::read(&mut cargo(&words))?;
    let mut metadata: Value = serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let built: BTreeSet<String> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| node["id"].as_str().map(str::to_owned))
        .collect();
    let Value::Array(packages) = metadata["packages"].take() else { return Err("cargo metadata: no packages".into()) };
    Ok(packages.into_iter().filter(|package| package["id"].as_str().is_some_and(|id| built.contains(id))).collect())
}

/// The licences that deny.toml allows.
fn allowed() -> Result<BTreeSet<String>> {
    let file = folders::at("deny.toml");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", file.display()))?;
    let list = table.get("licenses").and_then(|licenses| licenses.get("allow")).and_then(toml::Value::as_array);
    let list = list.ok_or("deny.toml: licenses.allow is missing")?;
    Ok(list.iter().filter_map(|licence| licence.as_str().map(str::to_owned)).collect())
}

fn breaches(packages: &[Value], allowed: &BTreeSet<String>) -> Vec<String> {
    let mut breaches = Vec::new();
    for package in packages {
        let name =
            format!("{} {}", package["name"].as_str().unwrap_or("?"), package["version"].as_str().unwrap_or("?"));
        let Some(source) = package["source"].as_str() else { continue };
        if source != REGISTRY {
            breaches.push(format!("{name} comes from {source}"));
        }
        match package["license"].as_str() {
            None => breaches.push(format!("{name} names no licence")),
            Some(licence) if !allows(allowed, licence) => {
                breaches.push(format!("{name} has the licence {licence}, which deny.toml does not allow"));
            }
            Some(_) => {}
        }
    }
    breaches
}

/// Whether an SPDX expression can be met with the allowed licences. `/` is an old way to write `OR`.
fn allows(allowed: &BTreeSet<String>, expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let holds = any(allowed, &words, &mut at);
    holds && at == words.len()
}

/// `a OR b`; `AND` binds closer.
fn any(allowed: &BTreeSet<String>, words: &[&str], at: &mut usize) -> bool {
    let mut holds = all(allowed, words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        // Both sides are read, so that the place moves on.
        holds |= all(allowed, words, at);
    }
    holds
}

/// `a AND b`.
fn all(allowed: &BTreeSet<String>, words: &[&str], at: &mut usize) -> bool {
    let mut holds = one(allowed, words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        holds &= one(allowed, words, at);
    }
    holds
}

/// A licence, one with an exception, or an expression in brackets.
fn one(allowed: &BTreeSet<String>, words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let holds = any(allowed, words, at);
        *at += 1;
        return holds && words.get(*at - 1) == Some(&")");
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed.contains(&format!("{word} WITH {exception}"));
    }
    allowed.contains(*word)
}

/// Where cargo keeps the database of known weaknesses.
fn database() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = || variable("HOME").or_else(|| variable("USERPROFILE")).map(|home| home.join(".cargo"));
    variable("CARGO_HOME").or_else(home).map(|cargo| cargo.join("advisory-dbs"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{allows, breaches};

    fn allowed() -> BTreeSet<String> {
        ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into()
    }

    #[test]
    fn an_expression_holds_when_it_can_be_met() {
        for (expression, holds) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0 OR MIT", true),
            ("GPL-3.0 AND MIT", false),
            ("(GPL-3.0 OR MIT) AND Apache-2.0", true),
            ("MIT AND (GPL-3.0 OR LGPL-2.1)", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("MIT WITH LLVM-exception", false),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(allows(&allowed(), expression), holds, "{expression}");
        }
    }

    #[test]
    fn licences_and_sources_are_told_with_their_package() {
        let package = |name: &str, source: &str, licence: Option<&str>| json!({"name": name, "version": "1.0.0", "source": source, "license": licence});
        let packages = [
            package("good", super::REGISTRY, Some("MIT")),
            package("copyleft", super::REGISTRY, Some("GPL-3.0")),
            package("silent", super::REGISTRY, None),
            package("elsewhere", "git+https://example.com/x", Some("MIT")),
            json!({"name": "our own", "version": "1.0.0", "source": null}),
        ];
        assert_eq!(
            breaches(&packages, &allowed()),
            [
                "copyleft 1.0.0 has the licence GPL-3.0, which deny.toml does not allow",
                "silent 1.0.0 names no licence",
                "elsewhere 1.0.0 comes from git+https://example.com/x",
            ]
        );
    }
}
