//! Findings of one table by rule and cause: what the filling screen lists beside the grid.

use rusqlite::Row;
use standard::{Level, Words};

use crate::findings::selection::CODE;
use crate::findings::wording::words_of;
use crate::numbers::states::EXPLAINED;
use crate::sql::column::LevelNumber;
use crate::sql::conditions;
use crate::{Book, StoreError};

/// Findings of one rule on one column with the same code; a rule file's sentences name other cells, so they are one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingCause {
    /// Name of the column in the standard; absent where the findings are about whole records.
    pub column: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// The worst level among them.
    pub level: Level,
    /// How many findings there are of this cause.
    pub count: u64,
    /// How many of them are explained.
    pub explained: u64,
    /// How many of them have a suggestion.
    pub suggested: u64,
    /// The suggestion, where all have the same.
    pub suggestion: Option<String>,
    /// Value of the first of them.
    pub value: String,
    /// Message of the first of them.
    pub message: Words,
    /// Number of the record of the first of them; absent for a finding about the whole table.
    pub first_row: Option<i64>,
}

impl Book {
    /// Causes of the findings of a table, mandatory first, the largest first. The period counts in periodic tables
    /// only.
    pub fn finding_causes(&self, table: &str, period: &str, limit: u64) -> Result<Vec<FindingCause>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let sql = format!(
            "SELECT f.col, f.rule, min(f.level) AS worst, count(*) AS found, sum({EXPLAINED}) AS explained,
                 count(f.suggestion) AS suggested,
                 CASE WHEN count(f.suggestion) = count(*) AND min(f.suggestion) = max(f.suggestion)
                     THEN min(f.suggestion) END AS suggestion,
                 min(f.id) AS first, nullif(min(f.row), 0) AS first_row
             FROM finding f WHERE f.tbl = ?1 AND f.period IN ('', ?2) GROUP BY f.rule, f.col, {CODE}
             ORDER BY worst, found DESC, f.col_no, f.rule LIMIT ?3"
        );
        let sql = format!(
            "SELECT g.*, m.value, m.message, m.words FROM ({sql}) g JOIN finding m ON m.id = g.first
             ORDER BY g.worst, g.found DESC, m.col_no, g.rule"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let causes = statement.query_map((table, table_sql.period(period), conditions::rows(limit)), read)?;
            Ok(causes.collect::<Result<_, _>>()?)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<FindingCause> {
    Ok(FindingCause {
        column: Some(row.get("col")?).filter(|column: &String| !column.is_empty()),
        rule: row.get("rule")?,
        level: row.get::<_, LevelNumber>("worst")?.0,
        count: row.get("found")?,
        explained: row.get("explained")?,
        suggested: row.get("suggested")?,
        suggestion: row.get("suggestion")?,
        value: row.get("value")?,
        message: words_of(row)?,
        first_row: row.get("first_row")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scope;
    use crate::fixture::{PERIOD, filled, finding};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn findings_of_one_rule_and_column_are_one_cause() {
        let fixture = filled();
        let suggesting = |row, value: &str, with: &str| {
            let new = finding(COURSE, Some(row), Some("XF"), "code", Level::Mandatory, value);
            standard::Finding { suggestion: Some(with.to_owned()), ..new }
        };
        let new = [
            finding(COURSE, Some(1), Some("KCMC"), "length", Level::Hint, "x"),
            suggesting(1, "a", "1"),
            suggesting(2, "b", "2"),
            finding(COURSE, None, None, "table", Level::Confirm, ""),
        ];
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        let causes = fixture.finding_causes(COURSE, PERIOD, 9).unwrap();
        let told = |cause: &FindingCause| (cause.rule.clone(), cause.count, cause.suggested, cause.first_row);
        let expect = [("code", 2, 2, Some(1)), ("table", 1, 0, None), ("length", 1, 0, Some(1))];
        assert_eq!(
            causes.iter().map(told).collect::<Vec<_>>(),
            expect.map(|(rule, count, suggested, row)| (rule.to_owned(), count, suggested, row))
        );
        assert_eq!(causes[0].suggestion, None, "each has its own");
        assert_eq!(fixture.finding_causes(COURSE, PERIOD, 1).unwrap().len(), 1);
    }

    #[test]
    fn sentences_of_one_rule_that_name_other_cells_are_one_cause() {
        let fixture = filled();
        let said = |row, day: &str| {
            let new = finding(COURSE, Some(row), Some("XF"), "ends-late", Level::Mandatory, "x");
            standard::Finding { message: Words::Text(format!("早于“{day}”。")), ..new }
        };
        fixture.replace_findings(COURSE, Scope::Table, None, [said(1, "20260901"), said(2, "20260902")]).unwrap();
        let causes = fixture.finding_causes(COURSE, PERIOD, 9).unwrap();
        assert_eq!(causes.iter().map(|cause| cause.count).collect::<Vec<_>>(), [2]);
    }
}
