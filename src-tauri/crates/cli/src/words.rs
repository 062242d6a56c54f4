//! The sentences for error codes, from ui/src/text/errors.json, which the window uses, too.

use std::collections::BTreeMap;
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
    fn the_sentence_contains_the_params_of_the_error() {
        assert!(!table().is_empty());
        let error = CallError::new("table.unknown").with("table", "ODS_X").with("edition", "gaozhi-2024.09");
        let text = of(&error, Language::Zh);
        assert!(text.contains("ODS_X") && !text.contains('{'), "{text}");
    }
}
