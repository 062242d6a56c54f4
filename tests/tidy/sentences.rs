//! One style for Chinese: sentences end with 。 and labels do not, quotation marks stand without blanks, dates in
//! sentences are written 2026-01-01, marks between Chinese letters are full-width, and the clerk is 你.

use regex::Regex;

use crate::glossary::catalogue;
use crate::tree::{files, none};

/// Families of texts that name something: buttons, columns, states, levels.
const LABELS: [&str; 10] =
    ["nav.", "kind.", "level.", "frequency.", "state.", "record.", "rule.", "step.", "progress.", "change."];

/// Texts of the catalogue, and the messages of rules, with their places.
fn texts() -> Vec<(String, String)> {
    let mut texts = catalogue();
    let message = Regex::new(r#"(?m)^message\s*=\s*["'](.*)["']\s*$"#).expect("a pattern");
    let rules = files(&["toml"]).into_iter().filter(|file| file.path.starts_with("standards/"));
    let before = texts.len();
    for file in rules.filter(|file| file.path.contains("rules/")) {
        texts
            .extend(message.captures_iter(&file.text).map(|found| (file.path.clone(), found[1].replace("\\\"", "\""))));
    }
    assert!(texts.len() > before + 100, "the messages of rules are not found any more");
    texts
}

/// The catalogue of errors, whose texts are all messages.
fn errors() -> String {
    let all = files(&["json"]).into_iter();
    all.filter(|file| file.path == "ui/src/text/errors.json").map(|file| file.text).next().expect("errors.json")
}

/// Every text that has what the pattern finds.
fn having(pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    texts().into_iter().filter(|(_, text)| pattern.is_match(text)).map(|(key, text)| format!("{key}: {text}")).collect()
}

#[test]
fn quotation_marks_stand_without_blanks() {
    none(having("[“”《》] | [“”《》]"), "blanks beside quotation marks");
}

#[test]
fn marks_between_chinese_letters_are_full_width() {
    none(having(r"[\p{Han}”》][,;:?!]|\p{Han}\.(\p{Han}|$)"), "half-width marks after Chinese letters");
}

#[test]
fn dates_have_hyphens() {
    none(having(r"(^|\D)(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\D|$)"), "dates as eight digits");
}

#[test]
fn messages_are_whole_sentences() {
    let ends = Regex::new("[。？…：）}]$").expect("a pattern");
    let inner = Regex::new("。.").expect("a pattern");
    let clauses = Regex::new("[，；：]").expect("a pattern");
    let errors = errors();
    let must_end = |key: &str, text: &str| {
        let message = key.contains('/') || key.starts_with("finding.") || key.starts_with("expected.");
        let help = key.ends_with("-help") || key.ends_with(".help");
        message && key != "expected.unit"
            || errors.contains(&format!("\"{key}\": {{"))
            || (help && clauses.is_match(text))
            || inner.is_match(text)
    };
    let open = |(key, text): &(String, String)| must_end(key, text) && !ends.is_match(text);
    let breaches = texts().into_iter().filter(open).map(|(key, text)| format!("{key}: {text}"));
    none(breaches.collect(), "sentences without 。 at their end");
}

#[test]
fn labels_are_no_sentences() {
    let is_label = |key: &str| {
        let family = LABELS.iter().any(|family| key.starts_with(family)) && !key.ends_with(".help");
        family || key.contains(".col-") || key.contains(".tab-")
    };
    let errors = errors();
    let is_error = |key: &str| errors.contains(&format!("\"{key}\": {{"));
    let breaches =
        catalogue().into_iter().filter(|(key, text)| is_label(key) && !is_error(key) && text.ends_with('。'));
    none(breaches.map(|(key, text)| format!("{key}: {text}")).collect(), "labels that end with 。");
}
