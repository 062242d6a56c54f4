//! What can go wrong with ciphers and signatures. No variant carries a secret or a value of a record.

use serde::Serialize;
use thiserror::Error;

/// Why a cipher, a signature or a login text cannot be made or read.
#[derive(Debug, Error, Serialize, Clone, PartialEq, Eq)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum ProtocolError {
    /// `app_secret` is too short for the rule that makes the SM4 key, or does not give 16 bytes.
    #[serde(rename = "cipher.key")]
    #[error("app_secret does not give an SM4 key of 16 bytes by the rule {rule}")]
    CipherKey {
        /// The rule, as in a connection file.
        rule: String,
    },
    /// The IV for CBC is not 16 bytes in hexadecimal.
    #[serde(rename = "cipher.iv")]
    #[error("sm4_iv is not 16 bytes in hexadecimal")]
    CipherIv,
    /// Cipher text does not have the form that the connection sets.
    #[serde(rename = "cipher.form")]
    #[error("cipher text is not {form}")]
    CipherForm {
        /// `hex` or `base64`.
        form: &'static str,
    },
    /// Cipher text cannot be decrypted: wrong key, wrong mode, or it was changed on the way.
    #[serde(rename = "cipher.open")]
    #[error("cipher text does not open")]
    CipherOpen,
    /// The RSA public key is missing or is not base64 of DER.
    #[serde(rename = "connection.public-key")]
    #[error("the RSA public key is not base64 of DER")]
    PublicKey,
    /// Login text is longer than the key can encrypt at once; no way of splitting is known.
    #[serde(rename = "login.too-long")]
    #[error("login text of {length} bytes exceeds the {limit} bytes that the RSA key takes")]
    LoginTooLong { length: usize, limit: usize },
    /// Login cipher text cannot be decrypted or has another form than agreed.
    #[serde(rename = "login.open")]
    #[error("login text does not open")]
    LoginOpen,
}
