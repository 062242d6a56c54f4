//! Runs rules; returns their findings and the rules that failed.

use std::ops::ControlFlow;

use standard::rule::NAME;
use standard::{Edition, Field, Finding, Level, Rule, RuleBody, Table, Words};
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

/// Runs all rules of a table over a scope. Findings are passed to `found`; when it returns `Break`, the run ends with
/// [`ReadError::Cancelled`]. With [`Scope::Rows`] only rules over single records run.
///
/// The reader must have the [`super::functions()`]. Rules that fail are returned, and each is a finding about the
/// table; what it found before it failed is reported, too.
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
        if some && !one.body.is_over_one_record() {
            continue;
        }
        failed.extend(rule(reader, edition, one, scope, context, found)?);
    }
    Ok(failed)
}

/// Runs one rule over a scope, as [`rules()`] does. With [`Scope::Rows`] a select returns only its findings about these
/// records. That is fast if SQLite can begin with them; otherwise it may take as long as the whole select.
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
    let mut misplaced = None;
    let answer = reader.query_within(Some(context.time), &statement.sql, &parameters, |row| {
        let next = match finding(edition, rule, &statement, row) {
            Ok(finding) => found(finding),
            Err(column) => {
                misplaced = Some(column);
                return ControlFlow::Break(());
            }
        };
        stopped = next.is_break();
        next
    });
    let answer = match misplaced {
        Some(column) => Err(ReadError::Sql { reason: format!("_column is {column}, which the rule does not list") }),
        None => answer,
    };
    match answer {
        Ok(()) if stopped => Err(ReadError::Cancelled),
        Ok(()) => Ok(None),
        // A damaged file is not an error of the rule.
        Err(error @ (ReadError::Cancelled | ReadError::Damaged { .. })) => Err(error),
        Err(error) => match found(told(rule, &error)) {
            ControlFlow::Break(()) => Err(ReadError::Cancelled),
            ControlFlow::Continue(()) => Ok(Some(FailedRule { rule: rule.id.clone(), reason: error })),
        },
    }
}

/// SQLite's plan for a rule over a scope, one step on each line: to see why a rule is slow.
pub fn plan(
    reader: &ReadConnection,
    edition: &Edition,
    rule: &Rule,
    scope: Scope<'_>,
    period: &str,
) -> Result<String, ReadError> {
    let Some(statement) = Statement::new(edition, rule, scope, period) else {
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

/// Whether a rule for some records can be run with index searches only, without reading a whole table.
pub fn looks_up(reader: &ReadConnection, edition: &Edition, rule: &Rule, period: &str) -> Result<bool, ReadError> {
    let plan = plan(reader, edition, rule, Scope::Rows(&[1]), period)?;
    let reads_all =
        |line: &str| line.starts_with("SCAN ") && !line.contains("VIRTUAL TABLE") && !line.contains("CONSTANT ROW");
    Ok(!plan.lines().any(|line| reads_all(line) || line.starts_with("MATERIALIZE ")))
}

/// The finding of a row of the answer; the name that `_column` has where the rule does not list it.
fn finding(edition: &Edition, rule: &Rule, statement: &Statement<'_>, row: &ReadRow<'_>) -> Result<Finding, String> {
    // `_row`, the value and the named columns stand first.
    let cell = |name: &str| match statement.named.iter().position(|named| *named == name) {
        Some(at) => Some(row.text(at + 2)),
        None => (statement.named.len() + 2..row.width()).find(|at| row.name(*at) == Some(name)).map(|at| row.text(at)),
    };
    let (column, message) = match &rule.body {
        RuleBody::Parts { parts } => {
            let at = row.integer(row.width().saturating_sub(1)).and_then(|at| usize::try_from(at).ok());
            let part = at.and_then(|at| parts.get(at));
            (part.map(|part| &part.column), part.and_then(|part| part.message.as_ref()))
        }
        RuleBody::Row { .. } => (None, None),
        RuleBody::Select { .. } => match cell("_column").filter(|name| !name.is_empty()) {
            Some(name) => (Some(rule.columns.iter().find(|column| **column == name).ok_or(name)?), None),
            None => (None, None),
        },
    };
    let column = column.or(rule.columns.first());
    let table = edition.table(&rule.table);
    let field = |name: &str| table.and_then(|table| table.field(name));
    let at_fault = column.and_then(|column| field(column));
    let value = row.text(1);
    let value_of = |brace: &str| match brace.strip_suffix(NAME) {
        Some("value") => Some(with_name(edition, at_fault, value.clone())),
        Some(name) => Some(with_name(edition, field(name), cell(name)?)),
        None => cell(brace).or_else(|| at_fault.filter(|_| brace == "title").map(|field| field.title.clone())),
    };
    Ok(Finding {
        table: rule.table.clone(),
        row: row.integer(0),
        column: column.cloned(),
        rule: rule.id.clone(),
        level: rule.level,
        message: fill(message.unwrap_or(&rule.message), value_of).into(),
        value,
        suggestion: cell("_suggestion").filter(|text| !text.is_empty()),
    })
}

/// Codes with their names in brackets, as far as the lists have them: `1（理论课）`.
fn with_name(edition: &Edition, field: Option<&Field>, value: String) -> String {
    let Some(id) = field.and_then(|field| field.code_list.as_deref()) else { return value };
    let lists = [edition.code_list(id), edition.code_list(&format!("{id}_historical"))];
    let name = |code: &str| lists.iter().flatten().find_map(|list| list.get(code)).map(|code| code.name.as_str());
    if let Some(name) = name(&value) {
        return format!("{value}（{name}）");
    }
    let separator = field.and_then(|field| field.separator.as_deref()).unwrap_or(",");
    let named = value.split(separator).map(|code| match name(code.trim()) {
        Some(name) => format!("{}（{name}）", code.trim()),
        None => code.to_owned(),
    });
    named.collect::<Vec<_>>().join(separator)
}

/// The finding about the table of a rule that failed.
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
