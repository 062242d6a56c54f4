//! The sentences for error codes, from ui/src/text/errors.json, and the lines of answers, from cli.json and words.json;
//! the page uses errors.json and words.json, too.

use std::fmt::Display;
use std::sync::OnceLock;

use desk::CallError;
use desk::FindingView;
pub use desk::words::Language;
use standard::catalogue::{Catalogue, filled};

fn errors() -> &'static Catalogue {
    static ERRORS: OnceLock<Catalogue> = OnceLock::new();
    ERRORS.get_or_init(|| Catalogue::read(&[include_str!("../../../../ui/src/text/errors.json")]))
}

fn answers() -> &'static Catalogue {
    static ANSWERS: OnceLock<Catalogue> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        let own = include_str!("../../../../ui/src/text/cli.json");
        Catalogue::read(&[own, include_str!("../../../../ui/src/text/words.json")])
    })
}

/// The sentence of an error with the values of its params. A code without a sentence is shown with its params. The
/// param `problem` may be the code of another error with the same params; its sentence is inserted.
pub fn of(error: &CallError, language: Language) -> String {
    let mut error = error.clone();
    if let Some(problem) = error.params.remove("problem") {
        let params = error.params.clone();
        let reason = errors()
            .words(&problem, language)
            .is_some()
            .then(|| of(&CallError { params, ..CallError::new(&problem) }, language));
        error.params.insert("problem".to_owned(), reason.unwrap_or(problem));
    }
    let Some(sentence) = errors().words(&error.code, language) else {
        return format!("{} {:?}", error.code, error.params);
    };
    filled(sentence, |text, name| match error.params.get(name) {
        Some(value) => text.push_str(value),
        None => text.push_str(&format!("{{{name}}}")),
    })
}

/// A line of an answer: the words of ui/src/text/cli.json or words.json under `key`, with the values of their
/// placeholders.
pub fn answer(key: &str, values: &[(&str, &dyn Display)], language: Language) -> String {
    let Some(words) = answers().words(key, language) else { return key.to_owned() };
    filled(words, |text, name| {
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&value.to_string());
        }
    })
}

/// The words of a finding, with its value as the view has it.
pub fn of_finding(finding: &FindingView, language: Language) -> String {
    desk::words::say(&finding.message, &finding.value, language)
}

/// The words of the first finding of a group, with its value as it may be shown.
pub fn of_group(group: &desk::check::api::FindingGroup, language: Language) -> String {
    desk::words::say(&group.message, &group.shown, language)
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
        let is_wrong = |key: &&str| {
            answers().words(key, Language::En).is_none_or(chinese)
                || answers().words(key, Language::Zh).is_none_or(str::is_empty)
        };
        let wrong: Vec<&str> = answers().keys().filter(is_wrong).collect();
        assert!(answers().keys().count() > 50 && wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn the_sentence_contains_the_params_of_the_error() {
        assert!(errors().keys().next().is_some());
        let error = CallError::new("table.unknown").with("table", "ODS_X").with("edition", "gaozhi-2024.09");
        let text = of(&error, Language::Zh);
        assert!(text.contains("ODS_X") && !text.contains('{'), "{text}");
    }
}
