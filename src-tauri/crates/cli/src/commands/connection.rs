//! `connection add`, `list` and `test`.

use desk::settings::api::{ConnectionRef, ConnectionTest, Connections};
use desk::{CallError, Nothing};

use super::{AppState, path_text};
use crate::arguments::Connection;
use crate::outcome::{self, Outcome};

pub async fn run(state: &AppState<'_>, command: &Connection) -> Result<Outcome, CallError> {
    match command {
        Connection::Add { name, file } => {
            let request = desk::settings::api::ConnectionFile { name: name.clone(), file: path_text(file)? };
            let connections: Connections = state.ask("connection.read", &request).await?;
            say(state, &connections);
            Ok(Outcome::Done)
        }
        Connection::List => {
            let connections: Connections = state.ask("connection.list", &Nothing {}).await?;
            say(state, &connections);
            Ok(Outcome::Done)
        }
        Connection::Test { name } => {
            let test: ConnectionTest = state.ask("connection.test", &ConnectionRef { name: name.clone() }).await?;
            state.printer.answer(&test, |t| {
                let words = if t.ok { "cli.connection-ok" } else { "cli.connection-failed" };
                vec![state.printer.line(words, &[])]
            });
            Ok(match &test.error {
                Some(error) => {
                    state.printer.note(&state.printer.words(error), &state.printer.words(error));
                    outcome::of_error(error)
                }
                None => Outcome::Done,
            })
        }
    }
}

fn say(state: &AppState<'_>, connections: &Connections) {
    state.printer.answer(connections, |c| c.connections.iter().map(|c| format!("{}  {}", c.name, c.address)).collect());
}
