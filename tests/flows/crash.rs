//! A program that is killed at any moment: nothing that it reported as saved is lost, no action is saved in part, the
//! receiver stores no row twice, and the book is not damaged.
//!
//! A child process does the [`action`] of a clerk on a small book (edits, imports, undo, submissions) and reports each
//! one when it is done. The parent kills the child at random moments, reads the book, and starts the next child after
//! the last action that is in the book. The expected content is known exactly: all reported actions, and of the one
//! under way everything or nothing.
//!
//! `TIANBAO_CRASH_SEED` repeats the choices of a run (the exact moments depend on the machine), `TIANBAO_CRASH_KILLS`
//! is the number of kills.

mod action;
pub mod child;

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use standard::{Edition, Standards};
use store::{BatchQuery, Book, BookKey, Inbox};
use vault::{KeyStore, MemoryKeys};

use crate::fixture::{Clerk, EDITION, Home, PERIOD, Receiver, VISITS, env};
use action::{Action, Records};
use child::{Child, Task};

/// Number of kills without `TIANBAO_CRASH_KILLS`.
const KILLS: u32 = 200;
/// Number of books that are used at the same time, because most of a round is waiting for the disk.
const BOOKS: u32 = 3;
/// A child that has opened the book is killed within this time.
const WORKING: Duration = Duration::from_millis(120);
/// One of this many children is killed while it starts, within this time.
const STARTING: (u32, Duration) = (6, Duration::from_millis(150));
/// Further lines of the connection file, for a receiver that answers without delay. The margin is the time that a busy
/// machine may need to receive a request whose sender was killed.
const AT_ONCE: &str = "rows_per_call = 7\nresend_margin_s = 3\n";

#[test]
fn kills_at_random_moments_lose_nothing_and_send_nothing_twice() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let seed = number("TIANBAO_CRASH_SEED").unwrap_or_else(|| rand::thread_rng().r#gen::<u32>().into());
    let kills = number("TIANBAO_CRASH_KILLS").map_or(KILLS, |kills| u32::try_from(kills).expect("a number of kills"));
    log(&format!("TIANBAO_CRASH_SEED={seed} TIANBAO_CRASH_KILLS={kills}"));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let lanes = (0..BOOKS).map(|lane| {
            let kills = kills / BOOKS + u32::from(lane < kills % BOOKS);
            scope.spawn(move || CrashRun::new(seed.wrapping_add(lane.into())).run(kills))
        });
        for lane in lanes.collect::<Vec<_>>() {
            let under_way = lane.join().unwrap_or_else(|_| panic!("TIANBAO_CRASH_SEED={seed} shows it"));
            log(&format!("killed while under way: {under_way:?}"));
        }
    });
    log(&format!("{kills} kills in {:.0} s", begun.elapsed().as_secs_f64()));
}

fn log(words: &str) {
    // The output is for people only, so a failure to write it is ignored.
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// One book with its receiver, and the expected content of the book.
struct CrashRun {
    home: Home,
    seed: u64,
    edition: Arc<Edition>,
    book: PathBuf,
    keys: Arc<MemoryKeys>,
    key: Vec<u8>,
    receiver: Receiver,
    records: Records,
}

impl CrashRun {
    fn new(seed: u64) -> CrashRun {
        let home = Home::new();
        let receiver = Receiver::start(&home.path("receiver"), "");
        let keys = Arc::new(MemoryKeys::new());
        let clerk = Clerk::new(desk::Env { keys: keys.clone(), ..env(home.folder()) });
        let college = json!({ "code": crate::fixture::SCHOOL, "name": "示例" });
        let made = clerk.call("book.create", json!({ "edition": EDITION, "college": college, "period": PERIOD }));
        receiver.connection(&home.path("center.toml"), AT_ONCE);
        clerk.call("connection.read", json!({ "name": "中心", "file": home.text("center.toml") }));
        clerk.call("book.close", json!({}));
        let book = PathBuf::from(made["path"].as_str().unwrap());
        let salt: String = store::read_salt(&book).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = keys.get(&format!("book/{salt}")).unwrap().expect("the key of the book").bytes().to_vec();
        let edition = Standards::builtin().unwrap().edition(EDITION).unwrap();
        CrashRun { home, seed, edition, book, keys, key, receiver, records: Records::default() }
    }

    /// Kills children one after the other and verifies the book after each, then sends everything and verifies the
    /// receiver. Gives how often each kind of action was under way at a kill.
    fn run(mut self, kills: u32) -> BTreeMap<&'static str, u32> {
        let mut random = StdRng::seed_from_u64(self.seed);
        let mut under_way = BTreeMap::new();
        for _ in 0..kills {
            let task = Task {
                home: self.home.folder().to_owned(),
                book: self.book.clone(),
                key: self.key.clone(),
                seed: self.seed,
                done: self.records.done(),
            };
            let mut child = Child::start(&task);
            if random.gen_ratio(1, STARTING.0) {
                child.run_for(random.gen_range(Duration::ZERO..STARTING.1));
            } else {
                child.wait_until_ready();
                child.run_for(random.gen_range(Duration::ZERO..WORKING));
            }
            let end = child.kill();
            *under_way
                .entry(if end.ready { action::action(self.seed, end.done + 1).name() } else { "start" })
                .or_default() += 1;
            self.records.advance(self.seed, end.done);
            self.verify();
            // The next submission continues what a killed one left, so the next child begins with the action after it.
            if action::action(self.seed, self.records.done() + 1) == Action::Submit {
                self.records.advance(self.seed, self.records.done() + 1);
            }
        }
        self.finish();
        under_way
    }

    /// The book is not damaged and holds the reported actions, or one action more.
    fn verify(&mut self) {
        let book = open(&self.book, &self.key, &self.edition);
        let mut found = BTreeMap::new();
        let day = self.edition.table(VISITS).unwrap().position(action::DAY).unwrap();
        let count = self.edition.table(VISITS).unwrap().position(action::COUNT).unwrap();
        book.stream(VISITS, PERIOD, |record| {
            found.insert(record.values[day].clone(), record.values[count].clone());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(book.integrity().unwrap(), []);
        book.close().unwrap();
        if *self.records.now() != found {
            let reported = self.records.clone();
            self.records.advance(self.seed, reported.done() + 1);
            let under_way = action::action(self.seed, self.records.done());
            assert_eq!(*self.records.now(), found, "neither {:?} nor the same with {under_way:?}", reported.now());
        }
    }

    /// Without further kills, everything is sent, and the receiver has stored each row once for each change.
    fn finish(self) {
        let clerk = Clerk::new(desk::Env { keys: self.keys.clone(), ..env(self.home.folder()) });
        clerk.call("book.open", json!({ "path": self.book }));
        let target = json!({ "connection": "中心" });
        let is_settled = || {
            let ready = clerk.call("submit.ready", target.clone());
            ready["tables"]
                .as_array()
                .unwrap()
                .iter()
                .all(|t| (&t["to_send"], &t["under_way"]) == (&json!(0), &json!(0)))
        };
        // The first round settles deliveries without a known result, the second sends what waited for them.
        let rounds = (0..4).take_while(|_| !is_settled()).map(|_| {
            let sent = clerk.call("submit.send", json!({ "target": target }));
            let results = clerk.call("submit.results", json!({ "wait": 10 }));
            assert_eq!((&sent["interrupted"], &results["interrupted"]), (&Value::Null, &Value::Null));
        });
        rounds.count();
        assert!(is_settled(), "something is never sent: {}", clerk.call("submit.batches", json!({ "limit": 50 })));
        clerk.call("book.close", json!({}));
        drop(clerk);
        let book = open(&self.book, &self.key, &self.edition);
        each_row_was_stored_once_per_change(&book, &self.receiver.end());
    }
}

fn open(path: &Path, key: &[u8], edition: &Arc<Edition>) -> Book {
    let key = BookKey::new(key.try_into().unwrap());
    Book::open(path, &key, |_| Some(edition.clone())).unwrap()
}

fn each_row_was_stored_once_per_change(book: &Book, inbox: &Inbox) {
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let batches = book.batches(&BatchQuery { limit: 100_000, ..Default::default() }).unwrap();
    for batch in batches.batches.iter().rev() {
        for call in book.deliveries(batch.id).unwrap() {
            for row in book.delivery_rows(batch.id, call.no).unwrap() {
                sent.entry(row.key).or_default().push(row.hash);
            }
        }
    }
    assert!(!sent.is_empty(), "something was sent");
    assert_eq!(inbox.row_count(VISITS).unwrap(), sent.len() as u64);
    for (key, changes) in &sent {
        let repeated = changes.windows(2).any(|pair| pair[0] == pair[1]);
        assert!(!repeated, "{key} was frozen twice without a change between");
        let (_, times) = inbox.row(VISITS, key).unwrap().unwrap_or_else(|| panic!("{key} was never stored"));
        assert_eq!(times, changes.len() as u64, "{key} was changed and sent so often");
    }
    let table = book.edition().table(VISITS).unwrap();
    book.stream(VISITS, PERIOD, |record| {
        let (payload, _) = inbox.row(VISITS, &record.key).unwrap().unwrap();
        let stored: Value = serde_json::from_str(&payload).unwrap();
        let count = table.position(action::COUNT).unwrap();
        assert_eq!(stored[action::COUNT].to_string(), record.values[count], "the newest value is there");
        ControlFlow::Continue(())
    })
    .unwrap();
}
