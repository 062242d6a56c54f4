//! One record on two PCs has the same key, which no longer changes once the record was submitted. A book that is copied
//! to another PC opens with its passphrase alone.

use std::path::Path;
use std::sync::Arc;

use desk::Env;
use serde_json::{Value, json};
use vault::MemoryKeys;

use crate::fixture::{Clerk, EDITION, Home, PASSPHRASE, VISITS, env};

/// Adds a record; gives the record as the grid shows it.
fn add(clerk: &Clerk, values: &Value) -> Value {
    edit(clerk, &json!({ "do": "insert", "values": values }))
}

fn set(clerk: &Clerk, row: &Value, column: &str, value: &str) -> Value {
    edit(clerk, &json!({ "do": "set", "row": row, "column": column, "value": value }))
}

fn edit(clerk: &Clerk, change: &Value) -> Value {
    let edited = clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
    edited["rows"][0].clone()
}

#[test]
fn a_record_has_one_key_wherever_it_is_typed_and_keeps_it_once_it_was_sent() {
    let (home, other_home) = (Home::new(), Home::new());
    let (clerk, other) = (Clerk::new(env(home.folder())), Clerk::new(env(other_home.folder())));
    clerk.create(false);
    other.create(false);

    let typed = add(&clerk, &json!({ "FWRQ": "2026-9-1", "DZQKFWCS": "12", "DZTSFWCS": "7" }));
    let key = typed["key"].as_str().unwrap();
    assert!(key.len() == 32 && key.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()), "{key}");

    // On the other PC the record is typed second, with other numbers, and with a mistake at first.
    add(&other, &json!({ "FWRQ": "20260830", "DZQKFWCS": "1", "DZTSFWCS": "1" }));
    let there = add(&other, &json!({ "DZTSFWCS": "7000" }));
    assert_eq!(there["key"], "", "a record without a natural key has no record key");
    let there = set(&other, &there["row"], "FWRQ", "20260902");
    assert_ne!(there["key"], key);
    let there = set(&other, &there["row"], "FWRQ", " 2026年9月1日 ");
    assert_eq!(there["key"], key, "the key follows corrections until the record is sent");

    let sent = clerk.call("submit.send", json!({ "target": {} }));
    assert_eq!(sent["batches"][0]["rows"], 1, "{sent}");
    clerk.call("submit.results", json!({ "wait": 30 }));
    let corrected = set(&clerk, &typed["row"], "FWRQ", "20260903");
    // A rehearsal fixes the key as a submission does, but it is counted nowhere.
    assert_eq!((&corrected["key"], &corrected["state"]), (&json!(key), &json!("new")));
    // Another record for the day that is free again has the same key, so one would replace the other at the receiver.
    let again = add(&clerk, &json!({ "FWRQ": "20260901", "DZQKFWCS": "3", "DZTSFWCS": "4" }));
    let found = clerk.call("check.findings", json!({ "table": VISITS, "rule": "unique-key", "limit": 10 }));
    assert_eq!((&again["key"], &found["total"]), (&json!(key), &json!(2)), "both records have a finding: {found}");
}

#[test]
fn a_book_that_is_carried_elsewhere_opens_with_its_passphrase_alone() {
    let (home, other_home) = (Home::new(), Home::new());
    let clerk = Clerk::new(env(home.folder()));
    let made = clerk.create(false);
    let typed = add(&clerk, &json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "DZTSFWCS": "7" }));
    clerk.call("book.close", json!({}));

    let carried = other_home.path("从优盘/带走的册子.tianbao");
    std::fs::create_dir_all(carried.parent().unwrap()).unwrap();
    std::fs::rename(Path::new(made["path"].as_str().unwrap()), &carried).unwrap();
    drop((clerk, home));

    let other = Clerk::new(env(other_home.folder()));
    let open =
        |passphrase: Option<&str>| other.try_call("book.open", json!({ "path": carried, "passphrase": passphrase }));
    assert_eq!(open(None).unwrap_err().code, "book.passphrase-needed");
    assert_eq!(open(Some("别的口令")).unwrap_err().code, "book.wrong-passphrase");
    let head = open(Some(PASSPHRASE)).unwrap();
    assert_eq!((&head["edition"], &head["college"]), (&json!(EDITION), &made["college"]));
    let page = other.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 10 }));
    assert_eq!((&page["total"], &page["rows"][0]["key"]), (&json!(1), &typed["key"]));
}

#[test]
fn a_book_takes_another_key_and_opens_with_no_other() {
    let home = Home::new();
    let clerk = Clerk::new(Env { keys: Arc::new(MemoryKeys::new()), ..env(home.folder()) });
    let path = clerk.create(false)["path"].clone();
    let open = |passphrase: Option<&str>| {
        clerk.call("book.close", json!({}));
        clerk.try_call("book.open", json!({ "path": path, "passphrase": passphrase })).map_err(|error| error.code)
    };
    let change = |old: Option<&str>, new: &str| {
        clerk.try_call("settings.passphrase", json!({ "old": old, "new": new })).map(drop).map_err(|error| error.code)
    };

    // With the key in the key store of this PC, the book opens without a passphrase, and the old passphrase does not
    // open it.
    for old in [None, Some(""), Some("猜的密码")] {
        assert_eq!(change(old, "").unwrap_err(), "book.wrong-old-passphrase");
    }
    change(Some(PASSPHRASE), "").unwrap();
    open(None).unwrap();
    assert_eq!(open(Some(PASSPHRASE)).unwrap_err(), "book.wrong-passphrase");
    open(None).unwrap();

    // After another random key and then a passphrase, the key store does not open the book any more.
    change(None, "").unwrap();
    open(None).unwrap();
    change(None, "新的口令").unwrap();
    assert_eq!(open(None).unwrap_err(), "book.passphrase-needed");
    open(Some("新的口令")).unwrap();
}

#[test]
fn a_book_outlives_its_pc_by_its_recovery_key() {
    let home = Home::new();
    let pc = || Clerk::new(Env { keys: Arc::new(MemoryKeys::new()), passphrase: None, ..env(home.folder()) });
    let clerk = pc();
    let key = clerk.call("start.recovery-key", json!({}))["key"].as_str().unwrap().to_owned();
    let college = json!({ "code": "4111010001", "name": "测试学院", "region": "" });
    let made = clerk.call(
        "book.create",
        json!({ "edition": "gaozhi-2024.09", "college": college, "period": "2026-2027-1", "recovery_key": key }),
    );
    assert_eq!(made["lock"], "recovery-key");
    let path = made["path"].clone();
    let backup = home.text("备份.tianbao");
    clerk.call("settings.back_up", json!({ "path": backup }));
    clerk.call("book.close", json!({}));
    clerk.call("book.open", json!({ "path": path }));
    clerk.call("book.close", json!({}));

    // The PC is gone, and its key store with it.
    let other = pc();
    let open = |path: &Value, typed: Option<&str>| {
        let opened = other.try_call("book.open", json!({ "path": path, "passphrase": typed }));
        opened.map(|_| other.call("book.close", json!({}))).map(drop).map_err(|error| error.code)
    };
    assert_eq!(open(&path, None).unwrap_err(), "book.passphrase-needed");
    let first = key.chars().next().unwrap();
    let mistyped = key.replacen(first, if first == '7' { "8" } else { "7" }, 1);
    assert_eq!(open(&path, Some(&mistyped)).unwrap_err(), "vault.mistyped-recovery-key");
    let another = clerk.call("start.recovery-key", json!({}))["key"].as_str().unwrap().to_owned();
    assert_eq!(open(&path, Some(&another)).unwrap_err(), "book.wrong-passphrase");
    open(&json!(backup), Some(&key.to_lowercase().replace('-', " "))).unwrap();
    // From now on it opens here by itself.
    open(&path, None).unwrap();

    // Another recovery key makes the first one useless, but for backups made before.
    other.call("book.open", json!({ "path": path }));
    other.call("settings.passphrase", json!({ "new": "", "recovery_key": another }));
    other.call("book.close", json!({}));
    open(&path, None).unwrap();
    let third = pc();
    let opened = |path: &Value, typed: &str| {
        let opened = third.try_call("book.open", json!({ "path": path, "passphrase": typed }));
        opened.map(|_| third.call("book.close", json!({}))).map(drop).map_err(|error| error.code)
    };
    assert_eq!(opened(&path, &key).unwrap_err(), "book.wrong-passphrase");
    opened(&path, &another).unwrap();
    opened(&json!(backup), &key).unwrap();
}
