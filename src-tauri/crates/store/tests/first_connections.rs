//! The first connections of a process, made at once by many threads: each finds the cipher ready.
//!
//! This can be tested only in a process that has not opened a connection yet, so the test runs itself many times as a
//! child process.

use std::process::Command;
use std::sync::{Arc, Barrier};
use std::thread;

use standard::Standards;
use store::{Book, BookKey, NewBook};

const CHILDREN: usize = 12;
const THREADS: u8 = 8;

#[test]
fn threads_that_come_first_find_the_cipher_ready() {
    for child in 0..CHILDREN {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_opens_many_at_once", "--ignored"])
            .output()
            .unwrap();
        assert!(output.status.success(), "child {child}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
#[ignore = "runs as a child of the test above"]
fn child_opens_many_at_once() {
    let edition = Standards::builtin().unwrap().edition("zhongzhi-2023.06").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let start = Arc::new(Barrier::new(usize::from(THREADS)));
    let open = |n: u8| {
        let (start, edition) = (start.clone(), edition.clone());
        let path = folder.path().join(format!("{n}.tianbao"));
        thread::spawn(move || {
            start.wait();
            Book::create(&path, &BookKey::new([n; 32]), &[n; 16], edition, &NewBook::default()).map(drop)
        })
    };
    let threads: Vec<_> = (1..=THREADS).map(open).collect();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
}
