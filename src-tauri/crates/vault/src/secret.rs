//! A value that must not be seen.

use std::fmt;

use zeroize::Zeroizing;

/// Bytes that are wiped from memory when dropped and that [`fmt::Debug`] never shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the bytes over.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Secret(Zeroizing::new(bytes.into()))
    }

    /// The bytes themselves. Do not copy them into anything that is not wiped.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as text, where it is text.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_a_secret() {
        assert_eq!(format!("{:?}", Some(Secret::new("passw0rd"))), "Some(<redacted>)");
    }

    #[test]
    fn a_secret_is_text_only_where_it_is() {
        assert_eq!(Secret::new("口令").text(), Some("口令"));
        assert_eq!(Secret::new([0xff, 0xfe]).text(), None);
    }
}
