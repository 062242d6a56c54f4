//! Product code neither panics nor is unsafe: what could panic says in a comment why it cannot.

use std::collections::BTreeSet;

use crate::rust::{crates, lines_for_tests};
use crate::tree::{File, files, none};

/// What ends the program where it is wrong.
const PANICS: &[&str] = &[".unwrap()", ".expect(", "panic!(", "unreachable!("];

#[test]
fn what_could_panic_is_proven_in_a_comment() {
    let mut breaches = Vec::new();
    let shipped = shipped();
    for file in files(&["rs"]).iter().filter(|file| shipped.contains(&file.path)) {
        let tests = lines_for_tests(file);
        let lines: Vec<&str> = file.text.lines().collect();
        for at in (0..lines.len()).filter(|at| !tests.contains(&(at + 1))) {
            let code = code(lines[at]);
            let panics = PANICS.iter().any(|word| code.contains(word));
            if panics && !is_proven(&lines, at) {
                breaches.push(format!("{}:{} {}", file.path, at + 1, lines[at].trim()));
            }
        }
    }
    none(breaches, "unwrap, expect or panic without a comment that says why it cannot happen");
}

/// Whether the statement that a line belongs to has a comment, in it or directly before it.
fn is_proven(lines: &[&str], at: usize) -> bool {
    let ends = |line: &str| code(line).trim_end().ends_with([';', '{', '}']) || line.trim().is_empty();
    let before = lines[..at].iter().rev().take_while(|line| !ends(line));
    std::iter::once(&lines[at]).chain(before).any(|line| line.contains("//"))
}

/// A line without its comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// The files of product code: those that a crate declares outside its tests, and build scripts.
fn shipped() -> BTreeSet<String> {
    let declared = crates().into_iter().flat_map(|found| found.modules).map(|module| module.file);
    let scripts = files(&["rs"]).into_iter().map(|file| file.path).filter(|path| path.ends_with("/build.rs"));
    declared.chain(scripts).filter(|path| !path.starts_with("tests/") && !path.contains("/tests/")).collect()
}

#[test]
fn nothing_is_unsafe() {
    // Put together here, so that this file does not find itself.
    let marks = [
        concat!("unsafe", " {"),
        concat!("unsafe", " fn"),
        concat!("unsafe", " impl"),
        concat!("allow(", "unsafe_code"),
    ];
    let mut breaches = Vec::new();
    for file in files(&["rs"]) {
        for (number, line) in file.lines() {
            if marks.iter().any(|mark| code(line).contains(mark)) {
                breaches.push(format!("{}:{number}", file.path));
            }
        }
    }
    none(breaches, "unsafe code");
}

#[test]
fn code_after_a_test_helper_is_seen() {
    let text = "#[cfg(test)]\nfn helper() {\n    x.unwrap();\n}\n\nfn shipped() {\n    y.expect(\"z\");\n}\n";
    let file = File { path: "a.rs".into(), text: text.into() };
    assert_eq!(lines_for_tests(&file), BTreeSet::from([1, 2, 3, 4]));
    let proven = ["    // It has just been made.", "    let x = made", "        .unwrap();"];
    assert!(is_proven(&proven, 2));
    assert!(!is_proven(&["    // Another statement.", "    work();", "    x.unwrap();"], 2));
}
