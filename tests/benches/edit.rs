//! What one edit asks of the program, and what the pages of a table cost, in a small table and in one of a million records:
//! each call that the page makes is timed, and what grows is named. Run it with
//! `cargo bench -p tianbao-tests --bench edit`; `TIANBAO_BENCH_ROWS` gives another size, and `TIANBAO_BENCH_HOME` a folder
//! in which the large book stays.
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::{Desk, Env};
use serde_json::{Value, json};
use standard::Table;
use store::{Book, BookKey, RowChange, Step, StepKind};

const TABLE: &str = "ODS_SXJCSJ";
const PASSPHRASE: &str = "bench";
/// Records of the large table.
const ROWS: usize = 1_000_000;
/// Records of one step that fills it.
const STEP: usize = 50_000;
/// Records that are pasted.
const PASTED: usize = 10_000;
/// Edits that are timed.
const EDITS: usize = 60;

fn main() {
    let rows = std::env::var("TIANBAO_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let home = std::env::var_os("TIANBAO_BENCH_HOME").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let desk = desk_in(&home);
    let path = runtime.block_on(sample(&desk));
    println!("{:34} {:>9} {:>9} {:>9}", "400 records", "p50 ms", "p99 ms", "worst");
    let small = runtime.block_on(edits(&desk));
    let (paste, undo) = runtime.block_on(pasting(&desk));
    runtime.block_on(desk.call("book.close", json!({}))).expect("the book closes");
    fill(Path::new(&path), rows);
    let open = json!({ "path": path, "passphrase": PASSPHRASE });
    runtime.block_on(desk.call("book.open", open)).expect("the book opens");
    println!("{:34} {:>9} {:>9} {:>9}", format!("{rows} records more"), "p50 ms", "p99 ms", "worst");
    let large = runtime.block_on(edits(&desk));
    runtime.block_on(whole(&desk));
    println!("measure\tedit-calls\t{:.1} ms / {:.1} ms", millis(small), millis(large));
    println!("measure\tpaste\t{:.1} s, undo {:.1} s", paste.as_secs_f64(), undo.as_secs_f64());
}

fn desk_in(home: &Path) -> Arc<Desk> {
    let env = Env {
        home: home.to_owned(),
        books: home.join("books"),
        passphrase: Some(PASSPHRASE.to_owned()),
        ..Env::real()
    };
    Desk::new(env).expect("a desk")
}

/// Makes a book of the invented college and answers its path.
async fn sample(desk: &Arc<Desk>) -> String {
    let book = json!({ "edition": "gaozhi-2024.09", "college": { "name": "", "code": "", "region": "" },
        "period": "2026-2027-1", "department": "", "path": null, "passphrase": null, "sample": true, "job": 0 });
    let head = desk.call("book.create", book).await.expect("a book");
    head["path"].as_str().expect("its path").to_owned()
}

/// Adds records to the table through the store.
fn fill(path: &Path, rows: usize) {
    let editions = standard::Standards::builtin().expect("the built-in standards load");
    let edition = editions.edition("gaozhi-2024.09").expect("the edition is built in").clone();
    let salt = store::read_salt(path).expect("a salt");
    let key = BookKey::new(*vault::derive(PASSPHRASE, &salt).expect("a key"));
    let book = Book::open(path, &key, |_| Some(edition.clone())).expect("the book opens");
    let table = edition.table(TABLE).expect("the table is in the edition");
    let first = Instant::now();
    for from in (0..rows).step_by(STEP) {
        let step = Step {
            at: jiff::Timestamp::now(),
            who: String::new(),
            kind: StepKind::Import,
            note: "bench.csv".to_owned(),
            period: "2026-2027-1".to_owned(),
        };
        let made = book.make(&step, |making| {
            for row in from..(from + STEP).min(rows) {
                making.change(&RowChange::Insert {
                    table: TABLE.to_owned(),
                    values: record(table, row),
                    after: None,
                })?;
            }
            Ok::<_, store::StoreError>(())
        });
        made.expect("records");
    }
    println!("{rows} records in {:.0} s", first.elapsed().as_secs_f64());
    book.close().expect("the book closes");
}

/// A plausible record that no other is like.
fn record(table: &Table, row: usize) -> Vec<String> {
    let value = |(at, field): (usize, &standard::Field)| match field.column.as_str() {
        "XH" => format!("2026{row:08}"),
        "XSXM" => format!("学生{row}"),
        _ if field.is_system() => String::new(),
        _ if field.kind == standard::Kind::Date => format!("202609{:02}", 1 + (row + at) % 28),
        _ if matches!(field.kind, standard::Kind::Integer | standard::Kind::Decimal) => ((row + at) % 90).to_string(),
        _ if field.code_list.is_some() => format!("{}", 1 + row % 4),
        _ => format!("值{}", (row * 7 + at) % 5_000),
    };
    table.fields.iter().enumerate().map(value).collect()
}

/// Edits a cell again and again, and asks after each for what the page asks for. Answers the 99th percentile of the whole.
async fn edits(desk: &Arc<Desk>) -> Duration {
    let view = json!({ "table": TABLE });
    let page = |offset: u64| json!({ "view": view, "offset": offset, "limit": 200 });
    let first = desk.call("fill.page", page(0)).await.expect("a page");
    let total = first["total"].as_u64().expect("a total");
    let row = first["rows"][0]["row"].clone();
    let last = json!({ "view": view, "offset": total - 10, "limit": 10 });
    let far = desk.call("fill.page", last).await.expect("the last page")["rows"][0]["row"].clone();
    desk.call("home.get", json!({})).await.expect("home");
    let ask = |value: usize| -> Vec<(&'static str, Value)> {
        let change = json!({ "do": "set", "row": row, "column": "XSXM", "value": format!("姓名{value}") });
        vec![
            ("fill.edit", json!({ "table": TABLE, "changes": [change] })),
            ("fill.page", page(0)),
            ("fill.page (end)", page(total - 200)),
            ("fill.causes", json!({ "table": TABLE })),
            ("fill.record", json!({ "table": TABLE, "row": row })),
            ("fill.record (end)", json!({ "table": TABLE, "row": far })),
            ("fill.position", json!({ "view": view, "row": far })),
            ("home.counts", json!({ "tables": [TABLE] })),
            ("home.get", json!({})),
        ]
    };
    let mut times: Vec<(&str, Vec<Duration>)> = ask(0).iter().map(|(name, _)| (*name, Vec::new())).collect();
    for n in 0..EDITS {
        for ((name, request), (_, times)) in ask(n).into_iter().zip(&mut times) {
            let call = name.split(' ').next().unwrap_or(name);
            let begun = Instant::now();
            desk.call(call, request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            times.push(begun.elapsed());
        }
    }
    let mut edit = Duration::ZERO;
    for (name, mut times) in times {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        if name == "fill.edit" {
            edit = at(0.99);
        }
        println!("{name:34} {:9.1} {:9.1} {:9.1}", millis(at(0.5)), millis(at(0.99)), millis(at(1.0)));
    }
    edit
}

/// Pastes 10,000 new records of 30 columns, saved and checked, and takes that back: how long each took.
async fn pasting(desk: &Arc<Desk>) -> (Duration, Duration) {
    let editions = standard::Standards::builtin().expect("the built-in standards load");
    let edition = editions.edition("gaozhi-2024.09").expect("the edition is built in").clone();
    let table = edition.table(TABLE).expect("the table is in the edition");
    let columns: Vec<usize> = (0..table.fields.len()).filter(|at| !table.fields[*at].is_system()).take(30).collect();
    let names: Vec<&str> = columns.iter().map(|at| table.fields[*at].column.as_str()).collect();
    let cells: Vec<Vec<String>> = (0..PASTED)
        .map(|row| {
            let record = record(table, 5_000_000 + row);
            columns.iter().map(|at| record[*at].clone()).collect()
        })
        .collect();
    let paste = json!({ "table": TABLE, "rows": [], "columns": names, "cells": cells });
    let begun = Instant::now();
    let edited = desk.call("fill.paste", paste).await.expect("the block is pasted");
    let pasted = begun.elapsed();
    let begun = Instant::now();
    desk.call("fill.undo", json!({ "count": 1, "step": edited["step"] })).await.expect("it is taken back");
    let undone = begun.elapsed();
    println!("{PASTED} x {} cells pasted in {pasted:.1?}, taken back in {undone:.1?}", names.len());
    (pasted, undone)
}

/// Calls that look at a whole table, each for the first time and once more.
async fn whole(desk: &Arc<Desk>) {
    let all = json!({ "table": TABLE });
    let sorted = json!({ "table": TABLE, "sort": [{ "column": "XSXM", "descending": true }] });
    let filter = json!({ "op": "contains", "column": "SXQYMC", "text": "值12" });
    let filtered = json!({ "table": TABLE, "filters": [filter] });
    let hit = json!({ "view": all, "text": "值4999", "columns": ["SXQYMC"], "row": null, "position": 0, "column": null,
        "here": true, "back": false });
    for (name, call, request) in [
        ("sorted", "fill.page", json!({ "view": sorted, "offset": 0, "limit": 200 })),
        ("filtered", "fill.page", json!({ "view": filtered, "offset": 0, "limit": 200 })),
        ("found", "fill.next_hit", hit),
        ("values of a column", "fill.values", json!({ "view": all, "column": "SXQYMC", "find": "", "limit": 200 })),
        ("edge of a column", "fill.edge", json!({ "view": all, "column": "XSXM", "position": 0, "back": false })),
    ] {
        let mut times = Vec::new();
        for _ in 0..2 {
            let begun = Instant::now();
            desk.call(call, request.clone()).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            times.push(begun.elapsed());
        }
        println!("{name:34} {:9.1} {:9.1} ms", millis(times[0]), millis(times[1]));
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
