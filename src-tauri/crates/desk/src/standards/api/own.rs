//! The college's own additions to an edition: kept in the book, laid over every revision of it, never submitted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
pub use standard::overlay::{OwnColumn, OwnField, OwnTable};
use standard::{Frequency, Level};
use ts_rs::TS;

use crate::session::api::CallError;

/// All own additions of the open book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// Fields added to tables of the edition.
    pub fields: Vec<OwnField>,
    /// Tables added; they come to stand in the subset `OWN`.
    pub tables: Vec<OwnTable>,
    /// Rules added; their names have `own-` behind the dot.
    pub rules: Vec<OwnRule>,
    /// How often a table is filled, where that differs from what is printed.
    pub frequencies: BTreeMap<String, Frequency>,
    /// Departments by table, where the settings name none.
    pub departments: BTreeMap<String, String>,
}

/// An own rule, as rule files have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnRule {
    /// `TABLE.own-kebab-case`.
    pub id: String,
    /// How serious what it finds is.
    pub level: Level,
    /// Table whose records are found.
    pub table: String,
    /// Columns that it reads; a finding stands on the first.
    pub columns: Vec<String>,
    /// SQL expression over one record; this or `select`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
    /// SELECT of failing records; this or `expect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Why this is checked.
    pub reason: String,
    /// Where the standard says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Records on which it finds nothing.
    pub pass: Vec<BTreeMap<String, OwnCaseValue>>,
    /// Records on which it finds something.
    pub fail: Vec<BTreeMap<String, OwnCaseValue>>,
}

/// A value of a case: the text of a cell, or records of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum OwnCaseValue {
    /// Text of a cell, of `_today` or of `_period`.
    Text(String),
    /// Records of a table.
    Rows(Vec<BTreeMap<String, String>>),
}

/// Parts of the open book's additions that have no place in its edition as it is now. They are kept, and left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OverlayProblems {
    /// Each with `part` and `found` in its params.
    pub problems: Vec<CallError>,
}

/// Tries a rule on its own cases.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TryRule {
    /// The rule, saved or not.
    pub rule: OwnRule,
}

/// How it went.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TriedRule {
    /// What is wrong with the rule; absent: it does what its cases say.
    pub problem: Option<CallError>,
}

/// Names a file of own additions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OverlayFile {
    /// Path of the file with the additions.
    pub path: String,
}

/// Asks for a name for an own field or table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposeName {
    /// Chinese title that a name is wanted for.
    pub title: String,
    /// Names that are in use.
    #[serde(default)]
    pub taken: Vec<String>,
}

/// A name that can be used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposedName {
    /// `X_` and the initials of the title.
    pub name: String,
}
