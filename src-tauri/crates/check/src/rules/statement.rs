//! The SQL that runs a rule over the book.
//!
//! A row rule becomes a condition on its own table. A select is put in brackets behind a `WITH` in which every table that
//! it names stands for the records of the period: names without a schema mean these. `NOT MATERIALIZED` lets SQLite look
//! through to the tables and their indexes, and `+_period` keeps it from taking the index of places for a join, which
//! every record of the period would match.
//!
//! A cell that holds a placeholder ([`crate::reading::placeholder`]) is NULL for rules, so that none has to list 无, `-` and
//! the like. The columns that a select joins by, which have an index, stay as they are: a placeholder there is no key of
//! another table, and SQLite cannot look up an expression. What a finding shows is always the text of the cell.

use standard::rule::placeholders;
use standard::{Edition, Field, Rule, RuleBody, Table};
use store::Scope;

use super::lexer::{Token, may_name, reads_all, tokens};
use crate::sql::{filled, json_rows, quoted};

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
        let seen = Seen::new(edition, rule.body.sql());
        Some(match &rule.body {
            RuleBody::Row { expect } => row(&seen, table, rule, expect, named, scope),
            RuleBody::Select { select } => {
                let rows = if let Scope::Rows(rows) = scope { Some(rows) } else { None };
                whole(&seen, table, rule, select, named, (rows, period))
            }
        })
    }
}

fn row<'r>(
    seen: &Seen<'_>,
    table: &Table,
    rule: &Rule,
    expect: &str,
    named: Vec<&'r str>,
    scope: Scope<'_>,
) -> Statement<'r> {
    let name = quoted(&table.name);
    let (within, parameters) = match scope {
        Scope::Rows(rows) => {
            (format!("{name}._row IN (SELECT value FROM json_each(?1)) AND "), vec![json_rows(rows.iter().copied())])
        }
        Scope::Period(period) if table.periodic => (format!("{name}._period = ?1 AND "), vec![period.to_owned()]),
        Scope::Period(_) | Scope::Table => (String::new(), Vec::new()),
    };
    let view = seen.of_row(table);
    let cells = cells(table, &name, rule, &named);
    let sql = format!("WITH {view} SELECT {name}._row{cells} FROM {name} WHERE {within}NOT (\n{expect}\n)");
    Statement { sql, parameters, named }
}

fn whole<'r>(
    seen: &Seen<'_>,
    table: &Table,
    rule: &Rule,
    select: &str,
    named: Vec<&'r str>,
    (rows, period): (Option<&[i64]>, &str),
) -> Statement<'r> {
    let used = used_tables(seen.edition, select);
    let mut parameters: Vec<String> =
        used.iter().any(|table| table.periodic).then(|| period.to_owned()).into_iter().collect();
    let view = |table: &&Table| {
        let within = if table.periodic { " WHERE +_period = ?1" } else { "" };
        seen.view(table, within, &joined_by(seen.edition, table))
    };
    let views: Vec<String> = used.iter().map(view).collect();
    let with = if views.is_empty() { String::new() } else { format!("WITH {} ", views.join(", ")) };
    let cells = cells(table, "r", rule, &named);
    let mut sql = format!("{with}SELECT r._row{cells}, r.* FROM (\n{select}\n) r");
    if let Some(rows) = rows {
        parameters.push(json_rows(rows.iter().copied()));
        sql += &format!(" WHERE r._row IN (SELECT value FROM json_each(?{}))", parameters.len());
    }
    Statement { sql, parameters, named }
}

/// The cells that a finding shows, as they stand in the book: a look at the record for each that is found. A join would
/// leave SQLite free to begin with the records.
fn cells(table: &Table, from: &str, rule: &Rule, named: &[&str]) -> String {
    let name = quoted(&table.name);
    let cell = |column| format!(", (SELECT t.{} FROM main.{name} t WHERE t._row = {from}._row)", quoted(column));
    shown(rule, named).map(cell).collect()
}

/// The first column, then those that the message names.
fn shown<'a>(rule: &'a Rule, named: &'a [&str]) -> impl Iterator<Item = &'a str> {
    rule.columns.first().map(String::as_str).into_iter().chain(named.iter().copied())
}

/// What a statement reads.
struct Seen<'e> {
    edition: &'e Edition,
    /// Its parts; `None` where it cannot be taken apart, or reads columns without naming them: all count as named then.
    named: Option<Vec<Token<'e>>>,
    /// The names on both sides of each `=` between two names.
    equal: Vec<String>,
}

impl<'e> Seen<'e> {
    fn new(edition: &'e Edition, sql: &'e str) -> Seen<'e> {
        let tokens = tokens(sql).unwrap_or_default();
        let equal = equal_names(&tokens).into_iter().flatten().collect();
        Seen { edition, named: (!tokens.is_empty() && !reads_all(&tokens)).then_some(tokens), equal }
    }

    fn names(&self, column: &str) -> bool {
        self.named.as_ref().is_none_or(|tokens| tokens.iter().any(|token| token.names(column)))
    }

    /// A table's name standing for its records, with placeholders as NULL in the columns that the statement names, but for
    /// `plain` ones. A long expression for each of its columns would make a statement slow to compile.
    ///
    /// SQLite makes an index on the way for a join over a column that has none, but not over an expression: where a select
    /// joins by such a column, the records are read once and kept, and the index is made over what was kept.
    fn view(&self, table: &Table, within: &str, plain: &[&str]) -> String {
        let is_read =
            |field: &Field| self.names(&field.column) && !field.is_system() && !plain.contains(&field.column.as_str());
        let is_joined = |field: &Field| self.equal.iter().any(|name| name.eq_ignore_ascii_case(&field.column));
        let kept = table.fields.iter().any(|field| is_read(field) && is_joined(field));
        self.standing(table, within, kept, is_read)
    }

    /// The same for a condition on single records, which joins nothing.
    fn of_row(&self, table: &Table) -> String {
        self.standing(table, "", false, |field| self.names(&field.column) && !field.is_system())
    }

    fn standing(&self, table: &Table, within: &str, kept: bool, is_read: impl Fn(&Field) -> bool) -> String {
        let name = quoted(&table.name);
        let column = |field: &Field| {
            let name = quoted(&field.column);
            if is_read(field) { format!("{} AS {name}", filled(self.edition, field)) } else { name }
        };
        let own = OWN_COLUMNS.map(str::to_owned).into_iter();
        let fields = table.fields.iter().filter(|field| !kept || self.names(&field.column));
        let columns = own.chain(fields.map(column)).collect::<Vec<_>>().join(", ");
        let how = if kept { "MATERIALIZED" } else { "NOT MATERIALIZED" };
        format!("{name} AS {how} (SELECT {columns} FROM main.{name}{within})")
    }
}

/// The pairs of names that stand around a `=` or an `IS`, each without what names its table; a pair of one and the same record
/// (`a.X = a.Y`) is left out.
fn equal_names(tokens: &[Token<'_>]) -> Vec<[String; 2]> {
    let name = |at: usize| tokens.get(at).and_then(Token::name);
    let dot = |at: usize| tokens.get(at) == Some(&Token::Sign('.'));
    let pair = |at: usize| {
        let left = name(at.checked_sub(1)?)?;
        let of = at.checked_sub(3).filter(|_| dot(at - 2)).and_then(name);
        let (other, right) = if dot(at + 2) { (name(at + 1), name(at + 3)?) } else { (None, name(at + 1)?) };
        (of.is_none() || of != other).then(|| [left.to_owned(), right.to_owned()])
    };
    (0..tokens.len()).filter(|at| tokens[*at] == Token::Sign('=') || tokens[*at].is("IS")).filter_map(pair).collect()
}

/// Columns of a table that selects join by: the first of its natural key, and those that fields of any table refer to.
fn joined_by<'e>(edition: &'e Edition, table: &'e Table) -> Vec<&'e str> {
    let references = edition.tables.iter().flat_map(|t| &t.fields).flat_map(|f| &f.references);
    let referred = references.filter(|reference| reference.table == table.name).map(|r| r.column.as_str());
    table.natural_key.first().map(String::as_str).into_iter().chain(referred).collect()
}

/// The tables that a statement names, and perhaps some that it does not: names made in it look the same.
pub(super) fn used_tables<'e>(edition: &'e Edition, sql: &str) -> Vec<&'e Table> {
    let likely = edition.tables.iter().filter(|table| may_name(sql, &table.name));
    let tokens = tokens(sql).unwrap_or_default();
    likely.filter(|table| tokens.iter().any(|token: &Token<'_>| token.names(&table.name))).collect()
}
