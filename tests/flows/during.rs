//! While a submission runs: several tables at once, one login for all of them, a size that is learned, a pause that
//! outlives the program.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::json;

use crate::fixture::Home;
use crate::fixture::scripted::{LOGIN, RESULTS, Request, SUBMIT, Scripted, json as reply_json, reply};

/// The sample book with this connection.
fn pc(connection: &str) -> Home {
    let home = Home::new();
    home.json(0, &["new", "--edition", "gaozhi-2024.09", "--sample"]);
    std::fs::write(home.path("c.toml"), connection).unwrap();
    home.json(0, &["connection", "add", "对方", "--file", "c.toml"]);
    home
}

/// Two tables of the sample with some hundred records each.
const TABLES: [&str; 2] = ["ODS_SXJCSJ", "ODS_SXXMSJ"];

#[test]
fn two_tables_go_at_once_and_log_in_anew_only_once() {
    // The first two submissions wait for each other, so this only ends well if both are on their way at the same time.
    let both = Arc::new((Mutex::new(0), Condvar::new()));
    let (waits, most) = (both.clone(), Arc::new(Mutex::new((0, 0))));
    let counted = most.clone();
    let receiver = Scripted::start_parallel(move |request: &Request| {
        if request.path == LOGIN {
            // Each login has its own token, as receivers give them.
            let token = format!("t{}", request.before);
            return Some(reply_json(&json!({ "code": 200, "msg": "ok", "data": {
                "access_token": token, "expires_in": 7199, "app_secret": "abcd0123456789ABCDEF",
            }})));
        }
        if request.path != SUBMIT {
            return None;
        }
        {
            let mut now = counted.lock().unwrap();
            now.0 += 1;
            now.1 = now.1.max(now.0);
        }
        let mut refused = None;
        if request.before < 2 {
            let (here, arrived) = &*waits;
            let mut here = here.lock().unwrap();
            *here += 1;
            arrived.notify_all();
            drop(arrived.wait_timeout_while(here, Duration::from_secs(5), |here| *here < 2).unwrap());
            refused = Some(reply("401 Unauthorized", "", "{\"message\":\"令牌已失效\"}".as_bytes()));
        }
        counted.lock().unwrap().0 -= 1;
        refused
    });
    let home = pc(&receiver.connection("calls_at_once = 2\nrows_per_call = 400\nfirst_query_after_s = 0"));
    // The session is older than the submission, so that a refusal may be about its token.
    home.json(0, &["connection", "test", "对方"]);
    let sent = home.json(0, &[&["submit", "--connection", "对方"], &TABLES[..]].concat());
    for batch in sent["batches"].as_array().unwrap() {
        assert_eq!(batch["state"], "received", "{batch}");
    }
    assert_eq!(sent["batches"].as_array().unwrap().len(), 2);
    assert_eq!(*both.0.lock().unwrap(), 2);
    assert_eq!(most.lock().unwrap().1, 2, "never more than the setting");
    assert_eq!(receiver.count(RESULTS), 0);
    // The connection test, the program that sends, and once more for both refusals.
    assert_eq!(receiver.count(LOGIN), 3);
}

#[test]
fn what_was_too_large_is_remembered() {
    let limit = Arc::new(Mutex::new(usize::MAX));
    let refusals = Arc::new(Mutex::new(0));
    let (read, counted) = (limit.clone(), refusals.clone());
    let receiver = Scripted::start(move |request: &Request| {
        if request.path == SUBMIT && request.before == 0 {
            *read.lock().unwrap() = request.length * 3 / 4;
        }
        let large = request.path == SUBMIT && request.length > *read.lock().unwrap();
        *counted.lock().unwrap() += u32::from(large);
        large.then(|| reply("413 Request Entity Too Large", "", b""))
    });
    let home = pc(&receiver.connection("rows_per_call = 100"));
    let of = |table| home.json(0, &["submit", "--connection", "对方", table]);
    assert_eq!(of(TABLES[0])["batches"][0]["state"], "received");
    assert_eq!(*refusals.lock().unwrap(), 1, "halved once, for everything that waits");
    let before = receiver.count(SUBMIT);
    assert_eq!(of(TABLES[1])["batches"][0]["state"], "received");
    assert_eq!(*refusals.lock().unwrap(), 1, "another run of the program begins with the smaller size");
    assert!(receiver.count(SUBMIT) > before);
}

#[test]
fn a_busy_receiver_is_tried_again_and_a_pause_outlives_the_program() {
    let receiver = Scripted::start(|request: &Request| {
        (request.path == SUBMIT && request.before < 2)
            .then(|| reply("429 Too Many Requests", "", b"{\"message\":\"busy\"}"))
    });
    let home = pc(&receiver.connection("rows_per_call = 400"));
    let paused = home.json(0, &["submit", "--connection", "对方", "--pause"]);
    assert!(paused["since"].is_string(), "{paused}");
    let refused = home.json(2, &["submit", "--connection", "对方", TABLES[0]]);
    assert_eq!(refused["error"]["code"], "pause.on", "{refused}");
    assert_eq!((receiver.count(LOGIN), receiver.count(SUBMIT)), (0, 0));
    assert_eq!(home.json(0, &["submit", "--connection", "对方", "--resume"])["since"], json!(null));
    let sent = home.json(0, &["submit", "--connection", "对方", TABLES[0]]);
    assert_eq!(sent["batches"][0]["state"], "received", "{sent}");
    assert_eq!(receiver.count(LOGIN), 2, "a refusal with an older session may be about its token");
}
