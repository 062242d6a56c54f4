//! Running rules: findings, and rules that failed by their names.

use std::ops::ControlFlow;

use standard::{Edition, Finding, Level, Rule, RuleBody, Table, Words};
use store::{ReadConnection, ReadError, ReadRow, Scope, SqlValue};

use super::Context;
use super::message::fill;
use super::statement::Statement;

/// A rule that could not be run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedRule {
    /// Its name.
    pub rule: String,
    /// Why it ended early.
    pub reason: ReadError,
}

/// Runs all rules of a table over a scope. What is found goes to `found`; when it breaks, the run ends with
/// [`ReadError::Cancelled`]. With [`Scope::Rows`] only rules over single records run.
///
/// The reader brings the [`super::functions()`]. Rules that fail are answered, and each is a finding about the table; what
/// it found until then is reported all the same.
pub fn rules(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    scope: Scope<'_>,
    context: &Context,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<Vec<FailedRule>, ReadError> {
    let mut failed = Vec::new();
    let some = matches!(scope, Scope::Rows(_));
    for one in edition.rules_of(&table.name) {
        if some && matches!(one.body, RuleBody::Select { .. }) {
            continue;
        }
        failed.extend(rule(reader, edition, one, scope, context, found)?);
    }
    Ok(failed)
}

/// Runs one rule over a scope, as [`rules()`] does. With [`Scope::Rows`] a select answers what it finds of these records:
/// that is quick where SQLite can begin with them, and may be as slow as all of it where it cannot.
pub fn rule(
    reader: &ReadConnection,
    edition: &Edition,
    rule: &Rule,
    scope: Scope<'_>,
    context: &Context,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<Option<FailedRule>, ReadError> {
    let Some(statement) = Statement::new(edition, rule, scope, &context.period) else { return Ok(None) };
    let parameters: Vec<SqlValue<'_>> = statement.parameters.iter().map(|text| SqlValue::Text(text)).collect();
    let mut stopped = false;
    let answer = reader.query_within(Some(context.time), &statement.sql, &parameters, |row| {
        let next = found(finding(rule, &statement, row));
        stopped = next.is_break();
        next
    });
    match answer {
        Ok(()) if stopped => Err(ReadError::Cancelled),
        Ok(()) => Ok(None),
        Err(ReadError::Cancelled) => Err(ReadError::Cancelled),
        Err(error) => match found(told(rule, &error)) {
            ControlFlow::Break(()) => Err(ReadError::Cancelled),
            ControlFlow::Continue(()) => Ok(Some(FailedRule { rule: rule.id.clone(), reason: error })),
        },
    }
}

/// How SQLite would run a rule, a step a line: for seeing why one is slow.
pub fn plan(reader: &ReadConnection, edition: &Edition, rule: &Rule, period: &str) -> Result<String, ReadError> {
    let Some(statement) = Statement::new(edition, rule, Scope::Period(period), period) else {
        return Ok(String::new());
    };
    let parameters: Vec<SqlValue<'_>> = statement.parameters.iter().map(|text| SqlValue::Text(text)).collect();
    let mut plan = String::new();
    reader.query(&format!("EXPLAIN QUERY PLAN {}", statement.sql), &parameters, |row| {
        plan += &row.text(3);
        plan.push('\n');
        ControlFlow::Continue(())
    })?;
    Ok(plan)
}

fn finding(rule: &Rule, statement: &Statement<'_>, row: &ReadRow<'_>) -> Finding {
    // `_row`, the value and the named columns stand first.
    let value_of = |name: &str| match statement.named.iter().position(|named| *named == name) {
        Some(at) => Some(row.text(at + 2)),
        None => (statement.named.len() + 2..row.width()).find(|at| row.name(*at) == Some(name)).map(|at| row.text(at)),
    };
    Finding {
        table: rule.table.clone(),
        row: row.integer(0),
        column: rule.columns.first().cloned(),
        rule: rule.id.clone(),
        level: rule.level,
        value: row.text(1),
        message: fill(&rule.message, value_of).into(),
        suggestion: value_of("_suggestion").filter(|text| !text.is_empty()),
    }
}

/// What a rule that failed says about its table.
fn told(rule: &Rule, reason: &ReadError) -> Finding {
    let words = match reason {
        ReadError::TimeOut => Words::phrase("finding.rule.time-out"),
        ReadError::Refused => Words::phrase("finding.rule.refused"),
        _ => Words::phrase("finding.rule.failed"),
    };
    Finding {
        table: rule.table.clone(),
        row: None,
        column: None,
        rule: rule.id.clone(),
        level: Level::Confirm,
        value: String::new(),
        message: words.with("rule", &rule.id),
        suggestion: None,
    }
}
