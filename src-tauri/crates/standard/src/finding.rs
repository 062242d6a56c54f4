//! A finding: something that a check, or the receiver, says about a cell, a record or a table.

use serde::{Deserialize, Serialize};

use crate::Words;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Level {
    /// 强制: blocks submission.
    Mandatory,
    /// 核实: fix or explain.
    Confirm,
    /// 提示: information.
    Hint,
}

/// What a check found in one cell (`row` and `column`), one record (`row`) or one table.
///
/// The message does not contain the value: [`Finding::message`] has the placeholder `{value}`, so that one text can be
/// shown in full to the clerk and masked everywhere else (see [`crate::mask`]). The words are made where they are
/// shown, in the language of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Table name.
    pub table: String,
    /// `_row` of the record in the book.
    pub row: Option<i64>,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Name of the rule, such as `required`, `code`, `unique-key`, or a rule file's id; `receipt` for rejected rows.
    pub rule: String,
    /// How serious it is.
    pub level: Level,
    /// The offending value as it stands in the cell; empty for an empty cell.
    pub value: String,
    /// What is wrong and what would be right, with `{value}` where the value is named.
    pub message: Words,
    /// A value that would be right, ready to be put into the cell.
    pub suggestion: Option<String>,
}
