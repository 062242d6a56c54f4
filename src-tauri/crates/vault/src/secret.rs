//! Bytes that must not appear in logs or stay in memory.

use std::fmt;

use zeroize::Zeroizing;

/// Bytes that are wiped from memory when they are dropped and that [`fmt::Debug`] does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A secret of these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Secret(Zeroizing::new(bytes.into()))
    }

    /// The bytes themselves. A copy of them must be wiped, too.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as text; `None` where it is not UTF-8.
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
