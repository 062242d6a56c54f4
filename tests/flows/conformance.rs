//! This program against the conformance kit, from both sides.

use std::time::Duration;

use conformance::caller::Caller;
use conformance::client::ClientKit;
use conformance::receiver::{Probe, run};
use conformance::sample::Sample;
use conformance::{Line, Verdict};
use protocol::Connection;
use serde_json::{Value, json};

use crate::fixture::{Clerk, EDITION, Home, Receiver, VISITS, env};

fn all_held(lines: &[Line]) {
    let other: Vec<String> = lines.iter().filter(|line| line.verdict != Verdict::Held).map(Line::to_string).collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn our_receiver_holds() {
    let home = Home::new();
    let receiver = Receiver::with(&home.path("receiver"), &[]);
    receiver.connection(&home.path("center.toml"), "");
    let keys = toml::from_str(&std::fs::read_to_string(home.path("center.toml")).unwrap()).unwrap();
    let connection = Connection::read(keys, EDITION).unwrap();
    all_held(&run(&Probe::new(Caller::new(connection), Sample::built_in(), Duration::from_secs(20))));
}

#[test]
fn our_client_holds() {
    let home = Home::new();
    let keys = json!({
        "address": "http://127.0.0.1:1", "client_id": "1", "username": "school", "password": "p", "app_key": "12345678",
        "rows_per_call": 2,
    });
    let agreed = Connection::read(keys.as_object().unwrap().clone(), EDITION).unwrap();
    let kit = ClientKit::listen("127.0.0.1:0", agreed).unwrap();
    let own = &kit.connection;
    let file = format!(
        "address = \"{}\"\nrsa_public_key = \"{}\"\nclient_id = \"1\"\nusername = \"school\"\npassword = \"p\"\n\
         app_key = \"12345678\"\nrows_per_call = 2\npause_ms = 0\nfirst_query_after_s = 0\nresend_margin_s = 0\n\
         call_timeout_s = 5\n",
        own.address, own.options.rsa_public_key
    );
    std::fs::write(home.path("kit.toml"), file).unwrap();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    clerk.call("connection.read", json!({ "name": "kit", "file": home.text("kit.toml") }));
    let mut day = 0;
    all_held(&kit.run(|_| {
        for _ in 0..4 {
            day += 1;
            let values = json!({ "FWRQ": format!("202609{day:02}"), "DZQKFWCS": "1", "DZTSFWCS": "2" });
            let insert = json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] });
            if day <= 30 {
                clerk.call("fill.edit", insert);
            }
        }
        change(&clerk, day);
        // The first round may end with a call without a known outcome; the next ones settle it.
        for _ in 0..3 {
            drop(clerk.try_call("submit.send", json!({ "target": { "connection": "kit" } })));
            drop(clerk.try_call("submit.results", json!({ "wait": 5 })));
        }
    }));
}

/// Changes four records, so that there is something to submit in every phase.
fn change(clerk: &Clerk, to: u32) {
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 100 }));
    let rows: Vec<&Value> = page["rows"].as_array().unwrap().iter().map(|row| &row["row"]).collect();
    let set = |row: &&&Value| json!({ "do": "set", "row": row, "column": "DZQKFWCS", "value": (100 + to).to_string() });
    let changes: Vec<Value> = rows.iter().rev().take(4).map(|row| set(&row)).collect();
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": changes }));
}
