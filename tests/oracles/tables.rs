//! Our standards and our checks compared with frictionless, an implementation of Data Package and Table Schema.
//!
//! Every edition is a valid package. Then rows with one planted mistake each go both to frictionless, as CSV in that
//! package, and to our checks, and both give a verdict on every cell. The verdicts may differ where Table Schema cannot
//! express what the standard requires; `differences` lists each such case with its reason.

mod differences;
mod mistakes;
mod packages;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::{Columns, TableChecker};
use standard::{Edition, Field, Finding, Level, Standards, Table};
use store::{Book, BookKey, NewBook, ReadLimits, RowChange, Scope, Step};

use differences::{DIFFERENCES, Verdict};
use mistakes::MISTAKES;
use packages::{Error, judge, with_rows};

/// For each edition, tables that together have every kind of field, format and limit that the edition uses.
const TABLES: [(&str, &[&str]); 3] = [
    (
        "gaozhi-2023.06",
        &[
            "ODS_SXJCSJ",
            "ODS_PKSJ",
            "ODS_XXJBSJ",
            "ODS_HJJCSJ",
            "ODS_XYDTXXSJ",
            "ODS_XXTSXXHXTYYSJ",
            "ODS_WLKCZXXXJLSJ",
            "ODS_ZTJHSJ",
            "ODS_CJSTHDSJ",
            "ODS_DZZQKJCSJ",
            "ODS_WLAQGLSJ",
        ],
    ),
    (
        "gaozhi-2024.09",
        &[
            "ODS_SXJCSJ",
            "ODS_PKSJ",
            "ODS_XXHXTJSSJ",
            "ODS_JXZYCNJCSJ",
            "ODS_XXJBSJ",
            "ODS_XXTSXXHXTYYSJ",
            "ODS_PYFASJ",
            "ODS_CJSTHDSJ",
            "ODS_XSJYYXSJ",
            "ODS_DZZQKJCSJ",
            "ODS_TSJYSJ",
            "ODS_XYDTXXSJ",
            "ODS_WLAQGLSJ",
        ],
    ),
    (
        "zhongzhi-2023.06",
        &[
            "ODS_ZZJXZLYPJSJ",
            "ODS_ZZXXGKJCSJ",
            "ODS_ZZSXJCSJ",
            "ODS_ZZPKSJ",
            "ODS_ZZXNSXJDSJ",
            "ODS_ZZXYDTXXSJ",
            "ODS_ZZSXBGJLSJ",
            "ODS_ZZJSHXSJ",
            "ODS_ZZJSJXXXSJ",
            "ODS_ZZWFJCKCJSJ",
            "ODS_ZZDZZQKJCSJ",
            "ODS_ZZDYHDSJ",
        ],
    ),
];

fn editions() -> Vec<Arc<Edition>> {
    Standards::builtin().unwrap().editions().to_vec()
}

#[test]
fn every_edition_is_a_valid_package() {
    let root = tianbao_tests::root().join("standards");
    let names: Vec<String> = editions().iter().map(|edition| edition.id.clone()).chain(["national".into()]).collect();
    let paths: Vec<PathBuf> = names.iter().map(|name| root.join(name).join("datapackage.json")).collect();
    let reports = judge(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    let said: Vec<(&str, u64, usize)> =
        names.iter().zip(&reports).map(|(name, (seen, errors))| (name.as_str(), *seen, errors.len())).collect();
    let expected = [("gaozhi-2023.06", 85 + 111, 0), ("gaozhi-2024.09", 98 + 130, 0), ("zhongzhi-2023.06", 47 + 69, 0)];
    assert_eq!(said[..3], expected, "{reports:?}");
    assert_eq!(said[3], ("national", 17, 0), "{reports:?}");
}

/// What `export -o F.zip` writes: a package of its own, with the lists that its table refers to.
#[test]
fn an_exported_table_is_a_valid_package() {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (id, names) in TABLES {
        let edition = Standards::builtin().unwrap().edition(id).unwrap();
        for name in &names[..4] {
            let table = edition.table(name).unwrap();
            let path = folder.path().join(format!("{id}-{name}.zip"));
            let options = workbook::PlainOptions::for_file(&path, workbook::Shown::Codes).unwrap();
            let mut source = |_: &Table, sink: &mut dyn FnMut(workbook::RecordOut<'_>) -> ControlFlow<()>| {
                for row in 0..3 {
                    let values = rows::right(&edition, table, row);
                    let _ = sink(workbook::RecordOut { row: row as i64, key: "", values: &values });
                }
                Ok(())
            };
            let stamp = workbook::Stamp { edition: id.to_owned(), ..workbook::Stamp::default() };
            workbook::write_plain(&path, &edition, &[table], &stamp, options, &mut source).unwrap();
            paths.push(path);
        }
    }
    for (path, (resources, errors)) in paths.iter().zip(judge(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>()))
    {
        assert!(resources > 0 && errors.is_empty(), "{}: {errors:?}", path.display());
    }
}

/// A row with at most one mistake.
struct Planted {
    mistake: &'static str,
    /// Index of the planted cell; `None` for the row without a mistake.
    at: Option<usize>,
    values: Vec<String>,
}

/// A correct row, then one row for each mistake that each field can have.
fn planted(edition: &Edition, table: &Table) -> Vec<Planted> {
    let right = |row: usize| rows::right(edition, table, row);
    let mut all = vec![Planted { mistake: "none", at: None, values: right(0) }];
    for (at, field) in table.fields.iter().enumerate().filter(|(_, field)| !field.is_system()) {
        let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
        for (mistake, wrong) in MISTAKES {
            let mut values = right(all.len());
            if let Some(wrong) = wrong(field, list.map(|list| &**list), &values[at])
                && wrong != values[at]
            {
                values[at] = wrong;
                all.push(Planted { mistake, at: Some(at), values });
            }
        }
    }
    all
}

#[test]
fn both_give_the_same_verdict_on_every_cell() {
    let home = tempfile::tempdir().unwrap();
    let editions = editions();
    let mut cases = Vec::new();
    for (edition, (id, names)) in editions.iter().zip(TABLES) {
        assert_eq!(edition.id, id);
        let tables: Vec<&Table> = names.iter().map(|name| edition.table(name).unwrap()).collect();
        let kinds = |tables: &mut dyn Iterator<Item = &Table>| -> BTreeSet<String> {
            tables.flat_map(|table| &table.fields).map(|field| format!("{:?}", field.kind)).collect()
        };
        assert_eq!(kinds(&mut tables.iter().copied()), kinds(&mut edition.tables.iter()), "kinds of {id}");
        let rows: BTreeMap<&str, Vec<Planted>> =
            tables.iter().map(|table| (table.name.as_str(), planted(edition, table))).collect();
        let plain = rows.iter().map(|(name, rows)| (*name, rows.iter().map(|row| row.values.clone()).collect()));
        let folder = home.path().join(id);
        with_rows(edition, &plain.collect(), &folder);
        cases.push((edition, rows, folder.join("datapackage.json")));
    }
    let paths: Vec<_> = cases.iter().map(|(.., path)| path.as_path()).collect();
    let mut compared = Compared::default();
    for ((edition, rows, _), (_, errors)) in cases.iter().zip(judge(&paths)) {
        for (name, rows) in rows {
            let of_table: Vec<&Error> = errors.iter().filter(|error| error.table.as_deref() == Some(name)).collect();
            compared.table(edition, edition.table(name).unwrap(), rows, &of_table);
        }
    }
    compared.verify();
}

/// The result of the comparison.
#[derive(Default)]
struct Compared {
    cells: usize,
    refused: usize,
    /// Number of cells for each explained difference, by its index.
    explained: BTreeMap<usize, usize>,
    unexplained: BTreeMap<String, Vec<String>>,
}

impl Compared {
    fn table(&mut self, edition: &Edition, table: &Table, rows: &[Planted], errors: &[&Error]) {
        let plan = TableChecker::new(edition, table, Columns::Filled);
        for (number, row) in rows.iter().enumerate() {
            let mut found = Vec::new();
            plan.cells(None, &row.values, &mut found);
            for (at, field) in table.fields.iter().enumerate() {
                let mistake = if row.at == Some(at) { row.mistake } else { "none" };
                let ours = ours(&found, field);
                let theirs = theirs(errors, number, field);
                self.cell(edition, table, field, mistake, &row.values[at], (ours, theirs));
            }
        }
    }

    fn cell(
        &mut self,
        edition: &Edition,
        table: &Table,
        field: &Field,
        mistake: &str,
        value: &str,
        (ours, theirs): (Verdict, Verdict),
    ) {
        self.cells += 1;
        if ours == theirs {
            self.refused += usize::from(ours == Verdict::Refused);
            return;
        }
        let explains = |d: &differences::Difference| {
            (d.ours, d.theirs) == (ours, theirs)
                && (d.mistakes.is_empty() || d.mistakes.contains(&mistake))
                && (d.of)(edition, field)
        };
        match DIFFERENCES.iter().position(explains) {
            Some(at) => *self.explained.entry(at).or_default() += 1,
            None => {
                let kind = format!("{mistake} in {:?}: ours {ours:?}, theirs {theirs:?}", field.kind);
                let value: String = value.chars().take(20).collect();
                let place = format!("{} {}.{} {value:?}", edition.id, table.name, field.column);
                self.unexplained.entry(kind).or_default().push(place);
            }
        }
    }

    fn verify(&self) {
        let lines: Vec<String> = self
            .unexplained
            .iter()
            .map(|(kind, places)| format!("{kind}: {} times, such as {}", places.len(), places[0]))
            .collect();
        assert!(lines.is_empty(), "{} kinds of differences without a reason:\n{}", lines.len(), lines.join("\n"));
        for (at, difference) in DIFFERENCES.iter().enumerate() {
            assert!(self.explained.contains_key(&at), "this difference does not occur: {}", difference.why);
        }
        assert!(self.cells > 50_000 && self.refused > 1_000, "{} cells, {} refused by both", self.cells, self.refused);
    }
}

/// Our verdict: the highest level of our findings in the cell.
fn ours(found: &[Finding], field: &Field) -> Verdict {
    let levels = found.iter().filter(|f| f.column.as_deref() == Some(&field.column)).map(|f| f.level);
    let verdict = |level| if level == Level::Mandatory { Verdict::Refused } else { Verdict::Confirm };
    levels.map(verdict).max().unwrap_or(Verdict::Passes)
}

/// The verdict of frictionless. Foreign keys to other tables are left out, because those tables are empty here, and our
/// checks test references for whole tables.
fn theirs(errors: &[&Error], row: usize, field: &Field) -> Verdict {
    let of_cell = |error: &&&Error| error.row == Some(row) && error.columns.contains(&field.column);
    let of_table = |error: &&&Error| error.kind == "foreign-key" && field.code_list.is_none();
    let refused = errors.iter().filter(of_cell).any(|error| !of_table(&error));
    if refused { Verdict::Refused } else { Verdict::Passes }
}

/// Of two records with one natural key, our check reports both and frictionless the second, because their record keys
/// are equal. A third record has another key.
#[test]
fn both_find_duplicate_records() {
    let home = tempfile::tempdir().unwrap();
    let editions = editions();
    let mut cases = Vec::new();
    for (edition, (id, names)) in editions.iter().zip(TABLES) {
        let tables =
            names.iter().map(|name| edition.table(name).unwrap()).filter(|table| !table.natural_key.is_empty());
        let book = Duplicates::new(edition, &home.path().join(format!("{id}.tianbao")));
        let rows: BTreeMap<&str, Vec<Vec<String>>> =
            tables.map(|table| (table.name.as_str(), book.three(edition, table))).collect();
        let folder = home.path().join(id);
        with_rows(edition, &rows, &folder);
        cases.push((edition, book, rows, folder.join("datapackage.json")));
    }
    let paths: Vec<_> = cases.iter().map(|(.., path)| path.as_path()).collect();
    for ((edition, book, rows, _), (_, errors)) in cases.iter().zip(judge(&paths)) {
        for name in rows.keys() {
            let theirs: Vec<Option<usize>> = errors
                .iter()
                .filter(|error| error.table.as_deref() == Some(name) && error.kind == "primary-key")
                .map(|error| error.row)
                .collect();
            assert_eq!(theirs, [Some(1)], "{} {name}", edition.id);
            assert_eq!(book.duplicates(edition, edition.table(name).unwrap()), [1, 2], "{} {name}", edition.id);
        }
    }
}

/// A book with duplicate records.
struct Duplicates(Book);

impl Duplicates {
    fn new(edition: &Arc<Edition>, path: &Path) -> Duplicates {
        let new = NewBook { school: rows::SCHOOL.into(), ..NewBook::default() };
        Duplicates(Book::create(path, &BookKey::new([7; 32]), b"salt of the test", edition.clone(), &new).unwrap())
    }

    /// Adds two equal records and a third one to a table; gives their values with the record keys.
    fn three(&self, edition: &Edition, table: &Table) -> Vec<Vec<String>> {
        let at = "2026-09-01T00:00:00Z".parse().unwrap();
        let period = "2026-2027-1".to_owned();
        let step = Step { at, who: String::new(), kind: store::StepKind::Edit, note: String::new(), period };
        let right = rows::right(edition, table, 0);
        let mut other = right.clone();
        for column in &table.natural_key {
            other[table.position(column).unwrap()].push('2');
        }
        let insert = |values| RowChange::Insert { table: table.name.clone(), values, after: None };
        let rows = self.0.apply(&step, &[right.clone(), right, other].map(insert)).unwrap().rows;
        rows.iter().map(|row| self.0.get(&table.name, *row).unwrap().unwrap().values).collect()
    }

    /// Numbers of the records that our check reports as duplicates.
    fn duplicates(&self, edition: &Edition, table: &Table) -> Vec<i64> {
        let reader = self.0.reader(ReadLimits::default()).unwrap();
        let mut rows = Vec::new();
        check::sets(&reader, edition, table, Scope::Table, &mut |finding| {
            rows.extend(finding.row.filter(|_| finding.rule == "unique-key"));
            ControlFlow::Continue(())
        })
        .unwrap();
        rows
    }
}
