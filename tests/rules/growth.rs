//! What an edit costs does not grow with the school: the checks after an edit take as many steps of SQLite's machine in
//! a book of a school three times as large, for every table, every set check and every rule of every edition.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use check::rules::{self, Context};
use check::{Affected, Edited, SET_RULES};
use standard::{Edition, Field, Finding, Kind, Standards, Table};
use store::{Book, BookKey, NewBook, ReadConnection, ReadLimits, RowChange, Scope, Step, StepKind};

/// How many schools are in the larger book.
const SCHOOLS: usize = 3;

/// Steps by which two runs of the same work may differ: pages of an index that end elsewhere.
const SLACK: u64 = 400;

/// Rules over several records that an edit of a large school runs, at least: that so many were counted shows that they
/// ran.
const SOME_RULES: usize = 40;

/// The day on which everything is checked: the sample college's.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// Columns of a table whose values differ between schools, such as numbers of people and things.
fn identifiers(edition: &Edition, table: &Table) -> Vec<usize> {
    let referred: HashSet<&str> = edition
        .tables
        .iter()
        .flat_map(|other| &other.fields)
        .flat_map(|field| &field.references)
        .filter(|reference| reference.table == table.name)
        .map(|reference| reference.column.as_str())
        .collect();
    let is_text =
        |field: &Field| matches!(field.kind, Kind::Text | Kind::LongText | Kind::Url) && field.code_list.is_none();
    let tells = |field: &Field| {
        is_text(field)
            && (!field.references.is_empty()
                || referred.contains(field.column.as_str())
                || table.natural_key.contains(&field.column))
    };
    (0..table.fields.len()).filter(|at| !table.fields[*at].is_system() && tells(&table.fields[*at])).collect()
}

struct Large {
    book: Book,
    reader: ReadConnection,
    context: Context,
    rows: BTreeMap<String, Vec<i64>>,
    _folder: tempfile::TempDir,
}

impl Large {
    /// A book of this number of schools; the people and things of each have their own numbers.
    fn new(edition: &Arc<Edition>, schools: usize) -> Large {
        let college = sample::college(edition);
        let folder = tempfile::tempdir().expect("a folder");
        let new = NewBook { school: college.code.into(), ..NewBook::default() };
        let file = folder.path().join("large.tianbao");
        let book = Book::create(&file, &BookKey::new([7; 32]), b"salt of the test", edition.clone(), &new)
            .expect("a new book");
        let context = Context::new(TODAY, college.period);
        let limits = ReadLimits { whole: Some(0), ..ReadLimits::default() };
        let reader = book.reader_with(limits, &rules::functions(edition, &context)).expect("a reader");
        let mut large = Large { book, reader, context, rows: BTreeMap::new(), _folder: folder };
        for (name, rows) in sample::tables(edition) {
            let table = edition.table(name).expect("a table of the edition");
            let own = identifiers(edition, table);
            let of_school = |school: usize| {
                let own = &own;
                rows.iter().map(move |row| {
                    let mut values = row.clone();
                    for at in own.iter().filter(|at| school > 0 && !row[**at].is_empty()) {
                        values[*at] = format!("{}.{school}", row[*at]);
                    }
                    RowChange::Insert { table: name.to_owned(), values, after: None }
                })
            };
            // Tables of days have no numbers: two schools of them would be the same days twice.
            let schools = if own.is_empty() { 1 } else { schools };
            let changes: Vec<RowChange> = (0..schools).flat_map(of_school).collect();
            let applied = large.book.apply(&large.step(), &changes).expect("stored");
            large.rows.insert(name.to_owned(), applied.rows);
        }
        large
    }

    fn step(&self) -> Step {
        Step {
            at: "2026-11-21T08:00:00Z".parse().expect("a moment"),
            who: String::new(),
            kind: StepKind::Edit,
            note: String::new(),
            period: self.context.period.clone(),
        }
    }

    /// What the checks of one edit cost, by what ran: the values at `columns` of the first record are changed, checked,
    /// and changed back.
    fn cost(&self, edition: &Edition, table: &Table, columns: &[usize]) -> BTreeMap<String, u64> {
        let row = self.rows[&table.name][0];
        let record = || self.book.get(&table.name, row).expect("read").expect("the record");
        let before = record();
        let set = |values: &dyn Fn(usize) -> String| {
            let values = columns.iter().map(|at| (table.fields[*at].column.clone(), values(*at))).collect();
            let change = RowChange::Update { table: table.name.clone(), row, values };
            self.book.apply(&self.step(), &[change]).expect("stored");
        };
        set(&|at| format!("{}1", before.values[at]));
        let after = record();
        let edits = [Edited { row, period: &before.period, before: Some(&before.values), after: Some(&after.values) }];
        let mut cost = BTreeMap::new();
        let mut found = |_: Finding| ControlFlow::Continue(());
        let mut counted = |what: String, work: &mut dyn FnMut()| {
            let begun = self.reader.steps();
            work();
            *cost.entry(what).or_default() += self.reader.steps() - begun;
        };
        let mut affected = BTreeMap::new();
        counted("affected".into(), &mut || {
            affected = check::affected(&self.reader, edition, table, &edits).expect("checked").records;
        });
        for (name, affected) in affected {
            let other = edition.table(&name).expect("a table of the edition");
            let Affected::Rows(rows) = affected else {
                panic!("{}: all of {name} is checked after an edit", table.name)
            };
            let rows: Vec<i64> = rows.into_iter().collect();
            counted(format!("{} of {name}", SET_RULES.join(", ")), &mut || {
                check::sets(&self.reader, edition, other, Scope::Rows(&rows), &mut found).expect("checked");
            });
        }
        counted("rules over single records".into(), &mut || {
            rules::rules(&self.reader, edition, table, Scope::Rows(&[row]), &self.context, &mut found)
                .expect("checked");
        });
        let touched = rules::touched(edition, table, &edits, &self.context.period);
        for rule in touched.into_iter().filter(|rule| rule.table == table.name) {
            let looks_up = rules::looks_up(&self.reader, edition, rule, &self.context.period).expect("planned");
            if looks_up {
                counted(rule.id.clone(), &mut || {
                    rules::rule(&self.reader, edition, rule, Scope::Rows(&[row]), &self.context, &mut found)
                        .expect("checked");
                });
            }
        }
        set(&|at| before.values[at].clone());
        cost
    }
}

#[test]
fn an_edit_of_a_large_school_costs_no_more() {
    let standards = Standards::builtin().expect("the built-in standards load");
    let looked_up = &AtomicUsize::new(0);
    let of_edition = |edition: &Arc<Edition>| {
        let (one, many) = (Large::new(edition, 1), Large::new(edition, SCHOOLS));
        let mut grown = Vec::new();
        for table in edition.tables.iter().filter(|table| one.rows.contains_key(&table.name)) {
            let own = identifiers(edition, table);
            let others: Vec<usize> =
                (0..table.fields.len()).filter(|at| !table.fields[*at].is_system() && !own.contains(at)).collect();
            for columns in [&own, &others].into_iter().filter(|columns| !columns.is_empty()) {
                let (few, all) = (one.cost(edition, table, columns), many.cost(edition, table, columns));
                let rules = all.keys().filter(|what| edition.rules.iter().any(|rule| rule.id == **what)).count();
                looked_up.fetch_add(rules, Ordering::Relaxed);
                for (what, steps) in all {
                    let before = few.get(&what).copied().unwrap_or_default();
                    if steps > before + before / 4 + SLACK {
                        grown.push(format!("{} {}: {what} took {before} steps, now {steps}", edition.id, table.name));
                    }
                }
            }
        }
        grown
    };
    let grown: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> =
            standards.editions().iter().map(|edition| scope.spawn(move || of_edition(edition))).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("counted")).collect()
    });
    assert!(grown.is_empty(), "{}\n{}", grown.len(), grown.join("\n"));
    let looked_up = looked_up.load(Ordering::Relaxed);
    assert!(looked_up >= SOME_RULES, "{looked_up} rules over several records were counted");
}
