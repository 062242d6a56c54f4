//! The encoding of a text file, and its text in pieces.
//!
//! UTF-8 with or without a mark, UTF-16 as Excel's "Unicode text" has it, with or without a mark, else GB18030 as
//! Chinese Excel writes .csv. A file is looked through once to know its encoding.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::context::Context;
use super::shared::SharedFile;
use super::sniff;
use crate::{LooksLike, OpenError};

/// Bytes that are read at once. A row that is longer is read in larger pieces.
pub(super) const PIECE: usize = 256 * 1024;

/// The encoding of a file and the length of its mark. `workbook.encoding` with the first line that is in no known one.
pub(super) fn encoding(context: &Context, file: &SharedFile) -> Result<(&'static Encoding, u64), OpenError> {
    let mut head = Vec::new();
    let mut reader = file.clone();
    reader.rewind().map_err(|e| context.io(&e))?;
    reader.take(sniff::HEAD).read_to_end(&mut head).map_err(|e| context.io(&e))?;
    let (told, mark) = match head.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => (Some(UTF_8), 3),
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        _ => (sniff::wide(&head), 0),
    };
    let wrong = |line| OpenError::Encoding { file: context.file.clone(), line };
    if let Some(told) = told {
        return first_wrong(context, file, told, mark)?.map_or(Ok((told, mark)), |wrong_at| Err(wrong(wrong_at.line)));
    }
    match first_wrong(context, file, UTF_8, 0)? {
        None => Ok((UTF_8, 0)),
        // Text of another encoding is rarely valid UTF-8: this number of characters is not valid by chance.
        Some(at) if at.beyond_ascii >= 8 => Err(wrong(at.line)),
        Some(_) => first_wrong(context, file, GB18030, 0)?.map_or(Ok((GB18030, 0)), |at| Err(wrong(at.line))),
    }
}

/// Where a file is not in an encoding.
struct Wrong {
    /// Line from 1.
    line: u64,
    /// Characters beyond ASCII before it, counted up to some.
    beyond_ascii: usize,
}

/// Reads a file. One with a byte of zero is not a text.
fn first_wrong(
    context: &Context,
    file: &SharedFile,
    encoding: &'static Encoding,
    mark: u64,
) -> Result<Option<Wrong>, OpenError> {
    let mut decoding = Decoding::new(context, file.clone(), encoding, mark)?;
    let mut text = String::new();
    let (mut lines, mut returns, mut beyond_ascii) = (0, 0, 0);
    loop {
        text.clear();
        let step = decoding.step(context, PIECE, &mut text)?;
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Err(context.not_a_workbook(LooksLike::Unknown));
        }
        lines += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        if lines == 0 {
            returns += memchr::memchr_iter(b'\r', text.as_bytes()).count() as u64;
        }
        if beyond_ascii < 100 {
            beyond_ascii += text.chars().filter(|c| !c.is_ascii()).take(100).count();
        }
        match step {
            Step::More => {}
            Step::End => return Ok(None),
            // Old programs end lines with a carriage return alone.
            Step::Wrong => return Ok(Some(Wrong { line: lines.max(returns) + 1, beyond_ascii })),
        }
    }
}

/// How far the decoding is.
pub(super) enum Step {
    /// More text follows.
    More,
    /// The file has ended.
    End,
    /// The next bytes are not in the encoding.
    Wrong,
}

/// Decodes a file piece by piece.
pub(super) struct Decoding {
    file: SharedFile,
    decoder: Decoder,
    bytes: Vec<u8>,
}

impl Decoding {
    pub(super) fn new(
        context: &Context,
        mut file: SharedFile,
        encoding: &'static Encoding,
        mark: u64,
    ) -> Result<Self, OpenError> {
        file.seek(SeekFrom::Start(mark)).map_err(|e| context.io(&e))?;
        Ok(Decoding { file, decoder: encoding.new_decoder_without_bom_handling(), bytes: Vec::new() })
    }

    /// Adds the text of this number of further bytes.
    pub(super) fn step(&mut self, context: &Context, bytes: usize, text: &mut String) -> Result<Step, OpenError> {
        self.bytes.clear();
        let read = (&mut self.file).take(bytes as u64).read_to_end(&mut self.bytes).map_err(|e| context.io(&e))?;
        let last = read == 0;
        let most = self.decoder.max_utf8_buffer_length_without_replacement(read).unwrap_or(read * 3 + 16);
        text.reserve(most);
        let before = text.len();
        let (result, _) = self.decoder.decode_to_string_without_replacement(&self.bytes, text, last);
        if self.decoder.encoding() == GB18030 {
            without_private_use(text, before);
        }
        Ok(match result {
            DecoderResult::Malformed(..) => Step::Wrong,
            // Room for the longest text was made.
            DecoderResult::InputEmpty | DecoderResult::OutputFull if last => Step::End,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Step::More,
        })
    }
}

/// Puts the Unicode characters of GB 18030-2022 for those of private use behind `from`. All of these begin with one
/// byte in UTF-8.
fn without_private_use(text: &mut String, from: usize) {
    if memchr::memchr(0xee, &text.as_bytes()[from..]).is_some() {
        let known: String = text[from..].chars().map(|c| standard::character_of_private_use(c).unwrap_or(c)).collect();
        text.truncate(from);
        text.push_str(&known);
    }
}
