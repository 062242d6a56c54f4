//! How many records the checks judge in a second, against the least that could be written by hand for the same table in
//! the same run: required, length, digits, days and codes in one loop, saying only how many cells are wrong. Then a
//! full check of a table in an encrypted book, with keys and references, and with the table's rules; and what rules add
//! to edits. Only the ratios say something. Run it with `cargo bench -p tianbao-tests --bench check` (a number after
//! `--` changes the records).
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::collections::HashSet;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use check::rules::{self, Context};
use check::{Columns, Edited, Remembered, TableChecker};
use standard::{Edition, Field, Kind, Rule, Standards, Table};
use store::{Book, BookKey, NewBook, ReadLimits, RowChange, Scope, Step};

const TABLE: &str = "ODS_SXJCSJ";
const PERIOD: &str = "2026-2027-1";
/// One record in this number has a mistake.
const WRONG_ONE_IN: usize = 50;

fn main() {
    let records: usize = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(100_000);
    let standards = Standards::builtin().expect("the built-in standards load");
    let edition = standards.edition("gaozhi-2024.09").expect("the edition is built in");
    let table = edition.table(TABLE).expect("the table");
    let rows = rows(&edition, table, records);
    println!("{records} records of {TABLE}, {} columns, one in {WRONG_ONE_IN} wrong", table.fields.len());

    let plan = TableChecker::new(&edition, table, Columns::Filled);
    let (mut found, mut remembered) = (Vec::new(), Remembered::default());
    let ours = timed(|| {
        for (at, row) in rows.iter().enumerate() {
            plan.cells_of_many(&mut remembered, Some(at as i64), row, &mut found);
        }
    });
    let loop_ = Loop::new(&edition, table);
    let mut wrong = 0;
    let hand = timed(|| wrong = rows.iter().map(|row| loop_.wrong_cells(row)).sum());
    assert_eq!(found.len(), wrong, "both find the same");
    print("cells", records, ours, hand);
    print("hand-written loop", records, hand, hand);
    println!("{}", tianbao_tests::ratio("cells", ours, hand));

    let folder = tempfile::tempdir().expect("a folder");
    let new = NewBook { school: "4111010001".into(), ..NewBook::default() };
    let file = folder.path().join("bench.tianbao");
    let book =
        Book::create(&file, &BookKey::new([7; 32]), b"salt of the test", edition.clone(), &new).expect("a new book");
    let filling = timed(|| fill(&book, &edition, &rows));
    print("(filling the book)", records, filling, hand);
    let reader = book.reader(ReadLimits::default()).expect("a reader");
    let mut found_in_book = 0;
    let whole = timed(|| {
        let mut count = |_| {
            found_in_book += 1;
            ControlFlow::Continue(())
        };
        let mut progress = |_| ControlFlow::Continue(());
        let read = check::table(&reader, &edition, table, Scope::Period(PERIOD), &mut progress, &mut count);
        assert_eq!(read, Ok(records as u64));
    });
    assert!(found_in_book >= wrong, "the cells at least");
    print("table in a book", records, whole, hand);
    println!("{}", tianbao_tests::ratio("table", whole, hand));
    let bare = timed(|| {
        let columns: Vec<String> = table.fields.iter().map(|field| format!("\"{}\"", field.column)).collect();
        let sql = format!("SELECT _row, {} FROM {TABLE}", columns.join(", "));
        let read = reader.query(&sql, &[], |row| {
            black_box((0..=table.fields.len()).map(|at| row.text(at)).collect::<Vec<_>>());
            ControlFlow::Continue(())
        });
        assert_eq!(read, Ok(()));
    });
    print("(only reading it)", records, bare, hand);
    let few: Vec<i64> = (1..=20).collect();
    let edit = timed(|| {
        check::sets(&reader, &edition, table, Scope::Rows(&few), &mut |_| ControlFlow::Continue(())).expect("checked");
    });
    println!("{:24} {:9.1} ms", "sets of 20 records", edit.as_secs_f64() * 1000.0);
    let students = edition.table("ODS_XSHXSJ").expect("the table");
    let key = students.position("XH").expect("a column");
    let (mut before, mut after) = (vec![String::new(); key + 1], vec![String::new(); key + 1]);
    before[key] = format!("{:012}", 1);
    after[key] = "another".to_owned();
    let edits = [Edited { row: 1, period: PERIOD, before: Some(&before), after: Some(&after) }];
    let renumbered = timed(|| {
        let affected = check::affected(&reader, &edition, students, &edits).expect("checked");
        assert_eq!(
            affected.records.contains_key(TABLE),
            records <= check::SMALL,
            "a large table is not read after an edit"
        );
    });
    println!("{:24} {:9.1} ms", "a student renumbered", renumbered.as_secs_f64() * 1000.0);
    with_rules(&book, &edition, table, &rows, whole);
}

/// The rules of the table, each on its own and together, and those that an edit has to run again.
fn with_rules(book: &Book, edition: &Arc<Edition>, table: &Table, rows: &[Vec<String>], whole: Duration) {
    let context = Context::new(jiff::civil::date(2026, 11, 1), PERIOD);
    let reader = book.reader_with(ReadLimits::default(), &rules::functions(edition, &context)).expect("a reader");
    let run = |one: &Rule, scope: Scope<'_>| {
        let mut found = 0;
        let time = timed(|| {
            let mut count = |_| {
                found += 1;
                ControlFlow::Continue(())
            };
            let failed = rules::rule(&reader, edition, one, scope, &context, &mut count).expect("it ran");
            assert_eq!(failed, None);
        });
        (time, found)
    };
    let ms =
        |what: &str, time: Duration, more: &str| println!("{what:40} {:9.1} ms  {more}", time.as_secs_f64() * 1000.0);
    let mut all = Duration::ZERO;
    for rule in edition.rules_of(TABLE) {
        let (time, found) = run(rule, Scope::Period(PERIOD));
        all += time;
        ms(&rule.id, time, &format!("{found} found"));
    }
    let ratio = (whole + all).as_secs_f64() / whole.as_secs_f64();
    ms("rules of the table", all, &format!("{ratio:.2} x the check without them"));
    println!("{}", tianbao_tests::ratio("rules", whole + all, whole));
    for column in ["XNZDJSXM", "SXJSRQ", "XH"] {
        let at = table.position(column).expect("a column");
        let mut after = rows[0].clone();
        after[at].push('1');
        let edits = [Edited { row: 1, period: PERIOD, before: Some(&rows[0]), after: Some(&after) }];
        let mut selects = Vec::new();
        let time = timed(|| {
            for rule in edition.rules_of(TABLE) {
                run(rule, Scope::Rows(&[1]));
            }
            selects = rules::touched(edition, table, &edits, PERIOD);
            selects.iter().for_each(|rule| {
                run(rule, Scope::Period(PERIOD));
            });
        });
        ms(&format!("rules after an edit of {column}"), time, &format!("{} selects, whole", selects.len()));
        let time = timed(|| {
            selects.iter().filter(|rule| rule.table == TABLE).for_each(|rule| {
                run(rule, Scope::Rows(&[1]));
            });
        });
        ms("the same selects for the record alone", time, "");
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn print(what: &str, records: usize, time: Duration, hand: Duration) {
    let seconds = time.as_secs_f64();
    println!(
        "{what:24} {seconds:9.3} s {:12.0} records/s {:7.2} x",
        records as f64 / seconds,
        seconds / hand.as_secs_f64()
    );
}

/// Records that are right but for one cell in [`WRONG_ONE_IN`] of them; every natural key is its own.
fn rows(edition: &Edition, table: &Table, records: usize) -> Vec<Vec<String>> {
    let value = |field: &Field| match field.kind {
        Kind::Date => "20260901".to_owned(),
        Kind::DateTime => "20260901 080000".to_owned(),
        Kind::Year => "2024".to_owned(),
        Kind::Integer => "18".to_owned(),
        Kind::Decimal => "88.5".to_owned(),
        Kind::Code => {
            let list = field.code_list.as_deref().and_then(|id| edition.code_list(id)).expect("its list");
            list.codes[0].code.clone()
        }
        _ => "机电一体化技术".to_owned(),
    };
    let right: Vec<String> = table.fields.iter().map(value).collect();
    let at = |column: &str| table.position(column).expect("a column of the table");
    let (student, days, major) = (at("XH"), at("SXJSRQ"), at("ZYH"));
    let row = |n: usize| {
        let mut row = right.clone();
        row[student] = format!("{:012}", n);
        row[major] = format!("4603{:02}", n % 90);
        if n.is_multiple_of(WRONG_ONE_IN) {
            row[days] = "20270231".to_owned();
        }
        row
    };
    (0..records).map(row).collect()
}

/// Students, majors and teachers that the records name, and the records.
fn fill(book: &Book, edition: &Edition, rows: &[Vec<String>]) {
    let table = edition.table(TABLE).expect("the table");
    let named = |column: &str| -> HashSet<&str> {
        let at = table.position(column).expect("a column");
        rows.iter().map(|row| row[at].as_str()).collect()
    };
    for (other, column, from) in
        [("ODS_XSHXSJ", "XH", "XH"), ("ODS_ZYSZSJ", "ZYH", "ZYH"), ("ODS_JSHXSJ", "JGH", "XNZDJSGH")]
    {
        let of = edition.table(other).expect("a table");
        let at = of.position(column).expect("a column");
        let record = |key: &str| {
            let mut values = vec![String::new(); of.fields.len()];
            values[at] = key.to_owned();
            values
        };
        insert(book, other, named(from).into_iter().map(record));
    }
    insert(book, TABLE, rows.iter().cloned());
}

/// Adds records in steps of some thousands.
fn insert(book: &Book, table: &str, rows: impl Iterator<Item = Vec<String>>) {
    let at = "2026-09-01T00:00:00Z".parse().expect("a moment");
    let step =
        Step { at, who: String::new(), kind: store::StepKind::Import, note: String::new(), period: PERIOD.into() };
    let mut changes = Vec::new();
    let flush = |changes: &mut Vec<RowChange>| {
        book.apply(&step, changes).expect("stored");
        changes.clear();
    };
    for values in rows {
        changes.push(RowChange::Insert { table: table.into(), values, after: None });
        if changes.len() == 20_000 {
            flush(&mut changes);
        }
    }
    flush(&mut changes);
}

/// The least that could be written by hand.
struct Loop<'e> {
    fields: Vec<(usize, &'e Field, HashSet<&'e str>)>,
}

impl<'e> Loop<'e> {
    fn new(edition: &'e Edition, table: &'e Table) -> Self {
        let codes = |field: &'e Field| -> HashSet<&'e str> {
            let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
            list.into_iter().flat_map(|list| list.codes.iter().map(|code| code.code.as_str())).collect()
        };
        let fields = table.fields.iter().enumerate().filter(|(_, field)| !field.is_system());
        Loop { fields: fields.map(|(at, field)| (at, field, codes(field))).collect() }
    }

    fn wrong_cells(&self, row: &[String]) -> usize {
        self.fields.iter().filter(|(at, field, codes)| is_wrong(field, codes, &row[*at])).count()
    }
}

fn is_wrong(field: &Field, codes: &HashSet<&str>, value: &str) -> bool {
    if value.is_empty() {
        return field.required;
    }
    let limit = field.length_limit().map_or(usize::MAX, |limit| limit as usize);
    match field.kind {
        Kind::Date => !is_day(value),
        Kind::Year => value.len() != 4 || !value.bytes().all(|b| b.is_ascii_digit()),
        Kind::Integer => !value.bytes().all(|b| b.is_ascii_digit()) || value.len() > limit,
        Kind::Decimal => {
            let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
            let digits = whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
            !digits || fraction.len() > field.scale.unwrap_or(0) as usize
        }
        Kind::Code => !codes.contains(value),
        _ => value.chars().count() > limit,
    }
}

fn is_day(value: &str) -> bool {
    let number = |from: usize, to: usize| value.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day), 8) = (number(0, 4), number(4, 6), number(6, 8), value.len()) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=last).contains(&day)
}
