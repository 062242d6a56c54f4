//! What a submission costs: 100,000 rows of ODS_XSXFSJ from an encrypted book to a centre on this machine, against SM4 and
//! SM3 alone on the same bytes. The rows are frozen before, so that what is timed is sending: reading the frozen rows, the
//! requests one after the other, and the centre that checks signatures and keeps what it received. Run it with
//! `cargo bench -p tianbao-tests --bench submission`; `TIANBAO_BENCH_ROWS` gives another size.
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::{Desk, Env};
use protocol::{Options, Secret, envelope, sign};
use serde_json::{Value, json};
use standard::{Edition, Kind, Table};
use store::{Book, BookKey, Freeze, RowChange, Step, StepKind};

const EDITION: &str = "gaozhi-2024.09";
const TABLE: &str = "ODS_XSXFSJ";
const PERIOD: &str = "2026-2027-1";
const PASSPHRASE: &str = "bench";
const CONNECTION: &str = "centre";
const ROWS: usize = 100_000;
/// Rows of one request.
const PER_CALL: u32 = 1_000;
/// Records of one step that fills the book.
const STEP: usize = 20_000;

fn main() {
    let rows = std::env::var("TIANBAO_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let folder = tempfile::tempdir().expect("a folder");
    let standards = standard::Standards::builtin().expect("the built-in standards load");
    let edition = standards.edition(EDITION).expect("the edition is built in").clone();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let sent = runtime.block_on(submission(folder.path(), &edition, rows));
    let (alone, bytes) = ciphers(edition.table(TABLE).expect("the table"), rows);
    let share = alone.as_secs_f64() / sent.as_secs_f64();
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!("{rows} rows, {:.0} MB", bytes as f64 / 1e6);
    println!("submission      {:>7.2} s {:>7.1} MB/s", sent.as_secs_f64(), speed(sent));
    println!("SM4 and SM3     {:>7.2} s {:>7.1} MB/s", alone.as_secs_f64(), speed(alone));
    println!("measure\tsubmission\t{share:.2} of the speed, {:.1} s", sent.as_secs_f64());
}

/// Fills a book, freezes the rows and sends them; the time of sending.
async fn submission(folder: &Path, edition: &Arc<Edition>, rows: usize) -> Duration {
    let config = center::Config::new(folder.join("centre"), ([127, 0, 0, 1], 0).into(), vec![edition.clone()]);
    let centre = center::serve(config).await.expect("the centre serves");
    let account = centre.accounts.first().expect("an account");
    let connection = format!(
        "address = {:?}\nclient_id = {:?}\nusername = {:?}\npassword = {:?}\napp_key = {:?}\nauthorise = \"plain\"\n\
         rows_per_call = {PER_CALL}\npause_ms = 0\n",
        centre.address,
        account.client_id,
        account.username,
        account.password.expose(),
        account.app_key.expose(),
    );
    let file = folder.join("centre.toml");
    std::fs::write(&file, connection).expect("the connection is written");
    let env = Env {
        home: folder.to_owned(),
        books: folder.join("books"),
        passphrase: Some(PASSPHRASE.to_owned()),
        ..Env::real()
    };
    let desk = Desk::new(env).expect("a desk");
    let college = json!({ "code": "4111010001", "name": "示例职业技术学院", "region": "" });
    let book = json!({ "edition": EDITION, "college": college, "period": PERIOD, "department": "", "path": null,
        "passphrase": null, "sample": false, "job": 0 });
    let head = call(&desk, "book.create", book).await;
    let path = head["path"].as_str().expect("its path").to_owned();
    call(&desk, "connection.read", json!({ "name": CONNECTION, "file": file })).await;
    call(&desk, "book.close", json!({})).await;
    fill_and_freeze(Path::new(&path), edition, rows);
    call(&desk, "book.open", json!({ "path": path, "passphrase": PASSPHRASE })).await;
    let begun = Instant::now();
    let send = json!({ "target": { "connection": CONNECTION }, "waiting": true });
    let sent = call(&desk, "submit.send", send).await;
    let time = begun.elapsed();
    assert_eq!(sent["interrupted"], Value::Null, "{sent}");
    assert_eq!(sent["batches"][0]["state"], "received", "{sent}");
    time
}

async fn call(desk: &Arc<Desk>, name: &str, request: Value) -> Value {
    desk.call(name, request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// Adds records to the book through the store, and freezes them whatever the rules say of them.
fn fill_and_freeze(path: &Path, edition: &Arc<Edition>, rows: usize) {
    let salt = store::read_salt(path).expect("a salt");
    let key = BookKey::new(*vault::derive(PASSPHRASE, &salt).expect("a key"));
    let book = Book::open(path, &key, |_| Some(edition.clone())).expect("the book opens");
    let table = edition.table(TABLE).expect("the table is in the edition");
    for from in (0..rows).step_by(STEP) {
        let step = Step {
            at: jiff::Timestamp::now(),
            who: String::new(),
            kind: StepKind::Import,
            note: "bench.csv".to_owned(),
            period: PERIOD.to_owned(),
        };
        let made = book.make(&step, |making| {
            for row in from..(from + STEP).min(rows) {
                let values = record(table, row);
                making.change(&RowChange::Insert { table: TABLE.to_owned(), values, after: None })?;
            }
            Ok::<_, store::StoreError>(())
        });
        made.expect("records");
    }
    let freeze = Freeze {
        table: TABLE.to_owned(),
        period: PERIOD.to_owned(),
        connection: CONNECTION.to_owned(),
        at: jiff::Timestamp::now(),
        rows_per_delivery: PER_CALL,
        hold_back: false,
        only_of: None,
        expected: None,
    };
    let frozen = book.freeze(&freeze).expect("the rows are frozen").batch.expect("a batch");
    assert_eq!(frozen.rows, rows as u64);
    book.close().expect("the book closes");
}

/// A plausible record that no other is like.
fn record(table: &Table, row: usize) -> Vec<String> {
    let value = |(at, field): (usize, &standard::Field)| match field.column.as_str() {
        "XH" => format!("2026{row:08}"),
        "XSXM" => format!("学生{row}"),
        _ if field.is_system() => String::new(),
        _ if field.kind == Kind::Date => format!("202609{:02}", 1 + (row + at) % 28),
        _ if matches!(field.kind, Kind::Integer | Kind::Decimal) => ((row + at) % 9_000).to_string(),
        _ if field.code_list.is_some() => format!("{}", 1 + row % 4),
        _ => format!("值{}", (row * 7 + at) % 5_000),
    };
    table.fields.iter().enumerate().map(value).collect()
}

/// SM4 over each body, and SM3 over it with what a signature adds: the time, and how many bytes they were.
fn ciphers(table: &Table, rows: usize) -> (Duration, usize) {
    let options = Options::for_edition(EDITION);
    let secret = Secret::new("abcd0123456789ABCDEF");
    let bodies: Vec<Vec<u8>> = (0..rows)
        .collect::<Vec<_>>()
        .chunks(PER_CALL as usize)
        .map(|chunk| {
            let rows: Vec<_> =
                chunk.iter().map(|row| submit::payload::row(table, &record(table, *row), &options)).collect();
            serde_json::to_vec(&rows).expect("rows are JSON")
        })
        .collect();
    let begun = Instant::now();
    for body in &bodies {
        black_box(envelope::seal(body, &secret, &options).expect("a sealed body"));
        black_box(sign::sign(body, "1700000000000", "123456"));
    }
    (begun.elapsed(), bodies.iter().map(Vec::len).sum())
}
