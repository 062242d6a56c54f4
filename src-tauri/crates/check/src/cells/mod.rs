//! Checks of one cell, with the rest of its record at hand. One file per kind; [`CHECKS`] is the one list of them, and
//! adding a kind touches its file and this list.
//!
//! A check sees a value as it stands in the cell. A cell of blanks alone counts as empty. Checks do not know of each
//! other; where two could speak of one mistake, the narrower one is silent (a text that is no number has no scale).

pub(crate) mod code;
mod conditional_value;
mod date;
mod json;
mod length;
mod max_items;
mod number;
pub(crate) mod pattern;
mod precision;
mod required;
mod required_when;
mod separator;
mod url;
mod values;

use standard::{Field, Level};

use crate::plan::FieldPlan;

/// All kinds, in the order in which findings of one cell are listed.
static CHECKS: [Check; 14] = [
    required::CHECK,
    required_when::CHECK,
    conditional_value::CHECK,
    number::CHECK,
    precision::CHECK,
    length::CHECK,
    date::CHECK,
    pattern::CHECK,
    url::CHECK,
    json::CHECK,
    separator::CHECK,
    code::CHECK,
    values::CHECK,
    max_items::CHECK,
];

/// One kind of check.
pub(crate) struct Check {
    /// Name that its findings carry.
    pub rule: &'static str,
    /// Level of its findings, unless a [`Problem`] says otherwise.
    pub level: Level,
    /// Which cells it looks at.
    pub looks_at: LooksAt,
    /// Which fields it concerns.
    pub concerns: fn(&FieldPlan<'_>) -> bool,
    /// Finds a problem.
    pub find: fn(&Cell<'_>) -> Option<Problem>,
}

/// Empty cells, filled cells, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LooksAt {
    Empty,
    Filled,
    Both,
}

impl LooksAt {
    /// Whether a cell is looked at.
    pub fn includes(self, empty: bool) -> bool {
        match self {
            LooksAt::Empty => empty,
            LooksAt::Filled => !empty,
            LooksAt::Both => true,
        }
    }
}

/// A cell to look at.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    /// Its field, made ready.
    pub plan: &'a FieldPlan<'a>,
    /// Its value.
    pub value: &'a str,
    /// The record that it stands in.
    pub values: &'a [String],
}

impl<'a> Cell<'a> {
    /// The field.
    pub fn field(&self) -> &'a Field {
        self.plan.field
    }

    /// What the field takes, in words.
    pub fn expected(&self) -> String {
        crate::words::expected(self.plan.field, self.plan.list.map(|list| list.as_ref()))
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Words, with `{value}` for the value.
    pub message: String,
    /// A value that would be right.
    pub suggestion: Option<String>,
    /// The level, where it is not the check's own.
    pub level: Option<Level>,
}

impl Problem {
    /// A problem of the check's own level, without a suggestion.
    pub fn new(message: impl Into<String>) -> Self {
        Problem { message: message.into(), suggestion: None, level: None }
    }

    /// With a value that would be right.
    pub fn suggest(self, suggestion: Option<String>) -> Self {
        Problem { suggestion, ..self }
    }

    /// Asks to confirm, if `doubtful`.
    pub fn confirm_if(self, doubtful: bool) -> Self {
        Problem { level: if doubtful { Some(Level::Confirm) } else { self.level }, ..self }
    }
}

/// The checks that concern a field.
pub(crate) fn checks_of(plan: &FieldPlan<'_>) -> Vec<&'static Check> {
    CHECKS.iter().filter(|check| (check.concerns)(plan)).collect()
}

/// Names of the rules of all cell checks, each once.
pub fn cell_rules() -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = Vec::new();
    for check in &CHECKS {
        if !rules.contains(&check.rule) {
            rules.push(check.rule);
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_named_once() {
        assert_eq!(
            cell_rules(),
            [
                "required",
                "required-when",
                "conditional-value",
                "type",
                "precision",
                "length",
                "date",
                "format",
                "separator",
                "code",
                "max-items"
            ]
        );
    }
}
