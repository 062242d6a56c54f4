//! The history of a submitted cell, and the reconciliation of both sides.

use serde_json::{Value, json};

use crate::fixture::{Home, Receiver, VISITS};

/// What happened, oldest first.
fn events(past: &Value) -> Vec<&str> {
    past["entries"].as_array().unwrap().iter().rev().map(|entry| entry["what"].as_str().unwrap()).collect()
}

#[test]
fn a_cell_tells_who_changed_it_in_which_batch_it_went_and_what_the_receiver_said() {
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=66"]);
    home.json(0, &["submit", "--rehearse", VISITS]);
    home.json(0, &["results", "--wait", "30"]);
    let planted = format!("[[reject]]\ntable = {VISITS:?}\ncolumn = \"DZTSFWCS\"\nvalue = \"66\"\n");
    let receiver = Receiver::start(&home.path("receiver"), &planted);
    receiver.connection(&home.path("c.toml"), "");
    home.json(0, &["connection", "add", "中心", "--file", "c.toml"]);
    home.json(0, &["submit", VISITS, "--connection", "中心"]);
    home.json(1, &["results", "--wait", "30"]);
    home.json(0, &["set", VISITS, "1", "DZTSFWCS=6"]);
    home.json(0, &["submit", VISITS, "--connection", "中心"]);
    home.json(0, &["results", "--wait", "30"]);

    let past = home.json(0, &["history", VISITS, "1", "DZTSFWCS"]);
    let submission = ["frozen", "sent", "answered"];
    let expected = [&["changed"], &submission[..], &submission, &["changed"], &submission].concat();
    assert_eq!(events(&past), expected, "{past}");
    let entry = |at: usize| &past["entries"].as_array().unwrap()[past["entries"].as_array().unwrap().len() - 1 - at];
    assert_eq!((&entry(0)["before"], &entry(0)["after"]), (&json!(""), &json!("66")));
    assert_eq!((&entry(1)["rehearsal"], &entry(4)["rehearsal"]), (&json!(true), &json!(false)));
    assert_eq!(
        (&entry(4)["batch"], &entry(4)["value"], &entry(4)["connection"]),
        (&json!(2), &json!("66"), &json!("中心"))
    );
    assert!(entry(4)["edition"].as_str().is_some_and(|edition| !edition.is_empty()), "by which rules it was checked");
    assert!(entry(5)["reply_time"].is_string() && entry(5)["num"] == 1, "{}", entry(5));
    assert_eq!((&entry(6)["outcome"], &entry(6)["column"]), (&json!("rejected"), &json!("DZTSFWCS")));
    assert!(entry(6)["error"].as_str().is_some_and(|words| !words.is_empty()));
    assert_eq!((&entry(7)["after"], &entry(10)["outcome"]), (&json!("6"), &json!("stored")));

    // In words, the rehearsal is not called a submission.
    let said = home.run(["history", VISITS, "1", "DZTSFWCS"]).out;
    assert!(said.contains("对方已入库（批次 3）") && said.contains("对方退回（批次 2）"), "{said}");
    assert!(said.contains("演练通过，没有上报（批次 1）"), "{said}");
    // A deleted record keeps its history, and a column that is not there is an error.
    assert_eq!(home.json(2, &["history", VISITS, "1", "NO"])["error"]["code"], "book.no-such-column");

    // Both sides agree, and their numbers stand beside each other.
    let both = home.json(0, &["results", "--reconcile"]);
    let table = &both["tables"][0];
    assert_eq!((&table["table"], &both["unexplained_total"]), (&json!(VISITS), &json!(0)), "{both}");
    for (ours, theirs, number) in
        [("deliveries", "entries", 2), ("rows", "collected", 2), ("ours_stored", "theirs_stored", 1)]
    {
        assert_eq!((&table[ours], &table[theirs]), (&json!(number), &json!(number)), "{table}");
    }
    drop(receiver);
}

#[test]
fn numbers_and_the_summary_of_a_day_count_what_left_and_no_rehearsal() {
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
    home.json(0, &["submit", "--rehearse", VISITS]);
    home.json(0, &["results", "--wait", "30"]);
    let receiver = Receiver::start(&home.path("receiver"), "");
    receiver.connection(&home.path("c.toml"), "");
    home.json(0, &["connection", "add", "中心", "--file", "c.toml"]);
    home.json(0, &["set", VISITS, "new", "FWRQ=20260902", "DZQKFWCS=5", "DZTSFWCS=6"]);
    home.json(0, &["submit", VISITS, "--connection", "中心"]);
    home.json(0, &["results", "--wait", "30"]);
    assert_eq!(home.json(0, &["status"])["today"], json!({ "sent": 2, "stored": 2, "rejected": 0 }));
    assert_eq!(home.json(0, &["status", "--summary", "day.html"])["file"], "day.html");
    let page = std::fs::read_to_string(home.path("day.html")).unwrap();
    assert!(page.contains("上报日报") && page.contains("100.0%") && page.contains("已入库"), "{page}");
    assert!(!page.contains("演练"), "a rehearsal is not among the numbers: {page}");
    home.json(0, &["status", "--summary", "day.xlsx", "--day", "2026-01-01"]);
    assert!(std::fs::read(home.path("day.xlsx")).unwrap().starts_with(b"PK"), "a workbook");
    assert_eq!(home.json(2, &["status", "--summary", "day.txt"])["error"]["code"], "summary.not-a-file");
    drop(receiver);
}
