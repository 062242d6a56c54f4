//! True but unusual records that rules once took for mistakes: none is refused, the rule asks at the level that the
//! table says or not at all, and with what it asks explained every record is stored in the rehearsal.
//!
//! The records stand in `true_records/*.toml`. Each is a record of the sample school with some values changed:
//!
//! | key | says |
//! | --- | --- |
//! | `why` | what the record is |
//! | `editions` | the editions in which it is tried |
//! | `table`, `set` | where it is added, and the values that differ from the first record of the sample; `{+9}` is the day nine days from now |
//! | `rule` | the rule that was wrong about it, without the name of the table |
//! | `level` | what that rule says now: `silent`, `hint` or `confirm` |
//!
//! The first text column of the natural key gets a value of its own unless `set` says otherwise.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use standard::{Edition, Kind, Standards};

use crate::fixture::{Clerk, Home, PASSPHRASE, env};

/// A file of records.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    record: Vec<TrueRecord>,
}

/// A true record that a college may have, and the findings of the rules about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrueRecord {
    why: String,
    editions: Vec<String>,
    table: String,
    set: BTreeMap<String, String>,
    rule: String,
    level: Said,
}

/// What a rule says about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Silent,
    Hint,
    Confirm,
}

const FILES: [&str; 2] = [include_str!("true_records/gaozhi.toml"), include_str!("true_records/zhongzhi.toml")];

fn records(edition: &str) -> Vec<TrueRecord> {
    let all = FILES.iter().flat_map(|text| toml::from_str::<Records>(text).unwrap().record);
    all.filter(|record| record.editions.iter().any(|id| id == edition)).collect()
}

#[test]
fn true_records_of_gaozhi_2024_09_are_taken() {
    are_taken("gaozhi-2024.09");
}

#[test]
fn true_records_of_gaozhi_2023_06_are_taken() {
    are_taken("gaozhi-2023.06");
}

#[test]
fn true_records_of_zhongzhi_2023_06_are_taken() {
    are_taken("zhongzhi-2023.06");
}

fn are_taken(id: &str) {
    let edition = Standards::builtin().unwrap().edition(id).unwrap();
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let college = json!({ "code": "", "name": "" });
    let book = json!({ "edition": id, "college": college, "period": "", "passphrase": PASSPHRASE, "sample": true });
    clerk.call("book.create", book);
    let records = records(id);
    assert!(!records.is_empty());
    let rows: Vec<i64> = records.iter().enumerate().map(|(no, record)| add(&clerk, &edition, no, record)).collect();
    clerk.call("check.run", json!({}));
    let mut wrong = Vec::new();
    for (record, row) in records.iter().zip(&rows) {
        wrong.extend(judged(&clerk, record, *row));
    }
    assert!(wrong.is_empty(), "{id}\n{}", wrong.join("\n"));
    explain_what_is_asked(&clerk);
    let mut tables: Vec<&str> = records.iter().map(|record| record.table.as_str()).collect();
    tables.sort_unstable();
    tables.dedup();
    let sent = clerk.call("submit.send", json!({ "target": {}, "tables": tables }));
    assert_eq!((&sent["interrupted"], &sent["skipped"]), (&Value::Null, &json!([])), "{sent}");
    let results = clerk.call("submit.results", json!({ "wait": 60 }));
    for filed in results["batches"].as_array().unwrap() {
        assert_eq!((&filed["batch"]["state"], &filed["rejected"]), (&json!("stored"), &json!([])), "{filed}");
    }
}

/// Adds the record and gives its number.
fn add(clerk: &Clerk, edition: &Edition, no: usize, record: &TrueRecord) -> i64 {
    let table = edition.table(&record.table).unwrap();
    let first = sample::rows(edition, &record.table).into_iter().next().unwrap();
    let filled = table.fields.iter().zip(first).filter(|(field, _)| !field.is_system());
    let mut values: BTreeMap<&str, String> = filled.map(|(field, value)| (field.column.as_str(), value)).collect();
    let own = table.natural_key.iter().filter_map(|column| table.field(column)).find(|field| field.kind == Kind::Text);
    if let Some(own) = own {
        values.insert(&own.column, format!("SJ{no:03}"));
    }
    for (column, value) in &record.set {
        assert!(table.field(column).is_some(), "{}: {column}", record.why);
        values.insert(column, dated(value));
    }
    let change = json!({ "do": "insert", "values": values });
    let edited = clerk.call("fill.edit", json!({ "table": record.table, "changes": [change] }));
    edited["added"][0].as_i64().unwrap()
}

/// The text with `{+9}` as the day nine days from now.
fn dated(text: &str) -> String {
    let Some((days, rest)) = text.strip_prefix("{+").and_then(|rest| rest.split_once('}')) else {
        return text.to_owned();
    };
    let days: i64 = days.parse().unwrap();
    let today = jiff::Timestamp::now().in_tz("Asia/Shanghai").unwrap().date();
    let day = today.checked_add(jiff::Span::new().days(days)).unwrap();
    format!("{}{rest}", day.strftime("%Y%m%d"))
}

/// What is wrong about how the record is judged.
fn judged(clerk: &Clerk, record: &TrueRecord, row: i64) -> Vec<String> {
    let page = clerk.call("check.findings", json!({ "table": record.table, "row": row, "limit": 100 }));
    let findings = page["findings"].as_array().unwrap();
    let told = |finding: &Value| format!("{} {} {}", finding["level"], finding["rule"], finding["message"]);
    let mandatory = findings.iter().filter(|finding| finding["level"] == "mandatory");
    let mut wrong: Vec<String> = mandatory.map(|finding| format!("{}: {}", record.why, told(finding))).collect();
    let rule = format!("{}.{}", record.table, record.rule);
    let said = findings.iter().find(|finding| finding["rule"] == json!(rule));
    let level = match said.map(|finding| finding["level"].as_str().unwrap()) {
        None => Some(Said::Silent),
        Some("hint") => Some(Said::Hint),
        Some("confirm") => Some(Said::Confirm),
        Some(_) => None,
    };
    if level != Some(record.level) {
        wrong.push(format!("{}: {rule} says {level:?}, not {:?}", record.why, record.level));
    }
    wrong
}

/// Gives a reason for each finding that asks for one.
fn explain_what_is_asked(clerk: &Clerk) {
    let asked = clerk.call("check.findings", json!({ "level": "confirm", "limit": 1000 }));
    for finding in asked["findings"].as_array().unwrap() {
        let group = json!({
            "table": finding["table"], "column": finding["column"], "rule": finding["rule"], "value": finding["value"],
        });
        clerk.call("check.explain", json!({ "group": group, "row": finding["row"], "text": "情况属实。" }));
    }
}
