//! The words of a finding as the book keeps them.

use rusqlite::Row;
use standard::Words;

/// Words as the columns `message` and `words` hold them: a text is stored as it is, a phrase as its code and its JSON.
pub(crate) fn columns_of(words: &Words) -> (&str, Option<String>) {
    match words {
        Words::Text(text) => (text, None),
        // Texts, maps and lists of them can always be written as JSON.
        _ => (words.code().unwrap_or_default(), serde_json::to_string(words).ok()),
    }
}

/// Words from the columns `message` and `words`. What a newer program wrote in a form that this one cannot read shows
/// as its code.
pub(crate) fn words_of(row: &Row<'_>) -> rusqlite::Result<Words> {
    let words: Option<String> = row.get("words")?;
    let words = words.and_then(|words| serde_json::from_str(&words).ok());
    words.map_or_else(|| row.get("message").map(Words::Text), Ok)
}
