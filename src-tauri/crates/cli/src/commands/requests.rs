//! `results --requests`.

use std::fmt::Display;

use desk::CallError;
use desk::submit::api::{RequestLine, RequestsPage, RequestsQuery};
use serde::Serialize;

use super::state::AppState;
use crate::outcome::Outcome;

/// Prints the last requests to the receiver of the settings' connection, newest first.
pub async fn requests(state: &AppState<'_>, limit: u64, failed: bool) -> Result<Outcome, CallError> {
    let query = RequestsQuery { connection: None, failed, before: None, limit };
    let page: RequestsPage = state.ask("submit.requests", &query).await?;
    state.printer.answer(&page, |page| page.requests.iter().map(|one| line(state, one)).collect());
    Ok(Outcome::Done)
}

fn line(state: &AppState<'_>, one: &RequestLine) -> String {
    let made = &one.request;
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let values: [(&str, &dyn Display); 10] = [
        ("at", &one.at),
        ("purpose", &words(state, "request", made.purpose)),
        ("table", &made.table),
        ("rows", &or_none(made.rows.map(|rows| rows.to_string()))),
        ("sent", &made.sent),
        ("received", &or_none(made.received.map(|bytes| bytes.to_string()))),
        ("ms", &made.took_ms),
        ("status", &or_none(made.status.map(|status| status.to_string()))),
        ("outcome", &words(state, "request", made.outcome)),
        ("answer", &made.answer),
    ];
    state.printer.line("cli.request", &values)
}

/// The words of an enum without fields.
fn words(state: &AppState<'_>, prefix: &str, value: impl Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    let word = word.as_ref().and_then(|word| word.as_str()).unwrap_or_default();
    state.printer.line(&format!("{prefix}.{word}"), &[])
}
