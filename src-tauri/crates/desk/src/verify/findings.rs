//! Keeping the book's findings true: what is rechecked after a change, and findings as the faces see them.
//!
//! Checks say, the book keeps, the desk decides when: after every edit the records touched and those that look at them,
//! after an import or on demand whole tables.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use check::rules::Context;
use check::rules::FailedRule;
use check::{Affected, Columns, Edited, TableChecker};
use standard::{Finding, Table, mask};
use store::{FindingCounts, FindingQuery, ReadConnection, ReadLimits, Record, Scope, StoredFinding};

use super::ruling;
use crate::Desk;
use crate::check::api::FindingView;
use crate::fill::api::LevelCounts;
use crate::session::api::CallError;
use crate::session::jobs::Job;
use crate::session::open_book::Open;
use crate::standards::table_of;
use crate::verify::records::level_word;

/// Findings are read from the book in pages of this many.
const PAGE: u64 = 5_000;

/// Numbers of one table, or of all, in the current period.
pub(crate) fn counts(open: &Open, table: Option<&str>) -> Result<LevelCounts, CallError> {
    Ok(level_counts(open.book.finding_counts(table, Some(&open.period()))?))
}

/// Numbers as the faces see them.
pub(crate) fn level_counts(counts: FindingCounts) -> LevelCounts {
    LevelCounts { mandatory: counts.mandatory, confirm: counts.confirm, hint: counts.hint }
}

/// Findings of one record.
pub(crate) fn of_record(open: &Open, table: &str, row: i64) -> Result<Vec<FindingView>, CallError> {
    let query = FindingQuery { table: Some(table.to_owned()), rows: vec![row], limit: PAGE, ..Default::default() };
    views(open, open.book.findings(&query)?.findings, false)
}

/// All findings of one table in the current period.
pub(crate) fn of_table(open: &Open, table: &str) -> Result<Vec<Finding>, CallError> {
    let mut query =
        FindingQuery { table: Some(table.to_owned()), period: Some(open.period()), limit: PAGE, ..Default::default() };
    let mut all = Vec::new();
    loop {
        let page = open.book.findings(&query)?;
        query.offset += page.findings.len() as u64;
        let more = !page.findings.is_empty() && query.offset < page.total;
        all.extend(page.findings.into_iter().map(|stored| stored.finding));
        if !more {
            return Ok(all);
        }
    }
}

/// Findings with titles, positions and words; masked where they leave the program.
pub(crate) fn views(open: &Open, found: Vec<StoredFinding>, masked: bool) -> Result<Vec<FindingView>, CallError> {
    let mut positions: BTreeMap<(String, i64), Option<u64>> = BTreeMap::new();
    let mut rows: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for stored in &found {
        if let Some(row) = stored.finding.row {
            rows.entry(&stored.finding.table).or_default().push(row);
        }
    }
    for (table, mut rows) in rows {
        rows.dedup();
        let of_rows = open.book.positions(table, &rows)?;
        positions.extend(rows.into_iter().zip(of_rows).map(|(row, position)| ((table.to_owned(), row), position)));
    }
    let views = found.into_iter().filter_map(|stored| {
        let table = open.edition.table(&stored.finding.table)?;
        let finding = if masked { mask::masked(table, &stored.finding) } else { stored.finding };
        let position = finding.row.and_then(|row| positions.get(&(finding.table.clone(), row)).copied().flatten());
        Some(view(table, stored.id, stored.key, stored.explanation, finding, position))
    });
    Ok(views.collect())
}

fn view(
    table: &Table,
    id: i64,
    key: String,
    explanation: Option<String>,
    finding: Finding,
    position: Option<u64>,
) -> FindingView {
    FindingView {
        id,
        table_title: table.short_title().to_owned(),
        position,
        key,
        column_title: finding.column.as_deref().and_then(|c| table.field(c)).map(|f| f.title.clone()),
        level: level_word(finding.level).to_owned(),
        explanation,
        table: finding.table,
        row: finding.row,
        column: finding.column,
        rule: finding.rule,
        value: finding.value,
        message: finding.message,
        suggestion: finding.suggestion,
    }
}

/// A record as it was before a change; absent for one that was not there.
pub(crate) type Before = BTreeMap<i64, Option<Record>>;

/// Records as they are, to be looked at again after a change.
pub(crate) fn before(open: &Open, table: &str, rows: impl IntoIterator<Item = i64>) -> Result<Before, CallError> {
    rows.into_iter().map(|row| Ok((row, open.book.get(table, row)?))).collect()
}

/// After a change, in one with it ([`Open::hold`]): checks the records touched by themselves, and against each other every
/// record, here or in another table, for which the change may have mattered.
pub(crate) fn recheck_rows(desk: &Desk, open: &Open, table: &Table, before: &Before) -> Result<(), CallError> {
    let rows: Vec<i64> = before.keys().copied().collect();
    let after = self::before(open, &table.name, rows.iter().copied())?;
    let plan = TableChecker::new(&open.edition, table, Columns::Filled);
    let mut found = Vec::new();
    for (row, record) in &after {
        if let Some(record) = record {
            plan.cells(Some(*row), &record.values, &mut found);
        }
    }
    let context = ruling::context(open, desk.env.today());
    let reader = ruling::reader(open, &context, ReadLimits::default())?;
    let mut looked_at = check::cell_rules();
    looked_at.extend(ruling::check_rows(open, &reader, table, &rows, &context, &mut found)?);
    open.book.replace_findings(&table.name, Scope::Rows(&rows), Some(&looked_at), found)?;
    let edit = |(row, old): (&i64, &'_ Option<Record>)| -> Option<(i64, String)> {
        let period = old.as_ref().or(after.get(row)?.as_ref())?.period.clone();
        Some((*row, period))
    };
    let periods: Vec<(i64, String)> = before.iter().filter_map(edit).collect();
    let values = |records: &'_ Before, row: &i64| records.get(row).and_then(|r| r.as_ref()).map(|r| r.values.clone());
    let kept: Vec<_> =
        periods.iter().map(|(row, period)| (*row, period, values(before, row), values(&after, row))).collect();
    let edits: Vec<Edited<'_>> = kept
        .iter()
        .map(|(row, period, old, new)| Edited { row: *row, period, before: old.as_deref(), after: new.as_deref() })
        .collect();
    for (name, affected) in check::affected(&reader, &open.edition, table, &edits)? {
        let table = table_of(&open.edition, &name)?;
        match affected {
            Affected::All => recheck_sets(open, &reader, table, Scope::Period(&context.period))?,
            Affected::Rows(rows) => {
                let rows: Vec<i64> = rows.into_iter().collect();
                recheck_sets(open, &reader, table, Scope::Rows(&rows))?;
            }
        }
    }
    ruling::check_touched(open, &reader, table, &edits, &context)
}

/// Checks records of a table against each other and against other tables.
fn recheck_sets(open: &Open, reader: &ReadConnection, table: &Table, scope: Scope<'_>) -> Result<(), CallError> {
    let mut found = Vec::new();
    check::sets(reader, &open.edition, table, scope, &mut |finding| {
        found.push(finding);
        ControlFlow::Continue(())
    })?;
    open.book.replace_findings(&table.name, scope, Some(&check::SET_RULES), found)?;
    Ok(())
}

/// What a check of whole tables did.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Records looked at.
    pub rows: u64,
    /// Rules that could not be run to their end.
    pub failed: Vec<FailedRule>,
}

/// Checks whole tables of the current period, one after the other; edits wait no longer than for one of them.
pub(crate) fn recheck_tables(open: &Open, tables: &[String], job: &mut Job<'_>) -> Result<Checked, CallError> {
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

/// Checks one table of the current period and keeps what is found. The caller holds the book ([`Open::hold`]).
pub(crate) fn recheck_table(open: &Open, table: &Table, job: &Job<'_>) -> Result<Checked, CallError> {
    recheck_period(open, table, &open.period(), job)
}

/// Checks one table of a period and keeps what is found. The caller holds the book ([`Open::hold`]).
pub(crate) fn recheck_period(open: &Open, table: &Table, period: &str, job: &Job<'_>) -> Result<Checked, CallError> {
    job.go_on()?;
    let context = Context::new(job.today(), period.to_owned());
    let reader = ruling::reader(open, &context, ReadLimits { time: None, cancel: Some(job.flag().clone()) })?;
    let mut found = Vec::new();
    let mut collect = |finding| {
        found.push(finding);
        ControlFlow::Continue(())
    };
    let mut progress = |_| if job.go_on().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let scope = Scope::Period(&context.period);
    let checked = check::table(&reader, &open.edition, table, scope, &mut progress, &mut collect);
    let checked = checked.and_then(|rows| {
        let failed = ruling::check_table(open, &reader, table, &context, &mut collect)?;
        Ok(Checked { rows, failed })
    });
    // A check that was stopped says nothing about the table: what stood there stands.
    job.go_on()?;
    let checked = checked?;
    open.book.replace_findings(&table.name, scope, None, found)?;
    Ok(checked)
}

/// After many changes at once: the tables themselves, the references of every table that points at one of them, and the
/// rules that look at them from elsewhere.
pub(crate) fn recheck_with_referring(open: &Open, tables: &[String], job: &mut Job<'_>) -> Result<(), CallError> {
    recheck_tables(open, tables, job)?;
    let context = ruling::context(open, job.today());
    let reader = ruling::reader(open, &context, ReadLimits { time: None, cancel: Some(job.flag().clone()) })?;
    let points_there = |table: &&Table| {
        let mut references = table.fields.iter().flat_map(|field| &field.references);
        !tables.contains(&table.name) && references.any(|reference| tables.contains(&reference.table))
    };
    for table in open.edition.tables.iter().filter(points_there) {
        job.go_on()?;
        let _held = open.hold();
        recheck_sets(open, &reader, table, Scope::Period(&context.period))?;
    }
    ruling::check_using(open, &reader, tables, &context, job)
}
