//! `answer`: the college's answers to questions that the standard leaves open (whether other codes are allowed, whether a
//! printed length is a misprint). One answer explains every finding of this table, column, rule and code, so that a table
//! that is filled daily is not asked daily.

use jiff::Timestamp;
use rusqlite::Row;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::column::Moment;
use crate::tables::tally;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    9,
    "CREATE TABLE answer (
         tbl TEXT NOT NULL, col TEXT NOT NULL, rule TEXT NOT NULL, code TEXT NOT NULL,
         text TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
         PRIMARY KEY (tbl, col, rule, code)) WITHOUT ROWID;",
)];

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAnswer {
    /// Name of the table.
    pub table: String,
    /// Column of the findings.
    pub column: String,
    /// Rule of the findings.
    pub rule: String,
    /// Code of their message.
    pub code: String,
    /// The reason; an empty text takes the answer back.
    pub text: String,
    /// When it was given.
    pub at: Timestamp,
    /// Name of the person who gave it; may be empty.
    pub who: String,
}

impl Book {
    /// Keeps an answer, or takes it back where its text is empty. What is counted of the table is counted anew.
    pub fn answer(&self, answer: &OpenAnswer) -> Result<(), StoreError> {
        let OpenAnswer { table, column, rule, code, text, at, who } = answer;
        self.table_sql(table)?;
        self.write_aside(|connection| {
            tally::forget(connection, table)?;
            if text.trim().is_empty() {
                let sql = "DELETE FROM answer WHERE tbl = ?1 AND col = ?2 AND rule = ?3 AND code = ?4";
                connection.prepare_cached(sql)?.execute((table, column, rule, code))?;
            } else {
                let sql = "INSERT INTO answer (tbl, col, rule, code, text, at, who) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, who = excluded.who";
                connection.prepare_cached(sql)?.execute((table, column, rule, code, text, Moment(*at), who))?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// All answers, by table, column, rule and code.
    pub fn answers(&self) -> Result<Vec<OpenAnswer>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(OpenAnswer {
                table: row.get("tbl")?,
                column: row.get("col")?,
                rule: row.get("rule")?,
                code: row.get("code")?,
                text: row.get("text")?,
                at: row.get::<_, Moment>("at")?.0,
                who: row.get("who")?,
            })
        };
        self.read(|connection| {
            let sql = "SELECT tbl, col, rule, code, text, at, who FROM answer ORDER BY tbl, col, rule, code";
            Ok(connection.prepare_cached(sql)?.query_map([], read)?.collect::<Result<_, _>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use standard::{Level, Words};

    use super::*;
    use crate::Scope;
    use crate::fixture::{BookFixture, at, finding, insert};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn one_answer_explains_every_finding_of_its_cause_also_of_later_records() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|number| insert(COURSE, &[("KCH", number)])));
        let found = |rows: &[i64]| {
            let new = rows.iter().map(|row| standard::Finding {
                message: Words::phrase("finding.code.none"),
                ..finding(COURSE, Some(*row), Some("XF"), "code", Level::Confirm, &row.to_string())
            });
            fixture.replace_findings(COURSE, Scope::Table, None, new.collect::<Vec<_>>()).unwrap();
            fixture.finding_counts(Some(COURSE), None).unwrap().confirm
        };
        assert_eq!(found(&[1, 2]), 2);
        let answer = |text: &str| OpenAnswer {
            table: COURSE.into(),
            column: "XF".into(),
            rule: "code".into(),
            code: "finding.code.none".into(),
            text: text.into(),
            at: at(1),
            who: "李".into(),
        };
        fixture.answer(&answer("主管部门同意用细分代码")).unwrap();
        assert_eq!(found(&[1, 2, 3]), 0);
        assert_eq!(fixture.answers().unwrap(), [answer("主管部门同意用细分代码")]);
        fixture.answer(&answer("")).unwrap();
        assert_eq!((found(&[1, 2, 3]), fixture.answers().unwrap().len()), (3, 0));
    }
}
