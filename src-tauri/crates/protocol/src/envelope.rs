//! The envelope: a body as SM4 cipher text in `{"cipherText":"…"}`.
//!
//! Mode, key rule and form of the text are settings; padding is PKCS#7. Left out: the digest in the headers, see
//! [`crate::sign`].

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockDecryptMut, BlockEncryptMut, KeyInit, KeyIvInit};
use serde::{Deserialize, Serialize};
use sm4::Sm4;
use zeroize::Zeroizing;

use crate::error::ProtocolError;
use crate::options::{CipherText, KeyRule, Options, Sm4Mode};
use crate::secret::Secret;

/// `{"cipherText":"…"}`, as a body or as a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The result of [`seal`]: hexadecimal or base64, as [`Options::cipher_text`] says.
    #[serde(rename = "cipherText")]
    pub cipher_text: String,
}

/// Encrypts `plain` with the key that `app_secret` gives; the result is the value of `cipherText`.
pub fn seal(plain: &[u8], app_secret: &Secret, options: &Options) -> Result<String, ProtocolError> {
    let key = key(app_secret, options.sm4_key)?;
    let key = (&*key).into();
    let bytes = match options.sm4_mode {
        Sm4Mode::Ecb => ecb::Encryptor::<Sm4>::new(key).encrypt_padded_vec_mut::<Pkcs7>(plain),
        Sm4Mode::Cbc => cbc::Encryptor::<Sm4>::new(key, &iv(options)?.into()).encrypt_padded_vec_mut::<Pkcs7>(plain),
    };
    Ok(match options.cipher_text {
        CipherText::Hex => hex::encode(bytes),
        CipherText::Base64 => STANDARD.encode(bytes),
    })
}

/// Decrypts a result of [`seal`]. Hexadecimal digits may be upper or lower case.
pub fn open(cipher_text: &str, app_secret: &Secret, options: &Options) -> Result<Vec<u8>, ProtocolError> {
    let text = cipher_text.trim();
    let bytes = match options.cipher_text {
        CipherText::Hex => hex::decode(text).ok(),
        CipherText::Base64 => STANDARD.decode(text).ok(),
    };
    let bytes = bytes.ok_or(ProtocolError::CipherForm { form: options.cipher_text.word() })?;
    let key = key(app_secret, options.sm4_key)?;
    let key = (&*key).into();
    match options.sm4_mode {
        Sm4Mode::Ecb => ecb::Decryptor::<Sm4>::new(key).decrypt_padded_vec_mut::<Pkcs7>(&bytes),
        Sm4Mode::Cbc => cbc::Decryptor::<Sm4>::new(key, &iv(options)?.into()).decrypt_padded_vec_mut::<Pkcs7>(&bytes),
    }
    .map_err(|_| ProtocolError::CipherOpen)
}

/// The 16 bytes of the SM4 key, cut out of `app_secret` as `rule` says.
fn key(app_secret: &Secret, rule: KeyRule) -> Result<Zeroizing<[u8; 16]>, ProtocolError> {
    let wrong = || ProtocolError::CipherKey { rule: rule.to_string() };
    let text = match rule {
        KeyRule::Hex => {
            let bytes = Zeroizing::new(hex::decode(app_secret.expose().trim()).map_err(|_| wrong())?);
            return bytes.as_slice().try_into().map(Zeroizing::new).map_err(|_| wrong());
        }
        KeyRule::All => app_secret.expose(),
        KeyRule::From(first) => {
            let text = app_secret.expose();
            let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(first);
            let begin = starts.next();
            let end = starts.nth(15);
            begin.zip(end).and_then(|(begin, end)| text.get(begin..end)).unwrap_or_default()
        }
    };
    match text.as_bytes().try_into() {
        Ok(bytes) => Ok(Zeroizing::new(bytes)),
        Err(_) => Err(wrong()),
    }
}

/// The 16 bytes of the IV for CBC, read from the hexadecimal setting `sm4_iv`.
pub(crate) fn iv(options: &Options) -> Result<[u8; 16], ProtocolError> {
    hex::decode(options.sm4_iv.trim()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(ProtocolError::CipherIv)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const IV: &str = "000102030405060708090a0b0c0d0e0f";

    fn options(sm4_mode: Sm4Mode, cipher_text: CipherText, sm4_key: KeyRule) -> Options {
        Options { sm4_mode, cipher_text, sm4_key, sm4_iv: IV.into(), ..Options::default() }
    }

    /// Example 1 of GB/T 32907-2016: key and plain text are 0123456789abcdeffedcba9876543210.
    #[test]
    fn block_of_the_standard() {
        use sm4::cipher::{BlockEncrypt, KeyInit};
        let key = hex::decode("0123456789abcdeffedcba9876543210").unwrap();
        let cipher = Sm4::new_from_slice(&key).unwrap();
        let mut block = *sm4::cipher::Block::<Sm4>::from_slice(&key);
        cipher.encrypt_block(&mut block);
        assert_eq!(hex::encode(block), "681edf34d206965e86b3e94f536e4246");
        // Example 2: the same block is encrypted a million times.
        for _ in 1..1_000_000 {
            cipher.encrypt_block(&mut block);
        }
        assert_eq!(hex::encode(block), "595298c7c6fd271f0402f804c33d3f66");
    }

    #[test]
    fn key_rules_take_characters() {
        let check = |secret: &str, rule: KeyRule, expect: Option<&[u8; 16]>| {
            assert_eq!(key(&secret.into(), rule).ok().as_deref(), expect, "{secret} {rule}");
        };
        check("abcd0123456789ABCDEFxyz", KeyRule::From(4), Some(b"0123456789ABCDEF"));
        check("abcd0123456789ABCDEF", KeyRule::From(4), Some(b"0123456789ABCDEF"));
        check("abcd0123456789ABCDE", KeyRule::From(4), None);
        check("0123456789ABCDEF", KeyRule::All, Some(b"0123456789ABCDEF"));
        check("0123456789ABCDEF0", KeyRule::All, None);
        check("", KeyRule::From(4), None);
        check("30313233343536373839414243444546", KeyRule::Hex, Some(b"0123456789ABCDEF"));
        check("303132333435363738394142434445", KeyRule::Hex, None);
        check("0123456789ABCDEF", KeyRule::Hex, None);
        check("zz313233343536373839414243444546", KeyRule::Hex, None);
        check("前四个字0123456789ABCDEF", KeyRule::From(4), Some(b"0123456789ABCDEF"));
        check("abcd密钥密钥密钥密钥密钥密钥密钥密钥", KeyRule::From(4), None);
    }

    #[test]
    fn equal_blocks_show_in_ecb_only() {
        let secret = Secret::new("0123456789ABCDEF");
        let seal = |mode| seal(&[7; 32], &secret, &options(mode, CipherText::Hex, KeyRule::All)).unwrap();
        let (ecb, cbc) = (seal(Sm4Mode::Ecb), seal(Sm4Mode::Cbc));
        assert_eq!(ecb.len(), 96, "two blocks and one of padding");
        assert_eq!(ecb[..32], ecb[32..64]);
        assert_ne!(cbc[..32], cbc[32..64]);
    }

    #[test]
    fn upper_case_hexadecimal_opens() {
        let (secret, options) = (Secret::new("xxxx0123456789ABCDEF"), Options::default());
        let sealed = seal("数据".as_bytes(), &secret, &options).unwrap();
        assert_eq!(open(&sealed.to_uppercase(), &secret, &options).unwrap(), "数据".as_bytes());
    }

    fn any_options() -> impl Strategy<Value = Options> {
        let mode = prop_oneof![Just(Sm4Mode::Ecb), Just(Sm4Mode::Cbc)];
        let text = prop_oneof![Just(CipherText::Hex), Just(CipherText::Base64)];
        (mode, text).prop_map(|(mode, text)| options(mode, text, KeyRule::From(4)))
    }

    proptest! {
        #[test]
        fn opens_what_it_sealed(plain: Vec<u8>, secret in "[ -~]{20,40}", options in any_options()) {
            let secret = Secret::new(secret);
            let sealed = seal(&plain, &secret, &options).unwrap();
            prop_assert_eq!(open(&sealed, &secret, &options).unwrap(), plain);
        }

        #[test]
        fn never_panics(text: String, hexadecimal in "[0-9a-fA-F]{0,80}", secret: String, options in any_options()) {
            let secret = Secret::new(secret);
            let _ = open(&text, &secret, &options);
            let _ = open(&hexadecimal, &secret, &options);
            let _ = seal(text.as_bytes(), &secret, &options);
        }
    }
}
