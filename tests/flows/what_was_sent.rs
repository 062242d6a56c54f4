//! After a submission: whether an export is what was sent, and whether a printed receipt is genuine.

use serde_json::json;

use crate::fixture::{Home, Receiver, VISITS};

#[test]
fn an_export_is_measured_with_what_was_sent() {
    let home = Home::new();
    home.new_book();
    for day in ["20260901", "20260902"] {
        home.json(0, &["set", VISITS, "new", &format!("FWRQ={day}"), "DZQKFWCS=5", "DZTSFWCS=6"]);
    }
    home.json(0, &["export", VISITS, "-o", "before.json"]);
    let never = home.json(1, &["verify", "before.json"]);
    assert_eq!((&never["same"], &never["batch"]), (&json!(false), &json!(null)), "{never}");

    let receiver = Receiver::start(&home.path("receiver"), "");
    receiver.connection(&home.path("c.toml"), "");
    home.json(0, &["connection", "add", "中心", "--file", "c.toml"]);
    let sent = home.json(0, &["submit", VISITS, "--connection", "中心"]);
    for file in ["sent.json", "sent.csv", "sent.xlsx", "sent.ods"] {
        home.json(0, &["export", VISITS, "-o", file]);
        let verified = home.json(0, &["verify", file]);
        assert_eq!((&verified["same"], &verified["batch"]), (&json!(true), &json!(1)), "{file}: {verified}");
        assert_eq!(verified["fingerprint"], sent["batches"][0]["fingerprint"], "{file}");
    }
    home.json(0, &["export", VISITS, "-o", "sent.jsonl"]);
    assert_eq!(home.json(2, &["verify", "sent.jsonl"])["error"]["code"], "verify.which-table");
    assert_eq!(home.json(0, &["verify", "sent.jsonl", "--table", VISITS])["same"], true);

    // One value more or less is seen, and so is a record.
    home.json(0, &["set", VISITS, "1", "DZTSFWCS=7"]);
    home.json(0, &["export", VISITS, "-o", "changed.csv"]);
    let changed = home.json(1, &["verify", "changed.csv"]);
    let table = &changed["tables"][0];
    assert_eq!((&table["only_in_file"], &table["only_in_batch"]), (&json!(1), &json!(1)), "{changed}");

    // The receipt: printed again it is the same, and a letter more or less is seen.
    home.json(0, &["results", "--wait", "30"]);
    home.json(0, &["submit", VISITS, "--connection", "中心", "--print", "form.html"]);
    home.json(0, &["results", "--wait", "30"]);
    let page = std::fs::read_to_string(home.path("form.html")).unwrap();
    assert_eq!(home.json(1, &["verify", "--receipt", "form.html"])["receipt"], "differs", "a result came since");
    home.json(0, &["verify", "sent.json"]);
    std::fs::write(home.path("other.html"), page.replace("data-hash=\"", "data-hash=\"0")).unwrap();
    assert_eq!(home.json(1, &["verify", "--receipt", "other.html"])["receipt"], "foreign");
    assert_eq!(receiver.end().row_count(VISITS).unwrap(), 2);
}

#[test]
fn a_receipt_has_the_words_of_the_receiver_and_is_known_again() {
    let home = Home::new();
    let clerk = crate::fixture::Clerk::new(crate::fixture::env(home.folder()));
    clerk.create(false);
    let values = json!({ "FWRQ": "20260901", "DZQKFWCS": "5", "DZTSFWCS": "66" });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    let planted = format!("[[reject]]\ntable = {VISITS:?}\ncolumn = \"DZTSFWCS\"\nvalue = \"66\"\n");
    let receiver = Receiver::start(&home.path("receiver"), &planted);
    receiver.connection(&home.path("c.toml"), "");
    clerk.call("connection.read", json!({ "name": "中心", "file": home.text("c.toml") }));
    clerk.call("submit.send", json!({ "target": { "connection": "中心" }, "tables": [VISITS] }));
    clerk.call("submit.results", json!({ "wait": 30 }));
    let batch = clerk.call("submit.batch", json!({ "id": 1 }));
    clerk.call("submit.print", json!({ "batches": [1], "path": home.text("receipt.html") }));
    let page = std::fs::read_to_string(home.path("receipt.html")).unwrap();
    let receipt = batch["batch"]["receipt"].as_str().unwrap();
    let written = receipt.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    assert!(page.contains("上报回执单") && page.contains(&written), "{page}");
    assert!(page.contains(&format!("SM3 {}", protocol::sign::digest(receipt.as_bytes()))));
    assert!(page.contains("退回 1 条") && page.contains("被退回"));
    let verify = || clerk.call("submit.verify", json!({ "receipt": home.text("receipt.html") }))["receipt"].clone();
    assert_eq!(verify(), "genuine");
    std::fs::write(home.path("receipt.html"), page.replace("入库 0 条", "入库 1 条")).unwrap();
    assert_eq!(verify(), "differs");
    drop(receiver);
}
