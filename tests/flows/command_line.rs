//! The contract of the command line: each command is run, and its JSON keys and exit codes are compared.

mod fill;
mod submit;

use serde_json::{Value, json};

use crate::fixture::{EDITION, Home, VISITS};

/// Requires that a document has at least these keys; further keys may be added at any time.
#[track_caller]
fn has(document: &Value, keys: &[&str]) {
    let object = document.as_object().unwrap_or_else(|| panic!("not an object: {document}"));
    let missing: Vec<_> = keys.iter().filter(|key| !object.contains_key(**key)).collect();
    assert!(missing.is_empty(), "{missing:?} missing in {document}");
}

#[test]
fn the_standard_is_there_without_a_book() {
    let home = Home::new();
    let editions = home.json(0, &["editions"]);
    let edition = editions.as_array().unwrap().iter().find(|edition| edition["id"] == EDITION).unwrap();
    has(edition, &["id", "title", "issued", "level", "tables", "fields", "code_lists", "codes", "rules"]);
    let counts = ["tables", "fields", "code_lists", "codes"].map(|key| edition[key].as_u64().unwrap());
    assert_eq!(counts, [98, 1_274, 130, 1_271]);

    for edition in [&["--edition", EDITION][..], &[]] {
        let table = home.json(0, &[&["show", "ODS_ZYSZSJ"], edition].concat());
        has(&table, &["table", "title", "subset", "frequency", "scope", "primary_key", "fields"]);
        let field = table["fields"].as_array().unwrap().iter().find(|field| field["column"] == "ZYCCM").unwrap();
        has(field, &["column", "title", "type", "required", "max_length", "format", "code_list"]);
        assert_eq!((&field["required"], &field["code_list"]), (&json!(true), &json!("ZYCCDM")));
    }
    // Messages are in the requested language; texts of the standard stay Chinese.
    assert!(home.run(["show", "ODS_ZYSZSJ"]).out.contains("专业设置数据子类表"));
    let [zh, en] = ["zh", "en"].map(|language| home.run(["--lang", language, "show", "ODS_NONE"]));
    assert_eq!((zh.code, en.code), (2, 2));
    assert!(zh.err.contains("没有") && en.err.is_ascii() && en.err.contains("ODS_NONE"), "{zh:?} {en:?}");
}

#[test]
fn the_sample_college_is_a_book_that_passes_its_checks() {
    let home = Home::new();
    let made = home.json(0, &["new", "--edition", EDITION, "--sample"]);
    has(&made, &["book", "edition", "tables", "rows"]);
    assert_eq!((&made["edition"], &made["tables"]), (&json!(EDITION), &json!(98)));
    let checked = home.json(0, &["check"]);
    assert_eq!((&checked["rows"], &checked["findings"]), (&made["rows"], &json!([])));

    let status = home.json(0, &["status"]);
    has(&status, &["tables", "today", "warnings"]);
    has(&status["today"], &["sent", "stored", "rejected"]);
    let tables = status["tables"].as_array().unwrap();
    let keys = ["table", "title", "department", "rows", "complete", "findings", "due", "last_submitted", "accepted"];
    tables.iter().for_each(|table| has(table, &keys));
    let rows: u64 = tables.iter().map(|table| table["rows"].as_u64().unwrap()).sum();
    assert_eq!((tables.len(), json!(rows)), (98, made["rows"].clone()));

    // The template for a department has a sheet for each of its tables.
    let department = tables.iter().find(|table| table["table"] == VISITS).unwrap()["department"].as_str().unwrap();
    let own: Vec<&Value> = tables.iter().filter(|table| table["department"] == department).collect();
    let written = home.json(0, &["template", "--department", department, "--with-rows", "-o", "部门.xlsx"]);
    has(&written, &["file", "sheets"]);
    let sheets = written["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), own.len());
    for sheet in sheets {
        let table = own.iter().find(|table| table["table"] == sheet["table"]).unwrap();
        assert_eq!(sheet["rows"], table["rows"]);
    }
    // An import of the template reports that no record changed.
    let read = home.json(0, &["import", "部门.xlsx"]);
    for sheet in read["files"][0]["sheets"].as_array().unwrap() {
        let table = own.iter().find(|table| table["table"] == sheet["table"]).unwrap();
        assert_eq!((&sheet["unchanged"], &sheet["rows"]), (&table["rows"], &table["rows"]), "{sheet}");
    }
}
