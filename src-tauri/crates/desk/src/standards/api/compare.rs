//! Comparing two editions.

use serde::{Deserialize, Serialize};
use standard::Level;
use standard::compare::{Change, What};
use standard::crosswalk::SuccessionKind;
use ts_rs::TS;

/// Names two editions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompareEditions {
    /// Id of the first.
    pub from: String,
    /// Id of the second.
    pub to: String,
}

/// Everything that is different between two editions. A `change` is `added`, `removed`, `changed` or `moved`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// Id of the first.
    pub from: String,
    /// Id of the second.
    pub to: String,
    /// How many of each kind.
    pub counts: ComparisonCounts,
    /// What holds for the change as a whole, in words; only where the second has a crosswalk from the first.
    pub notes: Vec<String>,
    /// Subsets that differ.
    pub subsets: Vec<SubsetDifference>,
    /// Fields that every table of both editions has, and that differ alike in all of them; they are not repeated below.
    pub everywhere: Vec<FieldDifference>,
    /// Tables that differ, in the order of the second edition, then the removed ones.
    pub tables: Vec<TableDifference>,
    /// The editions' own code lists that differ.
    pub lists: Vec<ListDifference>,
    /// Rules that differ.
    pub rules: Vec<RuleDifference>,
}

/// Numbers of differences.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComparisonCounts {
    /// Tables that were added, removed or changed.
    pub tables: ChangeCounts,
    /// Tables of both editions whose fields differ.
    pub tables_with_fields: usize,
    /// Fields of tables of both editions.
    pub fields: ChangeCounts,
    /// Code lists.
    pub lists: ChangeCounts,
    /// Rules that were added, removed or changed.
    pub rules: ChangeCounts,
}

/// Counts of one kind of thing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangeCounts {
    /// Only in the second edition.
    pub added: usize,
    /// Only in the first edition.
    pub removed: usize,
    /// In both and different, moved ones included.
    pub changed: usize,
    /// In both, in another place.
    pub moved: usize,
    /// In both, whether different or not.
    pub kept: usize,
}

/// A subset that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SubsetDifference {
    /// What happened.
    pub change: Change,
    /// Code of the subset.
    pub code: String,
    /// Title in the first edition.
    pub before: Option<String>,
    /// Title in the second edition.
    pub after: Option<String>,
}

/// A table that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableDifference {
    /// What happened; `moved` where it is in another subset, whatever else is different.
    pub change: Change,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Subset of the second edition where it is there.
    pub subset: String,
    /// Differences of the table itself.
    pub aspects: Vec<AspectDifference>,
    /// Fields that differ; of a table that is in both editions.
    pub fields: Vec<FieldDifference>,
    /// What took its place, or what it takes the place of; only where that is known.
    pub successions: Vec<SuccessionView>,
    /// What a search matches: title, pinyin, initials, name, and the same of its fields.
    pub search: String,
}

/// What became of a table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SuccessionView {
    /// Whether a table took its place, or none, or one beside it.
    pub kind: SuccessionKind,
    /// The table of the other edition; absent where it was dropped.
    pub table: Option<String>,
    /// Chinese title, as the edition prints it.
    pub title: Option<String>,
    /// Our reason for this succession, in Chinese.
    pub note: String,
    /// Whether this is our judgement and not printed in the standard.
    pub judgement: bool,
}

/// A field that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldDifference {
    /// What happened.
    pub change: Change,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// What is different about it.
    pub aspects: Vec<AspectDifference>,
    /// What became of it, in words; only where that is known.
    pub note: Option<String>,
}

/// One difference.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AspectDifference {
    /// Its words are under `compare.what-`.
    pub what: What,
    /// In the first edition; absent where it has none. `yes` or `no`, a frequency or a kind where it is one of these.
    pub before: Option<String>,
    /// In the second edition.
    pub after: Option<String>,
}

/// A code list that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListDifference {
    /// What happened.
    pub change: Change,
    /// Id of the code list in its edition.
    pub id: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Number of codes in the first edition.
    pub before: usize,
    /// Number of codes in the second edition.
    pub after: usize,
    /// Differences of the list itself.
    pub aspects: Vec<AspectDifference>,
    /// Codes that differ; of an added or removed list all of them.
    pub codes: Vec<CodeDifference>,
    /// What became of its codes, in words; only where that is known.
    pub note: Option<String>,
    /// What a search matches.
    pub search: String,
}

/// What became of a code between two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CodeChangeKind {
    /// Only the second edition has it.
    Added,
    /// Only the first edition has it.
    Removed,
    /// It has another name.
    Renamed,
    /// It has another parent.
    Moved,
}

impl From<Change> for CodeChangeKind {
    fn from(change: Change) -> CodeChangeKind {
        match change {
            Change::Added => CodeChangeKind::Added,
            Change::Removed => CodeChangeKind::Removed,
            // The name is the only thing of a code that changes while the code stays.
            Change::Changed => CodeChangeKind::Renamed,
            Change::Moved => CodeChangeKind::Moved,
        }
    }
}

/// A code that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CodeDifference {
    /// What became of it.
    pub change: CodeChangeKind,
    /// Code as the edition prints it, with its leading zeros.
    pub code: String,
    /// Name in the first edition; the parent there where it is moved.
    pub before: Option<String>,
    /// Name in the second edition; the parent there where it is moved.
    pub after: Option<String>,
}

/// A rule that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleDifference {
    /// What happened.
    pub change: Change,
    /// Id of the rule.
    pub id: String,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title of the table.
    pub title: String,
    /// How serious it is.
    pub level: Level,
    /// Its words, with placeholders.
    pub message: String,
}
