//! Joins words: in quotation marks, by "or", and by commas.

use standard::Words;

/// One thing in quotation marks.
pub(crate) fn quoted(words: impl Into<Words>) -> Words {
    Words::phrase("join.quoted").with("it", words)
}

/// `甲或乙或丙`; empty for no words.
pub(crate) fn or(words: impl IntoIterator<Item = Words>) -> Words {
    join("join.or", words)
}

/// Clauses of one sentence, one after the other; empty for no words.
pub(crate) fn clauses(words: impl IntoIterator<Item = Words>) -> Words {
    join("join.clauses", words)
}

fn join(code: &str, words: impl IntoIterator<Item = Words>) -> Words {
    let joined =
        words.into_iter().reduce(|first, second| Words::phrase(code).with("first", first).with("second", second));
    joined.unwrap_or_else(|| Words::from(""))
}
