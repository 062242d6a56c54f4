//! Finding anything in an edition.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for whatever answers to some letters.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// Name, pinyin, initials, physical name, column, id or code.
    pub find: String,
    /// At most so many of each kind.
    pub limit: usize,
}

/// What answers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchResult {
    /// How many answer in all.
    pub total: usize,
    /// Kinds that have answers, the kind with the best answer first.
    pub kinds: Vec<SearchKind>,
    /// The best answers, kind by kind, best first.
    pub hits: Vec<SearchHit>,
}

/// How many of one kind answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchKind {
    /// `table`, `field`, `list`, `code` or `rule`.
    pub kind: String,
    /// How many answer.
    pub total: usize,
}

/// One answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// `table`, `field`, `list`, `code` or `rule`.
    pub kind: String,
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
