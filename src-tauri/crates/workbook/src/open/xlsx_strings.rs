//! The texts that the cells of an .xlsx share, by their number. They are kept one behind the other in one piece, and
//! read only as far as they are asked for: the first rows of a workbook of any size need few of them.

use std::io::Read;

use super::xlsx_tags::{Tags, Token, attributes, decoded, unescaped};

/// The texts that were read so far.
#[derive(Default)]
pub(super) struct Strings {
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Whether these are all.
    complete: bool,
}

/// Why texts could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The part is not what it should be.
    Damaged,
    /// It holds more bytes than are kept.
    TooMany,
}

impl Strings {
    /// How many were read.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.texts.get(start..end)
    }

    /// A workbook without shared texts.
    pub(super) fn none() -> Strings {
        Strings { complete: true, ..Strings::default() }
    }

    /// Reads the part from its beginning until there are more than `most` texts; all of them where that is absent.
    pub(super) fn read(part: impl Read, most: Option<usize>, bytes: u64) -> Result<Strings, Broken> {
        let mut strings = Strings::default();
        let mut tags = Tags::new(part);
        let (mut one, mut began) = (TextOf::default(), false);
        loop {
            match tags.next().map_err(|_| Broken::Damaged)? {
                Some(Token::Open { name: b"sst", empty, .. }) => {
                    began = true;
                    if empty {
                        break;
                    }
                }
                Some(Token::Open { name: b"si", empty: true, .. }) => strings.ends.push(strings.texts.len()),
                Some(Token::Close { name: b"si" }) => {
                    strings.texts.push_str(&one.text);
                    one = TextOf { text: std::mem::take(&mut one.text), ..TextOf::default() };
                    one.text.clear();
                    strings.ends.push(strings.texts.len());
                    if strings.texts.len() as u64 > bytes {
                        return Err(Broken::TooMany);
                    }
                }
                Some(Token::Close { name: b"sst" }) => break,
                Some(token) => one.take(&token).ok_or(Broken::Damaged)?,
                None => return Err(Broken::Damaged),
            }
            if most.is_some_and(|most| strings.ends.len() > most) {
                return Ok(strings);
            }
        }
        strings.complete = began;
        if began { Ok(strings) } else { Err(Broken::Damaged) }
    }
}

/// The text of one `si` or `is`: that of its pieces, without what says how it is read aloud.
#[derive(Default)]
pub(super) struct TextOf {
    pub(super) text: String,
    /// The piece at hand, while one is open.
    piece: Option<Piece>,
    aloud: bool,
}

#[derive(Default)]
struct Piece {
    text: String,
    keeps_blanks: bool,
}

impl TextOf {
    /// Takes what stands inside; absent where a text is not well-formed.
    pub(super) fn take(&mut self, token: &Token<'_>) -> Option<()> {
        match token {
            Token::Open { name: b"rPh", empty, .. } => self.aloud = !empty,
            Token::Close { name: b"rPh" } => self.aloud = false,
            Token::Open { name: b"t", attributes: inside, empty: false } if !self.aloud => {
                let keeps_blanks = attributes(inside).any(|found| found == (b"xml:space", b"preserve"));
                self.piece = Some(Piece { text: String::new(), keeps_blanks });
            }
            Token::Close { name: b"t" } => {
                if let Some(piece) = self.piece.take() {
                    let text = match piece.keeps_blanks {
                        true => piece.text.as_str(),
                        false => piece.text.trim_matches([' ', '\t', '\r', '\n']),
                    };
                    unescaped(text, &mut self.text);
                }
            }
            Token::Text(bytes) => {
                if let Some(piece) = &mut self.piece {
                    decoded(bytes, &mut piece.text)?;
                }
            }
            Token::Verbatim(bytes) => {
                if let Some(piece) = &mut self.piece {
                    piece.text.push_str(std::str::from_utf8(bytes).ok()?);
                }
            }
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = r#"<?xml version="1.0"?><x:sst xmlns:x="m" count="9" uniqueCount="5"><x:si><x:t>王一</x:t></x:si><x:si/>
        <x:si><x:r><x:rPr><x:b/></x:rPr><x:t xml:space="preserve">a </x:t></x:r><x:r><x:t> b&amp;c </x:t></x:r>
        <x:rPh sb="0" eb="1"><x:t>wang</x:t></x:rPh></x:si><x:si><x:t> _x000D_ </x:t></x:si><x:si><x:t/></x:si></x:sst>"#;

    fn all(strings: &Strings) -> Vec<&str> {
        (0..strings.len()).filter_map(|at| strings.get(at)).collect()
    }

    #[test]
    fn texts_are_read_as_excel_shows_them() {
        let strings = Strings::read(PART.as_bytes(), None, 1_000).unwrap();
        assert_eq!(all(&strings), ["王一", "", "a b&c", "\r", ""]);
        assert!(strings.is_complete() && strings.get(5).is_none());
    }

    #[test]
    fn only_as_many_as_are_asked_for() {
        let strings = Strings::read(PART.as_bytes(), Some(1), 1_000).unwrap();
        assert_eq!((all(&strings), strings.is_complete()), (vec!["王一", ""], false));
    }

    #[test]
    fn what_is_broken_or_too_large_is_refused() {
        let read = |part: &str, bytes| Strings::read(part.as_bytes(), None, bytes).err();
        assert_eq!(read(PART, 5), Some(Broken::TooMany));
        assert_eq!(read(&PART[..200], 1_000), Some(Broken::Damaged));
        assert_eq!(read("<sst><si><t>&x;</t></si></sst>", 1_000), Some(Broken::Damaged));
        assert_eq!(read("", 1_000), Some(Broken::Damaged));
        assert_eq!(read("<sst/>", 1_000), None);
    }
}
