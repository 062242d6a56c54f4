//! Findings of a table by rule and cause.

use serde::{Deserialize, Serialize};
use standard::{Level, Words};
use ts_rs::TS;

/// Asks for the causes of a table's findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CausesQuery {
    /// Table name.
    pub table: String,
}

/// Findings of one rule on one column, with the same code of their message.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Cause {
    /// Name of the column in the standard, such as `XH`; absent where the findings are about whole records.
    pub column: Option<String>,
    /// Chinese title of the field, as the edition prints it.
    pub column_title: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// Code of the message, which distinguishes causes of one rule; empty for sentences of a rule file.
    pub code: String,
    /// The worst level among them.
    pub level: Level,
    /// How many findings have this cause.
    pub count: u64,
    /// How many of them are explained.
    pub explained: u64,
    /// How many of them have a suggestion.
    pub suggested: u64,
    /// The suggestion, where all have the same and it is not personal.
    pub suggestion: Option<String>,
    /// Value of the first of them, masked where it is personal and the clerk has not asked for it.
    pub shown: String,
    /// Message of the first of them; `{value}` stands for [`Cause::shown`].
    pub message: Words,
    /// Number of the record of the first of them.
    pub first_row: Option<i64>,
}

/// Puts into each cell of a cause what its finding suggests, in one step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MendCause {
    /// Table name.
    pub table: String,
    /// Column of the findings.
    pub column: String,
    /// Rule of the findings.
    pub rule: String,
    /// Code of their message.
    pub code: String,
}
