//! A draft book moves from the edition of June 2023 to that of September 2024: the preview, the move, work in the moved
//! book, and taking the move back.
//!
//! The books hold invented records of every table ([`random`]) and planted cells of every kind ([`planted`]).
//! [`stored`] reads the file itself and searches for the text of each cell that a clerk had typed.

mod crash;
mod planted;
mod random;
mod stored;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use vault::{KeyStore, MemoryKeys};

use crate::fixture::{Clerk, Home, PERIOD, SCHOOL, VISITS, env};

/// The edition before the move.
const OLD: &str = "gaozhi-2023.06";
/// The edition after the move.
const NEW: &str = "gaozhi-2024.09";

/// A client with a book of the old edition, and the key store with the key of the book.
struct Fixture {
    home: Home,
    keys: Arc<MemoryKeys>,
    clerk: Clerk,
    book: PathBuf,
}

impl Fixture {
    fn new() -> Fixture {
        let home = Home::new();
        let keys = Arc::new(MemoryKeys::new());
        let clerk = Clerk::new(desk::Env { keys: keys.clone(), ..env(home.folder()) });
        let college = json!({ "code": SCHOOL, "name": "示例职业技术学院" });
        let made = clerk.call("book.create", json!({ "edition": OLD, "college": college, "period": PERIOD }));
        let book = PathBuf::from(made["path"].as_str().unwrap());
        Fixture { home, keys, clerk, book }
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.clerk.call(name, request)
    }

    fn refused(&self, name: &str, request: Value) -> String {
        self.clerk.try_call(name, request).expect_err(name).code
    }

    /// Adds records and gives their numbers.
    #[track_caller]
    fn insert(&self, table: &str, records: &[Value]) -> Vec<i64> {
        let changes: Vec<Value> = records.iter().map(|values| json!({ "do": "insert", "values": values })).collect();
        let edited = self.call("fill.edit", json!({ "table": table, "changes": changes }));
        edited["added"].as_array().unwrap().iter().map(|row| row.as_i64().unwrap()).collect()
    }

    /// The value of one cell of the open book.
    fn cell(&self, table: &str, row: i64, column: &str) -> String {
        let found = self.call("fill.record", json!({ "table": table, "row": row }));
        found["record"]["cells"][column].as_str().unwrap_or_default().to_owned()
    }

    /// The raw key of the book file.
    fn key(&self) -> Vec<u8> {
        let salt: String = store::read_salt(&self.book).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        self.keys.get(&format!("book/{salt}")).unwrap().expect("the key of the book").bytes().to_vec()
    }

    /// All rows of all tables in a file of this book, sorted, so that the order in the file does not matter.
    fn content(&self, path: &Path) -> Vec<String> {
        stored::content(path, &self.key())
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[test]
fn every_cell_is_moved_or_set_aside() {
    for seed in [1, 2] {
        let fixture = Fixture::new();
        let filled = random::fill(&fixture, seed, usize::MAX);
        let preview = fixture.call("migration.preview", json!({ "to": NEW }));
        let counts = &preview["counts"];
        let number = |name: &str| counts[name].as_u64().unwrap();
        assert_eq!(number("cells"), filled.cells, "seed {seed}: every cell is counted");
        assert_eq!(
            number("kept") + number("converted") + number("moved") + number("aside"),
            number("cells"),
            "seed {seed}: every cell is counted once"
        );
        let done = fixture.call("migration.run", json!({ "to": NEW }));
        assert_eq!(done["counts"], *counts, "seed {seed}: the move does what the preview showed");
        fixture.call("book.close", json!({}));
        stored::nothing_is_lost(Path::new(text(&done, "kept_copy")), &fixture.book, &fixture.key());
    }
}

#[test]
fn a_moved_book_is_worked_on_and_taken_back_as_it_was() {
    let fixture = Fixture::new();
    planted::plant(&fixture);
    let before = fixture.content(&fixture.book);
    let preview = fixture.call("migration.preview", json!({ "to": NEW }));
    assert_eq!(preview["blocked"], Value::Null);
    planted::is_previewed(&preview);
    assert_eq!(fixture.content(&fixture.book), before, "a preview changes nothing");

    let done = fixture.call("migration.run", json!({ "to": NEW }));
    let copy = PathBuf::from(text(&done, "kept_copy"));
    assert!(copy.to_str().unwrap().contains("迁移前 2023-06"), "{copy:?}");
    assert_eq!(fixture.content(&copy), before);
    assert_eq!(text(&fixture.call("book.head", json!({})), "edition"), NEW);
    planted::is_moved(&fixture);

    // The moved book can be filled, undone, checked and submitted to the rehearsal.
    assert_eq!(fixture.refused("fill.undo", json!({ "count": 1 })), "undo.before-move");
    let visit = json!({ "FWRQ": "20260918", "DZQKFWCS": "7", "DZTSFWCS": "8" });
    fixture.insert(VISITS, std::slice::from_ref(&visit));
    fixture.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(fixture.refused("fill.undo", json!({ "count": 1 })), "undo.before-move");
    fixture.call("fill.redo", json!({ "count": 1 }));
    let sent = fixture.call("submit.send", json!({ "target": {}, "tables": [VISITS] }));
    assert_eq!((&sent["interrupted"], &sent["batches"][0]["rows"]), (&Value::Null, &json!(2)), "{sent}");
    assert_eq!(
        fixture.clerk.try_call("migration.take_back", json!({})).unwrap_err().code,
        "migration.under-way",
        "the results of the delivery need this book"
    );
    let results = fixture.call("submit.results", json!({ "wait": 10 }));
    assert_eq!(results["batches"][0]["batch"]["state"], "stored", "{results}");

    let state = fixture.call("migration.state", json!({}));
    assert_eq!((&state["moved"]["can_take_back"], &state["moved"]["why_not"]), (&json!(true), &Value::Null));
    let moved = fixture.content(&fixture.book);
    let taken = fixture.call("migration.take_back", json!({}));
    assert_eq!((text(&taken, "edition"), Path::new(text(&taken, "path"))), (OLD, fixture.book.as_path()));
    assert_eq!(fixture.content(&fixture.book), before, "the book as it was");
    assert_eq!(fixture.content(Path::new(text(&taken, "moved_file"))), moved, "nothing typed since is lost");
    assert!(!copy.exists());
    assert_eq!(fixture.call("migration.state", json!({}))["moved"], Value::Null);
    assert_eq!(fixture.refused("migration.take_back", json!({})), "migration.not-moved");
    fixture.call("fill.undo", json!({ "count": 1 }));

    // The book can be moved a second time.
    fixture.call("migration.run", json!({ "to": NEW }));
    fixture.insert(VISITS, &[visit]);
}

#[test]
fn only_forwards_and_only_once() {
    let fixture = Fixture::new();
    let offers = fixture.call("migration.offers", json!({}));
    assert_eq!((offers.as_array().unwrap().len(), &offers[0]["to"]), (1, &json!(NEW)));
    let refused = |fixture: &Fixture, to: &str| {
        let request = json!({ "to": to });
        let codes = ["migration.preview", "migration.run"].map(|call| fixture.refused(call, request.clone()));
        assert_eq!(codes[0], codes[1]);
        codes[0].clone()
    };
    assert_eq!(refused(&fixture, OLD), "migration.same-edition");
    assert_eq!(refused(&fixture, "zhongzhi-2023.06"), "migration.no-way");
    assert_eq!(refused(&fixture, "gaozhi-1999.01"), "edition.unknown");
    fixture.call("migration.run", json!({ "to": NEW }));
    assert_eq!(refused(&fixture, NEW), "migration.same-edition");
    assert_eq!(refused(&fixture, OLD), "migration.no-way");
    assert_eq!(fixture.call("migration.offers", json!({})), json!([]));
    let moved = fixture.call("migration.state", json!({}));
    let copy = PathBuf::from(text(&moved["moved"], "copy"));
    std::fs::rename(&copy, copy.with_extension("elsewhere")).unwrap();
    let state = fixture.call("migration.state", json!({}));
    assert_eq!(state["moved"]["why_not"]["code"], "migration.no-copy");
    assert_eq!(fixture.refused("migration.take_back", json!({})), "migration.no-copy");
}

#[test]
fn a_batch_under_way_prevents_the_move() {
    let fixture = Fixture::new();
    fixture.insert(VISITS, &[json!({ "FWRQ": "20260917", "DZQKFWCS": "1", "DZTSFWCS": "2" })]);
    fixture.call("submit.send", json!({ "target": {} }));
    let preview = fixture.call("migration.preview", json!({ "to": NEW }));
    assert_eq!(preview["blocked"]["code"], "migration.under-way");
    assert_eq!(fixture.refused("migration.run", json!({ "to": NEW })), "migration.under-way");
    assert_eq!(text(&fixture.call("book.head", json!({})), "edition"), OLD);
    fixture.call("submit.results", json!({ "wait": 10 }));
    fixture.call("migration.run", json!({ "to": NEW }));
    // Records that were sent keep their keys, and accepted records that did not change are not sent again.
    let ready = fixture.call("submit.ready", json!({}));
    assert_eq!((&ready["tables"][0]["accepted"], &ready["tables"][0]["to_send"]), (&json!(1), &json!(0)), "{ready}");
}

#[test]
fn own_fields_and_tables_move_with_their_tables() {
    let fixture = Fixture::new();
    let field = json!({ "column": "X_BZ", "title": "内部备注", "kind": "text", "sensitivity": "none" });
    fixture.call(
        "overlay.save",
        json!({
            "fields": [{ "table": VISITS, "field": field }, { "table": "ODS_SHSJ", "field": field }],
            "tables": [{ "name": "X_OWN", "title": "本校表", "frequency": "term", "fields": [field] }],
            "rules": [], "frequencies": {}, "departments": {},
        }),
    );
    fixture.insert(VISITS, &[json!({ "FWRQ": "20260917", "X_BZ": "一" })]);
    fixture.insert("ODS_SHSJ", &[json!({ "DZZMC": "示例支部", "X_BZ": "二" })]);
    fixture.insert("X_OWN", &[json!({ "X_BZ": "三" })]);
    fixture.call("migration.run", json!({ "to": NEW }));
    assert_eq!([fixture.cell(VISITS, 1, "X_BZ"), fixture.cell("X_OWN", 1, "X_BZ")], ["一", "三"]);
    let aside = fixture.call("migration.aside", json!({ "offset": 0, "limit": 10 }));
    let cells = aside["records"][0]["cells"].as_array().unwrap();
    let kept: Vec<_> = cells.iter().filter(|cell| cell["aside"] == true).map(|cell| text(cell, "value")).collect();
    assert_eq!(
        (&aside["total"], kept),
        (&json!(1), vec!["二"]),
        "the own columns of a table that is gone are set aside"
    );
    fixture.call("migration.take_back", json!({}));
    assert_eq!(fixture.cell("ODS_SHSJ", 1, "X_BZ"), "二");
}

#[test]
fn departments_follow_their_tables() {
    let fixture = Fixture::new();
    let mut settings = fixture.call("settings.get", json!({}));
    settings["departments"] = json!([
        { "name": "教务处", "tables": ["ODS_JHKCSJ", "ODS_KCJBSJ"] },
        { "name": "党委组织部", "tables": ["ODS_SHSJ", "ODS_DYRCHDSJ"] },
        { "name": "学生处", "tables": ["ODS_SXWGXWQKSJ"] },
    ]);
    fixture.call("settings.set", settings);
    fixture.call("migration.run", json!({ "to": NEW }));
    let settings = fixture.call("settings.get", json!({}));
    let tables: Vec<&Value> = settings["departments"].as_array().unwrap().iter().map(|d| &d["tables"]).collect();
    assert_eq!(tables, [&json!(["ODS_PYFAKCSJ", "ODS_KCJBSJ"]), &json!(["ODS_DYHDSJ"]), &json!([])]);
    fixture.call("settings.set", settings);
}

#[test]
fn a_new_passphrase_opens_the_copy_too() {
    let fixture = Fixture::new();
    fixture.call("migration.run", json!({ "to": NEW }));
    fixture.call("settings.passphrase", json!({ "new": "另一个 口令" }));
    let taken = fixture.call("migration.take_back", json!({}));
    assert_eq!(text(&taken, "edition"), OLD);
    fixture.call("book.close", json!({}));
    let opened = fixture.call("book.open", json!({ "path": fixture.book, "passphrase": "另一个 口令" }));
    assert_eq!(text(&opened, "edition"), OLD);
}

#[test]
fn the_command_line_moves_a_book() {
    let home = Home::new();
    let new = ["new", "--edition", OLD, "--school", SCHOOL, "--name", "示例", "--period", PERIOD];
    home.json(0, &new);
    home.json(1, &["set", "ODS_XSJNZSSJ", "new", "FZJG=示例中心"]);
    let preview = home.json(1, &["move", "--to", NEW]);
    assert!(preview["counts"]["hand"].as_u64().unwrap() > 0, "{preview}");
    let words = home.run(["move", "--to", NEW]);
    assert!(words.out.contains("留存备查") && words.out.contains("只是预览"), "{words:?}");
    assert_eq!(home.json(2, &["move", "--take-back"])["error"]["code"], "migration.not-moved");
    let done = home.json(1, &["move", "--to", NEW, "--apply"]);
    assert_eq!((&done["from"], &done["to"]), (&json!(OLD), &json!(NEW)));
    assert_eq!(home.json(2, &["move", "--to", NEW, "--apply"])["error"]["code"], "migration.same-edition");
    let taken = home.json(0, &["move", "--take-back"]);
    assert_eq!(taken["edition"], OLD);
    let rows = home.json(0, &["rows", "ODS_XSJNZSSJ"]);
    assert_eq!(rows["rows"][0]["FZJG"], "示例中心");
    assert_eq!(home.run(["move"]).code, 2, "the command needs a target edition");
}

#[cfg(unix)]
#[test]
fn a_full_disk_moves_nothing() {
    let home = Home::new();
    let new = ["new", "--edition", OLD, "--school", SCHOOL, "--name", "示例", "--period", PERIOD];
    home.json(0, &new);
    let files = || {
        let folder = std::fs::read_dir(home.path("books")).unwrap();
        let names = folder.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect();
        names.sort();
        names
    };
    let before = files();
    let output = home.run_on_full_disk(&["move", "--to", NEW, "--apply"]);
    assert_eq!(output.code, 2, "{output:?}");
    assert!(output.err.contains("磁盘已满"), "{output:?}");
    assert_eq!(files(), before, "no copy, not even an incomplete one");
    assert_eq!(home.json(0, &["move", "--to", NEW])["from"], OLD);
}
