//! Explaining a finding whose value the page has only masked.

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
