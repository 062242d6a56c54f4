//! The SQL that runs a rule over the book.
//!
//! A row rule becomes a condition on its own table. A select is put in brackets behind a `WITH` in which every table that
//! it names stands for the records of the period: names without a schema mean these. `NOT MATERIALIZED` lets SQLite look
//! through to the tables and their indexes, and `+_period` keeps it from taking the index of places for a join, which
//! every record of the period would match.

use standard::rule::placeholders;
use standard::{Edition, Rule, RuleBody, Table};
use store::Scope;

use super::lexer::{Token, may_name, tokens};
use crate::sql::{json_rows, quoted};

/// The columns of a table that rules see besides those of the standard.
pub(super) const OWN_COLUMNS: [&str; 3] = ["_row", "_period", "_natural"];

/// A rule's statement. Its answer has `_row`, the value, and the columns of the table that the message names; whatever a
/// select gives stands behind them.
pub(super) struct Statement<'r> {
    /// One SELECT whose parameters are numbered.
    pub sql: String,
    /// Parameters, for `?1` and so on.
    pub parameters: Vec<String>,
    /// The columns of the table that the message names, in the order of the answer.
    pub named: Vec<&'r str>,
}

impl<'r> Statement<'r> {
    /// The statement for a scope; `None` for a table that the edition does not have. A select that is asked for some
    /// records looks at all of them and answers these.
    pub fn new(edition: &Edition, rule: &'r Rule, scope: Scope<'_>, period: &str) -> Option<Statement<'r>> {
        let table = edition.table(&rule.table)?;
        let mut named: Vec<&str> = Vec::new();
        for name in placeholders(&rule.message).filter(|name| table.field(name).is_some()) {
            if !named.contains(&name) {
                named.push(name);
            }
        }
        let used = used_tables(edition, rule.body.sql());
        Some(match &rule.body {
            RuleBody::Row { expect } => row(table, rule, expect, named, scope),
            RuleBody::Select { select } => {
                let rows = if let Scope::Rows(rows) = scope { Some(rows) } else { None };
                whole(&used, table, rule, select, named, (rows, period))
            }
        })
    }
}

fn row<'r>(table: &Table, rule: &Rule, expect: &str, named: Vec<&'r str>, scope: Scope<'_>) -> Statement<'r> {
    let name = quoted(&table.name);
    let (within, parameters) = match scope {
        Scope::Rows(rows) => {
            (format!("{name}._row IN (SELECT value FROM json_each(?1)) AND "), vec![json_rows(rows.iter().copied())])
        }
        Scope::Period(period) if table.periodic => (format!("{name}._period = ?1 AND "), vec![period.to_owned()]),
        Scope::Period(_) | Scope::Table => (String::new(), Vec::new()),
    };
    let columns: String = shown(rule, &named).map(|column| format!(", {name}.{}", quoted(column))).collect();
    let sql = format!("SELECT {name}._row{columns} FROM main.{name} WHERE {within}NOT (\n{expect}\n)");
    Statement { sql, parameters, named }
}

fn whole<'r>(
    used: &[&Table],
    table: &Table,
    rule: &Rule,
    select: &str,
    named: Vec<&'r str>,
    (rows, period): (Option<&[i64]>, &str),
) -> Statement<'r> {
    let mut parameters: Vec<String> =
        used.iter().any(|table| table.periodic).then(|| period.to_owned()).into_iter().collect();
    let views: Vec<String> = used.iter().map(|table| view(table)).collect();
    let with = if views.is_empty() { String::new() } else { format!("WITH {} ", views.join(", ")) };
    let name = quoted(&table.name);
    // A look at the record for each that is found; a join would leave SQLite free to begin with the records.
    let cells: String = shown(rule, &named)
        .map(|column| format!(", (SELECT t.{} FROM main.{name} t WHERE t._row = r._row)", quoted(column)))
        .collect();
    let mut sql = format!("{with}SELECT r._row{cells}, r.* FROM (\n{select}\n) r");
    if let Some(rows) = rows {
        parameters.push(json_rows(rows.iter().copied()));
        sql += &format!(" WHERE r._row IN (SELECT value FROM json_each(?{}))", parameters.len());
    }
    Statement { sql, parameters, named }
}

/// The first column, then those that the message names.
fn shown<'a>(rule: &'a Rule, named: &'a [&str]) -> impl Iterator<Item = &'a str> {
    rule.columns.first().map(String::as_str).into_iter().chain(named.iter().copied())
}

/// A table's name standing for its records of the period.
fn view(table: &Table) -> String {
    let name = quoted(&table.name);
    let own = OWN_COLUMNS.map(str::to_owned).into_iter();
    let columns: Vec<String> = own.chain(table.fields.iter().map(|field| quoted(&field.column))).collect();
    let within = if table.periodic { " WHERE +_period = ?1" } else { "" };
    format!("{name} AS NOT MATERIALIZED (SELECT {} FROM main.{name}{within})", columns.join(", "))
}

/// The tables that a statement names, and perhaps some that it does not: names made in it look the same.
pub(super) fn used_tables<'e>(edition: &'e Edition, sql: &str) -> Vec<&'e Table> {
    let likely = edition.tables.iter().filter(|table| may_name(sql, &table.name));
    let tokens = tokens(sql).unwrap_or_default();
    likely.filter(|table| tokens.iter().any(|token: &Token<'_>| token.names(&table.name))).collect()
}
