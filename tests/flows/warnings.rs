//! The warnings of the home page: each has words, says what to do, and leads there.

use serde_json::{Value, json};

use crate::fixture::scripted::{LOGIN, RESULTS, Request, SUBMIT, Scripted, json as reply_json, receipt};
use crate::fixture::{Clerk, Home, VISITS, env};

fn warnings(clerk: &Clerk) -> Vec<Value> {
    clerk.call("home.get", json!({}))["warnings"].as_array().unwrap().clone()
}

/// Where the warning of this code leads; absent: there is none.
fn leads(clerk: &Clerk, code: &str) -> Option<String> {
    let found = warnings(clerk).into_iter().find(|warning| warning["code"] == code)?;
    words(&found);
    Some(found["to"].as_str().unwrap_or("-").to_owned())
}

/// The words of a warning and of what to do, with nothing left open.
fn words(warning: &Value) {
    let text: Value = serde_json::from_str(include_str!("../../ui/src/text/words.json")).unwrap();
    for key in ["", ".help"] {
        let key = format!("warning.{}{key}", warning["code"].as_str().unwrap());
        let mut said = text[&key]["zh"].as_str().unwrap_or_else(|| panic!("no words for {key}")).to_owned();
        for (name, value) in warning["params"].as_object().unwrap() {
            said = said.replace(&format!("{{{name}}}"), value.as_str().unwrap());
        }
        assert!(!said.contains('{'), "{key}: {said}");
    }
}

#[test]
fn what_is_due_is_said_before_its_day_and_after_it() {
    let home = Home::new();
    let now: std::sync::Arc<std::sync::Mutex<jiff::Timestamp>> = std::sync::Arc::default();
    let clock = now.clone();
    let set = |day: &str| *now.lock().unwrap() = format!("{day}T04:00:00Z").parse().unwrap();
    set("2026-12-01");
    let clerk =
        Clerk::new(desk::Env { now: std::sync::Arc::new(move || *clock.lock().unwrap()), ..env(home.folder()) });
    clerk.create(true);
    let mut settings = clerk.call("settings.get", json!({}));
    settings["term_end"] = json!("2026-12-20");
    clerk.call("settings.set", settings);
    assert_eq!(leads(&clerk, "due-soon-many"), None, "19 days are not soon");
    set("2026-12-15");
    assert_eq!(leads(&clerk, "due-soon-many").as_deref(), Some("table"));
    set("2026-12-20");
    assert_eq!(leads(&clerk, "due-today-many").as_deref(), Some("table"));
    assert_eq!(leads(&clerk, "due-soon-many"), None);
    set("2026-12-23");
    assert_eq!(leads(&clerk, "overdue-many").as_deref(), Some("table"));
    let overdue = warnings(&clerk).into_iter().find(|warning| warning["code"] == "overdue-many").unwrap();
    assert!(overdue["params"]["value"].as_str().unwrap().parse::<u32>().unwrap() >= 3, "{overdue}");
    assert!(overdue["table"].is_string(), "{overdue}");
}

#[test]
fn what_went_wrong_with_submissions_is_said() {
    let home = Home::new();
    let receiver = Scripted::start(|request: &Request| {
        let entry = |id: usize| {
            json!({ "id": id.to_string(), "sysName": "school", "timestamps": receipt(), "tableName": VISITS,
                    "collectNum": 1, "storageNum": 0, "remark": "数据对象未配置", "state": "0" })
        };
        match request.path {
            LOGIN | SUBMIT => None,
            RESULTS => {
                let entries: Vec<Value> = (0..=request.before).map(entry).collect();
                Some(reply_json(&json!({ "returnCode": "200", "returnCount": entries.len(), "returnData": entries })))
            }
            _ => None,
        }
    });
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let values = json!({ "FWRQ": "20260901", "DZQKFWCS": "5", "DZTSFWCS": "6" });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    std::fs::write(home.path("c.toml"), receiver.connection("first_query_after_s = 0")).unwrap();
    clerk.call("connection.read", json!({ "name": "对方", "file": home.text("c.toml") }));
    let mut settings = clerk.call("settings.get", json!({}));
    settings["connection"] = json!("对方");
    clerk.call("settings.set", settings);
    let target = json!({ "connection": "对方" });
    clerk.call("submit.send", json!({ "target": target, "tables": [VISITS] }));
    clerk.call("submit.results", json!({}));
    assert_eq!(leads(&clerk, "rows-rejected").as_deref(), Some("table"));
    clerk.call("submit.send", json!({ "target": target, "again": true }));
    clerk.call("submit.results", json!({}));
    assert_eq!(leads(&clerk, "failing-again").as_deref(), Some("table"), "{:?}", warnings(&clerk));

    clerk.call("submit.pause", json!({ "target": target, "paused": true }));
    assert_eq!(leads(&clerk, "paused").as_deref(), Some("submit"));
    for (day, code) in [("2000-01-01", "account-over"), ("2000-01-01", "key-over")] {
        let expiry = json!({ "account": day, "key": day });
        clerk.call("submit.set_rules", json!({ "expiries": { "对方": expiry } }));
        assert_eq!(leads(&clerk, code).as_deref(), Some("submission"));
    }
}
