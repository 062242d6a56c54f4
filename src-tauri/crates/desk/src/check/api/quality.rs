//! The quality of the college's data by GB/T 36344-2018, and the states of rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use standard::Level;
use ts_rs::TS;

/// Asks how good the data of a period are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct QualityQuery {
    /// Period, such as `2026-2027-1`; absent: that of the book.
    pub period: Option<String>,
    /// Only tables of this department; absent: of all.
    pub department: Option<String>,
    /// Whether the digest of the data is made, which reads all records.
    pub digest: bool,
    /// Job number for progress and cancelling: every record is read. 0: neither.
    pub job: u32,
}

/// How good the data of a period are. It is the program's own measure by the indicators of GB/T 36344-2018, with weights
/// of the college; it is not a score of the ministry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Quality {
    /// The period that was measured, such as `2026-2027-1`.
    pub period: String,
    /// Period in Chinese words.
    pub period_words: String,
    /// From 0 to 100; absent where nothing was measured.
    pub score: Option<f64>,
    /// Records that were measured.
    pub rows: u64,
    /// The six dimensions.
    pub dimensions: Vec<DimensionScore>,
    /// The twenty indicators.
    pub indicators: Vec<IndicatorScore>,
    /// Tables with records, the worst first.
    pub tables: Vec<TableQuality>,
    /// Departments with records, the worst first.
    pub departments: Vec<DepartmentQuality>,
    /// What costs most points, the most first.
    pub losses: Vec<Loss>,
    /// The states of all rules.
    pub rules: RuleCounts,
    /// SM3 of all records spoken of (64 hexadecimal digits), where it was asked for.
    pub digest: Option<String>,
}

/// One dimension of GB/T 36344-2018.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DimensionScore {
    /// `01` to `06`.
    pub no: String,
    /// Chinese name, as the standard prints it.
    pub name: String,
    /// Its weight among the dimensions, chosen by the college.
    pub weight: f64,
    /// From 0 to 100: the weighted mean of its measured indicators; absent where none is.
    pub score: Option<f64>,
    /// Elements that its indicators evaluated.
    pub measured: u64,
    /// Of these, elements that do not meet the demand.
    pub failed: u64,
}

/// One indicator of GB/T 36344-2018: the share A / B of elements that meet its demand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IndicatorScore {
    /// `0101` to `0602`; its first two digits are those of the dimension.
    pub no: String,
    /// Chinese name, as the standard prints it.
    pub name: String,
    /// Its weight within the dimension, chosen by the college.
    pub weight: f64,
    /// Elements that meet the demand, explained ones included.
    pub met: u64,
    /// Elements that were evaluated.
    pub of: u64,
    /// Elements that do not meet the demand only according to findings that are explained.
    pub explained: u64,
    /// From 0 to 100: the share of those that meet it. For 0303 and 0305, where the standard counts the bad ones, 1 less
    /// the share of these.
    pub score: Option<f64>,
    /// Why it was not measured: words under `unmeasured.` in ui/src/text; absent where it was.
    pub unmeasured: Option<String>,
}

/// How good one table is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableQuality {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// Records of the period.
    pub rows: u64,
    /// How many records are expected, where the college says so.
    pub expected: Option<u64>,
    /// From 0 to 100.
    pub score: Option<f64>,
    /// Elements of all indicators that do not meet the demand.
    pub failed: u64,
}

/// How good the tables of one department are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DepartmentQuality {
    /// Name; empty for tables without a department.
    pub department: String,
    /// How many of its tables have records.
    pub tables: u64,
    /// Records of the period.
    pub rows: u64,
    /// From 0 to 100.
    pub score: Option<f64>,
}

/// Points that one table loses in one indicator.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Loss {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// Number of the indicator.
    pub indicator: String,
    /// Elements that do not meet its demand.
    pub failed: u64,
    /// Points of the whole score (0 to 100) that they cost.
    pub points: f64,
}

/// How many rules are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleCounts {
    /// Rules that found nothing.
    pub holds: u64,
    /// Rules that found something.
    pub found: u64,
    /// Rules of tables without records.
    pub not_applicable: u64,
    /// Rules that did not come to their end, or wait to run again after an edit.
    pub not_run: u64,
    /// Rules that compare with tables that are empty.
    pub not_measurable: u64,
}

/// Weights, and expected numbers of records.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct QualitySettings {
    /// Weight of each dimension by its number, from 0 to 100; one that is not named weighs 1.
    pub dimensions: BTreeMap<String, f64>,
    /// Weight of each indicator within its dimension by its number, from 0 to 100; one that is not named weighs 1.
    pub indicators: BTreeMap<String, f64>,
    /// How many records tables should have in the present period, by name.
    pub expected: BTreeMap<String, u64>,
}

/// Writes the quality report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteQuality {
    /// Period; absent: that of the book.
    #[serde(default)]
    pub period: Option<String>,
    /// File to write: .html for printing, or .xlsx.
    pub path: String,
}

/// A written report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenQuality {
    /// Path that was asked for.
    pub file: String,
    /// The digest of the data, as the report prints it.
    pub digest: String,
}

/// The state of a rule in the present period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RuleState {
    /// It was run and found nothing.
    Holds,
    /// It found something.
    Found,
    /// Its table has no records.
    NotApplicable,
    /// It did not come to its end, or waits to run again after an edit.
    NotRun,
    /// A table that it compares with is empty.
    NotMeasurable,
}

/// One rule and its state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleStateView {
    /// Name of the rule.
    pub rule: String,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Titles of the columns that it reads; empty for a rule that reads whole records.
    pub column_titles: Vec<String>,
    /// How serious it is.
    pub level: Level,
    /// Why it is checked, in a sentence.
    pub reason: String,
    /// Whether it holds, found something, or why neither is known.
    pub state: RuleState,
    /// Findings that it has in the present period.
    pub findings: u64,
    /// For a rule that is not measurable: the titles of the empty tables.
    pub empty: Vec<String>,
}

/// A field that no rule looks at, beside the checks of the field itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlainField {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title of the field, as the edition prints it.
    pub title: String,
    /// Names of the checks of single fields that look at it.
    pub checks: Vec<String>,
}

/// The states of rules, and the fields that no rule looks at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleStates {
    /// How many rules are in each state.
    pub counts: RuleCounts,
    /// All rules, by table in printed order.
    pub rules: Vec<RuleStateView>,
    /// Fields that clerks fill.
    pub fields: u64,
    /// Of these, fields that no rule looks at, in printed order.
    pub plain: Vec<PlainField>,
}
