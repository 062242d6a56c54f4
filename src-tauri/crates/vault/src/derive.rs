//! Deriving the key of a book from a passphrase.
//!
//! Argon2id, version 1.3, 64 MiB, 3 passes, 1 lane: the second recommendation of RFC 9106 with one lane, because
//! office PCs have few cores and the program waits for the result. It takes 100 to 250 ms on such a PC, once when
//! a book is opened; the book itself is opened with the derived key in milliseconds. The parameters are part of the
//! book format: other values would make other keys, so they only change together with the book's format number.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::VaultError;

/// Bytes of a book key.
const KEY_BYTES: usize = 32;

const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// Derives the key of a book from a passphrase and the salt of the book's file (`store::read_salt`).
///
/// The passphrase is taken as it was typed, without trimming: the same letters always make the same key.
pub fn derive(passphrase: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
    if passphrase.is_empty() {
        return Err(VaultError::EmptyPassphrase);
    }
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(KEY_BYTES)).map_err(|_| VaultError::Derivation)?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| VaultError::Derivation)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: [u8; 16] = *b"0123456789abcdef";

    #[test]
    fn the_key_of_a_passphrase_never_changes() {
        // Made with the reference implementation (libargon2, argon2id_hash_raw with t=3, m=65536, p=1).
        let check = |passphrase: &str, expect: &str| {
            assert_eq!(hex::encode(derive(passphrase, &SALT).unwrap().as_slice()), expect, "{passphrase}");
        };
        check("correct horse", "92599c67f23f1d9dce9b6f0cfb5a9b18ce110336de00799947472465edd9e49a");
        check("填报册口令", "fd1f7e5ae726a5947f6d4cbd6acf35d3faf5cca3f7b8460abf55614e80945e29");
    }

    #[test]
    fn another_salt_makes_another_key() {
        assert_ne!(derive("口令", &SALT).unwrap(), derive("口令", &[7; 16]).unwrap());
    }

    #[test]
    fn an_empty_passphrase_is_refused() {
        assert_eq!(derive("", &SALT), Err(VaultError::EmptyPassphrase));
    }
}
