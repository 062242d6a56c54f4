//! From one edition to the next: what a comparison of the two cannot tell.
//!
//! Tables and columns with the same name are the same, and so are equal codes. A crosswalk
//! says the rest: what became of tables that are gone, which column took another's place, which codes mean something
//! else. It is in the folder of the newer edition, `crosswalks/OLDER.json`, in the form of these types. What is
//! not printed is marked as a judgement.

use serde::{Deserialize, Serialize};

/// How records of an older edition find their place in the edition that this belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Id of the older edition.
    pub from: String,
    /// What holds for the move as a whole, for a clerk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Tables that are gone, and new ones that have some of their columns.
    pub tables: Vec<Succession>,
    /// Columns that have another name now, or that were replaced by another column.
    pub columns: Vec<Replacement>,
    /// Code lists whose codes mean something else, or are gone.
    pub codes: Vec<CodeChange>,
}

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// Table of the older edition.
    pub from: String,
    /// What happened.
    pub kind: SuccessionKind,
    /// Table of the newer edition; absent for a dropped table only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Values of columns that only the new table has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// Columns whose values belong to a third table now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
    /// Columns that have no place any more, with what a clerk can do about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
    /// Whether this is our judgement and not printed.
    pub judgement: bool,
    /// Why, for a clerk.
    pub note: String,
}

/// What can become of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum SuccessionKind {
    /// Another table took its place.
    Replaced,
    /// One table took the place of several.
    Merged,
    /// The newer edition has no table for it.
    Dropped,
    /// The table stays, and a new table has a part of its content in another form.
    SplitOff,
}

/// A value that all records of the old table have in the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Column of the new table.
    pub column: String,
    /// The value, a code where the column has a list.
    pub value: String,
}

/// A column whose values belong to a third table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Column of the old table.
    pub column: String,
    /// Table of the newer edition.
    pub table: String,
    /// Column there.
    pub to: String,
    /// How the value comes there.
    pub way: MovedWay,
    /// Columns that both tables have and that identify the record there; a judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
}

/// How a value comes to a third table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovedWay {
    /// It belongs to the record there that has the same values in [`Moved::by`].
    Record,
    /// Each different value is a record of its own there.
    NewRecord,
    /// That table has the value already.
    Already,
}

/// A column that has no place any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// Column of the old table.
    pub column: String,
    /// What a clerk can do about it.
    pub note: String,
}

/// A column that took the place of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Table of the older edition. The new column is in the table of the same name, or in the one that took its place.
    pub table: String,
    /// Column that is gone.
    pub from: String,
    /// Column that took its place.
    pub to: String,
    /// Whether the values are kept.
    pub values: Carry,
    /// Whether this is our judgement and not printed.
    pub judgement: bool,
    /// Why, for a clerk.
    pub note: String,
}

/// Whether values are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carry {
    /// They are kept as they are.
    Keep,
    /// They mean something else, so a clerk has to fill the new column.
    ByHand,
}

/// A code list that both editions have, with codes that do not mean the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeChange {
    /// Id of the list in both editions.
    pub list: String,
    /// Codes of the older edition that are other codes now. All are exchanged at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub convert: Vec<Conversion>,
    /// Codes of the older edition that the newer one does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// Whether this is our judgement and not printed.
    pub judgement: bool,
    /// Why, for a clerk.
    pub note: String,
}

/// A code that is another one now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// Code of the older edition.
    pub from: String,
    /// Code of the newer edition.
    pub to: String,
}

impl Crosswalk {
    /// What became of a table of the older edition that the newer one does not have.
    pub fn succession(&self, table: &str) -> Option<&Succession> {
        self.tables.iter().find(|s| s.from == table && s.kind != SuccessionKind::SplitOff)
    }

    /// The new column for one that is gone.
    pub fn replacement(&self, table: &str, column: &str) -> Option<&Replacement> {
        self.columns.iter().find(|r| r.table == table && r.from == column)
    }

    /// What became of the codes of a list.
    pub fn code_change(&self, list: &str) -> Option<&CodeChange> {
        self.codes.iter().find(|change| change.list == list)
    }

    /// The name that a table of the older edition has in the newer one: that of the table that took its place, its own
    /// where the crosswalk does not name it; `None` where it was dropped.
    pub fn new_table<'a>(&'a self, table: &'a str) -> Option<&'a str> {
        self.succession(table).map_or(Some(table), |s| s.to.as_deref())
    }
}
