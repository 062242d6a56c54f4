//! Requests and responses of the check screen.

use serde::{Deserialize, Serialize};
use standard::{Level, Words};
use ts_rs::TS;

use crate::verify::api::{FindingView, LevelCounts};

/// Checks tables anew, as a job that can be cancelled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunCheck {
    /// Tables; empty: all that have records.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Job number for progress and cancelling.
    #[serde(default)]
    pub job: u32,
}

/// What a check found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckSummary {
    /// Records read.
    pub rows: u64,
    /// Tables read.
    pub tables: usize,
    /// Seconds it took.
    pub seconds: f64,
    /// Findings in these tables.
    pub counts: LevelCounts,
    /// Rules that could not be run to their end; all others were.
    pub failed_rules: Vec<FailedRule>,
}

/// A rule that could not be run to its end.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FailedRule {
    /// Its name.
    pub rule: String,
    /// Why: `reader.time-out`, `reader.sql` or `reader.refused`.
    pub reason: String,
}

/// Asks for findings, a page at a time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct FindingsQuery {
    /// Only this table.
    #[serde(default)]
    pub table: Option<String>,
    /// Only this record.
    #[serde(default)]
    pub row: Option<i64>,
    /// Only this column.
    #[serde(default)]
    pub column: Option<String>,
    /// Only this rule.
    #[serde(default)]
    pub rule: Option<String>,
    /// Only this level.
    #[serde(default)]
    pub level: Option<Level>,
    /// Only this value.
    #[serde(default)]
    pub value: Option<String>,
    /// Whether personal values are masked even if the settings of the book show them: for texts that leave the program.
    #[serde(default)]
    #[ts(skip)]
    pub always_masked: bool,
    /// How many findings to leave out at the beginning.
    #[serde(default)]
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// Findings of one page, and how many there are in all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingsPage {
    /// How many findings the query selects.
    pub total: u64,
    /// The page, ordered by table, position of the record, column.
    pub findings: Vec<FindingView>,
}

/// Groups of equal findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingGroups {
    /// Groups, mandatory first, the largest first; at most 500.
    pub groups: Vec<FindingGroup>,
    /// Groups in all.
    pub total: u64,
    /// All findings.
    pub counts: LevelCounts,
}

/// Findings of one table, column, rule and value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingGroup {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Chinese title of the field, as the edition prints it.
    pub column_title: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// Why the rule is checked, in a sentence; absent for checks of single fields, duplicates and references.
    pub reason: Option<String>,
    /// The worst level among them.
    pub level: Level,
    /// The value they share.
    pub value: String,
    /// The value as it may be shown: masked where it is personal and the clerk has not asked for it.
    pub shown: String,
    /// Words of the first of them; `{value}` stands for [`FindingGroup::shown`].
    pub message: Words,
    /// A value that would be right for all.
    pub suggestion: Option<String>,
    /// How many findings are in the group.
    pub count: u64,
    /// Number of the record of the first of them; absent for a finding about the whole table.
    pub first_row: Option<i64>,
    /// How many are explained.
    pub explained: u64,
}

/// Names a group of findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupRef {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// The value they share.
    pub value: String,
}

/// Puts one value into all cells of a group, in one step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Mend {
    /// Findings of one rule on one column with one value.
    pub group: GroupRef,
    /// The new value, as typed.
    pub with: String,
}

/// Explains the confirm findings of a group.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Explain {
    /// Findings of one rule on one column with one value.
    pub group: GroupRef,
    /// Only this record; absent: all.
    #[serde(default)]
    pub row: Option<i64>,
    /// The reason; empty takes it back.
    pub text: String,
}

/// States that records with one natural key are different records. The statement covers all records with that key, and
/// they get their ordinals in the order of the grid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TellApart {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Numbers of records, at least one of those that share a natural key.
    pub rows: Vec<i64>,
    /// The reason; an empty text takes the statement back.
    pub text: String,
}
