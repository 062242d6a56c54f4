//! Saved sources: a query on a file and on real servers, a workbook of any shape, and a watched folder, by the calls of
//! the window and on the command line.

#[cfg(target_os = "linux")]
mod databases;
#[cfg(target_os = "linux")]
mod servers;

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, INTERNSHIPS, env};

/// The students of a business system, in SQL that every database takes.
pub const STUDENTS: &str = "\
CREATE TABLE students (stu_no varchar(20), stu_name varchar(36), major char(12), fit varchar(4), \
begun date, agreed boolean, pay decimal(10,2)); \
INSERT INTO students VALUES ('0012345678', '张三', '510201', 'Y', '2026-09-01', true, 1250.25); \
INSERT INTO students VALUES ('0012345679', '欧阳·李四', '510201', 'N', '2026-09-02', false, NULL)";

/// What asks for them.
pub const QUERY: &str = "SELECT stu_no, stu_name, major, fit, begun, agreed, pay FROM students ORDER BY stu_no";

/// The columns of the table that are looked at.
pub const LOOKED_AT: [&str; 7] = ["XH", "XSXM", "ZYH", "SFDK", "SXKSRQ", "SFQDSFXY", "ZFSXXSSJBC"];

/// A source of these students. What only one kind has is in `place`.
pub fn source(name: &str, place: &Value) -> Value {
    let mut source = json!({
        "name": name,
        "kind": "sqlite",
        "table": INTERNSHIPS,
        "path": "",
        "host": "",
        "port": 0,
        "database": "",
        "user": "",
        "protection": "verified",
        "query": QUERY,
        "seconds": 60,
        "columns": {
            "stu_no": "XH", "stu_name": "XSXM", "major": "ZYH", "fit": "SFDK", "begun": "SXKSRQ", "agreed": "SFQDSFXY",
            "pay": "ZFSXXSSJBC",
        },
        "codes": { "SFDK": { "Y": "1", "N": "0" } },
    });
    for (key, value) in place.as_object().unwrap() {
        source[key] = value.clone();
    }
    source
}

/// The records of the internships, by the columns that are looked at.
pub fn records(clerk: &Clerk) -> Vec<Vec<String>> {
    let columns: Vec<String> = LOOKED_AT.map(str::to_owned).to_vec();
    let page = clerk.call("fill.rows", json!({ "table": INTERNSHIPS, "limit": 100, "offset": 0 }));
    let rows = page["rows"].as_array().unwrap();
    let text = |row: &Value, column: &String| row[column].as_str().unwrap_or_default().to_owned();
    rows.iter().map(|row| columns.iter().map(|column| text(row, column)).collect()).collect()
}

/// What both students become.
pub fn expected() -> Vec<Vec<&'static str>> {
    vec![
        vec!["0012345678", "张三", "510201", "1", "20260901", "1", "1250.25"],
        vec!["0012345679", "欧阳·李四", "510201", "0", "20260902", "0", ""],
    ]
}

/// Numbers of the only sheet of a proposal.
pub fn numbers(proposal: &Value) -> [u64; 3] {
    let sheet = &proposal["files"][0]["sheets"][0];
    ["new", "changed", "unchanged"].map(|kind| sheet[kind].as_u64().unwrap())
}

fn sqlite(home: &Home) -> String {
    let file = home.text("jiaowu.db");
    let database = rusqlite::Connection::open(&file).unwrap();
    database.execute_batch(STUDENTS).unwrap();
    file
}

#[test]
fn a_query_on_sqlite_is_tried_run_applied_run_again_and_taken_back() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let file = sqlite(&home);
    let wanted = source("教务系统", &json!({ "path": file }));
    let tried =
        clerk.call("source.try", json!({ "source": { "source": wanted, "was": null, "password": null }, "rows": 1 }));
    assert_eq!(tried["rows"].as_array().unwrap().len(), 1);
    assert_eq!(tried["rows"][0]["cells"][3], "Y");
    assert_eq!(tried["rows"][0]["values"]["SFDK"], "1");
    clerk.call("source.save", json!({ "source": wanted, "was": null, "password": null }));
    let run = clerk.call("source.run", json!({ "name": "教务系统" }));
    assert_eq!(numbers(&run["proposal"]), [2, 0, 0]);
    assert!(records(&clerk).is_empty(), "a run changes nothing by itself");
    let id = run["proposal"]["id"].clone();
    let applied = clerk.call("workbook.apply", json!({ "proposal": id }));
    assert_eq!(applied["new"], 2);
    assert_eq!(records(&clerk), expected());
    let last = clerk.call("source.list", json!({}))["sources"][0]["last"].clone();
    assert_eq!((&last["applied"], &last["rows"], &last["new"]), (&json!(true), &json!(2), &json!(2)));

    rusqlite::Connection::open(&file)
        .unwrap()
        .execute("UPDATE students SET fit = 'X' WHERE stu_no = '0012345679'", [])
        .unwrap();
    let run = clerk.call("source.run", json!({ "name": "教务系统" }));
    assert_eq!(numbers(&run["proposal"]), [0, 1, 1]);
    let remarks = run["proposal"]["files"][0]["sheets"][0]["remarks"].as_array().unwrap().clone();
    let unknown = remarks.iter().find(|remark| remark["code"] == "codes-unconverted").unwrap();
    assert_eq!((&unknown["params"]["codes"], &unknown["params"]["rows"]), (&json!("X"), &json!("1")));
    clerk.call("workbook.apply", json!({ "proposal": run["proposal"]["id"] }));
    assert_eq!(records(&clerk)[1][3], "X", "a code without an entry stays, and gets its finding");
    clerk.call("fill.undo", json!({ "count": 2 }));
    assert!(records(&clerk).is_empty());
}

#[test]
fn what_a_database_cannot_do_is_said() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let file = sqlite(&home);
    let no_database = home.text("text.db");
    std::fs::write(&no_database, "这不是数据库，只是一个文本文件。".repeat(40)).unwrap();
    for (place, code) in [
        (json!({ "path": file, "query": "DELETE FROM students" }), "source.writes"),
        (json!({ "path": file, "query": "SELECT 1; SELECT 2" }), "source.several-statements"),
        (json!({ "path": file, "query": "SELECT no_such FROM students" }), "source.no-column"),
        (json!({ "path": file, "query": "SELECT * FROM teachers" }), "source.no-table"),
        (json!({ "path": file, "query": "SELECT FROM WHERE" }), "source.syntax"),
        (json!({ "path": file, "query": "SELECT stu_name AS a1 FROM students", "columns": {} }), "source.no-columns"),
        (json!({ "path": home.text("none.db") }), "source.no-file"),
        (json!({ "path": no_database }), "source.not-sqlite"),
        (json!({ "path": file, "table": "ODS_NONE" }), "table.unknown"),
        (json!({ "path": file, "columns": { "a": "NONE" } }), "headings.no-column"),
        (json!({ "path": "Driver={X};PWD=secret", "kind": "odbc" }), "source.password-in-string"),
        (
            json!({ "path": file, "seconds": 1, "query": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) \
                    SELECT max(x) AS stu_no FROM n" }),
            "source.time-limit",
        ),
    ] {
        let wanted = source("教务系统", &place);
        let request = json!({ "source": { "source": wanted, "was": null, "password": null }, "rows": 20 });
        let error = clerk.try_call("source.try", request).unwrap_err();
        assert_eq!(error.code, code, "{place}");
        assert!(!format!("{error:?}").contains("secret"));
    }
    assert_eq!(
        std::fs::read_dir(home.folder())
            .unwrap()
            .filter(|one| { one.as_ref().unwrap().file_name().to_string_lossy().contains("-journal") })
            .count(),
        0
    );
}

#[test]
fn a_folder_gives_each_file_once_by_what_is_in_it() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let folder = home.path("交来");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("一班.csv", "学籍号码,stu_name,fit\n0012345678,张三,Y\n");
    write("坏的.xlsx", "PK\u{3}\u{4}not an archive");
    write("~$一班.csv", "stu_name\n");
    let place = json!({
        "kind": "folder", "path": folder, "query": "",
        "columns": { "学籍号码": "XH", "stu_name": "XSXM", "fit": "SFDK" },
    });
    clerk.call("source.save", json!({ "source": source("交来的表", &place), "was": null, "password": null }));
    let run = || clerk.call("source.run", json!({ "name": "交来的表" }));
    let first = run();
    assert_eq!(numbers(&first["proposal"]), [1, 0, 0]);
    assert_eq!(first["passed_over"].as_array().unwrap().len(), 1, "{first}");
    // What was only looked at is offered again.
    clerk.call("workbook.drop", json!({ "proposal": first["proposal"]["id"] }));
    let again = run();
    assert_eq!(numbers(&again["proposal"]), [1, 0, 0]);
    clerk.call("workbook.apply", json!({ "proposal": again["proposal"]["id"] }));
    write("改了名.csv", "学籍号码,stu_name,fit\n0012345678,张三,Y\n");
    let nothing = run();
    assert_eq!((&nothing["proposal"], &nothing["known"]), (&Value::Null, &json!(2)));
    write("二班.csv", "学籍号码,stu_name,fit\n0012345680,王五,N\n");
    let more = run();
    assert_eq!(more["proposal"]["files"].as_array().unwrap().len(), 1);
    assert_eq!(numbers(&more["proposal"]), [1, 0, 0]);
}

#[test]
fn the_command_line_adds_lists_tries_imports_and_removes_a_source_and_never_shows_its_password() {
    let home = Home::new();
    home.new_book();
    let file = sqlite(&home);
    let text = format!(
        "kind = \"sqlite\"\ntable = \"{INTERNSHIPS}\"\npath = '{file}'\npassword = \"geheim\"\nquery = \"{QUERY}\"\n\
         [columns]\nstu_no = \"XH\"\nstu_name = \"XSXM\"\nmajor = \"ZYH\"\nfit = \"SFDK\"\nbegun = \"SXKSRQ\"\n\
         agreed = \"SFQDSFXY\"\npay = \"ZFSXXSSJBC\"\n[codes.SFDK]\nY = \"1\"\nN = \"0\"\n"
    );
    std::fs::write(home.path("jiaowu.toml"), text).unwrap();
    let listed = home.json(0, &["source", "add", "教务", "--file", "jiaowu.toml"]);
    assert_eq!(
        (&listed["sources"][0]["has_password"], &listed["sources"][0]["source"]["name"]),
        (&json!(true), &json!("教务"))
    );
    let shown = home.run(["source", "show", "教务"]);
    assert!(shown.out.contains("fit → SFDK") && shown.out.contains("Y → 1"), "{shown:?}");
    let tried = home.json(0, &["source", "try", "教务", "--codes", "SFDK"]);
    assert_eq!(tried["codes"][0], json!({ "own": "N", "rows": 1, "code": "0", "title": "否" }));
    // Required columns are missing, so the records have findings.
    let preview = home.json(1, &["import", "--source", "教务"]);
    assert_eq!((&preview["applied"], &preview["files"][0]["sheets"][0]["new"]), (&json!(false), &json!(2)));
    let applied = home.json(1, &["import", "--source", "教务", "--apply"]);
    assert_eq!(applied["applied"], true);
    let rows = home.json(0, &["rows", INTERNSHIPS]);
    assert_eq!((&rows["rows"][0]["XH"], &rows["rows"][0]["SFDK"]), (&json!("0012345678"), &json!("1")));
    for words in [&["source", "list"][..], &["source", "show", "教务"], &["source", "list", "--json"]] {
        let said = home.run(words);
        assert!(said.code == 0 && !format!("{said:?}").contains("geheim"), "{said:?}");
    }
    assert_eq!(home.run(["import", "--source", "没有"]).code, 2);
    assert_eq!(home.json(0, &["source", "remove", "教务"])["sources"], json!([]));
    for entry in std::fs::read_dir(home.folder()).unwrap().map(Result::unwrap) {
        let is_book_or_log = entry.path().is_file() && entry.file_name() != "jiaowu.toml";
        let bytes = if is_book_or_log { std::fs::read(entry.path()).unwrap() } else { Vec::new() };
        assert!(!bytes.windows(6).any(|part| part == b"geheim"), "{:?}", entry.path());
    }
}
