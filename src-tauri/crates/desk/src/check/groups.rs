//! Findings in groups by what they have in common.

use std::collections::BTreeMap;

use standard::{Sensitivity, mask};
use store::{GroupQuery, Grouping, Selection};

use crate::Desk;
use crate::check::api::{FindingGroup, FindingGroups, GroupRef, GroupsQuery, ImportOf, TableFindings};
use crate::check::reasons::is_question;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::env::rfc3339;
use crate::session::settings::Settings;

/// The number of groups of one answer where no other is asked for.
const GROUPS: u64 = 500;

/// The largest number of groups of one answer; further ones are asked for by their offset.
const MOST: u64 = 1_000;

/// `check.groups`.
pub(crate) fn groups(desk: &Desk, request: GroupsQuery) -> Result<FindingGroups, CallError> {
    let open = desk.opened()?;
    for table in &request.within.tables {
        table_of(&open.edition, table)?;
    }
    let settings = open.settings();
    let mut departments: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for table in open.edition.tables.iter().filter(|_| request.by == Grouping::Department) {
        departments.entry(settings.department_of(table)).or_default().push(table.name.clone());
    }
    let found = open.book.finding_groups(&GroupQuery {
        by: request.by,
        within: request.within,
        period: Some(open.period()),
        departments: departments.into_values().collect(),
        offset: request.offset,
        limit: request.limit.unwrap_or(GROUPS).min(MOST),
    })?;
    let groups = found.groups.into_iter().map(|group| view(&open, &settings, request.by, group));
    let tables = found.tables.into_iter().filter_map(|(name, count)| {
        let table = open.edition.table(&name)?;
        let (title, department) = (table.short_title().to_owned(), settings.department_of(table).to_owned());
        Some(TableFindings { table: name, title, department, count })
    });
    Ok(FindingGroups {
        total: found.total,
        counts: found.counts,
        tables: tables.collect(),
        groups: groups.collect::<Result<_, _>>()?,
    })
}

fn view(
    open: &OpenBook,
    settings: &Settings,
    by: Grouping,
    group: store::FindingGroup,
) -> Result<FindingGroup, CallError> {
    let table = open.edition.table(&group.table);
    let field = table.zip(group.column.as_deref()).and_then(|(t, c)| t.field(c));
    // Other people may see the screen, so personal values are masked unless the clerk has asked for them.
    let sensitivity = field.map_or(Sensitivity::None, |f| f.sensitivity);
    let hidden = sensitivity != Sensitivity::None && !settings.show_personal;
    let shown = if hidden { mask::mask(sensitivity, &group.value) } else { group.value.clone() };
    let rule = open.edition.rules.iter().find(|rule| rule.id == group.rule);
    let import = match group.selection.step.filter(|step| by == Grouping::Import && *step != 0) {
        Some(step) => open.book.step(step)?.map(|of| ImportOf { step, at: rfc3339(of.at), files: of.note }),
        None => None,
    };
    let code = group.message.code().unwrap_or_default();
    let question = field.is_some_and(|field| is_question(field, &group.rule, code, group.level));
    Ok(FindingGroup {
        question: question && matches!(by, Grouping::Cause | Grouping::Value),
        explanation: group.explanation,
        reason: rule.map(|rule| rule.reason.clone()),
        table_title: table.map_or_else(|| group.table.clone(), |t| t.short_title().to_owned()),
        department: table.map_or("", |table| settings.department_of(table)).to_owned(),
        column_title: field.map(|f| f.title.clone()),
        level: group.level,
        message: group.message,
        shown,
        suggestion: group.suggestion.filter(|_| !hidden),
        selection: group.selection,
        import,
        suggested: group.suggested,
        values: group.values,
        tables: group.tables,
        rules: group.rules,
        table: group.table,
        column: group.column,
        rule: group.rule,
        value: group.value,
        count: group.count,
        first_row: group.first_row,
        explained: group.explained,
    })
}

/// The records of a group of equal findings, in the order of the grid.
pub(super) fn rows_of(open: &OpenBook, group: &GroupRef) -> Result<Vec<i64>, CallError> {
    let period = open.period();
    let column = group.column.as_deref();
    Ok(open.book.group_rows(&group.table, Some(&period), column, &group.rule, &group.value)?)
}

/// The tables that findings of a selection are in.
pub(super) fn tables_in(open: &OpenBook, selection: &Selection) -> Result<Vec<String>, CallError> {
    let query = GroupQuery {
        by: Grouping::Table,
        within: selection.clone(),
        period: Some(open.period()),
        limit: u64::MAX,
        ..GroupQuery::default()
    };
    Ok(open.book.finding_groups(&query)?.groups.into_iter().map(|group| group.table).collect())
}
