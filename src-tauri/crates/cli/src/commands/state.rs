//! The state that every command uses: the desk and the open book.

use std::path::Path;
use std::sync::Arc;

use desk::check::api::{CatchUp, WaitingRule};
use desk::start::api::{BookHead, OpenBookFile, StartState};
use desk::{CallError, Desk, Nothing};
use serde::{Serialize, de::DeserializeOwned};

use crate::printer::Printer;

/// The desk, the printer, and the book of the option `--book`.
pub(super) struct AppState<'a> {
    pub(super) desk: Arc<Desk>,
    pub(super) printer: &'a Printer,
    pub(super) book: Option<&'a Path>,
    /// Whether the environment names a password for books.
    pub(super) has_passphrase: bool,
}

impl AppState<'_> {
    /// Makes one call of the desk.
    pub(super) async fn ask<Request: Serialize, Response: DeserializeOwned>(
        &self,
        call: &str,
        request: &Request,
    ) -> Result<Response, CallError> {
        let malformed = |e: serde_json::Error| CallError::new("call.malformed").with("call", call).with("detail", e);
        let request = serde_json::to_value(request).map_err(malformed)?;
        let response = self.desk.call(call, request).await?;
        serde_json::from_value(response).map_err(malformed)
    }

    /// Opens the book of `--book`, else the last one opened.
    pub(super) async fn open(&self) -> Result<BookHead, CallError> {
        let path = match self.book {
            Some(path) => path.display().to_string(),
            None => {
                let state: StartState = self.ask("start.state", &Nothing {}).await?;
                state.recent.into_iter().next().ok_or_else(|| CallError::new("book.none-known"))?.path
            }
        };
        let opened = self.ask::<_, BookHead>("book.open", &OpenBookFile { path, passphrase: None }).await;
        if let Some(log) = opened.as_ref().ok().and_then(|head| head.log_set_aside.as_ref()) {
            self.printer.aside(&self.printer.line("cli.log-set-aside", &[("file", log)]));
        }
        if let Some(place) = opened.as_ref().ok().and_then(|head| head.place) {
            self.printer.aside(&self.printer.word("place", place));
        }
        // Without a terminal to type it in, the password comes from the environment.
        opened.map_err(|error: CallError| match error.code.as_str() {
            "book.passphrase-needed" => CallError { params: error.params, ..CallError::new("usage.passphrase-needed") },
            _ => error,
        })
    }

    /// Closes the book, so that everything is settled before the program ends, also what rules find that had to wait
    /// after an edit.
    pub(super) async fn close(&self) -> Result<(), CallError> {
        // A rule that fails here keeps waiting in the book; what the command did stands.
        let _ = self.ask::<_, Vec<WaitingRule>>("check.catch_up", &CatchUp { job: 0 }).await;
        self.ask::<_, Nothing>("book.close", &Nothing {}).await.map(|_| ())
    }
}
