//! Findings in groups by what they have in common. They are corrected and explained together.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};
use standard::{Level, Words};

use crate::findings::periods::periods;
use crate::findings::query::counts;
use crate::findings::selection::{CODE, IMPORTED, Selection, open};
use crate::sql::column::LevelNumber;
use crate::sql::conditions::{self, Conditions};
use crate::tables::finding::words_of;
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
    /// The table.
    Table,
    /// The department that fills the table.
    Department,
    /// The rule, in whatever tables.
    Rule,
    /// The level.
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
            "SELECT g.*, m.tbl, m.col, m.rule, m.value, m.message, m.words, nullif(m.row, 0) AS first_row
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
mod tests {
    use super::*;
    use crate::Scope;
    use crate::fixture::{BookFixture, PERIOD, finding, insert, insert_after};

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn equal_findings_are_one_group() {
        let fixture = BookFixture::new();
        let rows: Vec<_> = (0..5).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
        fixture.apply(0, &rows);
        fixture.apply(1, &[insert_after(COURSE, &[("KCH", "x")], Some(1))]);
        let mut new: Vec<_> =
            [1, 6, 3].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Confirm, "b")).into();
        new.push(finding(COURSE, Some(4), Some("XF"), "code", Level::Confirm, "c"));
        new.push(finding(COURSE, Some(5), Some("KCH"), "code", Level::Mandatory, "b"));
        new.push(finding(COURSE, None, None, "table", Level::Hint, ""));
        for finding in &mut new[..3] {
            finding.suggestion = Some("2".into());
        }
        new[3].suggestion = Some("2".into());
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        let found = fixture.finding_groups(&GroupQuery { limit: 3, ..Default::default() }).unwrap();
        assert_eq!((found.total, found.counts.mandatory, found.counts.confirm, found.counts.hint), (4, 1, 4, 1));
        let shown: Vec<_> = found
            .groups
            .iter()
            .map(|g| (g.column.as_deref(), g.value.as_str(), g.count, g.first_row, g.suggestion.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                (Some("KCH"), "b", 1, Some(5), None),
                (Some("XF"), "b", 3, Some(1), Some("2")),
                (Some("XF"), "c", 1, Some(4), Some("2")),
            ]
        );
        assert_eq!(fixture.group_rows(COURSE, Some(PERIOD), Some("XF"), "code", "b").unwrap(), [1, 6, 3]);
    }

    #[test]
    fn suggestions_that_differ_are_none() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
        let mut new = [1, 2].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Hint, "b"));
        new[0].suggestion = Some("1".into());
        fixture.replace_findings(COURSE, Scope::Table, None, new.clone()).unwrap();
        let suggestion = || {
            fixture.finding_groups(&GroupQuery { limit: 1, ..Default::default() }).unwrap().groups.remove(0).suggestion
        };
        assert_eq!(suggestion(), None);
        new[1].suggestion = Some("2".into());
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        assert_eq!(suggestion(), None);
    }

    /// Finding number `no` of many: three causes in two tables, a hundred values, every seventh with a suggestion.
    fn of_many(no: i64) -> standard::Finding {
        let (table, column, rule, level) = match no % 10 {
            0 => (PRACTICE, "XH", "reference", Level::Confirm),
            1..=5 => (COURSE, "XF", "number", Level::Mandatory),
            _ => (COURSE, "KCMC", "length", Level::Hint),
        };
        let new = finding(table, Some(no / 10 + 1), Some(column), rule, level, &(no % 100).to_string());
        standard::Finding { suggestion: (no % 7 == 0).then(|| "1".into()), row: Some(no % 5_000 + 1), ..new }
    }

    #[test]
    fn fifty_thousand_findings_are_counted_exactly_and_read_in_pages() {
        let fixture = BookFixture::new();
        for table in [COURSE, PRACTICE] {
            let rows: Vec<_> = (0..5_000).map(|n: i64| insert(table, &[("KCH", &n.to_string())])).collect();
            fixture.apply(0, &rows);
        }
        // One finding for each address; rules are numbered so that 50,000 addresses differ.
        let all: Vec<standard::Finding> = (0..50_000)
            .map(|no| {
                let found = of_many(no);
                standard::Finding { rule: format!("{}.{}", found.rule, no / 5_000), ..found }
            })
            .collect();
        for table in [COURSE, PRACTICE] {
            let of_table = all.iter().filter(|finding| finding.table == table).cloned();
            fixture.replace_findings(table, Scope::Table, None, of_table).unwrap();
        }
        let ask = |by, within: &Selection, offset, limit| {
            let period = Some(PERIOD.to_owned());
            let query = GroupQuery { by, within: within.clone(), period, offset, limit, ..GroupQuery::default() };
            fixture.finding_groups(&query).unwrap()
        };
        let whole = Selection::default();
        let causes = ask(Grouping::Cause, &whole, 0, 1_000);
        assert_eq!((causes.total, causes.groups.len()), (30, 30), "ten rules of three kinds");
        assert_eq!((causes.counts.mandatory, causes.counts.confirm, causes.counts.hint), (25_000, 5_000, 20_000));
        assert_eq!(causes.tables, [(COURSE.to_owned(), 45_000), (PRACTICE.to_owned(), 5_000)]);
        assert_eq!(causes.groups.iter().map(|group| group.count).sum::<u64>(), 50_000);
        assert_eq!(causes.groups[0].level, Level::Mandatory);
        // The pages put together are all groups, each once.
        let total = ask(Grouping::Value, &whole, 0, 0).total;
        assert_eq!(total, 1_000, "a hundred values of each of ten rounds");
        let mut seen = std::collections::BTreeSet::new();
        let mut findings = 0;
        for page in 0..10 {
            for group in ask(Grouping::Value, &whole, page * 100, 100).groups {
                findings += group.count;
                assert_eq!(fixture.selected_count(&group.selection, PERIOD).unwrap(), group.count);
                assert!(seen.insert(format!("{:?}", group.selection)));
            }
        }
        assert_eq!((seen.len(), findings), (1_000, 50_000));
        // What a group selects is read in pages as well, and each finding comes once.
        let group = &causes.groups[0];
        let (mut after, mut read) = (0, 0);
        loop {
            let page = fixture.selected(&group.selection, PERIOD, after, 700).unwrap();
            let Some((last, _)) = page.last() else { break };
            after = *last;
            read += page.len() as u64;
        }
        assert_eq!((read, group.values), (group.count, 50));
        let levels = ask(Grouping::Level, &whole, 0, 9);
        assert_eq!(levels.groups.iter().map(|g| g.count).collect::<Vec<_>>(), [25_000, 5_000, 20_000]);
    }

    #[test]
    fn groups_are_by_what_was_asked_for() {
        let fixture = BookFixture::new();
        let rows: Vec<_> = (0..4).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
        fixture.apply(0, &rows);
        let imported = crate::Step { kind: crate::StepKind::Import, ..crate::fixture::step(1) };
        let step = fixture.apply_step(&imported, &[crate::fixture::update(COURSE, 2, &[("KCMC", "乙")])]).step;
        fixture.apply(2, &[insert(PRACTICE, &[("XH", "7"), ("KCH", "b")])]);
        let of_courses = [1, 2, 3].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Confirm, "b"));
        fixture.replace_findings(COURSE, Scope::Table, None, of_courses).unwrap();
        let of_practice = [finding(PRACTICE, Some(1), Some("KCH"), "code", Level::Mandatory, "b")];
        fixture.replace_findings(PRACTICE, Scope::Table, None, of_practice).unwrap();
        let ask = |by| {
            let departments = vec![vec![COURSE.to_owned()], vec![PRACTICE.to_owned()]];
            let query = GroupQuery { by, departments, limit: 9, ..GroupQuery::default() };
            let groups = fixture.finding_groups(&query).unwrap().groups;
            for group in &groups {
                assert_eq!(fixture.selected_count(&group.selection, PERIOD).unwrap(), group.count, "{by:?}");
            }
            groups.iter().map(|group| group.count).collect::<Vec<_>>()
        };
        assert_eq!(ask(Grouping::Shared), [4]);
        assert_eq!(ask(Grouping::Rule), [4]);
        for by in [Grouping::Value, Grouping::Cause, Grouping::Table, Grouping::Department, Grouping::Level] {
            assert_eq!(ask(by), [1, 3], "{by:?}");
        }
        assert_eq!(ask(Grouping::Import), [3, 1]);
        let by_import = GroupQuery { by: Grouping::Import, limit: 9, ..GroupQuery::default() };
        assert_eq!(fixture.finding_groups(&by_import).unwrap().groups[1].selection.step, step);

        // What is explained goes behind what is open, and can be left out.
        let courses = Selection { tables: vec![COURSE.into()], ..Selection::default() };
        let explained = fixture.explain_selected(crate::fixture::at(3), "李", (&courses, PERIOD), "属实").unwrap();
        assert_eq!(explained, 3);
        assert_eq!(fixture.finding_counts(None, None).unwrap().confirm, 0);
        let open = Selection { open: true, ..Selection::default() };
        assert_eq!(fixture.selected_count(&open, PERIOD).unwrap(), 1);
        assert_eq!(fixture.explain_selected(crate::fixture::at(4), "李", (&courses, PERIOD), "").unwrap(), 3);
        assert_eq!(fixture.finding_counts(None, None).unwrap().confirm, 3);
    }
}
