//! Revisions of editions: three numbers, compared from the left.

/// `1.2.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Revision([u32; 3]);

impl Revision {
    /// Reads three numbers with points between, without signs and leading zeros.
    pub fn parse(text: &str) -> Option<Revision> {
        let number = |part: &str| {
            let plain = part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
            part.parse().ok().filter(|_| plain)
        };
        let parts: Option<Vec<u32>> = text.split('.').map(number).collect();
        parts?.try_into().ok().map(Revision)
    }
}

#[cfg(test)]
mod tests {
    use super::Revision;

    #[test]
    fn revisions_are_compared_by_their_numbers() {
        let of = |text: &str| Revision::parse(text).unwrap();
        assert!(of("1.10.0") > of("1.9.9") && of("2.0.0") > of("1.99.0") && of("1.0.0") == of("1.0.0"));
        for text in ["", "1", "1.0", "1.0.0.0", "1.0.x", "1.0.+1", "01.0.0", "1.0.0-beta", "1..0", "9.9.99999999999"] {
            assert_eq!(Revision::parse(text), None, "{text}");
        }
    }
}
