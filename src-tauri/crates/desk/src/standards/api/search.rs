//! Finding anything in an edition.

use serde::{Deserialize, Serialize};
pub use standard::find::HitKind;
use ts_rs::TS;

/// Asks for what matches a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// Name, pinyin, initials, physical name, column, id or code.
    pub find: String,
    /// The largest number of each kind to return.
    pub limit: usize,
}

/// What matches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchResult {
    /// How many match in all.
    pub total: usize,
    /// Kinds with a match, the kind with the best match first.
    pub kinds: Vec<SearchKind>,
    /// The best matches, kind by kind, best first.
    pub hits: Vec<SearchHit>,
}

/// How many of one kind match.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchKind {
    /// What was found.
    pub kind: HitKind,
    /// How many match.
    pub total: usize,
}

/// One match.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// What was found.
    pub kind: HitKind,
    /// Table, of a table, a field or a rule.
    pub table: Option<String>,
    /// Column, of a field.
    pub column: Option<String>,
    /// List, of a list or a code.
    pub list: Option<String>,
    /// The code, where one was found.
    pub code: Option<String>,
    /// Id of the rule, where one was found.
    pub rule: Option<String>,
    /// Title, name, or words with placeholders.
    pub title: String,
    /// Where it belongs, and its physical name.
    pub detail: String,
}
