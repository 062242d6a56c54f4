//! Equal findings as groups: same table, column, rule and value. They are mended and explained together.

use standard::Level;

use crate::{Book, FindingCounts, StoreError};

/// Asks for groups.
#[derive(Debug, Clone, Default)]
pub struct GroupQuery {
    /// Only this table.
    pub table: Option<String>,
    /// Only records of this period, and findings of tables that are not periodic.
    pub period: Option<String>,
    /// At most so many.
    pub limit: u64,
}

/// Groups of equal findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingGroups {
    /// Groups in all.
    pub total: u64,
    /// The groups, mandatory first, the largest first.
    pub groups: Vec<FindingGroup>,
    /// All findings that the query speaks of.
    pub counts: FindingCounts,
}

/// Findings of one table, column, rule and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingGroup {
    /// Table.
    pub table: String,
    /// Column.
    pub column: Option<String>,
    /// Rule.
    pub rule: String,
    /// The worst level among them.
    pub level: Level,
    /// The value they share.
    pub value: String,
    /// Words of the first one.
    pub message: String,
    /// The suggestion, where all have the same.
    pub suggestion: Option<String>,
    /// How many.
    pub count: u64,
    /// The first record.
    pub first_row: Option<i64>,
    /// How many are explained.
    pub explained: u64,
}

impl Book {
    /// Groups of equal findings.
    pub fn finding_groups(&self, query: &GroupQuery) -> Result<FindingGroups, StoreError> {
        let _ = query;
        unimplemented!()
    }

    /// The records of one group, by place.
    pub fn group_rows(
        &self,
        table: &str,
        period: Option<&str>,
        column: Option<&str>,
        rule: &str,
        value: &str,
    ) -> Result<Vec<i64>, StoreError> {
        let _ = (table, period, column, rule, value);
        unimplemented!()
    }
}
