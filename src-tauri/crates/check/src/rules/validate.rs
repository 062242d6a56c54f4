//! Checks a rule before it runs on records; the error names the first thing that a rule must not have.
//!
//! A rule's SQL cannot close the brackets that are put around it: its texts, names and comments have ends, it closes no
//! bracket that it did not open, and it is one statement. SQLite then tells what the statement reads, and that it only
//! reads.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use standard::rule::placeholders;
use standard::{Edition, Rule, RuleBody, Table};
use store::{Described, ReadConnection, ReadError, ReadLimits, Scope, scratch};
use thiserror::Error;

use super::lexer::{Token, tokens};
use super::statement::Statement;
use super::views::{OWN_COLUMNS, Span, View, views};
use super::{Context, functions};
use crate::sql::quoted;

/// Functions whose result differs from call to call.
const CHANGEFUL: [&str; 5] = ["random", "randomblob", "last_insert_rowid", "changes", "total_changes"];

/// Functions that use the clock of the PC if they are called without arguments.
const CLOCKS: [&str; 6] = ["date", "time", "datetime", "julianday", "unixepoch", "strftime"];

/// A rule that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[error("{rule}: {why}")]
pub struct RuleProblem {
    /// Its name.
    pub rule: String,
    /// Why it is refused; it gives the error its code.
    #[serde(flatten)]
    pub why: Why,
}

/// Why a rule is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "found")]
pub enum Why {
    /// The edition does not have its table.
    #[serde(rename = "rule.unknown-table")]
    #[error("the table {0} is not in the edition")]
    UnknownTable(String),
    /// A column that the tables do not have.
    #[serde(rename = "rule.unknown-column")]
    #[error("there is no column {0}")]
    UnknownColumn(String),
    /// A text, a name or a comment without an end.
    #[serde(rename = "rule.open")]
    #[error("a text, a name or a comment has no end")]
    Open,
    /// Brackets that do not fit together.
    #[serde(rename = "rule.brackets")]
    #[error("the brackets do not fit together")]
    Brackets,
    /// A semicolon, which would begin another statement.
    #[serde(rename = "rule.several")]
    #[error("more than one statement")]
    Several,
    /// A parameter such as `?1`.
    #[serde(rename = "rule.parameter")]
    #[error("a place for a value: {0}")]
    Parameter(String),
    /// A name with its schema would see all periods.
    #[serde(rename = "rule.schema")]
    #[error("tables are named without {0}.")]
    Schema(String),
    /// A function that uses the clock of the PC, or randomness.
    #[serde(rename = "rule.changeful")]
    #[error("{0} does not answer the same every time")]
    Changeful(String),
    /// `expect` is not one expression.
    #[serde(rename = "rule.not-an-expression")]
    #[error("expect is not one expression")]
    NotAnExpression,
    /// A row rule that looks at more than its record.
    #[serde(rename = "rule.other-records")]
    #[error("a rule over one record reads the table {0}")]
    OtherRecords(String),
    /// A select that does not begin with `SELECT` or `WITH`.
    #[serde(rename = "rule.not-a-select")]
    #[error("select is not a SELECT")]
    NotASelect,
    /// The first column of a select is not `_row`.
    #[serde(rename = "rule.first-column")]
    #[error("the first column of the answer is {0}, not _row")]
    FirstColumn(String),
    /// A column that the rule reads and does not list.
    #[serde(rename = "rule.unlisted")]
    #[error("the column {0} is read but not listed in columns")]
    Unlisted(String),
    /// A name in the message that stands for nothing.
    #[serde(rename = "rule.placeholder")]
    #[error("{{{0}}} in the message stands for nothing")]
    Placeholder(String),
    /// A statement that does more than read.
    #[serde(rename = "rule.refused")]
    #[error("it does more than read")]
    Refused,
    /// SQLite does not understand it.
    #[serde(rename = "rule.sql")]
    #[error("{0}")]
    Sql(String),
}

impl From<ReadError> for Why {
    fn from(error: ReadError) -> Self {
        let reason = match error {
            ReadError::Refused => return Why::Refused,
            ReadError::Sql { reason } => reason,
            other => other.to_string(),
        };
        let named = |start: &str| reason.strip_prefix(start).map(str::to_owned);
        if let Some(column) = named("no such column: ") {
            // SQLite adds advice where the name stands in double quotes.
            Why::UnknownColumn(column.split(" - ").next().unwrap_or_default().trim_matches('"').to_owned())
        } else if let Some(table) = named("no such table: ") {
            Why::UnknownTable(table)
        } else {
            Why::Sql(reason)
        }
    }
}

/// Checks that a rule only reads, uses names that exist, lists its columns, and does not close the brackets around it.
pub fn validate(edition: &Arc<Edition>, rule: &Rule) -> Result<(), RuleProblem> {
    judge(edition, rule).map_err(|why| RuleProblem { rule: rule.id.clone(), why })
}

fn judge(edition: &Arc<Edition>, rule: &Rule) -> Result<(), Why> {
    let table = edition.table(&rule.table).ok_or_else(|| Why::UnknownTable(rule.table.clone()))?;
    if let Some(column) = rule.columns.iter().find(|column| table.field(column).is_none()) {
        return Err(Why::UnknownColumn(column.clone()));
    }
    let texts: Vec<&str> = match &rule.body {
        RuleBody::Row { expect } => vec![expect],
        RuleBody::Parts { parts } => parts.iter().map(|part| part.expect.as_str()).collect(),
        RuleBody::Select { select } => vec![select],
    };
    let sql = rule.body.sql();
    let views = views(edition, &sql);
    let mut names: BTreeSet<String> = views.iter().flat_map(|view| [view.name(), view.table.name.clone()]).collect();
    names.insert(table.name.clone());
    let tables: Vec<&str> = names.iter().map(String::as_str).collect();
    let named = with_views(edition, &views);
    let context = Context::new(jiff::civil::Date::constant(2026, 11, 1), standard::rule::DEFAULT_PERIOD);
    let reader = scratch(&named, &tables, &[], ReadLimits::default(), &functions(edition, &context))
        .map_err(|error| Why::Sql(error.to_string()))?;
    let (mut answered, mut reads) = (Vec::new(), BTreeSet::new());
    for text in texts {
        let tokens = tokens(text).ok_or(Why::Open)?;
        check_form(&tokens)?;
        check_sameness(&tokens)?;
        let plain = if rule.body.is_over_one_record() {
            plain_row(&reader, edition, table, text, &tokens)?
        } else {
            plain_select(&reader, text, &tokens)?
        };
        if let Some(function) = CHANGEFUL.iter().find(|name| plain.functions.contains(**name)) {
            return Err(Why::Changeful((*function).to_owned()));
        }
        answered = plain.columns;
        reads.extend(plain.reads);
    }
    // Prepares the statement as it will run; this also finds columns of the book that rules must not read.
    let statement = Statement::new(edition, rule, Scope::Period(&context.period), &context.period);
    let Some(statement) = statement else { return Err(Why::UnknownTable(rule.table.clone())) };
    reader.describe(&statement.sql)?;
    let known = |column: &str| OWN_COLUMNS.contains(&column) || rule.columns.iter().any(|listed| listed == column);
    let own = |read: &str| Span::EACH.iter().any(|span| span.name(&table.name) == read);
    let unlisted = reads.iter().find(|(read, column)| own(read) && !known(column));
    if let Some((_, column)) = unlisted {
        return Err(Why::Unlisted(column.clone()));
    }
    check_message(table, rule, &answered)
}

/// The edition with a table for each name that stands for more than the current period: the statement is looked at as
/// it is written, before the names get their meaning.
fn with_views<'e>(edition: &'e Edition, views: &[View<'_>]) -> Cow<'e, Edition> {
    let more: Vec<Table> = views
        .iter()
        .filter(|view| view.span != Span::Current)
        .map(|view| Table { name: view.name(), ..view.table.clone() })
        .collect();
    if more.is_empty() {
        return Cow::Borrowed(edition);
    }
    let mut named = edition.clone();
    named.tables.extend(more);
    Cow::Owned(named)
}

/// Checks that the SQL does not close the brackets that are put around it.
fn check_form(tokens: &[Token<'_>]) -> Result<(), Why> {
    if tokens.contains(&Token::Sign(';')) {
        return Err(Why::Several);
    }
    let mut depth = 0i64;
    for token in tokens {
        match token {
            Token::Parameter(name) => return Err(Why::Parameter((*name).to_owned())),
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return Err(Why::Brackets);
        }
    }
    if depth > 0 {
        return Err(Why::Brackets);
    }
    let schema = |pair: &&[Token<'_>]| {
        pair[1] == Token::Sign('.') && (pair[0].names("main") || pair[0].names("temp") || pair[0].names("temp_schema"))
    };
    match tokens.windows(2).find(schema) {
        Some([Token::Word(name), _]) => Err(Why::Schema((*name).to_owned())),
        Some(_) => Err(Why::Schema("main".to_owned())),
        None => Ok(()),
    }
}

/// Checks that the rule always gives the same findings for the same data and the same `tb_today()`.
fn check_sameness(tokens: &[Token<'_>]) -> Result<(), Why> {
    for (at, token) in tokens.iter().enumerate() {
        let next = |n: usize, sign| tokens.get(at + n) == Some(&Token::Sign(sign));
        let changeful = match token {
            Token::Word(word) => {
                let clock = CLOCKS.iter().any(|clock| word.eq_ignore_ascii_case(clock));
                (clock && next(1, '(') && next(2, ')'))
                    || ["current_date", "current_time", "current_timestamp"].iter().any(|now| token.is(now))
            }
            Token::Text(text) => text.trim().eq_ignore_ascii_case("now"),
            _ => false,
        };
        if changeful {
            let name = if let Token::Word(word) = token { (*word).to_owned() } else { "now".to_owned() };
            return Err(Why::Changeful(name));
        }
    }
    Ok(())
}

fn plain_row(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    expect: &str,
    tokens: &[Token<'_>],
) -> Result<Described, Why> {
    let statement = |token: &Token<'_>| ["SELECT", "WITH", "VALUES"].iter().any(|keyword| token.is(keyword));
    if tokens.first().is_none_or(statement) {
        return Err(Why::NotAnExpression);
    }
    // Its own table may be named before a column; anything else would look at other records.
    for (at, token) in tokens.iter().enumerate() {
        let is_table = |other: &&Table| Span::EACH.iter().any(|span| token.names(&span.name(&other.name)));
        if let Some(other) = edition.tables.iter().find(is_table)
            && !(token.names(&table.name) && tokens.get(at + 1) == Some(&Token::Sign('.')))
        {
            return Err(Why::OtherRecords(other.name.clone()));
        }
    }
    let name = quoted(&table.name);
    let described = reader.describe(&format!("SELECT 1 FROM main.{name} WHERE NOT (\n{expect}\n)"));
    match described {
        Err(ReadError::Sql { reason }) if reason == "row value misused" => Err(Why::NotAnExpression),
        described => Ok(described?),
    }
}

fn plain_select(reader: &ReadConnection, select: &str, tokens: &[Token<'_>]) -> Result<Described, Why> {
    if !tokens.first().is_some_and(|token| token.is("SELECT") || token.is("WITH")) {
        return Err(Why::NotASelect);
    }
    let described = reader.describe(select)?;
    match described.columns.first().map(String::as_str) {
        Some("_row") => Ok(described),
        other => Err(Why::FirstColumn(other.unwrap_or_default().to_owned())),
    }
}

fn check_message(table: &Table, rule: &Rule, columns: &[String]) -> Result<(), Why> {
    let stands = |name: &&str| {
        matches!(*name, "value" | "title")
            || table.field(name).is_some()
            || columns.iter().skip(1).any(|column| column == name)
    };
    match rule.messages().flat_map(placeholders).find(|name| !stands(name)) {
        Some(name) => Err(Why::Placeholder(name.to_owned())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
