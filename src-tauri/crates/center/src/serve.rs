//! Starting and ending a receiver.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use axum::Router;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::RngCore;
use rsa::RsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey};
use serde_json::Value;
use store::{BookKey, Inbox};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::account::{self, Account};
use crate::attempts::Attempts;
use crate::config::Config;
use crate::connections::accept;
use crate::error::CenterError;
use crate::journal::Journal;
use crate::page;
use crate::rates::Buckets;
use crate::replays::Replays;
use crate::routes::{Center, router};
use crate::tls::{self, Ready};
use crate::tokens::Tokens;

/// Bits of the RSA key for logins.
const KEY_BITS: usize = 2048;

/// Setting of the folder's database that holds the private key.
const KEY_SETTING: &str = "rsa_private_key";

/// On shutdown, requests that are being answered get this time to end.
const GRACE: Duration = Duration::from_secs(5);

/// How often logins and refusals are written into the audit log.
const WRITING: Duration = Duration::from_secs(1);

/// A receiver that serves until [`Running::shutdown`]; dropped, it stops at once.
pub struct Running {
    /// Base address.
    pub address: String,
    /// SHA-256 of its certificate in lower-case hexadecimal, where it speaks TLS: clients confirm it.
    pub fingerprint: Option<String>,
    /// Base64 of DER, for connections that encrypt their login.
    pub rsa_public_key: String,
    /// Who may submit.
    pub accounts: Vec<Account>,
    /// The database with what was received.
    pub inbox: Arc<Inbox>,
    center: Arc<Center>,
    end: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

/// Opens the folder, listens and serves.
pub async fn serve(config: Config) -> Result<Running, CenterError> {
    start(config, |router, _| router).await
}

/// As [`serve()`], with layers around the routes. `layers` gets a flag, too, that turns true when the receiver ends.
pub(crate) async fn start(
    config: Config,
    layers: impl FnOnce(Router, watch::Receiver<bool>) -> Router,
) -> Result<Running, CenterError> {
    let listen = config.listen;
    let failed = |error: std::io::Error| CenterError::Listen { address: listen.to_string(), reason: error.to_string() };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let address = format!("{scheme}://{}", listener.local_addr().map_err(failed)?);
    let limits = config.connections;

    let (end, ending) = watch::channel(false);
    let folder = config.data.display().to_string();
    let opening = tokio::task::spawn_blocking(move || open(config));
    let (center, tls) = opening.await.map_err(|error| CenterError::Folder { folder, reason: error.to_string() })??;
    let center = Arc::new(center);

    let (rsa_public_key, accounts, inbox) = (center.public_key.clone(), center.accounts.clone(), center.inbox.clone());
    let (acceptor, fingerprint) = tls.map(|Ready { acceptor, fingerprint }| (acceptor, fingerprint)).unzip();
    let routes = match center.config.page {
        true => router(center.clone()).merge(page::router(center.clone())),
        false => router(center.clone()),
    };
    let app = layers(routes, ending.clone());
    let writing = center.clone();
    let serving = tokio::spawn(async move {
        tokio::select! {
            () = accept(listener, acceptor, app, limits, ending) => {}
            () = keep_writing(writing) => {}
        }
    });
    Ok(Running { address, fingerprint, rsa_public_key, accounts, inbox, center, end, serving })
}

/// Writes the events that wait for the audit log, again and again.
async fn keep_writing(center: Arc<Center>) {
    let mut moments = tokio::time::interval(WRITING);
    loop {
        moments.tick().await;
        let center = center.clone();
        drop(tokio::task::spawn_blocking(move || center.journal.write()).await);
    }
}

impl Running {
    /// Accepts no new requests, waits for those that are being answered, and stops.
    pub async fn shutdown(mut self) {
        let _ = self.end.send(true);
        if tokio::time::timeout(GRACE, &mut self.serving).await.is_err() {
            self.serving.abort();
        }
        let center = self.center.clone();
        drop(tokio::task::spawn_blocking(move || center.journal.write()).await);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The part of the start that blocks its thread: opens the folder's database, reads the accounts and the private key.
fn open(config: Config) -> Result<(Center, Option<Ready>), CenterError> {
    let folder = |reason: String| CenterError::Folder { folder: config.data.display().to_string(), reason };
    std::fs::create_dir_all(&config.data).map_err(|error| folder(error.to_string()))?;
    let salt = || {
        let mut salt = [0; store::SALT_BYTES];
        config.rng().fill_bytes(&mut salt);
        salt
    };
    let inbox = match &config.key {
        Some(key) => Inbox::open_with(&config.data, key, salt)?,
        None => Inbox::open(&config.data, || {
            let mut key = [0; 32];
            config.rng().fill_bytes(&mut key);
            (BookKey::new(key), salt())
        })?,
    };
    let accounts = account::accounts(&config, &inbox)?;
    let key = private_key(&config, &inbox)?;
    let public_key = key.to_public_key().to_public_key_der().map_err(|error| folder(error.to_string()))?;
    let public_key = STANDARD.encode(public_key);
    let tls = config.tls.as_ref().map(|tls| tls::ready(tls, &config, &inbox)).transpose()?;
    let inbox = Arc::new(inbox);
    let center = Center {
        accounts,
        journal: Journal::new(inbox.clone()),
        inbox,
        key,
        public_key,
        tokens: Tokens::default(),
        attempts: Attempts::default(),
        replays: Replays::default(),
        buckets: Buckets::new(config.rates),
        last_time: AtomicI64::new(i64::MIN),
        config,
    };
    Ok((center, tls))
}

/// The private key kept in the folder, or one made now.
fn private_key(config: &Config, inbox: &Inbox) -> Result<RsaPrivateKey, CenterError> {
    let failed =
        |reason: &str| CenterError::Folder { folder: config.data.display().to_string(), reason: reason.into() };
    if let Some(Value::String(kept)) = inbox.setting(KEY_SETTING)? {
        let der = STANDARD.decode(kept).map_err(|_| failed("the private key is not base64"))?;
        return RsaPrivateKey::from_pkcs8_der(&der).map_err(|_| failed("the private key is invalid"));
    }
    let key = RsaPrivateKey::new(&mut config.rng(), KEY_BITS).map_err(|_| failed("no private key could be made"))?;
    let der = key.to_pkcs8_der().map_err(|_| failed("the private key cannot be written"))?;
    inbox.set_setting(KEY_SETTING, &Value::from(STANDARD.encode(der.as_bytes())))?;
    Ok(key)
}
