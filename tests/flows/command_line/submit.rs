//! `connection`, `submit`, `results`, `center`.

use serde_json::{Value, json};

use super::has;
use crate::fixture::{Home, Receiver, VISITS};

/// A PC with a book that has two correct records and one with a mandatory finding.
fn book() -> Home {
    let home = Home::new();
    home.new_book();
    for day in ["20260901", "20260902"] {
        home.json(0, &["set", VISITS, "new", &format!("FWRQ={day}"), "DZQKFWCS=5", "DZTSFWCS=6"]);
    }
    home.json(1, &["set", VISITS, "new", "FWRQ=20260903", "DZQKFWCS=五", "DZTSFWCS=6"]);
    home
}

/// Id, table, number of rows and state of the only batch.
fn batch(document: &Value) -> (i64, &str, u64, &str) {
    let [batch] = &document["batches"].as_array().unwrap()[..] else { panic!("not one batch: {document}") };
    has(batch, &["id", "table", "rows", "state", "sent_at", "receipt"]);
    let text = |key: &str| batch[key].as_str().unwrap();
    (batch["id"].as_i64().unwrap(), text("table"), batch["rows"].as_u64().unwrap(), text("state"))
}

fn result(document: &Value) -> &Value {
    let batch = &document["batches"][0];
    has(batch, &["id", "table", "collected", "stored", "state", "rejected"]);
    batch
}

#[test]
fn rows_go_to_a_receiver_and_results_come_back() {
    let home = book();
    let planted = format!("[[reject]]\ntable = {VISITS:?}\ncolumn = \"DZTSFWCS\"\nvalue = \"66\"\n");
    let receiver = Receiver::start(&home.path("receiver"), &planted);
    has(&receiver.started, &["address", "rsa_public_key", "accounts"]);
    has(&receiver.started["accounts"][0], &["client_id", "username", "password", "app_key"]);
    receiver.connection(&home.path("center.toml"), "rows_per_call = 1\n");

    home.json(0, &["connection", "add", "中心", "--file", "center.toml"]);
    let listed = home.run(["connection", "list", "--json"]);
    assert_eq!(listed.document()["connections"][0]["name"], "中心");
    let password = receiver.started["accounts"][0]["password"].as_str().unwrap();
    assert!(!listed.out.contains(password), "the list contains no secret");
    assert_eq!(home.json(0, &["connection", "test", "中心"])["ok"], true);

    // A dry run freezes nothing.
    let dry = home.json(1, &["submit", "--connection", "中心", "--dry-run"]);
    assert_eq!(batch(&dry), (0, VISITS, 2, "waiting"));
    has(&dry["skipped"][0], &["table", "reason"]);
    assert!(dry["skipped"][0]["reason"].as_str().unwrap().contains("强制"), "{dry}");
    assert_eq!(home.json(0, &["results"])["batches"], json!([]));

    assert_eq!(batch(&home.json(1, &["submit", "--connection", "中心"])), (1, VISITS, 2, "received"));
    let results = home.json(0, &["results", "--wait", "30"]);
    let filed = result(&results);
    assert_eq!(
        (&filed["id"], &filed["collected"], &filed["stored"], &filed["state"]),
        (&json!(1), &json!(2), &json!(2), &json!("stored"))
    );
    assert_eq!(filed["rejected"], json!([]));

    // The third record gets the value that the receiver rejects.
    home.json(0, &["set", VISITS, "3", "DZQKFWCS=5", "DZTSFWCS=66"]);
    assert_eq!(batch(&home.json(0, &["submit", "--connection", "中心", VISITS])), (2, VISITS, 1, "received"));
    let results = home.json(1, &["results", "--wait", "30"]);
    let filed = result(&results);
    assert_eq!((&filed["state"], &filed["stored"]), (&json!("rejected"), &json!(0)));
    has(&filed["rejected"][0], &["row", "key", "column", "error"]);
    assert_eq!((&filed["rejected"][0]["row"], &filed["rejected"][0]["column"]), (&json!(3), &json!("DZTSFWCS")));
    let found = home.json(1, &["check"]);
    assert_eq!((&found["findings"][0]["rule"], &found["findings"][0]["row"]), (&json!("receipt"), &json!(3)));

    let status = home.json(0, &["status"]);
    let table = status["tables"].as_array().unwrap().iter().find(|table| table["table"] == VISITS).unwrap();
    assert!(table["last_submitted"].is_string(), "{table}");
    assert_eq!(status["today"], json!({ "sent": 3, "stored": 2, "rejected": 1 }));

    home.json(0, &["set", VISITS, "3", "DZTSFWCS=67"]);
    home.json(0, &["submit", "--connection", "中心"]);
    assert_eq!(result(&home.json(0, &["results", "--wait", "30"]))["state"], "stored");
    let nothing = home.json(0, &["submit", "--connection", "中心", VISITS]);
    assert_eq!(nothing["batches"], json!([]));
    assert_eq!(nothing["skipped"][0]["table"], VISITS);

    let inbox = receiver.end();
    assert_eq!(inbox.row_count(VISITS).unwrap(), 3);
}

#[test]
fn a_rehearsal_needs_no_connection_and_survives_the_end_of_the_program() {
    let home = book();
    // Visits are due every day. Majors are due once a term and have no due day, because the settings have no end of the
    // term.
    let major = ["ZYMC=软件技术", "ZYH=510203", "PZSZNY=200803", "SCZSNY=200809", "ZYCCM=2", "XZM=3", "SFZDZY=1"];
    home.json(0, &[&["set", "ODS_ZYSZSJ", "new"], &major[..]].concat());
    assert_eq!(batch(&home.json(1, &["submit", "--rehearse", "--due", "--dry-run"])), (0, VISITS, 2, "waiting"));
    assert_eq!(batch(&home.json(1, &["submit", "--rehearse", "--due"])), (1, VISITS, 2, "received"));
    let results = home.json(0, &["results", "--wait", "30"]);
    assert_eq!(result(&results)["state"], "stored");
    assert_eq!(home.json(0, &["results"])["batches"], json!([]), "no batch waits for a result");
}
