//! Which crate of the project may use which: read from their Cargo.toml. Outside libraries are in `dependencies.rs`.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{files, none};

/// What each crate may use of the project, in its product code. Tests of a crate may use more.
pub const CRATES: &[(&str, &[&str])] = &[
    ("src-tauri/crates/standard", &[]),
    ("src-tauri/crates/protocol", &[]),
    ("src-tauri/crates/package", &[]),
    ("src-tauri/crates/vault", &[]),
    ("src-tauri/crates/source", &[]),
    ("src-tauri/crates/store", &["standard"]),
    ("src-tauri/crates/check", &["standard", "store"]),
    ("src-tauri/crates/workbook", &["standard"]),
    ("src-tauri/crates/submit", &["standard", "protocol"]),
    ("src-tauri/crates/sample", &["standard"]),
    ("src-tauri/crates/center", &["standard", "check", "store", "protocol", "vault", "workbook"]),
    (
        "src-tauri/crates/desk",
        &[
            "standard", "store", "check", "workbook", "package", "protocol", "submit", "vault", "center", "sample",
            "source",
        ],
    ),
    ("src-tauri/crates/cli", &["standard", "desk", "center"]),
    ("src-tauri", &["desk"]),
    ("tests/bridge", &["desk"]),
    ("tests/conformance", &["protocol"]),
    ("xtask", &["standard"]),
];

/// The dependencies that a package ships with, and those that only its tests have.
pub struct Dependencies {
    pub shipped: BTreeSet<String>,
    pub tested: BTreeSet<String>,
}

/// The dependencies of every package, by its folder.
pub fn manifests() -> BTreeMap<String, Dependencies> {
    let mut packages = BTreeMap::new();
    for (folder, table) in tables() {
        let names = |key: &str| entries(&table, key).into_iter().map(|(name, _)| name);
        let shipped = names("dependencies").chain(names("build-dependencies")).collect();
        packages.insert(folder, Dependencies { shipped, tested: names("dev-dependencies").collect() });
    }
    packages
}

/// The Cargo.toml of every package, by its folder.
pub fn tables() -> BTreeMap<String, toml::Table> {
    let manifests = files(&["toml"]).into_iter().filter_map(|file| {
        let folder = file.path.strip_suffix("/Cargo.toml")?.to_owned();
        let table = file.text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.path));
        Some((folder, table))
    });
    manifests.collect()
}

/// The entries of a table of dependencies, also of those for one kind of system only.
pub fn entries(table: &toml::Table, key: &str) -> Vec<(String, toml::Value)> {
    let of = |table: &toml::Table| -> Vec<(String, toml::Value)> {
        let found = table.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default();
        found.into_iter().collect()
    };
    let mut found = of(table);
    for (_, system) in table.get("target").and_then(toml::Value::as_table).into_iter().flatten() {
        found.extend(system.as_table().map(of).unwrap_or_default());
    }
    found
}

/// The names of the project's own crates, as dependencies call them.
pub fn own_names() -> BTreeSet<&'static str> {
    CRATES.iter().filter_map(|(folder, _)| folder.rsplit('/').next()).collect()
}

#[test]
fn every_package_is_in_the_list() {
    let found: BTreeSet<String> = manifests().into_keys().collect();
    let listed: BTreeSet<String> = CRATES.iter().map(|(name, _)| (*name).to_owned()).chain(["tests".into()]).collect();
    assert_eq!(found, listed, "packages of the project, and those that crates.rs lists");
}

#[test]
fn crates_use_the_crates_that_they_may_and_no_others() {
    let own = own_names();
    let manifests = manifests();
    let mut breaches = Vec::new();
    for (folder, may_use) in CRATES {
        let uses: BTreeSet<&str> = manifests[*folder].shipped.iter().map(String::as_str).collect();
        let more = uses.iter().filter(|name| own.contains(*name) && !may_use.contains(name));
        breaches.extend(more.map(|name| format!("{folder} uses {name}")));
        let less = may_use.iter().filter(|name| !uses.contains(*name));
        breaches.extend(less.map(|name| format!("{folder} may use {name}, but does not: delete the entry")));
    }
    none(breaches, "arrows between crates that crates.rs does not have");
}

#[test]
fn every_package_takes_the_lints_of_the_workspace() {
    let takes = |table: &toml::Table| table.get("lints").and_then(|lints| lints.get("workspace"))?.as_bool();
    let breaches = tables().into_iter().filter(|(_, table)| takes(table) != Some(true));
    none(breaches.map(|(folder, _)| folder).collect(), "packages without [lints] workspace = true");
}
