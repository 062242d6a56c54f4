//! What a clerk does with a state of the book that has changed since it was shown: the records that were shown are
//! meant, what was edited in between stays, and a book that cannot be opened leaves the open one as it is.

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, PASSPHRASE, VISITS, env};

/// A client with an empty book, and the path of the book.
fn with_book(home: &Home) -> (Clerk, Value) {
    let clerk = Clerk::new(env(home.folder()));
    let head = clerk.create(false);
    (clerk, head["path"].clone())
}

/// Adds a record with the number of visits to the library's site and of visits to its books.
fn visit(clerk: &Clerk, day: &str, site: &str, books: &str) -> i64 {
    let values = json!({ "FWRQ": day, "DZQKFWCS": site, "DZTSFWCS": books });
    let insert = json!({ "do": "insert", "values": values });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [insert] }))["added"][0].as_i64().unwrap()
}

fn set(clerk: &Clerk, row: i64, column: &str, value: &str) {
    let change = json!({ "do": "set", "row": row, "column": column, "value": value });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
}

/// The day and both numbers of all records.
fn visits(clerk: &Clerk) -> Vec<[String; 3]> {
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 10 }));
    let cells = |row: &Value| {
        ["FWRQ", "DZQKFWCS", "DZTSFWCS"].map(|column| row["cells"][column].as_str().unwrap_or_default().to_owned())
    };
    page["rows"].as_array().unwrap().iter().map(cells).collect()
}

#[test]
fn a_paste_goes_into_the_records_shown_although_the_view_has_lost_one_since() {
    let home = Home::new();
    let (clerk, _) = with_book(&home);
    let rows = ["20260901", "20260902", "20260903"].map(|day| visit(&clerk, day, "x", "1"));
    let view = json!({ "table": VISITS, "only_findings": true });
    let shown = || {
        let page = clerk.call("fill.page", json!({ "view": view, "offset": 0, "limit": 10 }));
        page["rows"].as_array().unwrap().iter().map(|row| row["row"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let before = shown();
    assert_eq!(before, rows);
    set(&clerk, rows[0], "DZQKFWCS", "12");
    assert_eq!(shown(), rows[1..], "the mended record has left the view");

    // The screen still shows the view as it was; the second record shown and what follows it take the block.
    let paste = json!({
        "table": VISITS, "rows": [before[1], null], "columns": ["DZQKFWCS", "DZTSFWCS"],
        "cells": [["34", "2"], ["56", "3"]],
    });
    let pasted = clerk.call("fill.paste", paste);
    assert_eq!(pasted["added"].as_array().unwrap().len(), 1, "{pasted}");
    let expected = [["20260901", "12", "1"], ["20260902", "34", "2"], ["20260903", "x", "1"], ["", "56", "3"]];
    assert_eq!(visits(&clerk), expected);
}

#[test]
fn an_import_keeps_what_was_edited_since_the_preview() {
    let home = Home::new();
    let (clerk, _) = with_book(&home);
    let rows = ["20260901", "20260902", "20260903"].map(|day| visit(&clerk, day, "12", "3"));
    let file = home.text("visits.csv");
    let preview = |site: &str| {
        let lines = ["20260901", "20260902", "20260903"].map(|day| format!("{day},{site},3\n"));
        std::fs::write(&file, format!("FWRQ,DZQKFWCS,DZTSFWCS\n{}", lines.concat())).unwrap();
        let proposal = clerk.call("workbook.preview", json!({ "files": [file], "table": VISITS }));
        let sheet = &proposal["files"][0]["sheets"][0];
        assert_eq!((&sheet["new"], &sheet["conflicts"]), (&json!(0), &json!(0)), "{sheet}");
        (sheet["changed"].clone(), proposal["id"].clone())
    };
    let apply = |proposal: &Value, conflicts: &str| {
        let applied = clerk.call("workbook.apply", json!({ "proposal": proposal, "conflicts": conflicts }));
        (applied["new"].clone(), applied["changed"].clone())
    };

    // The file changes the visits to the site. In between one record gets other visits to books, and one is deleted.
    let (changed, proposal) = preview("20");
    assert_eq!(changed, 3);
    set(&clerk, rows[0], "DZTSFWCS", "5");
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "delete", "row": rows[1] }] }));
    assert_eq!(apply(&proposal, "theirs"), (json!(0), json!(2)));
    assert_eq!(visits(&clerk), [["20260901", "20", "5"], ["20260903", "20", "3"]]);
    clerk.call("fill.undo", json!({ "count": 3 }));
    assert_eq!(visits(&clerk)[1], ["20260902", "12", "3"]);

    // Where the book has precedence, a record that was edited in between stays as it is.
    let (_, proposal) = preview("30");
    set(&clerk, rows[0], "DZQKFWCS", "25");
    assert_eq!(apply(&proposal, "ours"), (json!(0), json!(2)));
    let expected = [["20260901", "25", "3"], ["20260902", "30", "3"], ["20260903", "30", "3"]];
    assert_eq!(visits(&clerk), expected);
}

#[test]
fn a_book_that_cannot_be_opened_again_stays_open() {
    let home = Home::new();
    let (clerk, path) = with_book(&home);
    visit(&clerk, "20260901", "12", "3");
    let open = |passphrase: Option<&str>| {
        let opened = clerk.try_call("book.open", json!({ "path": path, "passphrase": passphrase }));
        opened.map(|head| head["path"].clone()).map_err(|error| error.code)
    };
    for (passphrase, code) in [(Some("不对"), "book.wrong-passphrase"), (None, "book.passphrase-needed")] {
        assert_eq!(open(passphrase).unwrap_err(), code);
        assert_eq!(clerk.call("book.head", json!({}))["path"], path);
        set(&clerk, 1, "DZTSFWCS", code.len().to_string().as_str());
    }
    assert_eq!(open(Some(PASSPHRASE)).unwrap(), path);
    assert_eq!(visits(&clerk), [["20260901", "12", "22"]]);
}
