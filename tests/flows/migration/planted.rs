//! Cells of every kind that a move decides about, and the expected result for each.

use serde_json::{Value, json};

use super::{Fixture, text};
use crate::fixture::VISITS;

const COURSES: &str = "ODS_KCJBSJ";
const PLANNED: &str = "ODS_JHKCSJ";
const STUDENTS: &str = "ODS_BYQXSXSJ";
const NAME: &str = "李示例";

/// A planned course with this number.
fn planned(number: &str, course: &str, more: &[(&str, &str)]) -> Value {
    let mut values = json!({
        "JHKCH": number, "KCH": course, "KKXND": "2026-2027", "KKXQM": "1", "SFZYHXKC": "1", "ZJJSGH": "9001",
    });
    for (column, value) in more {
        values[*column] = json!(value);
    }
    values
}

/// Adds the records to a book of the old edition.
pub fn plant(fixture: &Fixture) {
    fixture.insert(VISITS, &[json!({ "FWRQ": "20260917", "DZQKFWCS": "12", "DZTSFWCS": "34" })]);
    let student = |number: &str, kind: &str| {
        json!({ "XH": number, "XM": NAME, "XSLXM": kind, "ZYH": "510201", "ZYMC": "示例专业", "BH": "9901",
            "BJMC": "示例班", "SFZJH": "130000199901019999", "LQXXMC": "示例大学" })
    };
    fixture.insert(STUDENTS, &[student("990001", "1"), student("990002", "2")]);
    fixture.insert("ODS_SZJZGSJ", &[json!({ "JGH": "9001", "RYLXM": "1||3", "JL": "5" })]);
    let course = |number: &str| json!({ "KCH": number, "KCMC": format!("课程 {number}") });
    fixture.insert(COURSES, &["A", "B"].map(course));
    fixture.insert(
        PLANNED,
        &[
            planned("1", "A", &[("SFKZRTKC", "1"), ("ZSH", "Z1,Z2"), ("XYJCCBH", "978-9")]),
            planned("2", "A", &[("SFKZRTKC", "1"), ("ZSH", "Z2")]),
            planned("3", "B", &[("SFKZRTKC", "1")]),
            planned("4", "B", &[("SFKZRTKC", "0")]),
            planned("5", "nowhere", &[("SFKZRTKC", "1")]),
        ],
    );
    let event = json!({ "DZZMC": "示例支部", "DZZBH": "D9", "HDDD": "会议室", "HDKSRQ": "20260910",
        "HDJSRQ": "20260910", "CYXSS": "10", "CYJSS": "2" });
    let mut theme = event.clone();
    theme["HDNRM"] = json!("2||4");
    let mut meeting = event;
    meeting["HDNR"] = json!("学习");
    fixture.insert("ODS_DYZTDRSJ", &[theme]);
    fixture.insert("ODS_SHSJ", &[meeting]);
    fixture.insert("ODS_SXWGXWQKSJ", &[json!({ "XH": "990001", "XSXM": NAME, "QYWGXWM": "2" })]);
    fixture.insert(
        "ODS_GZXZSSJ",
        &[json!({ "ZSH": "Z1", "ZSBFDWMC": "示例评价组织", "KZRQ": "20260701",
        "ZSMC": "证".repeat(81) })],
    );
    fixture.insert("ODS_KCJSSJ", &[json!({ "KCH": "A", "LXND": "2025", "SSDWH": "D01" })]);
    fixture.insert("ODS_YQSBJBSJ", &[json!({ "YQH": "Y1", "JGBZ": "956", "TP": "图".repeat(2001) })]);
    fixture.insert("ODS_XXJBSJ", &[json!({ "XXJGDM": "1234567890", "XXMC": "示例职业技术学院" })]);
}

/// Number of cells and explanation code of one line of the preview; zero and an empty code when there is no such line.
fn line(preview: &Value, table: &str, column: &str, kind: &str) -> (u64, String) {
    let tables = preview["tables"].as_array().unwrap();
    let table = tables.iter().find(|t| t["table"] == table).unwrap_or_else(|| panic!("no table {table}"));
    let lines = table["columns"].as_array().unwrap().iter();
    let line =
        lines.filter(|line| line["column"] == column && line["kind"] == kind && line["cells"] != 0).collect::<Vec<_>>();
    match line[..] {
        [] => (0, String::new()),
        [line] => (line["cells"].as_u64().unwrap(), line["what"]["code"].as_str().unwrap_or_default().to_owned()),
        _ => panic!("{table} has more than one line of {column} {kind}"),
    }
}

/// The preview says what becomes of each.
#[track_caller]
pub fn is_previewed(preview: &Value) {
    let kind = |table: &str| {
        let tables = preview["tables"].as_array().unwrap().iter();
        text(tables.clone().find(|t| t["table"] == table).unwrap(), "kind").to_owned()
    };
    for (table, expect) in [
        (VISITS, "same"),
        (PLANNED, "replaced"),
        ("ODS_SHSJ", "merged"),
        ("ODS_SXWGXWQKSJ", "aside"),
        ("ODS_CXHZSJ", "moved"),
        ("ODS_KZRTGLGXSJ", "new"),
    ] {
        assert_eq!(kind(table), expect, "{table}");
    }
    for (table, column, kind, cells, what) in [
        (VISITS, "FWRQ", "same", 1, ""),
        (STUDENTS, "XSLXM", "convert", 2, "moving.codes"),
        (STUDENTS, "SFZJH", "aside", 2, "moving.no-place"),
        (STUDENTS, "XM", "same", 2, ""),
        ("ODS_SZJZGSJ", "RYLXM", "convert", 1, "moving.separator"),
        (PLANNED, "KCH", "moved", 5, ""),
        (PLANNED, "SFKZRTKC", "moved", 2, "moving.record"),
        (PLANNED, "SFKZRTKC", "aside", 3, "moving.nobody-takes-it"),
        (PLANNED, "ZSH", "moved", 2, "moving.new-record"),
        (PLANNED, "XYJCCBH", "aside", 1, "moving.already"),
        (COURSES, "SFKZRTKC", "new", 1, "moving.given"),
        (COURSES, "SFKZRTKC", "hand", 1, "moving.required"),
        ("ODS_KZRTGLGXSJ", "ZSH", "new", 2, "moving.given"),
        ("ODS_KZRTGLGXSJ", "KCMC", "hand", 2, "moving.required"),
        ("ODS_DYZTDRSJ", "HDNRM", "aside", 1, "moving.lost"),
        ("ODS_DYZTDRSJ", "HDXS", "new", 1, "moving.constant"),
        ("ODS_SXWGXWQKSJ", "QYWGXWM", "aside", 1, "moving.no-place"),
        ("ODS_GZXZSSJ", "ZSBFDWMC", "moved", 1, ""),
        ("ODS_GZXZSSJ", "FZJGBM", "hand", 1, "moving.required"),
        ("ODS_KCJSSJ", "SSDWH", "aside", 1, "moving.by-hand"),
        ("ODS_KCJSSJ", "SSDWH", "hand", 1, "moving.fill-by-hand"),
        ("ODS_YQSBJBSJ", "JGBZ", "hand", 1, "moving.code-gone"),
        ("ODS_YQSBJBSJ", "TP", "hand", 1, "moving.too-long"),
        ("ODS_GZXZSSJ", "ZSMC", "hand", 1, "moving.too-long"),
        ("ODS_XXJBSJ", "GSPXXXZM", "hand", 1, "moving.required"),
        // A value that is wrong in both editions does not count for the move.
        ("ODS_XXJBSJ", "XXBXLXM", "hand", 0, ""),
        ("ODS_XXJBSJ", "XXJGDM", "hand", 0, ""),
    ] {
        assert_eq!(line(preview, table, column, kind), (cells, what.to_owned()), "{table}.{column} {kind}");
    }
    let words = preview.to_string();
    assert!(!words.contains("130000199901019999") && !words.contains(NAME), "personal values are masked");
}

/// Requires that the moved book has the expected cells, findings and records aside.
#[track_caller]
pub fn is_moved(fixture: &Fixture) {
    for (table, row, column, expect) in [
        (STUDENTS, 1, "XSLXM", "2"),
        (STUDENTS, 2, "XSLXM", "1"),
        (STUDENTS, 1, "XM", NAME),
        ("ODS_SZJZGSJ", 1, "RYLXM", "1,3"),
        ("ODS_PYFAKCSJ", 1, "JHKCH", "1"),
        (COURSES, 1, "SFKZRTKC", "1"),
        (COURSES, 2, "SFKZRTKC", ""),
        ("ODS_KZRTGLGXSJ", 1, "ZSH", "Z1"),
        ("ODS_KZRTGLGXSJ", 2, "ZSH", "Z2"),
        ("ODS_KZRTGLGXSJ", 2, "KCH", "A"),
        ("ODS_DYHDSJ", 1, "HDXS", "1"),
        ("ODS_DYHDSJ", 1, "HDNR", "学习"),
        ("ODS_DYHDSJ", 2, "HDXS", "3"),
        ("ODS_GZXZSSJ", 1, "FZJGMC", "示例评价组织"),
        ("ODS_KCJSSJ", 1, "SSDWMC", ""),
        ("ODS_YQSBJBSJ", 1, "JGBZ", "956"),
    ] {
        assert_eq!(fixture.cell(table, row, column), expect, "{table} {row} {column}");
    }
    let findings = fixture.call("check.groups", json!({}));
    let found = |table: &str, column: &str, rule: &str| {
        let groups = findings["groups"].as_array().unwrap().iter();
        groups.filter(|g| g["table"] == table && g["column"] == column && g["rule"] == rule).count()
    };
    assert_eq!(found("ODS_YQSBJBSJ", "JGBZ", "code"), 1, "the book is checked after the move: {findings}");
    assert_eq!(found("ODS_GZXZSSJ", "FZJGBM", "required"), 1);

    let state = fixture.call("migration.state", json!({}));
    let aside = fixture.call("migration.aside", json!({ "offset": 0, "limit": 100 }));
    let records = aside["records"].as_array().unwrap();
    assert_eq!(
        (&aside["total"], state["aside"]["records"].as_u64()),
        (&json!(records.len()), Some(records.len() as u64))
    );
    let of = |table: &str| records.iter().filter(|r| r["table"] == table).collect::<Vec<_>>();
    let theme = of("ODS_DYZTDRSJ")[0];
    assert_eq!(
        (&theme["to"], &theme["to_row"], text(theme, "title")),
        (&json!("ODS_DYHDSJ"), &json!(2), "党员主题党日")
    );
    let kept: Vec<&Value> = theme["cells"].as_array().unwrap().iter().filter(|cell| cell["aside"] == true).collect();
    assert_eq!((kept.len(), &kept[0]["column"], &kept[0]["value"]), (1, &json!("HDNRM"), &json!("2||4")));
    assert_eq!((of(STUDENTS).len(), of("ODS_SXWGXWQKSJ").len(), of(PLANNED).len()), (2, 1, 4));
    assert!(!aside.to_string().contains(NAME), "personal values are masked unless the clerk asks for them");

    let file = fixture.home.text("留存.xlsx");
    let written = fixture.call("migration.export_aside", json!({ "path": file }));
    assert_eq!((&written["rows"], &written["note"]["code"]), (&aside["total"], &json!("migration.in-the-clear")));
    let mut workbook = calamine::open_workbook_auto(&file).unwrap();
    let all: Vec<String> = calamine::Reader::worksheets(&mut workbook)
        .iter()
        .flat_map(|(_, range)| range.cells().map(|(.., cell)| cell.to_string()).collect::<Vec<_>>())
        .collect();
    assert!(all.iter().any(|cell| cell == "130000199901019999"), "the exported file has the values unmasked");
    // The move is one step; the records of the old edition are not listed as changes.
    let history = fixture.call("fill.history", json!({ "kind": "move", "offset": 0, "limit": 10 }));
    assert_eq!(history["total"], 1);
    assert!(!history.to_string().contains("130000199901019999"), "masked in the log, too");
}
