//! Reading a catalogue of words: JSON that gives each key its words in Chinese and English. ui/src/text has the files;
//! crates that write words outside of the page include the files that they need.

use std::collections::BTreeMap;

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The Simplified Chinese column of the catalogue (简体中文).
    Zh,
    /// The English column of the catalogue.
    En,
}

#[derive(Debug, Clone, serde::Deserialize)]
struct Sentence {
    zh: String,
    en: String,
}

/// The words of some files, by key.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(BTreeMap<String, Sentence>);

impl Catalogue {
    /// Reads files with `{"key": {"zh": "…", "en": "…"}}`. The files are packed into the program, and tests read them;
    /// a malformed file counts as empty.
    pub fn read(files: &[&str]) -> Catalogue {
        let sentences = |file: &&str| serde_json::from_str::<BTreeMap<String, Sentence>>(file).unwrap_or_default();
        Catalogue(files.iter().flat_map(sentences).collect())
    }

    /// The keys, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The words under a key, with their placeholders; `None` where there is no such key.
    pub fn words(&self, key: &str, language: Language) -> Option<&str> {
        self.0.get(key).map(|sentence| match language {
            Language::Zh => sentence.zh.as_str(),
            Language::En => sentence.en.as_str(),
        })
    }
}

/// The words with each placeholder `{name}` replaced by what `put` appends for its name. What is put in may contain
/// braces itself; it is not read for placeholders.
pub fn filled(words: &str, mut put: impl FnMut(&mut String, &str)) -> String {
    let (mut text, mut rest) = (String::new(), words);
    while let Some((before, name, after)) = next_placeholder(rest) {
        text.push_str(before);
        put(&mut text, name);
        rest = after;
    }
    text + rest
}

/// The text before the first placeholder, its name, and the text after it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_words_in_both_languages() {
        let catalogue =
            Catalogue::read(&[r#"{"a": {"zh": "甲{n}", "en": "A {n}"}}"#, r#"{"b": {"zh": "乙", "en": "B"}}"#]);
        assert_eq!(catalogue.words("a", Language::Zh), Some("甲{n}"));
        assert_eq!(catalogue.words("b", Language::En), Some("B"));
        assert_eq!(catalogue.words("c", Language::En), None);
        assert_eq!(catalogue.keys().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn what_is_put_in_is_not_read_for_placeholders() {
        let put = |text: &mut String, name: &str| text.push_str(if name == "a" { "{b}" } else { "B" });
        assert_eq!(filled("“{a}”{b}, {open", put), "“{b}”B, {open");
    }
}
