//! The list of requests: each one to a receiver with time, size and answer, and never a value or a secret.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::fixture::scripted::{LOGIN, RESULTS, SUBMIT, Scripted, json as reply_json, reply};
use crate::fixture::{Home, VISITS};

/// The time of receipt of rows that arrive now, as receivers write it.
fn now() -> String {
    protocol::time::seconds_text(jiff::Timestamp::now())
}

/// Purposes and outcomes, oldest first.
fn outline(document: &Value) -> Vec<String> {
    let requests = document["requests"].as_array().unwrap();
    let line = |one: &Value| {
        let made = &one["request"];
        format!("{} {}", made["purpose"].as_str().unwrap(), made["outcome"].as_str().unwrap())
    };
    requests.iter().rev().map(line).collect()
}

#[test]
fn every_request_is_listed_without_values_and_secrets() {
    let busy = Arc::new(AtomicBool::new(true));
    let still = busy.clone();
    let receiver = Scripted::start(move |request| match (request.path, still.load(Ordering::Relaxed)) {
        (LOGIN, true) => Some(reply("503 Busy", "", b"<html><title>Busy, call 13800138000</title></html>")),
        (SUBMIT, _) if request.before == 0 => Some(Vec::new()),
        (RESULTS, _) => Some(reply_json(&json!({
            "returnCode": "200", "returnCount": 1, "returnData": [{
                "id": "1", "type": "RPC", "sysName": "school", "timestamps": now(), "tableName": VISITS,
                "collectNum": 1, "storageNum": 0, "state": "0",
                "remark": "[{\"num\":1,\"error\":\"FWRQ 20260901 张三 不合法\"}]",
            }],
        }))),
        _ => None,
    });
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
    std::fs::write(home.path("c.toml"), receiver.connection("first_query_after_s = 0\nresend_margin_s = 0\n")).unwrap();
    home.json(0, &["connection", "add", "对方", "--file", "c.toml"]);
    assert_eq!(home.json(0, &["results", "--requests"])["requests"], json!([]));

    home.json(3, &["submit", "--connection", "对方"]);
    busy.store(false, Ordering::Relaxed);
    // The reply is cut, and the results know what became of the rows.
    home.json(1, &["submit", "--connection", "对方"]);

    let all = home.json(0, &["results", "--requests"]);
    let lines = outline(&all);
    assert!(lines[0] == "login unreadable", "{lines:?}");
    let submit = lines.iter().position(|line| line == "submit no-reply").expect("the request whose reply was cut");
    assert!(lines[..submit].contains(&"login done".to_owned()), "{lines:?}");
    assert!(lines[submit..].contains(&"results done".to_owned()), "{lines:?}");

    let of = |purpose: &str| {
        let found = all["requests"].as_array().unwrap().iter().find(|one| one["request"]["purpose"] == purpose);
        found.unwrap()["request"].clone()
    };
    let submitted = of("submit");
    assert_eq!((&submitted["table"], &submitted["rows"]), (&json!(VISITS), &json!(1)));
    assert!(submitted["sent"].as_u64().unwrap() > 100);
    let asked = of("results");
    assert_eq!((&asked["status"], &asked["outcome"]), (&json!(200), &json!("done")));
    assert!(asked["answer"].as_str().unwrap().contains("\"collectNum\":1"), "{asked}");

    let shown = home.run(["results", "--requests", "100"]).out + &all.to_string();
    for hidden in ["张三", "13800138000", "20260901", "app_secret\":\"a", "password"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }

    let failed = home.json(0, &["results", "--requests", "1", "--failed"]);
    assert_eq!(failed["requests"].as_array().unwrap().len(), 1);
    assert_ne!(failed["requests"][0]["request"]["outcome"], "done");
    assert_eq!(failed["more"], true);
}
