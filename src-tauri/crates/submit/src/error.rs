//! What can go wrong with a request. No variant carries a secret or a value of a record.

use protocol::{ProtocolError, Refusal};
use serde::Serialize;
use thiserror::Error;

/// Why a request was not successful.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum SubmitError {
    /// No reply in time; the request may have arrived.
    #[serde(rename = "network.timed-out")]
    #[error("no reply in time")]
    TimedOut,
    /// The connection broke during the request, which may have arrived.
    #[serde(rename = "network.cut")]
    #[error("the line broke before the reply was complete")]
    Cut,
    /// The reply is not what the protocol prints; the receiver may have taken the rows.
    #[serde(rename = "submit.unreadable-reply")]
    #[error("reply with HTTP status {status} is not the expected JSON")]
    Unreadable { status: u16 },
    /// The connection broke or was too slow during the login; nothing else was sent.
    #[serde(rename = "login.broken")]
    #[error("the login had no reply")]
    LoginBroken,
    /// The reply to the login is not what the protocol prints.
    #[serde(rename = "login.unreadable-reply")]
    #[error("reply to the login with HTTP status {status} is not the expected JSON")]
    LoginUnreadable { status: u16 },
    /// The login was refused.
    #[serde(rename = "login.refused")]
    #[error("login refused with code {}", .0.code)]
    LoginRefused(Refusal),
    /// The login was refused, and it was encrypted: a padding that differs from the receiver's looks like a wrong
    /// password.
    #[serde(rename = "login.refused-encrypted")]
    #[error("encrypted login refused with code {returned}")]
    LoginRefusedEncrypted {
        returned: String,
        message: String,
        /// The setting `rsa_padding` of the connection.
        padding: &'static str,
    },
    /// The request was refused without a word.
    #[serde(rename = "submit.refused-without-words")]
    #[error("refused with code {returned}")]
    RefusedWithoutWords { returned: String },
    /// The login was refused without a word.
    #[serde(rename = "login.refused-without-words")]
    #[error("login refused with code {returned}")]
    LoginRefusedWithoutWords { returned: String },
    /// The request was longer than the receiver, or a gateway before it, takes.
    #[serde(rename = "submit.too-large")]
    #[error("request longer than the receiver takes")]
    TooLarge,
    /// The reply sends the client to another address. It is not followed, because the request holds secrets.
    #[serde(rename = "network.redirected")]
    #[error("HTTP {status} to another address")]
    Redirected {
        status: u16,
        /// Scheme and host of the other address, without name and password; may be empty.
        target: String,
    },
    /// The server has nothing at the path of the protocol.
    #[serde(rename = "network.no-such-path")]
    #[error("HTTP {status}: no such path")]
    NoSuchPath { status: u16 },
    /// The request was refused with the receiver's time and with this PC's time.
    #[serde(rename = "submit.refused-clock")]
    #[error("refused with code {returned}, clocks differ by {offset} s")]
    RefusedClock {
        returned: String,
        message: String,
        /// Seconds by which this PC's clock is ahead of the time in the receiver's replies.
        offset: i64,
    },
    /// The list of results does not end.
    #[serde(rename = "submit.endless-results")]
    #[error("the list of results does not end")]
    EndlessResults,
    /// Asking for results had no reply; no rows were on the way.
    #[serde(rename = "results.no-reply")]
    #[error("the question for results had no reply")]
    NoResults,
    /// The reply to the question for results is not what the protocol prints.
    #[serde(rename = "results.unreadable-reply")]
    #[error("reply with HTTP status {status} to the question for results is not the expected JSON")]
    ResultsUnreadable { status: u16 },
    /// The request was refused.
    #[serde(rename = "submit.refused")]
    #[error("refused with code {}", .0.code)]
    Refused(Refusal),
    /// The login's reply has no `app_key` or no `app_secret`, and none is typed in.
    #[serde(rename = "login.lacking")]
    #[error("no {name}: neither in the login's reply nor typed in")]
    Lacking {
        /// `app_key` or `app_secret`.
        name: &'static str,
    },
    /// The token in the login's reply has characters that no header can hold.
    #[serde(rename = "login.bad-token")]
    #[error("the access token cannot be sent in a header")]
    BadToken,
    /// A header cannot hold its value: `app_key` or prefix has letters that headers do not take.
    #[serde(rename = "connection.bad-value")]
    #[error("header {name} cannot hold its value")]
    Header {
        #[serde(rename = "key")]
        name: String,
    },
    /// The base address is not an `http` or `https` URL.
    #[serde(rename = "connection.address")]
    #[error("the base address is not a URL")]
    Address,
    /// No connection was made, so nothing was sent; its code is that of `why`.
    #[serde(untagged)]
    #[error("no connection to {address}: {why:?}")]
    Unreachable {
        #[serde(rename = "code")]
        why: Unreachable,
        /// The connection's base address.
        address: String,
    },
    /// A setting does not fit: key, IV or public key.
    #[serde(untagged)]
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
}

/// Why no connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Unreachable {
    /// The name does not resolve.
    #[serde(rename = "network.name")]
    Name,
    /// The host is there, but nothing listens at the port.
    #[serde(rename = "network.refused")]
    Refused,
    /// No answer in time.
    #[serde(rename = "network.unreachable")]
    TimedOut,
    /// TLS failed: certificate or version.
    #[serde(rename = "network.tls")]
    Tls,
    /// The receiver's certificate is not the one whose fingerprint the connection has.
    #[serde(rename = "network.fingerprint")]
    Fingerprint,
    /// Anything else, such as no network.
    #[serde(rename = "network.down")]
    Network,
}

impl SubmitError {
    /// Whether the receiver, or something in front of it, refused the request: it was not taken.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            SubmitError::Refused(_)
                | SubmitError::RefusedWithoutWords { .. }
                | SubmitError::RefusedClock { .. }
                | SubmitError::Redirected { .. }
                | SubmitError::NoSuchPath { .. }
        )
    }

    /// Whether the login was refused.
    pub fn is_refused_login(&self) -> bool {
        matches!(
            self,
            SubmitError::LoginRefused(_)
                | SubmitError::LoginRefusedEncrypted { .. }
                | SubmitError::LoginRefusedWithoutWords { .. }
        )
    }

    /// Whether the same request may succeed a little later: the line broke, or the receiver is busy.
    pub fn may_pass(&self) -> bool {
        let busy = |code: &str| matches!(code, "429" | "503");
        match self {
            SubmitError::Unreachable { why, .. } => {
                !matches!(why, Unreachable::Name | Unreachable::Tls | Unreachable::Fingerprint)
            }
            SubmitError::LoginBroken => true,
            SubmitError::Refused(refusal) => busy(&refusal.code),
            SubmitError::RefusedWithoutWords { returned } => busy(returned),
            _ => false,
        }
    }

    /// Whether it is certain that the request did not arrive.
    pub fn nothing_arrived(&self) -> bool {
        !matches!(self, SubmitError::TimedOut | SubmitError::Cut | SubmitError::Unreadable { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use standard::Coded;

    /// An error, its code, and its params by name.
    type Case = (SubmitError, &'static str, &'static [(&'static str, &'static str)]);

    #[test]
    fn codes_and_what_their_words_name() {
        let refusal = || Refusal { code: "401".into(), message: "令牌".into() };
        let unreachable = |why| SubmitError::Unreachable { why, address: "http://h".into() };
        let table: [Case; 8] = [
            (unreachable(Unreachable::Name), "network.name", &[("address", "http://h")]),
            (unreachable(Unreachable::TimedOut), "network.unreachable", &[("address", "http://h")]),
            (SubmitError::TimedOut, "network.timed-out", &[]),
            (SubmitError::Unreadable { status: 502 }, "submit.unreadable-reply", &[("status", "502")]),
            (SubmitError::LoginRefused(refusal()), "login.refused", &[("message", "令牌"), ("returned", "401")]),
            (SubmitError::Header { name: "app_key".into() }, "connection.bad-value", &[("key", "app_key")]),
            (SubmitError::Lacking { name: "app_key" }, "login.lacking", &[("name", "app_key")]),
            (ProtocolError::CipherForm { form: "hex" }.into(), "cipher.form", &[("form", "hex")]),
        ];
        for (error, code, params) in table {
            let got = error.params();
            let got: Vec<(&str, &str)> = got.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!((error.code().as_str(), got.as_slice()), (code, params));
        }
    }
}
