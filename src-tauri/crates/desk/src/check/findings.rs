//! 校验: running the checks and reading their findings.

use std::time::Instant;

use standard::Coded;
use store::FindingQuery;

use crate::Desk;
use crate::check::api::{CheckSummary, FailedRule, FindingsPage, FindingsQuery, RunCheck};
use crate::session::api::{CallError, Changed};
use crate::session::editions::table_of;
use crate::verify::api::LevelCounts;
use crate::verify::findings::{self, Masking};
use crate::verify::recheck::recheck_tables;

/// The largest number of findings of one page.
const PAGE: u64 = 1_000;

/// `check.run`.
pub(crate) fn run(desk: &Desk, request: RunCheck) -> Result<CheckSummary, CallError> {
    let open = desk.opened()?;
    for table in &request.tables {
        table_of(&open.edition, table)?;
    }
    let period = open.period();
    let mut tables = Vec::new();
    for table in &open.edition.tables {
        let count = open.book.count(&table.name, &period)?;
        let asked = if request.tables.is_empty() { count > 0 } else { request.tables.contains(&table.name) };
        if asked {
            tables.push(table.name.clone());
        }
    }
    let begun = Instant::now();
    let mut job = desk.job(request.job);
    let checked = recheck_tables(&open, &tables, &mut job)?;
    let mut counts = LevelCounts::default();
    for table in &tables {
        let of_table = findings::counts(&open, Some(table))?;
        counts.mandatory += of_table.mandatory;
        counts.confirm += of_table.confirm;
        counts.hint += of_table.hint;
    }
    desk.tell(Changed::Tables { tables: tables.clone(), step: None });
    let failed = |failed: check::rules::FailedRule| FailedRule { rule: failed.rule, reason: failed.reason.code() };
    Ok(CheckSummary {
        rows: checked.rows,
        tables: tables.len(),
        seconds: begun.elapsed().as_secs_f64(),
        counts,
        failed_rules: checked.failed.into_iter().map(failed).collect(),
    })
}

/// `check.findings`.
pub(crate) fn findings(desk: &Desk, request: FindingsQuery) -> Result<FindingsPage, CallError> {
    let open = desk.opened()?;
    if let Some(table) = &request.table {
        table_of(&open.edition, table)?;
    }
    let page = open.book.findings(&FindingQuery {
        table: request.table,
        period: Some(open.period()),
        rows: request.row.into_iter().collect(),
        column: request.column,
        rule: request.rule,
        level: request.level,
        value: request.value,
        selection: request.selection.unwrap_or_default(),
        offset: request.offset,
        limit: request.limit.min(PAGE),
    })?;
    let masking = if request.always_masked { Masking::Always } else { Masking::BySettings };
    Ok(FindingsPage { total: page.total, findings: findings::views(&open, page.findings, masking)? })
}
