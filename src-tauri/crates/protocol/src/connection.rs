//! A connection: address, account and settings, as in a connection file.
//!
//! The caller parses the file's TOML; [`Connection::read`] takes the values. Left out: where the secrets are kept.

use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::options::{MOST_AT_ONCE, Options, Sm4Mode};
use crate::secret::Secret;

/// Address, account and settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Base address, such as `http://127.0.0.1:8080`; the paths follow it.
    pub address: String,
    /// The id that the receiver gave this system, as `1`.
    pub client_id: String,
    /// The name that logs in.
    pub username: String,
    /// The password of the account `username`, as typed; [`Options::authorise`] says whether it is encrypted on the
    /// way.
    pub password: Secret,
    /// The `app_key` typed in; may be empty if the login's reply brings one.
    pub app_key: Secret,
    /// The `app_secret` typed in; may be empty if the login's reply brings one, which wins.
    pub app_secret: Secret,
    /// All settings but address and account.
    pub options: Options,
}

/// What is wrong with a connection file. Values are never repeated: one of them is the password.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum ConnectionError {
    /// A required key is missing.
    #[serde(rename = "connection.missing-key")]
    #[error("{key} is missing")]
    Missing { key: &'static str },
    /// A key has a value of the wrong type, or an unknown word.
    #[serde(rename = "connection.bad-value")]
    #[error("{key} has a value of the wrong type, or an unknown word")]
    Value { key: String },
    /// A key that is not the name of a setting.
    #[serde(rename = "connection.unknown-key")]
    #[error("{key} is not a setting")]
    Unknown { key: String },
}

impl Connection {
    /// Reads the keys of a connection file; absent settings get the defaults of `edition`.
    pub fn read(mut file: Map<String, Value>, edition: &str) -> Result<Connection, ConnectionError> {
        let mut account = |key: &'static str, needed: bool| match file.shift_remove(key) {
            Some(Value::String(text)) if needed && text.trim().is_empty() => Err(ConnectionError::Missing { key }),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(ConnectionError::Value { key: key.to_owned() }),
            None if needed => Err(ConnectionError::Missing { key }),
            None => Ok(String::new()),
        };
        let connection = Connection {
            address: account("address", true)?,
            client_id: account("client_id", true)?,
            username: account("username", true)?,
            password: account("password", true)?.into(),
            app_key: account("app_key", false)?.into(),
            app_secret: account("app_secret", false)?.into(),
            options: read_options(file, edition)?,
        };
        connection.check()?;
        Ok(connection)
    }

    /// Fails at the first setting that is unusable, such as an address without `http`, zero rows or CBC without an IV.
    pub fn check(&self) -> Result<(), ConnectionError> {
        let wrong = |key: &str| Err(ConnectionError::Value { key: key.to_owned() });
        let rest = self.address.strip_prefix("http://").or_else(|| self.address.strip_prefix("https://"));
        if rest.is_none_or(|host| host.is_empty() || host.starts_with('/') || host.contains(char::is_whitespace)) {
            return wrong("address");
        }
        let options = &self.options;
        if options.sm4_mode == Sm4Mode::Cbc && crate::envelope::iv(options).is_err() {
            return wrong("sm4_iv");
        }
        if options.rows_per_call == 0 {
            return wrong("rows_per_call");
        }
        if !(1..=MOST_AT_ONCE).contains(&options.calls_at_once) {
            return wrong("calls_at_once");
        }
        if options.random_length == 0 || options.random_length > 64 {
            return wrong("random_length");
        }
        if let Some(digits) = options.fingerprint()
            && (digits.len() != 64
                || !digits.bytes().all(|b| b.is_ascii_hexdigit())
                || !self.address.starts_with("https://"))
        {
            return wrong("tls_fingerprint");
        }
        if options.connect_timeout_s == 0 {
            return wrong("connect_timeout_s");
        }
        if options.call_timeout_s == 0 {
            return wrong("call_timeout_s");
        }
        if !options.authorization_prefix.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return wrong("authorization_prefix");
        }
        Ok(())
    }

    /// The address as it can be shown: a name and password in front of the host are hidden.
    pub fn shown_address(&self) -> String {
        shown_address(&self.address)
    }

    /// Address of a request: base address and path, with one slash between.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address.trim_end_matches('/'))
    }
}

/// An address as it can be shown: `http://name:password@host` becomes `http://***@host`.
pub fn shown_address(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..host].rfind('@') {
        Some(at) => format!("{scheme}://***{}", &rest[at..]),
        None => address.to_owned(),
    }
}

/// Reads settings one at a time, so that an error names its key.
fn read_options(file: Map<String, Value>, edition: &str) -> Result<Options, ConnectionError> {
    let defaults = Options::for_edition(edition);
    let Ok(Value::Object(known)) = serde_json::to_value(&defaults) else {
        // `Options` is a struct with named fields, which JSON writes as an object.
        unreachable!("settings are a JSON object");
    };
    let mut read = known.clone();
    for (key, value) in file {
        if !known.contains_key(&key) {
            return Err(ConnectionError::Unknown { key });
        }
        let mut trial = known.clone();
        trial.insert(key.clone(), value.clone());
        if serde_json::from_value::<Options>(Value::Object(trial)).is_err() {
            return Err(ConnectionError::Value { key });
        }
        read.insert(key, value);
    }
    serde_json::from_value(Value::Object(read)).map_err(|_| ConnectionError::Value { key: String::new() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::options::{Authorise, KeyRule};

    fn file(extra: Value) -> Map<String, Value> {
        let mut file = json!({
            "address": "http://127.0.0.1:8080", "client_id": "1", "username": "school", "password": "p",
        });
        let Value::Object(extra) = extra else { panic!("an object") };
        file.as_object_mut().unwrap().extend(extra);
        file.as_object().unwrap().clone()
    }

    #[test]
    fn absent_settings_follow_the_edition() {
        let read = |edition| Connection::read(file(json!({})), edition).unwrap().options;
        assert_eq!(read("gaozhi-2024.09").authorise, Authorise::Rsa);
        assert_eq!(read("gaozhi-2023.06").authorise, Authorise::Plain);
    }

    #[test]
    fn every_key_of_the_printed_file_is_known() {
        let connection = Connection::read(
            file(json!({
                "authorise": "plain", "rsa_public_key": "fetch", "rsa_padding": "pkcs1", "rsa_plaintext": "form",
                "app_key": "12345678", "authorization_prefix": "Bearer ", "sm4_mode": "cbc",
                "sm4_iv": "000102030405060708090a0b0c0d0e0f", "sm4_key": "all", "cipher_text": "base64",
                "query_body": "form", "rows_per_call": 50, "pause_ms": 0, "empty_value": "null",
                "numbers": "string", "first_query_after_s": 5,
            })),
            "gaozhi-2024.09",
        )
        .unwrap();
        assert_eq!(connection.app_key.expose(), "12345678");
        assert_eq!((connection.options.sm4_key, connection.options.rows_per_call), (KeyRule::All, 50));
        assert_eq!(connection.options.random_length, 6, "the rest keeps its default");
    }

    #[test]
    fn errors_name_the_key_and_never_the_value() {
        let check = |extra: Value, expect: ConnectionError| {
            let error = Connection::read(file(extra.clone()), "gaozhi-2024.09").unwrap_err();
            assert_eq!(error, expect, "{extra}");
            assert!(!error.to_string().contains("4711"));
        };
        let value = |key: &str| ConnectionError::Value { key: key.to_owned() };
        check(json!({ "address": "127.0.0.1" }), value("address"));
        check(json!({ "address": "http:// x" }), value("address"));
        check(json!({ "address": " " }), ConnectionError::Missing { key: "address" });
        check(json!({ "password": 4711 }), value("password"));
        check(json!({ "authorise": "4711" }), value("authorise"));
        check(json!({ "sm4_mode": "cbc" }), value("sm4_iv"));
        check(json!({ "sm4_key": "4..4711" }), value("sm4_key"));
        check(json!({ "tls_fingerprint": "4711" }), value("tls_fingerprint"));
        check(json!({ "tls_fingerprint": "ab".repeat(32) }), value("tls_fingerprint"));
        check(json!({ "rows_per_call": 0 }), value("rows_per_call"));
        check(json!({ "rows_per_call": -1 }), value("rows_per_call"));
        check(json!({ "passwort": "4711" }), ConnectionError::Unknown { key: "passwort".into() });
    }

    #[test]
    fn a_shown_address_has_no_password() {
        let check = |address: &str, expect: &str| assert_eq!(shown_address(address), expect);
        check("http://u:p@h:1/a@b", "http://***@h:1/a@b");
        check("https://u@h", "https://***@h");
        check("http://u:p@x@h", "http://***@h");
        check("http://h:1/a@b", "http://h:1/a@b");
        check("h", "h");
    }

    #[test]
    fn url_has_one_slash() {
        let mut connection = Connection::read(file(json!({})), "gaozhi-2024.09").unwrap();
        connection.address = "http://h:1/".into();
        assert_eq!(connection.url("/a/b"), "http://h:1/a/b");
    }
}
