//! One Chinese word for one thing: docs/glossary.md is compared with the texts of the program.

use serde_json::Value;

use crate::tree::{File, files, none};

/// Texts whose words for states and levels the glossary must have.
const NAMED: [&str; 3] = ["level.", "state.", "record."];

/// A row of the first table.
struct Term {
    chinese: Vec<String>,
    never: Vec<String>,
}

fn terms() -> Vec<Term> {
    let page = files(&["md"]).into_iter().find(|file| file.path == "docs/glossary.md").expect("docs/glossary.md");
    let first = page.text.split("\n## ").next().unwrap_or_default();
    let words = |cell: &str| cell.split(" / ").map(|word| word.trim().to_owned()).collect::<Vec<_>>();
    let terms: Vec<Term> = first
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| --- ") && !line.starts_with("| English"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            assert_eq!(cells.len(), 4, "docs/glossary.md: a row has four cells: {line}");
            Term { chinese: words(cells[1]), never: words(cells[2]) }
        })
        .collect();
    assert!(terms.len() > 30, "docs/glossary.md has {} terms: the table is not found any more", terms.len());
    terms
}

/// Keys of the interface's texts with their Chinese.
pub fn catalogue() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for file in files(&["json"]).iter().filter(|file| file.path.starts_with("ui/src/text/")) {
        let all: Value = serde_json::from_str(&file.text).expect("a file of texts is one object");
        for (key, text) in all.as_object().into_iter().flatten() {
            texts.push((key.clone(), text["zh"].as_str().unwrap_or_default().to_owned()));
        }
    }
    assert!(texts.len() > 500, "only {} texts were found", texts.len());
    texts
}

/// Files with Chinese words for people outside of the catalogue. The words in the tests of these files are left out.
fn with_chinese() -> Vec<File> {
    let is_meant = |path: &str| {
        let crates = ["check", "cli", "workbook", "center"].map(|name| format!("src-tauri/crates/{name}/src/"));
        crates.iter().any(|folder| path.starts_with(folder.as_str()))
            || (path.starts_with("standards/") && path.contains("rules/"))
    };
    files(&["rs", "toml"]).into_iter().filter(|file| is_meant(&file.path)).collect()
}

#[test]
fn every_word_of_the_glossary_is_used() {
    let texts = catalogue();
    let unused = |word: &String| !texts.iter().any(|(_, text)| text.contains(word.as_str()));
    let words = terms().into_iter().flat_map(|term| term.chinese);
    none(words.filter(unused).collect(), "words of docs/glossary.md that no text of the interface uses");
}

#[test]
fn no_thing_has_a_second_word() {
    let texts = catalogue();
    let files = with_chinese();
    let mut breaches = Vec::new();
    for term in terms() {
        for never in &term.never {
            let word = term.chinese.join(" / ");
            let breach = |place: &str| format!("{place}: {never}, the word is {word}");
            breaches.extend(texts.iter().filter(|(_, text)| text.contains(never)).map(|(key, _)| breach(key)));
            for file in &files {
                let shipped = file.text.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = shipped.lines().enumerate().filter(|(_, line)| line.contains(never));
                breaches.extend(lines.map(|(at, _)| breach(&format!("{}:{}", file.path, at + 1))));
            }
        }
    }
    none(breaches, "second words for one thing (docs/glossary.md has the column \"never\")");
}

/// The clauses of a text that are not words of the glossary. A state may be named by several words, separated by `，`.
fn unknown_clauses<'t>(text: &'t str, words: &[String]) -> Vec<&'t str> {
    text.split('，').filter(|clause| !words.iter().any(|word| word == clause)).collect()
}

#[test]
fn states_and_levels_stand_in_the_glossary() {
    let words: Vec<String> = terms().into_iter().flat_map(|term| term.chinese).collect();
    let named = |key: &str| NAMED.iter().any(|family| key.starts_with(family)) && !key.ends_with(".help");
    let missing = catalogue().into_iter().filter(|(key, _)| named(key)).flat_map(|(key, text)| {
        let clauses = unknown_clauses(&text, &words).into_iter().map(|clause| format!("{key}: {clause}"));
        clauses.collect::<Vec<_>>()
    });
    none(missing.collect(), "words that docs/glossary.md lacks");
}

#[test]
fn one_wrong_clause_is_found_beside_a_right_one() {
    let words = ["已发送".to_owned(), "待结果".to_owned()];
    assert_eq!(unknown_clauses("已发送，待结果", &words), Vec::<&str>::new());
    assert_eq!(unknown_clauses("已发送，等结果", &words), ["等结果"]);
    assert_eq!(unknown_clauses("已发送了", &words), ["已发送了"]);
}

#[test]
fn no_word_is_two_things() {
    let mut breaches = Vec::new();
    let all: Vec<String> = terms().into_iter().flat_map(|term| term.chinese).collect();
    for (at, word) in all.iter().enumerate() {
        if all[..at].contains(word) {
            breaches.push(word.clone());
        }
    }
    none(breaches, "words of docs/glossary.md that stand for two things");
}
