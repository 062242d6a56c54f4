//! Words of findings in the language of their reader. The one catalogue is ui/src/text/findings.json; the window reads it
//! too.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use standard::{Finding, Words};

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The Simplified Chinese column of the catalogue (简体中文).
    Zh,
    /// The English column of the catalogue.
    En,
}

#[derive(serde::Deserialize)]
struct Sentence {
    zh: String,
    en: String,
}

fn catalogue() -> &'static BTreeMap<String, Sentence> {
    static CATALOGUE: OnceLock<BTreeMap<String, Sentence>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        // The file is part of the program, and a test reads it: it cannot be malformed here.
        serde_json::from_str(include_str!("../../../../ui/src/text/findings.json")).unwrap_or_default()
    })
}

/// What a finding says, with its own value in the place of `{value}`: mask the finding first ([`standard::mask::masked`])
/// where the value must not be shown.
pub fn of(finding: &Finding, language: Language) -> String {
    say(&finding.message, &finding.value, language)
}

/// Words with `value` in the place of `{value}`. A code without words is shown as it is.
pub fn say(words: &Words, value: &str, language: Language) -> String {
    let mut said = String::new();
    put(&mut said, words, value, language);
    said.truncate(said.trim_end().len());
    said
}

fn put(said: &mut String, words: &Words, value: &str, language: Language) {
    match words {
        Words::Text(text) => said.push_str(&text.replace("{value}", value)),
        Words::List(list) => {
            for (at, one) in list.iter().enumerate() {
                if at > 0 {
                    said.push_str(match language {
                        Language::Zh => "、",
                        Language::En => ", ",
                    });
                }
                put(said, one, value, language);
            }
        }
        Words::Phrase { code, params } => {
            let Some(sentence) = catalogue().get(code) else {
                said.push_str(code);
                return;
            };
            let mut rest = match language {
                Language::Zh => sentence.zh.as_str(),
                Language::En => sentence.en.as_str(),
            };
            while let Some((before, name, after)) = next_placeholder(rest) {
                said.push_str(before);
                match (name, params.get(name)) {
                    ("value", _) => said.push_str(value),
                    (_, Some(param)) => put(said, param, value, language),
                    // A placeholder that nothing fills is left out, not shown to a clerk.
                    (_, None) => {}
                }
                rest = after;
            }
            said.push_str(rest);
        }
    }
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
    fn words_are_made_in_both_languages() {
        let words = Words::phrase("finding.values").with("values", vec!["甲{value}".into(), "乙".into()]);
        assert_eq!(say(&words, "丙", Language::Zh), "“丙”不在允许的范围里。可填：甲丙、乙。");
        assert_eq!(say(&words, "C", Language::En), "\"C\" is not permitted. Permitted values: 甲C, 乙.");
        assert_eq!(say(&Words::from("“{value}”不对。"), "{code}", Language::En), "“{code}”不对。");
        assert_eq!(say(&Words::phrase("finding.no-such-words"), "", Language::Zh), "finding.no-such-words");
    }
}
