//! A program that is killed in the middle of a move, or of taking it back, leaves the book as it was or as it was to be.
//!
//! `TIANBAO_CRASH_SEED` repeats the choices, `TIANBAO_MOVE_KILLS` says how many kills.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Book;
use vault::{KeyStore, MemoryKeys, Secret};

use super::{NEW, OLD, Office, ledger, random};
use crate::crash::child::{Child, report};
use crate::stage::{Clerk, env};

/// The environment variable with the task.
const TASK: &str = "TIANBAO_MOVE_TASK";
/// Kills where nobody says otherwise.
const KILLS: u32 = 12;
/// A child that works is killed within this time, about that of a move.
const WORKING: Duration = Duration::from_millis(1_500);

#[derive(Serialize, Deserialize)]
struct Task {
    home: PathBuf,
    book: PathBuf,
    key: Vec<u8>,
}

/// What the clerk sees of a book.
fn seen(book: &Book) -> Vec<String> {
    let tables = book.edition().tables.iter();
    tables
        .flat_map(|table| {
            let records = ledger::records(book, &table.name);
            records.into_iter().map(|r| format!("{} {} {} {:?}", table.name, r.row, r.period, r.values))
        })
        .collect()
}

#[test]
fn a_kill_leaves_the_old_book_or_the_new_one() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let seed = number("TIANBAO_CRASH_SEED").unwrap_or_else(|| rand::thread_rng().r#gen::<u32>().into());
    let kills = number("TIANBAO_MOVE_KILLS").map_or(KILLS, |kills| u32::try_from(kills).expect("a number of kills"));
    let said = format!("TIANBAO_CRASH_SEED={seed} TIANBAO_MOVE_KILLS={kills}");
    let mut random = StdRng::seed_from_u64(seed);
    let office = Office::new();
    random::fill(&office, 7, 24);
    office.call("book.close", json!({}));
    let key = office.key();
    let old = seen(&ledger::open(&office.book, &key));
    let task = Task { home: office.home.folder().to_owned(), book: office.book.clone(), key: key.clone() };
    let task = serde_json::to_string(&task).unwrap();
    let mut new: Option<Vec<String>> = None;
    let mut done = 0;
    for kill in 0..kills {
        let mut child = Child::run("migration::crash::worker", TASK, &task, 0);
        child.wait_until_ready();
        // However slow the machine: some come to the way back.
        if kill % 3 == 2 {
            child.wait_until_done(1);
        }
        child.listen(random.gen_range(Duration::ZERO..WORKING));
        done += child.kill().done;
        let book = ledger::open(&office.book, &key);
        assert_eq!(book.integrity().unwrap(), [], "kill {kill}, {said}");
        let now = seen(&book);
        match book.edition().id.as_str() {
            OLD => assert!(now == old, "kill {kill}, {said}: neither the old book nor the new one"),
            NEW => match &new {
                None => new = Some(now),
                Some(new) => assert!(now == *new, "kill {kill}, {said}: neither the old book nor the new one"),
            },
            other => panic!("{other}, {said}"),
        }
    }
    assert!(done > 0 || kills < 3, "no move came to its end: {said}");
    office.call("book.open", json!({ "path": office.book }));
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
