//! `explain`: enters the reason for a finding, or states that records with one natural key are different records.

use desk::check::api::{Explain, FindingsPage, FindingsQuery, GroupRef};
use desk::{CallError, Nothing};
use serde::Serialize;

use super::state::AppState;
use crate::arguments;
use crate::outcome::Outcome;

/// The JSON document that `explain` prints.
#[derive(Serialize)]
struct Answer {
    table: String,
    row: i64,
    rule: String,
    explained: usize,
}

pub async fn explain(state: &AppState<'_>, given: &arguments::Explain) -> Result<Outcome, CallError> {
    let arguments::Explain { table, row, rule, text } = given.clone();
    let query = FindingsQuery {
        table: Some(table.clone()),
        row: Some(row),
        rule: Some(rule.clone()),
        always_masked: true,
        limit: u64::MAX,
        ..Default::default()
    };
    let page: FindingsPage = state.ask("check.findings", &query).await?;
    if page.findings.is_empty() {
        return Err(CallError::new("explain.no-finding").with("table", table).with("row", row).with("rule", rule));
    }
    let explained = page.findings.len();
    for finding in page.findings {
        let group = GroupRef { table: table.clone(), column: finding.column, rule: rule.clone(), value: finding.value };
        let _: Nothing = state.ask("check.explain", &Explain { group, row: Some(row), text: text.clone() }).await?;
    }
    state.printer.answer(&Answer { table, row, rule, explained }, |answer| {
        vec![state.printer.line("cli.explained", &[("table", &answer.table), ("row", &answer.row)])]
    });
    Ok(Outcome::Done)
}
