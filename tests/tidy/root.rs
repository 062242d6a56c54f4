//! What lies in the root of the project. A new entry is a decision, because everybody sees the root first.
//!
//! The last ones that came: what contributors of an open project look for (CONTRIBUTING.md, CHANGELOG.md, docs,
//! .github) and what their tools read there and nowhere else (rust-toolchain.toml, deny.toml, biome.jsonc).

use std::collections::BTreeSet;

use crate::tree::paths;

const ENTRIES: &[&str] = &[
    ".cargo",
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".rustfmt.toml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "biome.jsonc",
    "deny.toml",
    "docs",
    "icons",
    "rust-toolchain.toml",
    "src-tauri",
    "standards",
    "tests",
    "ui",
    "xtask",
];

#[test]
fn the_root_has_these_entries_and_no_others() {
    let found: BTreeSet<String> = paths().iter().filter_map(|path| path.split('/').next().map(str::to_owned)).collect();
    let allowed: BTreeSet<String> = ENTRIES.iter().map(|entry| (*entry).to_owned()).collect();
    assert_eq!(found, allowed, "entries of the root, and those that root.rs lists");
}
