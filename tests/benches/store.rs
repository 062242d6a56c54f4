//! What the draft book costs: an import, a page, an undo and a single edit of ODS_SXJCSJ (37 columns), against plain
//! rusqlite inserts of the same rows into an unencrypted file with the same promise (WAL, synchronous=FULL, one
//! transaction). Only the ratio says something: times differ between machines and hours. Run it with
//! `cargo bench -p tianbao-tests --bench store`.
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::{Connection, params_from_iter};
use standard::{Standards, Table};
use store::{Book, BookKey, NewBook, PageQuery, ReadLimits, RowChange, Sort, Step, StepKind};

const TABLE: &str = "ODS_SXJCSJ";
const PERIOD: &str = "2026-2027-1";
/// Rows of one import.
const ROWS: usize = 2_000;
/// How many imports fill the book.
const IMPORTS: usize = 10;

fn main() {
    let edition = Standards::builtin()
        .expect("the built-in standards load")
        .edition("gaozhi-2024.09")
        .expect("the edition is built in");
    let table = edition.table(TABLE).expect("the table is in the edition");
    let folder = tempfile::tempdir().expect("a folder");
    let new = NewBook { school: "4144010001".into(), settings: Vec::new() };
    let (key, salt) = (BookKey::new([1; 32]), *b"salt of a bench!");
    let path = folder.path().join("book.tianbao");
    let (create, book) = time(|| Book::create(&path, &key, &salt, edition.clone(), &new).expect("a book"));
    println!("create a book        {:8.1} ms  ({} tables)", millis(create), edition.tables.len());

    let mut plain = Vec::new();
    let mut imports = Vec::new();
    for n in 0..IMPORTS {
        let rows: Vec<Vec<String>> = (0..ROWS).map(|row| record(table, n * ROWS + row)).collect();
        plain.push(time(|| insert_plain(&folder.path().join("plain.db"), table, &rows)).0);
        let insert = |values| RowChange::Insert { table: TABLE.into(), values, after: None };
        let changes: Vec<RowChange> = rows.into_iter().map(insert).collect();
        imports.push(time(|| book.apply(&step(StepKind::Import), &changes).expect("an import")).0);
    }
    let (import, reference) = (median(imports), median(plain));
    println!("import {ROWS} rows     {:8.1} ms  (promise: well under 1,000 ms)", millis(import));
    println!("plain rusqlite       {:8.1} ms", millis(reference));
    println!("ratio                {:8.2}", import.as_secs_f64() / reference.as_secs_f64());
    println!("{}", tianbao_tests::ratio("store-import", import, reference));

    let total = (ROWS * IMPORTS) as u64;
    let page = |offset, sort: Vec<Sort>, find: &str| {
        let query = PageQuery {
            table: TABLE.into(),
            period: PERIOD.into(),
            sort,
            find: find.into(),
            offset,
            limit: 100,
            ..PageQuery::default()
        };
        median((0..9).map(|_| time(|| book.page(&query).expect("a page")).0).collect())
    };
    let by_name = vec![Sort { column: "XSXM".into(), descending: false }];
    println!("first page of {total}  {:8.2} ms", millis(page(0, Vec::new(), "")));
    println!("last page            {:8.2} ms", millis(page(total - 100, Vec::new(), "")));
    println!("sorted by a column   {:8.2} ms", millis(page(total / 2, by_name, "")));
    println!("find in every cell   {:8.2} ms", millis(page(0, Vec::new(), "学生19999")));

    let edits = (1..=20).map(|row| {
        let values = BTreeMap::from([("XSXM".to_owned(), format!("改名{row}"))]);
        let change = RowChange::Update { table: TABLE.into(), row, values };
        time(|| book.apply(&step(StepKind::Edit), std::slice::from_ref(&change)).expect("an edit")).0
    });
    let edit = median(edits.collect());
    println!("edit one cell        {:8.2} ms", millis(edit));
    println!("{}", tianbao_tests::time("store-edit", edit));
    for _ in 0..20 {
        book.undo(Timestamp::UNIX_EPOCH, "").expect("an undo");
    }
    let (undo, _) = time(|| book.undo(Timestamp::UNIX_EPOCH, "").expect("an undo").expect("something to undo"));
    let (redo, _) = time(|| book.redo(Timestamp::UNIX_EPOCH, "").expect("a redo").expect("something to redo"));
    println!(
        "undo the import      {:8.1} ms  (ratio {:.2})",
        millis(undo),
        undo.as_secs_f64() / reference.as_secs_f64()
    );
    println!("{}", tianbao_tests::ratio("store-undo", undo, reference));
    println!(
        "redo the import      {:8.1} ms  (ratio {:.2})",
        millis(redo),
        redo.as_secs_f64() / reference.as_secs_f64()
    );
    let (reader, _) = time(|| book.reader(ReadLimits::default()).expect("a reader"));
    println!("open a reader        {:8.1} ms", millis(reader));
    let (ready, _) = time(|| book.readiness("ministry", TABLE, PERIOD).expect("numbers"));
    println!("what is to be sent   {:8.1} ms", millis(ready));
    let (whole, flaws) = time(|| book.integrity().expect("a check"));
    println!("integrity            {:8.1} ms  ({} flaws)", millis(whole), flaws.len());
    drop(book);
    let (open, _) = time(|| Book::open(&path, &key, |_| Some(edition.clone())).expect("the book"));
    println!("open the book        {:8.1} ms", millis(open));
}

/// A record with something in every cell.
fn record(table: &Table, n: usize) -> Vec<String> {
    let value = |column: &str| match column {
        "XH" => format!("2026{n:06}"),
        "XSXM" => format!("学生{n}"),
        _ => format!("内容{}", n % 97),
    };
    table.fields.iter().map(|field| value(&field.column)).collect()
}

fn step(kind: StepKind) -> Step {
    Step { at: Timestamp::UNIX_EPOCH, who: "bench".into(), kind, note: String::new(), period: PERIOD.into() }
}

/// The reference: the same cells, nothing derived, nothing logged, nothing encrypted.
fn insert_plain(path: &Path, table: &Table, rows: &[Vec<String>]) {
    let mut connection = Connection::open(path).expect("a file");
    connection.pragma_update(None, "journal_mode", "WAL").expect("WAL");
    connection.pragma_update(None, "synchronous", "FULL").expect("synchronous");
    let columns: Vec<String> = table.fields.iter().map(|f| format!("\"{}\" TEXT", f.column)).collect();
    let sql = format!("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, {})", columns.join(", "));
    connection.execute_batch(&sql).expect("a table");
    let transaction = connection.transaction().expect("a transaction");
    let marks = vec!["?"; table.fields.len()].join(", ");
    {
        let mut insert = transaction.prepare(&format!("INSERT INTO t VALUES (NULL, {marks})")).expect("an insert");
        for row in rows {
            insert.execute(params_from_iter(row)).expect("a row");
        }
    }
    transaction.commit().expect("a commit");
}

fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
