//! The settings with which a receiver starts.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use protocol::{Options, Random, Row};
use rand::RngCore;
use standard::{Edition, Table};
use store::BookKey;

use crate::checks::Checks;
use crate::connections::ConnectionLimits;
use crate::judge::{Judgement, judge};
use crate::rates::Rates;

/// Gives the current time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Fills a buffer with unpredictable bytes.
pub type Fill = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Decides which rows of a submission to a table are stored, by the checks that the college chose, on this day.
pub type Judge = Arc<dyn Fn(&Arc<Edition>, &Table, &[Row], &Checks, Date) -> Judgement + Send + Sync>;

/// Where the certificate of a receiver comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// Files in PEM: the certificate with its chain, and its private key, unencrypted, as PKCS#8.
    Files {
        /// The certificate, those that signed it behind it.
        certificate: PathBuf,
        /// The private key.
        key: PathBuf,
    },
    /// A certificate that the receiver makes at its first start with TLS and keeps in its database. Besides the address
    /// it listens on it names these.
    Own {
        /// Names and addresses by which clients reach it.
        names: Vec<String>,
    },
}

/// Settings of a receiver.
#[derive(Clone)]
pub struct Config {
    /// Folder of its data; made where it is missing.
    pub data: PathBuf,
    /// The key of its database, if the caller keeps it; otherwise a key is made and kept in the folder.
    pub key: Option<Arc<BookKey>>,
    /// Address and port to listen on; port 0 stands for any free port.
    pub listen: SocketAddr,
    /// The editions whose tables it takes.
    pub editions: Vec<Arc<Edition>>,
    /// TLS; absent: plain HTTP, as the printed protocol has it.
    pub tls: Option<Tls>,
    /// How many requests an address and an account may make; absent: as many as they like.
    pub rates: Option<Rates>,
    /// How many connections there may be, and how slow one may be.
    pub connections: ConnectionLimits,
    /// Whether the page of the centre is served beside the protocol.
    pub page: bool,
    /// Account file; absent: the accounts kept in the folder, and one is made if there is none.
    pub accounts: Option<PathBuf>,
    /// Seconds from a submission until its result is given to those who ask.
    pub delay_s: u32,
    /// How bodies are encrypted. Plain and encrypted logins are both taken, whatever `authorise` says.
    pub options: Options,
    /// Seconds for which an access token is valid.
    pub access_life_s: u32,
    /// Seconds for which a refresh token is valid.
    pub refresh_life_s: u32,
    /// The largest number of bytes of a body.
    pub body_limit: usize,
    /// Decides which rows of a submission are stored; [`judge()`] unless faults are added.
    pub judge: Judge,
    /// The clock that tokens, times of receipt and the check of `timestamps` follow.
    pub now: Clock,
    /// The source of keys, tokens and passwords.
    pub random: Fill,
}

impl Config {
    /// A receiver with the printed times for tokens and the default settings, on the system's clock and randomness.
    pub fn new(data: PathBuf, listen: SocketAddr, editions: Vec<Arc<Edition>>) -> Config {
        Config {
            data,
            key: None,
            listen,
            editions,
            tls: None,
            rates: None,
            connections: ConnectionLimits::default(),
            page: false,
            accounts: None,
            delay_s: 1800,
            options: Options::default(),
            access_life_s: 7199,
            refresh_life_s: 2_591_999,
            body_limit: 32 << 20,
            judge: Arc::new(judge),
            now: Arc::new(Timestamp::now),
            random: Arc::new(|buffer| rand::rngs::OsRng.fill_bytes(buffer)),
        }
    }

    /// A text of `length` random letters and digits.
    pub(crate) fn random_text(&self, length: u32) -> String {
        protocol::sign::random_text(&mut self.rng(), length)
    }

    /// The randomness as a generator for the ciphers.
    pub(crate) fn rng(&self) -> Random<'_> {
        Random(&*self.random)
    }
}
