//! Records a page at a time, filtered and sorted: what the grid shows.

use rusqlite::Connection;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use standard::{Kind, Level, Table};

use crate::book::watch::SEEN;
use crate::numbers::arranged::ViewOrder;
use crate::numbers::kept::basis;
use crate::numbers::sequence::Sequence;
use crate::numbers::states::{RowState, in_states};
use crate::records::stored::{read, records};
use crate::records::table_sql::TableSql;
use crate::sql::column::LevelNumber;
use crate::sql::conditions::{self, Conditions};
use crate::sql::{json_texts, quoted};
use crate::tables::tally::{self, Tally, What};
use crate::{Book, Record, StoreError};

/// A page that begins before this position is read by skipping records, without an order in memory.
const NEAR: usize = 2_000;

/// Which records to return, and in which order.
#[derive(Debug, Clone, Default)]
pub struct PageQuery {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Period; counts in periodic tables only.
    pub period: String,
    /// Filters, all of which hold.
    pub filters: Vec<Filter>,
    /// The order; empty: as entered. Empty cells come last, equal ones in the order of entry; numbers sort as numbers.
    pub sort: Vec<Sort>,
    /// Only records with findings.
    pub only_findings: bool,
    /// Only records with findings of this rule.
    pub rule: Option<String>,
    /// Only records with findings of this level.
    pub level: Option<Level>,
    /// Only records in these states towards [`PageQuery::connection`]; empty for all.
    pub states: Vec<RowState>,
    /// The connection that states count towards.
    pub connection: String,
    /// Text that some cell contains, whatever the case of its ASCII letters; empty for all.
    pub find: String,
    /// The order of the view that an earlier page was of ([`Page::order`]): its records stay where they were, whatever
    /// has changed since. Absent, or where it is no longer in memory: as the book is now.
    pub order: Option<u64>,
    /// How many records to leave out before the first one of the page.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// A filter on one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "op")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Filter {
    /// The cell contains this text, whatever the case of its ASCII letters.
    Contains {
        /// Name of the column in the standard, such as `XH`.
        column: String,
        /// Text to look for, anywhere in the cell.
        text: String,
    },
    /// The cell is one of these values; `""` stands for an empty cell.
    OneOf {
        /// Name of the column in the standard, such as `XH`.
        column: String,
        /// Values that a cell may have; upper and lower case differ.
        values: Vec<String>,
    },
    /// The cell is empty.
    Empty {
        /// Name of the column in the standard, such as `XH`.
        column: String,
    },
    /// The cell is not empty.
    Filled {
        /// Name of the column in the standard, such as `XH`.
        column: String,
    },
    /// The cell is filled and lies between two values, both included: by number in columns of numbers, else by text, as
    /// dates are.
    Between {
        /// Name of the column in the standard, such as `XH`.
        column: String,
        /// The smallest value; empty: no limit.
        from: String,
        /// The largest value; empty: no limit.
        to: String,
    },
}

/// Order by one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Sort {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Whether the largest value comes first.
    pub descending: bool,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Records that the query finds in all.
    pub total: u64,
    /// The page.
    pub rows: Vec<Record>,
    /// Number of the order that the page is of, in a view that is arranged.
    pub order: Option<u64>,
}

impl Book {
    /// The page, and how many records there are, from one snapshot; of a view that is arranged, from the order that the
    /// query names.
    pub fn page(&self, query: &PageQuery) -> Result<Page, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let (offset, limit) = (query.offset as usize, query.limit as usize);
        if query.is_arranged() {
            let ViewOrder { number, rows: all, .. } = self.view_order(query)?;
            let shown: Vec<i64> = all.iter().skip(offset).take(limit).copied().collect();
            let rows = self.read(|connection| records(connection, table_sql, &shown))?;
            return Ok(Page { total: all.len() as u64, rows, order: Some(number) });
        }
        let period = table_sql.period(&query.period);
        let near = offset.saturating_add(limit) <= NEAR && self.sequences().get(table_sql.name(), period).is_none();
        if !near {
            let page = |sequence: &Sequence, connection: &Connection| {
                let rows = records(connection, table_sql, &sequence.rows(offset, limit))?;
                Ok(Page { total: sequence.len() as u64, rows, order: None })
            };
            if let Some(page) = self.with_sequence(table_sql, period, page)? {
                return Ok(page);
            }
        }
        self.page_by_walking(table_sql, query)
    }

    /// A page near the beginning of all records, which needs no order in memory.
    fn page_by_walking(&self, table_sql: &TableSql, query: &PageQuery) -> Result<Page, StoreError> {
        let period = table_sql.period(&query.period).to_owned();
        // The inner query reads only an index up to the page; only the page's records are read completely.
        let sql = format!(
            "SELECT {columns} FROM {name} t
             WHERE t._row IN (SELECT _row FROM {name} WHERE _period = ?1 ORDER BY _place, _row LIMIT ?2 OFFSET ?3)
             ORDER BY t._place, t._row",
            columns = table_sql.columns,
            name = table_sql.quoted_name
        );
        let findings = Tally { table: query.table.clone(), period, what: What::Findings, connection: String::new() };
        self.read(|connection| {
            let kept = tally::get(connection, &findings, &basis(table_sql))?;
            let total = match kept.and_then(|numbers| u64::try_from(*numbers.first()?).ok()) {
                Some(total) => total,
                None => {
                    let sql = format!("SELECT count(*) FROM {} WHERE _period = ?1", table_sql.quoted_name);
                    connection.prepare_cached(&sql)?.query_row([&findings.period], |r| r.get(0))?
                }
            };
            let page = (&findings.period, conditions::rows(query.limit), conditions::rows(query.offset));
            let rows = connection
                .prepare_cached(&sql)?
                .query_map(page, |r| Ok(read(table_sql, r)?.record))?
                .collect::<Result<_, _>>()?;
            Ok(Page { total, rows, order: None })
        })
    }
}

impl PageQuery {
    /// Whether records are left out or stand in another order than entered.
    pub fn is_arranged(&self) -> bool {
        let everything = self.filters.is_empty() && self.find.is_empty() && self.states.is_empty();
        !(everything && self.sort.is_empty() && !self.asks_for_findings())
    }

    fn asks_for_findings(&self) -> bool {
        self.only_findings || self.rule.is_some() || self.level.is_some()
    }

    /// Which records in which order, as a text: the same for every page.
    pub(super) fn view(&self) -> String {
        format!("{:?}", PageQuery { order: None, offset: 0, limit: 0, ..self.clone() })
    }

    pub(super) fn conditions(&self, table_sql: &TableSql) -> Result<Conditions, StoreError> {
        let mut conditions = Conditions::default();
        conditions.and("t._period = ?", [table_sql.period(&self.period).to_owned().into()]);
        conditions.and(SEEN, []);
        for filter in &self.filters {
            filter.add(table_sql, &mut conditions)?;
        }
        if self.asks_for_findings() {
            let mut clause = "EXISTS (SELECT 1 FROM finding f WHERE f.tbl = ? AND f.row = t._row".to_owned();
            let mut params = vec![Value::from(table_sql.name().to_owned())];
            if let Some(rule) = &self.rule {
                clause.push_str(" AND f.rule = ?");
                params.push(rule.clone().into());
            }
            if let Some(level) = self.level {
                clause.push_str(" AND f.level = ?");
                params.push(LevelNumber::of(level).into());
            }
            conditions.and(&format!("{clause})"), params);
        }
        if !self.states.is_empty() {
            let (clause, params) = in_states(table_sql.name(), &self.connection, &self.states);
            conditions.and(clause, params);
        }
        if !self.find.is_empty() {
            let columns: Vec<String> = filled_columns(table_sql.table()).collect();
            let any: Vec<String> = columns.iter().map(|c| format!("t.{c} LIKE ? ESCAPE '\\'")).collect();
            let pattern = Value::from(like(&self.find));
            conditions.and(&format!("({})", any.join(" OR ")), columns.iter().map(|_| pattern.clone()));
        }
        Ok(conditions)
    }
}

impl Filter {
    fn add(&self, table_sql: &TableSql, conditions: &mut Conditions) -> Result<(), StoreError> {
        match self {
            Filter::Contains { column, text } => {
                let column = table_sql.column(column)?;
                conditions.and(&format!("t.{column} LIKE ? ESCAPE '\\'"), [like(text).into()]);
            }
            Filter::OneOf { column, values } => {
                let column = table_sql.column(column)?;
                let one_of = format!("coalesce(t.{column}, '') IN (SELECT value FROM json_each(?))");
                conditions.and(&one_of, [json_texts(values).into()]);
            }
            Filter::Empty { column } => {
                conditions.and(&format!("t.{} IS NULL", table_sql.column(column)?), []);
            }
            Filter::Filled { column } => {
                conditions.and(&format!("t.{} IS NOT NULL", table_sql.column(column)?), []);
            }
            Filter::Between { column, from, to } => {
                let field = &table_sql.table().fields[table_sql.position(column)?];
                let number = matches!(field.kind, Kind::Integer | Kind::Decimal);
                let name = table_sql.column(column)?;
                let value = |text: &str| if number { format!("CAST({text} AS NUMERIC)") } else { text.to_owned() };
                conditions.and(&format!("t.{name} IS NOT NULL"), []);
                for (bound, sign) in [(from, ">="), (to, "<=")] {
                    if !bound.is_empty() {
                        let clause = format!("{} {sign} {}", value(&format!("t.{name}")), value("?"));
                        conditions.and(&clause, [bound.clone().into()]);
                    }
                }
            }
        }
        Ok(())
    }
}

pub(super) fn order(table_sql: &TableSql, sort: &[Sort]) -> Result<String, StoreError> {
    let mut order = String::new();
    for Sort { column, descending } in sort {
        let field = &table_sql.table().fields[table_sql.position(column)?];
        let (name, direction) = (quoted(column), if *descending { " DESC" } else { "" });
        order.push_str(&format!("t.{name} IS NULL, "));
        if matches!(field.kind, Kind::Integer | Kind::Decimal) {
            order.push_str(&format!("CAST(t.{name} AS NUMERIC){direction}, "));
        }
        order.push_str(&format!("t.{name}{direction}, "));
    }
    order.push_str("t._place, t._row");
    Ok(order)
}

/// Columns that a clerk fills, quoted.
pub(super) fn filled_columns(table: &Table) -> impl Iterator<Item = String> {
    table.filled_fields().map(|f| quoted(&f.column))
}

/// A LIKE pattern for "contains", with `\` before the letters that LIKE gives a meaning to.
pub(super) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests;
