//! What a receiver is told when it starts.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use protocol::{Options, Random};
use rand::RngCore;
use standard::Edition;

use crate::mischief::Mischief;

/// A clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Fills a buffer with unpredictable bytes.
pub type Fill = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Settings of a receiver.
#[derive(Clone)]
pub struct Config {
    /// Folder of its data; made where it is missing.
    pub data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The editions whose tables it takes.
    pub editions: Vec<Arc<Edition>>,
    /// Account file; absent: the accounts kept in the folder, and one is made if there is none.
    pub accounts: Option<PathBuf>,
    /// Seconds until the result of a call is told.
    pub delay_s: u32,
    /// How bodies are enciphered. Plain and encrypted logins are both taken, whatever it says of authorise.
    pub options: Options,
    /// Seconds that an access token lives.
    pub access_life_s: u32,
    /// Seconds that a refresh token lives.
    pub refresh_life_s: u32,
    /// Bytes that a body may have.
    pub body_limit: usize,
    /// Misbehaviour, for tests.
    pub mischief: Mischief,
    /// The clock.
    pub now: Clock,
    /// Randomness.
    pub random: Fill,
}

impl Config {
    /// A receiver with the printed life times and the default settings, on the system's clock and randomness.
    pub fn new(data: PathBuf, listen: SocketAddr, editions: Vec<Arc<Edition>>) -> Config {
        Config {
            data,
            listen,
            editions,
            accounts: None,
            delay_s: 1800,
            options: Options::default(),
            access_life_s: 7199,
            refresh_life_s: 2_591_999,
            body_limit: 32 << 20,
            mischief: Mischief::default(),
            now: Arc::new(Timestamp::now),
            random: Arc::new(|buffer| rand::rngs::OsRng.fill_bytes(buffer)),
        }
    }

    /// So many random letters and digits.
    pub(crate) fn random_text(&self, length: u32) -> String {
        protocol::sign::random_text(&mut self.rng(), length)
    }

    /// Randomness as the ciphers want it.
    pub(crate) fn rng(&self) -> Random<'_> {
        Random(&*self.random)
    }
}
