//! A request that was made to a receiver: how long, how many bytes, and what came back, without a value of a record and
//! without a secret.
//!
//! The type is here because both the client, which makes requests, and the book, which keeps them, need it.

use serde::{Deserialize, Serialize};

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RequestPurpose {
    /// Asking for the receiver's public key.
    Key,
    /// Logging in.
    Login,
    /// Renewing a session.
    Refresh,
    /// Submitting rows.
    Submit,
    /// Asking for results.
    Results,
}

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RequestOutcome {
    /// The reply is what the protocol prints for success.
    Done,
    /// The receiver refused it.
    Refused,
    /// It was longer than the receiver takes.
    TooLarge,
    /// Something else answered: another address, or a server without the protocol's paths.
    Elsewhere,
    /// The reply is not what the protocol prints.
    Unreadable,
    /// No reply, or not all of it: the request may have arrived.
    NoReply,
    /// No connection was made: nothing arrived.
    NotReached,
    /// A setting does not fit, so that nothing was sent, or the reply could not be used.
    Setting,
}

/// One request and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RequestMade {
    /// What it was for.
    pub purpose: RequestPurpose,
    /// Name of the table that it spoke of; empty: none, or all.
    pub table: String,
    /// Rows that it carried; absent where it carries none.
    pub rows: Option<u64>,
    /// Milliseconds until the reply was read, or until it was given up.
    pub took_ms: u64,
    /// Bytes of the request's body, as sent.
    pub sent: u64,
    /// Bytes of the reply's body; absent where no reply came.
    pub received: Option<u64>,
    /// HTTP status; absent where no reply came.
    pub status: Option<u16>,
    /// What came of it.
    pub outcome: RequestOutcome,
    /// The reply with its values left out; empty where no reply came.
    pub answer: String,
}
