//! A draft book moves from the edition of June 2023 to that of September 2024: previewed, made, worked on, taken back.
//!
//! The books here hold invented records of every table ([`random`]) and planted cells of every kind ([`planted`]); the
//! [`ledger`] goes through the file itself and looks for each cell that a clerk had typed.

mod crash;
mod ledger;
mod planted;
mod random;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use vault::{KeyStore, MemoryKeys};

use crate::stage::{Clerk, Home, PERIOD, SCHOOL, VISITS, env};

/// The edition that books come from.
const OLD: &str = "gaozhi-2023.06";
/// The edition that they move to.
const NEW: &str = "gaozhi-2024.09";

/// A clerk with a book of the old edition, and the key to look into the file.
struct Office {
    home: Home,
    keys: Arc<MemoryKeys>,
    clerk: Clerk,
    book: PathBuf,
}

impl Office {
    fn new() -> Office {
        let home = Home::new();
        let keys = Arc::new(MemoryKeys::new());
        let clerk = Clerk::new(desk::Env { keys: keys.clone(), ..env(home.folder()) });
        let college = json!({ "code": SCHOOL, "name": "示例职业技术学院" });
        let made = clerk.call("book.create", json!({ "edition": OLD, "college": college, "period": PERIOD }));
        let book = PathBuf::from(made["path"].as_str().unwrap());
        Office { home, keys, clerk, book }
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.clerk.call(name, request)
    }

    fn refused(&self, name: &str, request: Value) -> String {
        self.clerk.try_call(name, request).expect_err(name).code
    }

    /// Adds records; gives their numbers.
    #[track_caller]
    fn insert(&self, table: &str, records: &[Value]) -> Vec<i64> {
        let changes: Vec<Value> = records.iter().map(|values| json!({ "do": "insert", "values": values })).collect();
        let edited = self.call("fill.edit", json!({ "table": table, "changes": changes }));
        edited["added"].as_array().unwrap().iter().map(|row| row.as_i64().unwrap()).collect()
    }

    /// One cell of the open book.
    fn cell(&self, table: &str, row: i64, column: &str) -> String {
        let found = self.call("fill.record", json!({ "table": table, "row": row }));
        found["record"]["cells"][column].as_str().unwrap_or_default().to_owned()
    }

    /// The key of the book.
    fn key(&self) -> Vec<u8> {
        let salt: String = store::read_salt(&self.book).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        self.keys.get(&format!("book/{salt}")).unwrap().expect("the key of the book").bytes().to_vec()
    }

    /// Everything in a file of this book, in an order that does not depend on how it was packed.
    fn content(&self, path: &Path) -> Vec<String> {
        ledger::content(path, &self.key())
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[test]
fn every_cell_is_found_again_or_kept_aside() {
    for seed in [1, 2] {
        let office = Office::new();
        let filled = random::fill(&office, seed, usize::MAX);
        let preview = office.call("migration.preview", json!({ "to": NEW }));
        let counts = &preview["counts"];
        let number = |name: &str| counts[name].as_u64().unwrap();
        assert_eq!(number("cells"), filled.cells, "seed {seed}: every cell is counted");
        assert_eq!(
            number("kept") + number("converted") + number("moved") + number("aside"),
            number("cells"),
            "seed {seed}: and once"
        );
        let done = office.call("migration.run", json!({ "to": NEW }));
        assert_eq!(done["counts"], *counts, "seed {seed}: what was shown is what was done");
        office.call("book.close", json!({}));
        ledger::nothing_is_lost(Path::new(text(&done, "kept_copy")), &office.book, &office.key());
    }
}

#[test]
fn a_moved_book_is_worked_on_and_taken_back_as_it_was() {
    let office = Office::new();
    planted::plant(&office);
    let before = office.content(&office.book);
    let preview = office.call("migration.preview", json!({ "to": NEW }));
    assert_eq!(preview["blocked"], Value::Null);
    planted::is_previewed(&preview);
    assert_eq!(office.content(&office.book), before, "a preview changes nothing");

    let done = office.call("migration.run", json!({ "to": NEW }));
    let copy = PathBuf::from(text(&done, "kept_copy"));
    assert!(copy.to_str().unwrap().contains("迁移前 2023-06"), "{copy:?}");
    assert_eq!(office.content(&copy), before);
    assert_eq!(text(&office.call("book.head", json!({})), "edition"), NEW);
    planted::is_moved(&office);

    // It is a book like any other: filled, undone, checked, submitted to the rehearsal.
    assert_eq!(office.refused("fill.undo", json!({ "count": 1 })), "undo.before-move");
    let visit = json!({ "FWRQ": "20260918", "DZQKFWCS": "7", "DZTSFWCS": "8" });
    office.insert(VISITS, std::slice::from_ref(&visit));
    office.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(office.refused("fill.undo", json!({ "count": 1 })), "undo.before-move");
    office.call("fill.redo", json!({ "count": 1 }));
    let sent = office.call("submit.send", json!({ "target": {}, "tables": [VISITS] }));
    assert_eq!((&sent["interrupted"], &sent["batches"][0]["rows"]), (&Value::Null, &json!(2)), "{sent}");
    assert_eq!(
        office.clerk.try_call("migration.take_back", json!({})).unwrap_err().code,
        "migration.under-way",
        "results would find no book"
    );
    let results = office.call("submit.results", json!({ "wait": 10 }));
    assert_eq!(results["batches"][0]["batch"]["state"], "stored", "{results}");

    let state = office.call("migration.state", json!({}));
    assert_eq!((&state["moved"]["can_take_back"], &state["moved"]["why_not"]), (&json!(true), &Value::Null));
    let moved = office.content(&office.book);
    let taken = office.call("migration.take_back", json!({}));
    assert_eq!((text(&taken, "edition"), Path::new(text(&taken, "path"))), (OLD, office.book.as_path()));
    assert_eq!(office.content(&office.book), before, "the book as it was");
    assert_eq!(office.content(Path::new(text(&taken, "moved_file"))), moved, "and nothing typed since is lost");
    assert!(!copy.exists());
    assert_eq!(office.call("migration.state", json!({}))["moved"], Value::Null);
    assert_eq!(office.refused("migration.take_back", json!({})), "migration.not-moved");
    office.call("fill.undo", json!({ "count": 1 }));

    // And once more.
    office.call("migration.run", json!({ "to": NEW }));
    office.insert(VISITS, &[visit]);
}

#[test]
fn only_forwards_and_only_once() {
    let office = Office::new();
    let offers = office.call("migration.offers", json!({}));
    assert_eq!((offers.as_array().unwrap().len(), &offers[0]["to"]), (1, &json!(NEW)));
    let refused = |office: &Office, to: &str| {
        let request = json!({ "to": to });
        let codes = ["migration.preview", "migration.run"].map(|call| office.refused(call, request.clone()));
        assert_eq!(codes[0], codes[1]);
        codes[0].clone()
    };
    assert_eq!(refused(&office, OLD), "migration.same-edition");
    assert_eq!(refused(&office, "zhongzhi-2023.06"), "migration.no-way");
    assert_eq!(refused(&office, "gaozhi-1999.01"), "edition.unknown");
    office.call("migration.run", json!({ "to": NEW }));
    assert_eq!(refused(&office, NEW), "migration.same-edition");
    assert_eq!(refused(&office, OLD), "migration.no-way");
    assert_eq!(office.call("migration.offers", json!({})), json!([]));
    let moved = office.call("migration.state", json!({}));
    let copy = PathBuf::from(text(&moved["moved"], "copy"));
    std::fs::rename(&copy, copy.with_extension("elsewhere")).unwrap();
    let state = office.call("migration.state", json!({}));
    assert_eq!(state["moved"]["why_not"]["code"], "migration.no-copy");
    assert_eq!(office.refused("migration.take_back", json!({})), "migration.no-copy");
}

#[test]
fn a_batch_under_way_stands_in_the_way() {
    let office = Office::new();
    office.insert(VISITS, &[json!({ "FWRQ": "20260917", "DZQKFWCS": "1", "DZTSFWCS": "2" })]);
    office.call("submit.send", json!({ "target": {} }));
    let preview = office.call("migration.preview", json!({ "to": NEW }));
    assert_eq!(preview["blocked"]["code"], "migration.under-way");
    assert_eq!(office.refused("migration.run", json!({ "to": NEW })), "migration.under-way");
    assert_eq!(text(&office.call("book.head", json!({})), "edition"), OLD);
    office.call("submit.results", json!({ "wait": 10 }));
    office.call("migration.run", json!({ "to": NEW }));
    // What has left the book keeps its key; what was accepted as it stands is not sent again.
    let ready = office.call("submit.ready", json!({}));
    assert_eq!((&ready["tables"][0]["accepted"], &ready["tables"][0]["to_send"]), (&json!(1), &json!(0)), "{ready}");
}

#[test]
fn what_the_college_added_goes_along_where_it_has_a_place() {
    let office = Office::new();
    let field = json!({ "column": "X_BZ", "title": "内部备注", "kind": "text", "sensitivity": "none" });
    office.call(
        "overlay.save",
        json!({
            "fields": [{ "table": VISITS, "field": field }, { "table": "ODS_SHSJ", "field": field }],
            "tables": [{ "name": "X_OWN", "title": "本校表", "frequency": "term", "fields": [field] }],
            "rules": [], "frequencies": {}, "departments": {},
        }),
    );
    office.insert(VISITS, &[json!({ "FWRQ": "20260917", "X_BZ": "一" })]);
    office.insert("ODS_SHSJ", &[json!({ "DZZMC": "示例支部", "X_BZ": "二" })]);
    office.insert("X_OWN", &[json!({ "X_BZ": "三" })]);
    office.call("migration.run", json!({ "to": NEW }));
    assert_eq!([office.cell(VISITS, 1, "X_BZ"), office.cell("X_OWN", 1, "X_BZ")], ["一", "三"]);
    let aside = office.call("migration.aside", json!({ "offset": 0, "limit": 10 }));
    let cells = aside["records"][0]["cells"].as_array().unwrap();
    let kept: Vec<_> = cells.iter().filter(|cell| cell["aside"] == true).map(|cell| text(cell, "value")).collect();
    assert_eq!((&aside["total"], kept), (&json!(1), vec!["二"]), "a table that is gone takes its own columns along");
    office.call("migration.take_back", json!({}));
    assert_eq!(office.cell("ODS_SHSJ", 1, "X_BZ"), "二");
}

#[test]
fn departments_follow_their_tables() {
    let office = Office::new();
    let mut settings = office.call("settings.get", json!({}));
    settings["departments"] = json!([
        { "name": "教务处", "tables": ["ODS_JHKCSJ", "ODS_KCJBSJ"] },
        { "name": "党委组织部", "tables": ["ODS_SHSJ", "ODS_DYRCHDSJ"] },
        { "name": "学生处", "tables": ["ODS_SXWGXWQKSJ"] },
    ]);
    office.call("settings.set", settings);
    office.call("migration.run", json!({ "to": NEW }));
    let settings = office.call("settings.get", json!({}));
    let tables: Vec<&Value> = settings["departments"].as_array().unwrap().iter().map(|d| &d["tables"]).collect();
    assert_eq!(tables, [&json!(["ODS_PYFAKCSJ", "ODS_KCJBSJ"]), &json!(["ODS_DYHDSJ"]), &json!([])]);
    office.call("settings.set", settings);
}

#[test]
fn a_new_passphrase_opens_the_copy_too() {
    let office = Office::new();
    office.call("migration.run", json!({ "to": NEW }));
    office.call("settings.passphrase", json!({ "new": "另一个 口令" }));
    let taken = office.call("migration.take_back", json!({}));
    assert_eq!(text(&taken, "edition"), OLD);
    office.call("book.close", json!({}));
    let opened = office.call("book.open", json!({ "path": office.book, "passphrase": "另一个 口令" }));
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
    assert_eq!(home.run(["move"]).code, 2, "where to?");
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
    let said = home.cramped(&["move", "--to", NEW, "--apply"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("磁盘已满"), "{said:?}");
    assert_eq!(files(), before, "no copy, and no half of one");
    assert_eq!(home.json(0, &["move", "--to", NEW])["from"], OLD);
}
