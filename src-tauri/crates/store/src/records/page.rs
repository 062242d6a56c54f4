//! Records a page at a time, filtered and sorted: what the grid shows.

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use standard::{Kind, Table};

use crate::records::stored::read;
use crate::records::table_sql::TableSql;
use crate::sql::conditions::{self, Conditions};
use crate::sql::{json_texts, quoted};
use crate::{Book, Record, StoreError};

/// Asks for a page of records.
#[derive(Debug, Clone, Default)]
pub struct PageQuery {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Period; counts in periodic tables only.
    pub period: String,
    /// Filters, all of which hold.
    pub filters: Vec<Filter>,
    /// Order; empty: as entered. Empty cells come last, equal ones as entered; numbers sort as numbers.
    pub sort: Vec<Sort>,
    /// Only records with findings.
    pub only_findings: bool,
    /// Text that some cell contains, whatever the case of its ASCII letters; empty for all.
    pub find: String,
    /// First record.
    pub offset: u64,
    /// At most so many.
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
        /// Values that a cell may have, to the letter.
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
        /// Least value; empty: no least one.
        from: String,
        /// Greatest value; empty: no greatest one.
        to: String,
    },
}

/// Order by one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Sort {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Records that the query finds in all.
    pub total: u64,
    /// The page.
    pub rows: Vec<Record>,
}

impl Book {
    /// The page, and how many records there are, from one snapshot.
    pub fn page(&self, query: &PageQuery) -> Result<Page, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let conditions = query.conditions(table_sql)?;
        let order = order(table_sql, &query.sort)?;
        let found = format!("FROM {} t {}", table_sql.quoted_name, conditions.sql());
        // The inner query walks an index as far as the page; only the page's records are read whole.
        let sql = format!(
            "SELECT {columns} FROM {name} t
             WHERE t._row IN (SELECT t._row {found} ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {order}",
            columns = table_sql.columns,
            name = table_sql.quoted_name
        );
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) {found}"))?
                .query_row(params_from_iter(conditions.params([])), |r| r.get(0))?;
            let params = conditions.params([conditions::rows(query.limit), conditions::rows(query.offset)]);
            let rows = connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(params), |r| Ok(read(table_sql, r)?.record))?
                .collect::<Result<_, _>>()?;
            Ok(Page { total, rows })
        })
    }
}

impl PageQuery {
    pub(super) fn conditions(&self, table_sql: &TableSql) -> Result<Conditions, StoreError> {
        let mut conditions = Conditions::default();
        conditions.and("t._period = ?", [table_sql.period(&self.period).to_owned().into()]);
        for filter in &self.filters {
            filter.add(table_sql, &mut conditions)?;
        }
        if self.only_findings {
            conditions.and(
                "EXISTS (SELECT 1 FROM finding f WHERE f.tbl = ? AND f.row = t._row)",
                [table_sql.name().to_owned().into()],
            );
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
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, finding, insert, step};
    use crate::{RowChange, Scope, Step};
    use standard::Coded;
    use standard::Level;

    const COURSE: &str = "ODS_COURSE";

    fn courses() -> BookFixture {
        let fixture = BookFixture::new();
        let rows = [
            ("10", "语文", "2"),
            ("9", "数学", "10"),
            ("8", "", "2.50"),
            ("50%", "a_b\\c", ""),
            ("7", "English", "2.5"),
            ("", "语文", ""),
        ];
        fixture.apply(
            0,
            &rows.map(|(number, name, credit)| insert(COURSE, &[("KCH", number), ("KCMC", name), ("XF", credit)])),
        );
        fixture
    }

    fn rows(fixture: &BookFixture, query: PageQuery) -> Vec<i64> {
        let query = PageQuery { table: COURSE.into(), period: PERIOD.into(), limit: 100, ..query };
        let page = fixture.page(&query).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|r| r.row).collect()
    }

    #[test]
    fn filters_all_hold() {
        let fixture = courses();
        let check = |filters: &[Filter], expect: &[i64]| {
            assert_eq!(
                rows(&fixture, PageQuery { filters: filters.into(), ..Default::default() }),
                expect,
                "{filters:?}"
            );
        };
        let column = |c: &str| c.to_owned();
        let contains = |c: &str, text: &str| Filter::Contains { column: column(c), text: text.into() };
        let one_of = |c: &str, values: &[&str]| Filter::OneOf {
            column: column(c),
            values: values.iter().map(|v| v.to_string()).collect(),
        };
        check(&[], &[1, 2, 3, 4, 5, 6]);
        check(&[contains("KCMC", "文")], &[1, 6]);
        check(&[contains("KCMC", "ENG")], &[5]);
        check(&[contains("KCH", "%")], &[4]);
        check(&[contains("KCMC", "_")], &[4]);
        check(&[contains("KCMC", "\\")], &[4]);
        check(&[one_of("KCMC", &["语文", "数学"])], &[1, 2, 6]);
        check(&[one_of("KCMC", &["", "数学"])], &[2, 3]);
        check(&[one_of("KCMC", &[])], &[]);
        check(&[Filter::Empty { column: column("KCMC") }], &[3]);
        check(&[Filter::Filled { column: column("XF") }, contains("KCH", "1")], &[1]);
        let between = |c: &str, from: &str, to: &str| Filter::Between {
            column: column(c),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        check(&[between("XF", "2.5", "")], &[2, 3, 5]);
        check(&[between("XF", "2", "9")], &[1, 3, 5]);
        check(&[between("XF", "", "2")], &[1]);
    }

    #[test]
    fn records_sort_with_empty_cells_last() {
        let fixture = courses();
        let check = |sort: &[(&str, bool)], expect: &[i64]| {
            let sort = sort.iter().map(|(c, d)| Sort { column: c.to_string(), descending: *d }).collect();
            assert_eq!(rows(&fixture, PageQuery { sort, ..Default::default() }), expect);
        };
        check(&[("XF", false)], &[1, 5, 3, 2, 4, 6]);
        check(&[("XF", true)], &[2, 3, 5, 1, 4, 6]);
        check(&[("KCH", false)], &[1, 4, 5, 3, 2, 6]);
        check(&[("KCMC", false), ("KCH", true)], &[5, 4, 2, 1, 6, 3]);
    }

    #[test]
    fn find_looks_into_every_cell_that_a_clerk_fills() {
        let fixture = courses();
        let check = |find: &str, expect: &[i64]| {
            assert_eq!(rows(&fixture, PageQuery { find: find.into(), ..Default::default() }), expect);
        };
        check("2.5", &[3, 5]);
        check("语文", &[1, 6]);
        check("0%", &[4]);
        check("english", &[5]);
        check("20260901", &[]);
    }

    #[test]
    fn only_records_with_findings() {
        let fixture = courses();
        let new = [5, 2].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Hint, ""));
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        assert_eq!(rows(&fixture, PageQuery { only_findings: true, ..Default::default() }), [2, 5]);
    }

    #[test]
    fn pages_join_up_and_know_the_total() {
        let fixture = BookFixture::new();
        let all: Vec<RowChange> =
            (0..95).map(|n| insert("ODS_PRACTICE", &[("XH", &format!("{:02}", 94 - n))])).collect();
        fixture.apply(0, &all);
        fixture.apply_step(&Step { period: "2025-2026-2".into(), ..step(1) }, &all);
        for sort in [vec![], vec![Sort { column: "XH".into(), descending: false }]] {
            let mut seen = Vec::new();
            for offset in (0..120).step_by(10) {
                let query = PageQuery {
                    table: "ODS_PRACTICE".into(),
                    period: PERIOD.into(),
                    sort: sort.clone(),
                    offset,
                    limit: 10,
                    ..Default::default()
                };
                let page = fixture.page(&query).unwrap();
                assert_eq!(page.total, 95);
                seen.extend(page.rows.into_iter().map(|r| r.row));
            }
            let mut expect: Vec<i64> = (1..=95).collect();
            if !sort.is_empty() {
                expect.reverse();
            }
            assert_eq!(seen, expect);
        }
    }

    #[test]
    fn columns_that_do_not_exist_are_named() {
        let fixture = courses();
        let ask = |query: PageQuery| fixture.page(&query).unwrap_err().code();
        let table = || PageQuery { table: COURSE.into(), ..Default::default() };
        assert_eq!(ask(PageQuery { table: "ODS_NIX".into(), ..Default::default() }), "book.no-such-table");
        let sort = vec![Sort { column: "1; DROP TABLE head".into(), descending: false }];
        assert_eq!(ask(PageQuery { sort, ..table() }), "book.no-such-column");
        let filters = vec![Filter::Empty { column: "NIX".into() }];
        assert_eq!(ask(PageQuery { filters, ..table() }), "book.no-such-column");
    }
}
