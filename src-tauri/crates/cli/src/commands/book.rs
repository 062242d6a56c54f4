//! `new` and `status`.

use std::fmt::Display;
use std::path::Path;

use desk::home::api::Home;
use desk::start::api::{BookHead, CreateBook, NewRecoveryKey};
use desk::submit::api::{WriteSummary, WrittenSummary};
use desk::{CallError, College, Nothing};
use serde::Serialize;

use super::{AppState, path_text};
use crate::arguments::New;
use crate::outcome::Outcome;

/// The JSON document that `new` prints.
#[derive(Serialize)]
struct NewAnswer {
    book: String,
    edition: String,
    tables: usize,
    rows: u64,
    /// To be written down: without a password it opens the book on any other PC.
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_key: Option<String>,
}

pub async fn new(state: &AppState<'_>, new: &New) -> Result<Outcome, CallError> {
    let recovery_key = recovery_key(state, new).await?;
    let request = CreateBook {
        edition: new.edition.clone(),
        college: College {
            code: new.school.clone().unwrap_or_default(),
            name: new.name.clone().unwrap_or_default(),
            region: String::new(),
        },
        period: new.period.clone().unwrap_or_default(),
        department: String::new(),
        path: state.book.map(path_text).transpose()?,
        passphrase: None,
        recovery_key: recovery_key.clone(),
        sample: new.sample,
        job: 0,
    };
    let head: BookHead = state.ask("book.create", &request).await?;
    let home: Home = state.ask("home.get", &Nothing {}).await?;
    let made = NewAnswer {
        book: head.path,
        edition: head.edition,
        tables: home.tables.len(),
        rows: home.tables.iter().map(|t| t.rows).sum(),
        recovery_key,
    };
    state.close().await?;
    state.printer.answer(&made, |made| {
        let values: [(&str, &dyn Display); 3] = [("book", &made.book), ("tables", &made.tables), ("rows", &made.rows)];
        let mut lines = vec![state.printer.line("cli.book-made", &values)];
        let key = made.recovery_key.iter();
        lines.extend(key.map(|key| state.printer.line("cli.recovery-key", &[("key", key)])));
        lines
    });
    Ok(Outcome::Done)
}

/// A recovery key for a real book that no password locks.
async fn recovery_key(state: &AppState<'_>, new: &New) -> Result<Option<String>, CallError> {
    if new.sample || state.has_passphrase {
        return Ok(None);
    }
    let made: NewRecoveryKey = state.ask("start.recovery-key", &Nothing {}).await?;
    Ok(Some(made.key))
}

/// Prints the state of all tables, or writes the summary of a day.
pub async fn status(state: &AppState<'_>, summary: Option<&Path>, day: Option<String>) -> Result<Outcome, CallError> {
    if let Some(path) = summary {
        let request = WriteSummary { path: path_text(path)?, day, connection: None };
        let written: WrittenSummary = state.ask("submit.summary", &request).await?;
        state.printer.answer(&written, |written| vec![state.printer.line("cli.summary", &[("file", &written.file)])]);
        return Ok(Outcome::Done);
    }
    let home: Home = state.ask("home.get", &Nothing {}).await?;
    state.printer.answer(&home, |home| {
        let mut lines: Vec<String> = home
            .tables
            .iter()
            .filter(|t| t.rows > 0)
            .map(|t| {
                let values: [(&str, &dyn Display); 9] = [
                    ("table", &format!("{:<22}", t.table)),
                    ("rows", &t.rows),
                    ("complete", &format!("{:.0}", t.complete * 100.0)),
                    ("mandatory", &t.findings.mandatory),
                    ("confirm", &t.findings.confirm),
                    ("accepted", &t.accepted),
                    ("waiting", &t.to_send),
                    ("due", &t.due.as_deref().unwrap_or("-")),
                    ("title", &t.title),
                ];
                state.printer.line("cli.status-table", &values)
            })
            .collect();
        lines.push(state.printer.line(
            "cli.status-today",
            &[("sent", &home.today.sent), ("stored", &home.today.stored), ("rejected", &home.today.rejected)],
        ));
        lines
    });
    Ok(Outcome::Done)
}
