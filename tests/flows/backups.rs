//! Backups that the program makes by itself, and one that takes the place of the book.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use desk::Env;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fixture::scripted::{RESULTS, Scripted, json as reply_json, receipt};
use crate::fixture::{Clerk, Home, PASSPHRASE, VISITS, env};

fn add(clerk: &Clerk, day: &str) {
    let values = json!({ "FWRQ": day, "DZQKFWCS": "5", "DZTSFWCS": "6" });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
}

fn rows(clerk: &Clerk) -> u64 {
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 10 }));
    page["total"].as_u64().unwrap()
}

/// Waits until the thread of backups has made this number of them.
#[track_caller]
fn wait_for(clerk: &Clerk, count: usize) -> Value {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let list = clerk.call("backup.list", json!({}));
        if list["backups"].as_array().unwrap().len() == count {
            return list;
        }
        assert!(Instant::now() < until, "{count} backups were awaited: {list}");
        std::thread::yield_now();
    }
}

#[test]
fn a_day_of_work_can_be_had_back() {
    let home = Home::new();
    let ahead = Arc::new(AtomicI64::new(0));
    let read = ahead.clone();
    let now = Arc::new(move || Timestamp::now() + SignedDuration::from_secs(read.load(Ordering::SeqCst)));
    let clerk = Clerk::new(Env { now, backup_after: Duration::ZERO, ..env(home.folder()) });
    let path = clerk.create(false)["path"].clone();
    let open = json!({ "path": path, "passphrase": PASSPHRASE });

    // On the first day the new book is backed up, on the next one what was changed.
    let list = wait_for(&clerk, 1);
    assert_eq!(
        (&list["backups"][0]["occasion"], &list["by_itself"], &list["problem"]),
        (&json!("daily"), &json!(true), &Value::Null)
    );
    ahead.store(86_400, Ordering::SeqCst);
    add(&clerk, "20260901");
    clerk.call("book.open", open);
    let list = wait_for(&clerk, 2);

    ahead.store(86_400 + 3_600, Ordering::SeqCst);
    add(&clerk, "20260902");
    add(&clerk, "20260903");
    let backup = list["backups"][0]["path"].clone();
    let preview = clerk.call("backup.preview", json!({ "path": backup }));
    assert_eq!((&preview["steps"], &preview["batches"], &preview["under_way"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!(preview["shown"][0]["kind"], "edit");
    let restored = clerk.call("backup.restore", json!({ "path": backup }));
    assert_eq!(rows(&clerk), 1);
    assert!(std::path::Path::new(backup.as_str().unwrap()).is_file(), "the backup is still there");

    // What was lost is a backup itself.
    let list = clerk.call("backup.list", json!({}));
    assert_eq!(
        (&list["backups"][0]["occasion"], &list["backups"][0]["path"]),
        (&json!("before-restore"), &restored["kept"])
    );
    assert_eq!(list["backups"].as_array().unwrap().len(), 3, "{list}");
    clerk.call("backup.restore", json!({ "path": restored["kept"] }));
    assert_eq!(rows(&clerk), 3);
}

#[test]
fn only_a_backup_of_this_book_takes_its_place() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let other_home = Home::new();
    let other = Clerk::new(env(other_home.folder()));
    let foreign = other.create(false)["path"].clone();
    other.call("book.close", json!({}));
    let refused = clerk.try_call("backup.restore", json!({ "path": foreign })).unwrap_err();
    assert_eq!(refused.code, "backup.other-book");
    let copy = home.text("U盘/备份.tianbao");
    std::fs::create_dir_all(home.path("U盘")).unwrap();
    clerk.call("settings.back_up", json!({ "path": copy }));
    clerk.call("settings.passphrase", json!({ "old": PASSPHRASE, "new": "另一个 密码" }));
    let refused = clerk.try_call("backup.preview", json!({ "path": copy })).unwrap_err();
    assert_eq!(refused.code, "backup.other-key");
    let missing = clerk.try_call("backup.preview", json!({ "path": home.text("没有.tianbao") })).unwrap_err();
    assert_eq!(missing.code, "book.not-found", "{missing:?}");
    let text = home.path("说明.tianbao");
    std::fs::write(&text, "不是填报册").unwrap();
    assert!(clerk.try_call("backup.restore", json!({ "path": text })).is_err());
    assert_eq!(rows(&clerk), 0);
}

#[test]
fn what_may_have_left_since_is_asked_about_and_not_sent_again() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    add(&clerk, "20260901");
    let receiver = Scripted::start(|request| match request.path {
        RESULTS => Some(reply_json(&json!({
            "returnCode": "200", "returnCount": 1,
            "returnData": [{
                "id": "1", "type": "RPC", "sysName": "school", "timestamps": receipt(), "tableName": VISITS,
                "collectNum": 1, "storageNum": 1, "remark": null, "state": 1, "stateInfo": "",
            }],
        }))),
        _ => None,
    });
    let reachable = receiver.connection("first_query_after_s = 0\n");
    let (address, closed) = (receiver.address.clone(), closed_port());
    let connect = |text: &str| {
        std::fs::write(home.path("c.toml"), text).unwrap();
        clerk.call("connection.read", json!({ "name": "对方", "file": home.text("c.toml") }));
    };
    let send = json!({ "target": { "connection": "对方" }, "tables": [VISITS] });

    // The line is down: the batch waits, and the backup has it so.
    connect(&reachable.replace(&address, &closed));
    let sent = clerk.call("submit.send", send.clone());
    assert_eq!(sent["batches"][0]["state"], "waiting", "{sent}");
    let refused = clerk.call("backup.make", json!({}));
    let backup = refused["backups"][0]["path"].clone();
    assert_eq!(clerk.try_call("backup.restore", json!({ "path": backup })).unwrap_err().code, "backup.under-way");

    connect(&reachable);
    assert_eq!(clerk.call("submit.send", send.clone())["batches"][0]["state"], "received");
    assert_eq!(clerk.call("submit.results", json!({}))["batches"][0]["batch"]["state"], "stored");

    let preview = clerk.call("backup.preview", json!({ "path": backup }));
    assert_eq!(preview["under_way"], 0);
    clerk.call("backup.restore", json!({ "path": backup }));
    let batches = clerk.call("submit.batches", json!({ "offset": 0, "limit": 10 }));
    assert_eq!(batches["batches"][0]["state"], "unknown", "{batches}");
    assert!(batches["batches"][0]["problem"].to_string().contains("batch.restored"), "{batches}");
    // Sending asks first: the receiver has it, so nothing goes again.
    connect(&reachable);
    let before = receiver.count(crate::fixture::scripted::SUBMIT);
    clerk.call("submit.send", send);
    assert_eq!(receiver.count(crate::fixture::scripted::SUBMIT), before);
    assert_eq!(clerk.call("submit.batches", json!({ "offset": 0, "limit": 10 }))["batches"][0]["state"], "stored");
}

/// An address of this machine at which no program listens.
fn closed_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
