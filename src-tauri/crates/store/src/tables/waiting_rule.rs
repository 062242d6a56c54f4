//! `waiting_rule`: rules that an edit may have changed and that did not run for all records since, so that what they
//! found before may no longer be true. A check of all records of the period by such a rule takes its entry away.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::json_texts;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    10,
    "CREATE TABLE waiting_rule (
         no INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, rule TEXT NOT NULL, period TEXT NOT NULL,
         UNIQUE (tbl, rule, period));",
)];

/// A rule whose findings may be outdated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRule {
    /// Number of the entry. It changes with each edit that makes the rule wait again.
    pub no: i64,
    /// Name of the table that the rule checks.
    pub table: String,
    /// Id of the rule.
    pub rule: String,
}

impl Book {
    /// The rules that wait in a period of the book, those that wait longest first.
    pub fn waiting_rules(&self, period: &str) -> Result<Vec<WaitingRule>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT no, tbl, rule FROM waiting_rule WHERE period = ?1 ORDER BY no";
            let mut statement = connection.prepare_cached(sql)?;
            let read = |r: &rusqlite::Row<'_>| {
                Ok(WaitingRule { no: r.get("no")?, table: r.get("tbl")?, rule: r.get("rule")? })
            };
            Ok(statement.query_map([period], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// Whether an entry still stands: its rule has not run since, and no later edit made it wait again.
    pub fn still_waits(&self, no: i64) -> Result<bool, StoreError> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM waiting_rule WHERE no = ?1";
            Ok(connection.prepare_cached(sql)?.query_row([no], |_| Ok(())).optional()?.is_some())
        })
    }

    /// Takes an entry away whose rule the edition no longer has.
    pub fn no_longer_waits(&self, no: i64) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            connection.prepare_cached("DELETE FROM waiting_rule WHERE no = ?1")?.execute([no])?;
            Ok(TransactionEnd::Commit(()))
        })
    }
}

/// Notes that a rule waits in a period, under a new number.
pub(crate) fn add(connection: &Connection, table: &str, rule: &str, period: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO waiting_rule (tbl, rule, period) VALUES (?1, ?2, ?3)")?
        .execute((table, rule, period))?;
    Ok(())
}

/// Takes away the entries of rules of a table that ran over all records of a period (absent: of all periods); absent:
/// of all rules of the table.
pub(crate) fn remove_ran(
    connection: &Connection,
    table: &str,
    period: Option<&str>,
    rules: Option<&[&str]>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM waiting_rule WHERE tbl = ?1 AND (?2 IS NULL OR period = ?2)
                 AND (?3 IS NULL OR rule IN (SELECT value FROM json_each(?3)))",
        )?
        .execute((table, period, rules.map(json_texts)))?;
    Ok(())
}

/// Takes all entries away, because all records will be checked anew.
pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM waiting_rule", [])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{PERIOD, filled};
    use crate::{Noted, Replacement, Scope};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_rule_waits_until_it_ran_for_all_records_and_longer_where_an_edit_came_between() {
        let fixture = filled();
        let names = |fixture: &Book| -> Vec<String> {
            fixture.waiting_rules(PERIOD).unwrap().into_iter().map(|one| one.rule).collect()
        };
        let ran = |scope, rules| Replacement { table: COURSE, scope, rules, findings: Vec::new() };
        fn wait<'a>(waits: &'a [(&'a str, &'a str)]) -> Noted<'a> {
            Noted { waits, ..Noted::default() }
        }
        let some: &[&str] = &["a"];
        let waits = [(COURSE, "a"), (COURSE, "b")];
        fixture.replace_findings_and_note(&[ran(Scope::Rows(&[1]), Some(some))], PERIOD, wait(&waits)).unwrap();
        assert_eq!(names(&fixture), ["a", "b"]);
        assert_eq!(fixture.waiting_rules("2025-2026-2").unwrap(), []);
        let first = fixture.waiting_rules(PERIOD).unwrap()[0].no;
        assert!(fixture.still_waits(first).unwrap());
        // An edit while the rule runs: its entry gets another number.
        fixture.replace_findings_and_note(&[], PERIOD, wait(&[(COURSE, "a")])).unwrap();
        assert!(!fixture.still_waits(first).unwrap());
        assert_eq!(names(&fixture), ["b", "a"]);
        fixture.replace_findings_of(&[ran(Scope::Period("2025-2026-2"), None)]).unwrap();
        fixture.replace_findings_of(&[ran(Scope::Rows(&[1, 2]), None)]).unwrap();
        assert_eq!(names(&fixture), ["b", "a"]);
        fixture.replace_findings_of(&[ran(Scope::Period(PERIOD), Some(some))]).unwrap();
        assert_eq!(names(&fixture), ["b"]);
        let left = fixture.waiting_rules(PERIOD).unwrap()[0].no;
        fixture.no_longer_waits(left).unwrap();
        assert_eq!(names(&fixture), [""; 0]);
        fixture.whole();
    }
}
