//! Whether a submit or query is accepted: token, headers, cipher and signature, in this order. Without I/O.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jiff::Timestamp;
use protocol::envelope::{self, Envelope};
use protocol::{AppKeySource, CLOCK_WINDOW_MS, Options, header, sign};

use crate::refusal::Refusal;
use crate::tokens::{Session, Tokens};

/// The headers of a request, all checked but the signature, which needs the body.
pub(crate) struct Head {
    pub session: Session,
    timestamps: String,
    random: String,
    /// The digest that the sender gives.
    pub sign: String,
}

/// Checks the headers of a request; an error is the first refusal in the order above.
pub(crate) fn head(headers: &HeaderMap, tokens: &Tokens, options: &Options, now: Timestamp) -> Result<Head, Refusal> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty());

    let authorization = text(AUTHORIZATION.as_str()).ok_or(Refusal::Token)?;
    let token = authorization.strip_prefix(&options.authorization_prefix).ok_or(Refusal::Token)?;
    let session = tokens.find(token, now).ok_or(Refusal::Token)?;

    let app_key = match options.app_key_from {
        AppKeySource::AppSecret => &session.app_secret,
        AppKeySource::Reply | AppKeySource::Typed => &session.account.app_key,
    };
    if !text(header::APP_KEY).is_some_and(|given| sign::same(app_key.expose(), given)) {
        return Err(Refusal::AppKey);
    }

    let timestamps = text(header::TIMESTAMPS).ok_or(Refusal::Timestamps)?;
    let sent: i64 = timestamps.parse().map_err(|_| Refusal::Timestamps)?;
    if now.as_millisecond().abs_diff(sent) > CLOCK_WINDOW_MS.unsigned_abs() {
        return Err(Refusal::Timestamps);
    }
    let random = text(header::RANDOM).ok_or(Refusal::Random)?;
    let given = text(header::SIGN).ok_or(Refusal::Sign)?;
    let (timestamps, random, sign) = (timestamps.to_owned(), random.to_owned(), given.to_owned());
    Ok(Head { session, timestamps, random, sign })
}

impl Head {
    /// The decrypted body, if its digest is the one in the headers.
    pub fn open(&self, body: &[u8], options: &Options) -> Result<Vec<u8>, Refusal> {
        let cipher_text = cipher_text(body).ok_or(Refusal::Body)?;
        let plain = envelope::open(&cipher_text, &self.session.app_secret, options).map_err(|_| Refusal::Cipher)?;
        if !sign::same_digest(&sign::sign(&plain, &self.timestamps, &self.random), &self.sign) {
            return Err(Refusal::Sign);
        }
        Ok(plain)
    }
}

/// `cipherText` of a JSON body or of a form.
fn cipher_text(body: &[u8]) -> Option<String> {
    if let Ok(envelope) = serde_json::from_slice::<Envelope>(body) {
        return Some(envelope.cipher_text);
    }
    let mut fields = form_urlencoded::parse(body);
    fields.find(|(name, _)| name == "cipherText").map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;
    use crate::account::Account;
    use crate::config::Config;

    /// A correct request, changed by `spoil`.
    fn check(spoil: impl Fn(&mut HeaderMap, &mut Vec<u8>), expect: Result<&str, Refusal>) {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let config = Config {
            now: std::sync::Arc::new(move || now),
            ..Config::new("unused".into(), ([127, 0, 0, 1], 0).into(), Vec::new())
        };
        let tokens = Tokens::default();
        let account =
            Account { client_id: "1".into(), username: "u".into(), password: "p".into(), app_key: "12345678".into() };
        let login = tokens.open(&account, &config);
        let plain = "{\"甲\":1}";
        let timestamps = now.as_millisecond().to_string();
        let mut headers = HeaderMap::new();
        let values = [
            ("authorization", login.access_token.expose()),
            (header::APP_KEY, "12345678"),
            (header::TIMESTAMPS, &timestamps),
            (header::RANDOM, "a1b2c3"),
            (header::SIGN, &sign::sign(plain.as_bytes(), &timestamps, "a1b2c3")),
        ];
        for (name, value) in values {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        let sealed = envelope::seal(plain.as_bytes(), &login.app_secret.unwrap(), &config.options).unwrap();
        let mut body = format!("{{\"cipherText\":\"{sealed}\"}}").into_bytes();
        spoil(&mut headers, &mut body);
        let admitted = head(&headers, &tokens, &config.options, now).and_then(|head| head.open(&body, &config.options));
        let admitted = admitted.map(|plain| String::from_utf8(plain).unwrap());
        assert_eq!(admitted.as_deref().map_err(|refusal| *refusal), expect);
    }

    #[test]
    fn headers_and_bodies() {
        let plain = "{\"甲\":1}";
        let set = |name: &'static str, value: &str| {
            let value = HeaderValue::from_str(value).unwrap();
            move |headers: &mut HeaderMap, _: &mut Vec<u8>| drop(headers.insert(name, value.clone()))
        };
        let drop_ = |name: &'static str| move |headers: &mut HeaderMap, _: &mut Vec<u8>| drop(headers.remove(name));
        check(|_, _| {}, Ok(plain));
        check(set("authorization", "other"), Err(Refusal::Token));
        check(drop_("authorization"), Err(Refusal::Token));
        check(set("app_key", "12345679"), Err(Refusal::AppKey));
        check(drop_("app_key"), Err(Refusal::AppKey));
        check(set("timestamps", "0"), Err(Refusal::Timestamps));
        check(set("timestamps", "-9223372036854775808"), Err(Refusal::Timestamps));
        check(set("timestamps", "soon"), Err(Refusal::Timestamps));
        check(drop_("timestamps"), Err(Refusal::Timestamps));
        check(drop_("random"), Err(Refusal::Random));
        check(set("random", "a1b2c4"), Err(Refusal::Sign));
        check(set("sign", "00"), Err(Refusal::Sign));
        check(drop_("sign"), Err(Refusal::Sign));
        check(|_, body| *body = b"{}".to_vec(), Err(Refusal::Body));
        check(|_, body| *body = vec![0xff, 0xfe], Err(Refusal::Body));
        check(|_, body| *body = br#"{"cipherText":"zz"}"#.to_vec(), Err(Refusal::Cipher));
        check(|_, body| *body = br#"{"cipherText":"00"}"#.to_vec(), Err(Refusal::Cipher));
        let form = |_: &mut HeaderMap, body: &mut Vec<u8>| {
            let envelope: Envelope = serde_json::from_slice(body).unwrap();
            *body = format!("cipherText={}", envelope.cipher_text).into_bytes();
        };
        check(form, Ok(plain));
    }

    #[test]
    fn the_window_is_thirty_seconds() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        for (off, expect) in [(30_000, Refusal::Sign), (-30_000, Refusal::Sign), (30_001, Refusal::Timestamps)] {
            // A changed time changes the digest: inside the window the signature is what fails.
            let text = (now.as_millisecond() + off).to_string();
            let value = HeaderValue::from_str(&text).unwrap();
            check(move |headers, _| drop(headers.insert("timestamps", value.clone())), Err(expect));
        }
    }
}
