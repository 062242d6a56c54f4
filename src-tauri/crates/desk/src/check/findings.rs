//! 校验: running the checks, reading their findings, correcting and explaining equal findings together.

use std::collections::BTreeMap;
use std::time::Instant;

use standard::{Coded, Level, Sensitivity, Table, mask};
use store::{Explanation, FindingQuery, GroupQuery, RowChange, StepKind, StoredFinding, UNIQUE_RULE};

use crate::Desk;
use crate::check::api::{
    CheckSummary, Explain, FailedRule, FindingGroup, FindingGroups, FindingsPage, FindingsQuery, GroupRef, Mend,
    RunCheck, TellApart,
};
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::table_of;
use crate::verify::api::{Edited, LevelCounts};
use crate::verify::commit;
use crate::verify::findings::{self, Masking};
use crate::verify::recheck::recheck_tables;

/// The largest number of findings of one page.
const PAGE: u64 = 1_000;

/// The largest number of groups of one answer; the total is given with them.
const GROUPS: u64 = 500;

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
        offset: request.offset,
        limit: request.limit.min(PAGE),
    })?;
    let masking = if request.always_masked { Masking::Always } else { Masking::BySettings };
    Ok(FindingsPage { total: page.total, findings: findings::views(&open, page.findings, masking)? })
}

/// `check.groups`.
pub(crate) fn groups(desk: &Desk, _: Nothing) -> Result<FindingGroups, CallError> {
    let open = desk.opened()?;
    let found = open.book.finding_groups(&GroupQuery { table: None, period: Some(open.period()), limit: GROUPS })?;
    let settings = open.settings();
    let view = |group: store::FindingGroup| {
        let table = open.edition.table(&group.table);
        let field = table.zip(group.column.as_deref()).and_then(|(t, c)| t.field(c));
        // Other people may see the screen, so personal values are masked unless the clerk has asked for them.
        let sensitivity = field.map_or(Sensitivity::None, |f| f.sensitivity);
        let hidden = sensitivity != Sensitivity::None && !settings.show_personal;
        let shown = if hidden { mask::mask(sensitivity, &group.value) } else { group.value.clone() };
        let rule = open.edition.rules.iter().find(|rule| rule.id == group.rule);
        FindingGroup {
            reason: rule.map(|rule| rule.reason.clone()),
            table_title: table.map_or_else(|| group.table.clone(), |t| t.short_title().to_owned()),
            department: table.map_or("", |table| settings.department_of(table)).to_owned(),
            column_title: field.map(|f| f.title.clone()),
            level: group.level,
            message: group.message,
            shown,
            suggestion: group.suggestion.filter(|_| !hidden),
            table: group.table,
            column: group.column,
            rule: group.rule,
            value: group.value,
            count: group.count,
            first_row: group.first_row,
            explained: group.explained,
        }
    };
    Ok(FindingGroups { total: found.total, groups: found.groups.into_iter().map(view).collect(), counts: found.counts })
}

fn rows_of(open: &OpenBook, group: &GroupRef) -> Result<Vec<i64>, CallError> {
    let period = open.period();
    let column = group.column.as_deref();
    Ok(open.book.group_rows(&group.table, Some(&period), column, &group.rule, &group.value)?)
}

/// `check.mend`: one value into all cells of a group, in one step.
pub(crate) fn mend(desk: &Desk, request: Mend) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.group.table)?;
    let column =
        request.group.column.clone().ok_or_else(|| CallError::new("mend.no-column").with("table", &table.name))?;
    let field = table
        .field(&column)
        .ok_or_else(|| CallError::new("book.no-such-column").with("table", &table.name).with("column", &column))?;
    let value = check::normalise(&open.edition, field, &request.with);
    let update = |row| RowChange::Update {
        table: table.name.clone(),
        row,
        values: BTreeMap::from([(column.clone(), value.clone())]),
    };
    let changes = rows_of(&open, &request.group)?.into_iter().map(update).collect();
    commit::edit(desk, &open, table, StepKind::Mend, changes)
}

/// The value of findings of one record that the page names. The page may have it only masked.
fn unmasked(table: &Table, found: &[StoredFinding], named: &str) -> String {
    let exact = found.iter().find(|one| one.finding.value == named);
    let masked = || found.iter().find(|one| mask::masked(table, &one.finding).value == named);
    exact.or_else(masked).map_or(named, |one| &one.finding.value).to_owned()
}

/// `check.tell_apart`: for records with one natural key, in every table: the clerk states that they are different
/// records, and why.
pub(crate) fn tell_apart(desk: &Desk, request: TellApart) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    table_of(&open.edition, &request.table)?;
    say_apart(desk, &open, &request.table, request.rows, &request.text)
}

fn say_apart(desk: &Desk, open: &OpenBook, table: &str, rows: Vec<i64>, text: &str) -> Result<Nothing, CallError> {
    let said = store::TellApart { table: table.to_owned(), rows, text: text.trim().to_owned() };
    commit::tell_apart(desk, open, &said)?;
    Ok(Nothing {})
}

/// `check.explain`: only confirm findings can be explained; mandatory ones must be corrected.
pub(crate) fn explain(desk: &Desk, request: Explain) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    let GroupRef { table, column, rule, value } = &request.group;
    let of = table_of(&open.edition, table)?;
    if rule == UNIQUE_RULE {
        let rows = match request.row {
            Some(row) => vec![row],
            None => rows_of(&open, &request.group)?,
        };
        return say_apart(desk, &open, table, rows, &request.text);
    }
    let found = FindingQuery {
        table: Some(table.clone()),
        column: column.clone(),
        rule: Some(rule.clone()),
        ..Default::default()
    };
    let shown;
    let value = match request.row {
        Some(row) => {
            let of_row = FindingQuery { rows: vec![row], limit: u64::MAX, ..found.clone() };
            shown = unmasked(of, &open.book.findings(&of_row)?.findings, value);
            &shown
        }
        None => value,
    };
    let mandatory = FindingQuery { value: Some(value.clone()), level: Some(Level::Mandatory), limit: 1, ..found };
    if open.book.findings(&mandatory)?.total > 0 {
        return Err(CallError::new("explain.mandatory"));
    }
    let explanation = |row: Option<i64>| Explanation {
        table: table.clone(),
        row,
        column: column.clone(),
        rule: rule.clone(),
        value: value.clone(),
        text: request.text.trim().to_owned(),
    };
    let explanations: Vec<Explanation> = match request.row {
        Some(row) => vec![explanation(Some(row))],
        None => {
            let rows = rows_of(&open, &request.group)?;
            if rows.is_empty() {
                vec![explanation(None)]
            } else {
                rows.into_iter().map(|row| explanation(Some(row))).collect()
            }
        }
    };
    open.book.explain(desk.clock.now(), &open.settings().person, &explanations)?;
    desk.tell(Changed::Tables { tables: vec![table.clone()], step: None });
    Ok(Nothing {})
}
