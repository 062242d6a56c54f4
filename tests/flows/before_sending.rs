//! Before records leave: the check list, what leaves with its fingerprint, and the consent of a second person, against
//! a receiver in another process.

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, Receiver, VISITS, env};

/// A clerk whose book has three records, one of them with a mandatory finding, and a connection to a receiver.
struct Pc {
    clerk: Clerk,
    home: Home,
    receiver: Receiver,
}

impl Pc {
    fn new() -> Pc {
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        clerk.create(false);
        let receiver = Receiver::start(&home.path("receiver"), "");
        receiver.connection(&home.path("c.toml"), "");
        clerk.call("connection.read", json!({ "name": "中心", "file": home.text("c.toml") }));
        let pc = Pc { clerk, home, receiver };
        pc.insert("20260901", "5");
        pc.insert("20260902", "5");
        pc.insert("20260903", "五");
        pc
    }

    fn insert(&self, day: &str, visits: &str) {
        let values = json!({ "FWRQ": day, "DZQKFWCS": visits, "DZTSFWCS": "6" });
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    }

    fn set(&self, row: i64, column: &str, value: &str) {
        let change = json!({ "do": "set", "row": row, "column": column, "value": value });
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
    }

    fn settings(&self, key: &str, value: &str) {
        let mut settings = self.clerk.call("settings.get", json!({}));
        settings[key] = json!(value);
        self.clerk.call("settings.set", settings);
    }

    fn check_list(&self) -> Value {
        self.clerk.call("submit.check_list", json!({ "target": { "connection": "中心" }, "tables": [VISITS] }))
    }

    fn send(&self, more: Value) -> Value {
        let mut send = json!({ "target": { "connection": "中心" }, "tables": [VISITS] });
        send.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.clerk.call("submit.send", send)
    }
}

/// The line of the check list about a matter: its words and its verdict.
#[track_caller]
fn line<'a>(list: &'a Value, matter: &str) -> (&'a str, &'a str) {
    let line = list["checks"].as_array().unwrap().iter().find(|line| line["matter"] == matter);
    let line = line.unwrap_or_else(|| panic!("no line about {matter}: {list}"));
    (line["words"].as_str().unwrap(), line["verdict"].as_str().unwrap())
}

#[test]
fn the_check_list_says_what_is_looked_at_and_freezes_nothing() {
    let pc = Pc::new();
    let list = pc.check_list();
    for (matter, expect) in [
        ("leaves", ("leaves", "ok")),
        ("rules-run", ("rules-run", "ok")),
        ("mandatory", ("mandatory-held", "note")),
        ("explained", ("explained", "ok")),
        ("connection", ("connection", "ok")),
        ("clock", ("clock", "ok")),
        ("account", ("account-unset", "note")),
        ("count", ("count-first", "ok")),
        ("deleted", ("deleted", "ok")),
    ] {
        assert_eq!(line(&list, matter), expect, "{list}");
    }
    assert_eq!((&list["rows"], &list["may_go"], &list["sign_off"]), (&json!(2), &json!(true), &json!(false)));
    let leaving = &list["leaves"][0];
    assert_eq!((&leaving["fresh"], &leaving["held_back"], &leaving["rows"]), (&json!(2), &json!(1), &json!(3)));
    assert_eq!(pc.clerk.call("submit.batches", json!({ "limit": 9 }))["total"], 0, "nothing was frozen");

    // What is frozen has the fingerprint that was shown.
    let sent = pc.send(json!({ "expected": { VISITS: leaving["hash"] } }));
    assert_eq!(sent["batches"][0]["fingerprint"], leaving["fingerprint"]);
    assert_eq!(sent["batches"][0]["hash"], leaving["hash"]);
    pc.clerk.call("submit.results", json!({ "wait": 30 }));

    // A deleted record that was stored, and a dead receiver.
    pc.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "delete", "row": 1 }] }));
    pc.set(2, "DZTSFWCS", "7");
    let list = pc.check_list();
    assert_eq!(line(&list, "deleted"), ("deleted-gone", "note"));
    assert_eq!(line(&list, "count"), ("count", "ok"), "two are stored and two are here");
    pc.clerk
        .call("submit.set_rules", json!({ "expiries": { "中心": { "account": "2020-01-01", "key": "2099-12-31" } } }));
    let _inbox = pc.receiver.end();
    let list = pc.clerk.call("submit.check_list", json!({ "target": { "connection": "中心" }, "tables": [VISITS] }));
    assert_eq!(line(&list, "connection"), ("connection-failed", "stop"));
    assert_eq!((line(&list, "account"), line(&list, "key")), (("account-over", "look"), ("key", "ok")));
    assert_eq!((&list["may_go"], &list["may_go_by_itself"]), (&json!(false), &json!(false)));
}

#[test]
fn what_was_changed_since_it_was_looked_at_stays_behind() {
    let pc = Pc::new();
    let list = pc.check_list();
    pc.set(1, "DZTSFWCS", "8");
    let sent = pc.send(json!({ "expected": { VISITS: list["leaves"][0]["hash"] } }));
    assert_eq!(sent["batches"], json!([]));
    assert_eq!(sent["skipped"][0]["reason"], "skipped.changed-meanwhile", "{sent}");
    assert_eq!(pc.receiver.end().row_count(VISITS).unwrap(), 0);
}

#[test]
fn a_table_that_lost_records_asks_for_a_look() {
    let pc = Pc::new();
    pc.send(json!({}));
    pc.clerk.call("submit.results", json!({ "wait": 30 }));
    for row in [1, 2] {
        pc.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "delete", "row": row }] }));
    }
    pc.set(3, "DZQKFWCS", "5");
    let list = pc.check_list();
    assert_eq!(line(&list, "count"), ("count-differs", "look"), "{list}");
    assert_eq!((&list["may_go"], &list["may_go_by_itself"]), (&json!(true), &json!(false)));
}

const SIGNER: &str = "李复核";

#[test]
fn nothing_leaves_without_the_consent_of_a_second_person() {
    let pc = Pc::new();
    let rules = |request: Value| pc.clerk.try_call("submit.set_rules", request);
    assert_eq!(rules(json!({ "sign_off": true })).unwrap_err().code, "sign-off.no-signer");
    let signer = |name: &str, password: &str| json!({ "name": name, "password": password });
    rules(json!({ "add": signer(SIGNER, "复核密码"), "sign_off": true })).unwrap();

    // Without a consent nothing is frozen, whoever asks.
    let sent = pc.send(json!({}));
    assert_eq!((&sent["batches"], &sent["skipped"][0]["reason"]), (&json!([]), &json!("skipped.not-signed")));
    let list = pc.check_list();
    assert_eq!(line(&list, "sign-off"), ("sign-off-asked", "look"));
    assert_eq!(list["signers"], json!([SIGNER]));

    let refused = |sign: Value| {
        let send = json!({ "target": { "connection": "中心" }, "tables": [VISITS], "sign": sign });
        pc.clerk.try_call("submit.send", send).unwrap_err().code
    };
    assert_eq!(refused(signer(SIGNER, "复核密码")), "sign-off.no-preparer");
    pc.settings("person", SIGNER);
    assert_eq!(refused(signer(SIGNER, "复核密码")), "sign-off.same-person");
    pc.settings("person", "王填报");
    assert_eq!(refused(signer(SIGNER, "别的密码")), "sign-off.wrong-password");
    assert_eq!(refused(signer("赵某", "复核密码")), "sign-off.unknown-signer");
    assert_eq!(pc.clerk.call("submit.batches", json!({ "limit": 9 }))["total"], 0);

    let sent =
        pc.send(json!({ "sign": signer(SIGNER, "复核密码"), "expected": { VISITS: list["leaves"][0]["hash"] } }));
    let batch = &sent["batches"][0];
    assert_eq!((&batch["signed"]["who"], &batch["signed"]["prepared"]), (&json!(SIGNER), &json!("王填报")), "{sent}");
    assert_eq!(batch["state"], "received");

    // The log has it, and the setting cannot be turned off by one person alone.
    assert_eq!(rules(json!({ "sign_off": false })).unwrap_err().code, "sign-off.ask-a-signer");
    assert_eq!(rules(json!({ "remove": SIGNER })).unwrap_err().code, "sign-off.ask-a-signer");
    let rules = rules(json!({ "sign_off": false, "by": signer(SIGNER, "复核密码") })).unwrap();
    let log: Vec<&str> = rules["log"].as_array().unwrap().iter().map(|entry| entry["what"].as_str().unwrap()).collect();
    assert_eq!(log, ["not-asked", "signed", "asked", "signer-added"]);
    assert_eq!(rules["log"][1]["fingerprint"], batch["fingerprint"]);
    assert!(!rules.to_string().contains("复核密码"));
    assert_eq!(pc.receiver.end().row_count(VISITS).unwrap(), 2);
}

#[test]
fn what_was_frozen_before_sign_off_was_asked_for_waits_for_it() {
    let pc = Pc::new();
    pc.settings("person", "王填报");
    // A connection whose receiver is gone for now: the batch is frozen and does not leave.
    let file = std::fs::read_to_string(pc.home.path("c.toml")).unwrap();
    let address = pc.receiver.started["address"].as_str().unwrap().to_owned();
    std::fs::write(pc.home.path("dead.toml"), file.replace(&address, "http://127.0.0.1:9")).unwrap();
    pc.clerk.call("connection.read", json!({ "name": "中心", "file": pc.home.text("dead.toml") }));
    assert_eq!(pc.send(json!({}))["batches"][0]["state"], "waiting");
    pc.clerk.call("connection.read", json!({ "name": "中心", "file": pc.home.text("c.toml") }));
    let signer = json!({ "name": SIGNER, "password": "复核密码" });
    pc.clerk.call("submit.set_rules", json!({ "add": signer, "sign_off": true }));
    let sent = pc.send(json!({}));
    let reasons: Vec<&Value> = sent["skipped"].as_array().unwrap().iter().map(|one| &one["reason"]).collect();
    assert_eq!(sent["batches"][0]["state"], "waiting", "{sent}");
    assert!(reasons.contains(&&json!("skipped.not-signed")), "{sent}");
    let sent = pc.send(json!({ "sign": signer }));
    assert_eq!(sent["batches"][0]["state"], "received", "{sent}");
    assert_eq!(pc.receiver.end().row_count(VISITS).unwrap(), 2);
}

#[test]
fn the_command_line_lists_signs_and_prints() {
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
    let receiver = Receiver::start(&home.path("receiver"), "");
    receiver.connection(&home.path("c.toml"), "");
    home.json(0, &["connection", "add", "中心", "--file", "c.toml"]);
    let list = home.json(0, &["submit", VISITS, "--connection", "中心", "--check-list"]);
    assert_eq!(line(&list, "connection"), ("connection", "ok"));
    let words = home.run(["submit", VISITS, "--connection", "中心", "--check-list"]);
    assert!(words.out.contains("能登录“中心”") && words.out.contains("指纹"), "{words:?}");
    let fingerprint = list["leaves"][0]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!(fingerprint.len(), 14, "twelve signs in groups of four: {fingerprint}");

    let dry = ["submit", VISITS, "--connection", "中心", "--dry-run", "--list", "leaves.csv"];
    assert_eq!(home.json(0, &dry)["batches"][0]["fingerprint"], json!(fingerprint));
    let rows = std::fs::read_to_string(home.path("leaves.csv")).unwrap();
    assert_eq!(rows.lines().count(), 2, "{rows}");
    assert!(rows.contains(",新增"), "{rows}");

    let send = ["submit", VISITS, "--connection", "中心", "--print", "before.html"];
    assert_eq!(home.json(0, &send)["batches"][0]["state"], "received");
    let page = std::fs::read_to_string(home.path("before.html")).unwrap();
    assert!(page.contains(&fingerprint) && page.contains("数据上报单"), "{page}");
    assert_eq!(home.json(0, &["results", "--wait", "30"])["batches"][0]["state"], "stored");
}
