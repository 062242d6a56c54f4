//! A receiver in a folder of its own, and connections to it.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use center::{Config, Faults, Running, serve, serve_faulty};
use jiff::{SignedDuration, Timestamp};
use protocol::row::{Cell, write};
use protocol::{Connection, Options, Row};
use standard::{Edition, Standards};
use submit::{Client, Edges};
use tempfile::TempDir;

/// A table whose valid rows are short.
pub const TABLE: &str = "ODS_FWSZTSGZYSJ";

/// Another one.
pub const OTHER: &str = "ODS_XLZXJLSJ";

/// The 2024-09 edition.
pub static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

/// A folder with an account and a key, made once: making a key takes its time.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let make =
        async move { serve(Config::new(path, ([127, 0, 0, 1], 0).into(), Vec::new())).await.unwrap().shutdown().await };
    let work = move || tokio::runtime::Runtime::new().unwrap().block_on(make);
    std::thread::spawn(work).join().unwrap();
    folder
});

/// A running receiver.
pub struct Stage {
    pub running: Running,
    pub config: Config,
    faults: Faults,
    _folder: TempDir,
}

impl Stage {
    /// A receiver that gives results at once, with settings changed by `change`.
    pub async fn new(change: impl FnOnce(&mut Config)) -> Stage {
        Stage::with(change, Faults::default()).await
    }

    /// A receiver that gives results at once, with faults.
    pub async fn faulty(faults: Faults) -> Stage {
        Stage::with(|_| {}, faults).await
    }

    /// A receiver changed by `change`, with faults.
    pub async fn with(change: impl FnOnce(&mut Config), faults: Faults) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        copy(FOLDER.path(), folder.path());
        let listen = ([127, 0, 0, 1], 0).into();
        let mut config = Config { delay_s: 0, ..Config::new(folder.path().to_owned(), listen, vec![EDITION.clone()]) };
        change(&mut config);
        Stage { running: run(&config, &faults).await, config, faults, _folder: folder }
    }

    /// Ends it and starts it again at the same address: tokens are forgotten, what came in is not.
    pub async fn restart(self) -> Stage {
        let Stage { running, mut config, faults, _folder } = self;
        config.listen = running.address.rsplit('/').next().unwrap().parse().unwrap();
        running.shutdown().await;
        Stage { running: run(&config, &faults).await, config, faults, _folder }
    }

    /// A connection to it, changed by `change`.
    pub fn connection(&self, change: impl FnOnce(&mut Connection)) -> Connection {
        let account = &self.running.accounts[0];
        let mut connection = Connection {
            address: self.running.address.clone(),
            client_id: account.client_id.clone(),
            username: account.username.clone(),
            password: account.password.clone(),
            app_key: account.app_key.clone(),
            app_secret: "".into(),
            options: Options {
                rsa_public_key: self.running.rsa_public_key.clone(),
                pause_ms: 0,
                rows_per_call: 2,
                ..Options::default()
            },
        };
        change(&mut connection);
        connection
    }

    /// A client whose clock is right.
    pub fn client(&self) -> Client {
        client(self.connection(|_| {}), &Clock::default())
    }

    /// How often the row of this key was stored.
    pub fn stored(&self, table: &str, key: &str) -> u64 {
        self.running.inbox.row(table, key).unwrap().map_or(0, |(_, times)| times)
    }
}

/// Starts as the program does: plain where there are no faults.
async fn run(config: &Config, faults: &Faults) -> Running {
    if *faults == Faults::default() {
        serve(config.clone()).await.unwrap()
    } else {
        serve_faulty(config.clone(), faults.clone()).await.unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// This PC's clock: the true time and so many seconds.
#[derive(Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn wrong_by(seconds: i64) -> Clock {
        Clock(Arc::new(AtomicI64::new(seconds)))
    }

    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

/// A client with this clock.
pub fn client(connection: Connection, clock: &Clock) -> Client {
    let off = clock.0.clone();
    let now = move || Timestamp::now() + SignedDuration::from_secs(off.load(Ordering::SeqCst));
    let random = |buffer: &mut [u8]| rand::RngCore::fill_bytes(&mut rand::rngs::OsRng, buffer);
    Client::new(connection, Edges { now: Arc::new(now.clone()), known: Arc::new(now), random: Arc::new(random) })
        .unwrap()
}

/// Key number `n`.
pub fn key(n: u32) -> String {
    format!("{n:032X}")
}

/// A valid row of either table; `date` is the one value that tests make invalid.
pub fn row(table: &str, n: u32, date: &str) -> Row {
    let key = key(n);
    let cells = EDITION.table(table).unwrap().fields.iter().map(|field| {
        let text = match field.column.as_str() {
            "ZJSJWYXBS" => key.as_str(),
            "XXDM" => "4144012345",
            "SJCJSJ" => "20260901 120000",
            "FWRQ" | "ZXRQ" => date,
            "GJC" => "学习",
            _ => "10",
        };
        Cell { column: &field.column, text, number: matches!(field.printed_type, 'N' | 'M') }
    });
    write(cells, &Options::default())
}

/// A date that every table takes.
pub const DAY: &str = "20260901";

/// A date that no table takes.
pub const NO_DAY: &str = "20260230";
