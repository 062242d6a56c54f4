//! Everyday words for the titles of columns. They are data: see synonyms.toml beside this file.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::normal::normal;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    one: BTreeMap<String, Vec<String>>,
    perhaps: BTreeMap<String, Vec<String>>,
}

/// Normal words to the normal titles that they may stand for, and whether they only may.
struct Words(HashMap<String, (Vec<String>, bool)>);

/// The file is part of the program and a test reads it, so it cannot be malformed here.
static WORDS: LazyLock<Words> = LazyLock::new(|| read().unwrap_or_else(|_| Words(HashMap::new())));

fn read() -> Result<Words, toml::de::Error> {
    let File { one, perhaps } = toml::from_str(include_str!("synonyms.toml"))?;
    let all = |words: BTreeMap<String, Vec<String>>, perhaps: bool| {
        let plain = |titles: Vec<String>| titles.iter().map(|title| normal(title)).collect();
        words.into_iter().map(move |(word, titles)| (normal(&word), (plain(titles), perhaps)))
    };
    Ok(Words(all(one, false).chain(all(perhaps, true)).collect()))
}

/// The normal titles that a normal heading may stand for, the likeliest first, and whether it only may; `None` where it
/// is no such word.
pub(super) fn titles(heading: &str) -> Option<(&'static [String], bool)> {
    WORDS.0.get(heading).map(|(titles, perhaps)| (titles.as_slice(), *perhaps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_every_title_is_one() {
        let words = read().unwrap().0;
        assert!(words.len() > 100);
        assert!(words.values().all(|(titles, _)| !titles.is_empty()));
    }
}
