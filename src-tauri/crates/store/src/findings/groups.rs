//! Equal findings as groups: same table, column, rule and value. They are corrected and explained together.

use rusqlite::{Row, params_from_iter};
use standard::{Level, Words};

use crate::findings::query::{IN_PERIOD, counts, periods};
use crate::numbers::states::EXPLAINED;
use crate::sql::column::LevelNumber;
use crate::sql::conditions::{self, Conditions};
use crate::tables::finding::words_of;
use crate::{Book, LevelCounts, StoreError};

/// Which groups to return.
#[derive(Debug, Clone, Default)]
pub struct GroupQuery {
    /// Only this table.
    pub table: Option<String>,
    /// Only records of this period, and findings of tables that are not periodic.
    pub period: Option<String>,
    /// The largest number to return.
    pub limit: u64,
}

/// Groups of equal findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingGroups {
    /// How many groups there are.
    pub total: u64,
    /// The groups, mandatory first, the largest first.
    pub groups: Vec<FindingGroup>,
    /// Numbers of all findings that the query selects.
    pub counts: LevelCounts,
}

/// Findings of one table, column, rule and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingGroup {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// The worst level among them.
    pub level: Level,
    /// The value they share.
    pub value: String,
    /// Words of the first one.
    pub message: Words,
    /// The suggestion, where all have the same.
    pub suggestion: Option<String>,
    /// How many findings are in the group.
    pub count: u64,
    /// Number of the record of the first of them; absent for a finding about the whole table.
    pub first_row: Option<i64>,
    /// How many are explained.
    pub explained: u64,
}

impl Book {
    /// Groups of equal findings.
    pub fn finding_groups(&self, query: &GroupQuery) -> Result<FindingGroups, StoreError> {
        let conditions = query.conditions();
        let grouped = format!("FROM finding f {} GROUP BY f.tbl, f.col, f.rule, f.value", conditions.sql());
        let sql = format!(
            "SELECT f.tbl, f.col, f.rule, min(f.level) AS worst, f.value, count(*) AS found,
                 sum({EXPLAINED}) AS explained,
                 CASE WHEN count(f.suggestion) = count(*) AND min(f.suggestion) = max(f.suggestion)
                     THEN min(f.suggestion) END AS suggestion,
                 min(f.id) AS first, nullif(min(f.row), 0) AS first_row
             {grouped}"
        );
        // The message is that of the first finding; it is read only for the groups that are returned.
        let sql = format!(
            "SELECT g.*, m.message, m.words FROM ({sql} ORDER BY worst, found DESC, f.tbl, f.col, f.rule, f.value LIMIT ?) g
             JOIN finding m ON m.id = g.first ORDER BY g.worst, g.found DESC, g.tbl, g.col, g.rule, g.value"
        );
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 {grouped})"))?
                .query_row(params_from_iter(conditions.params([])), |r| r.get(0))?;
            let groups = connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(conditions.params([conditions::rows(query.limit)])), read)?
                .collect::<Result<_, _>>()?;
            Ok(FindingGroups { total, groups, counts: counts(connection, &conditions)? })
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

impl GroupQuery {
    fn conditions(&self) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.and_if("f.tbl = ?", self.table.clone()).and_if(IN_PERIOD, self.period.as_deref().map(periods));
        conditions
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<FindingGroup> {
    Ok(FindingGroup {
        table: row.get("tbl")?,
        column: Some(row.get("col")?).filter(|column: &String| !column.is_empty()),
        rule: row.get("rule")?,
        level: row.get::<_, LevelNumber>("worst")?.0,
        value: row.get("value")?,
        count: row.get("found")?,
        explained: row.get("explained")?,
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
}
