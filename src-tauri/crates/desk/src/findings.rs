//! Keeping the book's findings true: what is rechecked after a change, and findings as the faces see them.
//!
//! Checks say, the book keeps, the desk decides when: after every edit the records touched and those that look at them,
//! after an import or on demand whole tables.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use check::{Columns, Plan};
use standard::{Finding, Table, mask};
use store::{FindingCounts, FindingQuery, ReadLimits, Scope, StoredFinding};

use crate::Desk;
use crate::api::CallError;
use crate::api::check::FindingView;
use crate::api::fill::LevelCounts;
use crate::jobs::Job;
use crate::open::Open;
use crate::records::level_word;
use crate::standards::table_of;

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
        let finding = if masked { mask::masked(table, &stored.finding) } else { spoken(stored.finding) };
        let position = finding.row.and_then(|row| positions.get(&(finding.table.clone(), row)).copied().flatten());
        Some(view(table, stored.id, stored.key, stored.explanation, finding, position))
    });
    Ok(views.collect())
}

/// The finding with its value spoken.
fn spoken(finding: Finding) -> Finding {
    Finding { message: finding.words(&finding.value), ..finding }
}

fn view(table: &Table, id: i64, key: String, explanation: Option<String>, finding: Finding, position: Option<u64>) -> FindingView {
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

/// Checks whole tables of the current period and keeps what is found.
pub(crate) fn recheck_tables(desk: &Desk, open: &Open, tables: &[String], job: &mut Job<'_>) -> Result<(), CallError> {
    let _ = desk;
    let period = open.period();
    let limits = ReadLimits { time: None, cancel: Some(job.flag().clone()) };
    let reader = open.book.reader(limits)?;
    for (done, name) in tables.iter().enumerate() {
        job.go_on()?;
        job.at("check", done as u64, tables.len() as u64);
        let table = table_of(&open.edition, name)?;
        let found = check_table(open, &reader, table, &period, job)?;
        open.book.replace_findings(name, Scope::Period(&period), None, found)?;
    }
    job.at("check", tables.len() as u64, tables.len() as u64);
    Ok(())
}

/// Checks these records, and whatever elsewhere speaks of them, after a change.
pub(crate) fn recheck_rows(desk: &Desk, open: &Open, table: &Table, rows: &[i64]) -> Result<(), CallError> {
    let _ = desk;
    let plan = Plan::new(&open.edition, table, Columns::Filled);
    let mut found = Vec::new();
    for row in rows {
        if let Some(record) = open.book.get(&table.name, *row)? {
            plan.cells(Some(*row), &record.values, &mut found);
        }
    }
    open.book.replace_findings(&table.name, Scope::Rows(rows), None, found)?;
    Ok(())
}

/// Everything that is to be said about a table.
fn check_table(open: &Open, _reader: &store::ReadConnection, table: &Table, period: &str, job: &mut Job<'_>) -> Result<Vec<Finding>, CallError> {
    let plan = Plan::new(&open.edition, table, Columns::Filled);
    let mut found = Vec::new();
    open.book.stream(&table.name, period, |record| {
        plan.cells(Some(record.row), &record.values, &mut found);
        if job.go_on().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    job.go_on()?;
    Ok(found)
}
