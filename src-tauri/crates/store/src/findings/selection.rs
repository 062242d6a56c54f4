//! Which findings are meant: what a group of findings has in common, as the page names it, and the same in SQL.

use serde::{Deserialize, Serialize};
use standard::{Finding, Level};

use crate::findings::periods::{IN_PERIOD, periods};
use crate::findings::wording::words_of;
use crate::numbers::states::EXPLAINED;
use crate::sql::column::LevelNumber;
use crate::sql::conditions::{self, Conditions};
use crate::sql::json_texts;
use crate::{Book, StoreError};

/// What findings have in common. What is absent does not matter; an empty selection means all findings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Selection {
    /// Names of tables, such as those of one department; empty for all.
    pub tables: Vec<String>,
    /// Name of the column; the empty text stands for findings about whole records or tables.
    pub column: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: Option<String>,
    /// Code of the message, which distinguishes causes of one rule; empty where a rule has words of its own.
    pub code: Option<String>,
    /// The value, as it stands in the cells.
    pub value: Option<String>,
    /// How serious they are.
    pub level: Option<Level>,
    /// The last import that wrote their records, by the number of its step; 0 for records that no import wrote.
    pub step: Option<i64>,
    /// Whether only those count that are still open, which leaves out confirm findings that are explained.
    pub open: bool,
}

/// What distinguishes causes of one rule. A rule file's messages name other cells of the record, so they do not.
pub(super) const CODE: &str = "CASE WHEN f.words IS NULL THEN '' ELSE f.message END";

/// The step of the last import that wrote the record of the finding `f`; 0 where there is none.
pub(super) const IMPORTED: &str = "coalesce((SELECT max(c.step) FROM change c JOIN step s ON s.id = c.step
     WHERE c.tbl = f.tbl AND c.row = f.row AND s.kind = 'import' AND s.standing IN (0, 3)), 0)";

/// A finding that stands open: only confirm findings, and records with one natural key, can be explained.
pub(super) fn open() -> String {
    format!("NOT ((f.level = {} OR f.rule = 'unique-key') AND {EXPLAINED})", LevelNumber::of(Level::Confirm))
}

impl Selection {
    /// The conditions on the finding `f`, with those of the period.
    pub(super) fn conditions(&self, period: Option<&str>) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.and_if(IN_PERIOD, period.map(periods));
        match self.tables.as_slice() {
            [] => {}
            [table] => {
                conditions.and("f.tbl = ?", [table.clone().into()]);
            }
            tables => {
                conditions.and("f.tbl IN (SELECT value FROM json_each(?))", [json_texts(tables).into()]);
            }
        }
        conditions
            .and_if("f.col = ?", self.column.clone())
            .and_if("f.rule = ?", self.rule.clone())
            .and_if("f.value = ?", self.value.clone())
            .and_if("f.level = ?", self.level.map(LevelNumber::of))
            .and_if(&format!("{CODE} = ?"), self.code.clone())
            .and_if(&format!("{IMPORTED} = ?"), self.step);
        if self.open {
            conditions.and(&open(), []);
        }
        conditions
    }
}

impl Book {
    /// Findings of a selection with their numbers, behind the finding numbered `after`: a page of at most `limit`, in the
    /// order of their numbers. The period counts in periodic tables only.
    pub fn selected(
        &self,
        selection: &Selection,
        period: &str,
        after: i64,
        limit: u64,
    ) -> Result<Vec<(i64, Finding)>, StoreError> {
        let mut conditions = selection.conditions(Some(period));
        conditions.and("f.id > ?", [after.into()]);
        let sql = format!(
            "SELECT f.id, f.tbl, f.row, f.col, f.rule, f.level, f.value, f.message, f.words, f.suggestion
             FROM finding f {} ORDER BY f.id LIMIT ?",
            conditions.sql()
        );
        let read = |row: &rusqlite::Row<'_>| {
            let finding = Finding {
                table: row.get("tbl")?,
                row: Some(row.get("row")?).filter(|row| *row != 0),
                column: Some(row.get("col")?).filter(|column: &String| !column.is_empty()),
                rule: row.get("rule")?,
                level: row.get::<_, LevelNumber>("level")?.0,
                value: row.get("value")?,
                message: words_of(row)?,
                suggestion: row.get("suggestion")?,
            };
            Ok((row.get("id")?, finding))
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let params = rusqlite::params_from_iter(conditions.params([conditions::rows(limit)]));
            Ok(statement.query_map(params, read)?.collect::<Result<_, _>>()?)
        })
    }

    /// How many findings a selection has. The period counts in periodic tables only.
    pub fn selected_count(&self, selection: &Selection, period: &str) -> Result<u64, StoreError> {
        let conditions = selection.conditions(Some(period));
        let sql = format!("SELECT count(*) FROM finding f {}", conditions.sql());
        self.read(|connection| {
            let params = rusqlite::params_from_iter(conditions.params([]));
            Ok(connection.prepare_cached(&sql)?.query_row(params, |r| r.get(0))?)
        })
    }
}
