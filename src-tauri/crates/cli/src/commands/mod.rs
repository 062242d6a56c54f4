//! The commands, one file for each group. Each command makes calls of the desk and prints the answer.

mod book;
mod cell;
mod center;
mod center_data;
mod center_people;
mod check_list;
mod clock;
mod connection;
mod due;
mod edition;
mod explain;
mod fill;
mod keeping;
mod mapping;
mod moving;
mod paths;
mod period;
mod quality;
mod reconcile;
mod requests;
mod robot;
mod schedule;
mod sending;
mod source;
mod standard;
mod state;
mod submit;
mod verify;
mod waiting;
mod workbook;

use desk::CallError;
use desk::{Desk, Env};

use crate::arguments::{Arguments, Command};
use crate::outcome::Outcome;
use crate::printer::Printer;
use paths::path_text;
use state::AppState;

/// Runs the command.
pub async fn run(arguments: &Arguments, printer: &Printer) -> Result<Outcome, CallError> {
    if let Command::Center(options) = &arguments.command {
        return match &options.command {
            Some(command) => center_data::run(command, printer),
            None => center::run(options, printer).await,
        };
    }
    let env = Env::real();
    desk::log_panics(&env);
    let has_passphrase = env.passphrase.is_some();
    let state = AppState { desk: Desk::new(env)?, printer, book: arguments.book.as_deref(), has_passphrase };
    match &arguments.command {
        Command::Editions => return edition::run(&state, &crate::arguments::Edition::List).await,
        Command::Show(options) => return standard::show(&state, options).await,
        Command::New(new) => return book::new(&state, new).await,
        Command::Edition(command) => return edition::run(&state, command).await,
        _ => {}
    }
    state.open().await?;
    let outcome = with_book(&state, &arguments.command).await;
    clock::note(&state).await;
    state.close().await?;
    outcome
}

async fn with_book(state: &AppState<'_>, command: &Command) -> Result<Outcome, CallError> {
    match command {
        Command::Template(options) => workbook::template(state, options).await,
        Command::Import(options) => workbook::import(state, options).await,
        Command::Mapping(command) => mapping::run(state, command).await,
        Command::Source(command) => source::run(state, command).await,
        Command::Explain(given) => explain::explain(state, given).await,
        Command::Export(options) => workbook::export(state, options).await,
        Command::Rows { table, condition, limit, offset } => {
            fill::rows(state, table, condition.clone(), *limit, *offset).await
        }
        Command::Set { table, row, cells } => fill::set(state, table, row, cells).await,
        Command::Period(given) => period::to_period(state, given).await,
        Command::Clock { trust } => clock::clock(state, *trust).await,
        Command::Check { tables, level, by } => fill::check(state, tables, *level, *by).await,
        Command::Quality(options) => quality::quality(state, options).await,
        Command::Mend(given) => quality::mend(state, given).await,
        Command::Undo { steps } => fill::undo(state, *steps).await,
        Command::History { table: Some(table), row: Some(row), column: Some(column), .. } => {
            cell::history(state, table, *row, column).await
        }
        Command::History { table, limit, offset, .. } => fill::history(state, table.clone(), *limit, *offset).await,
        Command::Submit(options) => submit::submit(state, options).await,
        Command::Verify(options) => verify::verify(state, options).await,
        Command::Robot(command) => robot::run(state, command).await,
        Command::Schedule(command) => schedule::run(state, command).await,
        Command::Results { reconcile: true, .. } => reconcile::reconcile(state).await,
        Command::Results { requests: Some(limit), failed, .. } => requests::requests(state, *limit, *failed).await,
        Command::Results { wait, give_up, .. } => submit::results(state, *wait, *give_up).await,
        Command::Copy(options) => keeping::copy(state, options).await,
        Command::Audit(options) => keeping::audit(state, options).await,
        Command::Move(options) => moving::run(state, options).await,
        Command::Status { summary, day } => book::status(state, summary.as_deref(), day.clone()).await,
        Command::Due(options) => due::due(state, options).await,
        Command::Connection(command) => connection::run(state, command).await,
        Command::Editions | Command::Show(_) | Command::New(_) | Command::Edition(_) | Command::Center(_) => {
            // `run` has answered these before it opened a book.
            unreachable!("these run without a book")
        }
    }
}
