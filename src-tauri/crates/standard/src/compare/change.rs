//! The result of a comparison: the kinds of change, and how many there are of each.

use serde::{Deserialize, Serialize};

use crate::{EditionId, Frequency, Kind, Level};

/// What happened to something between two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ChangeKind"))]
pub enum Change {
    /// Only in the second edition.
    Added,
    /// Only in the first edition.
    Removed,
    /// In both, and different.
    Changed,
    /// In both, in another place: a table in another subset, a code under another parent.
    Moved,
}

/// What may be different about a table, a field or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ChangedAspect"))]
#[expect(missing_docs, reason = "each is the part of the model that it is named after")]
pub enum What {
    Title,
    Subset,
    Class,
    Subclass,
    #[serde(rename = "source")]
    SourceSystem,
    Frequency,
    FrequencyText,
    Scope,
    Association,
    #[serde(rename = "type")]
    PrintedType,
    Kind,
    Length,
    Precision,
    Scale,
    Required,
    RequiredWhen,
    ConditionalValue,
    #[serde(rename = "list")]
    CodeList,
    Separator,
    Format,
    Unit,
    Values,
    MaxItems,
    MaxChars,
}

/// The value of an aspect in one of the editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text as printed; titles instead of codes and names where there are titles.
    Text(String),
    /// A number of characters, digits or values.
    Number(u32),
    /// Yes or no.
    Flag(bool),
    /// How often.
    Frequency(Frequency),
    /// Kind of values.
    Kind(Kind),
}

/// One difference. A value is absent where the edition has none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Aspect {
    /// What is different.
    pub what: What,
    /// In the first edition.
    pub before: Option<Value>,
    /// In the second edition.
    pub after: Option<Value>,
}

/// A table that is not the same in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TableChange {
    /// Moved where its subset is another one, whatever else is different.
    pub change: Change,
    /// Physical name.
    pub name: String,
    /// Title without its ending, of the second edition where it is there.
    pub title: String,
    /// Title of the subset, of the second edition where it is there.
    pub subset: String,
    /// Differences of the table itself; empty for added and removed ones.
    pub aspects: Vec<Aspect>,
    /// Fields that are not the same; empty for added and removed tables.
    pub fields: Vec<FieldChange>,
}

/// A field that is not the same in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldChange {
    /// Never moved.
    pub change: Change,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Title, of the second edition where it is there.
    pub title: String,
    /// Differences; empty for added and removed ones.
    pub aspects: Vec<Aspect>,
}

/// A code list of the editions' own that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListChange {
    /// Never moved.
    pub change: Change,
    /// Id of the code list in its edition.
    pub id: String,
    /// Title, of the second edition where it is there.
    pub title: String,
    /// Codes in the first edition.
    pub before: usize,
    /// Codes in the second edition.
    pub after: usize,
    /// Differences of the list itself.
    pub aspects: Vec<Aspect>,
    /// Codes that are not the same; empty for added and removed lists.
    pub codes: Vec<CodeChange>,
}

/// A code that is not the same in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeChange {
    /// Changed: another name. A code with another name under another parent stands here twice.
    pub change: Change,
    /// Code as the edition prints it, with its leading zeros.
    pub code: String,
    /// Name in the first edition, or the parent there where it is moved.
    pub before: Option<String>,
    /// Name in the second edition, or the parent there where it is moved.
    pub after: Option<String>,
}

/// A rule that is not the same in both editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// Never moved.
    pub change: Change,
    /// Id of the rule.
    pub id: String,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Level, of the second edition where it is there.
    pub level: Level,
    /// Its words, of the second edition where it is there.
    pub message: String,
}

/// A subset that is not the same in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SubsetChange {
    /// Changed: another title.
    pub change: Change,
    /// Code of the subset.
    pub code: String,
    /// Title in the first edition.
    pub before: Option<String>,
    /// Title in the second edition.
    pub after: Option<String>,
}

/// Two editions, and everything that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The first edition.
    pub from: EditionId,
    /// The second edition.
    pub to: EditionId,
    /// Tables that are in both.
    pub kept_tables: usize,
    /// Code lists that are in both.
    pub kept_lists: usize,
    /// Subsets that were added, removed or changed.
    pub subsets: Vec<SubsetChange>,
    /// Fields of which every table of both editions has one, and all of them differ alike.
    pub everywhere: Vec<FieldChange>,
    /// Tables in the order of the second edition, then the removed ones.
    pub tables: Vec<TableChange>,
    /// Code lists in the order of their ids.
    pub lists: Vec<ListChange>,
    /// Rules in the order of the second edition, then the removed ones.
    pub rules: Vec<RuleChange>,
}

/// Numbers of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// In the second edition only.
    pub added: usize,
    /// In the first edition only.
    pub removed: usize,
    /// In both and different, the moved ones included.
    pub changed: usize,
    /// In both, in another place.
    pub moved: usize,
}

impl Counts {
    /// Counts changes.
    pub fn of(changes: impl IntoIterator<Item = Change>) -> Counts {
        let mut counts = Counts::default();
        for change in changes {
            match change {
                Change::Added => counts.added += 1,
                Change::Removed => counts.removed += 1,
                Change::Changed => counts.changed += 1,
                Change::Moved => {
                    counts.changed += 1;
                    counts.moved += 1;
                }
            }
        }
        counts
    }
}

impl Comparison {
    /// Numbers of added, removed and changed tables.
    pub fn table_counts(&self) -> Counts {
        Counts::of(self.tables.iter().map(|table| table.change))
    }

    /// Numbers of fields of tables that are in both editions; differences that every table has do not count.
    pub fn field_counts(&self) -> Counts {
        Counts::of(self.tables.iter().flat_map(|table| &table.fields).map(|field| field.change))
    }

    /// Code lists.
    pub fn list_counts(&self) -> Counts {
        Counts::of(self.lists.iter().map(|list| list.change))
    }

    /// Numbers of added, removed and changed rules.
    pub fn rule_counts(&self) -> Counts {
        Counts::of(self.rules.iter().map(|rule| rule.change))
    }
}
