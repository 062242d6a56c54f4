//! Looking at the rules of an edition, with the cases they are tried on.

use serde::{Deserialize, Serialize};
use standard::Level;
use ts_rs::TS;

/// Asks for rules.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct RulesQuery {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// Only the rules of this table.
    #[serde(default)]
    pub table: Option<String>,
    /// Only the rule of this id, or those whose words hold this; empty for all.
    #[serde(default)]
    pub find: String,
    /// First rule.
    #[serde(default)]
    pub offset: usize,
    /// The largest number to return; all if absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Rules that match.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RulesPage {
    /// How many match.
    pub total: usize,
    /// The page, in the order of the rule files.
    pub rules: Vec<RuleView>,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// One record: its SQL is an expression that holds for a correct record.
    Row,
    /// Several records or tables: its SQL is a query for the failing records.
    Select,
}

/// Asks for the rules of an edition as a page to print.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintRules {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// Only the rules of this table.
    #[serde(default)]
    pub table: Option<String>,
    /// File to write, `.html`.
    pub path: String,
    /// The least serious level on the page; absent: `mandatory`.
    #[serde(default)]
    pub level: Option<Level>,
}

/// A page of rules that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintedRules {
    /// Path of the file that was written.
    pub file: String,
    /// Rules on it.
    pub rules: usize,
}

/// A rule as people read it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleView {
    /// Id, `TABLE.name`.
    pub id: String,
    /// Table whose records it finds.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Columns it reads; findings stand on the first.
    pub columns: Vec<RuleColumn>,
    /// How serious it is.
    pub level: Level,
    /// What it looks at.
    pub kind: RuleKind,
    /// The expression or the query.
    pub sql: String,
    /// What is wrong, with `{value}`, `{COLUMN}` and names of the query in braces.
    pub message: String,
    /// The same as a sentence about columns, without braces.
    pub sentence: String,
    /// Why this is checked.
    pub reason: String,
    /// Where the standard itself says so; absent: it is the program's own.
    pub basis: Option<String>,
    /// Cases in which it finds nothing.
    pub pass: Vec<RuleCase>,
    /// Cases in which it finds something.
    pub fail: Vec<RuleCase>,
    /// Added by the college.
    pub own: bool,
}

/// A column that a rule reads.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleColumn {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
}

/// Records that a rule is tried on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleCase {
    /// Day on which it is tried, `YYYYMMDD`; absent: any.
    pub today: Option<String>,
    /// Period in which it is tried; absent: any.
    pub period: Option<String>,
    /// Records, in their order.
    pub rows: Vec<RuleRow>,
}

/// A record of a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleRow {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Cells that are filled, in the order of the table.
    pub cells: Vec<RuleCell>,
}

/// A cell of a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleCell {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Title of the column.
    pub title: String,
    /// Value, invented.
    pub value: String,
}
