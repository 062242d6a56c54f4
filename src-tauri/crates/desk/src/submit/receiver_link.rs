//! The link to a receiver: the client of a connection, or of the receiver inside the program.

use protocol::{Connection, Options};
use store::BookKey;
use submit::{Client, Progress, Stop, Watch};
use tokio::runtime::Handle;

use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::jobs::Job;
use crate::session::open_book::REHEARSAL;
use crate::submit::ledger::BookLedger;
use crate::{Desk, Env};

/// A client and the name of its connection.
pub(crate) struct ReceiverLink {
    /// Name of the connection, as batches carry it.
    pub name: String,
    client: Client,
}

impl ReceiverLink {
    /// The client of the connection.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The settings of the connection.
    pub fn options(&self) -> &Options {
        &self.client.connection().options
    }
}

impl Desk {
    /// The link to the connection of this name. For a rehearsal the receiver is started if it does not run.
    pub(crate) fn connect(&self, open: &OpenBook, name: &str) -> Result<ReceiverLink, CallError> {
        let connection = if name == REHEARSAL {
            Handle::current().block_on(rehearsal(&self.env, self, open))?
        } else {
            open.connection(name)?
        };
        Ok(ReceiverLink { name: name.to_owned(), client: self.client(connection)? })
    }

    /// Sends what is frozen of these tables, of all where none is named, but for the batches that are held; what
    /// stopped it before its end, if anything did.
    pub(crate) fn drive(
        &self,
        open: &OpenBook,
        link: &ReceiverLink,
        (tables, held): (&[String], &[i64]),
        job: &mut Job<'_>,
    ) -> Result<Option<CallError>, CallError> {
        let ledger = self.ledger(open, link, tables, held);
        let _driven = self.driven.begin(&link.name);
        let flag = job.flag().clone();
        let mut progress = |p: Progress| job.at("send", p.rows, p.of);
        let cancelled = || flag.load(std::sync::atomic::Ordering::Relaxed);
        // The book is asked each time, so that a pause from anywhere counts at once. If it cannot be read, nothing goes.
        let paused = || !matches!(open.paused_since(&link.name), Ok(None));
        let mut watch = Watch { progress: &mut progress, cancelled: &cancelled, paused: &paused };
        let driven = Handle::current().block_on(submit::drive(&link.client, &ledger, &open.edition, &mut watch));
        ledger.after_an_exchange();
        let driven = driven?;
        Ok(driven.stop.map(stopped))
    }

    /// Asks for results once; returns why it stopped early, if it did.
    pub(crate) fn collect(
        &self,
        open: &OpenBook,
        link: &ReceiverLink,
        job: &mut Job<'_>,
    ) -> Result<(submit::Collected, Option<CallError>), CallError> {
        let ledger = self.ledger(open, link, &[], &[]);
        let flag = job.flag().clone();
        let mut progress = |p: Progress| job.at("results", p.rows, p.of);
        let cancelled = || flag.load(std::sync::atomic::Ordering::Relaxed);
        let mut watch = Watch { progress: &mut progress, cancelled: &cancelled, paused: &|| false };
        let collected = Handle::current().block_on(submit::collect(&link.client, &ledger, &open.edition, &mut watch));
        ledger.after_an_exchange();
        let mut collected = collected?;
        let stop = collected.stop.take().map(stopped);
        Ok((collected, stop))
    }

    fn ledger<'a>(
        &'a self,
        open: &'a OpenBook,
        link: &'a ReceiverLink,
        tables: &'a [String],
        held: &'a [i64],
    ) -> BookLedger<'a> {
        BookLedger { desk: self, open, client: &link.client, connection: &link.name, tables, held }
    }
}

pub(super) fn stopped(stop: Stop) -> CallError {
    match stop {
        Stop::Cancelled => CallError::new("job.cancelled"),
        Stop::Paused => CallError::new("pause.midway"),
        Stop::Failed(error) => error.into(),
    }
}

/// The connection to the receiver inside the program. It keeps what it received in a folder of this book, so that
/// results can be asked for after a restart.
async fn rehearsal(env: &Env, desk: &Desk, open: &OpenBook) -> Result<Connection, CallError> {
    let mut running = open.rehearsal.lock().await;
    if running.is_none() {
        // Editions of one level share names and columns of tables, but not every code, so only the edition of the book
        // is used.
        let editions = desk.standards.editions().into_iter().filter(|edition| edition.id == open.edition.id);
        let folder = env.home.join(REHEARSAL).join(&open.id);
        let config = center::Config {
            // The data of a rehearsal must be as safe as the book, so their key is stored only in the book.
            key: Some(std::sync::Arc::new(rehearsal_key(env, open)?)),
            delay_s: 0,
            now: desk.clock.as_function(),
            ..center::Config::new(folder, ([127, 0, 0, 1], 0).into(), editions.collect())
        };
        *running = Some(center::serve(config).await?);
    }
    let running = running.as_ref().ok_or_else(|| CallError::failed("the receiver of the rehearsal does not run"))?;
    let account =
        running.accounts.first().ok_or_else(|| CallError::failed("the receiver of the rehearsal has no account"))?;
    let options = Options {
        rsa_public_key: running.rsa_public_key.clone(),
        pause_ms: 0,
        first_query_after_s: 0,
        resend_margin_s: 0,
        ..Options::for_edition(&open.edition.id)
    };
    Ok(Connection {
        address: running.address.clone(),
        client_id: account.client_id.clone(),
        username: account.username.clone(),
        password: account.password.clone(),
        app_key: account.app_key.clone(),
        app_secret: protocol::Secret::default(),
        options,
    })
}

/// The key of the database of this book's rehearsals; made at the first one.
fn rehearsal_key(env: &Env, open: &OpenBook) -> Result<BookKey, CallError> {
    const SETTING: &str = "rehearsal-key";
    let mut key = [0; 32];
    if let Some(serde_json::Value::String(kept)) = open.book.setting(SETTING)?
        && hex::decode_to_slice(&kept, &mut key).is_ok()
    {
        return Ok(BookKey::new(key));
    }
    (env.random)(&mut key);
    open.book.set_setting(SETTING, &hex::encode(key).into())?;
    Ok(BookKey::new(key))
}
