//! Findings as the screens see them: with titles, positions and words, personal values masked where settings say so.

use std::collections::BTreeMap;

use standard::{Finding, Table, mask};
use store::{FindingQuery, StoredFinding};

use super::api::{FindingView, LevelCounts};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::env::rfc3339;

/// Numbers of one table, or of all, in the current period.
pub(crate) fn counts(open: &OpenBook, table: Option<&str>) -> Result<LevelCounts, CallError> {
    Ok(match table {
        Some(table) => open.book.table_numbers(table, &open.period())?.findings,
        None => open.book.finding_counts(None, Some(&open.period()))?,
    })
}

/// All findings of one record.
pub(crate) fn of_record(open: &OpenBook, table: &str, row: i64) -> Result<Vec<FindingView>, CallError> {
    let query = FindingQuery { table: Some(table.to_owned()), rows: vec![row], limit: u64::MAX, ..Default::default() };
    views(open, open.book.findings(&query)?.findings, Masking::Never)
}

/// Whether personal values in findings are masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Masking {
    /// Unless the settings of the book show personal values.
    BySettings,
    /// Always, for what leaves the program.
    Always,
    /// Not at all: findings beside their record, whose cells the page masks by itself.
    Never,
}

/// Findings with titles, positions and words.
pub(crate) fn views(
    open: &OpenBook,
    found: Vec<StoredFinding>,
    masking: Masking,
) -> Result<Vec<FindingView>, CallError> {
    let masked = match masking {
        Masking::BySettings => !open.settings().show_personal,
        Masking::Always => true,
        Masking::Never => false,
    };
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
        let explained = (stored.explanation, stored.explained_by, stored.explained_at.map(rfc3339));
        Some(view(table, (stored.id, stored.key), explained, finding, position))
    });
    Ok(views.collect())
}

fn view(
    table: &Table,
    (id, key): (i64, String),
    (explanation, explained_by, explained_at): (Option<String>, Option<String>, Option<String>),
    finding: Finding,
    position: Option<u64>,
) -> FindingView {
    FindingView {
        id,
        table_title: table.short_title().to_owned(),
        position,
        key,
        column_title: finding.column.as_deref().and_then(|c| table.field(c)).map(|f| f.title.clone()),
        level: finding.level,
        explanation,
        explained_by,
        explained_at,
        table: finding.table,
        row: finding.row,
        column: finding.column,
        rule: finding.rule,
        value: finding.value,
        message: finding.message,
        suggestion: finding.suggestion,
    }
}
