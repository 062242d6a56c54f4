//! Explaining and correcting findings on a sample book.

use serde_json::{Value, json};

use crate::testing::{call, sample_book};

const TABLE: &str = "ODS_SXJCSJ";

/// The number of a student with a letter O for zero, and the mask that the page shows.
const WRONG: (&str, &str) = ("2024O141", "20＊＊41");

#[tokio::test]
async fn a_finding_about_a_masked_value_can_be_explained() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let change = json!({ "do": "set", "row": 1, "column": "XH", "value": WRONG.0 });
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": [change] })).await;
    let query = json!({ "table": TABLE, "row": 1, "column": "XH", "limit": 9 });
    let confirm = |page: &Value| page["findings"].as_array().unwrap().iter().find(|f| f["level"] == "confirm").cloned();
    let shown = confirm(&call(&desk, "check.findings", query.clone()).await).unwrap();
    assert_eq!(shown["value"], WRONG.1);
    let group = json!({ "table": TABLE, "column": "XH", "rule": shown["rule"], "value": shown["value"] });
    call(&desk, "check.explain", json!({ "group": group, "row": 1, "text": "学号由学校重新编排" })).await;
    let explained = confirm(&call(&desk, "check.findings", query).await).unwrap();
    assert_eq!(explained["explanation"], "学号由学校重新编排");
}

#[tokio::test]
async fn a_cause_is_corrected_in_one_step_that_is_taken_back_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let rows = call(&desk, "fill.rows", json!({ "table": TABLE, "limit": 4 })).await;
    let before: Vec<Value> = rows["rows"].as_array().unwrap().iter().map(|row| row["SXSC"].clone()).collect();
    let set = |row: u64, value: &str| json!({ "do": "set", "row": row, "column": "SXSC", "value": value });
    let changes = [set(1, "十二周"), set(2, "二十周"), set(3, "很久"), set(4, "十二周")];
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": changes })).await;
    let weeks = |rows: &Value| -> Vec<Value> {
        rows["rows"].as_array().unwrap().iter().map(|row| row["SXSC"].clone()).collect()
    };
    let ask = json!({ "table": TABLE, "limit": 4 });
    let found =
        call(&desk, "check.groups", json!({ "by": "cause", "within": { "tables": [TABLE], "column": "SXSC" } })).await;
    let group = found["groups"][0].clone();
    assert_eq!((&group["count"], &group["suggested"], &group["values"]), (&json!(4), &json!(3), &json!(3)), "{found}");

    let mend = |remedy: Value| json!({ "selection": group["selection"], "remedy": remedy, "job": 0 });
    let mended = call(&desk, "check.mend_all", mend(json!({ "do": "suggestion" }))).await;
    assert_eq!((&mended["cells"], &mended["rows"], &mended["left"]), (&json!(3), &json!(3), &json!(1)), "{mended}");
    assert_eq!(weeks(&call(&desk, "fill.rows", ask.clone()).await)[..2], [json!("12"), json!("20")]);
    call(&desk, "fill.undo", json!({ "count": 1, "step": mended["step"] })).await;
    assert_eq!(weeks(&call(&desk, "fill.rows", ask.clone()).await)[0], "十二周");

    let mended = call(&desk, "check.mend_all", mend(json!({ "do": "value", "with": "８" }))).await;
    assert_eq!((&mended["cells"], &mended["left"]), (&json!(4), &json!(0)));
    assert_eq!(weeks(&call(&desk, "fill.rows", ask.clone()).await), ["8", "8", "8", "8"].map(|text| json!(text)));
    call(&desk, "fill.undo", json!({ "count": 1, "step": mended["step"] })).await;
    let mended = call(&desk, "check.mend_all", mend(json!({ "do": "blank" }))).await;
    assert_eq!(mended["cells"], 4);
    call(&desk, "fill.undo", json!({ "count": 2, "step": null })).await;
    assert_eq!(weeks(&call(&desk, "fill.rows", ask).await), before);
}

#[tokio::test]
async fn cells_are_filled_from_the_record_that_the_number_names() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let names = |rows: Value| -> Vec<Value> {
        rows["rows"].as_array().unwrap().iter().map(|row| row["XSXM"].clone()).collect()
    };
    let ask = json!({ "table": TABLE, "limit": 3 });
    let before = names(call(&desk, "fill.rows", ask.clone()).await);
    assert!(before[0].is_string(), "{before:?}");
    let clear = |row: u64| json!({ "do": "set", "row": row, "column": "XSXM", "value": "" });
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": [clear(1), clear(2)] })).await;
    let within = json!({ "tables": [TABLE], "rule": "required" });
    let page = call(&desk, "check.groups", json!({ "by": "cause", "within": within })).await;
    assert_eq!(page["total"], 1, "{page}");
    let group = &page["groups"][0];
    let request = json!({ "selection": group["selection"], "remedy": { "do": "record" }, "job": 0 });
    let mended = call(&desk, "check.mend_all", request).await;
    assert_eq!((&mended["cells"], &mended["left"]), (&json!(2), &json!(0)));
    assert_eq!(names(call(&desk, "fill.rows", ask).await), before);
}

#[tokio::test]
async fn reasons_are_kept_once_and_only_open_questions_are_answered_for_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let reasons = json!({ "reasons": [" 属实 ", "", "属实", "校历不同"] });
    assert_eq!(call(&desk, "check.set_reasons", reasons).await["reasons"], json!(["属实", "校历不同"]));
    let edition = desk.opened().unwrap().edition.clone();
    let doubtful = edition.tables.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field)));
    let (table, field) = doubtful
        .filter(|(_, field)| !field.is_system())
        .find(|(_, field)| field.is_doubtful(standard::DoubtKind::Length))
        .unwrap();
    let answer = |rule: &str, text: &str| json!({ "table": table.name, "column": field.column, "rule": rule, "code": "finding.length", "text": text });
    let given = call(&desk, "check.answer", answer("length", "标准印错了长度")).await;
    assert_eq!(given["answers"][0]["text"], "标准印错了长度");
    let refused = desk.call("check.answer", answer("reference", "没有")).await.unwrap_err();
    assert_eq!(refused.code, "explain.not-open");
    assert_eq!(call(&desk, "check.answer", answer("length", "")).await["answers"], json!([]));
}

#[tokio::test]
async fn a_cause_is_explained_and_the_explanation_is_seen_where_it_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let set = |row: u64| json!({ "do": "set", "row": row, "column": "XH", "value": format!("2024O14{row}") });
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": [set(1), set(2)] })).await;
    let ask = json!({ "by": "cause", "within": { "tables": [TABLE], "column": "XH", "rule": "identifier" } });
    let group = call(&desk, "check.groups", ask.clone()).await["groups"][0].clone();
    assert_eq!((&group["count"], &group["explained"]), (&json!(2), &json!(0)), "{group}");
    let explain = |text: &str| json!({ "selection": group["selection"], "text": text });
    assert_eq!(call(&desk, "check.explain_all", explain("学校自编学号")).await["explained"], 2);
    let explained = call(&desk, "check.groups", ask.clone()).await["groups"][0].clone();
    assert_eq!((&explained["explained"], &explained["explanation"]), (&json!(2), &json!("学校自编学号")));
    let query = json!({ "selection": group["selection"], "limit": 9 });
    let found = call(&desk, "check.findings", query).await;
    assert!(found["findings"][0]["explained_at"].is_string(), "{found}");
    assert_eq!(call(&desk, "check.explain_all", explain("")).await["explained"], 2);
    assert_eq!(call(&desk, "check.groups", ask).await["groups"][0]["explained"], 0);
}
