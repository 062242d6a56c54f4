//! How long a workbook of 100,000 records and 30 columns takes to read and to write, against the libraries themselves
//! in the same run: calamine's ranges, and rust_xlsxwriter with the same cells and nothing else. Only the ratios say
//! something. Run it with `cargo bench -p tianbao-tests --bench workbook` (a number after `--` changes the records).
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx};
use standard::{Edition, Standards, Table};
use workbook::{Limits, PlainForm, PlainOptions, RecordOut, Shown, Stamp, Survey, open, write_plain, write_template};

const TABLE: &str = "ODS_SXJCSJ";
const COLUMNS: usize = 30;

fn main() {
    let records: usize = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(100_000);
    let standards = Standards::builtin().expect("the built-in standards load");
    let edition = standards.edition("gaozhi-2024.09").expect("the edition is built in");
    // The first thirty columns of the table, so that the numbers compare with those of other tools.
    let mut table = edition.table(TABLE).expect("the table").clone();
    table.fields.truncate(COLUMNS);
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);

    let values = values(&table);
    let stamp = Stamp { edition: edition.id.clone(), ..Stamp::default() };
    let template = timed(|| {
        let mut source = source(records, &values);
        write_template(&path("t.xlsx"), &edition, &[&table], &stamp, Some(&mut source)).expect("written");
    });
    let plain = timed(|| {
        let options = PlainOptions::for_file(&path("p.xlsx"), Shown::Codes).expect("a form");
        let mut source = source(records, &values);
        write_plain(&path("p.xlsx"), &edition, &[&table], &stamp, options, &mut source).expect("written");
    });
    let csv = timed(|| {
        let options = PlainOptions {
            form: PlainForm::Csv,
            ..PlainOptions::for_file(&path("p.csv"), Shown::Codes).expect("a form")
        };
        let mut source = source(records, &values);
        write_plain(&path("p.csv"), &edition, &[&table], &stamp, options, &mut source).expect("written");
    });
    let bare = timed(|| bare_writer(&path("bare.xlsx"), records, &values));
    println!("{records} records x {COLUMNS} columns");
    println!("write template            {:7.2} s  {:5.2} x", template.as_secs_f64(), ratio(template, bare));
    println!("write plain .xlsx         {:7.2} s  {:5.2} x", plain.as_secs_f64(), ratio(plain, bare));
    println!("write plain .csv          {:7.2} s  {:5.2} x", csv.as_secs_f64(), ratio(csv, bare));
    println!("rust_xlsxwriter itself    {:7.2} s", bare.as_secs_f64());
    println!("{}", tianbao_tests::ratio("template", template, bare));
    println!("{}", tianbao_tests::ratio("csv", csv, bare));

    let ours = timed(|| assert_eq!(read(&edition, &path("t.xlsx")), records as u64));
    let range = timed(|| assert!(bare_reader(&path("t.xlsx")) > records));
    println!("read template as records  {:7.2} s  {:5.2} x", ours.as_secs_f64(), ratio(ours, range));
    println!("calamine range            {:7.2} s", range.as_secs_f64());
    let text = timed(|| assert_eq!(read(&edition, &path("p.csv")), records as u64));
    println!("read .csv as records      {:7.2} s  {:5.2} x", text.as_secs_f64(), ratio(text, range));
    println!("{}", tianbao_tests::ratio("read", ours, range));
    println!("{}", tianbao_tests::ratio("read-csv", text, range));
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn ratio(time: Duration, to: Duration) -> f64 {
    time.as_secs_f64() / to.as_secs_f64()
}

/// One record; what differs from record to record is written into its first columns.
fn values(table: &Table) -> Vec<String> {
    let value = |(at, field): (usize, &standard::Field)| match field.kind {
        standard::Kind::Date => "20260901".to_owned(),
        standard::Kind::Integer => "18".to_owned(),
        standard::Kind::Decimal => "88.5".to_owned(),
        standard::Kind::Code => "1".to_owned(),
        _ => format!("第{at}项内容"),
    };
    table.fields.iter().enumerate().map(value).collect()
}

type Source<'a> =
    Box<dyn FnMut(&Table, &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>) -> Result<(), workbook::SourceError> + 'a>;

fn source(records: usize, values: &[String]) -> Source<'_> {
    Box::new(move |_, sink| {
        let mut values = values.to_vec();
        for n in 0..records {
            let key = format!("{n:032}");
            values[2] = format!("2026{n:08}");
            if sink(RecordOut { row: n as i64, key: &key, values: &values }).is_break() {
                break;
            }
        }
        Ok(())
    })
}

fn bare_writer(path: &Path, records: usize, values: &[String]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().expect("a sheet");
    for row in 0..records as u32 {
        for (column, value) in (0u16..).zip(values) {
            match value.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("a cell"),
                Err(_) => sheet.write_string(row, column, value).expect("a cell"),
            };
        }
    }
    book.save(path).expect("saved");
}

fn read(edition: &Edition, path: &Path) -> u64 {
    let mut book = open(path, &Limits::default()).expect("opens");
    let wishes = Survey { table: Some(TABLE.into()), ..Survey::default() };
    let reading = book.survey(edition, &wishes).remove(0);
    let table = edition.table(TABLE).expect("the table");
    let read = book.rows(edition, table, &reading, &mut |row| {
        black_box(row);
        ControlFlow::Continue(())
    });
    read.expect("reads").rows
}

fn bare_reader(path: &Path) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("opens");
    let range: calamine::Range<Data> = book.worksheet_range_at(0).expect("a sheet").expect("reads");
    black_box(&range).rows().len()
}
