//! `conformance --receiver ADDRESS` tests a receiver, `conformance --client ADDRESS` listens there and tests the client
//! that submits to it. docs/protocol.md lists the scenarios and the settings.

use std::io::{BufRead, Write};
use std::process::{Command, ExitCode};
use std::time::Duration;

use conformance::caller::Caller;
use conformance::client::{ClientKit, Phase};
use conformance::receiver::{Probe, run};
use conformance::sample::Sample;
use conformance::{Line, Verdict};
use protocol::Connection;
use serde_json::{Map, Value, json};

const USAGE: &str = "conformance --receiver ADDRESS --account FILE [--row FILE] [--wait SECONDS]
conformance --client ADDRESS [--account FILE] [--edition ID] [PROGRAM ARGUMENT...]

FILE of an account is a connection file: client_id, username, password and the settings that differ from the defaults.
With --client and without PROGRAM, the kit says in each phase what the client has to do, and waits for a line.
Exit code: 0 all held, 1 something failed, 2 wrong arguments or no connection.";

fn main() -> ExitCode {
    match answer() {
        Ok(lines) => {
            for line in &lines {
                say(&line.to_string());
            }
            let count = |wanted: fn(&Verdict) -> bool| lines.iter().filter(|line| wanted(&line.verdict)).count();
            let (held, failed) = (count(|v| *v == Verdict::Held), count(|v| matches!(v, Verdict::Failed(_))));
            say(&format!("{held} held, {failed} failed, {} not seen", lines.len() - held - failed));
            ExitCode::from(u8::from(failed > 0))
        }
        Err(words) => {
            let _ = writeln!(std::io::stderr(), "{words}");
            ExitCode::from(2)
        }
    }
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn answer() -> Result<Vec<Line>, String> {
    let mut arguments = std::env::args().skip(1);
    let (mut side, mut account, mut row, mut edition) = (None, None, None, "gaozhi-2024.09".to_owned());
    let (mut wait, mut program) = (60, Vec::new());
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"));
        match argument.as_str() {
            "--receiver" | "--client" => side = Some((argument == "--client", value()?)),
            "--account" => account = Some(value()?),
            "--row" => row = Some(value()?),
            "--edition" => edition = value()?,
            "--wait" => wait = value()?.parse().map_err(|_| USAGE.to_owned())?,
            _ if argument.starts_with("--") => return Err(USAGE.to_owned()),
            _ => {
                program.push(argument);
                program.extend(arguments.by_ref());
            }
        }
    }
    let (is_client, address) = side.ok_or(USAGE)?;
    let address = address.trim_start_matches("http://").to_owned();
    let connection = connection(account.as_deref(), &address, &edition)?;
    if is_client {
        return test_client(&address, connection, &program);
    }
    let sample = match row {
        None => Sample::built_in(),
        Some(file) => serde_json::from_str(&read(&file)?).map_err(|error| format!("{file}: {error}"))?,
    };
    Ok(run(&Probe::new(Caller::new(connection), sample, Duration::from_secs(wait))))
}

fn read(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

/// The connection of an account file; an account is invented where there is none.
fn connection(file: Option<&str>, address: &str, edition: &str) -> Result<Connection, String> {
    let mut keys: Map<String, Value> = match file {
        Some(file) => toml::from_str(&read(file)?).map_err(|error| format!("{file}: {}", error.message()))?,
        None => Map::new(),
    };
    let invented = [("client_id", "1"), ("username", "school"), ("password", "Conformance-1"), ("app_key", "12345678")];
    for (key, value) in invented.into_iter().filter(|_| file.is_none()) {
        keys.insert(key.to_owned(), json!(value));
    }
    keys.insert("address".to_owned(), json!(format!("http://{address}")));
    Connection::read(keys, edition).map_err(|error| error.to_string())
}

fn test_client(address: &str, connection: Connection, program: &[String]) -> Result<Vec<Line>, String> {
    let kit = ClientKit::listen(address, connection)?;
    let own = &kit.connection;
    say(&format!("address = \"{}\"\nrsa_public_key = \"{}\"", own.address, own.options.rsa_public_key));
    say(&format!("client_id = \"{}\"\nusername = \"{}\"", own.client_id, own.username));
    say(&format!("password = \"{}\"\napp_key = \"{}\"", own.password.expose(), own.app_key.expose()));
    let mut failed = None;
    let lines = kit.run(|phase| match program.split_first() {
        Some((program, arguments)) => {
            let run = Command::new(program).args(arguments).env("CONFORMANCE_PHASE", format!("{phase:?}")).status();
            if let Err(error) = run {
                failed = Some(format!("{program}: {error}"));
            }
        }
        None => ask(phase),
    });
    failed.map_or(Ok(lines), Err)
}

fn ask(phase: Phase) {
    say(&format!(
        "{phase:?}: change two records, submit them, collect the results; again if refused. Then press Enter."
    ));
    let _ = std::io::stdin().lock().read_line(&mut String::new());
}
