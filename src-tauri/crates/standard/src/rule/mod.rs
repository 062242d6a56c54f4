//! Rules: what the data of a table must say together, as SQL, each with rows that pass and rows that fail.
//!
//! A [`Rule`] is a rule that was read; [`RuleText`] is how one is written, in a rule file (`rules/*.toml`) or in a
//! college's own additions. Here a rule is only read; the crate `check` decides whether its SQL may run, and runs it.

mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// Columns of the table that the rule looks at; a finding stands on the first, unless the rule names another one.
    pub columns: Vec<String>,
    /// The rule itself.
    pub body: RuleBody,
    /// What is wrong, in Chinese: `{value}` is the value of the column at fault and `{title}` its title, `{COLUMN}` the
    /// value of another column, `{COLUMN:name}` a code with its name, and `{name}` a column that a select adds.
    pub message: String,
    /// Why this is checked, in a sentence for a clerk.
    pub reason: String,
    /// Where the standard itself says so; absent if the rule follows from the data alone.
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
    /// Several expressions over one record, each with the column that is at fault where it is false.
    Parts {
        /// The expressions, at least one.
        parts: Vec<RulePart>,
    },
    /// A SELECT whose first column `_row` names the records that fail. A column `_column` names the column of the table
    /// that is at fault, one of the rule's, and `_suggestion` a value that would be right; further columns are for the
    /// message.
    Select {
        /// SQL statement.
        select: String,
    },
}

impl RuleBody {
    /// The SQL as it is written; that of several parts is joined, each with its column in a remark, for people to read.
    pub fn sql(&self) -> Cow<'_, str> {
        match self {
            RuleBody::Row { expect } => Cow::Borrowed(expect),
            RuleBody::Parts { parts } => {
                let parts: Vec<String> =
                    parts.iter().map(|part| format!("-- {}\n{}", part.column, part.expect)).collect();
                Cow::Owned(parts.join("\n"))
            }
            RuleBody::Select { select } => Cow::Borrowed(select),
        }
    }

    /// Whether it looks at one record at a time.
    pub fn is_over_one_record(&self) -> bool {
        !matches!(self, RuleBody::Select { .. })
    }
}

/// One of several expressions of a rule over one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RulePart {
    /// Column of the rule on which the finding stands.
    pub column: String,
    /// SQL expression: false is a finding, NULL does not apply.
    pub expect: String,
    /// What is wrong; it replaces the rule's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Rule {
    /// Its message and those of its parts.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        let parts = match &self.body {
            RuleBody::Parts { parts } => parts.as_slice(),
            RuleBody::Row { .. } | RuleBody::Select { .. } => &[],
        };
        std::iter::once(self.message.as_str()).chain(parts.iter().filter_map(|part| part.message.as_deref()))
    }
}

/// Records to try a rule on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// The day on which it is tried, `YYYYMMDD`; absent: [`DEFAULT_TODAY`].
    pub today: Option<String>,
    /// The period in which it is tried; absent: [`DEFAULT_PERIOD`].
    pub period: Option<String>,
    /// A column on which a failing case must have a finding; absent: on any.
    pub column: Option<String>,
    /// Records in the order in which they are put in: table, and values by column.
    pub rows: Vec<(String, BTreeMap<String, String>)>,
}

/// The day on which a case is tried that names none.
pub const DEFAULT_TODAY: &str = "20261101";

/// The period in which a case is tried that names none.
pub const DEFAULT_PERIOD: &str = "2026-2027-1";

/// The names between braces, in order, without the [`NAME`] that may stand behind them.
pub fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    braces(message).map(|name| name.strip_suffix(NAME).unwrap_or(name))
}

/// What stands between braces, in order.
fn braces(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Behind the name of a column in a message: the name of the code is put behind the code.
pub const NAME: &str = ":name";
