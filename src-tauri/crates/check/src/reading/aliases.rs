//! Other words for the names of codes. They are data: see aliases.toml beside this file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Another word for a name.
pub(super) struct Alias {
    /// The word.
    pub text: String,
    /// What it means: the first of these names that a list has.
    pub names: Vec<String>,
    /// Whether it is another writing of the same, and not only what people usually mean.
    pub certain: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    certain: BTreeMap<String, Vec<String>>,
    likely: BTreeMap<String, Vec<String>>,
}

/// All of them. The file is part of the program and a test reads it, so it cannot be malformed here.
pub(super) static ALIASES: LazyLock<Vec<Alias>> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<Vec<Alias>, toml::de::Error> {
    let File { certain, likely } = toml::from_str(include_str!("aliases.toml"))?;
    let all = |words: BTreeMap<String, Vec<String>>, certain: bool| {
        words.into_iter().map(move |(text, names)| Alias { text, names, certain })
    };
    Ok(all(certain, true).chain(all(likely, false)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_no_word_stands_twice() {
        let mut words: Vec<String> = read().unwrap().into_iter().map(|alias| alias.text.to_lowercase()).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(ALIASES.iter().all(|alias| !alias.names.is_empty()));
    }
}
