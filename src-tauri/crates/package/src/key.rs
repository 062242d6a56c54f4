//! Keys of publishers and their text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::error::KeyError;

/// Prefix of the text of a public key.
const PUBLIC: &str = "tianbao-public-key:";
/// Prefix of the text of a private key.
const PRIVATE: &str = "tianbao-private-key:";
/// Bytes of the fingerprint. With 128 bits a second key with the fingerprint of a given one cannot be found.
const FINGERPRINT: usize = 16;

/// The key that signs packages. Its memory is overwritten when it is dropped, and `Debug` does not show it.
pub struct PrivateKey(SigningKey);

impl PrivateKey {
    /// The key made of these 32 bytes, which must be random and secret.
    pub fn from_seed(seed: &[u8; 32]) -> PrivateKey {
        PrivateKey(SigningKey::from_bytes(seed))
    }

    /// Reads [`PrivateKey::to_text`]; blanks around it do not matter.
    ///
    /// # Errors
    /// [`KeyError::NotAKey`].
    pub fn parse(text: &str) -> Result<PrivateKey, KeyError> {
        let text = text.trim().strip_prefix(PRIVATE).ok_or(KeyError::NotAKey)?;
        let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| KeyError::NotAKey)?);
        let seed = <&[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeyError::NotAKey)?;
        Ok(PrivateKey::from_seed(seed))
    }

    /// The key as text, one line. It is secret.
    pub fn to_text(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(self.0.to_bytes());
        let base64 = Zeroizing::new(STANDARD.encode(seed.as_slice()));
        let mut text = Zeroizing::new(String::with_capacity(PRIVATE.len() + base64.len()));
        text.push_str(PRIVATE);
        text.push_str(&base64);
        text
    }

    /// The key that others verify with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrivateKey({})", self.public().fingerprint())
    }
}

/// A publisher that the college trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The name that the college gave it.
    pub name: String,
    /// Its public key.
    pub key: PublicKey,
}

/// The key that verifies packages; it may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads [`PublicKey::to_text`], with or without its first word; blanks around it do not matter.
    ///
    /// # Errors
    /// The text is not a key, it is a private key, or it is a weak point, for which anybody could make valid
    /// signatures.
    pub fn parse(text: &str) -> Result<PublicKey, KeyError> {
        let text = text.trim();
        if text.starts_with(PRIVATE) {
            return Err(KeyError::Private);
        }
        let bytes = STANDARD.decode(text.strip_prefix(PUBLIC).unwrap_or(text)).map_err(|_| KeyError::NotAKey)?;
        let bytes = <&[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeyError::NotAKey)?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAKey)?;
        if key.is_weak() { Err(KeyError::NotAKey) } else { Ok(PublicKey(key)) }
    }

    /// The key as text, one line.
    pub fn to_text(&self) -> String {
        format!("{PUBLIC}{}", STANDARD.encode(self.0.as_bytes()))
    }

    /// A short text for comparing keys by eye or by phone: the first 16 bytes of the key's SHA-256 in groups of four
    /// hex digits.
    pub fn fingerprint(&self) -> String {
        let digits = hex::encode_upper(&Sha256::digest(self.0.as_bytes())[..FINGERPRINT]);
        let groups: Vec<String> =
            digits.chars().collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_through_their_text() {
        let key = PrivateKey::from_seed(&[7; 32]);
        let again = PrivateKey::parse(&format!(" {}\n", *key.to_text())).unwrap();
        assert_eq!(again.public(), key.public());
        let public = key.public().to_text();
        assert_eq!(PublicKey::parse(&public), Ok(key.public()));
        assert_eq!(PublicKey::parse(public.strip_prefix(PUBLIC).unwrap()), Ok(key.public()));
        assert_eq!(key.public().fingerprint().len(), 39);
        assert!(!format!("{key:?}").contains(&STANDARD.encode([7; 32])));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let key = PrivateKey::from_seed(&[7; 32]);
        assert_eq!(PublicKey::parse(&key.to_text()), Err(KeyError::Private));
        assert_eq!(PrivateKey::parse(&key.public().to_text()).map(|_| ()), Err(KeyError::NotAKey));
        let neutral = STANDARD.encode([[1].as_slice(), &[0; 31]].concat());
        for text in ["", "abc", "tianbao-public-key:", "tianbao-public-key:AAAA", &neutral] {
            assert_eq!(PublicKey::parse(text), Err(KeyError::NotAKey), "{text}");
        }
    }
}
