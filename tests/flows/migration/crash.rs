//! A program that is killed during a move, or while a move is taken back, leaves the book as it was before or as it is
//! after.
//!
//! `TIANBAO_CRASH_SEED` repeats the choices, `TIANBAO_MOVE_KILLS` is the number of kills.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Book;
use vault::{KeyStore, MemoryKeys, Secret};

use super::{Fixture, NEW, OLD, random, stored};
use crate::crash::child::{Child, report};
use crate::fixture::{Clerk, env};

/// Name of the environment variable with the task, as JSON.
const TASK: &str = "TIANBAO_MOVE_TASK";
/// Number of kills without `TIANBAO_MOVE_KILLS`.
const KILLS: u32 = 12;
/// A child that has opened the book is killed within this time, which is about that of a move.
const WORKING: Duration = Duration::from_millis(1_500);

#[derive(Serialize, Deserialize)]
struct Task {
    home: PathBuf,
    book: PathBuf,
    key: Vec<u8>,
}

/// All records of a book as text.
fn records_of(book: &Book) -> Vec<String> {
    let tables = book.edition().tables.iter();
    tables
        .flat_map(|table| {
            let records = stored::records(book, &table.name);
            records.into_iter().map(|r| format!("{} {} {} {:?}", table.name, r.row, r.period, r.values))
        })
        .collect()
}

#[test]
fn a_kill_leaves_the_old_book_or_the_moved_one() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let seed = number("TIANBAO_CRASH_SEED").unwrap_or_else(|| rand::thread_rng().r#gen::<u32>().into());
    let kills = number("TIANBAO_MOVE_KILLS").map_or(KILLS, |kills| u32::try_from(kills).expect("a number of kills"));
    let repeat = format!("TIANBAO_CRASH_SEED={seed} TIANBAO_MOVE_KILLS={kills}");
    let mut random = StdRng::seed_from_u64(seed);
    let fixture = Fixture::new();
    random::fill(&fixture, 7, 24);
    fixture.call("book.close", json!({}));
    let key = fixture.key();
    let old = records_of(&stored::open(&fixture.book, &key));
    let task = Task { home: fixture.home.folder().to_owned(), book: fixture.book.clone(), key: key.clone() };
    let task = serde_json::to_string(&task).unwrap();
    let mut new: Option<Vec<String>> = None;
    let mut done = 0;
    for kill in 0..kills {
        let mut child = Child::run("migration::crash::worker", TASK, &task, 0);
        child.wait_until_ready();
        // Every third child completes a move first, so that some are killed while they take it back, also on a slow
        // machine.
        if kill % 3 == 2 {
            child.wait_until_done(1);
        }
        child.run_for(random.gen_range(Duration::ZERO..WORKING));
        done += child.kill().done;
        let book = stored::open(&fixture.book, &key);
        assert_eq!(book.integrity().unwrap(), [], "kill {kill}, {repeat}");
        let now = records_of(&book);
        match book.edition().id.as_str() {
            OLD => assert!(now == old, "kill {kill}, {repeat}: neither the old book nor the new one"),
            NEW => match &new {
                None => new = Some(now),
                Some(new) => assert!(now == *new, "kill {kill}, {repeat}: neither the old book nor the new one"),
            },
            other => panic!("{other}, {repeat}"),
        }
    }
    assert!(done > 0 || kills < 3, "no move came to its end: {repeat}");
    fixture.call("book.open", json!({ "path": fixture.book }));
}

#[test]
#[ignore = "the child of the test above, which runs it"]
fn worker() {
    let Ok(task) = std::env::var(TASK) else { return };
    let Task { home, book, key } = serde_json::from_str(&task).unwrap();
    let salt: String = store::read_salt(&book).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    let keys = MemoryKeys::new();
    keys.set(&format!("book/{salt}"), &Secret::new(key)).unwrap();
    let clerk = Clerk::new(desk::Env { keys: Arc::new(keys), ..env(&home) });
    let mut edition = clerk.call("book.open", json!({ "path": book }))["edition"].clone();
    report("\nready");
    for number in 1.. {
        edition = match edition == OLD {
            true => clerk.call("migration.run", json!({ "to": NEW }))["to"].clone(),
            false => clerk.call("migration.take_back", json!({}))["edition"].clone(),
        };
        report(&format!("saved {number}"));
    }
}
