//! Findings: what checks and receipts say about cells, kept in the book and addressed by (table, row, column, rule).

use standard::{Finding, Level};

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

/// Numbers of findings by level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FindingCounts {
    /// 强制.
    pub mandatory: u64,
    /// 核实, not yet explained.
    pub confirm: u64,
    /// 提示.
    pub hint: u64,
}

/// Asks for findings.
#[derive(Debug, Clone, Default)]
pub struct FindingQuery {
    /// Only this table.
    pub table: Option<String>,
    /// Only records of this period, and findings of tables that are not periodic.
    pub period: Option<String>,
    /// Only these records; empty for all.
    pub rows: Vec<i64>,
    /// Only this column.
    pub column: Option<String>,
    /// Only this rule.
    pub rule: Option<String>,
    /// Only this level.
    pub level: Option<Level>,
    /// Only this value.
    pub value: Option<String>,
    /// First.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// A page of findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingPage {
    /// How many in all.
    pub total: u64,
    /// The page, by table in printed order, place of the record, column in printed order, level.
    pub findings: Vec<StoredFinding>,
}

/// A finding as the book keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFinding {
    /// Its number; a new check may give it another.
    pub id: i64,
    /// The finding.
    pub finding: Finding,
    /// Record key of the record; empty without one.
    pub key: String,
    /// The clerk's reason, where one is given for this value.
    pub explanation: Option<String>,
}

impl Book {
    /// Puts `new` in the place of the findings of the scope: of the given rules, or of all but `receipt`.
    ///
    /// Findings about records that are gone meanwhile are passed over, and of two findings with one address the more
    /// serious stays. Returns how many were kept.
    pub fn replace_findings(
        &self,
        table: &str,
        scope: Scope<'_>,
        rules: Option<&[&str]>,
        new: impl IntoIterator<Item = Finding>,
    ) -> Result<u64, StoreError> {
        let _ = (table, scope, rules, new.into_iter().count());
        unimplemented!()
    }

    /// A page of findings.
    pub fn findings(&self, query: &FindingQuery) -> Result<FindingPage, StoreError> {
        let _ = query;
        unimplemented!()
    }

    /// Numbers of findings of one table, or of all; of one period (and of tables without), or of all. Confirm
    /// findings that are explained do not count.
    pub fn finding_counts(&self, table: Option<&str>, period: Option<&str>) -> Result<FindingCounts, StoreError> {
        let _ = (table, period);
        unimplemented!()
    }
}
