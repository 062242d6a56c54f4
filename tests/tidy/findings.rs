//! Every code that a finding can have stands in ui/src/text/findings.json, in both languages, with what the code fills
//! in; and no words are left over. The same holds for what the command line prints.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde_json::Value;

use crate::tree::{files, none};

/// Every text that shipped Rust gives as the first argument of one of these functions.
fn literals(functions: &str) -> BTreeMap<String, String> {
    let pattern = Regex::new(&format!(r#"(?:{functions})\(\s*"([a-z][a-z0-9_.-]*)""#)).expect("a pattern");
    let mut found = BTreeMap::new();
    for file in files(&["rs"]).iter().filter(|file| file.path.starts_with("src-tauri/crates/")) {
        if file.path.contains("/tests/") || file.path.ends_with("/tests.rs") {
            continue;
        }
        let shipped = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        found.extend(pattern.captures_iter(shipped).map(|literal| (literal[1].to_owned(), file.path.clone())));
    }
    found
}

fn codes() -> BTreeMap<String, String> {
    let codes = literals(r"Words::phrase|[^.\w]join");
    assert!(codes.len() > 80, "only {} codes of findings were found: the pattern has gone stale", codes.len());
    codes
}

fn words() -> BTreeMap<String, Value> {
    let path = "ui/src/text/findings.json";
    let file = files(&["json"]).into_iter().find(|file| file.path == path).expect("findings.json");
    serde_json::from_str(&file.text).expect("findings.json is one object")
}

/// Every line that the command line prints has its words, and no words are left over.
#[test]
fn answers_of_the_command_line_have_words() {
    let path = "ui/src/text/cli.json";
    let file = files(&["json"]).into_iter().find(|file| file.path == path).expect("cli.json");
    let words: BTreeMap<String, Value> = serde_json::from_str(&file.text).expect("cli.json is one object");
    let literal = Regex::new(r#""(cli\.[a-z-]+)""#).expect("a pattern");
    let code = files(&["rs"]).into_iter().filter(|file| file.path.starts_with("src-tauri/crates/cli/src/"));
    let code: String = code.map(|file| file.text).collect();
    let used: BTreeSet<String> = literal.captures_iter(&code).map(|found| found[1].to_owned()).collect();
    let mut breaches: Vec<String> = words.keys().filter(|key| !used.contains(*key)).cloned().collect();
    breaches.extend(used.into_iter().filter(|key| !words.contains_key(key)));
    let differ = words.into_iter().filter(|(_, text)| placeholders(&text["zh"]) != placeholders(&text["en"]));
    breaches.extend(differ.map(|(key, _)| key));
    none(breaches, "lines of the command line without words, words without a line, or different placeholders");
}

fn placeholders(text: &Value) -> BTreeSet<String> {
    let placeholder = Regex::new(r"\{(\w+)\}").expect("a pattern");
    placeholder.captures_iter(text.as_str().unwrap_or_default()).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_code_of_a_finding_has_words() {
    let words = words();
    let wordless = codes().into_iter().filter(|(code, _)| !words.contains_key(code));
    none(wordless.map(|(code, path)| format!("{code} ({path})")).collect(), "codes of findings without words");
}

#[test]
fn no_words_of_findings_are_left_over() {
    let codes = codes();
    none(words().into_keys().filter(|code| !codes.contains_key(code)).collect(), "words that no finding has");
}

#[test]
fn words_of_findings_name_the_same_things_in_both_languages() {
    let filled = literals(r"\.with");
    let mut breaches = Vec::new();
    for (code, text) in words() {
        let (zh, en) = (placeholders(&text["zh"]), placeholders(&text["en"]));
        if zh != en || text["zh"].as_str().is_none_or(str::is_empty) || text["en"].as_str().is_none_or(str::is_empty) {
            breaches.push(format!("{code}: zh names {zh:?}, en {en:?}"));
        }
        let unfilled = zh.into_iter().filter(|name| name != "value" && !filled.contains_key(name));
        breaches.extend(unfilled.map(|name| format!("{code}: nothing fills {{{name}}}")));
    }
    none(breaches, "words of findings that differ between the languages, or that nothing fills");
}
