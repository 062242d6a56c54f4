//! A book of the sample college in which records are damaged, checked and restored, with the engine's own steps after
//! an edit: cells, keys and references, rules over records, selects that the edit touches.
//!
//! Many records of one table are damaged at once, each once, and no other table; so a finding on a record belongs to
//! its damage. What is found elsewhere (a record of another table that names a number which is gone) is attributed by
//! asking for one damage alone.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use check::rules::{self, Context};
use check::{Affected, Columns, Edited, TableChecker};
use sample::unusual::Change;
use standard::cell::Values;
use standard::{Edition, Finding, RuleBody, Table};
use store::{Book, BookKey, NewBook, ReadConnection, ReadLimits, Record, RowChange, Scope, Step};

/// The day on which everything is checked: the sample college's.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// The same moment, for the log.
const NOW: &str = "2026-11-21T08:00:00Z";

pub struct Trial {
    pub edition: Arc<Edition>,
    book: Book,
    reader: ReadConnection,
    /// Numbers of the sample's records by table, in the order of the sample.
    rows: BTreeMap<String, Vec<i64>>,
    checkers: BTreeMap<String, TableChecker>,
    context: Context,
    /// What is found without any damage.
    pub clean: Vec<Finding>,
    known: HashSet<Place>,
    /// Records of the sample college.
    pub records: usize,
    _folder: tempfile::TempDir,
}

/// Where a finding stands: table, record, column, rule.
type Place = (String, Option<i64>, Option<String>, String);

/// What became of one changed record.
pub enum Outcome {
    /// Reading gave the values of the clean record again: nothing wrong was stored.
    Mended,
    /// New findings on the record itself, and whether something is found elsewhere, where it itself has none.
    Stored { findings: Vec<Finding>, elsewhere: bool },
}

/// A change of one record: an index among the sample's records, and the values as typed.
pub struct Typed<'a> {
    pub row: usize,
    pub values: &'a Values,
    /// Whether it is a record of its own.
    pub further: bool,
}

impl Trial {
    pub fn new(edition: &Arc<Edition>) -> Trial {
        let college = sample::college(edition);
        let folder = tempfile::tempdir().expect("a folder");
        let new = NewBook { school: college.code.into(), ..NewBook::default() };
        let file = folder.path().join("quality.tianbao");
        let book = Book::create(&file, &BookKey::new([7; 32]), b"salt of the test", edition.clone(), &new)
            .expect("a new book");
        let context = Context::new(TODAY, college.period);
        let reader = book.reader_with(ReadLimits::default(), &rules::functions(edition, &context)).expect("a reader");
        let checker = |table: &Table| (table.name.clone(), TableChecker::new(edition, table, Columns::Filled));
        let mut trial = Trial {
            edition: edition.clone(),
            book,
            reader,
            rows: BTreeMap::new(),
            checkers: edition.tables.iter().map(checker).collect(),
            context,
            clean: Vec::new(),
            known: HashSet::new(),
            records: 0,
            _folder: folder,
        };
        trial.fill();
        for table in &edition.tables {
            trial.clean.extend(trial.whole(table));
        }
        trial.known = trial.clean.iter().map(place).collect();
        trial
    }

    fn fill(&mut self) {
        for (name, rows) in sample::tables(&self.edition) {
            let insert = |values| RowChange::Insert { table: name.to_owned(), values, after: None };
            let changes: Vec<RowChange> = rows.into_iter().map(insert).collect();
            let applied = self.book.apply(&self.step(), &changes).expect("stored");
            self.records += applied.rows.len();
            self.rows.insert(name.to_owned(), applied.rows);
        }
    }

    fn step(&self) -> Step {
        Step {
            at: NOW.parse().expect("a moment"),
            who: String::new(),
            kind: store::StepKind::Edit,
            note: String::new(),
            period: self.context.period.clone(),
        }
    }

    /// The full check of a table.
    fn whole(&self, table: &Table) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut keep = |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        };
        let scope = Scope::Period(&self.context.period);
        let mut progress = |_| ControlFlow::Continue(());
        check::table(&self.reader, &self.edition, table, scope, &mut progress, &mut keep).expect("checked");
        let failed =
            rules::rules(&self.reader, &self.edition, table, scope, &self.context, &mut keep).expect("checked");
        assert!(failed.is_empty(), "rules that failed: {failed:?}");
        found
    }

    /// Makes changes of different records of one table, checks what each led to, and takes them back.
    pub fn changed(&self, table: &Table, typed: &[Typed<'_>]) -> Vec<Outcome> {
        let checker = &self.checkers[&table.name];
        let clean = self.book.get_many(&table.name, &self.rows[&table.name]).expect("read");
        let clean: Vec<Record> = clean.into_iter().flatten().collect();
        let read = |typed: &Typed<'_>| -> Values {
            let columns = table.fields.iter().zip(typed.values).enumerate();
            let before = &clean[typed.row].values;
            columns
                .map(|(at, (field, value))| match field.is_system() || (!typed.further && *value == before[at]) {
                    true => before[at].clone(),
                    false => checker.normalise(&field.column, value),
                })
                .collect()
        };
        let stored: Vec<Values> = typed.iter().map(read).collect();
        let is_mended = |at: usize| !typed[at].further && stored[at] == clean[typed[at].row].values;
        let wrong: Vec<usize> = (0..typed.len()).filter(|at| !is_mended(*at)).collect();
        let mut outcomes: Vec<Outcome> = typed.iter().map(|_| Outcome::Mended).collect();
        for (at, findings, elsewhere) in self.together(table, typed, &stored, &clean, &wrong) {
            outcomes[at] = Outcome::Stored { findings, elsewhere };
        }
        outcomes
    }

    fn together(
        &self,
        table: &Table,
        typed: &[Typed<'_>],
        stored: &[Values],
        clean: &[Record],
        wrong: &[usize],
    ) -> Vec<(usize, Vec<Finding>, bool)> {
        let rows = self.put(table, typed, stored, clean, wrong);
        let now = self.book.get_many(&table.name, &rows).expect("read");
        let edits: Vec<Edited<'_>> = wrong
            .iter()
            .zip(&now)
            .filter_map(|(at, record)| {
                let record = record.as_ref()?;
                let before = (!typed[*at].further).then_some(&clean[typed[*at].row].values[..]);
                Some(Edited { row: record.row, period: &record.period, before, after: Some(&record.values) })
            })
            .collect();
        let mut found = self.records(table, &rows, &now);
        let touched = rules::touched(&self.edition, table, &edits, &self.context.period);
        let (own, others): (Vec<_>, Vec<_>) = touched.into_iter().partition(|rule| rule.table == table.name);
        for rule in own {
            found.extend(self.rule(rule, Scope::Rows(&rows)));
        }
        found.retain(|finding| !self.known.contains(&place(finding)));
        let mut by_row: BTreeMap<i64, Vec<Finding>> = BTreeMap::new();
        for finding in found {
            if let Some(row) = finding.row {
                by_row.entry(row).or_default().push(finding);
            }
        }
        let mut outcomes = Vec::new();
        let mut unseen = Vec::new();
        for (at, (row, edit)) in wrong.iter().zip(rows.iter().zip(&edits)) {
            let findings = by_row.remove(row).unwrap_or_default();
            let elsewhere = findings.is_empty() && self.is_found_by_reference(table, edit);
            if findings.is_empty() && !elsewhere {
                unseen.push(*at);
            }
            outcomes.push((*at, findings, elsewhere));
        }
        // Rules of other tables are about other records: which damage they mean shows only when it is alone.
        let scope = Scope::Period(&self.context.period);
        let firing: Vec<_> =
            others.into_iter().filter(|rule| !unseen.is_empty() && !self.new_of(rule, scope).is_empty()).collect();
        self.take_back(table, typed, clean, wrong, &rows);
        if !firing.is_empty() {
            for at in unseen {
                let rows = self.put(table, typed, stored, clean, &[at]);
                if firing.iter().any(|rule| !self.new_of(rule, scope).is_empty())
                    && let Some(outcome) = outcomes.iter_mut().find(|(known, ..)| *known == at)
                {
                    outcome.2 = true;
                }
                self.take_back(table, typed, clean, &[at], &rows);
            }
        }
        outcomes
    }

    /// What is found in whole tables, and was not in the clean ones, while changes of several tables stand in the book.
    pub fn with_changes(&self, changes: &[Change]) -> Vec<Finding> {
        self.judged(changes).1
    }

    /// The same, with the numbers of the changed records.
    pub fn judged(&self, changes: &[Change]) -> (Vec<i64>, Vec<Finding>) {
        let table = |change: &Change| self.edition.table(&change.table).expect("a table of the edition");
        let typed = |change: &Change| -> Values {
            let checker = &self.checkers[&change.table];
            let columns = table(change).fields.iter().zip(&change.values);
            columns.map(|(field, value)| checker.normalise(&field.column, value)).collect()
        };
        let apply = |change: &Change| match change.row {
            None => RowChange::Insert { table: change.table.clone(), values: typed(change), after: None },
            Some(row) => update(table(change), self.rows[&change.table][row], &Vec::new(), &typed(change)),
        };
        let changed: Vec<RowChange> = changes.iter().map(apply).collect();
        let clean: Vec<Option<Record>> = changes.iter().map(|change| self.clean_record(change)).collect();
        let rows = self.book.apply(&self.step(), &changed).expect("stored").rows;
        let mut tables: Vec<String> = changes.iter().map(|change| change.table.clone()).collect();
        tables.sort();
        tables.dedup();
        let mut found: Vec<Finding> = Vec::new();
        for name in &tables {
            found.extend(self.whole(self.edition.table(name).expect("a table of the edition")));
        }
        let scope = Scope::Period(&self.context.period);
        for rule in rules::using(&self.edition, &tables).into_iter().filter(|rule| !tables.contains(&rule.table)) {
            found.extend(self.rule(rule, scope));
        }
        for other in self.edition.tables.iter().filter(|other| !tables.contains(&other.name)) {
            let points = |field: &standard::Field| field.references.iter().any(|to| tables.contains(&to.table));
            if other.fields.iter().any(points) {
                let mut keep = |finding| {
                    found.push(finding);
                    ControlFlow::Continue(())
                };
                check::sets(&self.reader, &self.edition, other, scope, &mut keep).expect("checked");
            }
        }
        let back = changes.iter().zip(&rows).zip(&clean).map(|((change, row), clean)| match clean {
            None => RowChange::Delete { table: change.table.clone(), row: *row },
            Some(clean) => update(table(change), *row, &Vec::new(), &clean.values),
        });
        let back: Vec<RowChange> = back.collect();
        self.book.apply(&self.step(), &back).expect("taken back");
        found.retain(|finding| !self.known.contains(&place(finding)));
        (rows, found)
    }

    fn clean_record(&self, change: &Change) -> Option<Record> {
        let row = self.rows[&change.table][change.row?];
        self.book.get_many(&change.table, &[row]).expect("read").into_iter().next().flatten()
    }

    /// Stores changes and returns the numbers of their records.
    fn put(
        &self,
        table: &Table,
        typed: &[Typed<'_>],
        stored: &[Values],
        clean: &[Record],
        which: &[usize],
    ) -> Vec<i64> {
        let change = |at: &usize| match typed[*at].further {
            true => RowChange::Insert { table: table.name.clone(), values: stored[*at].clone(), after: None },
            false => update(table, clean[typed[*at].row].row, &clean[typed[*at].row].values, &stored[*at]),
        };
        let changes: Vec<RowChange> = which.iter().map(change).collect();
        self.book.apply(&self.step(), &changes).expect("stored").rows
    }

    fn take_back(&self, table: &Table, typed: &[Typed<'_>], clean: &[Record], which: &[usize], rows: &[i64]) {
        let changes = which.iter().zip(rows).map(|(at, row)| match typed[*at].further {
            true => RowChange::Delete { table: table.name.clone(), row: *row },
            false => update(table, *row, &Vec::new(), &clean[typed[*at].row].values),
        });
        let changes: Vec<RowChange> = changes.collect();
        self.book.apply(&self.step(), &changes).expect("taken back");
    }

    /// Cells, keys, references and row rules of some records.
    fn records(&self, table: &Table, rows: &[i64], records: &[Option<Record>]) -> Vec<Finding> {
        let mut found = Vec::new();
        for record in records.iter().flatten() {
            let checker = &self.checkers[&table.name];
            checker.cells(Some(record.row), &record.values, &mut found);
            checker.event(Some(record.row), &record.period, &record.values, &mut found);
        }
        let mut keep = |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        };
        check::sets(&self.reader, &self.edition, table, Scope::Rows(rows), &mut keep).expect("checked");
        let failed = rules::rules(&self.reader, &self.edition, table, Scope::Rows(rows), &self.context, &mut keep);
        assert!(failed.expect("checked").is_empty(), "rules that failed");
        found
    }

    fn rule(&self, rule: &standard::Rule, scope: Scope<'_>) -> Vec<Finding> {
        assert!(matches!(rule.body, RuleBody::Select { .. }), "only selects are touched");
        let mut found = Vec::new();
        let mut keep = |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        };
        let failed = rules::rule(&self.reader, &self.edition, rule, scope, &self.context, &mut keep).expect("checked");
        assert!(failed.is_none(), "a rule that failed: {failed:?}");
        found
    }

    /// What a rule finds now and did not find in the clean records.
    fn new_of(&self, rule: &standard::Rule, scope: Scope<'_>) -> Vec<Finding> {
        let mut found = self.rule(rule, scope);
        found.retain(|finding| !self.known.contains(&place(finding)));
        found
    }

    /// Whether records that name what this edit took away, or that share its key, are found wrong.
    fn is_found_by_reference(&self, table: &Table, edit: &Edited<'_>) -> bool {
        let affected = check::affected(&self.reader, &self.edition, table, &[*edit]).expect("checked");
        affected.records.into_iter().any(|(name, affected)| {
            let Affected::Rows(rows) = affected else { return false };
            let rows: Vec<i64> = rows.into_iter().filter(|row| name != table.name || *row != edit.row).collect();
            let Some(other) = self.edition.table(&name).filter(|_| !rows.is_empty()) else { return false };
            let mut found = false;
            let mut keep = |finding: Finding| {
                found = found || !self.known.contains(&place(&finding));
                ControlFlow::Continue(())
            };
            check::sets(&self.reader, &self.edition, other, Scope::Rows(&rows), &mut keep).expect("checked");
            found
        })
    }
}

fn place(finding: &Finding) -> Place {
    (finding.table.clone(), finding.row, finding.column.clone(), finding.rule.clone())
}

/// The change of the columns that differ from what is there; with nothing there, of all of them.
fn update(table: &Table, row: i64, before: &Values, after: &Values) -> RowChange {
    let fields = table.fields.iter().enumerate().filter(|(_, field)| !field.is_system());
    let values = fields
        .filter(|(at, _)| before.get(*at) != after.get(*at))
        .map(|(at, field)| (field.column.clone(), after[at].clone()))
        .collect();
    RowChange::Update { table: table.name.clone(), row, values }
}
