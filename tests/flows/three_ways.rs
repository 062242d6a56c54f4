//! Every row of the table of three ways in the calls of the window and in the command line; and, for edits at random on
//! both sides, that nothing is lost which only one side changed, and that nothing is done without a decision.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::came_back::{BOOKS, CameBack, DAYS, SITE, at, counts, insert};
use crate::fixture::{Clerk, Home, PASSPHRASE, Sheet, VISITS, env};

/// What becomes of a cell: value written into the file, value of the draft, value that the file brings back.
struct Way {
    base: &'static str,
    draft: &'static str,
    file: &'static str,
    /// The kind of the row.
    kind: &'static str,
    /// The cell after an import without a word; with `ours`; with `theirs`; and with `theirs` and the word for
    /// emptying.
    after: [&'static str; 4],
}

/// The table of three ways.
const WAYS: [Way; 8] = [
    Way { base: "1", draft: "1", file: "2", kind: "changed", after: ["2", "2", "2", "2"] },
    Way { base: "1", draft: "2", file: "1", kind: "unchanged", after: ["2", "2", "2", "2"] },
    Way { base: "1", draft: "2", file: "2", kind: "unchanged", after: ["2", "2", "2", "2"] },
    Way { base: "1", draft: "2", file: "3", kind: "conflicts", after: ["2", "2", "3", "3"] },
    Way { base: "1", draft: "1", file: "", kind: "cleared", after: ["1", "1", "1", ""] },
    Way { base: "", draft: "2", file: "", kind: "unchanged", after: ["2", "2", "2", "2"] },
    Way { base: "", draft: "2", file: "3", kind: "conflicts", after: ["2", "2", "3", "3"] },
    Way { base: "1", draft: "2", file: "", kind: "conflicts", after: ["2", "2", "2", ""] },
];

const WORDS: [(Option<&str>, bool); 4] =
    [(None, false), (Some("ours"), false), (Some("theirs"), false), (Some("theirs"), true)];

/// A book of one record, with what was written into a file, changed since, and brought back.
fn brought_back(way: &Way) -> CameBack {
    let back = CameBack::new();
    back.set(0, "DZQKFWCS", way.base);
    back.clerk.call("workbook.template", json!({ "tables": [VISITS], "with_rows": true, "path": back.file }));
    back.set(0, "DZQKFWCS", way.draft);
    Sheet::open(&back.file).set(&at(SITE, 0), way.file).save();
    back
}

#[test]
fn each_row_of_the_table_in_the_window() {
    for way in &WAYS {
        let Way { base, draft, file, kind, after } = way;
        let back = brought_back(way);
        for ((conflicts, clear), expected) in WORDS.iter().zip(after) {
            let (_, sheet) = back.preview();
            assert_eq!(counts(&sheet)[kind], if *kind == "unchanged" { 4 } else { 1 }, "{base} {draft} {file}");
            let (undecided, _) = back.import(*conflicts, *clear);
            assert_eq!(undecided, u64::from(conflicts.is_none() && *kind == "conflicts"));
            assert_eq!(back.records()[0][1], *expected, "{base} {draft} {file} {conflicts:?} {clear}");
            if back.records()[0][1] != *draft {
                back.clerk.call("fill.undo", json!({ "count": 1 }));
            }
        }
    }
}

#[test]
fn each_row_of_the_table_in_the_command_line() {
    for way in &WAYS {
        let Way { base, draft, file, kind, after } = way;
        let back = brought_back(way);
        let CameBack { home, clerk, file: workbook, .. } = back;
        drop(clerk);
        for ((conflicts, clear), expected) in WORDS.iter().zip(after) {
            let mut words = vec!["import", workbook.to_str().unwrap(), "--apply"];
            words.extend(conflicts.iter().flat_map(|choice| ["--conflicts", choice]));
            words.extend(clear.then_some("--clear"));
            let waits = conflicts.is_none() && *kind == "conflicts";
            let answer = home.json(i32::from(waits), &words);
            let waiting = answer["waiting"].as_array().unwrap();
            assert_eq!(waiting.len(), usize::from(waits), "{answer}");
            if let Some(row) = waiting.first() {
                let cell = &row["cells"][0];
                assert_eq!((&cell["column"], &row["line"]), (&json!("DZQKFWCS"), &json!(3)));
                assert_eq!(
                    (&cell["base"], &cell["ours"], &cell["theirs"]),
                    (&json!(base), &json!(draft), &json!(file))
                );
            }
            let rows = home.json(0, &["rows", VISITS]);
            let value = rows["rows"][0]["DZQKFWCS"].as_str().unwrap_or_default();
            assert_eq!(value, *expected, "{base} {draft} {file} {conflicts:?} {clear}");
            if value != *draft {
                home.json(0, &["undo"]);
            }
        }
        // The command line leaves nothing to be decided behind.
        let clerk = open_again(&home);
        assert_eq!(clerk.call("workbook.proposals", json!({})), json!([]));
    }
}

#[test]
fn without_a_base_an_empty_cell_says_nothing_and_a_value_comes_in() {
    let back = CameBack::new();
    let csv = |text: &str| {
        std::fs::write(back.home.path("other.csv"), text).unwrap();
        let proposal = back.clerk.call("workbook.preview", json!({ "files": [back.home.path("other.csv")] }));
        let sheet = counts(&proposal["files"][0]["sheets"][0]);
        back.clerk.call("workbook.apply", json!({ "proposal": proposal["id"], "clear": true }));
        sheet
    };
    assert_eq!(csv("FWRQ,DZQKFWCS,DZTSFWCS\n20260901,,1\n"), json!({ "unchanged": 1 }));
    assert_eq!(csv("FWRQ,DZQKFWCS,DZTSFWCS\n20260901,12,\n"), json!({ "changed": 1 }));
    assert_eq!(back.records()[0], ["20260901", "12", "1"]);
}

/// Opens the book of a PC anew, as a program that was started again.
pub fn open_again(home: &Home) -> Clerk {
    let clerk = Clerk::new(env(home.folder()));
    let recent = clerk.call("start.state", json!({}));
    let path = recent["recent"][0]["path"].clone();
    clerk.call("book.open", json!({ "path": path, "passphrase": PASSPHRASE }));
    clerk
}

/// Values of the two cells of a record.
type Cells = [String; 2];

const COLUMNS: [&str; 2] = ["DZQKFWCS", "DZTSFWCS"];

/// One edit: which record, which cell, and the value; without a value the record is taken out.
type EditAtRandom = (usize, usize, Option<&'static str>);

fn edits() -> impl Strategy<Value = Vec<EditAtRandom>> {
    let value = prop_oneof![8 => prop::sample::select(vec!["", "1", "2", "3"]).prop_map(Some), 1 => Just(None)];
    prop::collection::vec((0..DAYS.len(), 0..2_usize, value), 0..8)
}

/// The records by their days after edits.
fn edited(edits: &[EditAtRandom]) -> BTreeMap<usize, Cells> {
    let mut records: BTreeMap<usize, Cells> =
        (0..DAYS.len()).map(|record| (record, [DAYS[record][1], DAYS[record][2]].map(str::to_owned))).collect();
    for (record, column, value) in edits {
        match value {
            None => drop(records.remove(record)),
            Some(value) => {
                if let Some(cells) = records.get_mut(record) {
                    cells[*column] = (*value).to_owned();
                }
            }
        }
    }
    records
}

/// What an import has to leave: each cell by the table of three ways; and how many rows wait.
fn expected(
    base: &BTreeMap<usize, Cells>,
    draft: &BTreeMap<usize, Cells>,
    file: &BTreeMap<usize, Cells>,
) -> (Vec<[String; 3]>, u64) {
    let mut waiting = file.keys().filter(|record| !draft.contains_key(record)).count() as u64;
    let mut records = Vec::new();
    for (record, ours) in draft {
        let mut after = ours.clone();
        let mut waits = false;
        for (at, value) in after.iter_mut().enumerate() {
            let (Some(theirs), written) = (file.get(record).map(|cells| &cells[at]), &base[record][at]) else {
                continue;
            };
            match (theirs == written, &ours[at] == written) {
                (false, true) if !theirs.is_empty() => value.clone_from(theirs),
                (false, false) if theirs != &ours[at] => waits = true,
                _ => {}
            }
        }
        waiting += u64::from(waits);
        let [site, books] = after;
        records.push([DAYS[*record][0].to_owned(), site, books]);
    }
    (records, waiting)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_one_side_is_lost_and_nothing_is_done_undecided(here in edits(), there in edits()) {
        let back = CameBack::new();
        let base = edited(&[]);
        let mut sheet = Sheet::open(&back.file);
        for (record, column, value) in &there {
            let column = [SITE, BOOKS][*column];
            match value {
                Some(value) if edited(&there).contains_key(record) => drop(sheet.set(&at(column, *record), value)),
                _ => {}
            }
        }
        let file = edited(&there);
        for record in base.keys().filter(|record| !file.contains_key(record)) {
            sheet.remove_row(*record as u32 + 3);
        }
        sheet.save();
        let draft = edited(&here);
        for (record, column, value) in &here {
            match value {
                Some(value) if draft.contains_key(record) => back.set(*record, COLUMNS[*column], value),
                _ => {}
            }
        }
        for record in base.keys().filter(|record| !draft.contains_key(record)) {
            back.delete(*record);
        }
        let before = back.records();
        let (records, waiting) = expected(&base, &draft, &file);
        let (undecided, _) = back.import(None, false);
        prop_assert_eq!(&back.records(), &records);
        prop_assert_eq!(undecided, waiting);
        // What was done is one step.
        if before != records {
            back.clerk.call("fill.undo", json!({ "count": 1 }));
            prop_assert_eq!(back.records(), before);
        }
    }
}

#[test]
fn a_record_of_the_draft_is_never_deleted_by_a_file() {
    let back = CameBack::new();
    Sheet::open(&back.file).remove_row(5).save();
    insert(&back.clerk, ["20260909", "9", "9"]);
    let (proposal, sheet) = back.preview();
    assert_eq!(counts(&sheet), json!({ "unchanged": 3, "missing": 1 }));
    back.clerk.call("workbook.apply", json!({ "proposal": proposal, "conflicts": "theirs", "clear": true }));
    assert_eq!(back.records().len(), 5);

    // The clerk can choose to delete it: that one, and not the record that came in later.
    let (proposal, sheet) = back.preview();
    let rows = back.clerk.call(
        "workbook.preview_rows",
        json!({ "proposal": proposal, "file": back.file, "sheet": sheet["sheet"], "kind": "missing", "offset": 0, "limit": 9 }),
    );
    assert_eq!((&rows["total"], &rows["rows"][0]["cells"]["FWRQ"]), (&json!(1), &json!("20260903")));
    let decide = json!({ "proposal": proposal, "kind": "missing", "choice": "theirs" });
    let outlook = back.clerk.call("workbook.decide", decide);
    assert_eq!((&outlook["deleted"], &outlook["added"]), (&json!(1), &json!(0)));
    let applied: Value = back.clerk.call("workbook.apply", json!({ "proposal": proposal }));
    assert_eq!(applied["deleted"], 1);
    assert_eq!(
        back.records().iter().map(|record| record[0].as_str()).collect::<Vec<_>>(),
        ["20260901", "20260902", "20260904", "20260909"]
    );
    back.clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(back.records().len(), 5);
}
