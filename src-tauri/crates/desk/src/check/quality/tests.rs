//! The score of the sample college and of a damaged sample, computed by hand; settings; reports.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::testing::{call, sample_book};

const TABLE: &str = "ODS_SXJCSJ";

/// `met`, `of` of one indicator.
fn share(quality: &Value, no: &str) -> (u64, u64) {
    let indicators = quality["indicators"].as_array().unwrap();
    let one = indicators.iter().find(|one| one["no"] == no).unwrap();
    (one["met"].as_u64().unwrap(), one["of"].as_u64().unwrap())
}

/// The mean of the means of what was measured: what the score is where everything weighs the same.
fn by_hand(quality: &Value) -> f64 {
    let mut dimensions: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for one in quality["indicators"].as_array().unwrap() {
        let (no, met, of) = (one["no"].as_str().unwrap(), one["met"].as_u64().unwrap(), one["of"].as_u64().unwrap());
        if of > 0 {
            dimensions.entry(no[..2].to_owned()).or_default().push(100.0 * met as f64 / of as f64);
        }
    }
    let means = dimensions.values().map(|all| all.iter().sum::<f64>() / all.len() as f64);
    let means: Vec<f64> = means.collect();
    means.iter().sum::<f64>() / means.len() as f64
}

#[tokio::test]
async fn the_score_of_the_sample_and_of_a_damaged_sample_is_the_one_made_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let sample = call(&desk, "quality.get", json!({})).await;
    let score = |quality: &Value| quality["score"].as_f64().unwrap();
    // The sample has no mistakes: everything that is measured of the way it is filled is whole.
    for no in ["0101", "0102", "0103", "0105", "0201", "0302", "0303", "0304", "0305"] {
        let (met, of) = share(&sample, no);
        assert!(met == of && of > 0, "{no}: {met} of {of}");
    }
    for no in ["0106", "0202", "0301", "0502", "0601", "0602"] {
        assert_eq!(share(&sample, no).1, 0, "{no} is not measured");
    }
    assert!((score(&sample) - by_hand(&sample)).abs() < 1e-9);
    assert_eq!(sample["dimensions"][5]["score"], Value::Null, "nothing of 可访问性 is measured");

    let set =
        |row: u64, column: &str, value: &str| json!({ "do": "set", "row": row, "column": column, "value": value });
    // Two cells of two records that are no numbers, one code that is in no list, one required cell that is empty.
    let changes = [set(1, "SXSC", "很久"), set(2, "SXSC", "很久"), set(3, "SFDK", "大致"), set(4, "XSXM", "")];
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": changes })).await;
    let damaged = call(&desk, "quality.get", json!({ "digest": true })).await;
    let lost = |no: &str| {
        let ((met, of), (met_now, of_now)) = (share(&sample, no), share(&damaged, no));
        (of - of_now, (of_now - met_now) - (of - met))
    };
    assert_eq!(lost("0101"), (1, 3), "one cell less is filled, three do not follow the standard");
    assert_eq!(lost("0302"), (1, 2));
    assert_eq!(lost("0105"), (0, 1));
    assert_eq!(lost("0201"), (0, 1));
    assert_eq!(lost("0305"), (0, 4), "four records are dirty");
    assert_eq!(lost("0303"), (0, 0));
    assert!((score(&damaged) - by_hand(&damaged)).abs() < 1e-9);
    assert!(score(&damaged) < score(&sample));
    let worst = &damaged["tables"][0];
    assert_eq!(worst["table"], TABLE, "{worst}");
    assert_eq!(damaged["digest"].as_str().unwrap().len(), 64);
    // What is lost is what lacks of a hundred.
    let losses = damaged["losses"].as_array().unwrap();
    let points: f64 = losses.iter().map(|loss| loss["points"].as_f64().unwrap()).sum();
    assert!(losses.len() < 50 && (points - (100.0 - score(&damaged))).abs() < 1e-9, "{points}");
}

#[tokio::test]
async fn weights_and_expected_numbers_are_the_colleges() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let rows = call(&desk, "fill.rows", json!({ "table": TABLE, "limit": 1 })).await["total"].as_u64().unwrap();
    let settings = |weight: f64| json!({ "dimensions": { "02": weight }, "indicators": { "0201": 0 }, "expected": { TABLE: rows * 2 } });
    call(&desk, "quality.set", settings(1.0)).await;
    let quality = call(&desk, "quality.get", json!({})).await;
    assert_eq!(share(&quality, "0202"), (rows, rows * 2));
    assert_eq!(quality["dimensions"][1]["score"], 50.0, "0201 weighs nothing");
    let refused = desk.call("quality.set", settings(-1.0)).await.unwrap_err();
    assert_eq!(refused.code, "quality.weight");
    assert_eq!(call(&desk, "quality.settings", json!({})).await["expected"][TABLE], rows * 2);
    let refused = desk.call("quality.get", json!({ "period": "nie" })).await.unwrap_err();
    assert_eq!(refused.code, "quality.period");
}

#[tokio::test]
async fn the_report_is_a_page_and_a_workbook_with_the_digest_of_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let written = call(&desk, "quality.write", json!({ "path": path("报告.html") })).await;
    let page = std::fs::read_to_string(path("报告.html")).unwrap();
    assert!(page.contains(written["digest"].as_str().unwrap()));
    for words in ["未测：", "0101 数据标准", "不是主管部门的评分", "GB/T 36344-2018"] {
        assert!(page.contains(words), "{words}");
    }
    call(&desk, "quality.write", json!({ "path": path("报告.xlsx") })).await;
    assert!(std::fs::read(path("报告.xlsx")).unwrap().starts_with(b"PK"));
    let refused = desk.call("quality.write", json!({ "path": path("报告.pdf") })).await.unwrap_err();
    assert_eq!(refused.code, "quality.not-a-report");
}

#[tokio::test]
async fn every_rule_has_one_of_five_states() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let states = call(&desk, "check.rules", json!({})).await;
    let rules = states["rules"].as_array().unwrap();
    let counts = states["counts"].as_object().unwrap();
    assert_eq!(counts.values().filter_map(Value::as_u64).sum::<u64>(), rules.len() as u64);
    assert_eq!(counts["not_run"], 0, "{counts:?}");
    let set = json!({ "do": "set", "row": 1, "column": "SXJSRQ", "value": "20200101" });
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": [set] })).await;
    let after = call(&desk, "check.rules", json!({})).await;
    let state = |states: &Value| {
        let mut rules = states["rules"].as_array().unwrap().iter();
        let rule = rules.rfind(|rule| rule["rule"] == "ODS_SXJCSJ.end-not-before-start").unwrap();
        rule["state"].clone()
    };
    assert_eq!((state(&states), state(&after)), (json!("holds"), json!("found")));
    assert!(states["plain"].as_array().unwrap().len() < states["fields"].as_u64().unwrap() as usize);
}
