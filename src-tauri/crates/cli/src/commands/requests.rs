//! `results --requests`.

use std::fmt::Display;

use desk::CallError;
use desk::submit::api::{RequestLine, RequestsPage, RequestsQuery};

use super::state::AppState;
use crate::outcome::Outcome;

/// Prints the last requests to the receiver of the settings' connection, newest first.
pub async fn requests(state: &AppState<'_>, limit: u64, failed: bool) -> Result<Outcome, CallError> {
    let ask = async |before: Option<i64>, limit: u64| -> Result<RequestsPage, CallError> {
        state.ask("submit.requests", &RequestsQuery { connection: None, failed, before, limit }).await
    };
    let mut page = ask(None, limit).await?;
    // One answer holds no more than a thousand.
    while let (true, Some(last)) = (page.more, page.requests.last().map(|one| one.no)) {
        let missing = limit.saturating_sub(page.requests.len() as u64);
        if missing == 0 {
            break;
        }
        let older = ask(Some(last), missing).await?;
        page.more = older.more;
        page.requests.extend(older.requests);
    }
    state.printer.answer(&page, |page| page.requests.iter().map(|one| line(state, one)).collect());
    Ok(Outcome::Done)
}

fn line(state: &AppState<'_>, one: &RequestLine) -> String {
    let made = &one.request;
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let values: [(&str, &dyn Display); 10] = [
        ("at", &one.at),
        ("purpose", &state.printer.word("request", made.purpose)),
        ("table", &made.table),
        ("rows", &or_none(made.rows.map(|rows| rows.to_string()))),
        ("sent", &made.sent),
        ("received", &or_none(made.received.map(|bytes| bytes.to_string()))),
        ("ms", &made.took_ms),
        ("status", &or_none(made.status.map(|status| status.to_string()))),
        ("outcome", &state.printer.word("request", made.outcome)),
        ("answer", &made.answer),
    ];
    state.printer.line("cli.request", &values)
}
