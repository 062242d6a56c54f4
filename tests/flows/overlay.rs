//! Own fields, tables and rules of a college: they are filled, checked and exported like those of the edition, they are
//! never sent or lost, and they are added to every new revision of the edition.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use desk::CallError;
use serde_json::{Value, json};

use crate::fixture::publisher::{Publisher, edition, with_field};
use crate::fixture::{Clerk, EDITION, Home, PASSPHRASE, Receiver, StopOnDrop, VISITS, env};

const OWN: &str = "X_ZDXS";
const NOTE: &str = "只有我们自己看";

/// Two own fields, a table, a rule, departments and a frequency.
fn additions() -> Value {
    json!({
        "fields": [
            { "table": VISITS, "field": field("X_BZ", "内部备注", "text", "none") },
            { "table": VISITS, "field": field("X_JBR", "经办人", "integer", "personal") },
        ],
        "tables": [{
            "name": OWN, "title": "重点关注学生表", "frequency": "month", "natural_key": ["X_XH"],
            "fields": [field("X_XH", "学号", "text", "personal"), field("X_YY", "原因", "text", "none")],
        }],
        "rules": [rule("ODS_FWSZTSGZYSJ.own-note", "length(X_BZ) > 1")],
        "frequencies": { VISITS: "month" },
        "departments": { VISITS: "图书馆", OWN: "学工处" },
    })
}

fn field(column: &str, title: &str, kind: &str, sensitivity: &str) -> Value {
    json!({ "column": column, "title": title, "kind": kind, "sensitivity": sensitivity, "max_length": 20 })
}

fn rule(id: &str, expect: &str) -> Value {
    json!({
        "id": id, "level": "confirm", "table": VISITS, "columns": ["X_BZ"], "expect": expect,
        "message": "备注“{value}”太短", "reason": "以后要看得懂",
        "pass": [{ "X_BZ": "已核实" }], "fail": [{ "X_BZ": "略" }],
    })
}

fn at_home(home: &Home) -> Clerk {
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    clerk.call("overlay.save", additions());
    clerk
}

#[track_caller]
fn refused(outcome: Result<Value, CallError>, code: &str) -> CallError {
    let error = outcome.expect_err(code);
    assert_eq!(error.code, code, "{error:?}");
    error
}

fn insert(clerk: &Clerk, table: &str, values: Value) -> Value {
    clerk.call("fill.edit", json!({ "table": table, "changes": [{ "do": "insert", "values": values }] }))
}

fn set(clerk: &Clerk, table: &str, row: i64, column: &str, value: &str) -> Value {
    let change = json!({ "do": "set", "row": row, "column": column, "value": value });
    clerk.call("fill.edit", json!({ "table": table, "changes": [change] }))
}

fn cells(clerk: &Clerk, table: &str) -> Vec<Value> {
    let page = clerk.call("fill.page", json!({ "view": { "table": table }, "offset": 0, "limit": 10 }));
    page["rows"].as_array().unwrap().iter().map(|row| row["cells"].clone()).collect()
}

fn home_table(clerk: &Clerk, table: &str) -> Value {
    let home = clerk.call("home.get", json!({}));
    home["tables"].as_array().unwrap().iter().find(|t| t["table"] == table).unwrap().clone()
}

fn reopen(clerk: &Clerk, path: &str) {
    clerk.call("book.close", json!({}));
    clerk.call("book.open", json!({ "path": path, "passphrase": PASSPHRASE }));
}

#[test]
fn own_fields_are_filled_and_shown_and_never_sent() {
    let home = Home::new();
    let receiver = Receiver::start(&home.path("receiver"), "");
    let clerk = at_home(&home);
    receiver.connection(&home.path("center.toml"), "");
    clerk.call("connection.read", json!({ "name": "中心", "file": home.text("center.toml") }));
    insert(
        &clerk,
        VISITS,
        json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "DZTSFWCS": "3", "X_BZ": NOTE, "X_JBR": "12345" }),
    );
    assert_eq!(cells(&clerk, VISITS)[0]["X_BZ"], NOTE, "the grid shows the value");
    insert(&clerk, OWN, json!({ "X_XH": "20240101", "X_YY": "家访" }));

    // The template has the own fields, and an import reads them back.
    let template = home.text("a.xlsx");
    clerk.call("workbook.template", json!({ "tables": [VISITS, OWN], "path": template, "with_rows": true }));
    let names = ["xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml"];
    let parts: Vec<String> = names.iter().map(|name| part(&template, name)).collect();
    assert!(parts[..2].iter().any(|text| text.contains(NOTE)) && parts[2].contains("本校自有，不上报"), "{}", parts[2]);
    let preview = clerk.call("workbook.preview", json!({ "files": [template] }));
    let sheets = &preview["files"][0]["sheets"];
    assert_eq!((&sheets[0]["unchanged"], &sheets[1]["unchanged"]), (&json!(1), &json!(1)), "{sheets}");
    assert_eq!(sheets[0]["unmapped_columns"], json!([]));
    let export = home.text("a.json");
    clerk.call("workbook.export", json!({ "tables": [VISITS], "path": export }));
    assert!(std::fs::read_to_string(&export).unwrap().contains(NOTE));

    // Neither own fields nor own tables are sent.
    let target = json!({ "connection": "中心" });
    let ready = clerk.call("submit.ready", target.clone());
    let tables: Vec<&Value> = ready["tables"].as_array().unwrap().iter().map(|t| &t["table"]).collect();
    assert_eq!(tables, [VISITS]);
    let send = |tables: Value| clerk.call("submit.send", json!({ "target": target, "tables": tables }));
    let sent = send(json!([]));
    assert_eq!((sent["batches"].as_array().unwrap().len(), &sent["skipped"]), (1, &json!([])), "{sent}");
    clerk.call("submit.results", json!({ "target": target }));
    let own = send(json!([OWN]));
    assert_eq!(own["skipped"], json!([{ "table": OWN, "reason": "skipped.own", "rows": 1 }]));
    set(&clerk, VISITS, 1, "X_BZ", "改了又改");
    let ready = clerk.call("submit.ready", target.clone());
    assert_eq!((&ready["tables"][0]["to_send"], &ready["tables"][0]["accepted"]), (&json!(0), &json!(1)), "{ready}");
    assert_eq!(send(json!([VISITS]))["skipped"][0]["reason"], "skipped.nothing-new");

    let record = clerk.call("fill.record", json!({ "table": VISITS, "row": 1 }));
    let key = record["record"]["key"].as_str().unwrap_or_else(|| panic!("{record}"));
    let inbox = receiver.end();
    assert_eq!((inbox.row_count(VISITS).unwrap(), inbox.row_count(OWN).unwrap()), (1, 0));
    let (payload, times) = inbox.row(VISITS, key).unwrap().unwrap();
    assert_eq!(times, 1);
    assert!(payload.contains("DZQKFWCS") && !payload.contains("X_") && !payload.contains(NOTE), "{payload}");
}

/// A part of a workbook as text; empty when the part is missing.
fn part(path: &str, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    archive.by_name(name).map(|part| std::io::read_to_string(part).unwrap()).unwrap_or_default()
}

#[test]
fn own_tables_are_listed_last_and_have_no_due_day() {
    let home = Home::new();
    let clerk = at_home(&home);
    let tree = clerk.call("standard.tree", json!({}));
    let last = tree["subsets"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["code"], &last["title"], &last["tables"][0]["table"]),
        (&json!("OWN"), &json!("本校自有"), &json!(OWN))
    );
    assert_eq!(last["tables"][0]["own"], true);
    let own = home_table(&clerk, OWN);
    assert_eq!((&own["due"], &own["own"], &own["department"]), (&Value::Null, &json!(true), &json!("学工处")));
    let visits = home_table(&clerk, VISITS);
    assert_eq!((&visits["frequency"], &visits["department"]), (&json!("month"), &json!("图书馆")));
    assert!(visits["due"].is_string());
    // The published edition itself has no additions.
    assert_eq!(clerk.call("standard.tree", json!({ "edition": EDITION })).to_string().matches("X_").count(), 0);
    // The departments of the settings override those of the additions.
    let mut settings = clerk.call("settings.get", json!({}));
    settings["departments"] = json!([{ "name": "信息中心", "tables": [VISITS] }]);
    clerk.call("settings.set", settings);
    assert_eq!(home_table(&clerk, VISITS)["department"], "信息中心");
}

#[test]
fn own_rules_are_tried_before_they_are_saved_and_run_afterwards() {
    let home = Home::new();
    let clerk = at_home(&home);
    let edited =
        insert(&clerk, VISITS, json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "X_BZ": "略", "X_JBR": "张三丰" }));
    let row = edited["rows"][0]["row"].as_i64().unwrap();
    let found = |rule: &str| {
        let page = clerk.call("check.findings", json!({ "table": VISITS, "rule": rule, "limit": 10 }));
        page["findings"].as_array().unwrap().clone()
    };
    assert_eq!(found("ODS_FWSZTSGZYSJ.own-note").len(), 1, "the rule runs after the edit");
    set(&clerk, VISITS, row, "X_BZ", "已核实");
    clerk.call("check.run", json!({ "tables": [VISITS] }));
    assert_eq!(found("ODS_FWSZTSGZYSJ.own-note").len(), 0);
    // Personal values of own fields are masked like any other.
    let groups = clerk.call("check.groups", json!({}));
    let words = groups["groups"].as_array().unwrap().iter().find(|group| group["column"] == "X_JBR").unwrap();
    assert_eq!(words["shown"], "张＊＊", "{words}");
    assert!(!words["message"].to_string().contains("张"), "the message has a placeholder, not the value: {words}");
    // So is each finding, unless the college has chosen to see personal values and the caller does not ask for masks.
    let value = |always_masked: bool| {
        let query = json!({ "table": VISITS, "column": "X_JBR", "always_masked": always_masked, "limit": 1 });
        clerk.call("check.findings", query)["findings"][0]["value"].clone()
    };
    assert_eq!((value(false), value(true)), (json!("张＊＊"), json!("张＊＊")));
    let mut settings = clerk.call("settings.get", json!({}));
    settings["show_personal"] = json!(true);
    clerk.call("settings.set", settings);
    assert_eq!((value(false), value(true)), (json!("张三丰"), json!("张＊＊")));

    let attempt = |expect: &str| {
        let mut own = additions();
        own["rules"] = json!([rule("ODS_FWSZTSGZYSJ.own-note", expect)]);
        let tried = clerk.call("overlay.try_rule", json!({ "rule": own["rules"][0] }));
        let error = clerk.try_call("overlay.save", own).err();
        assert_eq!(
            tried["problem"],
            serde_json::to_value(&error).unwrap(),
            "trying and saving give the same error for {expect}"
        );
        error.map(|error| {
            assert_eq!(error.params["rule"], "ODS_FWSZTSGZYSJ.own-note");
            error.code
        })
    };
    for (expect, code) in [
        ("NICHTS > 1", "rule.unknown-column"),
        ("length(X_BZ) > 0", "rule.case-nothing"),
        ("length(X_BZ) > 9", "rule.case-found"),
        ("length(X_BZ) > 1; DELETE FROM head", "rule.several"),
        ("(SELECT count(*) FROM ODS_SXJCSJ) > 1", "rule.other-records"),
    ] {
        assert_eq!(attempt(expect).as_deref(), Some(code), "{expect}");
    }
    assert_eq!(attempt("length(X_BZ) >= 2"), None);
    // The findings follow changed rules at once.
    let mut strict = additions();
    strict["rules"] = json!([rule("ODS_FWSZTSGZYSJ.own-note", "length(X_BZ) > 3")]);
    strict["rules"][0]["pass"] = json!([{ "X_BZ": "已经核实" }]);
    clerk.call("overlay.save", strict);
    assert_eq!(found("ODS_FWSZTSGZYSJ.own-note").len(), 1);
    clerk.call("overlay.save", additions());
    assert_eq!(found("ODS_FWSZTSGZYSJ.own-note").len(), 0);
    attempt("length(X_BZ) >= 2");
    assert_eq!(clerk.call("overlay.get", json!({}))["rules"][0]["expect"], "length(X_BZ) >= 2");
}

#[test]
fn invalid_additions_are_refused_and_change_nothing() {
    let home = Home::new();
    let clerk = at_home(&home);
    let before = clerk.call("overlay.get", json!({}));
    let attempt = |place: &str, value: Value, code: &str| {
        let mut own = additions();
        *own.pointer_mut(place).unwrap() = value;
        refused(clerk.try_call("overlay.save", own), code);
        assert_eq!(clerk.call("overlay.get", json!({})), before);
    };
    attempt("/fields/0/field/column", json!("BZ"), "overlay.name");
    attempt("/fields/0/field/column", json!("X_JBR"), "overlay.twice");
    attempt("/fields/0/field/title", json!("经办人"), "overlay.twice");
    attempt("/fields/0/field/title", json!(" "), "overlay.title");
    attempt("/fields/0/field/kind", json!("code"), "overlay.no-list");
    attempt("/fields/0/field/kind", json!("picture"), "call.malformed");
    attempt("/fields/0/table", json!("ODS_NICHTS"), "overlay.no-table");
    attempt("/tables/0/name", json!("ODS_MINE"), "overlay.name");
    attempt("/tables/0/fields", json!([]), "overlay.no-fields");
    attempt("/tables/0/natural_key", json!(["X_NICHTS"]), "overlay.no-column");
    attempt("/rules/0/id", json!("ODS_FWSZTSGZYSJ.note"), "overlay.rule-name");
    attempt("/rules/0/columns", json!(["NICHTS"]), "overlay.rule");
    attempt("/frequencies", json!({ VISITS: "always" }), "call.malformed");
}

#[test]
fn removed_additions_are_hidden_and_come_back_with_their_values() {
    let home = Home::new();
    let clerk = at_home(&home);
    insert(&clerk, VISITS, json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "X_BZ": NOTE }));
    insert(&clerk, OWN, json!({ "X_XH": "20240101", "X_YY": "家访" }));
    let (visits, own) = (cells(&clerk, VISITS), cells(&clerk, OWN));
    let path = clerk.call("book.head", json!({}))["path"].as_str().unwrap().to_owned();
    let file = home.text("own.json");
    clerk.call("overlay.export", json!({ "path": file }));

    clerk.call("overlay.save", json!({}));
    refused(clerk.try_call("fill.page", json!({ "view": { "table": OWN }, "offset": 0, "limit": 1 })), "table.unknown");
    assert_eq!(cells(&clerk, VISITS)[0].get("X_BZ"), None);
    reopen(&clerk, &path);
    set(&clerk, VISITS, 1, "DZQKFWCS", "13");
    clerk.call("fill.undo", json!({ "count": 2 }));
    clerk.call("fill.redo", json!({ "count": 1 }));
    clerk.call("check.run", json!({}));

    let imported = clerk.call("overlay.import", json!({ "path": file }));
    assert_eq!(imported, clerk.call("overlay.get", json!({})));
    assert_eq!((cells(&clerk, VISITS), cells(&clerk, OWN)), (visits, own));
    std::fs::write(home.path("no.json"), "{\"felder\": []}").unwrap();
    refused(clerk.try_call("overlay.import", json!({ "path": home.text("no.json") })), "overlay.unreadable");
    // Another book imports the same additions from the file.
    clerk.call("book.close", json!({}));
    let head = clerk.create(false);
    assert_ne!(head["path"], path);
    clerk.call("overlay.import", json!({ "path": file }));
    assert_eq!(home_table(&clerk, OWN)["rows"], 0);
}

#[test]
fn additions_survive_an_update_of_the_edition() {
    let home = Home::new();
    let clerk = at_home(&home);
    insert(&clerk, VISITS, json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "X_BZ": NOTE }));
    insert(&clerk, OWN, json!({ "X_XH": "20240101", "X_YY": "家访" }));
    let (visits, own) = (cells(&clerk, VISITS), cells(&clerk, OWN));
    let path = clerk.call("book.head", json!({}))["path"].as_str().unwrap().to_owned();
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    publisher.publish(&with_field(edition(EDITION, "1.1.0"), VISITS, "XZL"));
    assert_eq!(cells(&clerk, VISITS), visits, "the open book is unchanged");

    reopen(&clerk, &path);
    assert_eq!((cells(&clerk, VISITS), cells(&clerk, OWN)), (visits, own));
    set(&clerk, VISITS, 1, "XZL", "新的");
    assert_eq!(cells(&clerk, VISITS)[0]["XZL"], "新的");
    let spec = clerk.call("standard.table", json!({ "table": VISITS }));
    let fields = spec["fields"].as_array().unwrap();
    let columns: Vec<&str> = fields.iter().rev().take(3).map(|f| f["column"].as_str().unwrap()).collect();
    assert_eq!(columns, ["X_JBR", "X_BZ", "XZL"], "the new field and the own fields");
    assert_eq!(clerk.call("overlay.problems", json!({})), json!({ "problems": [] }));

    // A revision without the table cannot hold the additions to it. They are reported and kept, and nothing else is
    // lost.
    let mut less = edition(EDITION, "2.0.0");
    less.rules.retain(|rule| rule.table != VISITS);
    less.tables.retain(|table| table.name != VISITS);
    for (no, table) in (1..).zip(&mut less.tables) {
        table.no = no;
    }
    less.crosswalks.clear();
    let installed = publisher.publish(&less);
    assert_eq!(installed["revision"], "2.0.0");
    reopen(&clerk, &path);
    let problems = clerk.call("overlay.problems", json!({}));
    let problems = problems["problems"].as_array().unwrap();
    assert!(problems.len() >= 3 && problems.iter().any(|p| p["code"] == "overlay.no-table"), "{problems:?}");
    assert_eq!(cells(&clerk, OWN).len(), 1);
    assert_eq!(clerk.call("overlay.get", json!({}))["fields"].as_array().unwrap().len(), 2);
}

#[test]
fn a_name_is_proposed_from_the_title() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let proposed = |title: &str, taken: Value| clerk.call("overlay.name", json!({ "title": title, "taken": taken }));
    assert_eq!(proposed("内部 备注", json!([]))["name"], "X_NBBZ");
    assert_eq!(proposed("内部备注", json!(["X_NBBZ", "X_NBBZ_2"]))["name"], "X_NBBZ_3");
    assert_eq!(proposed("QQ号-1", json!([]))["name"], "X_QQH1");
    assert_eq!(proposed("！", json!([]))["name"], "X_BX");
}

#[test]
fn additions_change_while_another_thread_reads_the_book() {
    let home = Home::new();
    let clerk = at_home(&home);
    insert(&clerk, VISITS, json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "X_BZ": NOTE }));
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let looks = scope.spawn(|| {
            let mut seen = [false; 2];
            while !done.load(Ordering::Relaxed) {
                seen[usize::from(cells(&clerk, VISITS)[0].get("X_BZ").is_some())] = true;
            }
            seen
        });
        let stop = StopOnDrop(&done);
        for _ in 0..3 {
            clerk.call("overlay.save", json!({}));
            cells(&clerk, VISITS);
            clerk.call("overlay.save", additions());
        }
        drop(stop);
        let seen = looks.join().unwrap();
        assert!(seen[1] || seen[0], "the other thread read the book");
    });
    assert_eq!(cells(&clerk, VISITS)[0]["X_BZ"], NOTE);
}
