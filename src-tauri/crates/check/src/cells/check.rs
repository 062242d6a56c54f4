//! The type of a check of cells: which cells it looks at, and the problem that it finds.

use standard::{Field, Level, Words};

use crate::expected::expected;
use crate::field::PreparedField;

/// One kind of check.
pub(crate) struct Check {
    /// The rule that its findings carry, such as `required`; several checks may share one.
    pub rule: &'static str,
    /// Level of its findings, unless a [`Problem`] says otherwise.
    pub level: Level,
    /// Which cells it looks at.
    pub looks_at: LooksAt,
    /// Whether other cells of the record decide what is right in this one. What another check finds nothing in, it finds
    /// nothing in wherever the text stands, so [`crate::Remembered`] need not ask it again.
    pub of_record: bool,
    /// Whether the check applies to a field; called once for each table.
    pub concerns: fn(&PreparedField) -> bool,
    /// What is wrong with a cell.
    pub find: fn(&Cell<'_>) -> Option<Problem>,
}

/// Which cells of a field a check looks at. A cell of blanks alone counts as empty.
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
    /// The prepared field.
    pub prepared: &'a PreparedField,
    /// The text of the cell as it stands, outer blanks included.
    pub value: &'a str,
    /// All values of the record, in the order of the table's fields.
    pub values: &'a [String],
}

impl<'a> Cell<'a> {
    /// The field as the edition has it.
    pub fn field(&self) -> &'a Field {
        &self.prepared.field
    }

    /// A sentence about the values that the field takes; empty if there is nothing to say.
    pub fn expected(&self) -> Words {
        expected(&self.prepared.field, self.prepared.list.as_deref())
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong and what would be right, with `{value}` for the value.
    pub message: Words,
    /// A value that would be right, ready to be put into the cell.
    pub suggestion: Option<String>,
    /// The level, if it is another one than that of the check.
    pub level: Option<Level>,
}

impl Problem {
    /// A problem of the check's level, without a suggestion.
    pub fn new(message: Words) -> Self {
        Problem { message, suggestion: None, level: None }
    }

    /// With a value that would be right.
    pub fn suggest(self, suggestion: Option<String>) -> Self {
        Problem { suggestion, ..self }
    }

    /// Of level [`Level::Confirm`], if `doubtful`.
    pub fn confirm_if(self, doubtful: bool) -> Self {
        Problem { level: if doubtful { Some(Level::Confirm) } else { self.level }, ..self }
    }
}
