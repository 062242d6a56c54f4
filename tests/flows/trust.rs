//! What a book is trusted with on a PC that others use, too: it locks itself, wrong passwords slow down, what was done
//! with it is written down for good, and a copy for another PC opens there.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use desk::Env;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use vault::MemoryKeys;

use crate::fixture::{Clerk, EDITION, Home, PASSPHRASE, PERIOD, SCHOOL, VISITS, env};

fn page(clerk: &Clerk) -> Result<Value, desk::CallError> {
    clerk.try_call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 10 }))
}

fn events(clerk: &Clerk) -> Vec<String> {
    let log = clerk.call("audit.list", json!({ "limit": 100 }));
    assert_eq!(log["broken"], Value::Null);
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(log["total"], entries.len());
    entries.iter().rev().map(|entry| entry["what"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_locked_book_answers_nothing_until_its_password_is_entered() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    clerk.call("book.lock", json!({}));
    assert_eq!(clerk.call("start.state", json!({}))["locked"], true);
    for (call, request) in [
        ("fill.rows", json!({ "table": VISITS, "limit": 10 })),
        ("workbook.export", json!({ "tables": [VISITS], "path": home.text("访问.csv") })),
        ("settings.back_up", json!({ "path": home.text("副本.tianbao") })),
        ("home.get", json!({})),
        ("book.head", json!({})),
        ("audit.list", json!({ "limit": 1 })),
        ("settings.passphrase", json!({ "old": PASSPHRASE, "new": "另一个 密码" })),
    ] {
        assert_eq!(clerk.try_call(call, request).unwrap_err().code, "book.locked", "{call}");
    }
    let wrong = clerk.try_call("book.unlock", json!({ "passphrase": "猜一猜" })).unwrap_err();
    assert_eq!(wrong.code, "book.wrong-passphrase");
    assert_eq!(page(&clerk).unwrap_err().code, "book.locked");
    clerk.call("book.unlock", json!({ "passphrase": PASSPHRASE }));
    page(&clerk).unwrap();
    assert_eq!(clerk.call("start.state", json!({}))["locked"], false);
    assert_eq!(events(&clerk), ["made", "locked", "wrong-password", "unlocked"]);
    // Closing ends the lock, because the book asks for its password again.
    clerk.call("book.lock", json!({}));
    clerk.call("book.close", json!({}));
    assert_eq!(clerk.call("start.state", json!({}))["locked"], false);
}

#[test]
fn a_book_without_a_password_is_not_locked() {
    let home = Home::new();
    let clerk = Clerk::new(Env { keys: Arc::new(MemoryKeys::new()), ..env(home.folder()) });
    let college = json!({ "code": SCHOOL, "name": "示例" });
    clerk.call("book.create", json!({ "edition": EDITION, "college": college, "period": PERIOD }));
    assert_eq!(clerk.try_call("book.lock", json!({})).unwrap_err().code, "book.no-password");
    page(&clerk).unwrap();
    // Nothing but this PC opens it, so it is not copied for another one, but it is backed up.
    let copy = home.text("副本.tianbao");
    let refused = clerk.try_call("settings.back_up", json!({ "path": copy, "elsewhere": true })).unwrap_err();
    assert_eq!(refused.code, "copy.only-this-pc");
    assert!(!home.path("副本.tianbao").exists());
    assert_eq!(clerk.call("settings.back_up", json!({ "path": copy }))["lock"], "this-pc");
}

#[test]
fn wrong_passwords_slow_down_also_for_the_next_start_of_the_program() {
    let home = Home::new();
    let ahead = Arc::new(AtomicI64::new(0));
    let read = ahead.clone();
    let now = Arc::new(move || Timestamp::now() + SignedDuration::from_secs(read.load(Ordering::SeqCst)));
    let start = || Clerk::new(Env { now: now.clone(), ..env(home.folder()) });
    let clerk = start();
    let path = clerk.create(false)["path"].clone();
    clerk.call("book.close", json!({}));
    let open = |clerk: &Clerk, passphrase: &str| {
        let opened = clerk.try_call("book.open", json!({ "path": path, "passphrase": passphrase }));
        opened.map_err(|error| (error.code, error.params.get("seconds").and_then(|seconds| seconds.parse().ok())))
    };
    for _ in 0..5 {
        assert_eq!(open(&clerk, "猜一猜").unwrap_err().0, "book.wrong-passphrase");
    }
    let (code, seconds): (String, Option<u32>) = open(&clerk, PASSPHRASE).unwrap_err();
    assert_eq!(code, "book.wait");
    assert!((1..=30).contains(&seconds.unwrap()));
    drop(clerk);
    let clerk = start();
    assert_eq!(open(&clerk, PASSPHRASE).unwrap_err().0, "book.wait");
    ahead.store(31, Ordering::SeqCst);
    assert_eq!(open(&clerk, "猜一猜").unwrap_err().0, "book.wrong-passphrase");
    ahead.store(31 + 31, Ordering::SeqCst);
    assert_eq!(open(&clerk, PASSPHRASE).unwrap_err().0, "book.wait", "the next wait is longer");
    ahead.store(31 + 61, Ordering::SeqCst);
    open(&clerk, PASSPHRASE).unwrap();
    let log = clerk.call("audit.list", json!({ "limit": 100 }));
    let guesses = log["entries"].as_array().unwrap().iter().find(|entry| entry["what"] == "wrong-password").unwrap();
    assert_eq!(guesses["rows"], 6);
}

#[test]
fn what_was_done_is_written_down_and_can_be_taken_away_as_a_file() {
    let home = Home::new();
    home.new_book();
    assert_eq!(home.run(["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]).code, 0);
    home.json(0, &["export", VISITS, "-o", "访问.csv"]);
    assert_eq!(home.run(["copy", "副本.tianbao", "--elsewhere"]).code, 0);
    assert_eq!(home.run(["export", VISITS, "-o", "没有的/访问.csv"]).code, 2, "what is refused changes nothing");
    let log = home.json(0, &["audit"]);
    let entries = log["entries"].as_array().unwrap();
    let told: Vec<(&str, &str)> =
        entries.iter().rev().map(|one| (one["what"].as_str().unwrap(), one["result"].as_str().unwrap())).collect();
    assert_eq!(told, ["made", "opened", "exported", "copied"].map(|what| (what, "done")));
    assert_eq!(entries[1]["rows"], 1);
    assert!(entries[1]["about"].as_str().unwrap().contains(VISITS), "{log}");
    let written = home.json(0, &["audit", "-o", "日志.csv"]);
    let text = std::fs::read_to_string(home.path("日志.csv")).unwrap();
    assert_eq!(text.lines().count() as u64, written["entries"].as_u64().unwrap() + 1, "{text}");
    assert!(!text.contains("20260901"), "no value: {text}");
    assert_eq!(home.run(["audit", "-o", "日志.txt"]).code, 2);

    // The copy opens on another PC with the same password.
    let other = Home::new();
    std::fs::copy(home.path("副本.tianbao"), other.path("册.tianbao")).unwrap();
    let rows = other.json(0, &["--book", &other.text("册.tianbao"), "rows", VISITS]);
    assert_eq!(rows["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn an_old_log_beside_the_closed_book_is_kept_aside_and_told() {
    let home = Home::new();
    let book = home.new_book()["book"].as_str().unwrap().to_owned();
    let set = |count: &str| home.run(["set", VISITS, "1", &format!("DZQKFWCS={count}")]).code;
    assert_eq!(home.run(["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]).code, 0);
    assert_eq!(set("777"), 0);
    std::fs::write(format!("{book}-wal"), vec![7; 8192]).unwrap();
    let run = home.run(["rows", VISITS]);
    assert!(run.code == 0 && run.out.contains("777"), "{run:?}");
    assert!(run.err.contains("不属于它的改动日志"), "{run:?}");
    assert!(!home.run(["rows", VISITS]).err.contains("改动日志"), "it is told once");
}
