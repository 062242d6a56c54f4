//! The tags and texts of a part of a workbook, one after the other, in one forward pass: only what the readers of cells
//! and texts ask for, so a part of a gigabyte costs little more than finding its brackets.
//!
//! What is not well-formed is ignored as far as it does no harm; the readers refuse what they do not understand.

use std::io::{Error, Read, Result};

use memchr::{memchr, memmem};

/// The number of bytes that are read at a time.
const PIECE: usize = 256 * 1024;

/// Longest tag or text. A cell has room for 32,767 characters, each of them written as an entity at worst.
const LONGEST: usize = 8 * 1024 * 1024;

/// What comes next. Names are without their prefix.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A tag that opens, or with `empty` one that is closed at once.
    Open { name: &'a [u8], attributes: &'a [u8], empty: bool },
    /// A tag that closes.
    Close { name: &'a [u8] },
    /// Text as it is written, with its entities.
    Text(&'a [u8]),
    /// Text in which nothing is an entity.
    Verbatim(&'a [u8]),
}

/// Where a token lies in the buffer.
enum Found {
    Tag { from: usize, to: usize },
    Text { from: usize, to: usize },
    Verbatim { from: usize, to: usize },
}

/// Reads a part.
pub(super) struct Tags<R> {
    part: R,
    buffer: Vec<u8>,
    /// Bytes before this one are done with.
    at: usize,
    ended: bool,
}

impl<R: Read> Tags<R> {
    pub(super) fn new(part: R) -> Tags<R> {
        Tags { part, buffer: Vec::with_capacity(2 * PIECE), at: 0, ended: false }
    }

    /// The next token; absent at the end. An error where the part cannot be read, or ends within a tag.
    pub(super) fn next(&mut self) -> Result<Option<Token<'_>>> {
        let Some(found) = self.find()? else { return Ok(None) };
        Ok(Some(match found {
            Found::Text { from, to } => Token::Text(&self.buffer[from..to]),
            Found::Verbatim { from, to } => Token::Verbatim(&self.buffer[from..to]),
            Found::Tag { from, to } => tag(&self.buffer[from..to]),
        }))
    }

    fn find(&mut self) -> Result<Option<Found>> {
        loop {
            let rest = &self.buffer[self.at..];
            let start = self.at;
            let Some(first) = rest.first() else {
                if self.more()? {
                    continue;
                }
                return Ok(None);
            };
            if *first != b'<' {
                match memchr(b'<', rest) {
                    Some(length) => {
                        self.at += length;
                        return Ok(Some(Found::Text { from: start, to: self.at }));
                    }
                    None if self.more()? => continue,
                    None => {
                        // Looking for more has moved what was left to the front.
                        let from = std::mem::replace(&mut self.at, self.buffer.len());
                        return Ok(Some(Found::Text { from, to: self.at }));
                    }
                }
            }
            let (skip, end): (usize, &[u8]) = match rest.get(1) {
                Some(b'!') if rest.len() < 9 && !self.ended => {
                    self.more()?;
                    continue;
                }
                Some(b'!') if rest.starts_with(b"<!--") => (4, b"-->"),
                Some(b'!') if rest.starts_with(b"<![CDATA[") => (9, b"]]>"),
                Some(b'?') => (2, b"?>"),
                _ => (1, b">"),
            };
            let length = match end {
                [one] => memchr(*one, &rest[skip..]),
                _ => memmem::find(rest.get(skip..).unwrap_or_default(), end),
            };
            let Some(length) = length else {
                if self.more()? {
                    continue;
                }
                return Err(Error::other("a part that ends within a tag"));
            };
            let (from, to) = (start + skip, start + skip + length);
            self.at = to + end.len();
            match skip {
                9 => return Ok(Some(Found::Verbatim { from, to })),
                1 if self.buffer.get(from) != Some(&b'!') => return Ok(Some(Found::Tag { from, to })),
                _ => {}
            }
        }
    }

    /// Reads a further piece; whether there was one.
    fn more(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.buffer.len() - self.at > LONGEST {
            return Err(Error::other("a tag or a text without an end"));
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        self.buffer.resize(before + PIECE, 0);
        let read = self.part.read(&mut self.buffer[before..]);
        self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }
}

fn tag(inside: &[u8]) -> Token<'_> {
    if let Some(name) = inside.strip_prefix(b"/") {
        return Token::Close { name: local(name.trim_ascii_end()) };
    }
    let (empty, inside) = match inside.strip_suffix(b"/") {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    Token::Open { name: local(&inside[..end]), attributes: &inside[end..], empty }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|b| *b == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Attributes with their prefixes, and their values as they are written.
pub(super) fn attributes(mut rest: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let equals = memchr(b'=', rest)?;
        let (name, after) = (rest[..equals].trim_ascii(), rest[equals + 1..].trim_ascii_start());
        let (quote, after) = after.split_first()?;
        let end = memchr(*quote, after)?;
        rest = &after[end + 1..];
        Some((name, &after[..end]))
    })
}

/// A text of XML as it is meant: entities resolved, ends of lines as one sign. Absent where it is not well-formed.
pub(super) fn decoded(text: &[u8], into: &mut String) -> Option<()> {
    let text = std::str::from_utf8(text).ok()?;
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        into.push_str(text);
        return Some(());
    }
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'\r' {
            into.push('\n');
            rest = &rest[at + 1..];
            rest = rest.strip_prefix('\n').unwrap_or(rest);
            continue;
        }
        let (name, after) = rest[at + 1..].split_once(';')?;
        into.push(entity(name)?);
        rest = after;
    }
    into.push_str(rest);
    Some(())
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    })
}

/// Excel writes a sign that XML has no room for as `_x000D_`, and the text `_x000D_` as `_x005F_x000D_`.
pub(super) fn unescaped(text: &str, into: &mut String) {
    const LENGTH: usize = 7;
    let unit = |text: &str| {
        let digits = text.get(..LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let mut rest = text;
    while let Some(at) = memchr(b'_', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(first) = unit(rest) else {
            into.push('_');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[LENGTH..];
        let second = unit(rest).filter(|second| (0xD800..0xDC00).contains(&first) && (0xDC00..0xE000).contains(second));
        let units = [Some(first), second];
        rest = if second.is_some() { &rest[LENGTH..] } else { rest };
        into.extend(char::decode_utf16(units.into_iter().flatten()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns this number of bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
            let most = self.1.min(buffer.len());
            (&mut self.0).take(most as u64).read(buffer)
        }
    }

    const PART: &str =
        "<?xml version=\"1.0\"?><!DOCTYPE a><x:a b='1' x:c=\"2\"><!-- <d> -->e&amp;f<![CDATA[<g>]]></x:a><h />";

    fn said(piece: usize) -> Vec<String> {
        let mut tags = Tags::new(Slow(PART.as_bytes(), piece));
        let mut all = Vec::new();
        while let Some(token) = tags.next().unwrap() {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            all.push(match token {
                Token::Open { name, attributes: inside, empty } => {
                    let inside: Vec<_> = attributes(inside).map(|(n, v)| format!("{}={}", text(n), text(v))).collect();
                    format!("{}[{}]{}", text(name), inside.join(","), if empty { "/" } else { "" })
                }
                Token::Close { name } => format!("/{}", text(name)),
                Token::Text(bytes) => format!("'{}'", text(bytes)),
                Token::Verbatim(bytes) => format!("\"{}\"", text(bytes)),
            });
        }
        all
    }

    #[test]
    fn tags_and_texts_come_in_order_wherever_the_bytes_are_cut() {
        // A text that is cut by the end of a piece is still returned whole.
        for piece in [1, 2, 7, 10_000] {
            assert_eq!(said(piece), ["a[b=1,x:c=2]", "'e&amp;f'", "\"<g>\"", "/a", "h[]/"], "{piece}");
        }
    }

    #[test]
    fn entities_and_escapes_are_resolved() {
        let decode = |text: &str| {
            let mut into = String::new();
            decoded(text.as_bytes(), &mut into).map(|()| into)
        };
        assert_eq!(decode("a&lt;&#20013;&#x6587;&amp;\r\nb\rc"), Some("a<中文&\nb\nc".into()));
        for wrong in ["&nbsp;", "&", "&#xD800;", "&#0;"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
        let plain = |text: &str| {
            let mut into = String::new();
            unescaped(text, &mut into);
            into
        };
        let table =
            [("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_xD83D__xDCF7_", "📷"), ("_x12_中_", "_x12_中_")];
        for (text, meant) in table {
            assert_eq!(plain(text), meant);
        }
        assert_eq!(plain("_xD83D_"), "\u{fffd}");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300), piece in 1..50usize) {
            let mut tags = Tags::new(Slow(&bytes, piece));
            while let Ok(Some(token)) = tags.next() {
                if let Token::Open { attributes: inside, .. } = token {
                    attributes(inside).for_each(drop);
                }
            }
        }

        #[test]
        fn any_text_is_unescaped(text in any::<String>()) {
            unescaped(&text, &mut String::new());
            decoded(text.as_bytes(), &mut String::new());
        }
    }
}
