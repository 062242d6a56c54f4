//! Findings in groups by what they have in common. They are corrected and explained together.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};
use standard::{Level, Words};

use crate::findings::periods::periods;
use crate::findings::query::counts;
use crate::findings::selection::{CODE, IMPORTED, Selection, open};
use crate::findings::wording::words_of;
use crate::sql::column::LevelNumber;
use crate::sql::conditions::{self, Conditions};
use crate::{Book, LevelCounts, StoreError};

/// What the findings of one group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Grouping {
    /// Table, column, rule and value: equal findings.
    #[default]
    Value,
    /// Table, column, rule and words: whatever the values are.
    Cause,
    /// Rule and value, in whatever tables: one number that is missing, one code that is not in the list.
    Shared,
    /// The import that wrote the records.
    Import,
    /// One group for each table.
    Table,
    /// The department that fills the table.
    Department,
    /// The rule, in whatever tables.
    Rule,
    /// Mandatory, to be confirmed, hints.
    Level,
}

/// Which groups to return.
#[derive(Debug, Clone, Default)]
pub struct GroupQuery {
    /// What distinguishes the groups.
    pub by: Grouping,
    /// Only findings that have this in common already.
    pub within: Selection,
    /// Only records of this period, and findings of tables that are not periodic.
    pub period: Option<String>,
    /// The tables of each department, for groups by department.
    pub departments: Vec<Vec<String>>,
    /// How many groups to leave out before the first one shown; from 0.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// A page of groups of findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingGroups {
    /// How many groups there are.
    pub total: u64,
    /// The groups: those with open findings before those without, mandatory before others, the largest first.
    pub groups: Vec<FindingGroup>,
    /// Numbers of the findings that the query selects, whatever their level.
    pub counts: LevelCounts,
    /// How many findings each table has that the query selects, whatever its tables and level: its name and the number.
    pub tables: Vec<(String, u64)>,
}

/// Findings that have something in common. Table, column, rule and value are those of the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingGroup {
    /// What they have in common, together with what was asked for: it selects these findings and no others.
    pub selection: Selection,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// The worst level among them.
    pub level: Level,
    /// The value of the first one.
    pub value: String,
    /// Words of the first one.
    pub message: Words,
    /// The suggestion, where all have the same.
    pub suggestion: Option<String>,
    /// How many findings are in the group.
    pub count: u64,
    /// How many of them have a suggestion.
    pub suggested: u64,
    /// How many different values they have.
    pub values: u64,
    /// In how many tables they are.
    pub tables: u64,
    /// How many rules found them.
    pub rules: u64,
    /// Number of the record of the first of them; absent for a finding about the whole table.
    pub first_row: Option<i64>,
    /// How many are explained.
    pub explained: u64,
    /// The reason that was given for the first of them.
    pub explanation: Option<String>,
}

/// The parts of a selection that distinguish groups, as SQL on the finding `f`; NULL for those that do not.
struct Parts {
    department: &'static str,
    table: &'static str,
    column: &'static str,
    rule: &'static str,
    code: &'static str,
    value: &'static str,
    level: &'static str,
    step: &'static str,
}

/// The reason given for the finding `m`; NULL without one.
const EXPLANATION: &str = "coalesce(
    (SELECT p.text FROM repeat p WHERE p.tbl = m.tbl AND p.row = m.row AND p.holds AND m.rule = 'unique-key'),
    (SELECT e.text FROM explanation e WHERE e.tbl = m.tbl AND e.row = m.row AND e.col = m.col AND e.rule = m.rule
        AND e.value = m.value AND (e.said IS NULL OR e.said = coalesce(m.words, m.message))),
    (SELECT a.text FROM answer a WHERE a.tbl = m.tbl AND a.col = m.col AND a.rule = m.rule AND a.code = m.message
        AND m.words IS NOT NULL))";

impl Grouping {
    fn parts(self) -> Parts {
        const NONE: &str = "NULL";
        let none = Parts {
            department: NONE,
            table: NONE,
            column: NONE,
            rule: NONE,
            code: NONE,
            value: NONE,
            level: NONE,
            step: NONE,
        };
        match self {
            Grouping::Department => Parts { department: "d.no", ..none },
            Grouping::Value => Parts { table: "f.tbl", column: "f.col", rule: "f.rule", value: "f.value", ..none },
            Grouping::Cause => Parts { table: "f.tbl", column: "f.col", rule: "f.rule", code: CODE, ..none },
            // Empty cells of different columns have nothing in common.
            Grouping::Shared => Parts {
                rule: "f.rule",
                value: "f.value",
                table: "CASE f.value WHEN '' THEN f.tbl END",
                column: "CASE f.value WHEN '' THEN f.col END",
                ..none
            },
            Grouping::Import => Parts { step: IMPORTED, ..none },
            Grouping::Table => Parts { table: "f.tbl", ..none },
            Grouping::Rule => Parts { rule: "f.rule", ..none },
            Grouping::Level => Parts { level: "f.level", ..none },
        }
    }
}

impl Parts {
    /// Each part with the name that its column has in a row of groups.
    fn sql(&self) -> [(&'static str, &'static str); 8] {
        [
            ("g_department", self.department),
            ("g_tbl", self.table),
            ("g_col", self.column),
            ("g_rule", self.rule),
            ("g_code", self.code),
            ("g_value", self.value),
            ("g_level", self.level),
            ("g_step", self.step),
        ]
    }
}

impl GroupQuery {
    /// The findings `f`, with their department `d` where that is asked for, and the parameter of it.
    fn from(&self) -> (&'static str, Option<Value>) {
        if self.by != Grouping::Department {
            return ("finding f", None);
        }
        let from =
            "finding f LEFT JOIN (SELECT d.key AS no, t.value AS tbl FROM json_each(?) d, json_each(d.value) t) d
             ON d.tbl = f.tbl";
        (from, Some(serde_json::Value::from(self.departments.clone()).to_string().into()))
    }
}

impl Book {
    /// A page of groups of findings, and how many there are.
    pub fn finding_groups(&self, query: &GroupQuery) -> Result<FindingGroups, StoreError> {
        let conditions = query.within.conditions(query.period.as_deref());
        let (from, departments) = query.from();
        let keys = query.by.parts().sql();
        let grouped = format!("FROM {from} {} GROUP BY {}", conditions.sql(), keys.map(|(_, sql)| sql).join(", "));
        let named = keys.map(|(name, sql)| format!("{sql} AS {name}")).join(", ");
        let open = open();
        let sql = format!(
            "SELECT {named}, min(f.level) AS worst, count(*) AS found,
                 min(CASE WHEN {open} THEN f.level ELSE 9 END) AS worst_open, count(*) - sum({open}) AS explained,
                 count(f.suggestion) AS suggested, count(DISTINCT f.value) AS vals, count(DISTINCT f.tbl) AS tbls,
                 count(DISTINCT f.rule) AS rules,
                 CASE WHEN count(f.suggestion) = count(*) AND min(f.suggestion) = max(f.suggestion)
                     THEN min(f.suggestion) END AS suggestion,
                 min(f.id) AS first {grouped}"
        );
        // The message is that of the first finding; it is read only for the groups that are returned.
        let order = |of: &str| {
            let keys = keys.map(|(name, _)| format!("{of}{name}")).join(", ");
            format!("{of}worst_open, {of}worst, {of}found DESC, {keys}")
        };
        let sql = format!(
            "SELECT g.*, m.tbl, m.col, m.rule, m.value, m.message, m.words, nullif(m.row, 0) AS first_row, {EXPLANATION} AS explanation
             FROM ({sql} ORDER BY {} LIMIT ? OFFSET ?) g JOIN finding m ON m.id = g.first ORDER BY {}",
            order(""),
            order("g.")
        );
        let whatever = Selection { level: None, ..query.within.clone() };
        let params = |more: &[Value]| {
            let all = departments.iter().cloned().chain(conditions.params(more.iter().cloned()));
            params_from_iter(all.collect::<Vec<_>>())
        };
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 {grouped})"))?
                .query_row(params(&[]), |r| r.get(0))?;
            let page = [conditions::rows(query.limit), conditions::rows(query.offset)];
            let groups = connection
                .prepare_cached(&sql)?
                .query_map(params(&page), |row| read(row, query))?
                .collect::<Result<_, _>>()?;
            let counts = counts(connection, &whatever.conditions(query.period.as_deref()))?;
            let tables = Selection { tables: Vec::new(), ..whatever };
            let tables = by_table(connection, &tables.conditions(query.period.as_deref()))?;
            Ok(FindingGroups { total, groups, counts, tables })
        })
    }

    /// The records of one group, in the order of the grid.
    pub fn group_rows(
        &self,
        table: &str,
        period: Option<&str>,
        column: Option<&str>,
        rule: &str,
        value: &str,
    ) -> Result<Vec<i64>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT f.row FROM finding f JOIN {} t ON t._row = f.row
             WHERE f.tbl = ?1 AND f.col = ?2 AND f.rule = ?3 AND f.value = ?4 AND (?5 IS NULL OR f.period = '' OR f.period IN (SELECT value FROM json_each(?5)))
             ORDER BY t._period, t._place, t._row",
            table_sql.quoted_name
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows =
                statement.query_map((table, column.unwrap_or(""), rule, value, period.map(periods)), |r| r.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn by_table(connection: &Connection, conditions: &Conditions) -> Result<Vec<(String, u64)>, StoreError> {
    let sql =
        format!("SELECT f.tbl, count(*) AS found FROM finding f {} GROUP BY f.tbl ORDER BY f.tbl", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    let counts =
        statement.query_map(params_from_iter(conditions.params([])), |r| Ok((r.get("tbl")?, r.get("found")?)))?;
    Ok(counts.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>, query: &GroupQuery) -> rusqlite::Result<FindingGroup> {
    let within = &query.within;
    let table: Option<String> = row.get("g_tbl")?;
    let department: Option<usize> = row.get("g_department")?;
    let of_department = department.and_then(|no| query.departments.get(no)).cloned();
    let level: Option<Value> = row.get("g_level")?;
    let worst = row.get::<_, LevelNumber>("worst")?.0;
    Ok(FindingGroup {
        selection: Selection {
            tables: table.map(|table| vec![table]).or(of_department).unwrap_or_else(|| within.tables.clone()),
            column: row.get::<_, Option<_>>("g_col")?.or_else(|| within.column.clone()),
            rule: row.get::<_, Option<_>>("g_rule")?.or_else(|| within.rule.clone()),
            code: row.get::<_, Option<_>>("g_code")?.or_else(|| within.code.clone()),
            value: row.get::<_, Option<_>>("g_value")?.or_else(|| within.value.clone()),
            // All findings of a group by level have the worst one.
            level: level.map(|_| worst).or(within.level),
            step: row.get::<_, Option<_>>("g_step")?.or(within.step),
            open: within.open,
        },
        table: row.get("tbl")?,
        column: Some(row.get("col")?).filter(|column: &String| !column.is_empty()),
        rule: row.get("rule")?,
        level: worst,
        value: row.get("value")?,
        count: row.get("found")?,
        explained: row.get("explained")?,
        explanation: row.get("explanation")?,
        suggested: row.get("suggested")?,
        values: row.get("vals")?,
        tables: row.get("tbls")?,
        rules: row.get("rules")?,
        suggestion: row.get("suggestion")?,
        first_row: row.get("first_row")?,
        message: words_of(row)?,
    })
}

#[cfg(test)]
mod tests;
