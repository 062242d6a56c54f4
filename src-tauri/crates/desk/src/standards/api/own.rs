//! The college's own additions to an edition: kept in the book, laid over every revision of it, never submitted.

use serde::{Deserialize, Serialize};
pub use standard::overlay::{Overlay, OwnColumn, OwnField, OwnTable};
pub use standard::rule::{CaseValue, RuleText};
use ts_rs::TS;

use crate::session::api::CallError;

/// Parts of the open book's additions that do not fit its edition as it is now. They stay in the book and have no
/// effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OverlayProblems {
    /// Each with `part` and `found` in its params.
    pub problems: Vec<CallError>,
}

/// Tries a rule on its own cases.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TryRule {
    /// The rule, saved or not.
    pub rule: RuleText,
}

/// The result of trying a rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TriedRule {
    /// What is wrong with the rule; absent: all of its cases come out as they should.
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
