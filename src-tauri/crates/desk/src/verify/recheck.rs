//! What is checked after a change: after an edit the records touched and those that refer to them, after an import or
//! on demand whole tables.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use check::rules::{self as check_rules, Context, FailedRule};
use check::{Affected, AffectedTables, Edited, REFERENCE_RULE, Referring};
use jiff::civil::Date;
use standard::{Finding, PeriodKind, Rule, Table};
use store::{Noted, ReadConnection, ReadLimits, Record, Scope};

use super::checks::Checks;
use super::drift;
use super::found::{self, Found};
use super::rules;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::jobs::Job;

/// If a check found references that lead nowhere in more records than this, they are not looked at again after an edit that
/// adds keys; the rule runs a moment later for all records.
const LED_NOWHERE: u64 = 500;

/// Records of one table at one moment, by number; absent for one that is not there.
pub(crate) type Snapshot = BTreeMap<i64, Option<Record>>;

/// Records as they are now, read at once.
pub(crate) fn snapshot(
    open: &OpenBook,
    table: &str,
    rows: impl IntoIterator<Item = i64>,
) -> Result<Snapshot, CallError> {
    let rows: Vec<i64> = rows.into_iter().collect();
    let records = open.book.get_many(table, &rows)?;
    Ok(rows.into_iter().zip(records).collect())
}

/// Records of one table before and after a change.
pub(crate) struct Touched {
    pub before: Snapshot,
    pub after: Snapshot,
}

/// After a change, under the same lock ([`OpenBook::hold`]): checks the records touched by themselves, and against each
/// other every record, here or in another table, for which the change may have mattered. `touched` is by table, `steps`
/// are those that made the change: with what was found it is noted that they are checked.
pub(crate) fn recheck_rows(
    open: &OpenBook,
    today: Date,
    touched: &BTreeMap<String, Touched>,
    steps: &[i64],
) -> Result<(), CallError> {
    let context = Context::new(today, open.period());
    let checks = open.extensions.get::<Checks>();
    for (period, name, rows) in elsewhere(open, touched, &context)? {
        let context = Context::new(today, period);
        let table = table_of(&open.edition, name)?;
        checks.with_reader(open, &context, ReadLimits::default(), |reader| {
            let mut findings = Vec::new();
            let ran = rules::check_rows(open, reader, table, &rows, &context, &mut findings)?;
            let found = Found { table: name, rows: Some(rows), rules: Some(ran), findings };
            found::write(open, &context.period, vec![found])
        })?;
    }
    checks.with_reader(open, &context, ReadLimits::default(), |reader| {
        let (mut all, mut waits) = (Vec::new(), Vec::new());
        for (name, touched) in touched {
            check_rows(open, reader, table_of(&open.edition, name)?, touched, &context, (&mut all, &mut waits))?;
        }
        found::write_and_note(open, &context.period, all, Noted { waits: &waits, checked: steps })
    })
}

/// A period, the name of a table, and numbers of its records.
type Elsewhere<'t> = (String, &'t str, Vec<i64>);

/// The records touched that are kept under another period than the current one: rules over single records check them in
/// their own period. A period that a book can be filled for, the table, and its records.
fn elsewhere<'t>(
    open: &OpenBook,
    touched: &'t BTreeMap<String, Touched>,
    context: &Context,
) -> Result<Vec<Elsewhere<'t>>, CallError> {
    let mut found: BTreeMap<(String, &str), Vec<i64>> = BTreeMap::new();
    for (name, touched) in touched {
        let kind = table_of(&open.edition, name)?.period;
        for record in touched.after.values().flatten().filter(|record| record.period != kind.of(&context.period)) {
            let period = PeriodKind::Term.kept_as(&record.period, &context.period);
            found.entry((period, name)).or_default().push(record.row);
        }
    }
    Ok(found.into_iter().map(|((period, name), rows)| (period, name, rows)).collect())
}

fn check_rows<'o>(
    open: &'o OpenBook,
    reader: &ReadConnection,
    table: &'o Table,
    Touched { before, after }: &Touched,
    context: &Context,
    (all, waits): (&mut Vec<Found<'o>>, &mut Vec<(&'o str, &'o str)>),
) -> Result<(), CallError> {
    let rows: Vec<i64> = before.keys().copied().collect();
    let checker = open.extensions.get::<Checks>().checker(open, table);
    let mut findings = Vec::new();
    for (row, record) in after {
        if let Some(record) = record {
            checker.cells(Some(*row), &record.values, &mut findings);
            checker.event(Some(*row), &record.period, &record.values, &mut findings);
        }
    }
    let mut ran = check::cell_rules();
    ran.push(check::EVENT_RULE);
    let is_current = |row: &&i64| {
        let record = after.get(row).and_then(Option::as_ref);
        record.is_none_or(|record| record.period == table.period.of(&context.period))
    };
    let current: Vec<i64> = rows.iter().filter(is_current).copied().collect();
    ran.extend(rules::check_rows(open, reader, table, &current, context, &mut findings)?);
    all.push(Found { table: &table.name, rows: Some(rows), rules: Some(ran), findings });
    let edits =
        before.iter().flat_map(|(row, old)| edited(*row, old.as_ref(), after.get(row).and_then(Option::as_ref)));
    let edits: Vec<Edited<'_>> = edits.collect();
    // If the table is not small, the new names are checked after the edit; findings about the old names are removed now.
    let (edited, rule) = check::edited_names(table, &edits);
    if !edited.is_empty() && !check::is_small(reader, table)? {
        waits.push((&table.name, rule));
    }
    all.push(Found { table: &table.name, rows: Some(edited), rules: Some(vec![rule]), findings: Vec::new() });
    let AffectedTables { records, referring } = check::affected(reader, &open.edition, table, &edits)?;
    for (name, affected) in records {
        let table = table_of(&open.edition, &name)?;
        all.push(match affected {
            Affected::All => check_sets(open, reader, table, None, &context.period)?,
            Affected::Rows(rows) => check_sets(open, reader, table, Some(rows.into_iter().collect()), &context.period)?,
        });
    }
    for (name, referring) in referring {
        let table = table_of(&open.edition, &name)?;
        match led_nowhere(open, table, &referring)? {
            Some(rows) => all.push(check_references(open, reader, table, rows)?),
            None => waits.push((&table.name, REFERENCE_RULE)),
        }
    }
    rules::check_touched(open, reader, table, &edits, context, all, waits)
}

/// Of a large table the records whose references an edit may have changed, where they are known without reading it: keys
/// that were only added can only mend what was found before.
fn led_nowhere(open: &OpenBook, table: &Table, referring: &Referring) -> Result<Option<Vec<i64>>, CallError> {
    if !referring.only_came {
        return Ok(None);
    }
    let mut rows = BTreeSet::new();
    for column in &referring.columns {
        rows.extend(open.book.rows_found(&table.name, column, REFERENCE_RULE, LED_NOWHERE + 1)?);
    }
    Ok((rows.len() as u64 <= LED_NOWHERE).then(|| rows.into_iter().collect()))
}

/// Checks where the references of some records of a table lead.
fn check_references<'o>(
    open: &'o OpenBook,
    reader: &ReadConnection,
    table: &'o Table,
    rows: Vec<i64>,
) -> Result<Found<'o>, CallError> {
    let mut findings = Vec::new();
    check::references(reader, &open.edition, table, Scope::Rows(&rows), &mut |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    })?;
    Ok(Found { table: &table.name, rows: Some(rows), rules: Some(vec![REFERENCE_RULE]), findings })
}

/// The edits of a record. A move to another period counts as a deletion in one and an addition in the other.
fn edited<'r>(row: i64, old: Option<&'r Record>, new: Option<&'r Record>) -> Vec<Edited<'r>> {
    let left = |old: &'r Record| Edited { row, period: &old.period, before: Some(&old.values), after: None };
    let came = |new: &'r Record| Edited { row, period: &new.period, before: None, after: Some(&new.values) };
    match (old, new) {
        (Some(old), Some(new)) if old.period == new.period => {
            vec![Edited { row, period: &new.period, before: Some(&old.values), after: Some(&new.values) }]
        }
        _ => old.map(left).into_iter().chain(new.map(came)).collect(),
    }
}

/// Checks records of a table against each other and against other tables.
fn check_sets<'o>(
    open: &'o OpenBook,
    reader: &ReadConnection,
    table: &'o Table,
    rows: Option<Vec<i64>>,
    period: &str,
) -> Result<Found<'o>, CallError> {
    let mut findings = Vec::new();
    let scope = rows.as_deref().map_or(Scope::Period(period), Scope::Rows);
    check::sets(reader, &open.edition, table, scope, &mut |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    })?;
    let ran = check::set_rules(reader, table, scope)?;
    Ok(Found { table: &table.name, rows, rules: Some(ran), findings })
}

/// The result of a check of whole tables.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Number of records that were checked.
    pub rows: u64,
    /// Rules that could not be run to their end.
    pub failed: Vec<FailedRule>,
}

/// Checks whole tables of the current period, one after the other; an edit waits at most for one of them.
pub(crate) fn recheck_tables(open: &OpenBook, tables: &[String], job: &mut Job<'_>) -> Result<Checked, CallError> {
    let total = tables.len() as u64;
    let mut all = Checked::default();
    for (done, name) in tables.iter().enumerate() {
        let table = table_of(&open.edition, name)?;
        job.at("check", done as u64, total);
        let _held = open.hold();
        let checked = recheck_table(open, table, job)?;
        all.rows += checked.rows;
        all.failed.extend(checked.failed);
    }
    job.at("check", total, total);
    Ok(all)
}

/// Checks one table of the current period and keeps what is found. The caller holds the book ([`OpenBook::hold`]).
pub(crate) fn recheck_table(open: &OpenBook, table: &Table, job: &Job<'_>) -> Result<Checked, CallError> {
    recheck_period(open, table, &open.period(), job)
}

/// Checks one table of a period and keeps what is found. The caller holds the book ([`OpenBook::hold`]).
pub(crate) fn recheck_period(
    open: &OpenBook,
    table: &Table,
    period: &str,
    job: &Job<'_>,
) -> Result<Checked, CallError> {
    job.go_on()?;
    let context = Context::new(job.today(), period.to_owned());
    let mut findings: Vec<Finding> = Vec::new();
    let mut collect = |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    };
    let mut progress = |_| if job.go_on().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let scope = Scope::Period(&context.period);
    let checked = with_reader(open, &context, job, |reader| {
        let rows = check::table(reader, &open.edition, table, scope, &mut progress, &mut collect)?;
        let failed = rules::check_table(open, reader, table, &context, &mut collect)?;
        Ok(Checked { rows, failed })
    });
    // A check that was stopped is incomplete, so the findings of the one before stay.
    job.go_on()?;
    let checked = checked?;
    findings.extend(drift::findings(open, table)?);
    found::write(open, period, vec![Found { table: &table.name, rows: None, rules: None, findings }])?;
    Ok(checked)
}

/// After many changes at once: the tables themselves, the references of every table that refers to one of them, and the
/// rules that look at them from elsewhere.
pub(crate) fn recheck_with_referring(open: &OpenBook, tables: &[String], job: &mut Job<'_>) -> Result<(), CallError> {
    recheck_tables(open, tables, job)?;
    let context = Context::new(job.today(), open.period());
    let points_there = |table: &&Table| {
        let mut references = table.fields.iter().flat_map(|field| &field.references);
        !tables.contains(&table.name) && references.any(|reference| tables.contains(&reference.table))
    };
    for table in open.edition.tables.iter().filter(points_there) {
        job.go_on()?;
        let _held = open.hold();
        let found = with_reader(open, &context, job, |reader| check_sets(open, reader, table, None, &context.period))?;
        found::write(open, &context.period, vec![found])?;
    }
    let elsewhere = check_rules::using(&open.edition, tables).into_iter().filter(|rule| !tables.contains(&rule.table));
    recheck_rules(open, elsewhere, &context, job)
}

/// After the current period became another one: the rules that see more than one period. Edits elsewhere may have
/// changed what they find here.
pub(crate) fn recheck_wide(open: &OpenBook, job: &Job<'_>) -> Result<(), CallError> {
    let context = Context::new(job.today(), open.period());
    recheck_rules(open, check_rules::wide(&open.edition).into_iter(), &context, job)
}

/// Checks each of these rules over all records of its table.
fn recheck_rules<'a>(
    open: &'a OpenBook,
    all: impl Iterator<Item = &'a Rule>,
    context: &Context,
    job: &Job<'_>,
) -> Result<(), CallError> {
    for rule in all {
        job.go_on()?;
        let _held = open.hold();
        let findings = with_reader(open, context, job, |reader| rules::check_using(open, reader, rule, context))?;
        let found = Found { table: &rule.table, rows: None, rules: Some(vec![&rule.id]), findings };
        found::write(open, &context.period, vec![found])?;
    }
    Ok(())
}

/// The kept connection, for work without a time limit that the job can cancel.
pub(super) fn with_reader<T>(
    open: &OpenBook,
    context: &Context,
    job: &Job<'_>,
    work: impl FnOnce(&ReadConnection) -> Result<T, CallError>,
) -> Result<T, CallError> {
    let limits = ReadLimits { time: None, cancel: Some(job.flag().clone()), whole: None };
    open.extensions.get::<Checks>().with_reader(open, context, limits, work)
}
