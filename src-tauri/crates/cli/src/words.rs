//! The sentences for error codes, from ui/src/text/errors.json, which the window uses, too.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::OnceLock;

use desk::CallError;
use desk::FindingView;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Simplified Chinese (简体中文).
    Zh,
    /// English (English).
    En,
}

#[derive(serde::Deserialize)]
struct Sentence {
    zh: String,
    en: String,
}

fn table() -> &'static BTreeMap<String, Sentence> {
    static TABLE: OnceLock<BTreeMap<String, Sentence>> = OnceLock::new();
    TABLE.get_or_init(|| {
        // The file is compiled into the program, and a test reads it, so it is well formed here.
        serde_json::from_str(include_str!("../../../../ui/src/text/errors.json")).unwrap_or_default()
    })
}

/// The sentence of an error with the values of its params. A code without a sentence is shown with its params. The
/// param `problem` may be the code of another error with the same params; its sentence is inserted.
pub fn of(error: &CallError, language: Language) -> String {
    let mut error = error.clone();
    if let Some(problem) = error.params.remove("problem") {
        let params = error.params.clone();
        let reason =
            table().contains_key(&problem).then(|| of(&CallError { params, ..CallError::new(&problem) }, language));
        error.params.insert("problem".to_owned(), reason.unwrap_or(problem));
    }
    let Some(sentence) = table().get(&error.code) else {
        return format!("{} {:?}", error.code, error.params);
    };
    let template = match language {
        Language::Zh => &sentence.zh,
        Language::En => &sentence.en,
    };
    error.params.iter().fold(template.clone(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn answers() -> &'static BTreeMap<String, Sentence> {
    static ANSWERS: OnceLock<BTreeMap<String, Sentence>> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        // The files are compiled into the program, and a test reads them, so they are well formed here.
        let shared: BTreeMap<String, Sentence> =
            serde_json::from_str(include_str!("../../../../ui/src/text/words.json")).unwrap_or_default();
        let mut answers: BTreeMap<String, Sentence> =
            serde_json::from_str(include_str!("../../../../ui/src/text/cli.json")).unwrap_or_default();
        answers.extend(shared);
        answers
    })
}

/// A line of an answer: the words of ui/src/text/cli.json or words.json under `key`, with the values of their placeholders.
pub fn answer(key: &str, values: &[(&str, &dyn Display)], language: Language) -> String {
    let Some(words) = answers().get(key) else { return key.to_owned() };
    let mut rest = match language {
        Language::Zh => words.zh.as_str(),
        Language::En => words.en.as_str(),
    };
    let mut line = String::new();
    // Values may hold braces themselves, so they are put in on one way through the words.
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(b, r)| Some((b, r.split_once('}')?))) {
        line.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            line.push_str(&value.to_string());
        }
        rest = after;
    }
    line + rest
}

/// What a finding says, with its value as the view has it.
pub fn of_finding(finding: &FindingView, language: Language) -> String {
    let language = match language {
        Language::Zh => desk::words::Language::Zh,
        Language::En => desk::words::Language::En,
    };
    desk::words::say(&finding.message, &finding.value, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_speak_the_language_that_was_asked_for() {
        let values: [(&str, &dyn Display); 2] = [("table", &"{total}"), ("total", &7)];
        assert_eq!(answer("cli.rows", &values, Language::Zh), "{total} 共 7 条");
        assert_eq!(answer("cli.rows", &values, Language::En), "{total} 7 rows");
        let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        let wrong: Vec<_> = answers().iter().filter(|(_, words)| chinese(&words.en) || words.zh.is_empty()).collect();
        assert!(answers().len() > 50 && wrong.is_empty(), "{:?}", wrong.iter().map(|(key, _)| key).collect::<Vec<_>>());
    }

    #[test]
    fn the_sentence_contains_the_params_of_the_error() {
        assert!(!table().is_empty());
        let error = CallError::new("table.unknown").with("table", "ODS_X").with("edition", "gaozhi-2024.09");
        let text = of(&error, Language::Zh);
        assert!(text.contains("ODS_X") && !text.contains('{'), "{text}");
    }
}
