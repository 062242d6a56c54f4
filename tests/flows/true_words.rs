//! What people read of a submission: a pause is called a pause, a broken submission is not called sending, and a
//! rehearsal is nowhere called a submission.

use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};

use crate::fixture::scripted::{Request, SUBMIT, Scripted};
use crate::fixture::{Clerk, Home, VISITS, env};

/// A table of the sample with some hundred records.
const TABLE: &str = "ODS_SXJCSJ";

/// A clerk with the sample book and this connection.
fn clerk(home: &Home, connection: &str) -> Clerk {
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(true);
    std::fs::write(home.path("c.toml"), connection).unwrap();
    clerk.call("connection.read", json!({ "name": "对方", "file": home.text("c.toml") }));
    clerk
}

fn target() -> Value {
    json!({ "connection": "对方" })
}

#[test]
fn a_pause_midway_is_called_a_pause_and_what_broke_off_is_not_called_sending() {
    let home = Home::new();
    let pausing: Arc<OnceLock<Clerk>> = Arc::default();
    let shown: Arc<OnceLock<Value>> = Arc::default();
    let (clerk_of, during) = (pausing.clone(), shown.clone());
    let receiver = Scripted::start(move |request: &Request| {
        let clerk = clerk_of.get()?;
        if request.path == SUBMIT && request.before == 1 {
            during.set(clerk.call("submit.batches", json!({ "limit": 9 }))["batches"][0].clone()).unwrap();
            clerk.call("submit.pause", json!({ "target": target(), "paused": true }));
        }
        None
    });
    assert!(pausing.set(clerk(&home, &receiver.connection("rows_per_call = 100"))).is_ok());
    let clerk = pausing.get().unwrap();
    let sent = clerk.call("submit.send", json!({ "target": target(), "tables": [TABLE] }));
    assert_eq!(sent["interrupted"]["code"], "pause.midway", "{sent}");
    assert_eq!(shown.get().unwrap()["shown"], "sending");
    let batch = &sent["batches"][0];
    assert_eq!((&batch["shown"], &batch["state"], &batch["left"]), (&json!("paused"), &json!("sending"), &json!(200)));
    clerk.call("submit.print", json!({ "batches": [batch["id"]], "path": home.text("form.html") }));
    let page = std::fs::read_to_string(home.path("form.html")).unwrap();
    assert!(page.contains("已暂停") && !page.contains("发送中"), "{page}");

    clerk.call("submit.pause", json!({ "target": target(), "paused": false }));
    let batch = clerk.call("submit.batch", json!({ "id": batch["id"] }))["batch"].clone();
    assert_eq!((&batch["shown"], &batch["left"]), (&json!("broken-off"), &json!(200)), "nothing is being sent");
    let sent = clerk.call("submit.send", json!({ "target": target(), "tables": [TABLE], "waiting": true }));
    assert_eq!((&sent["batches"][0]["shown"], &sent["interrupted"]), (&json!("received"), &json!(null)), "{sent}");
}

#[test]
fn a_rehearsal_is_nowhere_called_a_submission() {
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
    let printed = |words: &[&str]| home.run(words).out;
    let sent = printed(&["submit", "--rehearse", VISITS, "--print", "before.html"]);
    let results = printed(&["results", "--wait", "30"]);
    for text in [&sent, &results] {
        assert!(text.contains("演练") && !text.contains("入库") && !text.contains("已接收"), "{text}");
    }
    home.json(0, &["export", VISITS, "-o", "rehearsed.json"]);
    let verified = home.json(1, &["verify", "rehearsed.json"]);
    assert_eq!((&verified["same"], &verified["batch"]), (&json!(false), &json!(null)), "nothing was sent: {verified}");
    home.json(0, &["set", VISITS, "1", "DZQKFWCS=7"]);
    home.json(0, &["submit", "--rehearse", VISITS, "--print", "form.html"]);
    let page = std::fs::read_to_string(home.path("form.html")).unwrap();
    for word in ["入库", "上报回执单", "数据上报单", "对方的", "退回", "发送时间"] {
        assert!(!page.contains(word), "{word} on the page: {page}");
    }
    assert!(page.contains("演练记录（没有上报）"));
    let verified = home.json(1, &["verify", "--receipt", "form.html"]);
    assert_eq!(verified["receipt"], "rehearsal", "{verified}");
    let status = home.json(0, &["status"]);
    assert_eq!(status["today"], json!({ "sent": 0, "stored": 0, "rejected": 0 }));
    let table = status["tables"].as_array().unwrap().iter().find(|table| table["table"] == VISITS).unwrap();
    assert_eq!((&table["accepted"], &table["last_submitted"]), (&json!(0), &json!(null)), "{table}");
}
