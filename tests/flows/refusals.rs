//! Commands that cannot be done: each is refused with a clear Chinese message and the exit code for its cause, and
//! changes nothing.

mod disk;
mod editions;
mod files;
mod names;
mod network;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::fixture::{Home, RunOutput, VISITS};

/// Exit code for unusable input or arguments.
const UNUSABLE: i32 = 2;
/// Exit code for a failure of the receiver or the network.
const RECEIVER_FAILED: i32 = 3;

/// A PC with one book that has one record.
struct Fixture {
    home: Home,
    book: PathBuf,
}

impl Fixture {
    fn new() -> Fixture {
        let home = Home::new();
        let book = home.new_book()["book"].as_str().unwrap().into();
        home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
        Fixture { home, book }
    }

    /// Runs a command that must be refused with this exit code, with a message that contains `names`, and must leave
    /// every file of the book unchanged.
    #[track_caller]
    fn refuses<Word: AsRef<std::ffi::OsStr>>(&self, words: &[Word], code: i32, names: &[&str]) {
        let before = self.files();
        let output = self.home.run(words);
        let words: Vec<_> = words.iter().map(|word| word.as_ref().to_string_lossy()).collect();
        is_refused(&output, code, names, &words.join(" "));
        assert!(before == self.files(), "{words:?} changed the book");
    }

    /// The content of the files in the folder of the book, by path.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files_of(self.book.parent().unwrap())
    }

    /// The records and the history of the book, as the program prints them.
    fn content(&self) -> (String, String) {
        (self.home.run(["rows", VISITS, "--json"]).out, self.home.run(["history", "--json"]).out)
    }
}

fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[track_caller]
fn is_refused(output: &RunOutput, code: i32, names: &[&str], call: &str) {
    assert_eq!(output.code, code, "{call}: {output:?}");
    assert_eq!(output.out, "", "{call}: a refused command prints no answer");
    for name in names {
        assert!(output.err.contains(name), "{call}: {name} is not named: {}", output.err);
    }
    if let Some(unclear) = unclear(&output.err) {
        panic!("{call}: {unclear}: {}", output.err);
    }
}

/// Why a clerk would not understand a message; `None` for a clear one.
fn unclear(message: &str) -> Option<&'static str> {
    // Names of files and values are in quotes and may be in any language.
    let words = Regex::new("“[^”]*”").unwrap().replace_all(message, "");
    let has = |pattern: &str| Regex::new(pattern).unwrap().is_match(&words);
    if !has(r"\p{Han}") {
        Some("not in Chinese")
    } else if has("[A-Za-z]{2,},? [A-Za-z]{2,}") {
        Some("English words")
    } else if has(r"[{}]|::|\\n|Some\(|Err\(|Error|panicked") {
        Some("words of the program")
    } else if !message.trim_end().ends_with(['。', '？', '！', '）']) {
        Some("no whole sentence")
    } else if message.trim_end().lines().count() > 1 {
        Some("more than one line")
    } else {
        None
    }
}

#[test]
fn unclear_messages_are_recognised() {
    for (message, expect) in [
        ("找不到文件“no such file.xlsx”。\n", None),
        ("No such file.", Some("not in Chinese")),
        ("读不了“a”：permission denied。", Some("English words")),
        ("错误：NotFound { file: 1 }。", Some("words of the program")),
        ("磁盘已满", Some("no whole sentence")),
    ] {
        assert_eq!(unclear(message), expect, "{message}");
    }
}
