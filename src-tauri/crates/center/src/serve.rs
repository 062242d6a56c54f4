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

use crate::access_log::AccessLog;
use crate::account::{self, Account};
use crate::attempts::Attempts;
use crate::config::Config;
use crate::connections::{Connections, Peer, SILENT};
use crate::error::CenterError;
use crate::replays::Replays;
use crate::routes::{Center, router};
use crate::tokens::Tokens;

/// Bits of the RSA key for logins.
const KEY_BITS: usize = 2048;

/// Setting of the folder's database that holds the private key.
const KEY_SETTING: &str = "rsa_private_key";

/// On shutdown, requests that are being answered get this time to end.
const GRACE: Duration = Duration::from_secs(5);

/// A receiver that serves until [`Running::shutdown`]; dropped, it stops at once.
pub struct Running {
    /// Base address.
    pub address: String,
    /// Base64 of DER, for connections that encrypt their login.
    pub rsa_public_key: String,
    /// Who may submit.
    pub accounts: Vec<Account>,
    /// The database with what was received.
    pub inbox: Arc<Inbox>,
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
    let address = format!("http://{}", listener.local_addr().map_err(failed)?);

    let (end, ending) = watch::channel(false);
    let folder = config.data.display().to_string();
    let opening = tokio::task::spawn_blocking(move || open(config));
    let center = opening.await.map_err(|error| CenterError::Folder { folder, reason: error.to_string() })??;
    let center = Arc::new(center);

    let running = (center.public_key.clone(), center.accounts.clone(), center.inbox.clone());
    let app = layers(router(center), ending.clone()).into_make_service_with_connect_info::<Peer>();
    let listener = Connections::new(listener, SILENT);
    let mut stop = ending;
    let serving = tokio::spawn(async move {
        let stopped = async move { drop(stop.wait_for(|ending| *ending).await) };
        // The server ends only when it is stopped; a failure of one connection ends only that connection.
        drop(axum::serve(listener, app).with_graceful_shutdown(stopped).await);
    });
    let (rsa_public_key, accounts, inbox) = running;
    Ok(Running { address, rsa_public_key, accounts, inbox, end, serving })
}

impl Running {
    /// Accepts no new requests, waits for those that are being answered, and stops.
    pub async fn shutdown(mut self) {
        let _ = self.end.send(true);
        if tokio::time::timeout(GRACE, &mut self.serving).await.is_err() {
            self.serving.abort();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The part of the start that blocks its thread: opens the folder's database, reads the accounts and the private key.
fn open(config: Config) -> Result<Center, CenterError> {
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
    Ok(Center {
        accounts,
        inbox: Arc::new(inbox),
        key,
        public_key,
        tokens: Tokens::default(),
        attempts: Attempts::default(),
        replays: Replays::default(),
        access_log: AccessLog::new(&config.data),
        last_time: AtomicI64::new(i64::MIN),
        config,
    })
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
