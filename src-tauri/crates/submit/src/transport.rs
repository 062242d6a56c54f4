//! Sending one HTTP request, and how certain it is that the request arrived.
//!
//! There are no redirects, cookies or retries, so one request is sent at most once. What the bytes mean is decided in
//! [`crate::reply`].

use std::error::Error as _;
use std::io;
use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use protocol::{Connection, Proxy};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::tls::{Certificate, TlsInfo};
use reqwest::{Method, Url};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::charset;
use crate::error::{SubmitError, Unreachable};

/// The largest number of bytes of a reply that is read; a page of results is far shorter.
const REPLY_LIMIT: usize = 32 << 20;

/// `Content-Type` of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The HTTP client for one receiver.
pub struct Transport {
    http: HttpClient,
    address: String,
}

/// The client, or what is needed to make it at the first request.
enum HttpClient {
    /// The certificates that the operating system trusts.
    System(reqwest::Client),
    /// Only the certificate with this fingerprint, which the receiver shows before anything is sent to it.
    Pinned { connection: Box<Connection>, fingerprint: String, made: tokio::sync::OnceCell<reqwest::Client> },
}

/// One HTTP request, POST with a body or GET without.
pub struct Request {
    /// The whole address, with scheme and path.
    pub url: String,
    /// `Content-Type` of the body; absent: a GET without body.
    pub content_type: Option<&'static str>,
    /// Other headers.
    pub headers: Vec<(HeaderName, Zeroizing<String>)>,
    /// Empty for a GET.
    pub body: Zeroizing<String>,
}

/// A reply, whatever its status.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The reply's body as UTF-8, decoded as its header says, without a byte order mark.
    pub body: Vec<u8>,
    /// Where the reply sends the client instead; a redirect is never followed.
    pub location: Option<String>,
    /// The receiver's clock, from the header `Date`.
    pub date: Option<Timestamp>,
}

impl Transport {
    /// Makes the client; nothing is sent yet.
    pub fn new(connection: &Connection) -> Result<Transport, SubmitError> {
        let url = Url::parse(&connection.address).map_err(|_| SubmitError::Address)?;
        let address = connection.shown_address();
        let http = match connection.options.fingerprint() {
            None => {
                HttpClient::System(builder(connection, &url).build().map_err(|error| unreachable(&address, &error))?)
            }
            Some(fingerprint) => {
                let connection = Box::new(connection.clone());
                HttpClient::Pinned { connection, fingerprint, made: tokio::sync::OnceCell::new() }
            }
        };
        Ok(Transport { http, address })
    }

    /// The client. Where a fingerprint is pinned, the first request asks for the certificate with a GET that carries
    /// nothing, and the client that is made then trusts this one certificate only.
    async fn client(&self) -> Result<&reqwest::Client, SubmitError> {
        let (connection, fingerprint, made) = match &self.http {
            HttpClient::System(client) => return Ok(client),
            HttpClient::Pinned { connection, fingerprint, made } => (connection, fingerprint, made),
        };
        let make = async || {
            let url = Url::parse(&connection.address).map_err(|_| SubmitError::Address)?;
            let failed = |error: reqwest::Error| unreachable(&self.address, &error);
            let other = || SubmitError::Unreachable { address: self.address.clone(), why: Unreachable::Fingerprint };
            let asking = builder(connection, &url).tls_danger_accept_invalid_certs(true).tls_info(true);
            let answer = asking.build().map_err(failed)?.get(url.clone()).send().await.map_err(failed)?;
            let shown = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate).ok_or_else(other)?;
            if hex(&Sha256::digest(shown)) != *fingerprint {
                return Err(other());
            }
            let certificate = Certificate::from_der(shown).map_err(failed)?;
            // Who has the key of this certificate is the receiver, by whatever name it is reached.
            let pinned = builder(connection, &url).tls_certs_only([certificate]);
            pinned.tls_danger_accept_invalid_hostnames(true).build().map_err(failed)
        };
        made.get_or_try_init(make).await
    }

    /// Sends one request and reads its reply.
    pub async fn send(&self, request: Request) -> Result<Answer, SubmitError> {
        let url = Url::parse(&request.url).map_err(|_| SubmitError::Address)?;
        let method = if request.content_type.is_some() { Method::POST } else { Method::GET };
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            // A value that no header can hold is a wrong setting or a wrong token.
            let mut value = HeaderValue::from_str(value).map_err(|_| SubmitError::Header { name: name.to_string() })?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        if let Some(content_type) = request.content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        let sending = self.client().await?.request(method, url).headers(headers).body(request.body.to_string());
        let mut response = sending.send().await.map_err(|error| self.failure(&error))?;

        let status = response.status().as_u16();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (content_type, location) = (header(CONTENT_TYPE), header(LOCATION));
        let date = response.headers().get(DATE).and_then(|date| http_date(date.to_str().ok()?));
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failure(&error))? {
            if body.len() + chunk.len() > REPLY_LIMIT {
                return Err(SubmitError::Unreadable { status });
            }
            body.extend_from_slice(&chunk);
        }
        let body = charset::to_utf8(body, content_type.as_deref());
        Ok(Answer { status, body, location, date })
    }

    /// The connection is made before the first byte of a request: if that failed, nothing was sent.
    fn failure(&self, error: &reqwest::Error) -> SubmitError {
        if error.is_connect() || error.is_builder() {
            unreachable(&self.address, error)
        } else if error.is_timeout() {
            SubmitError::TimedOut
        } else {
            SubmitError::Cut
        }
    }
}

/// The settings that every client of a connection has.
fn builder(connection: &Connection, url: &Url) -> reqwest::ClientBuilder {
    let options = &connection.options;
    let builder = reqwest::Client::builder()
        .tls_backend_native()
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        // Receivers close idle connections. Whether a request on such a connection arrived would be unknown.
        .pool_idle_timeout(Duration::from_secs(20))
        .connect_timeout(Duration::from_secs(options.connect_timeout_s.into()))
        .timeout(Duration::from_secs(options.call_timeout_s.into()));
    if options.proxy == Proxy::None || is_loopback(url) { builder.no_proxy() } else { builder }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unreachable(address: &str, error: &reqwest::Error) -> SubmitError {
    let mut why = Unreachable::Network;
    if error.is_dns() {
        why = Unreachable::Name;
    } else if error.is_timeout() {
        why = Unreachable::TimedOut;
    } else {
        let mut source = error.source();
        while let Some(cause) = source {
            match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
                Some(io::ErrorKind::ConnectionRefused) => why = Unreachable::Refused,
                Some(io::ErrorKind::TimedOut) => why = Unreachable::TimedOut,
                _ => {}
            }
            // The type of TLS errors is private to reqwest. Their messages differ by platform, but all contain this
            // word.
            if why == Unreachable::Network && cause.source().is_none() && is_tls(&cause.to_string()) {
                why = Unreachable::Tls;
            }
            source = cause.source();
        }
    }
    SubmitError::Unreachable { address: address.to_owned(), why }
}

fn is_tls(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["certificate", "ssl", "tls", "handshake"].iter().any(|word| words.contains(word))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// `Sat, 21 Nov 2026 21:02:40 GMT`; it has whole seconds, so the middle of the second is the best estimate.
fn http_date(text: &str) -> Option<Timestamp> {
    let at = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    at.checked_add(SignedDuration::from_millis(500)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(http_date(text).map(|at| at.to_string()).as_deref(), expect, "{text}");
        };
        check("Sat, 21 Nov 2026 21:02:40 GMT", Some("2026-11-21T21:02:40.5Z"));
        check("yesterday", None);
        check("", None);
    }

    #[test]
    fn loopback_needs_no_proxy() {
        let check = |url: &str, expect| assert_eq!(is_loopback(&Url::parse(url).unwrap()), expect, "{url}");
        check("http://127.0.0.1:8080", true);
        check("http://localhost", true);
        check("http://[::1]:80", true);
        check("http://127.0.0.1.example.cn", false);
        check("http://10.0.0.1", false);
    }
}
