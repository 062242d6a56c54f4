//! What files of code are like: their size and names, no unfinished work, nothing of one person's machine.

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

/// Where the formatters break a line; they leave long texts alone, and those are broken by hand.
const COLUMNS: usize = 120;

#[test]
fn lines_of_typescript_stay_in_sight() {
    let mut breaches = Vec::new();
    for file in files(&["ts", "tsx"]).iter().filter(|file| !MADE.contains(&file.path.as_str())) {
        for (number, line) in file.lines() {
            let columns = line.chars().count();
            if columns > COLUMNS {
                breaches.push(format!("{}:{number} has {columns} characters", file.path));
            }
        }
    }
    none(breaches, "lines over 120 characters");
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
