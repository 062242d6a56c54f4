//! How many commits and connections one typed edit needs, in a book of the invented college.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::session::Desk;
use crate::testing::{call, sample_book};
use crate::verify::checks::Checks;

/// Records that a table has at least whose edits are counted.
const RECORDS: u64 = 400;

/// Types `value` into a cell of the first record.
async fn edit(desk: &Arc<Desk>, table: &str, row: &Value, column: &str, value: &str) {
    let change = json!({ "do": "set", "row": row, "column": column, "value": value });
    let edited = call(desk, "fill.edit", json!({ "table": table, "changes": [change] })).await;
    assert_ne!(edited["step"], 0, "{table} {column} {value} changes the record");
}

#[tokio::test]
async fn an_edit_makes_at_most_two_commits_and_opens_no_connection() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let edition = desk.opened().unwrap().edition.clone();
    let mut counted = 0;
    for table in &edition.tables {
        let open = desk.opened().unwrap();
        if open.book.count(&table.name, &open.period()).unwrap() < RECORDS {
            continue;
        }
        let view = json!({ "table": table.name, "filters": [], "sort": [], "only_findings": false, "find": "" });
        let page = call(&desk, "fill.page", json!({ "view": view, "offset": 0, "limit": 1 })).await;
        let row = &page["rows"][0]["row"];
        // The first column of the natural key: references to the record and duplicates of it are checked as well.
        let own = table.natural_key.iter().find(|column| table.field(column).is_some_and(|field| !field.is_system()));
        let column = own.unwrap_or_else(|| panic!("{} has a natural key", table.name));
        edit(&desk, &table.name, row, column, "一").await;
        let before = open.book.effort();
        edit(&desk, &table.name, row, column, "二").await;
        let after = open.book.effort();
        let cost = (after.commits - before.commits, after.connections - before.connections);
        assert!((1..=2).contains(&cost.0) && cost.1 == 0, "{}.{column}: {cost:?} commits and connections", table.name);
        counted += 1;
    }
    assert!(counted > 10, "{counted} tables have {RECORDS} records");
}

/// The checks of single records that the book keeps for its first table.
fn checker(desk: &Desk) -> Arc<check::TableChecker> {
    let open = desk.opened().unwrap();
    open.extensions.get::<Checks>().checker(&open, &open.edition.tables[0])
}

#[tokio::test]
async fn checks_of_single_records_are_kept_until_the_edition_changes() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let kept = checker(&desk);
    let table = desk.opened().unwrap().edition.tables[0].clone();
    let field = table.fields.iter().find(|field| !field.is_system()).unwrap();
    edit(&desk, &table.name, &json!(1), &field.column, "一").await;
    assert!(Arc::ptr_eq(&kept, &checker(&desk)));
    let additions = call(&desk, "overlay.get", json!({})).await;
    call(&desk, "overlay.save", additions).await;
    assert!(!Arc::ptr_eq(&kept, &checker(&desk)));
}
