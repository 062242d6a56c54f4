//! The workbooks of this folder are read in every file format. The findings are exactly those of mistakes.csv, and
//! every other value is read correctly.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use standard::{Coded, Edition, Standards};
use workbook::{CellIn, Limits, RowIn, Survey, open};

static EDITION: LazyLock<Arc<Edition>> = LazyLock::new(|| {
    let standards = Standards::builtin().expect("the built-in standards load");
    standards.edition("gaozhi-2024.09").expect("the edition is built in")
});

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("workbooks").join(name)
}

/// One line of mistakes.csv: a cell, its stored value, and the rule that finds it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Mistake {
    table: String,
    line: u32,
    column: String,
    /// A rule of the checks, or `unreadable`, or empty when the unusual form is understood.
    rule: String,
    /// The value that is stored.
    value: String,
}

/// The planted mistakes of a workbook.
fn mistakes(file: &str) -> BTreeSet<Mistake> {
    let text = std::fs::read_to_string(path("mistakes.csv")).expect("the table of mistakes");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let lines = reader.records().map(|line| line.expect("a line of mistakes"));
    let mistake = |line: &csv::StringRecord| Mistake {
        table: line[1].to_owned(),
        line: line[2].parse().expect("a line number"),
        column: line[3].to_owned(),
        rule: line[5].to_owned(),
        value: line[6].to_owned(),
    };
    let found: BTreeSet<Mistake> = lines.filter(|line| &line[0] == file).map(|line| mistake(&line)).collect();
    assert!(!found.is_empty(), "no mistakes of {file}");
    found
}

/// The records of all sheets, each with the name of its table.
fn read(name: &str) -> Vec<(String, RowIn)> {
    let mut book = open(&path(name), &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut rows = Vec::new();
    for reading in book.survey(&EDITION, &Survey::default()) {
        let table = reading.table.clone().unwrap_or_else(|| panic!("{name}: no table for {}", reading.sheet));
        assert_eq!(reading.unmapped, Vec::<String>::new(), "{name}");
        assert_eq!(reading.missing_required, Vec::<String>::new(), "{name}");
        let of = EDITION.table(&table).expect("a table of the edition");
        let read = book.rows(&EDITION, of, &reading, &mut |row| {
            rows.push((table.clone(), row));
            ControlFlow::Continue(())
        });
        read.unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    rows
}

/// The findings of the cell checks in a workbook, and the cells that cannot be read.
fn found(name: &str) -> BTreeSet<Mistake> {
    let mut found = BTreeSet::new();
    for (table, row) in read(name) {
        let table = EDITION.table(&table).expect("a table of the edition");
        let plan = check::TableChecker::new(&EDITION, table, check::Columns::Filled);
        let mistake = |column: &str, rule: &str, value: &str| Mistake {
            table: table.name.clone(),
            line: row.line,
            column: column.to_owned(),
            rule: rule.to_owned(),
            value: value.to_owned(),
        };
        let mut values = Vec::new();
        for (field, cell) in table.fields.iter().zip(&row.cells) {
            values.push(match cell {
                CellIn::Absent => String::new(),
                CellIn::Value(text) => plan.normalise(&field.column, text),
                CellIn::Unreadable(shown) => {
                    found.insert(mistake(&field.column, "unreadable", shown.shown()));
                    String::new()
                }
            });
        }
        let mut findings = Vec::new();
        plan.cells(None, &values, &mut findings);
        for finding in findings {
            let column = finding.column.expect("a cell's finding names its column");
            found.insert(mistake(&column, &finding.rule, &finding.value));
        }
    }
    found
}

/// Whether the rule compares several records; the flows test such rules in a book.
fn is_of_sets(mistake: &Mistake) -> bool {
    matches!(mistake.rule.as_str(), "unique-key" | "reference")
}

#[test]
fn the_checks_find_what_was_planted_and_nothing_else() {
    for name in ["internships.xlsx", "internships.xls", "internships.ods", "internships.csv", "other-tables.xlsx"] {
        let list = if name.starts_with("internships") { "internships" } else { "other-tables" };
        let planted: BTreeSet<Mistake> =
            mistakes(list).into_iter().filter(|m| !m.rule.is_empty() && !is_of_sets(m)).collect();
        let found = found(name);
        let missed: Vec<_> = planted.difference(&found).collect();
        let besides: Vec<_> = found.difference(&planted).collect();
        assert!(missed.is_empty() && besides.is_empty(), "{name}: missed {missed:#?}, besides {besides:#?}");
    }
}

#[test]
fn unusual_forms_are_stored_as_values() {
    for name in ["internships.xlsx", "internships.xls", "internships.ods", "internships.csv"] {
        let rows = read(name);
        for mistake in mistakes("internships").iter().filter(|m| m.rule != "unreadable") {
            let table = EDITION.table(&mistake.table).expect("a table of the edition");
            let (_, row) = rows.iter().find(|(_, row)| row.line == mistake.line).expect("the line is read");
            let field = table.field(&mistake.column).expect("a column");
            let CellIn::Value(text) = &row.cells[table.position(&mistake.column).expect("a column")] else {
                panic!("{name}: {mistake:?} cannot be read");
            };
            assert_eq!(check::normalise(&EDITION, field, text), mistake.value, "{name}: {mistake:?}");
        }
    }
}

#[test]
fn all_file_formats_have_the_same_records() {
    let stored = |name: &str| -> Vec<(u32, Vec<String>)> {
        let value = |(field, cell): (&standard::Field, &CellIn)| match cell {
            CellIn::Absent => String::new(),
            CellIn::Value(text) => check::normalise(&EDITION, field, text),
            CellIn::Unreadable(shown) => format!("unreadable {}", shown.shown()),
        };
        let values = |(table, row): &(String, RowIn)| {
            let fields = &EDITION.table(table).expect("a table of the edition").fields;
            (row.line, fields.iter().zip(&row.cells).map(value).collect())
        };
        read(name).iter().map(values).collect()
    };
    let first = stored("internships.xlsx");
    assert_eq!(first.len(), 36);
    assert!(!first.iter().any(|(line, _)| *line == 23), "a blank line is not a record");
    for name in ["internships.xls", "internships.ods", "internships.csv"] {
        let rows = stored(name);
        assert_eq!(rows.len(), first.len(), "{name}");
        rows.iter().zip(&first).for_each(|(row, first)| assert_eq!(row, first, "{name}"));
    }
}

#[test]
fn hostile_files_are_refused() {
    for (name, code) in [
        ("picture.xlsx", "workbook.is-picture"),
        ("password.xlsx", "workbook.password"),
        ("password.xls", "workbook.password"),
        ("truncated.xlsx", "workbook.damaged"),
    ] {
        let refused = open(&path(name), &Limits::default()).err().map(|error| error.code());
        assert_eq!(refused.as_deref(), Some(code), "{name}");
    }
}
