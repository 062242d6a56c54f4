//! 情况说明: why a confirm finding is right as it stands. Bound to the value: when the value changes the explanation no
//! longer holds, when the value comes back (by undo, say) it holds again.

use jiff::Timestamp;

use crate::book::Outcome;
use crate::{Book, StoreError};

/// One explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Table.
    pub table: String,
    /// Record.
    pub row: Option<i64>,
    /// Column.
    pub column: Option<String>,
    /// Rule.
    pub rule: String,
    /// The value it speaks of.
    pub value: String,
    /// The reason; empty takes the explanation back.
    pub text: String,
}

impl Book {
    /// Keeps (or, with an empty text, takes back) explanations, all or none.
    pub fn explain(&self, at: Timestamp, who: &str, explanations: &[Explanation]) -> Result<(), StoreError> {
        self.write(|connection| {
            for explanation in explanations {
                let Explanation { table, row, column, rule, value, text } = explanation;
                let shape = self.shape(table)?;
                let address = (shape.name(), row.unwrap_or(0), column.as_deref().unwrap_or(""), rule, value);
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
                            "INSERT INTO explanation (tbl, row, col, rule, value, text, at, who)
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                             ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, who = excluded.who",
                        )?
                        .execute((table, row, column, rule, value, text, at.as_millisecond(), who))?;
                }
            }
            Ok(Outcome::Commit(()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, at, finding, insert};
    use crate::{FindingQuery, GroupQuery, Scope};
    use standard::Level;

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn an_explanation_holds_for_its_value() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a")]), insert(COURSE, &[("KCH", "b")])]);
        let check = |value: &str, expect_open: u64, expect_text: Option<&str>| {
            let new = [finding(COURSE, Some(1), Some("XF"), "length", Level::Confirm, value)];
            desk.replace_findings(COURSE, Scope::Table, None, new).unwrap();
            assert_eq!(desk.finding_counts(Some(COURSE), None).unwrap().confirm, expect_open);
            let page = desk.findings(&FindingQuery { limit: 1, ..Default::default() }).unwrap();
            assert_eq!(page.findings[0].explanation.as_deref(), expect_text);
            let groups = desk.finding_groups(&GroupQuery { limit: 1, ..Default::default() }).unwrap();
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
            desk.explain(at(1), "李", &[explanation]).unwrap();
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
}
