//! What stands in files of code: size, names, unwraps, unsafe code, unfinished work, words of one person's machine.

use crate::tree::{File, files, none, paths};

/// A file stays readable in one sitting.
const LINES: usize = 450;

/// Files that are made by a program, and may be as long as they come.
const MADE: &[&str] = &["ui/src/ipc/types.ts"];

const CODE: &[&str] = &["rs", "ts", "tsx", "css", "mjs", "py", "toml", "sh"];

#[test]
fn files_of_code_stay_readable_in_one_sitting() {
    let long = |file: &File| {
        let lines = file.text.lines().count();
        let exempt = MADE.contains(&file.path.as_str()) || file.path.starts_with("standards/");
        (lines > LINES && !exempt).then(|| format!("{} has {lines} lines", file.path))
    };
    none(files(CODE).iter().filter_map(long).collect(), "files over 450 lines");
}

#[test]
fn every_rust_file_says_first_what_it_is_for() {
    let silent = |file: &File| (!file.text.starts_with("//!")).then(|| file.path.clone());
    none(files(&["rs"]).iter().filter_map(silent).collect(), "files without a //! at their head");
}

#[test]
fn names_say_what_is_inside() {
    const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager", "service"];
    let empty = |path: &String| {
        let mut parts = path.split(['/', '.', '-', '_']).map(str::to_lowercase);
        let code = CODE.iter().any(|ending| path.ends_with(&format!(".{ending}")));
        code && parts.any(|part| EMPTY_NAMES.contains(&part.as_str()))
    };
    none(paths().into_iter().filter(empty).collect(), "files whose name says nothing");
}

/// The part of a Rust file that ships: up to its tests.
fn shipped(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let is_test = file.path.starts_with("tests/") || file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
    let end = if is_test { 0 } else { usize::MAX };
    file.lines().take(end).take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
}

/// Whether a line has code with this in it, outside comments.
fn has(line: &str, what: &str) -> bool {
    line.split("//").next().unwrap_or_default().contains(what)
}

#[test]
fn unwraps_outside_tests_are_proven_in_a_comment() {
    let mut breaches = Vec::new();
    for file in files(&["rs"]) {
        let mut before = "";
        for (number, line) in shipped(&file) {
            let proven = line.contains("//") || before.trim_start().starts_with("//");
            if has(line, ".unwrap()") && !proven {
                breaches.push(format!("{}:{number}", file.path));
            }
            before = line;
        }
    }
    none(breaches, "unwrap() without a comment that proves it");
}

#[test]
fn nothing_is_unsafe() {
    let mut breaches = Vec::new();
    for file in files(&["rs"]) {
        for (number, line) in file.lines() {
            if has(line, concat!("unsafe", " {"))
                || has(line, concat!("unsafe", " fn"))
                || has(line, "allow(unsafe_code")
            {
                // This line names what it looks for.
                if file.path != "tests/tidy/conventions.rs" {
                    breaches.push(format!("{}:{number}", file.path));
                }
            }
        }
    }
    none(breaches, "unsafe code");
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimplemented", "!("), concat!("todo", "!(")];
    let mut breaches = Vec::new();
    for file in files(CODE) {
        for (number, line) in file.lines() {
            if marks.iter().any(|mark| line.contains(mark)) {
                breaches.push(format!("{}:{number} {}", file.path, line.trim()));
            }
        }
    }
    none(breaches, "unfinished work");
}

#[test]
fn nothing_names_one_persons_machine() {
    let marks = [
        concat!("/wo", "rk/"),
        concat!("/tmp", "/w/"),
        concat!("../sha", "red/"),
        concat!("/ro", "ot/"),
        concat!("far", "m-"),
        concat!(".lib", "rary"),
    ];
    let mut breaches = Vec::new();
    for file in files(&["rs", "ts", "tsx", "css", "mjs", "py", "toml", "json", "md", "html", "yml", "yaml", "sh"]) {
        for (number, line) in file.lines() {
            if marks.iter().any(|mark| line.contains(mark)) {
                breaches.push(format!("{}:{number} {}", file.path, line.trim().chars().take(80).collect::<String>()));
            }
        }
    }
    none(breaches, "words of a machine");
}

#[test]
fn tests_wait_for_conditions_and_not_for_time() {
    let marks = [concat!("waitFor", "Timeout"), concat!("thread::", "sleep")];
    let mut breaches = Vec::new();
    for file in files(&["rs", "ts", "tsx", "mjs"]) {
        let test = file.path.starts_with("tests/") || file.path.contains("/tests/") || file.path.contains(".test.");
        for (number, line) in file.lines() {
            if test && marks.iter().any(|mark| line.contains(mark)) {
                breaches.push(format!("{}:{number}", file.path));
            }
        }
    }
    none(breaches, "a test that sleeps");
}
