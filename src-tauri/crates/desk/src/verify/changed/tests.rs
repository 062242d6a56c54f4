//! Whatever many changes do, what is found afterwards is what a check of all tables finds.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use standard::Edition;
use store::{FindingQuery, RowChange, Step, StepKind};

use super::recheck_step;
use crate::session::fixture::desk_with_book;
use crate::session::{Desk, OpenBook};
use crate::verify::recheck::recheck_tables;

/// Internships with what they refer to and what refers to them: students, majors, insurance, reports, marks; and lessons with
/// their rooms, which rules compare with each other.
const TABLES: [&str; 8] = [
    "ODS_SXJCSJ",
    "ODS_XSHXSJ",
    "ODS_ZYSZSJ",
    "ODS_SXBXGMQKSJ",
    "ODS_SXBGJLSJ",
    "ODS_ZHCJYPJSJ",
    "ODS_PKSJ",
    "ODS_JSJBSJ",
];

/// A change that is made to fit what stands in the book.
#[derive(Debug, Clone)]
struct Wish {
    kind: Kind,
    table: Index,
    row: Index,
    column: Index,
    text: Index,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Insert,
    Update,
    Delete,
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let kind = prop_oneof![5 => Just(Kind::Insert), 4 => Just(Kind::Update), 1 => Just(Kind::Delete)];
    let at = any::<Index>;
    let wish = (kind, at(), at(), at(), at()).prop_map(|(kind, table, row, column, text)| Wish {
        kind,
        table,
        row,
        column,
        text,
    });
    prop::collection::vec(wish, 1..12)
}

/// Changes of one step, none of a record twice.
fn fit(open: &OpenBook, wishes: &[Wish]) -> Vec<RowChange> {
    let mut touched: Vec<(&str, i64)> = Vec::new();
    let mut changes = Vec::new();
    for wish in wishes {
        let name = *wish.table.get(&TABLES);
        let table = open.edition.table(name).unwrap();
        let samples = sample_rows(&open.edition, name);
        let at = wish.column.index(table.fields.len());
        let texts = texts(&samples, at);
        let text = wish.text.get(&texts).clone();
        let mut standing: Vec<i64> = Vec::new();
        open.book
            .stream_all(name, |record| {
                standing.push(record.row);
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        standing.retain(|row| !touched.contains(&(name, *row)));
        let row = (!standing.is_empty()).then(|| *wish.row.get(&standing));
        let table_name = name.to_owned();
        match (wish.kind, row) {
            (Kind::Insert, _) => {
                let mut values = wish.row.get(&samples).clone();
                values[at] = text;
                changes.push(RowChange::Insert { table: table_name, values, after: None });
            }
            (Kind::Update, Some(row)) if !table.fields[at].is_system() => {
                touched.push((name, row));
                let values = BTreeMap::from([(table.fields[at].column.clone(), text)]);
                changes.push(RowChange::Update { table: table_name, row, values });
            }
            (Kind::Delete, Some(row)) => {
                touched.push((name, row));
                changes.push(RowChange::Delete { table: table_name, row });
            }
            (Kind::Update | Kind::Delete, _) => {}
        }
    }
    changes
}

fn sample_rows(edition: &Edition, table: &str) -> Vec<Vec<String>> {
    sample::rows(edition, table).into_iter().take(6).collect()
}

/// What clerks put into a column: another record's value, nothing, a value that is cut off or looks like another, a wrong one.
fn texts(samples: &[Vec<String>], at: usize) -> Vec<String> {
    let mut texts = vec![String::new(), "甲".to_owned(), "20990101".to_owned()];
    for value in samples.iter().map(|values| &values[at]).filter(|value| !value.is_empty()) {
        let letters: Vec<char> = value.chars().collect();
        texts.extend([value.clone(), letters[..letters.len() - 1].iter().collect(), value.replace('0', "O")]);
    }
    texts
}

fn step(period: &str) -> Step {
    let at = "2026-11-01T00:00:00Z".parse().unwrap();
    Step { at, who: String::new(), kind: StepKind::Import, note: String::new(), period: period.to_owned() }
}

fn findings(open: &OpenBook) -> Vec<String> {
    let all = open.book.findings(&FindingQuery { limit: u64::MAX, ..FindingQuery::default() }).unwrap();
    let mut all: Vec<String> = all.findings.into_iter().map(|stored| format!("{:?}", stored.finding)).collect();
    all.sort_unstable();
    all
}

/// In what the findings as they stand (`-`) differ from those of a check of all tables (`+`).
fn difference(desk: &Desk, open: &OpenBook) -> Vec<String> {
    let kept = findings(open);
    recheck_tables(open, &TABLES.map(str::to_owned), &mut desk.job(0)).unwrap();
    let whole = findings(open);
    let only = |these: &[String], those: &[String], sign: char| {
        these.iter().filter(|one| !those.contains(one)).map(|one| format!("{sign} {one}")).collect::<Vec<_>>()
    };
    [only(&kept, &whole, '-'), only(&whole, &kept, '+')].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_a_whole_check_finds(rounds in prop::collection::vec(wishes(), 1..5)) {
        let home = tempfile::tempdir().unwrap();
        let (desk, open) = desk_with_book(home.path());
        let period = open.period();
        let mut steps = Vec::new();
        for wishes in &rounds {
            let changes = fit(&open, wishes);
            let Some(number) = open.book.apply(&step(&period), &changes).unwrap().step else { continue };
            recheck_step(&open, number, &mut desk.job(0)).unwrap();
            prop_assert_eq!(difference(&desk, &open), Vec::<String>::new(), "after {:?}", changes);
            steps.push(number);
        }
        for number in steps.into_iter().rev() {
            open.book.undo(step(&period).at, "").unwrap();
            recheck_step(&open, number, &mut desk.job(0)).unwrap();
            prop_assert_eq!(difference(&desk, &open), Vec::<String>::new(), "after step {} was taken back", number);
        }
    }
}
