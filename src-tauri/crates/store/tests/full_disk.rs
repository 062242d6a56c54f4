//! A full disk: no change is made in part, and the book can be changed again when there is room.
//!
//! The limit is the system's own: a child process runs under `ulimit -f`, so that writing fails as it does on a full
//! disk, in the middle of whatever SQLite writes.
#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "the child tells its parent how it went")]

use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jiff::Timestamp;
use standard::{Coded, Edition, Standards};
use store::{Book, BookKey, NewBook, RowChange, Step, StepKind};

const TABLE: &str = "ODS_SXJCSJ";
const PERIOD: &str = "2026-2027-1";

fn edition() -> Arc<Edition> {
    Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap()
}

fn key() -> BookKey {
    BookKey::new([1; 32])
}

fn step(kind: StepKind) -> Step {
    let at = Timestamp::from_second(1_788_192_000).unwrap();
    Step { at, who: String::new(), kind, note: String::new(), period: PERIOD.into() }
}

fn inserts(edition: &Edition, count: usize) -> Vec<RowChange> {
    let table = edition.table(TABLE).unwrap();
    let record = |n: usize| {
        let values = table.fields.iter().map(|f| if f.column == "XH" { format!("{n:08}") } else { "内容".repeat(10) });
        RowChange::Insert { table: TABLE.into(), values: values.collect(), after: None }
    };
    (0..count).map(record).collect()
}

fn numbers(book: &Book) -> Vec<i64> {
    let mut rows = Vec::new();
    book.stream(TABLE, PERIOD, |record| {
        rows.push(record.row);
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

/// Runs one test of this file as a child whose files cannot grow beyond `kibibytes`.
fn under_a_limit(test: &str, book: &Path, kibibytes: u64) -> String {
    let output = Command::new("sh")
        // SIGXFSZ ignored, a write beyond the limit fails with EFBIG instead of killing the process. `ulimit -f`
        // counts blocks of 512 bytes.
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" --exact {test} --ignored --nocapture", kibibytes * 2))
        .arg(std::env::current_exe().unwrap())
        .env("FULL_DISK_BOOK", book)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn a_step_that_finds_no_room_leaves_the_book_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.tianbao");
    let salt = *b"salt of the test";
    let edition = edition();
    let book = Book::create(&path, &key(), &salt, Arc::clone(&edition), &NewBook::default()).unwrap();
    book.apply(&step(StepKind::Edit), &inserts(&edition, 3)).unwrap();
    book.close().unwrap();
    let room = std::fs::metadata(&path).unwrap().len() / 1024 + 200;

    let said = under_a_limit("child_fills_the_disk", &path, room);
    assert!(said.contains("SAVED"), "{said}");

    let book = Book::open(&path, &key(), |_| Some(Arc::clone(&edition))).unwrap();
    assert_eq!(numbers(&book), [1, 2, 3, 4], "what was saved is there, what was refused is not");
    assert_eq!(book.integrity().unwrap(), []);
    book.apply(&step(StepKind::Edit), &inserts(&edition, 2000)).unwrap();
    assert_eq!(book.count(TABLE, PERIOD).unwrap(), 2004);
}

#[test]
#[ignore = "runs as a child of the test above"]
fn child_fills_the_disk() {
    let Some(path) = std::env::var_os("FULL_DISK_BOOK") else { return };
    let edition = edition();
    let book = Book::open(Path::new(&path), &key(), |_| Some(Arc::clone(&edition))).unwrap();
    let error = book.apply(&step(StepKind::Paste), &inserts(&edition, 5000)).unwrap_err();
    assert_eq!(error.code(), "disk.full", "{error}");
    assert_eq!(numbers(&book), [1, 2, 3]);
    // A small step still fits, and what was refused has not used up anything.
    book.apply(&step(StepKind::Edit), &inserts(&edition, 1)).unwrap();
    println!("SAVED");
}

#[test]
fn a_new_book_that_finds_no_room_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.tianbao");
    let said = under_a_limit("child_makes_a_book", &path, 64);
    assert!(said.contains("REFUSED disk.full"), "{said}");
    assert!(!path.exists());
}

#[test]
#[ignore = "runs as a child of the test above"]
fn child_makes_a_book() {
    let Some(path) = std::env::var_os("FULL_DISK_BOOK") else { return };
    let made = Book::create(Path::new(&path), &key(), b"salt of the test", edition(), &NewBook::default());
    println!("REFUSED {}", made.unwrap_err().code());
}
