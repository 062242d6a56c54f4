//! A workbook comes back weeks later: what only the draft changed stays, what only the workbook changed comes in, what
//! both changed waits, and no row is taken for another record.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, Sheet, VISITS, env};

/// Days, visits to the site and visits to books of the records that every test begins with.
pub const DAYS: [[&str; 3]; 4] =
    [["20260901", "10", "1"], ["20260902", "20", "2"], ["20260903", "30", "3"], ["20260904", "40", "4"]];

/// Columns of the template's sheet. Row 3 holds the first record.
pub const SITE: char = 'A';
pub const BOOKS: char = 'B';
pub const DAY: char = 'C';

pub struct CameBack {
    pub home: Home,
    pub clerk: Clerk,
    pub rows: Vec<i64>,
    pub file: PathBuf,
}

impl CameBack {
    /// A book with the records, and a template that was written with them.
    pub fn new() -> CameBack {
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        clerk.create(false);
        let rows = DAYS.map(|record| insert(&clerk, record)).to_vec();
        let file = home.path("came-back.xlsx");
        clerk.call("workbook.template", json!({ "tables": [VISITS], "with_rows": true, "path": file }));
        CameBack { home, clerk, rows, file }
    }

    pub fn set(&self, at: usize, column: &str, value: &str) {
        let change = json!({ "do": "set", "row": self.rows[at], "column": column, "value": value });
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
    }

    pub fn delete(&self, at: usize) {
        let change = json!({ "do": "delete", "row": self.rows[at] });
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
    }

    /// The proposal, and its one sheet.
    pub fn preview(&self) -> (Value, Value) {
        let proposal = self.clerk.call("workbook.preview", json!({ "files": [self.file] }));
        let sheet = proposal["files"][0]["sheets"][0].clone();
        (proposal["id"].clone(), sheet)
    }

    /// Applies what the file says now, and returns the counts of what is left undone.
    pub fn import(&self, conflicts: Option<&str>, clear: bool) -> (Value, Value) {
        let (proposal, _) = self.preview();
        let request = json!({ "proposal": proposal, "conflicts": conflicts, "clear": clear });
        let applied = self.clerk.call("workbook.apply", request);
        (applied["undecided"].clone(), applied["not_cleared"].clone())
    }

    pub fn records(&self) -> Vec<[String; 3]> {
        records(&self.clerk)
    }
}

pub fn insert(clerk: &Clerk, [day, site, books]: [&str; 3]) -> i64 {
    let values = json!({ "FWRQ": day, "DZQKFWCS": site, "DZTSFWCS": books });
    let change = json!({ "do": "insert", "values": values });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }))["added"][0].as_i64().unwrap()
}

pub fn records(clerk: &Clerk) -> Vec<[String; 3]> {
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 20 }));
    let cells = |row: &Value| {
        ["FWRQ", "DZQKFWCS", "DZTSFWCS"].map(|column| row["cells"][column].as_str().unwrap_or_default().to_owned())
    };
    page["rows"].as_array().unwrap().iter().map(cells).collect()
}

/// How many rows of each kind a sheet has, kinds without a row left out.
pub fn counts(sheet: &Value) -> Value {
    let kinds = ["new", "changed", "unchanged", "conflicts", "cleared", "doubled", "left_out", "missing", "unreadable"];
    let some = kinds.iter().filter(|kind| sheet[**kind] != 0).map(|kind| ((*kind).to_owned(), sheet[*kind].clone()));
    Value::Object(some.collect())
}

pub fn at(column: char, record: usize) -> String {
    format!("{column}{}", record + 3)
}

#[test]
fn only_what_one_side_changed_is_done_without_a_word() {
    let back = CameBack::new();
    // The file changes the first and the third record; the draft the second and the third.
    Sheet::open(&back.file).set(&at(SITE, 0), "11").set(&at(SITE, 2), "33").set(&at(BOOKS, 2), "5").save();
    back.set(1, "DZQKFWCS", "21");
    back.set(2, "DZQKFWCS", "31");
    back.set(3, "DZQKFWCS", "44");
    back.clerk.call("fill.undo", json!({ "count": 1 }));
    let (_, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "changed": 1, "unchanged": 2, "conflicts": 1 }));

    // Without a word the conflicting cell waits; the other cell of its record comes in.
    assert_eq!(back.import(None, false), (json!(1), json!(0)));
    let expected = [["20260901", "11", "1"], ["20260902", "21", "2"], ["20260903", "31", "5"], DAYS[3]];
    assert_eq!(back.records(), expected);
    for (choice, site) in [("ours", "31"), ("skip", "31"), ("theirs", "33")] {
        assert_eq!(back.import(Some(choice), false), (json!(0), json!(0)));
        assert_eq!(back.records()[2], ["20260903", site, "5"], "{choice}");
    }
    // One step, one undo.
    back.clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(back.records(), expected);
}

#[test]
fn an_empty_cell_empties_only_where_it_is_asked_for() {
    let back = CameBack::new();
    Sheet::open(&back.file).set(&at(BOOKS, 0), "").set(&at(SITE, 1), "22").set(&at(BOOKS, 1), "").save();
    let (_, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "changed": 1, "unchanged": 2, "cleared": 2 }));
    assert_eq!(back.import(None, false), (json!(0), json!(2)));
    assert_eq!(back.records()[..2], [["20260901", "10", "1"], ["20260902", "22", "2"]]);
    assert_eq!(back.import(None, true), (json!(0), json!(0)));
    assert_eq!(back.records()[..2], [["20260901", "10", ""], ["20260902", "22", ""]]);

    // In a file that was not written from the book, an empty cell does not mean that the value was removed.
    std::fs::write(back.home.path("other.csv"), "FWRQ,DZQKFWCS,DZTSFWCS\n20260903,,9\n20260904,41,\n").unwrap();
    let other = CameBack { file: back.home.path("other.csv"), ..back };
    assert_eq!(other.import(None, true), (json!(0), json!(0)));
    assert_eq!(other.records()[2..], [["20260903", "30", "9"], ["20260904", "41", "4"]]);
}

#[test]
fn a_copied_row_is_another_record() {
    let back = CameBack::new();
    // The second record is copied below the last, and becomes another day with other numbers; then one is taken out.
    let mut sheet = Sheet::open(&back.file);
    sheet.copy_row(4, 7).set("C7", "20260905").set("A7", "50").remove_row(6).save();
    let (_, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "new": 1, "unchanged": 3, "missing": 1 }));
    assert_eq!(sheet["remarks"][0]["code"], "mark-ignored");
    back.import(None, false);
    let expected = [DAYS[0], DAYS[1], DAYS[2], DAYS[3], ["20260905", "50", "2"]];
    assert_eq!(back.records(), expected);
}

#[test]
fn columns_that_were_sorted_apart_change_no_other_record() {
    let back = CameBack::new();
    let mut sheet = Sheet::open(&back.file);
    // The visible columns of the first two records are exchanged, their hidden marks are not.
    for column in [SITE, BOOKS, DAY] {
        let (one, other) = (sheet.cell(&at(column, 0)), sheet.cell(&at(column, 1)));
        sheet.set(&at(column, 0), &other).set(&at(column, 1), &one);
    }
    sheet.set(&at(SITE, 0), "25").save();
    let (_, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "changed": 1, "unchanged": 3 }));
    back.import(None, false);
    assert_eq!(back.records()[..2], [DAYS[0], ["20260902", "25", "2"]]);
}

#[test]
fn a_corrected_key_stays_the_same_record() {
    let back = CameBack::new();
    Sheet::open(&back.file).set(&at(DAY, 0), "20260911").save();
    let (_, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "changed": 1, "unchanged": 3 }));
    back.import(None, false);
    assert_eq!(back.records()[0], ["20260911", "10", "1"]);

    // With another cell changed as well it may be another record: the clerk decides.
    Sheet::open(&back.file).set(&at(DAY, 1), "20260912").set(&at(SITE, 1), "29").save();
    let (proposal, sheet) = back.preview();
    assert_eq!(counts(&sheet)["conflicts"], 1, "{sheet}");
    let query = json!({ "proposal": proposal, "file": back.file, "sheet": sheet["sheet"], "kind": "conflict", "offset": 0, "limit": 5 });
    assert_eq!(back.clerk.call("workbook.preview_rows", query)["rows"][0]["conflict"], "other-key");
    assert_eq!(back.import(None, false).0, 1);
    assert_eq!(back.records()[1], DAYS[1]);
}

#[test]
fn a_record_that_was_deleted_here_waits() {
    let back = CameBack::new();
    back.delete(1);
    let (_, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "unchanged": 3, "conflicts": 1 }));
    assert_eq!(back.import(None, false).0, 1);
    assert_eq!(back.import(Some("ours"), false).0, 0);
    assert_eq!(back.records().len(), 3);
    back.import(Some("theirs"), false);
    assert_eq!(back.records().len(), 4);
}

#[test]
fn the_same_record_in_two_files_counts_once_and_another_waits() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let files = ["one.csv", "two.csv"].map(|name| home.path(name));
    let heading = "FWRQ,DZQKFWCS,DZTSFWCS\n";
    std::fs::write(&files[0], format!("{heading}20260901,10,1\n20260902,20,2\n")).unwrap();
    std::fs::write(&files[1], format!("{heading}20260901,10,1\n20260902,99,2\n20260903,30,3\n")).unwrap();
    let proposal = clerk.call("workbook.preview", json!({ "files": files }));
    let sheet = |file: usize| counts(&proposal["files"][file]["sheets"][0]);
    assert_eq!((sheet(0), sheet(1)), (json!({ "new": 2 }), json!({ "new": 1, "conflicts": 1, "doubled": 1 })));
    let applied = clerk.call("workbook.apply", json!({ "proposal": proposal["id"] }));
    assert_eq!((&applied["new"], &applied["undecided"]), (&json!(3), &json!(1)));
    assert_eq!(records(&clerk), [["20260901", "10", "1"], ["20260902", "20", "2"], ["20260903", "30", "3"]]);
}

#[test]
fn a_record_that_came_in_since_the_preview_waits() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let file = home.path("one.csv");
    std::fs::write(&file, "FWRQ,DZQKFWCS,DZTSFWCS\n20260901,10,1\n20260902,20,2\n").unwrap();
    let proposal = clerk.call("workbook.preview", json!({ "files": [file] }));
    insert(&clerk, ["20260901", "11", "1"]);
    let applied = clerk.call("workbook.apply", json!({ "proposal": proposal["id"] }));
    assert_eq!((&applied["new"], &applied["undecided"]), (&json!(1), &json!(1)));
    assert_eq!(records(&clerk), [["20260901", "11", "1"], ["20260902", "20", "2"]]);
}

#[test]
fn rows_that_may_be_alike_are_records_of_their_own_whatever_was_edited_since() {
    const SPENDING: &str = "ODS_KYJFZCSJ";
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let add = |purpose: &str| {
        let values = json!({ "KYXMBH": "KY001", "ZCSJ": "20261012 000000", "ZCYT": purpose, "ZCJE": "1000" });
        let change = json!({ "do": "insert", "values": values });
        clerk.call("fill.edit", json!({ "table": SPENDING, "changes": [change] }));
    };
    add("专家咨询费");
    let file = home.path("spending.csv");
    let line = "KY001,20261012 000000,专家咨询费,1000\n";
    std::fs::write(&file, format!("KYXMBH,ZCSJ,ZCYT,ZCJE\n{}", line.repeat(3))).unwrap();
    let proposal = clerk.call("workbook.preview", json!({ "files": [file], "table": SPENDING }));
    let sheet = counts(&proposal["files"][0]["sheets"][0]);
    assert_eq!(sheet, json!({ "new": 2, "unchanged": 1 }));
    add("差旅费");
    let applied = clerk.call("workbook.apply", json!({ "proposal": proposal["id"] }));
    assert_eq!((&applied["new"], &applied["undecided"]), (&json!(2), &json!(0)));
}

#[test]
fn the_command_line_says_what_waits_and_what_is_no_table() {
    let home = Home::new();
    home.new_book();
    std::fs::write(home.path("visits.csv"), "FWRQ,DZQKFWCS,DZTSFWCS\n20260901,10,1\n20260901,11,1\n").unwrap();
    let answer = home.json(1, &["import", "visits.csv", "--apply"]);
    let sheet = &answer["files"][0]["sheets"][0];
    assert_eq!((&sheet["new"], &sheet["conflicts"], &answer["applied"]), (&json!(1), &json!(1), &json!(true)));
    // A file of something else: exit code 2, and what was looked for in words.
    std::fs::write(home.path("other.csv"), "商品,价格\n苹果,3\n").unwrap();
    let answer = home.json(2, &["import", "other.csv", "--apply"]);
    assert_eq!(answer["applied"], json!(false));
    let remark = &answer["files"][0]["sheets"][0]["remarks"][0];
    assert_eq!(remark["code"], "no-table");
    assert!(remark["words"].as_str().unwrap().contains("无法识别"), "{remark}");
}
