//! The names under which a select sees a table: the table's own for its records of the current period, with `year_` before
//! it for those of the school year, with `all_` for those of every period.

use standard::{Edition, Table};

use super::lexer::{Token, may_name, tokens};

/// The columns of a table that rules see besides those of the standard.
pub(super) const OWN_COLUMNS: [&str; 3] = ["_row", "_period", "_natural"];

/// Which periods of a table a name stands for, from few to many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Span {
    /// The current period.
    Current,
    /// The school year of the current period.
    Year,
    /// Every period.
    All,
}

impl Span {
    /// All of them, from few periods to many.
    pub const EACH: [Span; 3] = [Span::Current, Span::Year, Span::All];

    /// The name of a table for this span.
    pub fn name(self, table: &str) -> String {
        let prefix = match self {
            Span::Current => "",
            Span::Year => "year_",
            Span::All => "all_",
        };
        format!("{prefix}{table}")
    }

    /// Whether records of `other` are among those that a rule sees which runs for `period`.
    pub fn holds(self, table: &Table, period: &str, other: &str) -> bool {
        match self {
            _ if !table.periodic => true,
            Span::Current => other == period,
            Span::Year => school_year(other) == school_year(period),
            Span::All => true,
        }
    }
}

/// A table under one of its names.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'e> {
    pub table: &'e Table,
    pub span: Span,
}

impl View<'_> {
    /// The name that stands in the statement.
    pub fn name(&self) -> String {
        self.span.name(&self.table.name)
    }

    /// The condition (with its ` WHERE `) that keeps to the periods; empty where there is none to keep to. `bind` takes a
    /// text and answers its placeholder.
    pub fn within(&self, period: &str, bind: &mut dyn FnMut(&str) -> String) -> String {
        match self.span {
            Span::Current if self.table.periodic => format!(" WHERE +_period = {}", bind(period)),
            Span::Year if self.table.periodic => {
                // A term and its school year begin with the same nine characters.
                format!(" WHERE substr(_period, 1, 9) = {}", bind(school_year(period)))
            }
            Span::Current | Span::Year | Span::All => String::new(),
        }
    }
}

/// The views that a statement names, and perhaps some that it does not: names made in it look the same.
pub(super) fn views<'e>(edition: &'e Edition, sql: &str) -> Vec<View<'e>> {
    let likely: Vec<&Table> = edition.tables.iter().filter(|table| may_name(sql, &table.name)).collect();
    let tokens = if likely.is_empty() { Vec::new() } else { tokens(sql).unwrap_or_default() };
    let named = |view: &View<'_>| names(&tokens, &view.name());
    likely.into_iter().flat_map(|table| Span::EACH.map(|span| View { table, span })).filter(named).collect()
}

/// The tables of these views, each once.
pub(super) fn used_tables<'e>(edition: &'e Edition, sql: &str) -> Vec<&'e Table> {
    let mut tables: Vec<&Table> = views(edition, sql).into_iter().map(|view| view.table).collect();
    tables.dedup_by_key(|table| table.no);
    tables
}

/// The most periods of a table that a statement sees; `None` where it does not name the table.
pub(super) fn widest(tokens: &[Token<'_>], table: &str) -> Option<Span> {
    Span::EACH.into_iter().rev().find(|span| names(tokens, &span.name(table)))
}

fn names(tokens: &[Token<'_>], name: &str) -> bool {
    tokens.iter().any(|token| token.names(name))
}

/// The two years of a term `2026-2027-1`; other periods are their own year.
fn school_year(period: &str) -> &str {
    match period.as_bytes() {
        [.., b'-', b'1' | b'2'] if period.len() == 11 && period.is_ascii() => &period[..9],
        _ => period,
    }
}
