//! Requests as a client makes them, each of which can be changed before it is sent.

use std::cell::RefCell;

use jiff::Timestamp;
use protocol::login::{self, Grant};
use protocol::{Authorise, Connection, Options, header, path, sign};
use rand::rngs::OsRng;
use serde_json::{Map, Value, json};

use crate::http::{Answer, Request, exchange};

/// What a login gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// Value of `Authorization`.
    pub access_token: String,
    /// What the next refresh carries.
    pub refresh_token: String,
    /// The secret beside it.
    pub client_secret: String,
    /// Key of bodies.
    pub app_secret: String,
    /// Value of the header `app_key`.
    pub app_key: String,
}

impl Session {
    /// The session of a reply to authorise, or to a refresh of `before`.
    pub fn of(reply: &Value, connection: &Connection, before: Option<&Session>) -> Option<Session> {
        let data = &reply["data"];
        let text = |name: &str| data[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let typed = |secret: &protocol::Secret| Some(secret.expose().to_owned()).filter(|text| !text.is_empty());
        let app_secret = text("app_secret").or_else(|| before.map(|b| b.app_secret.clone()));
        let app_secret = app_secret.or_else(|| typed(&connection.app_secret))?;
        let app_key = text("app_key").or_else(|| before.map(|b| b.app_key.clone()));
        Some(Session {
            access_token: text("access_token")?,
            refresh_token: text("refresh_token").unwrap_or_default(),
            client_secret: text("client_secret")
                .or_else(|| before.map(|b| b.client_secret.clone()))
                .unwrap_or_default(),
            app_key: app_key.or_else(|| typed(&connection.app_key)).unwrap_or_else(|| app_secret.clone()),
            app_secret,
        })
    }
}

/// A client of one receiver.
pub struct Caller {
    /// Address, account and settings.
    pub connection: Connection,
    session: RefCell<Option<Session>>,
}

impl Caller {
    /// A client that has not logged in.
    pub fn new(connection: Connection) -> Caller {
        Caller { connection, session: RefCell::new(None) }
    }

    /// The settings of the connection.
    pub fn options(&self) -> &Options {
        &self.connection.options
    }

    /// Sends a request.
    pub fn send(&self, request: &Request) -> Result<Answer, String> {
        let host = self.connection.address.trim_start_matches("http://").trim_end_matches('/');
        exchange(host, request).map_err(|error| format!("no reply: {error}"))
    }

    /// The request of a login, plain or encrypted as the settings say.
    pub fn login(&self, grant: &Grant) -> Result<Request, String> {
        let key = match self.options().authorise {
            Authorise::Plain => None,
            Authorise::Rsa => Some(login::public_key(&self.public_key()?).map_err(|error| error.to_string())?),
        };
        let body = login::body(grant, self.options(), key.as_ref(), &mut OsRng).map_err(|error| error.to_string())?;
        let path = if matches!(grant, Grant::Password { .. }) { path::AUTHORISE } else { path::REFRESH };
        Ok(form(path, body.as_bytes()))
    }

    fn public_key(&self) -> Result<String, String> {
        let typed = &self.options().rsa_public_key;
        if typed.trim() != "fetch" {
            return Ok(typed.clone());
        }
        let request = Request { method: "GET".into(), path: path::PUBLIC_KEY.into(), ..Request::default() };
        let key = self.send(&request)?.json()["returnData"].as_str().map(str::to_owned);
        key.ok_or_else(|| "getRSA gave no key".to_owned())
    }

    /// The grant of the account.
    pub fn grant(&self) -> Grant {
        let Connection { client_id, username, password, .. } = &self.connection;
        Grant::Password { client_id: client_id.clone(), username: username.clone(), password: password.clone() }
    }

    /// Logs in anew; the whole reply.
    pub fn authorise(&self) -> Result<Value, String> {
        Ok(self.send(&self.login(&self.grant())?)?.json())
    }

    /// The session, logging in for the first time.
    pub fn session(&self) -> Result<Session, String> {
        if let Some(session) = &*self.session.borrow() {
            return Ok(session.clone());
        }
        let reply = self.authorise()?;
        let session = Session::of(&reply, &self.connection, None);
        let session = session.ok_or_else(|| format!("the login gave no session: code {}", reply["code"]))?;
        *self.session.borrow_mut() = Some(session.clone());
        Ok(session)
    }

    /// A signed and encrypted request.
    pub fn signed(&self, path: &str, plain: &str) -> Result<Request, String> {
        self.signed_by(&self.session()?, path, plain, Timestamp::now())
    }

    /// The same for a session and a time of the client.
    pub fn signed_by(&self, session: &Session, path: &str, plain: &str, at: Timestamp) -> Result<Request, String> {
        let sealed = protocol::envelope::seal(plain.as_bytes(), &session.app_secret.clone().into(), self.options());
        let body = json!({ "cipherText": sealed.map_err(|error| error.to_string())? }).to_string();
        let timestamps = at.as_millisecond().to_string();
        let random = sign::random_text(&mut OsRng, self.options().random_length);
        let sign = sign::sign(plain.as_bytes(), &timestamps, &random);
        let authorization = format!("{}{}", self.options().authorization_prefix, session.access_token);
        let headers = [
            ("Authorization", authorization.as_str()),
            ("Content-Type", "application/json"),
            (header::APP_KEY, &session.app_key),
            (header::TIMESTAMPS, &timestamps),
            (header::RANDOM, &random),
            (header::SIGN, &sign),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Ok(Request { method: "POST".into(), path: path.into(), headers, body: body.into_bytes() })
    }

    /// Submits rows of a table; the whole reply.
    pub fn submit(&self, table: &str, rows: &[Map<String, Value>]) -> Result<Value, String> {
        Ok(self.send(&self.signed(path::SUBMIT, &submission(table, rows))?)?.json())
    }

    /// Asks for results; the whole reply.
    pub fn results(&self, query: &Value) -> Result<Value, String> {
        Ok(self.send(&self.signed(path::RESULTS, &query.to_string())?)?.json())
    }
}

/// The plain text of a submission.
pub fn submission(table: &str, rows: &[Map<String, Value>]) -> String {
    json!({ "dataObjName": table, "fileds": rows }).to_string()
}

/// A POST with a form for its body.
pub fn form(path: &str, body: &[u8]) -> Request {
    let headers = vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
    Request { method: "POST".into(), path: path.into(), headers, body: body.to_vec() }
}
