//! Findings: what checks and receipts say about cells, kept in the book and addressed by (table, row, column, rule).

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use standard::{Finding, Level, Words};

use crate::book::Outcome;
use crate::conditions::Conditions;
use crate::record::{json_numbers, json_texts};
use crate::shape::Shape;
use crate::{Book, StoreError};

/// The rule of findings that come from rejected rows. They stay until the cell (or, where no column is named, the
/// record) changes or the next result of the record arrives; checks do not replace them.
pub const RECEIPT_RULE: &str = "receipt";

/// What a check has looked at, and so which findings it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// The whole table, all periods, table findings included.
    Table,
    /// Records of this period (all records in tables that are not periodic), and findings about the table as a whole.
    Period(&'a str),
    /// These records.
    Rows(&'a [i64]),
}

/// What one check of one table found, and which findings of the book it replaces.
#[derive(Debug, Clone)]
pub struct Replacement<'a> {
    /// Name of the table that was checked.
    pub table: &'a str,
    /// Which of its records were checked.
    pub scope: Scope<'a>,
    /// The rules that ran: only their findings are replaced. Absent: all rules but [`RECEIPT_RULE`].
    pub rules: Option<&'a [&'a str]>,
    /// The new findings, all of this table.
    pub findings: Vec<Finding>,
}

impl Book {
    /// Puts `new` in the place of the findings of the scope: of the given rules, or of all but `receipt`.
    /// One [`Book::replace_findings_of`] with one replacement.
    pub fn replace_findings(
        &self,
        table: &str,
        scope: Scope<'_>,
        rules: Option<&[&str]>,
        new: impl IntoIterator<Item = Finding>,
    ) -> Result<u64, StoreError> {
        self.replace_findings_of(&[Replacement { table, scope, rules, findings: new.into_iter().collect() }])
    }

    /// Makes all replacements in the order given, or none: one transaction, on disk when this returns. Without any
    /// replacement nothing is written.
    ///
    /// Findings about records that are gone meanwhile are passed over, and of two findings with one address the more
    /// serious stays. Returns how many findings were taken.
    pub fn replace_findings_of(&self, replacements: &[Replacement<'_>]) -> Result<u64, StoreError> {
        if replacements.is_empty() {
            return Ok(0);
        }
        self.write(|connection| {
            let mut kept = 0;
            for Replacement { table, scope, rules, findings } in replacements {
                let shape = self.shape(table)?;
                remove(connection, shape, *scope, *rules)?;
                for finding in findings {
                    kept += u64::from(keep(connection, shape, finding)?);
                }
            }
            Ok(Outcome::Commit(kept))
        })
    }
}

fn remove(connection: &Connection, shape: &Shape, scope: Scope<'_>, rules: Option<&[&str]>) -> Result<(), StoreError> {
    let mut conditions = Conditions::default();
    conditions.and("tbl = ?", [shape.name().to_owned().into()]);
    match scope {
        Scope::Table => {}
        Scope::Period(period) => {
            conditions.and("(row = 0 OR period = ?)", [shape.period(period).to_owned().into()]);
        }
        Scope::Rows(rows) => {
            conditions.and("row IN (SELECT value FROM json_each(?))", [json_numbers(rows).into()]);
        }
    }
    match rules {
        None => conditions.and("rule <> ?", [Value::from(RECEIPT_RULE.to_owned())]),
        Some(rules) => conditions.and("rule IN (SELECT value FROM json_each(?))", [json_texts(rules).into()]),
    };
    let sql = format!("DELETE FROM finding {}", conditions.sql());
    connection.prepare_cached(&sql)?.execute(params_from_iter(conditions.params([])))?;
    Ok(())
}

/// Keeps one finding of this table, unless its record is gone.
pub(crate) fn keep(connection: &Connection, shape: &Shape, finding: &Finding) -> Result<bool, StoreError> {
    let period = match finding.row {
        None => Some(String::new()),
        Some(row) => {
            let sql = format!("SELECT _period FROM {} WHERE _row = ?1", shape.sql_name);
            connection.prepare_cached(&sql)?.query_row([row], |r| r.get(0)).optional()?
        }
    };
    let Some(period) = period else {
        return Ok(false);
    };
    let column = finding.column.as_deref().unwrap_or("");
    let (message, words) = columns_of(&finding.message);
    let column_no = shape.table().field(column).map_or(0, |f| f.no);
    connection
        .prepare_cached(
            "INSERT INTO finding (tbl, row, col, rule, level, value, message, suggestion, period, col_no, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (tbl, row, col, rule) DO UPDATE SET level = excluded.level, value = excluded.value,
                 message = excluded.message, words = excluded.words, suggestion = excluded.suggestion
             WHERE excluded.level < level",
        )?
        .execute((
            shape.name(),
            finding.row.unwrap_or(0),
            column,
            &finding.rule,
            level_number(finding.level),
            &finding.value,
            message,
            &finding.suggestion,
            period,
            column_no,
            words,
        ))?;
    Ok(true)
}

/// Words as the columns `message` and `words` have them: a text by itself, anything else as its code and its JSON.
fn columns_of(words: &Words) -> (&str, Option<String>) {
    match words {
        Words::Text(text) => (text, None),
        // Texts, maps and lists of them always have a form in JSON.
        _ => (words.code().unwrap_or_default(), serde_json::to_string(words).ok()),
    }
}

/// Words from the columns `message` and `words`. What a newer program wrote in a form that this one cannot read shows
/// as its code.
pub(crate) fn words_of(message: String, words: Option<String>) -> Words {
    words.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or(Words::Text(message))
}

/// A level as the book writes it: the more serious, the smaller.
pub(crate) fn level_number(level: Level) -> i64 {
    match level {
        Level::Mandatory => 0,
        Level::Confirm => 1,
        Level::Hint => 2,
    }
}

/// A level as the book has it written.
pub(crate) fn level_of(number: i64) -> Level {
    match number {
        0 => Level::Mandatory,
        1 => Level::Confirm,
        _ => Level::Hint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FindingQuery;
    use crate::Step;
    use crate::tests::{PERIOD, delete, filled, finding, insert, shown, step, update};
    use standard::Coded;

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn a_check_replaces_what_it_looked_at() {
        let desk = filled();
        let other = Step { period: "2025-2026-2".into(), ..step(2) };
        desk.apply_step(&other, &[insert(PRACTICE, &[("XH", "1")])]);
        let all = || {
            (1..=2).flat_map(|row| {
                ["code", "length", RECEIPT_RULE].map(|r| finding(PRACTICE, Some(row), Some("XH"), r, Level::Hint, "1"))
            })
        };
        let check = |scope: Scope<'_>, rules: Option<&[&str]>, expect: &[&str]| {
            desk.replace_findings(PRACTICE, Scope::Table, Some(&["code", "length", RECEIPT_RULE]), all()).unwrap();
            desk.replace_findings(PRACTICE, scope, rules, []).unwrap();
            let left = shown(&desk, FindingQuery::default());
            let left: Vec<_> =
                left.iter().map(|s| s.trim_start_matches("ODS_PRACTICE ").replace(" XH ", " ")).collect();
            assert_eq!(left, expect, "{scope:?} {rules:?}");
        };
        check(Scope::Table, None, &["2 receipt", "1 receipt"]);
        check(Scope::Period(PERIOD), None, &["2 code", "2 length", "2 receipt", "1 receipt"]);
        check(Scope::Rows(&[2]), None, &["2 receipt", "1 code", "1 length", "1 receipt"]);
        check(Scope::Table, Some(&["length"]), &["2 code", "2 receipt", "1 code", "1 receipt"]);
        check(Scope::Rows(&[1, 2]), Some(&["receipt", "code"]), &["2 length", "1 length"]);
    }

    #[test]
    fn several_tables_are_replaced_in_one_transaction_or_not_at_all() {
        let desk = filled();
        let of = |table: &'static str, rule: &str| Replacement {
            table,
            scope: Scope::Table,
            rules: None,
            findings: vec![finding(table, Some(1), None, rule, Level::Hint, "")],
        };
        let rules =
            || shown(&desk, FindingQuery::default()).iter().map(|s| s.replace(" 1 - ", " ")).collect::<Vec<_>>();
        let before = desk.effort().commits;
        assert_eq!(desk.replace_findings_of(&[of(COURSE, "old"), of(PRACTICE, "old")]).unwrap(), 2);
        assert_eq!(desk.replace_findings_of(&[]).unwrap(), 0);
        assert_eq!(
            (desk.effort().commits - before, rules()),
            (1, vec!["ODS_COURSE old".into(), "ODS_PRACTICE old".into()])
        );
        let error = desk.replace_findings_of(&[of(COURSE, "new"), of("ODS_NIX", "new")]).unwrap_err();
        assert_eq!(
            (error.code().as_str(), rules()),
            ("book.no-such-table", vec!["ODS_COURSE old".into(), "ODS_PRACTICE old".into()])
        );
    }

    #[test]
    fn of_two_at_one_address_the_more_serious_stays() {
        let desk = filled();
        let at = |level, value| finding(COURSE, Some(1), Some("KCH"), "code", level, value);
        let new = [at(Level::Confirm, "1"), at(Level::Mandatory, "2"), at(Level::Hint, "3"), at(Level::Mandatory, "4")];
        desk.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        let page = desk.findings(&FindingQuery { limit: 9, ..Default::default() }).unwrap();
        assert_eq!(page.findings.iter().map(|f| f.finding.value.as_str()).collect::<Vec<_>>(), ["2"]);
    }

    #[test]
    fn words_come_back_as_they_were_kept() {
        let desk = filled();
        let text = Words::from("“{value}”不对。");
        let phrase = Words::phrase("finding.required").with("expected", vec![text.clone()]);
        for words in [text, phrase] {
            let new = Finding { message: words.clone(), ..finding(COURSE, Some(1), None, "x", Level::Hint, "1") };
            desk.replace_findings(COURSE, Scope::Table, None, [new]).unwrap();
            let page = desk.findings(&FindingQuery { limit: 9, ..Default::default() }).unwrap();
            assert_eq!(page.findings[0].finding.message, words);
            let query = crate::GroupQuery { limit: 9, ..Default::default() };
            assert_eq!(desk.finding_groups(&query).unwrap().groups[0].message, words);
        }
        // A finding of an earlier build has a text alone.
        assert_eq!(words_of("“{value}”不对。".into(), None), Words::from("“{value}”不对。"));
    }

    #[test]
    fn a_deleted_record_takes_its_findings_along() {
        let desk = filled();
        desk.replace_findings(COURSE, Scope::Table, None, [finding(COURSE, Some(1), None, "x", Level::Hint, "")])
            .unwrap();
        desk.apply(5, &[delete(COURSE, 1)]);
        assert_eq!(shown(&desk, FindingQuery::default()), [""; 0]);
    }

    #[test]
    fn a_receipt_stays_until_its_cell_changes() {
        let desk = filled();
        let receipt = |column| finding(COURSE, Some(1), column, RECEIPT_RULE, Level::Mandatory, "");
        let left = || {
            shown(&desk, FindingQuery::default())
                .iter()
                .map(|s| s.split(' ').nth(2).unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let all = [receipt(None), receipt(Some("KCMC")), receipt(Some("XF"))];
        desk.replace_findings(COURSE, Scope::Table, Some(&[RECEIPT_RULE]), all).unwrap();
        desk.apply(5, &[update(COURSE, 1, &[("XF", "")])]);
        assert_eq!(left(), ["-", "KCMC", "XF"], "nothing was changed");
        desk.apply(6, &[update(COURSE, 1, &[("XF", "2")])]);
        assert_eq!(left(), ["KCMC"]);
        desk.undo(crate::tests::at(7), "").unwrap();
        desk.apply(8, &[update(COURSE, 1, &[("KCMC", "语文")])]);
        assert_eq!(left(), [""; 0]);
    }
}
