//! Queries of findings: a page of them, and their numbers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};
use standard::field::KEY_COLUMN;
use standard::{Finding, Level};

use crate::findings::periods::{IN_PERIOD, periods};
use crate::findings::selection::Selection;
use crate::findings::wording::words_of;
use crate::numbers::states::EXPLAINED;
use crate::records::table_sql::TableSql;
use crate::sql::column::{LevelNumber, Moment};
use crate::sql::conditions::{self, Conditions};
use crate::sql::{json_numbers, quoted};
use crate::{Book, StoreError};

/// Numbers of findings by level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LevelCounts {
    /// How many are mandatory (强制).
    pub mandatory: u64,
    /// How many are to be confirmed (核实) and not explained yet.
    pub confirm: u64,
    /// How many are hints (提示).
    pub hint: u64,
}

/// Which findings to return.
#[derive(Debug, Clone, Default)]
pub struct FindingQuery {
    /// Only this table.
    pub table: Option<String>,
    /// Only records of this period, and findings of tables that are not periodic.
    pub period: Option<String>,
    /// Only these records; empty for all.
    pub rows: Vec<i64>,
    /// Only this column.
    pub column: Option<String>,
    /// Only this rule.
    pub rule: Option<String>,
    /// Only this level.
    pub level: Option<Level>,
    /// Only this value.
    pub value: Option<String>,
    /// Only those that have this in common, too.
    pub selection: Selection,
    /// How many to leave out before the first one shown; from 0.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// Findings of one page, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingPage {
    /// How many findings the query selects.
    pub total: u64,
    /// The page, by table in printed order, place of the record, column in printed order, level.
    pub findings: Vec<StoredFinding>,
}

/// A finding as the book keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFinding {
    /// Its number; a new check may give it another.
    pub id: i64,
    /// The finding as the check returned it.
    pub finding: Finding,
    /// Record key of the record; empty without one.
    pub key: String,
    /// The clerk's reason, where one is given for this value.
    pub explanation: Option<String>,
    /// Who gave the reason; may be empty. Absent without one.
    pub explained_by: Option<String>,
    /// When the reason was given.
    pub explained_at: Option<Timestamp>,
}

impl Book {
    /// The records of a table of which a rule says something, in ascending order; 0 stands for the table as a whole.
    pub fn rows_with_findings(&self, table: &str, rule: &str) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT DISTINCT row FROM finding WHERE tbl = ?1 AND rule = ?2 ORDER BY row";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_map([table, rule], |r| r.get("row"))?.collect::<Result<_, _>>()?)
        })
    }

    /// The records that a rule finds something in at a column, at most `most`; cheap however many other findings there are.
    pub fn rows_found(&self, table: &str, column: &str, rule: &str, most: u64) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT DISTINCT row FROM finding INDEXED BY finding_group
             WHERE tbl = ?1 AND col = ?2 AND rule = ?3 AND row > 0 LIMIT ?4";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_map((table, column, rule, most), |r| r.get("row"))?.collect::<Result<_, _>>()?)
        })
    }

    /// A page of findings.
    pub fn findings(&self, query: &FindingQuery) -> Result<FindingPage, StoreError> {
        let conditions = query.conditions();
        self.read(|connection| {
            let sql = format!("SELECT f.tbl, count(*) AS found FROM finding f {} GROUP BY f.tbl", conditions.sql());
            let per_table = connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(conditions.params([])), |r| Ok((r.get("tbl")?, r.get("found")?)))?
                .collect::<Result<Vec<(String, u64)>, _>>()?;
            let mut page = FindingPage::default();
            let mut skip = query.offset;
            for table in &self.edition().tables {
                let Some(count) = per_table.iter().find(|(name, _)| *name == table.name).map(|(_, n)| *n) else {
                    continue;
                };
                page.total += count;
                let room = query.limit - page.findings.len() as u64;
                if skip < count && room > 0 {
                    page.findings.extend(of_table(connection, self.table_sql(&table.name)?, query, skip, room)?);
                }
                skip = skip.saturating_sub(count);
            }
            Ok(page)
        })
    }

    /// Numbers of findings of one table or of all, of one period (and of tables without periods) or of all. Confirm
    /// findings that are explained do not count.
    pub fn finding_counts(&self, table: Option<&str>, period: Option<&str>) -> Result<LevelCounts, StoreError> {
        let mut conditions = Conditions::default();
        conditions.and_if("f.tbl = ?", table.map(str::to_owned));
        conditions.and_if(IN_PERIOD, period.map(periods));
        self.read(|connection| counts(connection, &conditions))
    }
}

impl Book {
    /// [`Book::finding_counts`] of every table with findings, by name of the table.
    pub fn finding_counts_by_table(&self, period: Option<&str>) -> Result<BTreeMap<String, LevelCounts>, StoreError> {
        let mut conditions = Conditions::default();
        conditions.and_if(IN_PERIOD, period.map(periods));
        let confirm = LevelNumber::of(Level::Confirm);
        let sql = format!(
            "SELECT f.tbl, f.level, count(*) - coalesce(sum(f.level = {confirm} AND {EXPLAINED}), 0) AS open
             FROM finding f {} GROUP BY f.tbl, f.level",
            conditions.sql()
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(conditions.params([])))?;
            let mut counts: BTreeMap<String, LevelCounts> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                counts.entry(row.get("tbl")?).or_default().set(row.get::<_, LevelNumber>("level")?.0, row.get("open")?);
            }
            Ok(counts)
        })
    }
}

impl LevelCounts {
    fn set(&mut self, level: Level, count: u64) {
        match level {
            Level::Mandatory => self.mandatory = count,
            Level::Confirm => self.confirm = count,
            Level::Hint => self.hint = count,
        }
    }
}

/// Numbers by level; explained confirm findings do not count.
pub(crate) fn counts(connection: &Connection, conditions: &Conditions) -> Result<LevelCounts, StoreError> {
    let confirm = LevelNumber::of(Level::Confirm);
    let sql = format!(
        "SELECT f.level, count(*) - coalesce(sum(f.level = {confirm} AND {EXPLAINED}), 0) AS open
         FROM finding f {} GROUP BY f.level",
        conditions.sql()
    );
    let mut counts = LevelCounts::default();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(conditions.params([])))?;
    while let Some(row) = rows.next()? {
        counts.set(row.get::<_, LevelNumber>("level")?.0, row.get("open")?);
    }
    Ok(counts)
}

impl FindingQuery {
    fn conditions(&self) -> Conditions {
        let mut conditions = self.selection.conditions(self.period.as_deref());
        conditions
            .and_if("f.tbl = ?", self.table.clone())
            .and_if("f.col = ?", self.column.clone())
            .and_if("f.rule = ?", self.rule.clone())
            .and_if("f.level = ?", self.level.map(LevelNumber::of))
            .and_if("f.value = ?", self.value.clone());
        if !self.rows.is_empty() {
            conditions.and("f.row IN (SELECT value FROM json_each(?))", [json_numbers(&self.rows).into()]);
        }
        conditions
    }
}

fn of_table(
    connection: &Connection,
    table_sql: &TableSql,
    query: &FindingQuery,
    offset: u64,
    limit: u64,
) -> Result<Vec<StoredFinding>, StoreError> {
    let mut conditions = query.conditions();
    conditions.and("f.tbl = ?", [table_sql.name().to_owned().into()]);
    let key = if table_sql.key_at.is_some() { format!("t.{}", quoted(KEY_COLUMN)) } else { "NULL".into() };
    let sql = format!(
        "SELECT f.id, f.tbl, f.row, f.col, f.rule, f.level, f.value, f.message, f.words, f.suggestion, {key} AS key,
             coalesce(p.text, e.text, a.text) AS explanation, coalesce(p.who, e.who, a.who) AS explained_by,
             coalesce(p.at, e.at, a.at) AS explained_at
         FROM finding f
         LEFT JOIN {} t ON t._row = f.row
         LEFT JOIN explanation e ON e.tbl = f.tbl AND e.row = f.row AND e.col = f.col AND e.rule = f.rule
             AND e.value = f.value AND (e.said IS NULL OR e.said = coalesce(f.words, f.message))
         LEFT JOIN answer a ON a.tbl = f.tbl AND a.col = f.col AND a.rule = f.rule AND a.code = f.message
             AND f.level = 1 AND f.words IS NOT NULL
         LEFT JOIN repeat p ON p.tbl = f.tbl AND p.row = f.row AND p.holds AND f.rule = 'unique-key'
         {} ORDER BY f.row <> 0, t._period, t._place, f.row, f.col_no, f.level, f.rule LIMIT ? OFFSET ?",
        table_sql.quoted_name,
        conditions.sql()
    );
    let params = conditions.params([conditions::rows(limit), conditions::rows(offset)]);
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(params), read)?.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredFinding> {
    Ok(StoredFinding {
        id: row.get("id")?,
        finding: Finding {
            table: row.get("tbl")?,
            row: Some(row.get("row")?).filter(|row| *row != 0),
            column: Some(row.get("col")?).filter(|column: &String| !column.is_empty()),
            rule: row.get("rule")?,
            level: row.get::<_, LevelNumber>("level")?.0,
            value: row.get("value")?,
            message: words_of(row)?,
            suggestion: row.get("suggestion")?,
        },
        key: row.get::<_, Option<_>>("key")?.unwrap_or_default(),
        explanation: row.get("explanation")?,
        explained_by: row.get("explained_by")?,
        explained_at: row.get::<_, Option<Moment>>("explained_at")?.map(|moment| moment.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{PERIOD, filled, finding, insert, shown, step};
    use crate::{Scope, Step};

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn findings_come_in_the_order_that_a_reader_expects_and_outlive_the_program() {
        let mut fixture = filled();
        let practice = [finding(PRACTICE, Some(1), Some("KCH"), "reference", Level::Confirm, "9")];
        fixture.replace_findings(PRACTICE, Scope::Table, None, practice).unwrap();
        let course = [
            finding(COURSE, Some(2), Some("KCH"), "code", Level::Hint, "b"),
            finding(COURSE, Some(3), Some("XF"), "precision", Level::Mandatory, "1.23"),
            finding(COURSE, Some(3), Some("KCMC"), "required", Level::Mandatory, ""),
            finding(COURSE, None, None, "table", Level::Hint, ""),
            finding(COURSE, Some(99), Some("KCH"), "gone", Level::Hint, ""),
        ];
        assert_eq!(fixture.replace_findings(COURSE, Scope::Table, None, course).unwrap(), 4);
        let all = [
            "ODS_COURSE 0 - table",
            "ODS_COURSE 3 KCMC required",
            "ODS_COURSE 3 XF precision",
            "ODS_COURSE 2 KCH code",
            "ODS_PRACTICE 1 KCH reference",
        ];
        assert_eq!(shown(&fixture, FindingQuery::default()), all);
        fixture.reopen();
        assert_eq!(shown(&fixture, FindingQuery::default()), all);
        for (offset, limit) in [(0, 2), (1, 3), (3, 9), (4, 1), (5, 1), (0, 0)] {
            let page = fixture.findings(&FindingQuery { offset, limit, ..Default::default() }).unwrap();
            let rules: Vec<_> = page.findings.iter().map(|f| f.finding.rule.as_str()).collect();
            let expect: Vec<_> = all.iter().map(|s| s.rsplit(' ').next().unwrap()).collect();
            let (from, to) = ((offset as usize).min(5), ((offset + limit) as usize).min(5));
            assert_eq!((page.total, &rules[..]), (5, &expect[from..to]), "{offset} {limit}");
        }
    }

    #[test]
    fn they_can_be_asked_for() {
        let fixture = filled();
        fixture
            .replace_findings(
                COURSE,
                Scope::Table,
                None,
                [
                    finding(COURSE, Some(1), Some("KCH"), "code", Level::Mandatory, "a"),
                    finding(COURSE, Some(2), Some("KCH"), "length", Level::Confirm, "b"),
                    finding(COURSE, Some(3), Some("XF"), "code", Level::Hint, "c"),
                ],
            )
            .unwrap();
        let check = |query: FindingQuery, expect: &[i64]| {
            let page = fixture.findings(&FindingQuery { limit: 9, ..query }).unwrap();
            let mut rows: Vec<_> = page.findings.iter().filter_map(|f| f.finding.row).collect();
            rows.sort_unstable();
            assert_eq!(rows, expect);
        };
        check(FindingQuery { table: Some(PRACTICE.into()), ..Default::default() }, &[]);
        check(FindingQuery { rows: vec![1, 3], ..Default::default() }, &[1, 3]);
        check(FindingQuery { column: Some("KCH".into()), ..Default::default() }, &[1, 2]);
        check(FindingQuery { rule: Some("code".into()), ..Default::default() }, &[1, 3]);
        check(FindingQuery { level: Some(Level::Confirm), ..Default::default() }, &[2]);
        check(FindingQuery { value: Some("c".into()), ..Default::default() }, &[3]);
        let key = fixture.get(COURSE, 2).unwrap().unwrap().key;
        assert_eq!(
            fixture.findings(&FindingQuery { rows: vec![2], limit: 1, ..Default::default() }).unwrap().findings[0].key,
            key
        );
    }

    #[test]
    fn counts_are_of_a_table_and_a_period() {
        let fixture = filled();
        let other = Step { period: "2025-2026-2".into(), ..step(2) };
        fixture.apply_step(&other, &[insert(PRACTICE, &[("XH", "1")])]);
        let practice = (1..=2).map(|row| finding(PRACTICE, Some(row), None, "code", Level::Mandatory, ""));
        fixture.replace_findings(PRACTICE, Scope::Table, None, practice).unwrap();
        fixture
            .replace_findings(COURSE, Scope::Table, None, [finding(COURSE, Some(1), None, "x", Level::Hint, "")])
            .unwrap();
        let check = |table, period, expect: (u64, u64, u64)| {
            let LevelCounts { mandatory, confirm, hint } = fixture.finding_counts(table, period).unwrap();
            assert_eq!((mandatory, confirm, hint), expect);
        };
        check(None, None, (2, 0, 1));
        check(None, Some(PERIOD), (1, 0, 1));
        check(Some(PRACTICE), None, (2, 0, 0));
        check(Some(PRACTICE), Some("2024-2025-1"), (0, 0, 0));
        for period in [None, Some(PERIOD), Some("2024-2025-1")] {
            let counts = fixture.finding_counts_by_table(period).unwrap();
            for table in [COURSE, PRACTICE] {
                let of_table = counts.get(table).copied().unwrap_or_default();
                assert_eq!(of_table, fixture.finding_counts(Some(table), period).unwrap());
            }
        }
    }
}
