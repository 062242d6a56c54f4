//! Words of findings, in either language, from ui/src/text/findings.json, which the page reads, too.

use std::sync::OnceLock;

pub use standard::catalogue::Language;
use standard::catalogue::{Catalogue, filled};
use standard::{Finding, Words};

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| Catalogue::read(&[include_str!("../../../../ui/src/text/findings.json")]))
}

/// The words of a finding, with its own value in the place of `{value}`: mask the finding first
/// ([`standard::mask::masked`]) where the value must not be shown.
pub fn of(finding: &Finding, language: Language) -> String {
    say(&finding.message, &finding.value, language)
}

/// Words with `value` in the place of `{value}`. A code without words is shown as it is.
pub fn say(words: &Words, value: &str, language: Language) -> String {
    let mut text = String::new();
    put(&mut text, words, value, language);
    text.truncate(text.trim_end().len());
    text
}

fn put(text: &mut String, words: &Words, value: &str, language: Language) {
    match words {
        Words::Text(words) => text.push_str(&words.replace("{value}", value)),
        Words::List(list) => {
            for (at, one) in list.iter().enumerate() {
                if at > 0 {
                    text.push_str(match language {
                        Language::Zh => "、",
                        Language::En => ", ",
                    });
                }
                put(text, one, value, language);
            }
        }
        Words::Phrase { code, params } => match catalogue().words(code, language) {
            Some(sentence) => text.push_str(&filled(sentence, |text, name| match (name, params.get(name)) {
                ("value", _) => text.push_str(value),
                (_, Some(param)) => put(text, param, value, language),
                // A placeholder without a parameter is left out, so that no braces are shown.
                (_, None) => {}
            })),
            None => text.push_str(code),
        },
    }
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
