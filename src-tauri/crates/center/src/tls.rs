//! TLS of a receiver: with a certificate file of the college, or with a certificate that the receiver makes for itself
//! and whose fingerprint the clients confirm. TLS is the system's.

use std::net::SocketAddr;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rcgen::{CertificateParams, DnType, KeyUsagePurpose, PublicKeyData, SerialNumber, SignatureAlgorithm, SigningKey};
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs1v15::SigningKey as Pkcs1;
use rsa::pkcs8::EncodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::{RsaPrivateKey, pkcs8};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::Inbox;
use tokio_native_tls::TlsAcceptor;
use tokio_native_tls::native_tls::{self, Identity};

use crate::config::{Config, Tls};
use crate::error::CenterError;
use crate::small_file::read_text;

/// What a receiver needs to speak TLS.
pub(crate) struct Ready {
    pub acceptor: TlsAcceptor,
    /// SHA-256 of the certificate, in lower-case hexadecimal.
    pub fingerprint: String,
}

/// Bits of the key of a certificate that is made here.
const KEY_BITS: usize = 2048;

/// Years for which such a certificate is valid.
const YEARS: i16 = 10;

/// Settings of the receiver's database.
const CERTIFICATE: &str = "tls_certificate";
const KEY: &str = "tls_private_key";

/// Reads or makes the certificate.
pub(crate) fn ready(tls: &Tls, config: &Config, inbox: &Inbox) -> Result<Ready, CenterError> {
    let (certificate, key) = match tls {
        Tls::Files { certificate, key } => (read(certificate)?, read(key)?),
        Tls::Own { names } => own(names, config, inbox)?,
    };
    let failed = |reason: String| CenterError::Certificate { reason };
    let der = first_of(&certificate).ok_or_else(|| failed("no certificate in PEM".into()))?;
    let key = in_pkcs8(&key).ok_or_else(|| failed("no unencrypted private key in PEM".into()))?;
    let identity = Identity::from_pkcs8(certificate.as_bytes(), key.as_bytes());
    let acceptor = identity.and_then(native_tls::TlsAcceptor::new).map_err(|error| failed(error.to_string()))?;
    Ok(Ready { acceptor: acceptor.into(), fingerprint: hex::encode(Sha256::digest(der)) })
}

fn read(file: &Path) -> Result<String, CenterError> {
    read_text(file).map_err(|error| CenterError::Certificate { reason: format!("{}: {error}", file.display()) })
}

/// The DER of the first certificate of a PEM text.
fn first_of(pem: &str) -> Option<Vec<u8>> {
    let (_, behind) = pem.split_once("-----BEGIN CERTIFICATE-----")?;
    let (body, _) = behind.split_once("-----END CERTIFICATE-----")?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}

/// A private key as PKCS#8, which is the form that every system takes; older tools write RSA keys in another one.
fn in_pkcs8(pem: &str) -> Option<String> {
    use rsa::pkcs1::DecodeRsaPrivateKey;
    if let Some(at) = pem.find("-----BEGIN PRIVATE KEY-----") {
        return pem.get(at..).map(str::to_owned);
    }
    let key = RsaPrivateKey::from_pkcs1_pem(pem).ok()?;
    key.to_pkcs8_pem(pkcs8::LineEnding::LF).ok().map(|text| text.to_string())
}

/// The certificate and the key that are kept in the database, in PEM; made where they are missing.
fn own(names: &[String], config: &Config, inbox: &Inbox) -> Result<(String, String), CenterError> {
    let kept = |name: &str| match inbox.setting(name) {
        Ok(Some(Value::String(text))) => Ok(Some(text)),
        Ok(_) => Ok(None),
        Err(error) => Err(error),
    };
    if let (Some(certificate), Some(key)) = (kept(CERTIFICATE)?, kept(KEY)?) {
        return Ok((certificate, key));
    }
    let failed = |reason: &str| CenterError::Certificate { reason: reason.to_owned() };
    let key = RsaPrivateKey::new(&mut config.rng(), KEY_BITS).map_err(|_| failed("no private key could be made"))?;
    let today = (config.now)().to_zoned(TimeZone::UTC).date();
    let mut serial = [0; 16];
    (config.random)(&mut serial);
    let certificate = make(&key, names, (config.listen, today, serial)).map_err(|error| failed(&error.to_string()))?;
    let key = key.to_pkcs8_pem(pkcs8::LineEnding::LF).map_err(|_| failed("the private key cannot be written"))?;
    inbox.set_setting(KEY, &Value::from(key.to_string()))?;
    inbox.set_setting(CERTIFICATE, &Value::from(certificate.clone()))?;
    Ok((certificate, key.to_string()))
}

/// Makes a certificate that signs itself, in PEM.
fn make(
    key: &RsaPrivateKey,
    names: &[String],
    (listen, today, mut serial): (SocketAddr, Date, [u8; 16]),
) -> Result<String, rcgen::Error> {
    // A serial number is positive.
    serial[0] = (serial[0] & 0x7f) | 0x01;
    let mut all: Vec<String> = names.to_vec();
    all.extend(["localhost".to_owned(), "127.0.0.1".to_owned()]);
    if !listen.ip().is_unspecified() {
        all.push(listen.ip().to_string());
    }
    all.sort();
    all.dedup();
    let mut params = CertificateParams::new(all)?;
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params.distinguished_name.push(DnType::CommonName, "Tianbao centre");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    let day =
        |date: Date| rcgen::date_time_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs());
    // Clocks of office PCs are often wrong, so it is valid from the day before.
    params.not_before = day(today.yesterday().unwrap_or(today));
    params.not_after = day(Date::new(today.year().saturating_add(YEARS), 1, 1).unwrap_or(Date::MAX));
    let spki = key.to_public_key().to_pkcs1_der().map_err(|_| rcgen::Error::KeyGenerationUnavailable)?;
    let signer = RsaSigner { key: Pkcs1::new(key.clone()), public: spki.as_bytes().to_vec() };
    Ok(params.self_signed(&signer)?.pem())
}

/// The RSA key of a certificate, for rcgen.
struct RsaSigner {
    key: Pkcs1<Sha256>,
    public: Vec<u8>,
}

impl PublicKeyData for RsaSigner {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

impl SigningKey for RsaSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.key.try_sign(message).map(|signature| signature.to_vec()).map_err(|_| rcgen::Error::RemoteKeyError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rsa::pkcs8::DecodePrivateKey;

    #[test]
    fn keys_of_older_tools_are_taken() {
        let key = RsaPrivateKey::new(&mut rand::rngs::OsRng, 1024).unwrap();
        let pkcs8 = key.to_pkcs8_pem(pkcs8::LineEnding::LF).unwrap();
        let pkcs1 = rsa::pkcs1::EncodeRsaPrivateKey::to_pkcs1_pem(&key, pkcs8::LineEnding::LF).unwrap();
        for text in [pkcs8.to_string(), format!("Bag Attributes\n{}", pkcs8.as_str()), pkcs1.to_string()] {
            let read = in_pkcs8(&text).unwrap();
            assert_eq!(RsaPrivateKey::from_pkcs8_pem(&read).unwrap(), key);
        }
        assert_eq!(in_pkcs8("-----BEGIN ENCRYPTED PRIVATE KEY-----"), None);
    }
}
