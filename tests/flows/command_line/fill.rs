//! `new`, `set`, `rows`, `check`, `template`, `export`, `import`, `undo`, `history`, and which book they use.

use serde_json::{Value, json};

use super::has;
use crate::fixture::{EDITION, Home, INTERNSHIPS, PERIOD, SCHOOL, Sheet, VISITS};

/// A PC with a book that has three correct records of visits.
fn visits() -> Home {
    let home = Home::new();
    home.new_book();
    for (day, visits) in [("20260901", "5"), ("2026-9-2", "60"), ("20260903", "700")] {
        set(&home, 0, "new", &[&format!("FWRQ={day}"), &format!("DZQKFWCS={visits}"), "DZTSFWCS=1"]);
    }
    home
}

#[track_caller]
fn set(home: &Home, code: i32, row: &str, cells: &[&str]) -> Value {
    home.json(code, &[&["set", VISITS, row], cells].concat())
}

fn column(rows: &Value, column: &str) -> Vec<String> {
    rows["rows"].as_array().unwrap().iter().map(|row| row[column].as_str().unwrap().to_owned()).collect()
}

#[test]
fn records_are_set_read_and_checked() {
    let home = visits();
    // Usual forms of values are understood, and wrong values are stored with findings.
    let wrong = set(&home, 1, "new", &["FWRQ=20260931", "DZQKFWCS=八百"]);
    has(&wrong, &["row", "findings"]);
    let keys = ["table", "row", "key", "column", "rule", "level", "value", "message", "suggestion"];
    let found = wrong["findings"].as_array().unwrap();
    found.iter().for_each(|finding| has(finding, &keys));
    let rules: Vec<_> = found.iter().map(|f| (f["column"].as_str().unwrap(), f["rule"].as_str().unwrap())).collect();
    assert_eq!(rules, [("DZQKFWCS", "type"), ("DZTSFWCS", "required"), ("FWRQ", "date")]);
    assert_eq!(wrong["row"], 4);

    let rows = home.json(0, &["rows", VISITS]);
    has(&rows, &["table", "total", "rows"]);
    has(&rows["rows"][0], &["_row", "ZJSJWYXBS", "XXDM", "FWRQ", "SJCJSJ"]);
    assert_eq!(column(&rows, "FWRQ"), ["20260901", "20260902", "20260903", "20260931"]);
    assert_eq!(rows["rows"][3]["DZQKFWCS"], "八百");
    for (words, total, expect) in [
        (&["--where", "CAST(DZQKFWCS AS INTEGER) > 50"][..], 2, &["60", "700"][..]),
        (&["--where", "FWRQ = '20260901' -- and no more"], 1, &["5"]),
        (&["--limit", "2"], 4, &["5", "60"]),
        (&["--limit", "2", "--offset", "3"], 4, &["八百"]),
        (&["--where", "DZTSFWCS IS NULL"], 1, &["八百"]),
    ] {
        let rows = home.json(0, &[&["rows", VISITS], words].concat());
        assert_eq!(
            (&rows["total"], column(&rows, "DZQKFWCS")),
            (&json!(total), expect.iter().map(|v| v.to_string()).collect()),
            "{words:?}"
        );
    }

    let checked = home.json(1, &["check"]);
    has(&checked, &["rows", "tables", "seconds", "counts", "findings"]);
    assert_eq!(
        (&checked["rows"], &checked["tables"], &checked["counts"]["mandatory"]),
        (&json!(4), &json!(1), &json!(3))
    );
    assert_eq!(checked["findings"], wrong["findings"]);
    assert_eq!(home.json(1, &["check", VISITS, "--level", "confirm"])["findings"], json!([]));
    assert_eq!(home.json(0, &["check", INTERNSHIPS])["rows"], 0);
    let mended = set(&home, 0, "4", &["FWRQ=20260930", "DZQKFWCS=800", "DZTSFWCS=1"]);
    assert_eq!(mended, json!({ "row": 4, "findings": [] }));
    assert_eq!(home.run(["check"]).code, 0);
}

#[test]
fn personal_values_are_masked_wherever_they_leave() {
    let home = Home::new();
    home.new_book();
    let set = home.json(1, &["set", INTERNSHIPS, "new", "XH=2024030105", "XSXM=欧阳示例", "SXCJ=88.55"]);
    let score = |document: &Value| {
        let found = document["findings"].as_array().unwrap();
        found.iter().find(|f| f["rule"] == "precision").unwrap().clone()
    };
    for document in [set, home.json(1, &["check"])] {
        let finding = score(&document);
        assert_ne!(finding["value"], "88.55");
        assert!(!finding["message"].as_str().unwrap().contains("88.55"), "{finding}");
    }
    let history = home.run(["history", "--json"]).out;
    assert!(!history.contains("2024030105") && !history.contains("欧阳示例"), "{history}");
}

#[test]
fn steps_are_listed_and_taken_back() {
    let home = visits();
    set(&home, 0, "1", &["DZQKFWCS=6"]);
    let steps = home.json(0, &["history"]);
    let list = steps["steps"].as_array().unwrap();
    assert_eq!(list.len(), 4);
    has(&list[0], &["step", "at", "who", "kind", "rows"]);
    let numbers = |document: &Value| -> Vec<i64> {
        document["steps"].as_array().unwrap().iter().map(|step| step["step"].as_i64().unwrap()).collect()
    };
    assert_eq!(numbers(&steps), [4, 3, 2, 1], "newest first");
    assert_eq!(numbers(&home.json(0, &["history", VISITS, "--limit", "1", "--offset", "1"])), [3]);
    assert_eq!(numbers(&home.json(0, &["history", INTERNSHIPS])), [] as [i64; 0]);

    assert_eq!(numbers(&home.json(0, &["undo"])), [4]);
    assert_eq!(column(&home.json(0, &["rows", VISITS]), "DZQKFWCS"), ["5", "60", "700"]);
    assert_eq!(numbers(&home.json(0, &["undo", "2"])), [3, 2]);
    assert_eq!(column(&home.json(0, &["rows", VISITS]), "DZQKFWCS"), ["5"]);
    assert_eq!(numbers(&home.json(0, &["undo", "9"])), [1], "only as many steps as there are");
    assert_eq!(home.json(0, &["undo"]), json!({ "steps": [] }));
}

#[test]
fn rows_travel_through_files() {
    let home = visits();
    let written = home.json(0, &["template", VISITS, INTERNSHIPS, "-o", "模板.xlsx", "--with-rows"]);
    let sheets = json!([{ "table": VISITS, "rows": 3 }, { "table": INTERNSHIPS, "rows": 0 }]);
    assert_eq!(written["sheets"], sheets);
    assert!(home.path("模板.xlsx").is_file());
    assert_eq!(home.json(0, &["template", "--all", "-o", "全部.xlsx"])["sheets"].as_array().unwrap().len(), 98);

    for ending in ["xlsx", "ods", "csv", "json"] {
        let file = format!("导出.{ending}");
        let exported = home.json(0, &["export", VISITS, "-o", &file, "--codes"]);
        assert_eq!(exported, json!({ "file": file, "files": [file], "rows": 3 }));
        assert!(std::fs::metadata(home.path(&file)).unwrap().len() > 0);
        if ending == "json" {
            continue;
        }
        // Imported into another book, all records are new, in one step that can be undone. Imported into this book,
        // none changes.
        let other = home.text("另一本.tianbao");
        let _ = std::fs::remove_file(&other);
        home.json(
            0,
            &["--book", &other, "new", "--edition", EDITION, "--school", SCHOOL, "--name", "示例", "--period", PERIOD],
        );
        let proposal = home.json(0, &["--book", &other, "import", &file]);
        has(&proposal, &["files", "applied", "undo"]);
        let keys = [
            "sheet",
            "table",
            "header_row",
            "rows",
            "new",
            "changed",
            "unchanged",
            "conflicts",
            "unreadable",
            "unmapped_columns",
            "findings",
        ];
        let sheet = &proposal["files"][0]["sheets"][0];
        has(sheet, &keys);
        assert_eq!(
            (&sheet["new"], &proposal["applied"], &proposal["undo"]),
            (&json!(3), &json!(false), &Value::Null),
            "{file}"
        );
        assert_eq!(home.json(0, &["--book", &other, "rows", VISITS])["total"], 0, "a proposal changes nothing");
        let applied = home.json(0, &["--book", &other, "import", &file, "--apply", "--table", VISITS]);
        assert_eq!((&applied["applied"], &applied["undo"]), (&json!(true), &json!(1)));
        assert_eq!(column(&home.json(0, &["--book", &other, "rows", VISITS]), "FWRQ").len(), 3);
        assert_eq!(home.json(0, &["import", &file, "--apply"])["files"][0]["sheets"][0]["unchanged"], 3);
        assert_eq!(home.json(0, &["--book", &other, "undo"])["steps"][0]["step"], 1);
        assert_eq!(
            home.json(0, &["rows", VISITS])["total"],
            0,
            "the book opened last is the other one, and empty again"
        );
        let first = home.text(&format!("books/示例 {EDITION}.tianbao"));
        assert_eq!(home.json(0, &["--book", &first, "rows", VISITS])["total"], 3);
    }
}

#[test]
fn names_codes_findings_and_conflicts() {
    let home = Home::new();
    home.new_book();
    let major =
        ["ZYMC=软件技术", "ZYH=510203", "PZSZNY=200803", "SCZSNY=200809", "ZYCCM=高职专科", "XZM=3", "SFZDZY=是"];
    home.json(0, &[&["set", "ODS_ZYSZSJ", "new"], &major[..]].concat());
    let exported = |words: &[&str]| {
        home.json(0, &[&["export", "ODS_ZYSZSJ", "-o", "专业.csv"], words].concat());
        std::fs::read_to_string(home.path("专业.csv")).unwrap()
    };
    assert!(exported(&[]).contains(",2,3,"), "codes by default");
    assert!(exported(&["--names"]).contains(",高职专科,三年制,"));

    home.json(1, &["set", "ODS_ZYSZSJ", "1", "XZM=九年"]);
    assert_eq!(home.json(0, &["export", "ODS_ZYSZSJ", "-o", "问题.xlsx", "--findings"])["rows"], 1);
    // A file with a mandatory finding is imported unchanged, with exit code 1.
    let template = ["template", "ODS_ZYSZSJ", "--with-rows", "-o", "专业.xlsx"];
    home.json(0, &template);
    assert_eq!(home.json(1, &["import", "专业.xlsx"])["files"][0]["sheets"][0]["findings"], 1);

    // What only the book changed since the file was written stays.
    let name = || home.json(0, &["rows", "ODS_ZYSZSJ"])["rows"][0]["ZYMC"].as_str().unwrap().to_owned();
    home.json(0, &["set", "ODS_ZYSZSJ", "1", "XZM=3", "ZYMC=软件与信息服务"]);
    let applied = home.json(0, &["import", "专业.xlsx", "--apply"]);
    let sheet = &applied["files"][0]["sheets"][0];
    assert_eq!((&sheet["conflicts"], &sheet["changed"], &sheet["unchanged"]), (&json!(0), &json!(0), &json!(1)));
    assert_eq!(name(), "软件与信息服务");

    // What both changed waits until the option says which value is kept.
    let file = home.path("专业.xlsx");
    let mut edited = Sheet::open(&file);
    let cell = ["A3", "B3", "C3", "D3"].into_iter().find(|cell| edited.cell(cell) == "软件技术").unwrap();
    edited.set(cell, "软件工程").save();
    for (winner, expect) in [
        (None, "软件与信息服务"),
        (Some("ours"), "软件与信息服务"),
        (Some("skip"), "软件与信息服务"),
        (Some("theirs"), "软件工程"),
    ] {
        let choice: Vec<&str> = winner.iter().flat_map(|winner| ["--conflicts", *winner]).collect();
        // What still waits is exit code 1.
        let code = i32::from(winner.is_none());
        let applied = home.json(code, &[&["import", "专业.xlsx", "--apply"], &choice[..]].concat());
        assert_eq!(applied["files"][0]["sheets"][0]["conflicts"], 1);
        assert_eq!(name(), expect, "{winner:?}");
    }
}
