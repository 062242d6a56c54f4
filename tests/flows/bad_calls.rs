//! Calls that cannot be done: each is told in clear Chinese, with an exit code that says whose fault it is, and changes
//! nothing.

mod disk;
mod editions;
mod files;
mod network;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::stage::{Home, Said, VISITS};

/// The input or the call is unusable.
const UNUSABLE: i32 = 2;
/// The other side or the network failed.
const OTHER_SIDE: i32 = 3;

/// A PC with one book that has one record in it.
struct Stage {
    home: Home,
    book: PathBuf,
}

impl Stage {
    fn new() -> Stage {
        let home = Home::new();
        let book = home.new_book()["book"].as_str().unwrap().into();
        home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
        Stage { home, book }
    }

    /// Runs a call that must be refused with this exit code, in words that name these things, and leave every file of
    /// the book as it is.
    #[track_caller]
    fn refuses<Word: AsRef<std::ffi::OsStr>>(&self, words: &[Word], code: i32, names: &[&str]) {
        let before = self.files();
        let said = self.home.run(words);
        let words: Vec<_> = words.iter().map(|word| word.as_ref().to_string_lossy()).collect();
        is_refused(&said, code, names, &words.join(" "));
        assert!(before == self.files(), "{words:?} changed the book");
    }

    /// The book and what lies beside it.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files_of(self.book.parent().unwrap())
    }

    /// What the book says about its records and its past.
    fn content(&self) -> (String, String) {
        (self.home.run(["rows", VISITS, "--json"]).out, self.home.run(["history", "--json"]).out)
    }
}

fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[track_caller]
fn is_refused(said: &Said, code: i32, names: &[&str], call: &str) {
    assert_eq!(said.code, code, "{call}: {said:?}");
    assert_eq!(said.out, "", "{call}: what is refused has no answer");
    for name in names {
        assert!(said.err.contains(name), "{call}: {name} is not named: {}", said.err);
    }
    if let Some(unclear) = unclear(&said.err) {
        panic!("{call}: {unclear}: {}", said.err);
    }
}

/// What a clerk would not understand in a message.
fn unclear(message: &str) -> Option<&'static str> {
    // Names of files, values and the like stand in quotes.
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
fn words_are_judged() {
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
