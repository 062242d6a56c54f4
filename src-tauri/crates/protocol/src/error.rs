//! What can go wrong between text and wire. No variant carries a secret or a value of a record.

use thiserror::Error;

/// A failure of this room.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ProtocolError {
    /// `app_secret` is too short for the rule that makes the SM4 key, or does not give 16 bytes.
    #[error("app_secret does not give an SM4 key of 16 bytes by the rule {rule}")]
    CipherKey {
        /// The rule, as in a connection file.
        rule: String,
    },
    /// The IV for CBC is not 16 bytes in hexadecimal.
    #[error("sm4_iv is not 16 bytes in hexadecimal")]
    CipherIv,
    /// Cipher text is neither hexadecimal nor base64, as agreed.
    #[error("cipher text is not {form}")]
    CipherForm {
        /// `hex` or `base64`.
        form: &'static str,
    },
    /// Cipher text does not open: wrong key, wrong mode, or it was changed on the way.
    #[error("cipher text does not open")]
    CipherOpen,
    /// The RSA public key is missing or is not base64 of DER.
    #[error("the RSA public key is not base64 of DER")]
    PublicKey,
    /// Login text is longer than the key can encrypt at once; no way of splitting is known.
    #[error("login text of {length} bytes exceeds the {limit} bytes that the RSA key takes")]
    LoginTooLong {
        /// Bytes of the text.
        length: usize,
        /// Bytes that fit.
        limit: usize,
    },
    /// Login cipher text does not open or is not the agreed form.
    #[error("login text does not open")]
    LoginOpen,
}

impl ProtocolError {
    /// Name for the UI's words.
    pub fn code(&self) -> &'static str {
        match self {
            ProtocolError::CipherKey { .. } => "cipher.key",
            ProtocolError::CipherIv => "cipher.iv",
            ProtocolError::CipherForm { .. } => "cipher.form",
            ProtocolError::CipherOpen => "cipher.open",
            ProtocolError::PublicKey => "connection.public-key",
            ProtocolError::LoginTooLong { .. } => "login.too-long",
            ProtocolError::LoginOpen => "login.open",
        }
    }

    /// Values for the words.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            ProtocolError::CipherKey { rule } => vec![("rule", rule.clone())],
            ProtocolError::CipherForm { form } => vec![("form", (*form).to_owned())],
            ProtocolError::LoginTooLong { length, limit } => {
                vec![("length", length.to_string()), ("limit", limit.to_string())]
            }
            _ => Vec::new(),
        }
    }
}
