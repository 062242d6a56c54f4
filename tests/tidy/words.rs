//! Every error code has words in both languages, and no words are left over.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde_json::Value;

use crate::tree::{files, none};

/// Codes of errors in the Rust crates: those that `serde` gives to variants, and those given to `CallError::new`.
fn codes_in_rust() -> BTreeMap<String, String> {
    let made = Regex::new(r#"(?:\brename\s*=\s*|CallError::new\(\s*)"([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)""#)
        .expect("a pattern");
    let mut codes = BTreeMap::new();
    for file in files(&["rs"]).iter().filter(|file| file.path.starts_with("src-tauri/")) {
        let shipped = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for found in made.captures_iter(shipped) {
            codes.insert(found[1].to_owned(), file.path.clone());
        }
    }
    assert!(codes.len() > 100, "only {} codes were found: the pattern has gone stale", codes.len());
    codes
}

/// Codes that the page gives itself, where no program answers.
fn codes_in_the_page() -> BTreeSet<String> {
    let made = Regex::new(r#"code:\s*"([a-z0-9.-]+)""#).expect("a pattern");
    let page = files(&["ts", "tsx"]);
    let shipped = page.iter().filter(|file| file.path.starts_with("ui/src/ipc/"));
    shipped
        .flat_map(|file| made.captures_iter(&file.text).map(|found| found[1].to_owned()).collect::<Vec<_>>())
        .collect()
}

fn words() -> BTreeMap<String, Value> {
    let file = files(&["json"]).into_iter().find(|file| file.path == "ui/src/text/errors.json").expect("errors.json");
    serde_json::from_str(&file.text).expect("errors.json is one object")
}

#[test]
fn every_error_code_has_words() {
    let words = words();
    let page = codes_in_the_page().into_iter().map(|code| (code, "ui/src/ipc".to_owned()));
    let wordless = |(code, file): (String, String)| (!words.contains_key(&code)).then(|| format!("{code} ({file})"));
    none(codes_in_rust().into_iter().chain(page).filter_map(wordless).collect(), "error codes without words");
}

#[test]
fn no_words_are_left_over() {
    let page = codes_in_the_page();
    let code = files(&["rs"]);
    let named = |code_name: &String| {
        let literal = format!("\"{code_name}\"");
        code.iter().any(|file| file.path.starts_with("src-tauri/") && file.text.contains(&literal))
    };
    let left_over = |code: &String| !named(code) && !page.contains(code);
    none(words().into_keys().filter(left_over).collect(), "words for codes that nothing gives");
}

#[test]
fn words_are_in_both_languages_and_name_the_same_things() {
    let named = Regex::new(r"\{(\w+)\}").expect("a pattern");
    let mut breaches = Vec::new();
    for (code, words) in words() {
        let (zh, en) = (words["zh"].as_str().unwrap_or_default(), words["en"].as_str().unwrap_or_default());
        let things = |text: &str| named.captures_iter(text).map(|found| found[1].to_owned()).collect::<BTreeSet<_>>();
        if !zh.chars().any(is_chinese) || en.trim().is_empty() || en.chars().any(is_chinese) {
            breaches.push(format!("{code}: zh {zh:?}, en {en:?}"));
        } else if things(zh) != things(en) {
            breaches.push(format!("{code}: zh names {:?}, en {:?}", things(zh), things(en)));
        }
    }
    none(breaches, "words that are not there in both languages");
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}
