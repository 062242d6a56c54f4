//! A saboteur at the disk: it fills the disk, takes rights away, cuts paths, holds files, puts old and foreign logs
//! beside the book, and kills the program. Whatever happens, nothing that was reported as saved is lost, what was
//! refused has changed nothing, every refusal says what to do, and everything works again when the saboteur is gone.
//!
//! A child process ([`worker`]) makes the calls of a clerk one after the other; the test knows the exact content that
//! the book must have. `TIANBAO_SABOTAGE_SEED` repeats the choices of a run, `TIANBAO_SABOTAGE_ROUNDS` is its length.

mod means;
pub mod worker;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use desk::CallError;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use standard::{Edition, Standards};
use store::{Book, BookKey};
use vault::{KeyStore, MemoryKeys};

use crate::fixture::{Clerk, EDITION, Home, SCHOOL, VISITS, env};
use means::{MEANS, Means};
use worker::{Task, Worker};

/// Number of rounds without `TIANBAO_SABOTAGE_ROUNDS`.
const ROUNDS: u64 = 90;
/// After this many rounds the file of the book is examined page by page.
const EXAMINED: u64 = 10;
/// A call that is to be interrupted is killed within this time.
const WORKING: Duration = Duration::from_millis(60);
/// Number of days that records are kept for; a small book is read quickly.
const DAYS: u32 = 40;
/// Number of records in one import.
const IMPORTED: u32 = 15;
/// Codes that name no cause which a person could remedy: none of the saboteur's means may lead to one.
const NO_REMEDY: [&str; 5] = ["program.failed", "book.failed", "file.failed", "call.malformed", "call.unknown"];

/// The count of each day that has a record.
type Counts = BTreeMap<String, String>;

#[test]
fn whatever_happens_to_the_disk_nothing_that_was_saved_is_lost() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let seed = number("TIANBAO_SABOTAGE_SEED").unwrap_or_else(|| rand::thread_rng().r#gen::<u32>().into());
    let rounds = number("TIANBAO_SABOTAGE_ROUNDS").unwrap_or(ROUNDS);
    log(&format!("TIANBAO_SABOTAGE_SEED={seed} TIANBAO_SABOTAGE_ROUNDS={rounds}"));
    let mut run = Run::new(seed);
    for round in 0..rounds {
        run.round(round);
    }
    run.examine();
    for (what, times) in &run.seen {
        log(&format!("{times:5} {what}"));
    }
    assert!(run.saved > rounds / 4, "only {} changes were saved in {rounds} rounds", run.saved);
}

fn log(words: &str) {
    // The output is for people only, so a failure to write it is ignored.
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// One call of the clerk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Edit,
    Import,
    Undo,
    Check,
    Export,
    Copy,
    Reopen,
}

const ACTIONS: [Action; 10] = [
    Action::Edit,
    Action::Edit,
    Action::Edit,
    Action::Import,
    Action::Import,
    Action::Undo,
    Action::Check,
    Action::Export,
    Action::Copy,
    Action::Reopen,
];

/// The content that the book must have, and that before each step that can be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Records {
    now: Counts,
    before: Vec<Counts>,
}

impl Records {
    fn change(&self, days: &[String], count: u64) -> Records {
        let mut after = self.clone();
        after.before.push(self.now.clone());
        after.now.extend(days.iter().map(|day| (day.clone(), count.to_string())));
        after
    }

    fn undone(&self) -> Records {
        let mut after = self.clone();
        after.now = after.before.pop().unwrap_or_default();
        after
    }
}

/// One book and its clerk.
struct Run {
    home: Home,
    random: StdRng,
    edition: Arc<Edition>,
    words: Value,
    book: PathBuf,
    key: Vec<u8>,
    worker: Option<Worker>,
    records: Records,
    /// The content if the call that was killed was done.
    under_way: Option<Records>,
    /// Number of the change, which is the value that it writes.
    serial: u64,
    /// Changes that were reported as saved.
    saved: u64,
    /// A log of an earlier moment, to be put back.
    old_log: Option<Vec<u8>>,
    /// How often each means and each refusal occurred.
    seen: BTreeMap<String, u32>,
    /// The means of this round, for messages.
    means: String,
}

impl Run {
    fn new(seed: u64) -> Run {
        let home = Home::new();
        for folder in ["pc", "册 子", "导出"] {
            std::fs::create_dir(home.path(folder)).unwrap();
        }
        let book = home.path("册 子/学院.tianbao");
        let keys = Arc::new(MemoryKeys::new());
        let clerk = Clerk::new(desk::Env { keys: keys.clone(), ..env(&home.path("pc")) });
        let college = json!({ "code": SCHOOL, "name": "示例" });
        let new = json!({ "edition": EDITION, "college": college, "period": crate::fixture::PERIOD, "path": book });
        clerk.call("book.create", new);
        clerk.call("book.close", json!({}));
        let salt: String = store::read_salt(&book).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = keys.get(&format!("book/{salt}")).unwrap().expect("the key of the book").bytes().to_vec();
        let words = std::fs::read_to_string(tianbao_tests::root().join("ui/src/text/errors.json")).unwrap();
        Run {
            home,
            random: StdRng::seed_from_u64(seed),
            edition: Standards::builtin().unwrap().edition(EDITION).unwrap(),
            words: serde_json::from_str(&words).unwrap(),
            book,
            key,
            worker: None,
            records: Records::default(),
            under_way: None,
            serial: 0,
            saved: 0,
            old_log: None,
            seen: BTreeMap::new(),
            means: String::new(),
        }
    }

    /// Lets the saboteur work during a few calls, then sees that all is there and works again.
    fn round(&mut self, round: u64) {
        self.read_all();
        let means = MEANS[self.random.gen_range(0..MEANS.len())];
        self.means = format!("round {round}, {means:?}");
        *self.seen.entry(format!("{means:?}")).or_default() += 1;
        let calls = self.random.gen_range(1..4);
        let damage = means.begin(self);
        for _ in 0..calls {
            let action = if means.while_opening() { Action::Reopen } else { self.action() };
            let interrupt = (means == Means::Killed).then(|| self.random.gen_range(Duration::ZERO..WORKING));
            self.act(action, interrupt);
        }
        damage.mend(self);
        self.read_all();
        if round % EXAMINED == EXAMINED - 1 {
            self.examine();
        }
    }

    fn action(&mut self) -> Action {
        ACTIONS[self.random.gen_range(0..ACTIONS.len())]
    }

    fn act(&mut self, action: Action, interrupt: Option<Duration>) {
        self.serial += 1;
        let count = self.serial;
        let first = self.random.gen_range(0..DAYS);
        match action {
            Action::Edit => {
                let day = day(first);
                let Some(page) = self.ask("fill.page", page_of(Some(&day)), None) else { return };
                let change = match page["rows"].get(0) {
                    Some(record) => {
                        json!({ "do": "set", "row": record["row"], "column": COUNT, "value": count.to_string() })
                    }
                    None => {
                        json!({ "do": "insert", "values": { DAY: day, COUNT: count.to_string(), "DZTSFWCS": "1" } })
                    }
                };
                let after = self.records.change(&[day], count);
                self.changes("fill.edit", json!({ "table": VISITS, "changes": [change] }), after, interrupt);
            }
            Action::Import => {
                let days: Vec<String> = (first..first + IMPORTED).map(|number| day(number % DAYS)).collect();
                let file = self.home.path("访问.csv");
                let lines: String = days.iter().map(|day| format!("{day},{count},1\n")).collect();
                std::fs::write(&file, format!("访问日期,电子期刊访问次数,电子图书访问次数\n{lines}")).unwrap();
                let preview = json!({ "files": [file], "table": VISITS });
                let Some(proposal) = self.ask("workbook.preview", preview, None) else { return };
                let after = self.records.change(&days, count);
                let apply = json!({ "proposal": proposal["id"], "conflicts": "theirs" });
                self.changes("workbook.apply", apply, after, interrupt);
            }
            Action::Undo if self.records.before.is_empty() => {}
            Action::Undo => {
                let after = self.records.undone();
                self.changes("fill.undo", json!({ "count": 1 }), after, interrupt);
            }
            Action::Check => drop(self.ask("check.run", json!({ "tables": [VISITS] }), interrupt)),
            Action::Export => self.export(interrupt),
            Action::Copy => self.copy(interrupt),
            Action::Reopen => {
                if self.ask("book.close", json!({}), interrupt).is_some() {
                    let path = self.book.clone();
                    self.ask("book.open", json!({ "path": path }), interrupt);
                }
            }
        }
    }

    /// Makes a call that changes records; `after` is the content when it is done.
    fn changes(&mut self, call: &str, request: Value, after: Records, interrupt: Option<Duration>) {
        let alive = self.worker.is_some();
        let done = self.ask(call, request, interrupt);
        if alive && self.worker.is_none() && done.is_none() {
            self.under_way = Some(after);
        } else if done.is_some() {
            self.records = after;
            self.saved += 1;
        }
    }

    /// An export is written whole or not at all.
    fn export(&mut self, interrupt: Option<Duration>) {
        let file = self.home.path("导出/访问.csv");
        let before = std::fs::read(&file).ok();
        let done = self.ask("workbook.export", json!({ "tables": [VISITS], "path": file }), interrupt);
        let now = std::fs::read(&file).ok();
        if done.is_some() {
            let text = String::from_utf8(now.expect("the export is there")).unwrap();
            assert_eq!(text.lines().count(), self.records.now.len() + 1, "{}", self.means);
        } else if self.worker.is_some() {
            assert_eq!(now.is_some(), before.is_some(), "{}: half an export", self.means);
        }
    }

    /// A copy of the book is whole, checked, and opens.
    fn copy(&mut self, interrupt: Option<Duration>) {
        let file = self.home.path("导出/副本.tianbao");
        if self.ask("settings.back_up", json!({ "path": file }), interrupt).is_some() {
            let book = self.open(&file);
            assert_eq!(book.count(VISITS, crate::fixture::PERIOD).unwrap(), self.records.now.len() as u64);
            assert_eq!(book.integrity().unwrap(), [], "{}", self.means);
        }
    }

    /// Makes a call; `None` where it was refused or the program was killed.
    fn ask(&mut self, call: &str, request: Value, interrupt: Option<Duration>) -> Option<Value> {
        let mut worker = self.worker.take()?;
        let answer = match interrupt {
            Some(after) => worker.ask_and_kill(call, &request, after),
            None => {
                let answer = worker.ask(call, &request).unwrap_or_else(|| panic!("{}: it ended by itself", self.means));
                self.worker = Some(worker);
                Some(answer)
            }
        };
        match answer? {
            Ok(value) => Some(value),
            Err(error) => {
                self.refused(call, &error);
                None
            }
        }
    }

    /// A refusal has words that say what to do.
    fn refused(&mut self, call: &str, error: &CallError) {
        *self.seen.entry(format!("{call}: {}", error.code)).or_default() += 1;
        let words = self.words[&error.code]["zh"].as_str().unwrap_or_default();
        let told = error
            .params
            .iter()
            .fold(words.to_owned(), |told, (name, value)| told.replace(&format!("{{{name}}}"), value));
        let helps = told.contains('请') && !told.contains('{') && !NO_REMEDY.contains(&error.code.as_str());
        assert!(helps, "{}: {call} says {error:?}: {told}", self.means);
    }

    /// Everything works again, and the book has what it must have.
    fn read_all(&mut self) {
        if self.worker.is_none() {
            let task = Task { home: self.home.path("pc"), book: self.book.clone(), key: self.key.clone() };
            self.worker = Some(Worker::start(&task));
        }
        let path = self.book.clone();
        let worker = self.worker.as_mut().expect("it was started");
        let mut ask = |call: &str, request: Value| {
            let answer = worker.ask(call, &request).unwrap_or_else(|| panic!("{}: it ended by itself", self.means));
            answer.unwrap_or_else(|error| panic!("{}: afterwards {call} says {error:?}", self.means))
        };
        if ask("start.state", json!({}))["open"].is_null() {
            ask("book.open", json!({ "path": path }));
        } else if ask("book.head", json!({}))["read_only"] == true {
            // It was opened while it could not be written to.
            ask("book.open", json!({ "path": path }));
        }
        let page = ask("fill.page", page_of(None));
        let text = |record: &Value, column: &str| record["cells"][column].as_str().unwrap_or_default().to_owned();
        let found: Counts = page["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|record| (text(record, DAY), text(record, COUNT)))
            .collect();
        if let Some(done) = self.under_way.take().filter(|done| done.now == found) {
            self.records = done;
        }
        assert_eq!(found, self.records.now, "{}", self.means);
        if let Ok(log) = std::fs::read(self.beside("-wal")).map(|log| if log.is_empty() { None } else { Some(log) }) {
            self.old_log = log.or(self.old_log.take());
        }
    }

    /// Closes the book and examines its file.
    fn examine(&mut self) {
        if let Some(worker) = self.worker.as_mut() {
            worker.ask("book.close", &json!({})).expect("it runs").expect("it closes");
        }
        let book = self.open(&self.book.clone());
        assert_eq!(book.integrity().unwrap(), [], "{}", self.means);
        assert_eq!(book.count(VISITS, crate::fixture::PERIOD).unwrap(), self.records.now.len() as u64);
        book.close().unwrap();
        for folder in ["册 子", "导出"] {
            for entry in std::fs::read_dir(self.home.path(folder)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(!name.contains(".new"), "{}: {name} stays", self.means);
            }
        }
    }

    fn open(&self, path: &std::path::Path) -> Book {
        let key = BookKey::new(self.key.as_slice().try_into().unwrap());
        Book::open(path, &key, |_| Some(self.edition.clone())).unwrap_or_else(|error| panic!("{}: {error}", self.means))
    }

    /// A file beside the book, its name with an ending added.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.book.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    }
}

/// Column with the natural key.
const DAY: &str = "FWRQ";
/// Column that the calls change.
const COUNT: &str = "DZQKFWCS";

fn page_of(day: Option<&str>) -> Value {
    let filters: Vec<Value> = day.iter().map(|day| json!({ "op": "one-of", "column": DAY, "values": [day] })).collect();
    json!({ "view": { "table": VISITS, "filters": filters }, "offset": 0, "limit": 200 })
}

fn day(number: u32) -> String {
    let first = jiff::civil::date(2026, 9, 1);
    first.saturating_add(jiff::Span::new().days(i64::from(number))).strftime("%Y%m%d").to_string()
}
