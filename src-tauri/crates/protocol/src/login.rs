//! Authorise and refresh: their parameters, and the form that carries them.
//!
//! The parameters travel as form fields, or encrypted with RSA as the one field `cipherText`; then they are a JSON
//! object or a form string, in the printed order. No source describes how to split a text that is longer than the key
//! can encrypt at once; the setting for it does what Java programs do.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::Serializer;
use rand::{CryptoRng, RngCore};
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use rsa::{Oaep, Pkcs1v15Encrypt, RsaPrivateKey, RsaPublicKey};
use sha1::Sha1;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::ProtocolError;
use crate::options::{Authorise, Options, RsaLongText, RsaPadding, RsaPlaintext};
use crate::secret::Secret;

/// The receiver's RSA public key, with which the college encrypts logins.
pub type PublicKey = RsaPublicKey;

/// The receiver's RSA private key, with which it decrypts logins.
pub type PrivateKey = RsaPrivateKey;

/// The parameters of authorise or of refresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// `grant_type=password`: a login with account and password.
    Password {
        /// The id that the receiver gave this system.
        client_id: String,
        /// The account's name.
        username: String,
        /// The password of this account.
        password: Secret,
    },
    /// `grant_type=refresh_token`: a new access token for an earlier login.
    Refresh {
        /// The id that the receiver gave this system.
        client_id: String,
        /// `client_secret` of the authorise reply.
        client_secret: Secret,
        /// `refresh_token` of the last reply.
        refresh_token: Secret,
    },
}

impl Grant {
    /// Names and values in the printed order.
    pub fn fields(&self) -> [(&'static str, &str); 4] {
        match self {
            Grant::Password { client_id, username, password } => [
                ("grant_type", "password"),
                ("client_id", client_id),
                ("username", username),
                ("password", password.expose()),
            ],
            Grant::Refresh { client_id, client_secret, refresh_token } => [
                ("grant_type", "refresh_token"),
                ("client_id", client_id),
                ("client_secret", client_secret.expose()),
                ("refresh_token", refresh_token.expose()),
            ],
        }
    }

    /// Reads names and values in any order; `None` if one is missing.
    pub fn from_fields(fields: impl IntoIterator<Item = (String, String)>) -> Option<Grant> {
        let mut fields: std::collections::HashMap<String, String> = fields.into_iter().collect();
        let mut take = |name: &str| fields.remove(name);
        match take("grant_type")?.as_str() {
            "password" => Some(Grant::Password {
                client_id: take("client_id")?,
                username: take("username")?,
                password: take("password")?.into(),
            }),
            "refresh_token" => Some(Grant::Refresh {
                client_id: take("client_id")?,
                client_secret: take("client_secret")?.into(),
                refresh_token: take("refresh_token")?.into(),
            }),
            _ => None,
        }
    }
}

/// The body of authorise or refresh, `application/x-www-form-urlencoded`. `key` is needed for RSA only.
pub fn body(
    grant: &Grant,
    options: &Options,
    key: Option<&RsaPublicKey>,
    rng: &mut (impl CryptoRng + RngCore),
) -> Result<Zeroizing<String>, ProtocolError> {
    match options.authorise {
        Authorise::Plain => Ok(form(&grant.fields())),
        Authorise::Rsa => {
            let key = key.ok_or(ProtocolError::PublicKey)?;
            let text = match options.rsa_plaintext {
                RsaPlaintext::Json => json(&grant.fields()),
                RsaPlaintext::Form => form(&grant.fields()),
            };
            let cipher_text = encrypt(text.as_bytes(), options, key, rng)?;
            Ok(form(&[("cipherText", &cipher_text)]))
        }
    }
}

/// Reads the result of [`body`], on the receiver's side. A form without `cipherText` is read as plain parameters only
/// if the options say so.
pub fn open(body: &[u8], options: &Options, key: &RsaPrivateKey) -> Result<Grant, ProtocolError> {
    let fields = read_form(body);
    let grant = match options.authorise {
        Authorise::Plain => Grant::from_fields(fields),
        Authorise::Rsa => {
            let mut cipher_text = fields.into_iter().filter(|(name, _)| name == "cipherText");
            let cipher_text = cipher_text.next().ok_or(ProtocolError::LoginOpen)?.1;
            let text = decrypt(&cipher_text, options, key)?;
            match options.rsa_plaintext {
                RsaPlaintext::Json => read_json(&text),
                RsaPlaintext::Form => Grant::from_fields(read_form(&text)),
            }
        }
    };
    grant.ok_or(ProtocolError::LoginOpen)
}

/// Encrypts a login text with RSA; the result is base64.
pub fn encrypt(
    text: &[u8],
    options: &Options,
    key: &RsaPublicKey,
    rng: &mut (impl CryptoRng + RngCore),
) -> Result<String, ProtocolError> {
    let limit = limit(options.rsa_padding, key.size());
    if text.len() > limit && (options.rsa_long_text == RsaLongText::Refuse || limit == 0) {
        return Err(ProtocolError::LoginTooLong { length: text.len(), limit });
    }
    let mut bytes = Vec::new();
    for piece in text.chunks(limit.max(1)) {
        let encrypted = match oaep(options.rsa_padding) {
            Some(padding) => key.encrypt(rng, padding, piece),
            None => key.encrypt(rng, Pkcs1v15Encrypt, piece),
        };
        bytes.extend(encrypted.map_err(|_| ProtocolError::PublicKey)?);
    }
    Ok(STANDARD.encode(bytes))
}

/// Decrypts a result of [`encrypt`].
pub fn decrypt(cipher_text: &str, options: &Options, key: &RsaPrivateKey) -> Result<Zeroizing<Vec<u8>>, ProtocolError> {
    let bytes = STANDARD.decode(cipher_text.trim()).map_err(|_| ProtocolError::LoginOpen)?;
    if options.rsa_long_text == RsaLongText::Refuse && bytes.len() > key.size() {
        return Err(ProtocolError::LoginOpen);
    }
    let mut text = Zeroizing::new(Vec::new());
    for piece in bytes.chunks(key.size()) {
        let opened = match oaep(options.rsa_padding) {
            Some(padding) => key.decrypt(padding, piece),
            None => key.decrypt(Pkcs1v15Encrypt, piece),
        };
        text.extend_from_slice(&Zeroizing::new(opened.map_err(|_| ProtocolError::LoginOpen)?));
    }
    Ok(text)
}

/// The largest number of bytes that a key of `size` bytes can encrypt at once.
fn limit(padding: RsaPadding, size: usize) -> usize {
    let overhead = match padding {
        RsaPadding::OaepSha256 | RsaPadding::OaepSha256Mgf1Sha1 => 2 * 32 + 2,
        RsaPadding::OaepSha1 => 2 * 20 + 2,
        RsaPadding::Pkcs1 => 11,
    };
    size.saturating_sub(overhead)
}

/// The OAEP padding; `None` for PKCS#1 version 1.5.
fn oaep(padding: RsaPadding) -> Option<Oaep> {
    match padding {
        RsaPadding::OaepSha256 => Some(Oaep::new::<Sha256>()),
        RsaPadding::OaepSha256Mgf1Sha1 => Some(Oaep::new_with_mgf_hash::<Sha256, Sha1>()),
        RsaPadding::OaepSha1 => Some(Oaep::new::<Sha1>()),
        RsaPadding::Pkcs1 => None,
    }
}

/// Reads a public key: base64 of DER (SubjectPublicKeyInfo, or the bare PKCS#1 form), with or without PEM's lines.
pub fn public_key(text: &str) -> Result<RsaPublicKey, ProtocolError> {
    let base64: String =
        text.lines().filter(|line| !line.starts_with("-----")).flat_map(str::split_whitespace).collect();
    let der = STANDARD.decode(base64).map_err(|_| ProtocolError::PublicKey)?;
    RsaPublicKey::from_public_key_der(&der)
        .or_else(|_| RsaPublicKey::from_pkcs1_der(&der))
        .map_err(|_| ProtocolError::PublicKey)
}

fn form(fields: &[(&'static str, &str)]) -> Zeroizing<String> {
    Zeroizing::new(Serializer::new(String::new()).extend_pairs(fields).finish())
}

fn json(fields: &[(&'static str, &str)]) -> Zeroizing<String> {
    let quote = |text: &str| serde_json::Value::from(text).to_string();
    let members: Vec<String> = fields.iter().map(|(name, value)| format!("{}:{}", quote(name), quote(value))).collect();
    Zeroizing::new(format!("{{{}}}", members.join(",")))
}

fn read_form(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

fn read_json(text: &[u8]) -> Option<Grant> {
    let fields: std::collections::BTreeMap<String, String> = serde_json::from_slice(text).ok()?;
    Grant::from_fields(fields)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use rand::thread_rng;
    use rsa::pkcs8::EncodePublicKey;

    use super::*;

    static KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| RsaPrivateKey::new(&mut thread_rng(), 1024).unwrap());

    fn grant() -> Grant {
        Grant::Password { client_id: "1".into(), username: "学校".into(), password: "p&=\"+ 密".into() }
    }

    fn options(authorise: Authorise, rsa_padding: RsaPadding, rsa_plaintext: RsaPlaintext) -> Options {
        Options { authorise, rsa_padding, rsa_plaintext, ..Options::default() }
    }

    #[test]
    fn texts_are_in_the_printed_order() {
        let grant = Grant::Refresh { client_id: "1".into(), client_secret: "a b".into(), refresh_token: "\"".into() };
        assert_eq!(*form(&grant.fields()), "grant_type=refresh_token&client_id=1&client_secret=a+b&refresh_token=%22");
        assert_eq!(
            *json(&grant.fields()),
            r#"{"grant_type":"refresh_token","client_id":"1","client_secret":"a b","refresh_token":"\""}"#
        );
    }

    #[test]
    fn every_way_opens() {
        for authorise in [Authorise::Plain, Authorise::Rsa] {
            for padding in [RsaPadding::Pkcs1, RsaPadding::OaepSha256] {
                // 1024 bits with OAEP leave 62 bytes: enough for a short form only.
                let short = Grant::Refresh { client_id: "".into(), client_secret: "".into(), refresh_token: "".into() };
                let grant = if padding == RsaPadding::OaepSha256 { short } else { grant() };
                for plaintext in [RsaPlaintext::Json, RsaPlaintext::Form] {
                    let options = options(authorise, padding, plaintext);
                    let body = match body(&grant, &options, Some(&KEY.to_public_key()), &mut thread_rng()) {
                        Err(ProtocolError::LoginTooLong { length, limit: 62 }) if length > 62 => continue,
                        body => body.unwrap(),
                    };
                    let opened = super::open(body.as_bytes(), &options, &KEY);
                    assert_eq!(opened.as_ref(), Ok(&grant), "{options:?}");
                }
            }
        }
    }

    #[test]
    fn every_padding_opens_and_long_text_is_split_where_the_setting_says_so() {
        let paddings =
            [RsaPadding::OaepSha256, RsaPadding::OaepSha256Mgf1Sha1, RsaPadding::OaepSha1, RsaPadding::Pkcs1];
        let key = KEY.to_public_key();
        for padding in paddings {
            let options = Options { rsa_padding: padding, rsa_long_text: RsaLongText::Split, ..Options::default() };
            let sealed = encrypt("甲".repeat(100).as_bytes(), &options, &key, &mut thread_rng()).unwrap();
            assert_eq!(*decrypt(&sealed, &options, &KEY).unwrap(), "甲".repeat(100).into_bytes(), "{padding:?}");
            for other in paddings.into_iter().filter(|other| *other != padding) {
                let other = Options { rsa_padding: other, ..options.clone() };
                assert!(decrypt(&sealed, &other, &KEY).is_err(), "{padding:?} {other:?}");
            }
            let whole = Options { rsa_long_text: RsaLongText::Refuse, ..options };
            let refused = encrypt(&[b'x'; 128], &whole, &key, &mut thread_rng());
            assert!(matches!(refused, Err(ProtocolError::LoginTooLong { length: 128, .. })), "{padding:?}");
            assert!(decrypt(&sealed, &whole, &KEY).is_err(), "{padding:?}");
        }
    }

    #[test]
    fn keys_are_read_in_every_usual_form() {
        let key = KEY.to_public_key();
        let der = STANDARD.encode(key.to_public_key_der().unwrap());
        let pkcs1 = STANDARD.encode(rsa::pkcs1::EncodeRsaPublicKey::to_pkcs1_der(&key).unwrap());
        let pem = key.to_public_key_pem(rsa::pkcs8::LineEnding::CRLF).unwrap();
        for text in [der.as_str(), &format!(" {der}\n"), &pkcs1, &pem] {
            assert_eq!(public_key(text).as_ref(), Ok(&key), "{text}");
        }
        for text in ["", "AAAA", "fetch", "-----BEGIN"] {
            assert_eq!(public_key(text), Err(ProtocolError::PublicKey), "{text}");
        }
    }

    #[test]
    fn wrong_bodies_do_not_open() {
        let rsa = options(Authorise::Rsa, RsaPadding::Pkcs1, RsaPlaintext::Json);
        let plain = options(Authorise::Plain, RsaPadding::Pkcs1, RsaPlaintext::Json);
        let check = |body: &str, options: &Options| {
            assert_eq!(super::open(body.as_bytes(), options, &KEY), Err(ProtocolError::LoginOpen), "{body}");
        };
        check("", &rsa);
        check("cipherText=AAAA", &rsa);
        check("cipherText=%FF", &rsa);
        check("grant_type=password&client_id=1&username=u&password=p", &rsa);
        check("grant_type=password&client_id=1&username=u", &plain);
        check("grant_type=other", &plain);
    }

    #[test]
    fn a_grant_prints_no_secret() {
        assert!(!format!("{:?}", grant()).contains('密'));
    }

    proptest! {
        #[test]
        fn never_panics(body: Vec<u8>, text: String) {
            let _ = super::open(&body, &options(Authorise::Plain, RsaPadding::Pkcs1, RsaPlaintext::Json), &KEY);
            let _ = super::open(&body, &options(Authorise::Rsa, RsaPadding::Pkcs1, RsaPlaintext::Form), &KEY);
            let _ = public_key(&text);
            let _ = read_json(&body);
        }
    }
}
