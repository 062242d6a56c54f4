//! Texts at random in fields of every kind, valid and not: what goes into a workbook or a text file comes back the
//! same.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use standard::{Field, Kind, Standards, Table};

use crate::came_back::counts;
use crate::fixture::{Clerk, EDITION, Home, env};

/// Text of a kind as clerks type it, or text that has nothing to do with it.
fn text(kind: Kind) -> BoxedStrategy<String> {
    let usual: &'static str = match kind {
        Kind::Integer => "-?[0-9]{1,17}|0[0-9]{1,4}|[0-9]{1,6}\\.0",
        Kind::Decimal => "-?[0-9]{1,12}(\\.[0-9]{1,6})?|\\.5|[0-9]{1,3}(,[0-9]{3}){1,2}",
        Kind::Date => "20[0-4][0-9](0[1-9]|1[0-2])(0[1-9]|[12][0-9])|20[0-4][0-9]-[1-9]-[1-9]|[0-9]{5}",
        Kind::DateTime => "20[0-4][0-9]0[1-9][12][0-9] [01][0-9][0-5][0-9][0-5][0-9]",
        Kind::Time => "[01][0-9][0-5][0-9][0-5][0-9]",
        Kind::Year => "19[0-9]{2}|20[0-9]{2}",
        Kind::YearMonth => "20[0-9]{2}(0[1-9]|1[0-2])|20[0-9]{2}-[1-9]",
        Kind::Code | Kind::Codes => "[0-9]{1,6}|0[0-9]|[一-龥]{1,6}",
        _ => "[a-zA-Z0-9一-龥 ·()（）,，;、.:'\"=+@/<>&_-]{0,24}",
    };
    let odd = "[ -~一-龥　-〟！-～]{0,12}";
    prop_oneof![6 => usual.prop_map(|text: String| text), 1 => odd.prop_map(|text: String| text)].boxed()
}

fn record(fields: &[Field]) -> impl Strategy<Value = BTreeMap<String, String>> + use<> {
    let cell = |field: &Field| (Just(field.column.clone()), text(field.kind));
    let cells: Vec<_> = fields.iter().filter(|field| !field.is_system()).map(cell).collect();
    cells.prop_map(|cells| cells.into_iter().collect())
}

#[test]
fn text_of_every_kind_comes_back() {
    let edition = Standards::builtin().unwrap().edition(EDITION).unwrap();
    // The first tables that together have every kind of the edition.
    let mut met = BTreeSet::new();
    let mut is_new = |table: &&Table| {
        let kinds: Vec<String> = table.fields.iter().map(|field| format!("{:?}", field.kind)).collect();
        kinds.into_iter().filter(|kind| met.insert(kind.clone())).count() > 0
    };
    let tables: Vec<&Table> = edition.tables.iter().filter(|table| is_new(table)).collect();
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    for table in tables {
        let config = ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let came_back = runner.run(&record(&table.fields), |values| {
            let change = json!({ "do": "insert", "values": values });
            let added =
                clerk.call("fill.edit", json!({ "table": table.name, "changes": [change] }))["added"][0].clone();
            let before =
                clerk.call("fill.record", json!({ "table": table.name, "row": added }))["record"]["cells"].clone();
            for form in ["xlsx", "ods", "csv"] {
                let path = home.path(&format!("kinds.{form}"));
                clerk.call("workbook.export", json!({ "tables": [table.name], "path": path }));
                let proposal = clerk.call("workbook.preview", json!({ "files": [path], "once": true }));
                let sheet = &proposal["files"][0]["sheets"][0];
                prop_assert_eq!(counts(sheet), json!({ "unchanged": 1 }), "{} {} {}", form, before, sheet);
                clerk.call("workbook.drop", json!({ "proposal": proposal["id"] }));
            }
            let delete = json!({ "do": "delete", "row": added });
            let _: Value = clerk.call("fill.edit", json!({ "table": table.name, "changes": [delete] }));
            Ok(())
        });
        came_back.unwrap_or_else(|failed| panic!("{}: {failed}", table.name));
    }
}
