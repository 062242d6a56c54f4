//! What a clerk decides about an import, cell by cell, row by row, column by column; that the book keeps it over a
//! restart, encrypted; and that what has changed since waits for a decision again.

use serde_json::{Value, json};

use crate::came_back::{BOOKS, CameBack, DAY, DAYS, SITE, at, counts, insert};
use crate::fixture::{Clerk, Sheet};
use crate::three_ways::open_again;

/// A proposal with its one sheet.
struct Proposed<'a> {
    clerk: &'a Clerk,
    id: Value,
    sheet: Value,
    file: Value,
}

impl<'a> Proposed<'a> {
    fn of(back: &'a CameBack) -> Proposed<'a> {
        let (id, sheet) = back.preview();
        Proposed { clerk: &back.clerk, id, sheet, file: json!(back.file) }
    }

    /// Decides about a part of it; `scope` says which.
    fn decide(&self, mut scope: Value, choice: Value) -> Value {
        scope["proposal"] = self.id.clone();
        scope["choice"] = choice;
        self.clerk.call("workbook.decide", scope)
    }

    fn no(&self) -> Value {
        self.sheet["no"].clone()
    }

    fn rows(&self, kind: &str) -> Vec<Value> {
        let query = json!({ "proposal": self.id, "file": self.file, "sheet": self.sheet["sheet"], "kind": kind,
                            "offset": 0, "limit": 50 });
        self.clerk.call("workbook.preview_rows", query)["rows"].as_array().unwrap().clone()
    }

    fn apply(&self) -> Value {
        self.clerk.call("workbook.apply", json!({ "proposal": self.id }))
    }
}

/// The file changes both cells of the first two records, the draft one of the second; the file empties one of the
/// third, and has two new records.
fn eventful() -> CameBack {
    let back = CameBack::new();
    let mut sheet = Sheet::open(&back.file);
    sheet.set(&at(SITE, 0), "11").set(&at(BOOKS, 0), "2").set(&at(SITE, 1), "22").set(&at(BOOKS, 1), "3");
    sheet.set(&at(BOOKS, 2), "").copy_row(6, 7).set("C7", "20260905").copy_row(6, 8).set("C8", "20260906").save();
    back.set(1, "DZQKFWCS", "21");
    back
}

#[test]
fn cells_rows_and_columns_are_decided_each() {
    let back = eventful();
    let proposed = Proposed::of(&back);
    assert_eq!(
        counts(&proposed.sheet),
        json!({ "new": 2, "changed": 1, "unchanged": 1, "conflicts": 1, "cleared": 1 })
    );
    assert_eq!(proposed.sheet["undecided"], 1);
    let site = &proposed.sheet["cells"][0];
    assert_eq!((&site["column"], &site["changed"], &site["conflicts"]), (&json!("DZQKFWCS"), &json!(1), &json!(1)));

    // A conflict shows all three values.
    let conflict = &proposed.rows("conflict")[0];
    let three = ["base", "before", "cells"].map(|side| conflict[side]["DZQKFWCS"].clone());
    assert_eq!(three, [json!("20"), json!("21"), json!("22")]);

    // One cell is refused, one new record is refused, one conflict is decided, one cell is emptied.
    let of = |row: &Value, column: &str| json!({ "sheet": proposed.no(), "row": row["no"], "column": column });
    proposed.decide(of(&proposed.rows("changed")[0], "DZQKFWCS"), json!("ours"));
    let refused = json!({ "sheet": proposed.no(), "row": proposed.rows("new")[1]["no"] });
    proposed.decide(refused, json!("ours"));
    proposed.decide(of(conflict, "DZQKFWCS"), json!("theirs"));
    let outlook = proposed.decide(of(&proposed.rows("cleared")[0], "DZTSFWCS"), json!("theirs"));
    let expected = json!({ "added": 1, "updated": 3, "emptied": 1, "deleted": 0, "undecided": 0, "refused": 2 });
    assert_eq!(outlook, expected);
    let applied = proposed.apply();
    assert_eq!((&applied["new"], &applied["changed"], &applied["undecided"]), (&json!(1), &json!(3), &json!(0)));
    let records =
        [["20260901", "10", "2"], ["20260902", "22", "3"], ["20260903", "30", ""], DAYS[3], ["20260905", "40", "4"]];
    assert_eq!(back.records(), records);
    // It is done, so nothing of it is kept; one undo takes it back.
    assert_eq!(back.clerk.call("workbook.proposals", json!({})), json!([]));
    back.clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(back.records()[..2], [DAYS[0], ["20260902", "21", "2"]]);
}

#[test]
fn a_column_and_all_of_a_kind_are_decided_at_once() {
    let back = eventful();
    let proposed = Proposed::of(&back);
    proposed.decide(json!({ "sheet": proposed.no(), "column": "DZTSFWCS", "kind": "changed" }), json!("ours"));
    proposed.decide(json!({ "kind": "conflict" }), json!("ours"));
    proposed.decide(json!({ "kind": "new" }), json!("ours"));
    let applied = proposed.apply();
    assert_eq!((&applied["new"], &applied["changed"]), (&json!(0), &json!(1)));
    assert_eq!(applied["not_cleared"], 1);
    assert_eq!(back.records(), [["20260901", "11", "1"], ["20260902", "21", "2"], DAYS[2], DAYS[3]]);

    // Much at once is decided only by its kind, so that nothing is emptied or deleted along with it.
    let proposed = Proposed::of(&back);
    for scope in [json!({}), json!({ "sheet": proposed.no() }), json!({ "kind": "unchanged" }), json!({ "row": 0 })] {
        let mut request = scope.clone();
        request["proposal"] = proposed.id.clone();
        request["choice"] = json!("theirs");
        assert_eq!(back.clerk.try_call("workbook.decide", request).unwrap_err().code, "import.decide-what", "{scope}");
    }
    // A decision can be taken back; a decision about a whole row does not include the cells that it would empty.
    proposed.decide(json!({ "kind": "conflict" }), json!("theirs"));
    assert_eq!(proposed.decide(json!({ "kind": "conflict" }), Value::Null)["undecided"], 1);
    let third = proposed.rows("cleared")[0].clone();
    assert_eq!(proposed.decide(json!({ "sheet": proposed.no(), "row": third["no"] }), json!("theirs"))["emptied"], 0);
}

#[test]
fn what_is_not_decided_stays_in_the_proposal() {
    let back = eventful();
    let proposed = Proposed::of(&back);
    assert_eq!(proposed.apply()["undecided"], 1);
    assert_eq!(back.records()[1], ["20260902", "21", "3"]);
    let left = back.clerk.call("workbook.proposal", json!({ "proposal": proposed.id }));
    assert_eq!(counts(&left["files"][0]["sheets"][0]), json!({ "conflicts": 1 }));
    proposed.decide(json!({ "kind": "conflict" }), json!("theirs"));
    let applied = proposed.apply();
    assert_eq!((&applied["changed"], &applied["undecided"]), (&json!(1), &json!(0)));
    assert_eq!(back.records()[1], ["20260902", "22", "3"]);
}

#[test]
fn a_proposal_is_kept_over_a_restart_and_never_in_the_clear() {
    let back = eventful();
    Sheet::open(&back.file).set(&at(SITE, 0), "987654321987").save();
    let id = {
        let proposed = Proposed::of(&back);
        proposed.decide(json!({ "kind": "conflict" }), json!("theirs"));
        proposed.id.clone()
    };
    let CameBack { home, clerk, file, rows } = back;
    drop(clerk);
    for path in walk(home.folder()).into_iter().filter(|path| *path != file) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(12).any(|part| part == b"987654321987"), "{}", path.display());
    }
    std::fs::remove_file(&file).unwrap();

    let clerk = open_again(&home);
    let kept = clerk.call("workbook.proposals", json!({}));
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!((&kept[0]["id"], &kept[0]["outlook"]["undecided"]), (&id, &json!(0)));
    assert_eq!(kept[0]["files"][0], json!(file));
    // It can be applied although the file is gone.
    let applied = clerk.call("workbook.apply", json!({ "proposal": id }));
    assert_eq!(applied["undecided"], 0);
    let back = CameBack { home, clerk, file, rows };
    assert_eq!(back.records()[..2], [["20260901", "987654321987", "2"], ["20260902", "22", "3"]]);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn what_changed_since_the_preview_waits_again() {
    let back = eventful();
    let proposed = Proposed::of(&back);
    proposed.decide(json!({ "kind": "conflict" }), json!("theirs"));
    // In between the draft changes a cell that the file changes, one that was decided, and gets a record of the file.
    back.set(0, "DZQKFWCS", "12");
    back.set(1, "DZQKFWCS", "29");
    insert(&back.clerk, ["20260905", "50", "5"]);
    let applied = proposed.apply();
    assert_eq!((&applied["new"], &applied["undecided"]), (&json!(1), &json!(3)));
    let expected = [
        ["20260901", "12", "2"],
        ["20260902", "29", "3"],
        DAYS[2],
        DAYS[3],
        ["20260905", "50", "5"],
        ["20260906", "40", "4"],
    ];
    assert_eq!(back.records(), expected);
    let waiting = proposed.rows("conflict");
    let conflicts: Vec<_> = waiting.iter().map(|row| row["conflict"].clone()).collect();
    assert_eq!(conflicts, [Value::Null, Value::Null, json!("appeared")]);
    assert_eq!(waiting[0]["before"]["DZQKFWCS"], "12");
    // What the draft set back to what the file was written with is only the file's change again.
    back.set(0, "DZQKFWCS", "10");
    let seen = back.clerk.call("workbook.proposal", json!({ "proposal": proposed.id }));
    assert_eq!(counts(&seen["files"][0]["sheets"][0]), json!({ "changed": 1, "conflicts": 2 }));
}

#[test]
fn a_row_that_waits_as_a_whole_has_three_ways_out() {
    // A key and another cell changed: a correction, or another record in a copied row.
    for (choice, expected) in [
        ("theirs", vec![DAYS[0], ["20260912", "29", "2"], DAYS[2], DAYS[3]]),
        ("ours", DAYS.to_vec()),
        ("add", vec![DAYS[0], DAYS[1], DAYS[2], DAYS[3], ["20260912", "29", "2"]]),
    ] {
        let back = CameBack::new();
        Sheet::open(&back.file).set(&at(DAY, 1), "20260912").set(&at(SITE, 1), "29").save();
        let proposed = Proposed::of(&back);
        assert_eq!(proposed.rows("conflict")[0]["conflict"], "other-key");
        proposed.decide(json!({ "kind": "conflict" }), json!(choice));
        assert_eq!(proposed.apply()["undecided"], 0);
        assert_eq!(back.records(), expected, "{choice}");
    }
}

#[test]
fn the_later_of_two_rows_about_one_record_wins_where_the_clerk_says_so() {
    let back = CameBack::new();
    let file = back.home.path("twice.csv");
    let text = "FWRQ,DZQKFWCS,DZTSFWCS\n20260920,1,1\n20260920,2,\n20260920,1,1\n20260901,77,1\n20260901,78,1\n";
    std::fs::write(&file, text).unwrap();
    let back = CameBack { file, ..back };
    let proposed = Proposed::of(&back);
    assert_eq!(counts(&proposed.sheet), json!({ "new": 1, "changed": 1, "conflicts": 2, "doubled": 1 }));
    proposed.decide(json!({ "kind": "conflict" }), json!("theirs"));
    let applied = proposed.apply();
    assert_eq!((&applied["new"], &applied["undecided"]), (&json!(1), &json!(0)));
    assert_eq!(
        (&back.records()[0], &back.records()[4]),
        (&["20260901", "78", "1"].map(str::to_owned), &["20260920", "2", "1"].map(str::to_owned))
    );
}

#[test]
fn reading_again_keeps_what_was_decided_about_rows_that_say_the_same() {
    let back = eventful();
    let proposed = Proposed::of(&back);
    proposed.decide(json!({ "kind": "conflict" }), json!("theirs"));
    proposed.decide(json!({ "sheet": proposed.no(), "row": proposed.rows("new")[0]["no"] }), json!("ours"));
    Sheet::open(&back.file).set(&at(SITE, 3), "44").save();
    let again = back.clerk.call("workbook.preview", json!({ "files": [back.file], "replaces": proposed.id }));
    assert_eq!((&again["outlook"]["undecided"], &again["outlook"]["refused"]), (&json!(0), &json!(1)));
    assert_eq!(again["outlook"]["added"], 1);
    let kept = back.clerk.call("workbook.proposals", json!({}));
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    // A dropped proposal is gone.
    back.clerk.call("workbook.drop", json!({ "proposal": again["id"] }));
    assert_eq!(back.clerk.call("workbook.proposals", json!({})), json!([]));
    let error = back.clerk.try_call("workbook.apply", json!({ "proposal": again["id"] })).unwrap_err();
    assert_eq!(error.code, "import.no-proposal");
}

#[test]
fn another_period_asks_for_reading_again() {
    let back = eventful();
    let proposed = Proposed::of(&back);
    let mut settings = back.clerk.call("settings.get", json!({}));
    settings["period"] = json!("2026-2027-2");
    back.clerk.call("settings.set", settings);
    let error = back.clerk.try_call("workbook.apply", json!({ "proposal": proposed.id })).unwrap_err();
    assert_eq!(error.code, "import.outdated-period");
    assert_eq!(back.clerk.call("workbook.proposals", json!({}))[0]["outdated"], "period");
    assert!(back.clerk.call("fill.history", json!({ "kind": "import", "offset": 0, "limit": 5 }))["total"] == 0);
}
