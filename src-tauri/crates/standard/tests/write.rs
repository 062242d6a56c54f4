//! What is written loads as what it was, and is what standards/ holds, to the byte.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use standard::{Standards, write};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

#[test]
fn every_edition_loads_as_what_was_written() {
    for edition in STANDARDS.editions() {
        let read = STANDARDS.read(&edition.id, write::package(edition)).unwrap();
        for (read, table) in read.tables.iter().zip(&edition.tables) {
            assert_eq!(read, table, "{}", table.name);
        }
        for (read, rule) in read.rules.iter().zip(&edition.rules) {
            assert_eq!(read, rule, "{}", rule.id);
        }
        assert!(read == **edition, "{}", edition.id);
    }
}

/// The folders of shared rules that an edition takes.
fn taken(package: &[u8]) -> Vec<String> {
    let package: serde_json::Value = serde_json::from_slice(package).unwrap();
    package.get("tianbao:rules").map(|names| serde_json::from_value(names.clone()).unwrap()).unwrap_or_default()
}

/// Rules are written by hand, in several files with remarks; everything else has one form.
#[test]
fn the_files_are_those_of_standards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../standards");
    for edition in STANDARDS.editions() {
        let mut written: BTreeMap<String, Vec<u8>> =
            write::package(edition).into_iter().filter(|(path, _)| !path.starts_with("rules/")).collect();
        let rules = taken(&std::fs::read(root.join(&edition.id).join("datapackage.json")).unwrap());
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        written.insert("datapackage.json".to_owned(), write::datapackage(edition, &rules).into_bytes());
        for (path, bytes) in &written {
            let there = std::fs::read(root.join(&edition.id).join(path)).unwrap_or_default();
            let (there, bytes) = (String::from_utf8_lossy(&there), String::from_utf8_lossy(bytes));
            for (line, (there, written)) in there.lines().zip(bytes.lines()).enumerate() {
                assert_eq!(there, written, "{}/{path} line {}", edition.id, line + 1);
            }
            assert_eq!(there.len(), bytes.len(), "{}/{path}", edition.id);
        }
    }
}
