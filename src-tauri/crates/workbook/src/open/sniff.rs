//! What a file is, by its first bytes. Its ending is not reliable: people rename pictures to .xlsx and .xls to .csv.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::error::LooksLike;

/// Number of bytes that are enough to recognise the kind.
pub(crate) const HEAD: u64 = 8192;

/// The family of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// A zip archive: .xlsx, .ods or something else.
    Zip,
    /// An OLE container: .xls, an encrypted .xlsx, or something else.
    Ole,
    /// Perhaps separated text.
    Text,
    /// Certainly not a workbook.
    Other(LooksLike),
}

/// Recognises the kind by the first [`HEAD`] bytes.
pub(crate) fn family(head: &[u8]) -> Family {
    const MAGIC: &[(&[u8], Family)] = &[
        (b"PK\x03\x04", Family::Zip),
        (b"PK\x05\x06", Family::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Family::Ole),
        (b"\x89PNG", Family::Other(LooksLike::Picture)),
        (b"\xff\xd8\xff", Family::Other(LooksLike::Picture)),
        (b"GIF8", Family::Other(LooksLike::Picture)),
        (b"II*\0", Family::Other(LooksLike::Picture)),
        (b"MM\0*", Family::Other(LooksLike::Picture)),
        (b"RIFF", Family::Other(LooksLike::Picture)),
        (b"%PDF", Family::Other(LooksLike::Pdf)),
        (b"{\\rtf", Family::Other(LooksLike::Document)),
        (b"Rar!", Family::Other(LooksLike::Archive)),
        (b"7z\xbc\xaf", Family::Other(LooksLike::Archive)),
        (b"\x1f\x8b", Family::Other(LooksLike::Archive)),
        (b"\x7fELF", Family::Other(LooksLike::Program)),
    ];
    if let Some((_, family)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *family;
    }
    if has_utf16_mark(head) || wide(head).is_some() {
        return Family::Text;
    }
    let zeros = head.contains(&0);
    if head.starts_with(b"BM") && zeros {
        return Family::Other(LooksLike::Picture);
    }
    if head.starts_with(b"MZ") && zeros {
        return Family::Other(LooksLike::Program);
    }
    // Web systems export a table as HTML or XML and name it .xls.
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.first() == Some(&b'<') {
        return Family::Other(LooksLike::WebPage);
    }
    // Programs put control signs before numbers (0x1F) or at the end (0x1A); a file of something else is full of them.
    let control = |b: &&u8| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    let controls = head.iter().filter(control).count();
    let binary = zeros || controls * 4 > head.len() || head.iter().take(4).filter(control).count() > 1;
    if binary { Family::Other(LooksLike::Unknown) } else { Family::Text }
}

/// UTF-16 without a mark: the order of bytes in which the text is one of lines, of plain signs and Chinese characters.
pub(crate) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    if !head.contains(&0) || head.len() < 4 {
        return None;
    }
    let is_text = |order: &dyn Fn([u8; 2]) -> u16| {
        let units = head.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        let (mut all, mut usual, mut ends) = (0usize, 0usize, 0usize);
        for unit in units {
            all += 1;
            ends += usize::from(matches!(unit, 0x09 | 0x0a | 0x0d | 0x2c));
            usual += usize::from(matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x2010..=0x2030 | 0x3000..=0x303f
                | 0x4e00..=0x9fff | 0xff01..=0xff5e));
        }
        ends > 0 && usual * 20 >= all * 19
    };
    if is_text(&u16::from_le_bytes) {
        return Some(UTF_16LE);
    }
    is_text(&u16::from_be_bytes).then_some(UTF_16BE)
}

fn has_utf16_mark(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        let table: [(&[u8], Family); 16] = [
            (b"PK\x03\x04....", Family::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Family::Ole),
            (b"\x89PNG\r\n\x1a\n", Family::Other(LooksLike::Picture)),
            (b"\xff\xd8\xff\xe0", Family::Other(LooksLike::Picture)),
            (b"%PDF-1.7", Family::Other(LooksLike::Pdf)),
            (b"  <html><table>", Family::Other(LooksLike::WebPage)),
            (b"\xef\xbb\xbf<?xml version", Family::Other(LooksLike::WebPage)),
            (b"BM\x36\0\0\0", Family::Other(LooksLike::Picture)),
            (b"BMI,XH\n", Family::Text),
            (b"\xff\xfe\x66\x5b", Family::Text),
            ("学号,姓名\n".as_bytes(), Family::Text),
            (b"X\0H\0,\0\x0d\x4e\n\0", Family::Text),
            (b"\0X\0H\0,\x4e\x0d\0\n", Family::Text),
            (b"a\0b\x01", Family::Other(LooksLike::Unknown)),
            (b"\0\0\0\0\0\0,\0", Family::Other(LooksLike::Unknown)),
            (b"XH,XM\n\x1f0012,Zhang\n\x1a", Family::Text),
        ];
        for (head, expected) in table {
            assert_eq!(family(head), expected, "{head:?}");
        }
    }
}
