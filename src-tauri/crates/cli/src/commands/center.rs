//! `center`: a receiver that runs until Ctrl+C or the system ends it.

use std::io::Write;

use desk::CallError;
use serde::Serialize;
use standard::Standards;

use crate::arguments::Center;
use crate::outcome::Outcome;
use crate::printer::Printer;

/// The line that `center` prints when it is ready. It contains the password of an account that was made here, because a
/// client needs it for a connection; passwords from an account file are left out.
#[derive(Serialize)]
struct StartedAnswer<'a> {
    address: &'a str,
    rsa_public_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<&'a str>,
    accounts: Vec<AccountAnswer<'a>>,
}

#[derive(Serialize)]
struct AccountAnswer<'a> {
    client_id: &'a str,
    username: &'a str,
    password: Option<&'a str>,
    app_key: Option<&'a str>,
}

pub async fn run(options: &Center, printer: &Printer) -> Result<Outcome, CallError> {
    let standards = Standards::builtin()?;
    let (Some(data), Some(listen)) = (options.data.clone(), options.listen) else {
        return Err(CallError::new("usage.missing-argument").with("argument", "--data --listen"));
    };
    let config = center::Config {
        accounts: options.account.clone(),
        delay_s: options.delay,
        tls: tls(options),
        rates: rates(options.requests),
        page: true,
        ..center::Config::new(data, listen, standards.editions().to_vec())
    };
    let running = match &options.faults {
        Some(file) => center::serve_faulty(config, center::Faults::read(file)?).await?,
        None => center::serve(config).await?,
    };
    // The user of an account file knows its password, and the output of a service goes into a journal, where it must
    // not be.
    let shown = options.account.is_none();
    let accounts = running.accounts.iter().map(|a| AccountAnswer {
        client_id: &a.client_id,
        username: &a.username,
        password: shown.then(|| a.password.expose()),
        app_key: shown.then(|| a.app_key.expose()),
    });
    let started = StartedAnswer {
        address: &running.address,
        rsa_public_key: &running.rsa_public_key,
        fingerprint: running.fingerprint.as_deref(),
        accounts: accounts.collect(),
    };
    let line =
        serde_json::to_string(&started).map_err(|_| CallError::failed("the first line of the receiver is not JSON"))?;
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    printer.note("接收端已启动，按 Ctrl+C 停止。", "The receiver is running; Ctrl+C stops it.");
    stop_requested().await;
    running.shutdown().await;
    Ok(Outcome::Done)
}

/// Where the certificate comes from, if connections are encrypted.
fn tls(options: &Center) -> Option<center::Tls> {
    match (&options.certificate, &options.key) {
        (Some(certificate), Some(key)) => {
            Some(center::Tls::Files { certificate: certificate.clone(), key: key.clone() })
        }
        _ => options.tls.then(|| center::Tls::Own { names: options.tls_name.clone() }),
    }
}

/// So many requests each second, and ten times as many at once.
fn rates(per_second: u32) -> Option<center::Rates> {
    let per_second = f64::from(per_second);
    (per_second > 0.0).then_some(center::Rates { at_once: per_second * 10.0, per_second })
}

/// Waits for Ctrl+C or for the request of the system to end.
async fn stop_requested() {
    let interrupt = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! { () = interrupt => {}, _ = terminate.recv() => {} },
            Err(_) => interrupt.await,
        }
    }
    // Windows tells a program of a closed window, a logoff and a shutdown by signals of their own.
    #[cfg(windows)]
    {
        use tokio::signal::windows::{ctrl_break, ctrl_close, ctrl_logoff, ctrl_shutdown};
        match (ctrl_break(), ctrl_close(), ctrl_logoff(), ctrl_shutdown()) {
            (Ok(mut stop), Ok(mut close), Ok(mut logoff), Ok(mut shutdown)) => tokio::select! {
                () = interrupt => {}
                _ = stop.recv() => {}
                _ = close.recv() => {}
                _ = logoff.recv() => {}
                _ = shutdown.recv() => {}
            },
            _ => interrupt.await,
        }
    }
    #[cfg(not(any(unix, windows)))]
    interrupt.await;
}
