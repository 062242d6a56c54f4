//! Rules find contradictions within a record, between records of a table and between tables, both after an edit and in
//! a check, and the findings disappear when the values are corrected. An own rule of the college that fails is reported
//! by its id, and the other rules still run.

use serde_json::{Value, json};

use crate::fixture::{Clerk, EDITION, Home, INTERNSHIPS, env};

const STUDENTS: &str = "ODS_XSHXSJ";

/// A rule over one record, one over several records of a table, and one over two tables.
const PLANTED: [&str; 3] =
    ["ODS_SXJCSJ.end-not-before-start", "ODS_SXJCSJ.stays-do-not-overlap", "ODS_SXJCSJ.student-name-agrees"];

/// Adds a record and gives its number.
fn insert(clerk: &Clerk, table: &str, values: Value) -> i64 {
    let edited = clerk.call("fill.edit", json!({ "table": table, "changes": [{ "do": "insert", "values": values }] }));
    edited["added"][0].as_i64().unwrap()
}

fn set(clerk: &Clerk, table: &str, row: i64, column: &str, value: &str) {
    let change = json!({ "do": "set", "row": row, "column": column, "value": value });
    clerk.call("fill.edit", json!({ "table": table, "changes": [change] }));
}

/// The rules of [`PLANTED`] that have findings, each with the numbers of their records.
fn found(clerk: &Clerk) -> Vec<(String, Vec<i64>)> {
    let rows = |rule: &str| -> Vec<i64> {
        let page = clerk.call("check.findings", json!({ "table": INTERNSHIPS, "rule": rule, "limit": 100 }));
        let mut rows: Vec<i64> =
            page["findings"].as_array().unwrap().iter().map(|finding| finding["row"].as_i64().unwrap()).collect();
        rows.sort_unstable();
        rows
    };
    let all = PLANTED.map(|rule| (rule.rsplit('.').next().unwrap().to_owned(), rows(rule)));
    all.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

fn expect(rules: &[(&str, &[i64])]) -> Vec<(String, Vec<i64>)> {
    rules.iter().map(|(rule, rows)| ((*rule).to_owned(), rows.to_vec())).collect()
}

#[test]
fn contradictions_are_found_and_disappear_when_they_are_corrected() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let student = insert(&clerk, STUDENTS, json!({ "XH": "2024999901", "XSXM": "程示例" }));
    let practice = |from: &str, to: &str, name: &str| {
        insert(&clerk, INTERNSHIPS, json!({ "XH": "2024999901", "XSXM": name, "SXKSRQ": from, "SXJSRQ": to }))
    };
    let first = practice("20260907", "20261030", "程示例");
    assert_eq!(found(&clerk), []);
    let second = practice("20261012", "20261218", "杜示例");
    let both = [first, second];
    let planted = expect(&[("stays-do-not-overlap", &both), ("student-name-agrees", &[second])]);
    assert_eq!(found(&clerk), planted, "found after the edit");
    let summary = clerk.call("check.run", json!({ "tables": [INTERNSHIPS] }));
    assert_eq!(summary["failed_rules"], json!([]));
    assert_eq!(found(&clerk), planted, "found by the check");

    set(&clerk, INTERNSHIPS, first, "SXJSRQ", "20260801");
    let planted = expect(&[("end-not-before-start", &[first]), ("student-name-agrees", &[second])]);
    assert_eq!(found(&clerk), planted, "one edit corrects one finding and causes another");
    set(&clerk, INTERNSHIPS, first, "SXJSRQ", "20261009");
    assert_eq!(found(&clerk), expect(&[("student-name-agrees", &[second])]));
    set(&clerk, STUDENTS, student, "XSXM", "杜示例");
    assert_eq!(found(&clerk), expect(&[("student-name-agrees", &[first])]), "an edit of the other table counts");
    set(&clerk, INTERNSHIPS, first, "XSXM", "杜示例");
    assert_eq!(found(&clerk), []);

    clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(found(&clerk), expect(&[("student-name-agrees", &[first])]), "an undo is checked like an edit");
    let delete = json!({ "do": "delete", "row": student });
    clerk.call("fill.edit", json!({ "table": STUDENTS, "changes": [delete] }));
    assert_eq!(found(&clerk), [], "without the other record there is no contradiction");
    clerk.call("check.run", json!({}));
    assert_eq!(found(&clerk), []);
}

/// A rule that passes its own cases and fails on a value that is not JSON.
fn broken() -> Value {
    json!({
        "id": "ODS_SXJCSJ.own-breaks", "level": "mandatory", "table": INTERNSHIPS, "columns": ["SXNR"],
        "expect": "json_extract(SXNR, '$.n') = 1", "message": "“{value}”不对", "reason": "试一试。",
        "pass": [{ "SXNR": "{\"n\":1}" }], "fail": [{ "SXNR": "{\"n\":2}" }],
    })
}

#[test]
fn a_failing_rule_is_reported_by_its_id_and_the_others_run() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let refused =
        clerk.try_call("overlay.save", json!({ "rules": [with(broken(), "expect", "NIX = 1")] })).unwrap_err();
    let named = refused.params.get("rule").map(String::as_str);
    assert_eq!((refused.code.as_str(), named), ("rule.unknown-column", Some("ODS_SXJCSJ.own-breaks")));
    clerk.call("overlay.save", json!({ "rules": [broken()] }));
    let row = insert(
        &clerk,
        INTERNSHIPS,
        json!({ "XH": "2024999901", "SXKSRQ": "20260907", "SXJSRQ": "20260801", "SXNR": "机床操作" }),
    );
    let summary = clerk.call("check.run", json!({}));
    assert_eq!(summary["failed_rules"], json!([{ "rule": "ODS_SXJCSJ.own-breaks", "reason": "reader.sql" }]));
    assert_eq!(found(&clerk), expect(&[("end-not-before-start", &[row])]));
    let told = clerk.call("check.findings", json!({ "rule": "ODS_SXJCSJ.own-breaks", "limit": 10 }));
    assert_eq!(told["total"], 1);
    assert_eq!((&told["findings"][0]["level"], &told["findings"][0]["row"]), (&json!("confirm"), &Value::Null));
    drop(clerk);

    let checked = home.json(1, &["check"]);
    assert_eq!(checked["failed_rules"][0]["rule"], "ODS_SXJCSJ.own-breaks");
    let output = home.run(["check"]);
    assert!(output.out.contains("规则 ODS_SXJCSJ.own-breaks 没有核对完"), "{output:?}");

    let clerk = Clerk::new(env(home.folder()));
    clerk.call("book.open", json!({ "path": checked_book(&home), "passphrase": crate::fixture::PASSPHRASE }));
    clerk.call("overlay.save", json!({}));
    let summary = clerk.call("check.run", json!({}));
    assert_eq!(summary["failed_rules"], json!([]));
    let told = clerk.call("check.findings", json!({ "rule": "ODS_SXJCSJ.own-breaks", "limit": 10 }));
    assert_eq!(told["total"], 0, "a rule that is gone leaves nothing behind");
}

/// Finds marks of zero, and does not end while a record has the text 没完没了.
const SLOW: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE EXISTS \
    (SELECT 1 FROM ODS_SXJCSJ e WHERE e.SXNR = '没完没了')) \
    SELECT p._row FROM ODS_SXJCSJ p WHERE p.SXCJ = '0' AND (SELECT count(*) FROM n) > 0";

#[test]
fn a_slow_rule_delays_no_edit_and_runs_in_the_next_check() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let rule = json!({
        "id": "ODS_SXJCSJ.own-slow", "level": "confirm", "table": INTERNSHIPS, "columns": ["SXCJ", "SXNR"],
        "select": SLOW, "message": "“{value}”是零分", "reason": "试一试。",
        "pass": [{ INTERNSHIPS: [{ "SXCJ": "90" }] }], "fail": [{ INTERNSHIPS: [{ "SXCJ": "0" }] }],
    });
    clerk.call("overlay.save", json!({ "rules": [rule] }));
    let found = || {
        let page = clerk.call("check.findings", json!({ "rule": "ODS_SXJCSJ.own-slow", "limit": 10 }));
        page["findings"].as_array().unwrap().iter().map(|finding| finding["row"].as_i64()).collect::<Vec<_>>()
    };
    let first = insert(&clerk, INTERNSHIPS, json!({ "XH": "2024999901", "SXCJ": "0" }));
    assert_eq!(found(), [Some(first)]);
    let second = insert(&clerk, INTERNSHIPS, json!({ "XH": "2024999902", "SXCJ": "0", "SXNR": "没完没了" }));
    assert_eq!(found(), [Some(first)], "the edit is saved, and the earlier finding stays");
    set(&clerk, INTERNSHIPS, first, "SXCJ", "90");
    set(&clerk, INTERNSHIPS, second, "SXNR", "装配");
    assert_eq!(found(), [Some(first)], "the rule does not run after edits");
    let summary = clerk.call("check.run", json!({ "tables": [INTERNSHIPS] }));
    assert_eq!((found(), &summary["failed_rules"]), (vec![Some(second)], &json!([])));
    set(&clerk, INTERNSHIPS, second, "SXCJ", "60");
    assert_eq!(found(), [], "the rule runs after edits again");
}

fn with(mut rule: Value, key: &str, value: &str) -> Value {
    rule[key] = json!(value);
    rule
}

/// Path of the only book of this PC.
fn checked_book(home: &Home) -> String {
    let books = std::fs::read_dir(home.path("books")).unwrap();
    let book = books.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|e| e == "tianbao"));
    book.unwrap().to_str().unwrap().to_owned()
}

#[test]
fn the_command_line_prints_the_rules_of_an_edition() {
    let home = Home::new();
    let edition = standard::Standards::builtin().unwrap().edition(EDITION).unwrap();
    let of = |level| edition.rules.iter().filter(|rule| rule.level <= level).count();
    let rules = |words: &[&str]| home.json(0, words)["rules"].as_array().unwrap().len();
    let show = ["show", "--rules", "--edition", EDITION];
    assert_eq!(rules(&show), edition.rules.len());
    let page = home.text("规则.html");
    let printed = [&show[..], &["-o", &page]].concat();
    assert_eq!(rules(&printed), of(standard::Level::Mandatory));
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("<!DOCTYPE html>") && text.contains("强制规则") && !text.contains("核实规则"));
    assert_eq!(rules(&[&printed[..], &["--level", "confirm"]].concat()), of(standard::Level::Confirm));
    assert!(std::fs::read_to_string(&page).unwrap().contains("核实规则"));
    let table = edition.rules_of("ODS_XXJBSJ").count();
    assert_eq!(rules(&[&["show", "ODS_XXJBSJ"], &show[1..]].concat()), table);
    assert_eq!(home.run(["show", "--rules", "-o", "rules.pdf"]).code, 2);
    assert_eq!(home.run(["show"]).code, 2, "without a table and without --rules");
}
