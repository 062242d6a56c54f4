//! The headers `random` and `sign` of submit and query.

use rand::Rng;
use rand::distributions::Alphanumeric;
use sm3::{Digest, Sm3};
use subtle::ConstantTimeEq;

/// SM3 of bytes in lower-case hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sm3::digest(bytes))
}

/// SM3 of the plain body, `timestamps` and `random`, joined without separator, in lower-case hexadecimal. The body must
/// be byte for byte the one that is encrypted.
pub fn sign(body: &[u8], timestamps: &str, random: &str) -> String {
    let mut digest = Sm3::new();
    digest.update(body);
    digest.update(timestamps);
    digest.update(random);
    hex::encode(digest.finalize())
}

/// A text of `length` random letters and digits.
pub fn random_text(rng: &mut impl Rng, length: u32) -> String {
    (0..length).map(|_| char::from(rng.sample(Alphanumeric))).collect()
}

/// Whether a digest that was received is this one, in either case of letters. The comparison takes the same time
/// wherever they differ.
pub fn same_digest(digest: &str, received: &str) -> bool {
    same(digest, &received.to_ascii_lowercase())
}

/// Whether a secret that was received is this one. The comparison takes the same time wherever they differ, and less
/// time if their lengths differ.
pub fn same(secret: &str, received: &str) -> bool {
    secret.as_bytes().ct_eq(received.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples 1 and 2 of GB/T 32905-2016.
    #[test]
    fn digests_of_the_standard() {
        let check = |parts: [&str; 3], expect| {
            assert_eq!(sign(parts[0].as_bytes(), parts[1], parts[2]), expect, "{parts:?}");
        };
        let abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        check(["abc", "", ""], abc);
        check(["a", "b", "c"], abc);
        check(
            [&"abcd".repeat(8), &"abcd".repeat(7), "abcd"],
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
        );
    }

    #[test]
    fn random_has_its_length_and_only_letters_and_digits() {
        let text = random_text(&mut rand::thread_rng(), 40);
        assert!(text.len() == 40 && text.bytes().all(|b| b.is_ascii_alphanumeric()), "{text}");
    }

    #[test]
    fn digests_compare() {
        assert!(same_digest("00ff", "00FF"));
        assert!(same("00ff", "00ff") && !same("00ff", "00FF") && same("", "") && !same("a", "ab"));
        for other in ["00fe", "00f", "00ff0", ""] {
            assert!(!same_digest("00ff", other), "{other}");
        }
    }
}
