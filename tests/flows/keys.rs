//! The same record has the same ZJSJWYXBS: on two PCs, in whatever order it came in, and in the next period where it is
//! the same record; for every table of every edition, in real books, with records and orders at random.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use standard::cell::Values;
use standard::{Edition, KeyPeriod, Kind, Standards, Table};
use store::{Book, BookKey, NewBook, RowChange, Step, StepKind};

/// Records of each table that one case takes at random from the sample college.
const RECORDS: usize = 24;

/// Cases of each edition.
const CASES: u32 = 4;

const NOW: &str = "2026-2027-1";
const NEXT: &str = "2026-2027-2";

/// Table and values that a clerk fills, to the key that the record has.
type Keys = BTreeMap<(String, Vec<String>), String>;

#[test]
fn the_same_record_has_the_same_key_in_another_book_and_another_order() {
    for edition in Standards::builtin().unwrap().editions() {
        let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let held = runner.run(&any::<u64>(), |seed| holds(edition, &mut StdRng::seed_from_u64(seed)));
        assert!(held.is_ok(), "{}: {}", edition.id, held.unwrap_err());
    }
}

fn holds(edition: &Arc<Edition>, at_random: &mut StdRng) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = rows(edition, at_random);
    let one = book(edition, &folder.path().join("one.tianbao"));
    let here = keys(&one, edition, rows.iter(), NOW);
    rows.shuffle(at_random);
    rows.iter_mut().for_each(|(_, rows)| rows.shuffle(at_random));
    let other = book(edition, &folder.path().join("other.tianbao"));
    let there = keys(&other, edition, rows.iter(), NOW);
    prop_assert_eq!(here.len(), there.len());
    prop_assert!(edition.tables.iter().all(|table| here.keys().any(|(name, _)| *name == table.name)));
    for (record, key) in &here {
        prop_assert_eq!(there.get(record), Some(key), "{:?}", record);
        prop_assert_eq!(key.len(), 32, "{:?}", record);
    }
    let later = keys(&one, edition, rows.iter(), NEXT);
    for (record, key) in &here {
        let table = edition.table(&record.0).unwrap();
        prop_assert_eq!(later[record] == *key, is_the_same_later(table, &record.1), "{:?}", record);
    }
    Ok(())
}

/// Whether a record of now is the same one when it is reported again in the next period.
fn is_the_same_later(table: &Table, values: &[String]) -> bool {
    let dated = || {
        let names = table.natural_key.iter().filter_map(|column| table.position(column));
        let mut dates =
            names.filter(|at| matches!(table.fields[*at].kind, Kind::Date | Kind::DateTime | Kind::YearMonth));
        dates.any(|at| !values[at].trim().is_empty())
    };
    match table.key_rule.period {
        KeyPeriod::Never => true,
        KeyPeriod::Undated if dated() => true,
        KeyPeriod::Undated | KeyPeriod::Always => table.period.of(NOW) == table.period.of(NEXT),
    }
}

/// Some records of every table of the sample college, which differ in their natural keys. In texts of the key and in any
/// other column some have a value that the sample does not know.
fn rows(edition: &Edition, at_random: &mut StdRng) -> Vec<(String, Vec<Values>)> {
    let mut some = |(name, rows): (&str, Vec<Values>)| {
        let table = edition.table(name).unwrap();
        let mut chosen: Vec<Values> = rows.choose_multiple(at_random, RECORDS).cloned().collect();
        for (no, values) in chosen.iter_mut().enumerate() {
            for (at, field) in table.fields.iter().enumerate().filter(|(_, field)| !field.is_system()) {
                let in_key = table.natural_key.contains(&field.column);
                if at_random.gen_bool(0.2) && (!in_key || field.kind == Kind::Text) {
                    values[at] = format!("{}{no}·{}", values[at], at_random.gen_range(0..100));
                }
            }
        }
        (name.to_owned(), chosen)
    };
    sample::tables(edition).map(&mut some).collect()
}

fn book(edition: &Arc<Edition>, file: &Path) -> Book {
    let new = NewBook { school: sample::college(edition).code.into(), ..NewBook::default() };
    Book::create(file, &BookKey::new([7; 32]), b"salt of the test", edition.clone(), &new).unwrap()
}

/// Puts records into a book under a period, in the order in which they come, and answers their keys.
fn keys<'a>(
    book: &Book,
    edition: &Edition,
    rows: impl Iterator<Item = &'a (String, Vec<Values>)>,
    period: &str,
) -> Keys {
    let mut keys = Keys::new();
    for (name, rows) in rows {
        let table = edition.table(name).unwrap();
        let insert = |values: &Values| RowChange::Insert { table: name.clone(), values: values.clone(), after: None };
        let changes: Vec<RowChange> = rows.iter().map(insert).collect();
        let step = Step {
            at: "2026-11-21T08:00:00Z".parse().unwrap(),
            who: String::new(),
            kind: StepKind::Import,
            note: String::new(),
            period: period.to_owned(),
        };
        let made = book.apply(&step, &changes).unwrap().rows;
        for record in book.get_many(name, &made).unwrap().into_iter().flatten() {
            let filled = table.fields.iter().zip(&record.values).map(|(field, value)| match field.is_system() {
                true => String::new(),
                false => value.clone(),
            });
            keys.insert((name.clone(), filled.collect()), record.key);
        }
    }
    keys
}
