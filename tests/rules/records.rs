//! Single records that colleges have: true ones of which nothing may be said but what they list, and wrong ones that
//! must be found. They stand in `records/*.toml`, each as what differs from a record of the sample school.
//!
//! Findings on other records that name what was changed here (the lessons of a course with another name) are right, and
//! not judged.
//!
//! | key | says |
//! | --- | --- |
//! | `names` | the table; where editions name it otherwise, all its names |
//! | `why` | what the record is, or what is wrong with it |
//! | `editions` | where it is tried; absent: in each edition that has the table and the columns |
//! | `like` | values of the record of the sample that is changed; each record takes another one |
//! | `set` | its other values |
//! | `add` | whether it stands beside the record of the sample instead of taking its place |
//! | `asked` | for a true record: the rules that ask to confirm it, which is right |
//! | `found` | for a wrong record: the column on which a finding to confirm or mandatory stands; `hint:` before it where a hint is enough |

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::thread;

use check::words::{self, Language};
use sample::unusual::Change;
use serde::Deserialize;
use standard::cell::Values;
use standard::{Edition, Finding, Level, Standards, Table};

use crate::trial::Trial;

/// Records of one table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfTable {
    names: Vec<String>,
    record: Vec<Kept>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    why: String,
    #[serde(default)]
    editions: Vec<String>,
    #[serde(default)]
    like: BTreeMap<String, String>,
    set: BTreeMap<String, String>,
    #[serde(default)]
    add: bool,
    #[serde(default)]
    asked: Vec<String>,
    #[serde(default)]
    found: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    table: Vec<OfTable>,
}

const TRUE: [&str; 4] = [
    include_str!("records/true_teaching.toml"),
    include_str!("records/true_people.toml"),
    include_str!("records/true_school.toml"),
    include_str!("records/true_more.toml"),
];
const WRONG: [&str; 1] = [include_str!("records/wrong.toml")];

fn read(files: &[&str]) -> Vec<OfTable> {
    files.iter().flat_map(|text| toml::from_str::<File>(text).expect("records").table).collect()
}

#[test]
fn true_records_are_taken() {
    hold(&TRUE, accused);
}

#[test]
fn wrong_records_are_found() {
    hold(&WRONG, missed);
}

/// What is wrong about the findings of records that stand in the book together.
type Judge = fn(&[(&Kept, Vec<&Finding>)]) -> Vec<String>;

/// Puts the records of each table into a book of each edition and judges what is found.
fn hold(files: &[&str], judge: Judge) {
    let all = read(files);
    let standards = Standards::builtin().expect("the built-in standards load");
    let of_edition = |edition: &Arc<Edition>| {
        let trial = Trial::new(edition);
        all.iter().flat_map(|of_table| judged(&trial, of_table, judge)).collect::<Vec<String>>()
    };
    let wrong: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = standards.editions().iter().map(|edition| scope.spawn(|| of_edition(edition))).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("judged")).collect()
    });
    assert!(wrong.is_empty(), "{} records\n{}", wrong.len(), wrong.join("\n"));
}

fn judged(trial: &Trial, of_table: &OfTable, judge: Judge) -> Vec<String> {
    let edition = &trial.edition;
    let Some(table) = of_table.names.iter().find_map(|name| edition.table(name)) else { return Vec::new() };
    let rows = sample::rows(edition, &table.name);
    let has = |kept: &&Kept| {
        (kept.editions.is_empty() || kept.editions.contains(&edition.id))
            && kept.set.keys().chain(kept.like.keys()).all(|column| table.field(column).is_some())
    };
    let mut taken = HashSet::new();
    let mut records = Vec::new();
    for kept in of_table.record.iter().filter(has) {
        match change(table, &rows, kept, &mut taken) {
            Some(change) => records.push((kept, change)),
            None => return vec![format!("{} {}: {}: no such record", edition.id, table.name, kept.why)],
        }
    }
    let changes: Vec<Change> = records.iter().map(|(_, change)| change.clone()).collect();
    if changes.is_empty() {
        return Vec::new();
    }
    let (numbers, findings) = trial.judged(&changes);
    let own = |number: i64| findings.iter().filter(|f| f.table == table.name && f.row == Some(number)).collect();
    let by_record: Vec<(&Kept, Vec<&Finding>)> =
        records.iter().zip(&numbers).map(|((kept, _), number)| (*kept, own(*number))).collect();
    judge(&by_record).into_iter().map(|text| format!("{} {}: {text}", edition.id, table.name)).collect()
}

/// The change that makes a record of the sample, one that was not taken before, into this one.
fn change(table: &Table, rows: &[Values], kept: &Kept, taken: &mut HashSet<usize>) -> Option<Change> {
    let at = |column: &str| table.position(column).unwrap_or_default();
    let fits = |row: &Values| kept.like.iter().all(|(column, value)| row[at(column)] == *value);
    let row = (0..rows.len()).find(|row| !taken.contains(row) && fits(&rows[*row]))?;
    if !kept.add {
        taken.insert(row);
    }
    let mut values = rows[row].clone();
    for (column, value) in &kept.set {
        values[at(column)].clone_from(value);
    }
    Some(Change { table: table.name.clone(), row: (!kept.add).then_some(row), values })
}

fn told(finding: &Finding) -> String {
    let words = words::of(finding, Language::Zh);
    format!(
        "{:?} {} {}.{} {words}",
        finding.level,
        finding.rule,
        finding.table,
        finding.column.as_deref().unwrap_or("-")
    )
}

fn accused(records: &[(&Kept, Vec<&Finding>)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (kept, findings) in records {
        let is_asked = |finding: &Finding| finding.level == Level::Confirm && kept.asked.contains(&finding.rule);
        let unwanted = findings.iter().filter(|finding| finding.level != Level::Hint && !is_asked(finding));
        wrong.extend(unwanted.map(|finding| format!("{}: {}", kept.why, told(finding))));
        let unsaid = kept.asked.iter().filter(|rule| !findings.iter().any(|finding| finding.rule == **rule));
        wrong.extend(unsaid.map(|rule| format!("{}: {rule} does not ask", kept.why)));
    }
    wrong
}

fn missed(records: &[(&Kept, Vec<&Finding>)]) -> Vec<String> {
    let is_found = |kept: &Kept, findings: &[&Finding]| {
        let hinted = kept.found.strip_prefix("hint:");
        let column = Some(hinted.unwrap_or(&kept.found));
        findings.iter().any(|f| f.column.as_deref() == column && (hinted.is_some() || f.level != Level::Hint))
    };
    let others = |findings: &[&Finding]| findings.iter().map(|f| told(f)).collect::<Vec<_>>().join("; ");
    let missed = records.iter().filter(|(kept, findings)| !is_found(kept, findings));
    missed.map(|(kept, findings)| format!("{}: not {}, but [{}]", kept.why, kept.found, others(findings))).collect()
}
