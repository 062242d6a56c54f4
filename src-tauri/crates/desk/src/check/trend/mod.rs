//! Tables over time: records, keys, sums and codes of this period against the last ones, and what the college allows
//! without a question.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::Duration;

use standard::{Sensitivity, Table, period};
use store::{ColumnState, FindingQuery, TableState};

use crate::Desk;
use crate::check::api::{KeyChanges, Trend, TrendCode, TrendColumn, TrendDetail, TrendPeriod, TrendQuery, TrendTable};
use crate::check::quality;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::table_of;
use crate::verify::drift::{self, DriftLimits, states};

/// Earlier periods that are shown: those that are compared, and the one a year before.
const SHOWN: usize = 4;

/// Codes of a column that one answer names: the most frequent of each period.
const CODES: usize = 30;

/// How long reading takes before the first report.
const SILENT: Duration = Duration::from_millis(400);

/// `trend.list`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Trend, CallError> {
    let open = desk.opened()?;
    let expected = quality::expected(&open)?;
    let college = open.settings();
    let mut tables = Vec::new();
    for table in &open.edition.tables {
        let rows = open.book.count(&table.name, &open.period())?;
        let mut periods = vec![TrendPeriod { name: words(&states::label(table, &open.period())), rows: Some(rows) }];
        for before in states::before(table, &open.period(), SHOWN) {
            periods.push(TrendPeriod { name: words(&before), rows: states::rows_at(&open, table, &before)? });
        }
        while periods.last().is_some_and(|one| one.rows.is_none()) {
            periods.pop();
        }
        let expected = expected.get(&table.name).copied();
        if rows == 0 && periods.len() < 2 && expected.is_none() {
            continue;
        }
        let year = states::year_before(table, &open.period()).filter(|at| *at < periods.len());
        tables.push(TrendTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            department: college.department_of(table).to_owned(),
            periods,
            year_before: year.and_then(|at| u32::try_from(at).ok()),
            expected,
            jumps: jumps(&open, table)?,
        });
    }
    Ok(Trend { limits: drift::limits(&open)?, tables })
}

/// Findings about a table as a whole that speak of jumps.
fn jumps(open: &OpenBook, table: &Table) -> Result<u64, CallError> {
    let mut count = 0;
    for rule in drift::rules() {
        let query = FindingQuery {
            table: Some(table.name.clone()),
            period: Some(open.period()),
            rule: Some(rule.to_owned()),
            limit: 0,
            ..FindingQuery::default()
        };
        count += open.book.findings(&query)?.total;
    }
    Ok(count)
}

/// A period in words.
fn words(name: &str) -> String {
    period::words(name)
}

/// `trend.table`.
pub(crate) fn table(desk: &Desk, request: TrendQuery) -> Result<TrendDetail, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let read = || -> Result<Vec<(String, TableState)>, CallError> {
        let mut all = vec![(states::label(table, &open.period()), open.book.table_state(&table.name, &open.period())?)];
        all.extend(states::earlier(&open, table, SHOWN)?.into_iter().map(|one| (one.period, one.state)));
        Ok(all)
    };
    let job = desk.job(request.job);
    let total = open.book.count(&table.name, &open.period())?;
    let read = store::watched(job.flag().clone(), job.teller("trend", total, SILENT), read);
    job.go_on()?;
    let all = read?;
    let keys = match all.get(1) {
        Some((before, _)) if open.book.count(&table.name, before)? > 0 && table.period.is_periodic() => {
            open.book.key_changes(&table.name, before, &open.period())?
        }
        _ => None,
    };
    Ok(TrendDetail {
        table: table.name.clone(),
        periods: all.iter().map(|(period, _)| words(period)).collect(),
        rows: all.iter().map(|(_, state)| state.rows).collect(),
        keys: keys.map(|(added, gone)| KeyChanges { added, gone }),
        columns: columns(&open, table, &all),
    })
}

fn columns(open: &OpenBook, table: &Table, all: &[(String, TableState)]) -> Vec<TrendColumn> {
    let nothing = ColumnState::default();
    let column = |field: &standard::Field| {
        let of = |state: &'_ TableState| state.columns.iter().find(|one| one.column == field.column).cloned();
        let over: Vec<ColumnState> =
            all.iter().map(|(_, state)| of(state).unwrap_or_else(|| nothing.clone())).collect();
        let open_to_see = field.sensitivity == Sensitivity::None;
        let list = field.code_list.as_deref().and_then(|list| open.edition.code_list(list));
        let name = |code: &str| list.and_then(|list| list.get(code)).map(|code| code.name.clone()).unwrap_or_default();
        let span = |one: &ColumnState| match one.quantiles.as_slice() {
            [least, _, middle, _, most] => vec![least.clone(), middle.clone(), most.clone()],
            _ => Vec::new(),
        };
        let spans: Vec<Vec<String>> = over.iter().filter(|_| open_to_see).map(span).collect();
        let codes = if open_to_see { frequent(&over) } else { Vec::new() };
        TrendColumn {
            column: field.column.clone(),
            title: field.title.clone(),
            filled: over.iter().map(|one| one.filled).collect(),
            sums: over.iter().filter(|_| open_to_see).filter_map(|one| one.sum.clone()).collect(),
            spans: if spans.iter().all(Vec::is_empty) { Vec::new() } else { spans },
            codes: codes
                .into_iter()
                .map(|code| TrendCode {
                    name: name(&code),
                    cells: over.iter().map(|one| one.of_code(&code)).collect(),
                    code,
                })
                .collect(),
        }
    };
    table.filled_fields().map(column).collect()
}

/// The most frequent codes of each period, those of the present one first.
fn frequent(over: &[ColumnState]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let each = over.iter().flat_map(|one| one.codes.iter().take(CODES));
    each.filter(|(code, _)| seen.insert(code.clone())).map(|(code, _)| code.clone()).collect()
}

/// `trend.limits`.
pub(crate) fn limits(desk: &Desk, _: Nothing) -> Result<DriftLimits, CallError> {
    drift::limits(&*desk.opened()?)
}

/// `trend.set_limits`: the findings of all tables follow at once.
pub(crate) fn set_limits(desk: &Desk, request: DriftLimits) -> Result<DriftLimits, CallError> {
    let open = desk.opened()?;
    let value = serde_json::to_value(request).map_err(|_| CallError::failed("limits cannot be written"))?;
    open.book.set_setting(drift::SETTING, &value)?;
    drift::refresh(&open, &open.edition.tables)?;
    let tables = open.edition.tables.iter().map(|table| table.name.clone()).collect();
    desk.tell(Changed::Tables { tables, step: None });
    desk.tell(Changed::Book);
    Ok(request)
}
