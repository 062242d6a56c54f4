//! `explanation` (情况说明): why a confirm finding is right as it stands. It is bound to the value: it does not apply to
//! another value, and applies again when the value returns, for example by undo. It is bound to the sentence of the finding,
//! too, which names what the value is compared with: it lapses when another cell makes the sentence another one.

use jiff::Timestamp;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::column::Moment;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[
    (
        1,
        "CREATE TABLE explanation (
         tbl TEXT NOT NULL, row INTEGER NOT NULL, col TEXT NOT NULL, rule TEXT NOT NULL, value TEXT NOT NULL,
         text TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
         PRIMARY KEY (tbl, row, col, rule, value)) WITHOUT ROWID;",
    ),
    (
        // The sentence that was explained, as findings have it in `words` or `message`. NULL in explanations of earlier
        // builds and of records without a finding, which hold for every sentence about the value.
        9,
        "ALTER TABLE explanation ADD COLUMN said TEXT;",
    ),
];

/// One explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Name of the table.
    pub table: String,
    /// Number of the record; absent where the finding is about the table.
    pub row: Option<i64>,
    /// Column of the finding; absent where it is about the record as a whole.
    pub column: Option<String>,
    /// Id of the finding's rule.
    pub rule: String,
    /// The value it is about.
    pub value: String,
    /// The reason; empty takes the explanation back.
    pub text: String,
}

impl Book {
    /// Keeps (or, with an empty text, takes back) explanations, all or none.
    pub fn explain(&self, at: Timestamp, who: &str, explanations: &[Explanation]) -> Result<(), StoreError> {
        self.write_recounting(|connection, recount| {
            for explanation in explanations {
                let Explanation { table, row, column, rule, value, text } = explanation;
                let table_sql = self.table_sql(table)?;
                recount.touch(table_sql, row.unwrap_or(0))?;
                let address = (table_sql.name(), row.unwrap_or(0), column.as_deref().unwrap_or(""), rule, value);
                if text.trim().is_empty() {
                    connection
                        .prepare_cached(
                            "DELETE FROM explanation
                             WHERE tbl = ?1 AND row = ?2 AND col = ?3 AND rule = ?4 AND value = ?5",
                        )?
                        .execute(address)?;
                } else {
                    let (table, row, column, rule, value) = address;
                    connection
                        .prepare_cached(
                            "INSERT INTO explanation (tbl, row, col, rule, value, text, at, who, said)
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
                                 (SELECT coalesce(f.words, f.message) FROM finding f
                                  WHERE f.tbl = ?1 AND f.row = ?2 AND f.col = ?3 AND f.rule = ?4 AND f.value = ?5))
                             ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, who = excluded.who,
                                 said = excluded.said",
                        )?
                        .execute((table, row, column, rule, value, text, Moment(at), who))?;
                }
            }
            Ok(TransactionEnd::Commit(()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at, finding, insert};
    use crate::{FindingQuery, GroupQuery, Scope};
    use standard::Level;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn an_explanation_holds_for_its_value() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")]), insert(COURSE, &[("KCH", "b")])]);
        let check = |value: &str, expect_open: u64, expect_text: Option<&str>| {
            let new = [finding(COURSE, Some(1), Some("XF"), "length", Level::Confirm, value)];
            fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
            assert_eq!(fixture.finding_counts(Some(COURSE), None).unwrap().confirm, expect_open);
            let page = fixture.findings(&FindingQuery { limit: 1, ..Default::default() }).unwrap();
            assert_eq!(page.findings[0].explanation.as_deref(), expect_text);
            let groups = fixture.finding_groups(&GroupQuery { limit: 1, ..Default::default() }).unwrap();
            assert_eq!(groups.groups[0].explained, 1 - expect_open);
        };
        let explain = |text: &str| {
            let explanation = Explanation {
                table: COURSE.into(),
                row: Some(1),
                column: Some("XF".into()),
                rule: "length".into(),
                value: "99".into(),
                text: text.into(),
            };
            fixture.explain(at(1), "李", &[explanation]).unwrap();
        };
        check("99", 1, None);
        explain("确有其事");
        check("99", 0, Some("确有其事"));
        check("98", 1, None);
        check("99", 0, Some("确有其事"));
        explain("改正说明");
        check("99", 0, Some("改正说明"));
        explain(" ");
        check("99", 1, None);
    }

    #[test]
    fn an_explanation_lapses_when_the_sentence_becomes_another_one() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        let check = |message: &str, expect_open: u64| {
            let new = finding(COURSE, Some(1), Some("XF"), "end-not-before-start", Level::Confirm, "99");
            let new = standard::Finding { message: message.into(), ..new };
            fixture.replace_findings(COURSE, Scope::Table, None, [new]).unwrap();
            assert_eq!(fixture.finding_counts(Some(COURSE), None).unwrap().confirm, expect_open, "{message}");
        };
        check("“{value}”早于“20260901”。", 1);
        let explanation = Explanation {
            table: COURSE.into(),
            row: Some(1),
            column: Some("XF".into()),
            rule: "end-not-before-start".into(),
            value: "99".into(),
            text: "属实".into(),
        };
        fixture.explain(at(1), "李", &[explanation]).unwrap();
        check("“{value}”早于“20260901”。", 0);
        check("“{value}”早于“20260902”。", 1);
        check("“{value}”早于“20260901”。", 0);
    }
}
