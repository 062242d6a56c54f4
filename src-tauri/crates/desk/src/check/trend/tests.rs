//! A period closes, the next one is filled with drifts that are planted, and each is asked about at its place.

use serde_json::{Value, json};

use crate::testing::{call, sample_book};

const TABLE: &str = "ODS_SXJCSJ";

/// Rule and column of the findings about jumps of a table.
async fn jumps(desk: &std::sync::Arc<crate::Desk>) -> Vec<(String, String)> {
    call(desk, "check.run", json!({ "tables": [TABLE], "job": 0 })).await;
    let query = json!({ "table": TABLE, "limit": 500 });
    let found = call(desk, "check.findings", query).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = found["findings"].as_array().unwrap().iter();
    let mut told: Vec<_> = all
        .filter(|one| text(&one["rule"]).starts_with("drift-"))
        .map(|one| (text(&one["rule"]), text(&one["column"])))
        .collect();
    told.sort();
    told
}

#[tokio::test]
async fn planted_drifts_are_asked_about_and_what_stayed_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let mut settings = call(&desk, "settings.get", json!({})).await;
    let closed = settings["period"].as_str().unwrap().to_owned();
    assert_eq!(&closed[9..], "-1", "the sample is filled for an autumn term");
    assert_eq!(jumps(&desk).await, [], "there is nothing to compare with");
    settings["period"] = json!(format!("{}-2", &closed[..9]));
    call(&desk, "settings.set", settings.clone()).await;
    let carry = json!({ "table": TABLE, "from": closed, "columns": [] });
    call(&desk, "fill.carry_over", carry).await;

    // What was carried over differs in nothing; its dates are still those of the period before, if they tell the time.
    let told = jumps(&desk).await;
    assert!(told.iter().all(|(rule, _)| rule == "drift-stale"), "{told:?}");

    let page = call(&desk, "fill.page", json!({ "view": { "table": TABLE }, "offset": 0, "limit": 500 })).await;
    let rows = page["rows"].as_array().unwrap();
    let mut changes = Vec::new();
    for (at, record) in rows.iter().enumerate() {
        let set =
            |column: &str, value: &str| json!({ "do": "set", "row": record["row"], "column": column, "value": value });
        // Days in place of weeks, a code turned round, a column that is half empty.
        let weeks: u64 = record["cells"]["SXSC"].as_str().unwrap().parse().unwrap();
        changes.push(set("SXSC", &(weeks * 7).to_string()));
        changes.push(set("SFDK", if record["cells"]["SFDK"] == "1" { "0" } else { "1" }));
        if at % 2 == 0 {
            changes.push(set("SXNR", ""));
        }
    }
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": changes })).await;
    let told = jumps(&desk).await;
    for (rule, column) in [("drift-mean", "SXSC"), ("drift-code", "SFDK"), ("drift-empty", "SXNR")] {
        assert!(told.contains(&(rule.to_owned(), column.to_owned())), "{rule} {column}: {told:?}");
    }
    assert!(
        told.iter().all(|(rule, column)| rule == "drift-stale" || ["SXSC", "SFDK", "SXNR"].contains(&column.as_str()))
    );

    let delete: Vec<Value> =
        rows.iter().skip(100).map(|record| json!({ "do": "delete", "row": record["row"] })).collect();
    call(&desk, "fill.edit", json!({ "table": TABLE, "changes": delete })).await;
    let told = jumps(&desk).await;
    assert!(told.contains(&("drift-rows".to_owned(), String::new())), "{told:?}");

    // A table with fewer records than expected is seen without a check.
    let mut quality = call(&desk, "quality.settings", json!({})).await;
    quality["expected"] = json!({ TABLE: 380 });
    call(&desk, "quality.set", quality).await;
    let ask = json!({ "by": "cause", "within": { "tables": [TABLE], "rule": "drift-expected" } });
    let group = call(&desk, "check.groups", ask).await["groups"][0].clone();
    assert_eq!((&group["count"], &group["value"]), (&json!(1), &json!("100")));

    // It is explained like every finding of its level.
    let explain = json!({ "selection": group["selection"], "text": "本学期实习分两批，第二批还没有开始" });
    assert_eq!(call(&desk, "check.explain_all", explain).await["explained"], 1);

    let list = call(&desk, "trend.list", json!({})).await;
    let table = list["tables"].as_array().unwrap().iter().find(|one| one["table"] == TABLE).unwrap().clone();
    assert_eq!((&table["periods"][0]["rows"], &table["periods"][1]["rows"]), (&json!(100), &json!(rows.len())));
    assert_eq!(table["expected"], 380);
    assert!(table["jumps"].as_u64().unwrap() >= 4, "{table}");
    let detail = call(&desk, "trend.table", json!({ "table": TABLE })).await;
    assert_eq!((&detail["rows"][0], &detail["rows"][1]), (&json!(100), &json!(rows.len())));
    assert_eq!((&detail["keys"]["added"], &detail["keys"]["gone"]), (&json!(0), &json!(rows.len() - 100)));
    let weeks = detail["columns"].as_array().unwrap().iter().find(|one| one["column"] == "SXSC").unwrap();
    assert_eq!(weeks["sums"].as_array().unwrap().len(), 2);

    // With 0 per cent nothing is asked but what is expected.
    call(&desk, "trend.set_limits", json!({ "percent": 0, "points": 20, "least": 10 })).await;
    assert_eq!(jumps(&desk).await, [("drift-expected".to_owned(), String::new())]);

    // Back in the period that was closed nothing is told of the later one.
    settings["period"] = json!(closed);
    call(&desk, "settings.set", settings).await;
    let found = call(&desk, "check.findings", json!({ "table": TABLE, "limit": 500 })).await;
    let rules: Vec<&Value> = found["findings"].as_array().unwrap().iter().map(|one| &one["rule"]).collect();
    assert!(rules.iter().all(|rule| !rule.as_str().unwrap().starts_with("drift-") || *rule == "drift-expected"));
}
