//! Rules: what the data of a table must say together, as SQL, each with rows that pass and rows that fail.
//!
//! A [`Rule`] is a rule that was read; [`RuleText`] is how one is written, in a rule file (`rules/*.toml`) or in a
//! college's own additions. Here a rule is only read: whether its SQL is one that may run, and what it finds, is
//! for those who have a database.

mod text;

use std::collections::BTreeMap;

use crate::finding::Level;

pub(crate) use text::fault;
pub use text::{CaseText, CaseValue, RuleFault, RuleText};

/// Something that the records of a table must fulfil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Name, `TABLE.kebab-case`, unique in the edition.
    pub id: String,
    /// How serious a violation is.
    pub level: Level,
    /// Table whose records are found.
    pub table: String,
    /// Columns of the table that the rule looks at; a finding stands on the first.
    pub columns: Vec<String>,
    /// The rule itself.
    pub body: RuleBody,
    /// What is wrong, in Chinese: `{value}` is the value of the first column, `{COLUMN}` that of another one, and
    /// `{name}` a column that a select adds.
    pub message: String,
    /// Why this is checked, in a sentence for a clerk.
    pub reason: String,
    /// Where the standard itself says so; absent for what the data demand of themselves.
    pub basis: Option<String>,
    /// Records on which it finds nothing.
    pub pass: Vec<Case>,
    /// Records on which it finds something.
    pub fail: Vec<Case>,
    /// Added by the college.
    pub own: bool,
}

/// What a rule runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleBody {
    /// An expression over one record: false is a finding, NULL does not apply.
    Row {
        /// SQL expression.
        expect: String,
    },
    /// A SELECT whose first column `_row` names the records that fail; further columns are for the message, and
    /// `_suggestion` is a value that would be right.
    Select {
        /// SQL statement.
        select: String,
    },
}

impl RuleBody {
    /// The SQL as it is written.
    pub fn sql(&self) -> &str {
        match self {
            RuleBody::Row { expect } => expect,
            RuleBody::Select { select } => select,
        }
    }
}

/// Records to try a rule on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// The day on which it is tried, `YYYYMMDD`; absent: [`DEFAULT_TODAY`].
    pub today: Option<String>,
    /// The period in which it is tried; absent: [`DEFAULT_PERIOD`].
    pub period: Option<String>,
    /// Records in the order in which they are put in: table, and values by column.
    pub rows: Vec<(String, BTreeMap<String, String>)>,
}

/// The day on which a case is tried that names none.
pub const DEFAULT_TODAY: &str = "20261101";

/// The period in which a case is tried that names none.
pub const DEFAULT_PERIOD: &str = "2026-2027-1";

/// The names between braces, in order.
pub fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
