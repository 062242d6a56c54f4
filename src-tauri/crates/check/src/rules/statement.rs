//! The SQL that runs a rule over the book.
//!
//! A row rule becomes a condition on its own table. A select is put in brackets behind a `WITH` in which every name of
//! a table stands for records of the book: the table's own for those of the current period, `year_ODS_X` for those of
//! its school year, `all_ODS_X` for those of every period. Names without a schema mean these. `NOT MATERIALIZED` lets
//! SQLite use the tables and their indexes, and `+_period` prevents it from using the index of ordering keys for a
//! join, which every record of the period would match. A select may read other periods, but its findings are about
//! records of the current one: records of other periods are checked in theirs.
//!
//! A cell that holds a placeholder ([`crate::reading::placeholder`]) is NULL for rules, so that none has to list 无, `-`
//! and the like. The columns that a select joins by, which have an index, stay as they are: a placeholder there is no
//! key of another table, and SQLite cannot look up an expression. What a finding shows is always the text of the cell.

use standard::rule::placeholders;
use standard::{Edition, Field, Rule, RuleBody, RulePart, Table};
use store::Scope;

use super::lexer::{Token, reads_all, tokens};
use super::views::{OWN_COLUMNS, Span, views};
use crate::sql::{filled, json_rows, quoted};

/// A rule's statement. Its answer has `_row`, the value, and the columns of the table that the message names; whatever
/// a select gives stands behind them.
pub(super) struct Statement<'r> {
    /// One SELECT whose parameters are numbered.
    pub sql: String,
    /// Parameters, for `?1` and so on.
    pub parameters: Vec<String>,
    /// The columns of the table that the message names, in the order of the answer.
    pub named: Vec<&'r str>,
}

impl<'r> Statement<'r> {
    /// The statement for a scope; `None` for a table that the edition does not have. A select for some records reads
    /// all of them and returns only those.
    pub fn new(edition: &Edition, rule: &'r Rule, scope: Scope<'_>, period: &str) -> Option<Statement<'r>> {
        let table = edition.table(&rule.table)?;
        let mut named: Vec<&str> = Vec::new();
        for name in rule.messages().flat_map(placeholders).filter(|name| table.field(name).is_some()) {
            if !named.contains(&name) {
                named.push(name);
            }
        }
        let sql = rule.body.sql();
        let seen = Seen::new(edition, &sql);
        Some(match &rule.body {
            RuleBody::Row { expect } => {
                let part = RulePart { column: first(rule).to_owned(), expect: expect.clone(), message: None };
                row(&seen, table, &[part], named, scope)
            }
            RuleBody::Parts { parts } => row(&seen, table, parts, named, scope),
            RuleBody::Select { select } => {
                let rows = if let Scope::Rows(rows) = scope { Some(rows) } else { None };
                whole(&seen, table, rule, select, named, (rows, period))
            }
        })
    }
}

/// Each part is a select of its own, and its number is the last column of the result.
fn row<'r>(seen: &Seen<'_>, table: &Table, parts: &[RulePart], named: Vec<&'r str>, scope: Scope<'_>) -> Statement<'r> {
    let name = quoted(&table.name);
    let (within, parameters) = match scope {
        Scope::Rows(rows) => {
            (format!("{name}._row IN (SELECT value FROM json_each(?1)) AND "), vec![json_rows(rows.iter().copied())])
        }
        Scope::Period(period) if table.period.is_periodic() => {
            (format!("{name}._period = ?1 AND "), vec![table.period.of(period).to_owned()])
        }
        Scope::Period(_) | Scope::Table => (String::new(), Vec::new()),
    };
    let view = seen.of_row(table);
    let select = |(at, part): (usize, &RulePart)| {
        let value = format!("t.{}", quoted(&part.column));
        let cells = cells(table, &name, &value, &named);
        format!("SELECT {name}._row{cells}, {at} FROM {name} WHERE {within}NOT (\n{}\n)", part.expect)
    };
    let selects: Vec<String> = parts.iter().enumerate().map(select).collect();
    let sql = format!("WITH {view} {}", selects.join("\nUNION ALL "));
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
    let mut parameters: Vec<String> = Vec::new();
    let mut bind = |text: &str| {
        let known = parameters.iter().position(|parameter| parameter == text);
        let at = known.unwrap_or_else(|| {
            parameters.push(text.to_owned());
            parameters.len() - 1
        });
        format!("?{}", at + 1)
    };
    let used = views(seen.edition, select);
    let mut entries: Vec<String> = Vec::new();
    for view in &used {
        let within = view.within(period, &mut bind);
        entries.push(seen.view(view.table, &view.name(), &within, &joined_by(seen.edition, view.table)));
    }
    let with = if entries.is_empty() { String::new() } else { format!("WITH {} ", entries.join(", ")) };
    let cells = cells(table, "r", &value_of(rule, select), &named);
    let mut conditions: Vec<String> = Vec::new();
    if let Some(rows) = rows {
        conditions.push(format!("r._row IN (SELECT value FROM json_each({}))", bind(&json_rows(rows.iter().copied()))));
    }
    // Only a name of the table itself that stands for more can bring records of other periods.
    if table.period.is_periodic() && used.iter().any(|view| view.table.name == table.name && view.span != Span::Current)
    {
        let (name, current) = (quoted(&table.name), bind(table.period.of(period)));
        let same = format!("t._row = r._row AND t._period = {current}");
        conditions.push(format!("EXISTS (SELECT 1 FROM main.{name} t WHERE {same})"));
    }
    let mut sql = format!("{with}SELECT r._row{cells}, r.* FROM (\n{select}\n) r");
    if !conditions.is_empty() {
        sql += &format!(" WHERE {}", conditions.join(" AND "));
    }
    Statement { sql, parameters, named }
}

/// The cells that a finding shows, as they stand in the book: read by a subquery for each finding. With a join SQLite
/// might begin with the records and read all of them. `value` is an expression over the record `t`.
fn cells(table: &Table, from: &str, value: &str, named: &[&str]) -> String {
    let name = quoted(&table.name);
    let cell = |value: &str| format!(", (SELECT {value} FROM main.{name} t WHERE t._row = {from}._row)");
    let columns = named.iter().map(|column| cell(&format!("t.{}", quoted(column))));
    std::iter::once(cell(value)).chain(columns).collect()
}

/// The expression for the value at fault of a select: of the record `t` for the result row `r`.
fn value_of(rule: &Rule, select: &str) -> String {
    let plain = |column: &str| format!("t.{}", quoted(column));
    if !points_at_a_column(select) {
        return plain(first(rule));
    }
    let one = |column: &String| format!("WHEN '{column}' THEN {} ", plain(column));
    let each: String = rule.columns.iter().map(one).collect();
    format!("CASE r._column {each}ELSE {} END", plain(first(rule)))
}

/// The column on which findings stand where the rule names no other.
fn first(rule: &Rule) -> &str {
    rule.columns.first().map_or("", String::as_str)
}

/// Whether a select names the column at fault itself.
pub(super) fn points_at_a_column(select: &str) -> bool {
    tokens(select).unwrap_or_default().iter().any(|token| token.names("_column"))
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

    /// A name of a table standing for its records, with placeholders as NULL in the columns that the statement names,
    /// but for `plain` ones. A long expression for each of its columns would make a statement slow to compile.
    ///
    /// SQLite can make a temporary index for a join over a column, but not over an expression. Where a select joins by
    /// such a column, the records are therefore materialised first, and the index is made over the result.
    fn view(&self, table: &Table, name: &str, within: &str, plain: &[&str]) -> String {
        let is_read =
            |field: &Field| self.names(&field.column) && !field.is_system() && !plain.contains(&field.column.as_str());
        let is_joined = |field: &Field| self.equal.iter().any(|name| name.eq_ignore_ascii_case(&field.column));
        let kept = table.fields.iter().any(|field| is_read(field) && is_joined(field));
        self.standing(table, name, within, kept, is_read)
    }

    /// The same for a condition on single records, which joins nothing.
    fn of_row(&self, table: &Table) -> String {
        self.standing(table, &table.name, "", false, |field| self.names(&field.column) && !field.is_system())
    }

    fn standing(
        &self,
        table: &Table,
        name: &str,
        within: &str,
        kept: bool,
        is_read: impl Fn(&Field) -> bool,
    ) -> String {
        let (name, from) = (quoted(name), quoted(&table.name));
        let column = |field: &Field| {
            let name = quoted(&field.column);
            if is_read(field) { format!("{} AS {name}", filled(self.edition, field)) } else { name }
        };
        let own = OWN_COLUMNS.map(str::to_owned).into_iter();
        let fields = table.fields.iter().filter(|field| !kept || self.names(&field.column));
        let columns = own.chain(fields.map(column)).collect::<Vec<_>>().join(", ");
        let how = if kept { "MATERIALIZED" } else { "NOT MATERIALIZED" };
        format!("{name} AS {how} (SELECT {columns} FROM main.{from}{within})")
    }
}

/// The pairs of names that stand around a `=` or an `IS`, each without what names its table; a pair of one and the same
/// record (`a.X = a.Y`) is left out.
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
