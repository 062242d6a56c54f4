//! What an import costs: 100,000 records of 34 columns from .xlsx into an encrypted book against calamine's cell reader
//! on the same file, and the same number of rows of .csv into a table that is empty, holds as many, and holds twice as
//! many; then the size of that book against the .csv with all columns. Each import is a process of its own, so that its
//! processor time and its peak of memory are its own. Last the look at a workbook before anything is imported: sheets,
//! headings, first rows. Other libraries read the same .xlsx where `TIANBAO_BENCH_PYTHON` names a Python that has them
//! (`pip install python-calamine openpyxl polars fastexcel duckdb "frictionless[excel]"`). Run it with `cargo bench -p tianbao-tests --bench import`: a number
//! after `--` changes the rows of each .csv (334,000 for the figures of the goals), `--xlsx N` those of the .xlsx.
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use calamine::{DataRef, Xlsx};
use desk::{Desk, Env};
use serde_json::{Value, json};
use standard::{Edition, Field, Kind, Standards, Table};
use tianbao_tests::usage::{Usage, usage};
use workbook::{Limits, Survey};

const TABLE: &str = "ODS_SXJCSJ";
const EDITION: &str = "gaozhi-2024.09";
const PERIOD: &str = "2026-2027-1";
const SCHOOL: &str = "4111010001";
/// Rows of each .csv where no number is given.
const CSV_ROWS: usize = 50_000;
const XLSX_ROWS: usize = 100_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [task, rest @ ..] = words.as_slice()
        && task == "--child"
    {
        return child(rest);
    }
    let after = |name: &str| words.iter().skip_while(|word| *word != name).nth(1).and_then(|word| word.parse().ok());
    let xlsx_rows: usize = after("--xlsx").unwrap_or(XLSX_ROWS);
    let csv_rows: usize = words.first().and_then(|word| word.parse().ok()).unwrap_or(CSV_ROWS);
    let standards = Standards::builtin().expect("the built-in standards load");
    let edition = standards.edition(EDITION).expect("the edition is built in");
    let table = edition.table(TABLE).expect("the table");
    let folder = tempfile::tempdir().expect("a folder");
    let records = Records::new(&edition, table);
    xlsx(folder.path(), &records, table, xlsx_rows);
    look(&folder.path().join("records.xlsx"), &edition);
    csv(folder.path(), &records, table, csv_rows);
}

/// The import of an .xlsx against calamine's cell reader.
fn xlsx(folder: &Path, records: &Records, table: &Table, rows: usize) {
    let file = folder.join("records.xlsx");
    write_xlsx(&file, records, table, rows);
    let home = folder.join("xlsx");
    let cells = run(&["cells", text(&file)]);
    beside(&file, &cells);
    run(&["create", text(&home)]);
    let import = run(&["import", text(&home), text(&file)]);
    println!("{rows} records x {} columns of .xlsx", filled(table).count());
    print("calamine's cells", &cells, &cells);
    print("import", &import, &cells);
    let times = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "measure\timport\t{:.1} x, wall {:.1} x, {} MB",
        times(import.processor, cells.processor),
        times(import.wall, cells.wall),
        import.peak_mb
    );
}

/// Libraries that others read workbooks with, as tests/benches/beside.py names them.
const OTHERS: [&str; 5] = ["python-calamine", "openpyxl", "polars", "duckdb", "frictionless"];

/// Names a Python that has [`OTHERS`] (a virtual environment in which they are installed).
const PYTHON: &str = "TIANBAO_BENCH_PYTHON";

/// Other libraries on the same file, where a Python has them: they read the cells and nothing more.
fn beside(file: &Path, cells: &Usage) {
    let Ok(python) = std::env::var(PYTHON) else {
        println!("beside {}: not measured, {PYTHON} names no Python that has them", OTHERS.join(", "));
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/beside.py");
    let figure = |library: &&str| {
        let output = Command::new(&python).arg(&script).arg(library).arg(file).output().expect("Python runs");
        let seconds: Option<f64> = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
        if seconds.is_none() {
            println!("{library}: {}", String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default());
        }
        seconds.map(|seconds| format!("{library} {:.1} x", seconds / cells.processor.as_secs_f64()))
    };
    let figures: Vec<String> = OTHERS.iter().filter_map(figure).collect();
    println!("measure\tbeside\t{}", figures.join(", "));
}

/// The first look at a workbook.
fn look(file: &Path, edition: &Edition) {
    let start = Instant::now();
    let book = workbook::open(file, &Limits::default()).expect("opens");
    let readings = book.survey(edition, &Survey::default());
    let time = start.elapsed();
    assert_eq!(readings[0].table.as_deref(), Some(TABLE));
    let megabytes = std::fs::metadata(file).expect("the file").len() / 1_000_000;
    println!("measure\tpreview\t{:.0} ms for {megabytes} MB", time.as_secs_f64() * 1000.0);
}

/// Three imports of .csv into one book, and its size.
fn csv(folder: &Path, records: &Records, table: &Table, rows: usize) {
    let home = folder.join("csv");
    run(&["create", text(&home)]);
    let (mut written, mut all) = (0, Vec::new());
    for part in 0..3 {
        let file = folder.join(format!("part{part}.csv"));
        written += write_csv(&file, records, table, part * rows..(part + 1) * rows);
        let import = run(&["import", text(&home), text(&file)]);
        println!("{rows} rows of .csv into {}", part * rows);
        print("import", &import, all.first().unwrap_or(&import));
        all.push(import);
    }
    let book = std::fs::read_dir(home.join("books")).expect("the folder of books").flatten();
    let book: u64 = book.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum();
    let list = |figure: &dyn Fn(&Usage) -> String| all.iter().map(figure).collect::<Vec<_>>().join(" / ");
    println!(
        "measure\timport-csv\t{} CPU s, {} MB ({rows} rows each)",
        list(&|one| format!("{:.1}", one.processor.as_secs_f64())),
        list(&|one| one.peak_mb.to_string())
    );
    println!("book {} MB, .csv {} MB", book / 1_000_000, written / 1_000_000);
    println!("measure\tbook-size\t{:.2} x ({} rows)", book as f64 / written as f64, 3 * rows);
}

fn print(what: &str, usage: &Usage, reference: &Usage) {
    let (processor, wall) = (usage.processor.as_secs_f64(), usage.wall.as_secs_f64());
    let ratio = processor / reference.processor.as_secs_f64();
    println!("  {what:20} {processor:7.2} CPU s {ratio:6.2} x  wall {wall:7.2} s  peak {} MB", usage.peak_mb);
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

/// Does a task in a process of its own.
fn run(words: &[&str]) -> Usage {
    let program = std::env::current_exe().expect("a bench runs from a file");
    let output = Command::new(program).arg("--child").args(words).output().expect("the bench starts again");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{words:?}: {said}\n{}", String::from_utf8_lossy(&output.stderr));
    said.lines().rev().find_map(Usage::read).expect("it says what it used")
}

fn child(words: &[String]) {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let used = match words.as_slice() {
        ["cells", file] => usage(|| {
            black_box(cells(Path::new(file)));
        }),
        ["create", home] => {
            create(Path::new(home));
            usage(|| {})
        }
        ["import", home, file] => import(Path::new(home), file),
        other => panic!("no such task: {other:?}"),
    };
    println!("{}", used.write());
}

/// Reads every cell with calamine.
fn cells(file: &Path) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook(file).expect("opens");
    let mut reader = book.worksheet_cells_reader("records").expect("the sheet");
    let mut filled = 0;
    while let Some(cell) = reader.next_cell().expect("a cell") {
        filled += usize::from(!matches!(cell.get_value(), DataRef::Empty));
    }
    filled
}

/// The same calls as the window makes.
struct Clerk {
    runtime: tokio::runtime::Runtime,
    desk: Arc<Desk>,
}

impl Clerk {
    fn new(home: &Path) -> Clerk {
        std::fs::create_dir_all(home).expect("a folder");
        let env = Env {
            home: home.to_owned(),
            books: home.join("books"),
            keys: Arc::new(vault::MemoryKeys::unavailable()),
            passphrase: Some("一个 口令".to_owned()),
            ..Env::real()
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        Clerk { runtime, desk: Desk::new(env).expect("a desk") }
    }

    fn call(&self, name: &str, request: Value) -> Value {
        let called = self.runtime.block_on(self.desk.call(name, request));
        called.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }
}

/// Makes the empty book that [`import`] fills.
fn create(home: &Path) {
    let college = json!({ "code": SCHOOL, "name": "示例职业技术学院" });
    let new = json!({ "edition": EDITION, "college": college, "period": PERIOD, "sample": false });
    let clerk = Clerk::new(home);
    clerk.call("book.create", new);
    clerk.call("book.close", json!({}));
}

/// Imports a file into the book, from the preview to the end of the checks.
fn import(home: &Path, file: &str) -> Usage {
    let clerk = Clerk::new(home);
    let mut files =
        std::fs::read_dir(home.join("books")).expect("the folder of books").flatten().map(|file| file.path());
    let book = files.find(|path| path.extension().is_some_and(|ending| ending == "tianbao")).expect("a book");
    clerk.call("book.open", json!({ "path": text(&book), "passphrase": null }));
    let used = usage(|| {
        let preview = clerk.call("workbook.preview", json!({ "files": [file], "corrections": [], "job": 0 }));
        let apply = json!({ "proposal": preview["id"], "conflicts": null, "clear": false, "job": 0 });
        let applied = clerk.call("workbook.apply", apply);
        assert!(applied["new"].as_u64() > Some(0), "{applied}");
    });
    clerk.call("book.close", json!({}));
    used
}

fn filled(table: &Table) -> impl Iterator<Item = (usize, &Field)> {
    table.fields.iter().enumerate().filter(|(_, field)| !field.is_system())
}

/// Records of the sample college, over and over, each of another student.
struct Records {
    samples: Vec<Vec<String>>,
    student: usize,
}

impl Records {
    fn new(edition: &Edition, table: &Table) -> Records {
        Records { samples: sample::rows(edition, TABLE), student: table.position("XH").expect("a column") }
    }

    fn of(&self, n: usize) -> Vec<String> {
        let mut values = self.samples[n % self.samples.len()].clone();
        values[self.student] = format!("2024{n:08}");
        values
    }
}

fn write_xlsx(file: &Path, records: &Records, table: &Table, rows: usize) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_low_memory().expect("a sheet");
    sheet.set_name("records").expect("a name");
    for (to, (_, field)) in (0u16..).zip(filled(table)) {
        sheet.write_string(0, to, &field.title).expect("a cell");
    }
    for n in 0..rows {
        let values = records.of(n);
        let line = u32::try_from(n + 1).expect("few rows");
        for (to, (at, field)) in (0u16..).zip(filled(table)) {
            match (field.kind, values[at].parse::<f64>()) {
                (Kind::Integer | Kind::Decimal, Ok(number)) => sheet.write_number(line, to, number).expect("a cell"),
                _ => sheet.write_string(line, to, &values[at]).expect("a cell"),
            };
        }
    }
    book.save(file).expect("saved");
}

/// Writes records with all columns, as the book has them; returns the bytes.
fn write_csv(file: &Path, records: &Records, table: &Table, rows: std::ops::Range<usize>) -> u64 {
    let mut out = BufWriter::new(File::create(file).expect("a file"));
    let titles: Vec<&str> = table.fields.iter().map(|field| field.title.as_str()).collect();
    writeln!(out, "{}", titles.join(",")).expect("written");
    for n in rows {
        let mut values = records.of(n);
        for (value, field) in values.iter_mut().zip(&table.fields) {
            match field.column.as_str() {
                "ZJSJWYXBS" => *value = format!("{n:032X}"),
                "XXDM" => SCHOOL.clone_into(value),
                _ => {}
            }
        }
        let cells: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        writeln!(out, "{}", cells.join(",")).expect("written");
    }
    drop(out);
    std::fs::metadata(file).expect("the file").len()
}

/// A cell of a .csv, in quotes where it has to be.
fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
