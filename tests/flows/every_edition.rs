//! Every feature works with each edition: a book with the records of the sample school, checks, templates and imports,
//! edits and undo, search, exports, the home screen, a rehearsal. The same flow runs for each built-in edition.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use standard::{Edition, Kind, Standards};

use crate::fixture::{Clerk, Home, PASSPHRASE, env};

/// A client with a book of the sample school of one edition.
struct Case {
    edition: Arc<Edition>,
    home: Home,
    clerk: Clerk,
    /// Tables with their numbers of records, the smallest first.
    rows: Vec<(String, usize)>,
}

impl Case {
    fn new(id: &str) -> Case {
        let edition = Standards::builtin().unwrap().edition(id).unwrap();
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        let mut rows: Vec<(String, usize)> =
            sample::tables(&edition).map(|(table, rows)| (table.to_owned(), rows.len())).collect();
        rows.sort_by_key(|(_, rows)| *rows);
        Case { edition, home, clerk, rows }
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.clerk.call(name, request)
    }

    fn all(&self) -> usize {
        self.rows.iter().map(|(_, rows)| rows).sum()
    }

    /// The `count` smallest tables with at least three records.
    fn small(&self, count: usize) -> Vec<&str> {
        self.rows.iter().filter(|(_, rows)| *rows > 2).map(|(table, _)| table.as_str()).take(count).collect()
    }

    fn findings(&self) -> u64 {
        self.call("check.findings", json!({ "limit": 1 }))["total"].as_u64().unwrap()
    }
}

fn runs(edition: &str) {
    let case = Case::new(edition);
    the_sample_school_is_a_book_without_findings(&case);
    home_and_departments_list_every_table(&case);
    the_search_finds_the_standard(&case);
    templates_come_back_unchanged(&case);
    an_edit_is_found_exported_and_undone(&case);
    a_rehearsal_takes_what_is_sent_once(&case);
}

#[test]
fn every_feature_works_with_gaozhi_2023_06() {
    runs("gaozhi-2023.06");
}

#[test]
fn every_feature_works_with_gaozhi_2024_09() {
    runs("gaozhi-2024.09");
}

#[test]
fn every_feature_works_with_zhongzhi_2023_06() {
    runs("zhongzhi-2023.06");
}

#[test]
fn every_edition_has_a_flow() {
    let known: BTreeSet<String> = Standards::builtin().unwrap().editions().iter().map(|e| e.id.clone()).collect();
    let run = ["gaozhi-2023.06", "gaozhi-2024.09", "zhongzhi-2023.06"].map(str::to_owned);
    assert_eq!(known, BTreeSet::from(run));
}

fn the_sample_school_is_a_book_without_findings(case: &Case) {
    let start = case.call("start.state", json!({}));
    assert_eq!(start["editions"][0]["id"], json!("gaozhi-2024.09"), "the newest is offered first");
    let school = sample::college(&case.edition);
    // The sample replaces the school that the clerk typed.
    let head = case.call(
        "book.create",
        json!({
            "edition": case.edition.id,
            "college": { "code": "", "name": "" },
            "period": "",
            "passphrase": PASSPHRASE,
            "sample": true,
        }),
    );
    assert_eq!(head["edition"], json!(case.edition.id), "{head}");
    let settings = case.call("settings.get", json!({}));
    let college = &settings["college"];
    assert_eq!((&college["code"], &college["name"]), (&json!(school.code), &json!(school.name)));
    assert_eq!(settings["period"], json!(school.period));

    let checked = case.call("check.run", json!({}));
    assert_eq!(checked["counts"], json!({ "mandatory": 0, "confirm": 0, "hint": 0 }));
    assert_eq!((&checked["rows"], &checked["failed_rules"]), (&json!(case.all()), &json!([])));
}

fn home_and_departments_list_every_table(case: &Case) {
    let home = case.call("home.get", json!({}));
    let tables = home["tables"].as_array().unwrap();
    assert_eq!(tables.len(), case.edition.tables.len());
    for (table, rows) in &case.rows {
        let shown = tables.iter().find(|shown| shown["table"] == json!(table)).unwrap();
        assert_eq!((&shown["rows"], &shown["to_send"]), (&json!(rows), &json!(rows)), "{shown}");
        assert!(!shown["department"].as_str().unwrap().is_empty(), "{shown}");
        assert!(shown["complete"].as_f64().unwrap() > 0.0, "{shown}");
    }
}

fn the_search_finds_the_standard(case: &Case) {
    let hit = |find: &str, kind: &str, key: &str, value: &str| {
        let found = case.call("standard.search", json!({ "find": find, "limit": 200 }));
        let hits = found["hits"].as_array().unwrap();
        let there = hits.iter().any(|hit| hit["kind"] == kind && hit[key] == value);
        assert!(there, "{}: {find} finds no {kind} {value}: {found}", case.edition.id);
    };
    let table = &case.edition.tables[0];
    hit(&table.title, "table", "table", &table.name);
    hit(&table.name, "table", "table", &table.name);
    let field = table.filled_fields().next().unwrap();
    hit(&field.title, "field", "column", &field.column);
    hit("xueqi", "list", "list", "XQDM");
    hit("qjxq", "code", "list", "XQDM");
    let codes = case.call("standard.codes", json!({ "list": "XQDM", "find": "秋季", "limit": 10 }));
    assert_eq!((&codes["total"], &codes["codes"][0]["code"]), (&json!(1), &json!("1")), "{codes}");
    let rule = &case.edition.rules[0];
    let rules = case.call("standard.rules", json!({ "table": rule.table, "find": "" }));
    assert!(rules["rules"].as_array().unwrap().iter().any(|shown| shown["id"] == json!(rule.id)), "{}", rule.id);
    let paper = json!({ "tables": [table.name], "path": case.home.text("说明.xlsx") });
    assert_eq!(case.call("standard.specification", paper)["file"], json!(case.home.text("说明.xlsx")));
}

fn templates_come_back_unchanged(case: &Case) {
    // Small tables and one of the largest.
    let mut tables = case.small(6);
    tables.push(&case.rows[case.rows.len() - 2].0);
    let path = case.home.text("模板.xlsx");
    case.call("workbook.template", json!({ "tables": tables, "with_rows": true, "path": path }));
    let proposal = case.call("workbook.preview", json!({ "files": [path] }));
    let sheets = proposal["files"][0]["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), tables.len());
    for sheet in sheets {
        let (_, rows) = case.rows.iter().find(|(table, _)| sheet["table"] == json!(table)).unwrap();
        assert_eq!((&sheet["rows"], &sheet["unchanged"]), (&json!(rows), &json!(rows)), "{sheet}");
        assert_eq!((&sheet["findings"], &sheet["remarks"]), (&json!(0), &json!([])), "{sheet}");
    }
    let applied = case.call("workbook.apply", json!({ "proposal": proposal["id"], "conflicts": "theirs" }));
    assert_eq!((&applied["new"], &applied["changed"]), (&json!(0), &json!(0)));
    for ending in ["xlsx", "ods", "csv", "json"] {
        let (table, rows) = (tables[0], case.rows.iter().find(|(table, _)| table == tables[0]).unwrap().1);
        let export = json!({ "tables": [table], "path": case.home.text(&format!("导出.{ending}")) });
        assert_eq!(case.call("workbook.export", export)["rows"], json!(rows), "{ending}");
    }
}

fn an_edit_is_found_exported_and_undone(case: &Case) {
    let numbered = |name: &str| {
        let table = case.edition.table(name)?;
        let own = |field: &&standard::Field| {
            field.kind == Kind::Integer && field.required && !table.natural_key.contains(&field.column)
        };
        Some((table.name.as_str(), table.filled_fields().find(own)?.column.as_str()))
    };
    let (table, column) = case.small(30).into_iter().find_map(numbered).unwrap();
    let first = || case.call("fill.page", json!({ "view": { "table": table }, "offset": 0, "limit": 1 }));
    let before = first()["rows"][0].clone();
    assert_eq!(before["state"], json!("new"), "{before}");
    let change = json!({ "do": "set", "row": before["row"], "column": column, "value": "许多" });
    let edited = case.call("fill.edit", json!({ "table": table, "changes": [change] }));
    assert_eq!(edited["rows"][0]["levels"][column], json!("mandatory"), "{edited}");
    assert!(case.findings() > 0);
    let history = case.call("fill.history", json!({ "table": table, "offset": 0, "limit": 1 }));
    assert_eq!(history["steps"][0]["cells"][0]["after"], json!("许多"), "{history}");

    // The workbook with findings has the one record that has any.
    let wrong = case.home.text("批注.xlsx");
    let exported = case.call("workbook.export", json!({ "tables": [table], "path": wrong, "findings": true }));
    assert_eq!(exported["rows"], json!(1));
    let proposal = case.call("workbook.preview", json!({ "files": [wrong] }));
    let sheet = &proposal["files"][0]["sheets"][0];
    assert_eq!((&sheet["table"], &sheet["unchanged"]), (&json!(table), &json!(1)), "{sheet}");

    case.call("fill.undo", json!({ "count": 1 }));
    assert_eq!((first()["rows"][0]["cells"].clone(), case.findings()), (before["cells"].clone(), 0));
    case.call("fill.redo", json!({ "count": 1 }));
    assert_eq!(first()["rows"][0]["cells"][column], json!("许多"));
    case.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(case.findings(), 0);
}

fn a_rehearsal_takes_what_is_sent_once(case: &Case) {
    let tables = case.small(2);
    let rows: usize =
        case.rows.iter().filter(|(table, _)| tables.contains(&table.as_str())).map(|(_, rows)| rows).sum();
    let send = || case.call("submit.send", json!({ "target": {}, "tables": tables }));
    let sent = send();
    assert_eq!((&sent["interrupted"], &sent["skipped"]), (&Value::Null, &json!([])), "{sent}");
    let results = case.call("submit.results", json!({ "wait": 60 }));
    let batches = results["batches"].as_array().unwrap();
    assert_eq!(batches.len(), 2, "{results}");
    for filed in batches {
        assert_eq!((&filed["batch"]["state"], &filed["rejected"]), (&json!("stored"), &json!([])), "{filed}");
    }
    let stored: u64 = batches.iter().map(|filed| filed["batch"]["stored"].as_u64().unwrap()).sum();
    assert_eq!(stored, rows as u64);
    let again = send();
    assert_eq!(again["batches"], json!([]), "nothing is sent twice");
    assert!(again["skipped"].as_array().unwrap().iter().all(|skipped| skipped["reason"] == "skipped.nothing-new"));
    assert_eq!(case.call("home.get", json!({}))["today"]["stored"], json!(0), "a rehearsal is no submission");
}

/// The same with the command line.
#[test]
fn the_command_line_makes_the_sample_of_the_2023_editions() {
    for id in ["gaozhi-2023.06", "zhongzhi-2023.06"] {
        let edition = Standards::builtin().unwrap().edition(id).unwrap();
        let home = Home::new();
        let made = home.json(0, &["new", "--edition", id, "--sample"]);
        let rows: usize = sample::tables(&edition).map(|(_, rows)| rows.len()).sum();
        let expect = (&json!(id), &json!(edition.tables.len()), &json!(rows));
        assert_eq!((&made["edition"], &made["tables"], &made["rows"]), expect);
        let status = home.json(0, &["status"]);
        assert_eq!(status["tables"].as_array().unwrap().len(), edition.tables.len());
    }
}
