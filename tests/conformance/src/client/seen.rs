//! The requests of a client as the kit saw them.

use jiff::Timestamp;
use protocol::{Options, path};
use serde_json::Value;

use crate::caller::Session;
use crate::http::{Answer, Request};

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Login with account and password.
    Authorise,
    /// A new token.
    Refresh,
    /// The public key.
    Key,
    /// Rows of a table.
    Submit,
    /// A page of results.
    Results,
    /// Something that the protocol does not have.
    Other,
}

/// A request with what became of it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What it asks for, by its path.
    pub kind: Kind,
    /// As it arrived.
    pub request: Request,
    /// When it arrived.
    pub at: Timestamp,
    /// The plain text of a body that could be decrypted.
    pub plain: Option<String>,
    /// The session that it names by its token, else the last one.
    pub session: Option<Session>,
    /// The reply; none where the connection ended instead.
    pub reply: Option<Value>,
}

impl Seen {
    /// Reads a request that was answered.
    pub fn of(request: &Request, answer: Option<&Answer>, at: Timestamp, sessions: &[Session], o: &Options) -> Seen {
        let kind = match request.path.as_str() {
            path::AUTHORISE => Kind::Authorise,
            path::REFRESH => Kind::Refresh,
            path::PUBLIC_KEY => Kind::Key,
            path::SUBMIT => Kind::Submit,
            path::RESULTS => Kind::Results,
            _ => Kind::Other,
        };
        let token = request.header("authorization").unwrap_or_default();
        let named = sessions.iter().rev().find(|session| token.ends_with(&session.access_token));
        let session = named.or(sessions.last()).cloned();
        let plain = cipher_text(&request.body).zip(session.as_ref()).and_then(|(sealed, session)| {
            let bytes = protocol::envelope::open(&sealed, &session.app_secret.clone().into(), o).ok()?;
            String::from_utf8(bytes).ok()
        });
        Seen { kind, request: request.clone(), at, plain, session, reply: answer.map(Answer::json) }
    }

    /// Whether it was taken.
    pub fn is_taken(&self) -> bool {
        let Some(reply) = &self.reply else { return false };
        reply["returnCode"] == "200" || reply["code"] == 200
    }

    /// The plain text as JSON.
    pub fn json(&self) -> Value {
        self.plain.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// The rows of a submission.
    pub fn rows(&self) -> Vec<Value> {
        self.json()["fileds"].as_array().cloned().unwrap_or_default()
    }

    /// The keys of the rows of a submission.
    pub fn keys(&self) -> Vec<String> {
        self.rows().iter().map(|row| row["ZJSJWYXBS"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// `cipherText` of a JSON body or of a form.
fn cipher_text(body: &[u8]) -> Option<String> {
    if let Ok(body) = serde_json::from_slice::<Value>(body) {
        return body["cipherText"].as_str().map(str::to_owned);
    }
    form_urlencoded::parse(body).find(|(name, _)| name == "cipherText").map(|(_, value)| value.into_owned())
}
