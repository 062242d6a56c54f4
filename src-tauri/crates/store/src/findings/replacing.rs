//! What a check found takes the place of what its rules had found before in the same records.

use standard::Finding;

use super::difference::{Difference, difference};
use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::records::table_sql::TableSql;
use crate::sql::conditions::Conditions;
use crate::sql::{json_numbers, json_texts};
use crate::tables::finding::{OF_RECEIPTS, insert};
use crate::tables::{unchecked, waiting_rule};

/// Which records a check covered, and so which findings it replaces.
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
    /// The rules that ran: only their findings are replaced. Absent: all rules but those of receipts.
    pub rules: Option<&'a [&'a str]>,
    /// The new findings, all of this table.
    pub findings: Vec<Finding>,
}

/// What is noted in the transaction in which findings are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Noted<'a> {
    /// Rules that wait in the period: the name of the table and the id of each.
    pub waits: &'a [(&'a str, &'a str)],
    /// Steps of the log that are checked herewith.
    pub checked: &'a [i64],
}

impl Book {
    /// Replaces the findings of the scope by `new`: those of the given rules, or of all but `receipt`. One
    /// [`Book::replace_findings_of`] with one replacement.
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
    /// Findings about records that are gone meanwhile are ignored, and of two findings with one address the more
    /// serious stays. Returns how many findings were taken.
    pub fn replace_findings_of(&self, replacements: &[Replacement<'_>]) -> Result<u64, StoreError> {
        self.replace_findings_and_note(replacements, "", Noted::default())
    }

    /// [`Book::replace_findings_of`], and in the same transaction the notes about a period of the book. What ran over a
    /// whole period no longer waits in it.
    pub fn replace_findings_and_note(
        &self,
        replacements: &[Replacement<'_>],
        period: &str,
        noted: Noted<'_>,
    ) -> Result<u64, StoreError> {
        let Noted { waits, checked } = noted;
        if replacements.is_empty() && waits.is_empty() && checked.is_empty() {
            return Ok(0);
        }
        self.write_recounting(|connection, recount| {
            let mut kept = 0;
            for Replacement { table, scope, rules, findings } in replacements {
                let table_sql = self.table_sql(table)?;
                let scope_of_it = conditions(table_sql, *scope, *rules);
                let Difference { same, gone, new } = difference(connection, &scope_of_it, findings)?;
                if recount.follows(table_sql)? {
                    let found = new.iter().map(|finding| finding.row.unwrap_or(0));
                    recount.touch_all(table_sql, gone.iter().map(|(_, row)| *row).chain(found))?;
                }
                let mut delete = connection.prepare_cached("DELETE FROM finding WHERE id = ?1")?;
                for (id, _) in gone {
                    delete.execute([id])?;
                }
                kept += same;
                for finding in new {
                    kept += u64::from(insert(connection, table_sql, finding)?);
                }
                match scope {
                    Scope::Rows(_) => {}
                    Scope::Period(period) => waiting_rule::remove_ran(connection, table, Some(period), *rules)?,
                    Scope::Table => waiting_rule::remove_ran(connection, table, None, *rules)?,
                }
            }
            for (table, rule) in waits {
                waiting_rule::add(connection, table, rule, period)?;
            }
            unchecked::remove(connection, checked)?;
            Ok(TransactionEnd::Commit(kept))
        })
    }
}

/// Which findings a replacement takes away.
fn conditions(table_sql: &TableSql, scope: Scope<'_>, rules: Option<&[&str]>) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.and("tbl = ?", [table_sql.name().to_owned().into()]);
    match scope {
        Scope::Table => {}
        Scope::Period(period) => {
            conditions.and("(row = 0 OR period = ?)", [table_sql.period(period).to_owned().into()]);
        }
        Scope::Rows(rows) => {
            conditions.and("row IN (SELECT value FROM json_each(?))", [json_numbers(rows).into()]);
        }
    }
    match rules {
        None => conditions.and("rule NOT IN (SELECT value FROM json_each(?))", [json_texts(OF_RECEIPTS).into()]),
        Some(rules) => conditions.and("rule IN (SELECT value FROM json_each(?))", [json_texts(rules).into()]),
    };
    conditions
}
