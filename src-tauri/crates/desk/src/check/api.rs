//! Requests and responses of the check screen.

mod quality;
mod trend;

pub use quality::*;
use serde::{Deserialize, Serialize};
use standard::{Level, Words};
pub use store::{Grouping, Selection};
pub use trend::*;
use ts_rs::TS;

use crate::verify::api::{FindingView, LevelCounts};

/// Checks tables anew, as a job that can be cancelled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunCheck {
    /// Tables; empty: all that have records.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Job number for progress and cancelling.
    #[serde(default)]
    pub job: u32,
}

/// What a check found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckSummary {
    /// Records read.
    pub rows: u64,
    /// Tables read.
    pub tables: usize,
    /// Seconds it took.
    pub seconds: f64,
    /// Findings in these tables.
    pub counts: LevelCounts,
    /// Rules that could not be run to their end; all others were.
    pub failed_rules: Vec<FailedRule>,
}

/// A rule that could not be run to its end.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FailedRule {
    /// Its name.
    pub rule: String,
    /// Why: `reader.time-out`, `reader.sql` or `reader.refused`.
    pub reason: String,
}

/// A rule that an edit may have changed and that has not run for all records since: what it found before may be
/// outdated. It runs by itself a moment after the last edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WaitingRule {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Rule, such as `cut-off` or `ODS_SXJCSJ.one-industry-per-company`.
    pub rule: String,
    /// Why the rule is checked, in a sentence; absent for names that were cut off, equal keys and references.
    pub reason: Option<String>,
}

/// Runs the rules that wait now, as a job that can be cancelled. The answer has those that still wait: an edit came
/// between, or the rule failed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct CatchUp {
    /// Job number for progress and cancelling.
    #[serde(default)]
    pub job: u32,
}

/// Asks for findings, a page at a time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct FindingsQuery {
    /// Only this table.
    #[serde(default)]
    pub table: Option<String>,
    /// Only this record.
    #[serde(default)]
    pub row: Option<i64>,
    /// Only this column.
    #[serde(default)]
    pub column: Option<String>,
    /// Only this rule.
    #[serde(default)]
    pub rule: Option<String>,
    /// Only this level.
    #[serde(default)]
    pub level: Option<Level>,
    /// Only this value.
    #[serde(default)]
    pub value: Option<String>,
    /// Only those that have this in common, too.
    #[serde(default)]
    #[ts(optional)]
    pub selection: Option<Selection>,
    /// Whether personal values are masked even if the settings of the book show them: for texts that leave the program.
    #[serde(default)]
    #[ts(skip)]
    pub always_masked: bool,
    /// How many findings to leave out at the beginning.
    #[serde(default)]
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// Findings of one page, and how many there are in all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingsPage {
    /// How many findings the query selects.
    pub total: u64,
    /// The page, ordered by table, position of the record, column.
    pub findings: Vec<FindingView>,
}

/// Asks for a page of groups of findings.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct GroupsQuery {
    /// What distinguishes the groups.
    pub by: Grouping,
    /// Only findings that have this in common already.
    pub within: Selection,
    /// How many groups to leave out at the beginning.
    pub offset: u64,
    /// The largest number to return; absent: 500.
    pub limit: Option<u64>,
}

/// A page of groups of findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingGroups {
    /// Groups: those with open findings before those without, mandatory before others, the largest first.
    pub groups: Vec<FindingGroup>,
    /// Groups in all.
    pub total: u64,
    /// Findings of all groups, whatever the level that was asked for.
    pub counts: LevelCounts,
    /// Tables that have findings, whatever the tables and the level that were asked for.
    pub tables: Vec<TableFindings>,
}

/// How many findings a table has.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableFindings {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// How many findings.
    pub count: u64,
}

/// The import that wrote the records of a group.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportOf {
    /// Number of its step in the log.
    pub step: i64,
    /// When (RFC 3339).
    pub at: String,
    /// Name of its files.
    pub files: String,
}

/// Findings that have something in common. Table, column, rule and value are those of the first of them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingGroup {
    /// What they have in common, with what was asked for: selects these findings and no others.
    pub selection: Selection,
    /// The import that wrote their records; only for groups by import, and absent where no import did.
    pub import: Option<ImportOf>,
    /// How many of them have a suggestion.
    pub suggested: u64,
    /// How many different values they have.
    pub values: u64,
    /// In how many tables they are.
    pub tables: u64,
    /// How many rules found them.
    pub rules: u64,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Responsible department; empty where none is set.
    pub department: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Chinese title of the field, as the edition prints it.
    pub column_title: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// Why the rule is checked, in a sentence; absent for checks of single fields, duplicates and references.
    pub reason: Option<String>,
    /// The worst level among them.
    pub level: Level,
    /// The value of the first of them, which groups by value share.
    pub value: String,
    /// The value as it may be shown: masked where it is personal and the clerk has not asked for it.
    pub shown: String,
    /// Words of the first of them; `{value}` stands for [`FindingGroup::shown`].
    pub message: Words,
    /// A value that would be right for all.
    pub suggestion: Option<String>,
    /// How many findings are in the group.
    pub count: u64,
    /// Number of the record of the first of them; absent for a finding about the whole table.
    pub first_row: Option<i64>,
    /// How many are explained.
    pub explained: u64,
    /// The reason that was given for the first of them.
    pub explanation: Option<String>,
    /// Whether the standard leaves the question open, so that one answer (`check.answer`) is right for all records of the
    /// table, those to come included.
    pub question: bool,
}

/// Names a group of findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupRef {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: Option<String>,
    /// Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
    pub rule: String,
    /// The value they share.
    pub value: String,
}

/// Puts one value into all cells of a group, in one step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Mend {
    /// Findings of one rule on one column with one value.
    pub group: GroupRef,
    /// The new value, as typed.
    pub with: String,
}

/// Corrects the cells of all findings of a selection in the same way, in one step, as a job that can be cancelled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MendAll {
    /// Which findings.
    pub selection: Selection,
    /// How their cells are corrected.
    pub remedy: Remedy,
    /// Job number for progress and cancelling.
    #[serde(default)]
    pub job: u32,
}

/// How cells are corrected.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Remedy {
    /// Each cell takes what its finding suggests.
    Suggestion,
    /// All cells take one value.
    Value {
        /// The value, as typed.
        with: String,
    },
    /// The cells are emptied.
    Blank,
    /// Blanks and invisible signs at the ends are taken away.
    Trim,
    /// Each cell takes what the record that another cell of its record names says: the name of the student of this number.
    Record,
}

/// What a correction of a selection did. It is on disk and checked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Mended {
    /// Number of the step, by which it is taken back; absent where nothing changed.
    pub step: Option<i64>,
    /// Cells that got another value.
    pub cells: u64,
    /// Records that changed.
    pub rows: u64,
    /// Findings whose cells stay as they are, because the remedy knows no other value for them.
    pub left: u64,
    /// Names of the tables that the findings are in.
    pub tables: Vec<String>,
}

/// Explains all confirm findings of a selection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExplainAll {
    /// Which findings.
    pub selection: Selection,
    /// The reason; empty takes it back.
    pub text: String,
}

/// What was explained.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Explained {
    /// How many findings got the reason, or lost theirs.
    pub explained: u64,
}

/// Explains the confirm findings of a group.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Explain {
    /// Findings of one rule on one column with one value.
    pub group: GroupRef,
    /// Only this record; absent: all.
    #[serde(default)]
    pub row: Option<i64>,
    /// The reason; empty takes it back.
    pub text: String,
}

/// States that records with one natural key are different records. The statement covers all records with that key, and
/// they get their ordinals in the order of the grid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TellApart {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Numbers of records, at least one of those that share a natural key.
    pub rows: Vec<i64>,
    /// The reason; an empty text takes the statement back.
    pub text: String,
}

/// Answers a question that the standard leaves open, for all findings of this cause, those to come included.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GiveAnswer {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Rule of the findings, such as `code`.
    pub rule: String,
    /// Code of their message, as the selection of their group has it.
    pub code: String,
    /// The reason; empty takes the answer back.
    pub text: String,
}

/// Reasons that are at hand, and the answers to open questions of the standard.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reasons {
    /// Reasons that the college keeps, in its order.
    pub reasons: Vec<String>,
    /// Answers that hold for whole tables.
    pub answers: Vec<AnswerView>,
}

/// One answer that holds for a whole table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerView {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table; the name where the edition does not have it.
    pub table_title: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title of the field; the name where the edition does not have it.
    pub column_title: String,
    /// Rule of the findings, such as `code`.
    pub rule: String,
    /// Code of their message.
    pub code: String,
    /// The reason.
    pub text: String,
    /// When it was given (RFC 3339).
    pub at: String,
    /// Who gave it; may be empty.
    pub who: String,
}

/// Replaces the list of reasons that the college keeps.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetReasons {
    /// The reasons; empty and repeated ones are left out.
    pub reasons: Vec<String>,
}
