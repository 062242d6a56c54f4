//! Which room may know which room, and which outside library: read from the rooms' Cargo.toml and from the code.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{self, files, none};

/// What each room may know of the house.
const ROOMS: &[(&str, &[&str])] = &[
    ("src-tauri/crates/standard", &[]),
    ("src-tauri/crates/protocol", &[]),
    ("src-tauri/crates/parcel", &[]),
    ("src-tauri/crates/vault", &[]),
    ("src-tauri/crates/store", &["standard"]),
    ("src-tauri/crates/check", &["standard", "store"]),
    ("src-tauri/crates/workbook", &["standard"]),
    ("src-tauri/crates/submit", &["standard", "protocol"]),
    ("src-tauri/crates/sample", &["standard"]),
    ("src-tauri/crates/center", &["standard", "check", "store", "protocol"]),
    (
        "src-tauri/crates/desk",
        &["standard", "store", "check", "workbook", "parcel", "protocol", "submit", "vault", "center", "sample"],
    ),
    ("src-tauri/crates/cli", &["standard", "desk", "center"]),
    ("src-tauri", &["desk"]),
    ("tests/bridge", &["desk"]),
    ("xtask", &["standard"]),
];

/// Outside libraries that one room hides from all others.
const KNOWN_ONLY_BY: &[(&str, &[&str])] = &[
    ("rusqlite", &["src-tauri/crates/store"]),
    ("calamine", &["src-tauri/crates/workbook"]),
    ("rust_xlsxwriter", &["src-tauri/crates/workbook"]),
    ("reqwest", &["src-tauri/crates/submit"]),
    ("keyring", &["src-tauri/crates/vault"]),
    ("ed25519-dalek", &["src-tauri/crates/parcel"]),
    ("tauri", &["src-tauri"]),
    ("tauri-build", &["src-tauri"]),
    ("tauri-plugin-dialog", &["src-tauri"]),
    ("axum", &["src-tauri/crates/center", "tests/bridge"]),
];

/// The dependencies a package ships with, and those its tests have besides.
struct Known {
    shipped: BTreeSet<String>,
    tested: BTreeSet<String>,
}

fn manifests() -> BTreeMap<String, Known> {
    let mut rooms = BTreeMap::new();
    for manifest in files(&["toml"]) {
        let Some(room) = manifest.path.strip_suffix("/Cargo.toml") else { continue };
        let table: toml::Table = manifest.text.parse().unwrap_or_else(|error| panic!("{}: {error}", manifest.path));
        let names = |key: &str| names_in(&table, key);
        let shipped = names("dependencies").chain(names("build-dependencies")).collect();
        rooms.insert(room.to_owned(), Known { shipped, tested: names("dev-dependencies").collect() });
    }
    rooms
}

/// Names of dependencies, also of those for one kind of system only.
fn names_in(table: &toml::Table, key: &str) -> impl Iterator<Item = String> + use<> {
    let of = |table: &toml::Table| -> Vec<String> {
        table.get(key).and_then(toml::Value::as_table).map(|found| found.keys().cloned().collect()).unwrap_or_default()
    };
    let mut names = of(table);
    for system in table.get("target").and_then(toml::Value::as_table).into_iter().flatten() {
        names.extend(system.1.as_table().map(of).unwrap_or_default());
    }
    names.into_iter()
}

#[test]
fn every_package_is_a_room_of_the_plan() {
    let found: BTreeSet<String> = manifests().into_keys().collect();
    let planned: BTreeSet<String> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).chain(["tests".into()]).collect();
    assert_eq!(found, planned);
}

#[test]
fn rooms_know_only_the_rooms_they_may() {
    let names: BTreeSet<&str> = ROOMS.iter().filter_map(|(room, _)| room.rsplit('/').next()).collect();
    let manifests = manifests();
    let mut breaches = Vec::new();
    for (room, may_know) in ROOMS {
        for known in manifests[*room].shipped.iter().filter(|name| names.contains(name.as_str())) {
            if !may_know.contains(&known.as_str()) {
                breaches.push(format!("{room} knows {known}"));
            }
        }
    }
    none(breaches, "an arrow goes the wrong way");
}

#[test]
fn outside_libraries_stay_in_their_rooms() {
    let mut breaches = Vec::new();
    for (room, known) in &manifests() {
        // A room's tests may use what stands on the other side of it, such as a workbook reader behind the writer.
        let mut all = known.shipped.iter().chain(known.tested.iter().filter(|_| room != "tests"));
        for (library, rooms) in KNOWN_ONLY_BY {
            if !rooms.contains(&room.as_str()) && all.any(|name| name == library) {
                breaches.push(format!("{room} knows {library}"));
            }
        }
    }
    none(breaches, "a library left its room");
}

#[test]
fn code_names_no_library_of_another_room() {
    let mut breaches = Vec::new();
    for file in files(&["rs"]) {
        if file.path.starts_with("tests/") {
            continue;
        }
        for (library, rooms) in KNOWN_ONLY_BY {
            let home = rooms.iter().any(|room| match *room {
                "src-tauri" => file.path.starts_with("src-tauri/") && !file.path.starts_with("src-tauri/crates/"),
                room => file.path.starts_with(&format!("{room}/")),
            });
            let path = format!("{}::", library.replace('-', "_"));
            for (number, line) in file.lines() {
                if !home && is_named(line, &path) {
                    breaches.push(format!("{}:{number} names {library}", file.path));
                }
            }
        }
    }
    none(breaches, "a library is named outside its room");
}

/// Whether a line of code names this path, as a word of its own and not in a comment.
fn is_named(line: &str, path: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices(path)
        .any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':'))
}

#[test]
fn only_the_door_of_the_page_imports_tauri() {
    let mut breaches = Vec::new();
    for file in files(&["ts", "tsx"]) {
        let door = file.path.starts_with("ui/src/ipc/");
        for (number, line) in file.lines() {
            if !door && line.contains(concat!("@tauri", "-apps/")) {
                breaches.push(format!("{}:{number}", file.path));
            }
        }
    }
    none(breaches, "only ui/src/ipc imports Tauri");
}

#[test]
fn every_package_takes_the_lints_of_the_workspace() {
    let mut breaches = Vec::new();
    for manifest in files(&["toml"]).iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let table: toml::Table = manifest.text.parse().expect("read above");
        if table.get("lints").and_then(|lints| lints.get("workspace")) != Some(&toml::Value::Boolean(true)) {
            breaches.push(manifest.path.clone());
        }
    }
    none(breaches, "a package without [lints] workspace = true");
}

#[test]
fn the_house_has_these_entries_and_no_others() {
    const ENTRIES: &[&str] = &[
        ".cargo",
        ".ci",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".rustfmt.toml",
        "ARCHITECTURE.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "biome.jsonc",
        "icons",
        "src-tauri",
        "standards",
        "tests",
        "ui",
        "xtask",
    ];
    let found: BTreeSet<String> =
        tree::paths().iter().filter_map(|path| path.split('/').next().map(str::to_owned)).collect();
    let allowed: BTreeSet<String> = ENTRIES.iter().map(|entry| (*entry).to_owned()).collect();
    assert_eq!(found, allowed);
}
