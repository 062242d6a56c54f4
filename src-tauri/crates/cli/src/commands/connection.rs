//! `connection add`, `list` and `test`.

use desk::submit::api::{ConnectionRef, ConnectionTest, Connections};
use desk::{CallError, Nothing};

use super::{Counter, path_text};
use crate::arguments::Connection;
use crate::outcome::{self, Outcome};

pub async fn run(counter: &Counter<'_>, command: &Connection) -> Result<Outcome, CallError> {
    match command {
        Connection::Add { name, file } => {
            let request = desk::submit::api::ConnectionFile { name: name.clone(), file: path_text(file)? };
            let connections: Connections = counter.ask("connection.read", &request).await?;
            say(counter, &connections);
            Ok(Outcome::Done)
        }
        Connection::List => {
            let connections: Connections = counter.ask("connection.list", &Nothing {}).await?;
            say(counter, &connections);
            Ok(Outcome::Done)
        }
        Connection::Test { name } => {
            let test: ConnectionTest = counter.ask("connection.test", &ConnectionRef { name: name.clone() }).await?;
            counter
                .speak
                .answer(&test, |t| vec![if t.ok { "连接正常".to_owned() } else { "连接失败".to_owned() }]);
            Ok(match &test.error {
                Some(error) => {
                    counter.speak.note(&counter.speak.words(error), &counter.speak.words(error));
                    outcome::of_error(error)
                }
                None => Outcome::Done,
            })
        }
    }
}

fn say(counter: &Counter<'_>, connections: &Connections) {
    counter.speak.answer(connections, |c| c.connections.iter().map(|c| format!("{}  {}", c.name, c.address)).collect());
}
