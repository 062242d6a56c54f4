//! `center`: a receiver that serves until it is told to stop.

use std::io::Write;

use desk::CallError;
use serde::Serialize;
use standard::Standards;

use crate::arguments::Center;
use crate::outcome::Outcome;
use crate::speak::Speak;

/// The one line that it says when it is ready; whoever started it needs the passwords to make a connection.
#[derive(Serialize)]
struct Started<'a> {
    address: &'a str,
    rsa_public_key: &'a str,
    accounts: Vec<AccountLine<'a>>,
}

#[derive(Serialize)]
struct AccountLine<'a> {
    client_id: &'a str,
    username: &'a str,
    password: &'a str,
    app_key: &'a str,
}

pub async fn run(options: &Center, speak: &Speak) -> Result<Outcome, CallError> {
    let standards = Standards::builtin()?;
    let config = center::Config {
        accounts: options.account.clone(),
        delay_s: options.delay,
        ..center::Config::new(options.data.clone(), options.listen, standards.editions().to_vec())
    };
    let running = match &options.faults {
        Some(file) => center::serve_faulty(config, center::Faults::read(file)?).await?,
        None => center::serve(config).await?,
    };
    let accounts = running.accounts.iter().map(|a| AccountLine {
        client_id: &a.client_id,
        username: &a.username,
        password: a.password.expose(),
        app_key: a.app_key.expose(),
    });
    let started =
        Started { address: &running.address, rsa_public_key: &running.rsa_public_key, accounts: accounts.collect() };
    let line = serde_json::to_string(&started).map_err(|_| CallError::new("program.failed"))?;
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    speak.note("接收端已启动，按 Ctrl+C 停止。", "The receiver is running; Ctrl+C stops it.");
    told_to_stop().await;
    running.shutdown().await;
    Ok(Outcome::Done)
}

/// Ctrl+C, or the system's request to end.
async fn told_to_stop() {
    let interrupt = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! { () = interrupt => {}, _ = terminate.recv() => {} },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
