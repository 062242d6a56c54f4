//! Words by which rows and headings are recognised. They are data: see words.toml beside this file.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Words {
    pub types: HashSet<String>,
    pub totals: HashSet<String>,
    pub total_starts: Vec<String>,
    pub note_heads: HashSet<String>,
    pub notes: HashSet<String>,
    pub note_starts: Vec<String>,
    /// The first and the last word of an instruction.
    pub instruction: [String; 2],
    pub examples: Vec<String>,
    pub marks: Vec<String>,
    pub ignored: Vec<String>,
    /// Characters with which a text may begin that is one of these.
    #[serde(skip)]
    first: HashSet<char>,
}

/// All of them. The file is part of the program and a test reads it, so it cannot be malformed here.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<Words, toml::de::Error> {
    let mut words: Words = toml::from_str(include_str!("words.toml"))?;
    let sets = [&words.totals, &words.note_heads, &words.notes].into_iter().flatten();
    let lists = [&words.total_starts, &words.note_starts, &words.examples].into_iter().flatten();
    let all = sets.chain(lists).chain(&words.instruction[..1]);
    words.first = all.filter_map(|word| word.chars().next()).chain("※*（(【[第共".chars()).collect();
    Ok(words)
}

impl Words {
    /// Whether a first cell may be that of a row that is not a record. For most cells the first character decides.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        text.trim_start().chars().next().is_some_and(|first| self.first.contains(&first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        let words = read().unwrap();
        assert!(words.types.contains("C") && words.may_begin(" 合 计") && !words.may_begin("2024001"));
        assert!(words.instruction.iter().all(|word| !word.is_empty()));
    }
}
