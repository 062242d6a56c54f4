//! A draft that is written into a workbook and imported again is the same draft: every table of every edition, with
//! texts that spreadsheets and text files are known to spoil, in every form that is written, and through LibreOffice in
//! .xls.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use standard::cell::Values;
use standard::{Edition, Field, Kind, Standards, Table};

use crate::fixture::{Clerk, Home, PASSPHRASE, env};

/// What a clerk, or another program, may have put into a field of text.
const NASTY: [&str; 36] = [
    "0012",
    "123456789012345678",
    "41010119900101123X",
    "=1+1",
    "=HYPERLINK(\"http://a.example\",\"点\")",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "'=1",
    "''a",
    "'0012",
    "a;=1+1",
    "甲\t=1",
    "甲\n-5",
    "\"引\"号\"",
    "甲,乙;丙|丁",
    "第一行\n第二行",
    "a  b",
    "😀👨‍👩‍👧",
    "𠮷野家㐂䶮",
    "a\u{301}é",
    "_x000D_",
    "_x0041_",
    "#N/A",
    "#REF!",
    "=\"0012\"",
    "2.02401E+11",
    "1E5",
    "TRUE",
    "无",
    "NULL",
    "2026-09-01",
    "合计",
    "注：样例",
    "<a>&amp;</a>",
    "{\"a\": [1]}",
];

/// What no text file of spreadsheets keeps as it is: invisible characters.
const UNSEEN: [&str; 4] = ["\u{1b}[31m", "a\u{b}b", "\u{1}甲", "乙\u{7f}"];

struct Case {
    edition: std::sync::Arc<Edition>,
    home: Home,
    clerk: Clerk,
    tables: Vec<String>,
}

/// A book with four records in every table: one of the sample college, one of nasty texts wherever it has a field of
/// text, one whose key is made of them, too, and one that has only just been begun.
fn case(id: &str) -> Case {
    let edition = Standards::builtin().unwrap().edition(id).unwrap();
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let school = sample::college(&edition);
    let college = json!({ "code": school.code, "name": school.name });
    clerk.call(
        "book.create",
        json!({
            "edition": id, "college": college, "period": school.period, "passphrase": PASSPHRASE, "sample": false,
        }),
    );
    for ((name, rows), at) in sample::tables(&edition).zip(0..) {
        let table = edition.table(name).unwrap();
        let changes: Vec<Value> = records(table, &rows, at * 7, &NASTY).into_iter().map(inserted).collect();
        clerk.call("fill.edit", json!({ "table": name, "changes": changes }));
    }
    let tables = edition.tables.iter().map(|table| table.name.clone()).collect();
    Case { edition, home, clerk, tables }
}

fn inserted(values: BTreeMap<String, String>) -> Value {
    json!({ "do": "insert", "values": values })
}

/// The records of a table, by columns; the texts begin with the `from`-th.
fn records(table: &Table, rows: &[Values], from: usize, texts: &[&str]) -> Vec<BTreeMap<String, String>> {
    let mut next = texts.iter().cycle().skip(from);
    let is_key = |column: &String| table.natural_key.is_empty() || table.natural_key.contains(column);
    let mut records: Vec<BTreeMap<String, String>> = Vec::new();
    for (n, row) in rows.iter().take(3).enumerate() {
        let mut record = BTreeMap::new();
        for (field, value) in table.fields.iter().zip(row).filter(|(field, _)| !field.is_system()) {
            let is_text = matches!(field.kind, Kind::Text | Kind::LongText | Kind::Code);
            let spoilt = is_text && n > 0 && (n == 2 || !is_key(&field.column));
            let value = if spoilt { (*next.next().unwrap()).to_owned() } else { value.clone() };
            record.insert(field.column.clone(), value);
        }
        records.push(record);
    }
    // A row of nothing but a choice of a drop-down is proposed to be left out where no mark says that it is a record.
    let typed = |field: &&Field| field.code_list.is_none() && matches!(field.kind, Kind::Text | Kind::LongText);
    let first = table.filled_fields().find(typed).or_else(|| table.filled_fields().next()).unwrap();
    records.push([(first.column.clone(), records[0][&first.column].clone())].into());
    records
}

impl Case {
    /// Imports files: every row of every table is there, and nothing would change.
    fn is_unchanged(&self, files: &[String], what: &str) {
        let proposal = self.clerk.call("workbook.preview", json!({ "files": files }));
        let mut met = 0;
        for sheet in proposal["files"].as_array().unwrap().iter().flat_map(|file| file["sheets"].as_array().unwrap()) {
            let table = sheet["table"].as_str().unwrap_or_else(|| panic!("{what}: {sheet}"));
            let rows = self.rows(table);
            let said =
                ["unchanged", "new", "changed", "conflicts", "cleared", "doubled", "left_out", "missing", "unreadable"]
                    .map(|kind| sheet[kind].as_u64().unwrap());
            assert_eq!(said, [rows, 0, 0, 0, 0, 0, 0, 0, 0], "{what}: {table}: {}", self.differing(&proposal, sheet));
            met += usize::from(rows > 0);
        }
        let filled = self.tables.iter().filter(|table| self.rows(table) > 0).count();
        assert_eq!(met, filled, "{what}: every table with records");
        let applied = self.clerk.call("workbook.apply", json!({ "proposal": proposal["id"], "conflicts": "theirs" }));
        assert_eq!(applied["step"], Value::Null, "{what}: {applied}");
    }

    /// The first rows of a sheet that would do something, for the message.
    fn differing(&self, proposal: &Value, sheet: &Value) -> String {
        let file = proposal["files"]
            .as_array()
            .unwrap()
            .iter()
            .find(|file| file["sheets"].as_array().unwrap().iter().any(|other| other["sheet"] == sheet["sheet"]));
        let query = json!({
            "proposal": proposal["id"], "file": file.unwrap()["file"], "sheet": sheet["sheet"], "offset": 0, "limit": 1000,
        });
        let rows = self.clerk.call("workbook.preview_rows", query);
        let odd = rows["rows"].as_array().unwrap().iter().filter(|row| row["kind"] != "unchanged").take(2);
        odd.map(|row| {
            format!("{} {} {} {} {}", row["line"], row["kind"], row["before"], row["changes"], row["unreadable"])
        })
        .collect::<Vec<_>>()
        .join("\n")
    }

    fn rows(&self, table: &str) -> u64 {
        self.clerk.call("fill.rows", json!({ "table": table, "limit": 1 }))["total"].as_u64().unwrap()
    }

    fn export(&self, name: &str, more: Value) -> Vec<String> {
        let mut request = json!({ "tables": self.tables, "path": self.home.text(name) });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let files = self.clerk.call("workbook.export", request)["files"].as_array().unwrap().clone();
        files.iter().map(|file| file.as_str().unwrap().to_owned()).collect()
    }
}

/// LibreOffice makes another form of a workbook.
fn convert(path: &str, form: &str, home: &Home) -> String {
    let profile = format!("-env:UserInstallation=file://{}", home.text("office"));
    let folder = home.text("converted");
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", "--convert-to", form, "--outdir", &folder, path])
        .output()
        .expect("soffice is on the path: cargo xtask test installs libreoffice-calc");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let stem = Path::new(path).file_stem().unwrap().to_string_lossy().into_owned();
    format!("{folder}/{stem}.{form}")
}

fn comes_back(id: &str) {
    let case = case(id);
    let template = case.home.text("模板.xlsx");
    case.clerk.call("workbook.template", json!({ "all": true, "with_rows": true, "path": template }));
    case.is_unchanged(std::slice::from_ref(&template), "template");
    for form in ["xlsx", "ods"] {
        for names in [false, true] {
            let files = case.export(&format!("导出-{names}.{form}"), json!({ "names": names }));
            case.is_unchanged(&files, &format!("{form}, names {names}"));
        }
    }
    for names in [false, true] {
        let files = case.export(&format!("每表-{names}/"), json!({ "form": "csv", "names": names }));
        assert_eq!(files.len(), case.tables.len());
        case.is_unchanged(&files, &format!("csv, names {names}"));
    }
    if cfg!(target_os = "linux") {
        for form in ["xls", "ods"] {
            let converted = convert(&template, form, &case.home);
            case.is_unchanged(&[converted], &format!("template through LibreOffice in .{form}"));
        }
    }
    unseen_signs_are_kept_or_refused(&case);
}

/// Invisible characters come back from .xlsx and .csv without a change; .ods cannot hold them and says so.
fn unseen_signs_are_kept_or_refused(case: &Case) {
    let (name, rows) = sample::tables(&case.edition).find(|(_, rows)| rows.len() > 2).unwrap();
    let table = case.edition.table(name).unwrap();
    let record = records(table, &rows, 0, &UNSEEN).remove(2);
    case.clerk.call("fill.edit", json!({ "table": table.name, "changes": [inserted(record)] }));
    let only = |form: &str| {
        let path = case.home.text(&format!("看不见.{form}"));
        case.clerk.try_call("workbook.export", json!({ "tables": [table.name], "path": path }))
    };
    for form in ["xlsx", "csv"] {
        let file = only(form).unwrap()["file"].clone();
        let sheet = case.clerk.call("workbook.preview", json!({ "files": [file] }))["files"][0]["sheets"][0].clone();
        assert_eq!(sheet["unchanged"], json!(case.rows(&table.name)), "{form}: {sheet}");
    }
    let refused = only("ods").unwrap_err();
    assert_eq!(refused.code, "workbook.cell-unfit");
    assert!(refused.params["sign"].starts_with("U+00"), "{refused:?}");
}

#[test]
fn every_table_of_gaozhi_2023_06_comes_back() {
    comes_back("gaozhi-2023.06");
}

#[test]
fn every_table_of_gaozhi_2024_09_comes_back() {
    comes_back("gaozhi-2024.09");
}

#[test]
fn every_table_of_zhongzhi_2023_06_comes_back() {
    comes_back("zhongzhi-2023.06");
}
