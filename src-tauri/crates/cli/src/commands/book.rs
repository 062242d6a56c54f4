//! `new` and `status`.

use std::fmt::Display;

use desk::home::api::Home;
use desk::start::api::{BookHead, CreateBook};
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
}

pub async fn new(state: &AppState<'_>, new: &New) -> Result<Outcome, CallError> {
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
    };
    state.close().await?;
    state.printer.answer(&made, |made| {
        vec![
            state
                .printer
                .line("cli.book-made", &[("book", &made.book), ("tables", &made.tables), ("rows", &made.rows)]),
        ]
    });
    Ok(Outcome::Done)
}

pub async fn status(state: &AppState<'_>) -> Result<Outcome, CallError> {
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
