//! One file per group of commands. Each asks the desk and says the answer.

mod book;
mod center;
mod connection;
mod edition;
mod fill;
mod moving;
mod standard;
mod submit;
mod workbook;

use std::path::Path;
use std::sync::Arc;

use desk::CallError;
use desk::Nothing;
use desk::start::api::{BookHead, OpenBook, StartState};
use desk::{Desk, Env};
use serde::{Serialize, de::DeserializeOwned};

use crate::arguments::{Arguments, Command};
use crate::outcome::Outcome;
use crate::speak::Speak;

/// A desk and how to speak: what every command works with.
struct Counter<'a> {
    desk: Arc<Desk>,
    speak: &'a Speak,
    book: Option<&'a Path>,
}

impl Counter<'_> {
    /// One call of the desk.
    async fn ask<Request: Serialize, Response: DeserializeOwned>(
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
    async fn open(&self) -> Result<BookHead, CallError> {
        let path = match self.book {
            Some(path) => path.display().to_string(),
            None => {
                let state: StartState = self.ask("start.state", &Nothing {}).await?;
                state.recent.into_iter().next().ok_or_else(|| CallError::new("book.none-known"))?.path
            }
        };
        let opened = self.ask("book.open", &OpenBook { path, passphrase: None }).await;
        // There is nobody to type it here; the environment is asked instead.
        opened.map_err(|error: CallError| match error.code.as_str() {
            "book.passphrase-needed" => CallError { params: error.params, ..CallError::new("usage.passphrase-needed") },
            _ => error,
        })
    }

    /// Closes the book, so that everything is settled before the program ends.
    async fn close(&self) -> Result<(), CallError> {
        self.ask::<_, Nothing>("book.close", &Nothing {}).await.map(|_| ())
    }
}

/// Runs the command.
pub async fn run(arguments: &Arguments, speak: &Speak) -> Result<Outcome, CallError> {
    if let Command::Center(options) = &arguments.command {
        return center::run(options, speak).await;
    }
    let counter = Counter { desk: Desk::new(Env::real())?, speak, book: arguments.book.as_deref() };
    match &arguments.command {
        Command::Editions => return edition::run(&counter, &crate::arguments::Edition::List).await,
        Command::Show { table, edition, output } => {
            return standard::show(&counter, table, edition.as_deref(), output.as_deref()).await;
        }
        Command::New(new) => return book::new(&counter, new).await,
        Command::Edition(command) => return edition::run(&counter, command).await,
        _ => {}
    }
    counter.open().await?;
    let outcome = with_book(&counter, &arguments.command).await;
    counter.close().await?;
    outcome
}

async fn with_book(counter: &Counter<'_>, command: &Command) -> Result<Outcome, CallError> {
    match command {
        Command::Template(options) => workbook::template(counter, options).await,
        Command::Import(options) => workbook::import(counter, options).await,
        Command::Export(options) => workbook::export(counter, options).await,
        Command::Rows { table, condition, limit, offset } => {
            fill::rows(counter, table, condition.clone(), *limit, *offset).await
        }
        Command::Set { table, row, cells } => fill::set(counter, table, row, cells).await,
        Command::Check { tables, level } => fill::check(counter, tables, *level).await,
        Command::Undo { steps } => fill::undo(counter, *steps).await,
        Command::History { table, limit, offset } => fill::history(counter, table.clone(), *limit, *offset).await,
        Command::Submit(options) => submit::submit(counter, options).await,
        Command::Results { wait } => submit::results(counter, *wait).await,
        Command::Move(options) => moving::run(counter, options).await,
        Command::Status => book::status(counter).await,
        Command::Connection(command) => connection::run(counter, command).await,
        Command::Editions | Command::Show { .. } | Command::New(_) | Command::Edition(_) | Command::Center(_) => {
            unreachable!("these run without a book")
        }
    }
}

/// A path as text for the desk. A path that is no Unicode is refused by name.
fn path_text(path: &Path) -> Result<String, CallError> {
    path.to_str().map(str::to_owned).ok_or_else(|| CallError::new("file.bad-name").with("file", path.display()))
}
