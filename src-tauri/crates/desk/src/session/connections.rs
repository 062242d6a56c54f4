//! The connections in the book, each as the keys of its connection file, secrets included.

use std::collections::BTreeMap;

use jiff::Timestamp;
use protocol::Connection;
use serde_json::{Map, Value};
use store::{Batch, BatchState};
use submit::{Client, Edges, Login, SubmitError};

use super::api::{CallError, Changed};
use super::desk::Desk;
use super::open_book::OpenBook;

/// Setting of the book that holds them.
const SETTING: &str = "connections";

pub(crate) type ConnectionFiles = BTreeMap<String, Map<String, Value>>;

impl OpenBook {
    /// All connections by name.
    pub(crate) fn kept_connections(&self) -> Result<ConnectionFiles, CallError> {
        let kept = self.book.setting(SETTING)?;
        kept.map_or(Ok(ConnectionFiles::new()), |value| {
            serde_json::from_value(value).map_err(|_| CallError::new("book.damaged").with("file", self.path.display()))
        })
    }

    /// The connection of this name.
    pub(crate) fn connection(&self, name: &str) -> Result<Connection, CallError> {
        let file = self.kept_connections()?.remove(name).ok_or_else(|| unknown(name))?;
        Ok(Connection::read(file, &self.edition.id)?)
    }

    /// Whether a batch went out and its result should have come in by `now`.
    pub(crate) fn is_overdue(&self, batch: &Batch, now: Timestamp) -> bool {
        if !matches!(batch.state, BatchState::Sent | BatchState::Unknown) {
            return false;
        }
        // For a connection that was removed, the default times count.
        let options = self.connection(&batch.connection).map(|connection| connection.options).unwrap_or_default();
        let end = batch.sent_at.and_then(|sent| submit::step::overdue_after(sent, &options));
        end.is_some_and(|end| now >= end)
    }

    /// Stores all connections.
    pub(crate) fn keep_connections(&self, kept: &ConnectionFiles) -> Result<(), CallError> {
        let value = serde_json::to_value(kept).map_err(|_| CallError::failed("connections are not JSON"))?;
        Ok(self.book.set_setting(SETTING, &value)?)
    }
}

/// The error for a name that no connection has.
pub(crate) fn unknown(name: &str) -> CallError {
    CallError::new("connection.unknown").with("name", name)
}

impl Desk {
    /// Takes the receiver's time from a client that has just got an answer.
    pub(crate) fn learn_time(&self, open: &OpenBook, client: &Client) {
        if let Some(receiver) = client.receiver_now() {
            self.clock.hear(&self.env, &open.book, receiver);
        }
    }

    /// Keeps in the book which requests a client has made. Where that fails, the requests stand nevertheless: it is
    /// entered into the log.
    pub(crate) fn keep_requests(&self, open: &OpenBook, name: &str, client: &Client) {
        let made = client.take_requests();
        if open.book.is_read_only() {
            return;
        }
        match open.book.note_requests(name, &made) {
            Ok(()) if made.is_empty() => {}
            Ok(()) => self.tell(Changed::Batches),
            Err(error) => drop(self.log.call_failed(&self.env, "requests", error.into())),
        }
    }

    /// Logs in to the receiver of a connection; a failed login is the inner error.
    pub(crate) fn log_in(&self, open: &OpenBook, name: &str) -> Result<Result<Login, SubmitError>, CallError> {
        let client = self.client(open.connection(name)?)?;
        let login = tokio::runtime::Handle::current().block_on(client.login());
        self.learn_time(open, &client);
        self.keep_requests(open, name, &client);
        Ok(login)
    }

    /// A client for a connection; nothing is sent yet.
    pub(crate) fn client(&self, connection: Connection) -> Result<Client, CallError> {
        let (now, known) = (self.env.now.clone(), self.clock.as_function());
        let edges = Edges { now, known, random: self.env.random.clone() };
        Ok(Client::new(connection, edges)?)
    }
}
