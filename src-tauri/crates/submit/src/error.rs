//! What can go wrong with a call. No variant carries a secret or a value of a record.

use protocol::{ProtocolError, Refusal};
use thiserror::Error;

/// Why a call has no result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SubmitError {
    /// No connection was made: nothing was sent.
    #[error("no connection to {address}: {why:?}")]
    Unreachable {
        /// Base address.
        address: String,
        /// Why.
        why: Unreachable,
    },
    /// The call took too long; what it carried may have arrived.
    #[error("no reply in time")]
    TimedOut,
    /// The line broke during the call; what it carried may have arrived.
    #[error("the line broke before the reply was complete")]
    Cut,
    /// The reply is not what the protocol prints; what the call carried may have been taken.
    #[error("reply with HTTP status {status} is not the expected JSON")]
    Unreadable {
        /// HTTP status.
        status: u16,
    },
    /// The line broke or was too slow during the login; nothing else was sent.
    #[error("the login had no reply")]
    LoginBroken,
    /// The reply to the login is not what the protocol prints.
    #[error("reply to the login with HTTP status {status} is not the expected JSON")]
    LoginUnreadable {
        /// HTTP status.
        status: u16,
    },
    /// The login was refused.
    #[error("login refused with code {}", .0.code)]
    LoginRefused(Refusal),
    /// The call was refused.
    #[error("refused with code {}", .0.code)]
    Refused(Refusal),
    /// The login's reply has no `app_key` or no `app_secret`, and none is typed in.
    #[error("no {name}: neither in the login's reply nor typed in")]
    Lacking {
        /// `app_key` or `app_secret`.
        name: &'static str,
    },
    /// A header cannot hold its value: `app_key`, token or prefix has letters that headers do not take.
    #[error("header {name} cannot hold its value")]
    Header {
        /// Name of the header.
        name: String,
    },
    /// The base address is none.
    #[error("the base address is none")]
    Address,
    /// A setting does not fit: key, IV or public key.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
}

/// Why no connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The name does not resolve.
    Name,
    /// Nobody listens there.
    Refused,
    /// No answer in time.
    TimedOut,
    /// TLS failed: certificate or version.
    Tls,
    /// Anything else, such as no network.
    Network,
}

impl Unreachable {
    /// Word for the UI.
    pub fn word(self) -> &'static str {
        match self {
            Unreachable::Name => "name",
            Unreachable::Refused => "refused",
            Unreachable::TimedOut => "timed-out",
            Unreachable::Tls => "tls",
            Unreachable::Network => "network",
        }
    }
}

impl SubmitError {
    /// Name for the UI's words.
    pub fn code(&self) -> &'static str {
        match self {
            SubmitError::Unreachable { why, .. } => match why {
                Unreachable::Name => "network.name",
                Unreachable::Refused => "network.refused",
                Unreachable::TimedOut => "network.unreachable",
                Unreachable::Tls => "network.tls",
                Unreachable::Network => "network.down",
            },
            SubmitError::TimedOut => "network.timed-out",
            SubmitError::Cut => "network.cut",
            SubmitError::Unreadable { .. } => "submit.unreadable-reply",
            SubmitError::LoginBroken => "login.broken",
            SubmitError::LoginUnreadable { .. } => "login.unreadable-reply",
            SubmitError::LoginRefused(_) => "login.refused",
            SubmitError::Refused(_) => "submit.refused",
            SubmitError::Lacking { .. } => "login.lacking",
            SubmitError::Header { .. } => "connection.bad-value",
            SubmitError::Address => "connection.address",
            SubmitError::Protocol(error) => error.code(),
        }
    }

    /// Values for the words.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            SubmitError::Unreachable { address, .. } => vec![("address", address.clone())],
            SubmitError::Unreadable { status } | SubmitError::LoginUnreadable { status } => {
                vec![("status", status.to_string())]
            }
            SubmitError::LoginRefused(refusal) | SubmitError::Refused(refusal) => {
                vec![("returned", refusal.code.clone()), ("message", refusal.message.clone())]
            }
            SubmitError::Header { name } => vec![("key", name.clone())],
            SubmitError::Lacking { name } => vec![("name", (*name).to_owned())],
            SubmitError::Protocol(error) => error.params(),
            SubmitError::TimedOut | SubmitError::Cut | SubmitError::LoginBroken | SubmitError::Address => Vec::new(),
        }
    }

    /// Whether it is certain that nothing of a call arrived.
    pub fn nothing_arrived(&self) -> bool {
        !matches!(self, SubmitError::TimedOut | SubmitError::Cut | SubmitError::Unreadable { .. })
    }
}
