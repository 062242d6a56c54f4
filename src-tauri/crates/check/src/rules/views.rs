//! The names under which a select sees a table: the table's own for its records of the current period, with `year_`
//! before it for those of the school year, with `all_` for those of every period.

use standard::period::school_year;
use standard::{Edition, PeriodKind, Table};

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
            _ if !table.period.is_periodic() => true,
            Span::Current => other == table.period.of(period),
            Span::Year => is_in_year(table.period, other, period),
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

    /// The condition (with its ` WHERE `) that restricts the periods; empty if all periods are read. `bind` takes a
    /// text and returns its placeholder.
    pub fn within(&self, period: &str, bind: &mut dyn FnMut(&str) -> String) -> String {
        let kind = self.table.period;
        match self.span {
            Span::All => String::new(),
            _ if !kind.is_periodic() => String::new(),
            Span::Current => format!(" WHERE +_period = {}", bind(kind.of(period))),
            Span::Year if kind == PeriodKind::CalendarYear => {
                let [first, second] = calendar_years(period);
                format!(" WHERE +_period IN ({}, {})", bind(first), bind(second))
            }
            // A term and its school year begin with the same nine characters.
            Span::Year => format!(" WHERE substr(_period, 1, 9) = {}", bind(school_year(period))),
        }
    }
}

/// Whether a period of a table lies in the school year of `period`.
fn is_in_year(kind: PeriodKind, other: &str, period: &str) -> bool {
    match kind {
        PeriodKind::CalendarYear => calendar_years(period).contains(&other),
        _ => school_year(other) == school_year(period),
    }
}

/// The calendar years that a school year touches.
fn calendar_years(period: &str) -> [&str; 2] {
    let year = school_year(period);
    [year.get(..4).unwrap_or(year), year.get(5..9).unwrap_or(year)]
}

/// The views that a statement names, and possibly more: a name that the statement itself defines cannot be
/// distinguished.
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
