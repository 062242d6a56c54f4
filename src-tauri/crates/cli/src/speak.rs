//! What a command says: one JSON document, or lines for people; words and progress always to stderr.

use std::io::Write;

use desk::CallError;
use serde::Serialize;

use crate::words::{self, Language};

/// How to speak.
pub struct Speak {
    json: bool,
    language: Language,
}

impl Speak {
    /// As the arguments ask.
    pub fn new(json: bool, language: Language) -> Speak {
        Speak { json, language }
    }

    /// The answer: the document, or the lines made of it.
    pub fn answer<T: Serialize>(&self, answer: &T, lines: impl FnOnce(&T) -> Vec<String>) {
        let mut out = std::io::stdout().lock();
        // A reader that went away (`tianbao rows | head`) is no failure of the command.
        if self.json {
            let _ = serde_json::to_writer_pretty(&mut out, answer)
                .map_err(std::io::Error::from)
                .and_then(|()| writeln!(out));
        } else {
            for line in lines(answer) {
                let _ = writeln!(out, "{line}");
            }
        }
        let _ = out.flush();
    }

    /// One line of words on stderr.
    pub fn note(&self, zh: &str, en: &str) {
        let _ = writeln!(std::io::stderr(), "{}", self.pick(zh, en));
    }

    /// An error in words on stderr; with `--json` also `{"error": ...}` on stdout.
    pub fn error(&self, error: &CallError) {
        let message = words::of(error, self.language);
        let _ = writeln!(std::io::stderr(), "{message}");
        if self.json {
            let document =
                serde_json::json!({ "error": { "code": error.code, "params": error.params, "message": message } });
            self.answer(&document, |_| Vec::new());
        }
    }

    /// The words of a code that is no error, such as the reason a table was left out.
    pub fn words(&self, error: &CallError) -> String {
        words::of(error, self.language)
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// One of two texts.
    pub fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}
