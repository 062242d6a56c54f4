//! The output of a command: one JSON document or lines of text on standard output; messages and progress on standard
//! error.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use desk::CallError;
use serde::Serialize;

use crate::words::{self, Language};

/// Prints answers and messages in the form and the language of the arguments.
pub struct Printer {
    json: bool,
    language: Language,
    /// Whether an answer could not be written.
    failed: AtomicBool,
}

impl Printer {
    /// A printer for JSON or for text, with messages in this language.
    pub fn new(json: bool, language: Language) -> Printer {
        Printer { json, language, failed: AtomicBool::new(false) }
    }

    /// Prints the answer: as a JSON document, or as the lines that `lines` makes of it.
    pub fn answer<T: Serialize>(&self, answer: &T, lines: impl FnOnce(&T) -> Vec<String>) {
        let mut out = std::io::stdout().lock();
        let written = if self.json {
            serde_json::to_writer_pretty(&mut out, answer).map_err(std::io::Error::from).and_then(|()| writeln!(out))
        } else {
            lines(answer).iter().try_for_each(|line| writeln!(out, "{line}"))
        };
        // A closed pipe (`tianbao rows | head`) is not a failure of the command; a full disk is.
        if let Err(error) = written.and_then(|()| out.flush())
            && error.kind() != ErrorKind::BrokenPipe
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            self.note("输出没有写成，请检查磁盘空间。", "The output could not be written; check the disk.");
        }
    }

    /// Whether an answer could not be written.
    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Prints one line on standard error.
    pub fn note(&self, zh: &str, en: &str) {
        let _ = writeln!(std::io::stderr(), "{}", self.pick(zh, en));
    }

    /// Prints a line on standard error that is in the right language already.
    pub fn aside(&self, line: &str) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// The words of an enum without fields: those under `prefix` and the word that serde gives it.
    pub fn word(&self, prefix: &str, value: impl Serialize) -> String {
        let word = serde_json::to_value(value).ok();
        let word = word.as_ref().and_then(|word| word.as_str()).unwrap_or_default();
        self.line(&format!("{prefix}.{word}"), &[])
    }

    /// Prints the sentence of an error on standard error and, with `--json`, `{"error": ...}` on standard output.
    pub fn error(&self, error: &CallError) {
        let message = words::of(error, self.language);
        let _ = writeln!(std::io::stderr(), "{message}");
        if self.json {
            let document =
                serde_json::json!({ "error": { "code": error.code, "params": error.params, "message": message } });
            self.answer(&document, |_| Vec::new());
        }
    }

    /// The sentence for a code that is not an error, such as the reason why a table was left out.
    pub fn words(&self, error: &CallError) -> String {
        words::of(error, self.language)
    }

    /// The sentence of what a person is told: an error, or a line of the check list with its tables.
    pub fn said(&self, told: &CallError) -> String {
        if !told.code.starts_with("checklist.") {
            return self.words(told);
        }
        let values: Vec<(&str, &dyn Display)> =
            told.params.iter().map(|(name, value)| (name.as_str(), value as &dyn Display)).collect();
        let words = self.line(&told.code, &values);
        told.params.get("tables").map_or_else(|| words.clone(), |tables| format!("{words}（{tables}）"))
    }

    /// A line of an answer: the words of ui/src/text/cli.json or words.json under `key`, with the values of their
    /// placeholders.
    pub fn line(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        words::answer(key, values, self.language)
    }

    /// The language of messages.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text in the language of the printer.
    pub fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}
