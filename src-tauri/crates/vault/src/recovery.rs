//! Recovery keys: a password that the program makes and a person writes down.
//!
//! Where a PC's key store keeps the key of a book, the book would be lost with that PC. Its key is then derived from a
//! recovery key, exactly as from a password, so that book and backups open on any PC with what was written down.
//!
//! A recovery key is 24 characters in six groups of four. 23 of them carry 115 random bits, which is more than can be
//! guessed; the last one is a check character, so that a misread character can be distinguished from a key of another
//! book. The characters are those of Crockford's Base32: digits and letters without I, L, O and U.

use std::fmt;

use zeroize::Zeroizing;

use crate::VaultError;

/// Crockford's Base32: no I, L, O and U, which are misread or misheard.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a key, the check character included.
const LENGTH: usize = 24;

/// Characters of a group.
const GROUP: usize = 4;

/// A recovery key as its characters, without the marks between the groups.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(Zeroizing<String>);

impl RecoveryKey {
    /// Makes a key. `random` fills a buffer with random bytes.
    pub fn new(random: impl FnOnce(&mut [u8])) -> RecoveryKey {
        let mut bytes = Zeroizing::new([0_u8; LENGTH - 1]);
        random(bytes.as_mut_slice());
        // 256 is a multiple of 32, so all characters are equally likely.
        let values = bytes.iter().map(|byte| usize::from(byte % 32));
        let mut text: Zeroizing<String> = Zeroizing::new(values.map(sign).collect());
        let last = check_sign(&text);
        text.push(last);
        RecoveryKey(text)
    }

    /// Reads a key as a person types it: in upper or lower case, with or without blanks and hyphens, with O for 0 and I
    /// or L for 1. `None`: the text is not a recovery key. An error: it has the form of one, but its check character
    /// says that it was mistyped.
    pub fn read(text: &str) -> Option<Result<RecoveryKey, VaultError>> {
        let mut key = Zeroizing::new(String::with_capacity(LENGTH));
        for typed in text.chars().filter(|typed| !typed.is_whitespace() && !matches!(typed, '-' | '－' | '–' | '—'))
        {
            let typed = match typed {
                // Full-width letters and digits of a Chinese input method.
                '！'..='～' => char::from_u32(u32::from(typed) - 0xFEE0)?,
                typed => typed,
            };
            let typed = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                typed => typed,
            };
            value(typed)?;
            key.push(typed);
        }
        if key.len() != LENGTH {
            return None;
        }
        let (start, last) = key.split_at(LENGTH - 1);
        if !last.starts_with(check_sign(start)) {
            return Some(Err(VaultError::MistypedRecoveryKey));
        }
        Some(Ok(RecoveryKey(key)))
    }

    /// The text that the key of a book is derived from.
    pub fn passphrase(&self) -> &str {
        &self.0
    }

    /// The six groups, in order.
    pub fn groups(&self) -> Vec<&str> {
        // Every character is one byte.
        (0..LENGTH / GROUP).map(|group| &self.0[group * GROUP..(group + 1) * GROUP]).collect()
    }
}

impl fmt::Display for RecoveryKey {
    /// As a person writes it down: groups of four with hyphens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups().join("-"))
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(***)")
    }
}

fn sign(value: usize) -> char {
    char::from(SIGNS[value % SIGNS.len()])
}

fn value(sign: char) -> Option<usize> {
    SIGNS.iter().position(|&known| char::from(known) == sign)
}

/// The check character of the others: the sum of their values, each times its place counted from one, with odd factors
/// so that every single wrong character changes it.
fn check_sign(key: &str) -> char {
    let sum: usize = key.chars().enumerate().filter_map(|(place, c)| Some(value(c)? * (2 * place + 1))).sum();
    sign(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> RecoveryKey {
        RecoveryKey::new(|bytes| bytes.iter_mut().enumerate().for_each(|(i, byte)| *byte = (i * 37 + 11) as u8))
    }

    #[test]
    fn a_key_is_read_as_people_type_it() {
        let key = key();
        let written = key.to_string();
        assert_eq!(written.len(), 29, "{written}");
        let wide: String = written.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
        for typed in [
            written.clone(),
            written.to_lowercase(),
            written.replace('-', ""),
            written.replace('-', " "),
            format!("  {} ", written.replace('0', "o").replace('1', "l")),
            wide,
        ] {
            assert_eq!(RecoveryKey::read(&typed), Some(Ok(key.clone())), "{typed}");
        }
    }

    #[test]
    fn every_single_wrong_character_is_noticed() {
        let text = key().passphrase().to_owned();
        for place in 0..LENGTH {
            for other in SIGNS.iter().map(|&s| char::from(s)).filter(|&s| text.chars().nth(place) != Some(s)) {
                let mut typed: Vec<char> = text.chars().collect();
                typed[place] = other;
                let typed: String = typed.into_iter().collect();
                assert_eq!(RecoveryKey::read(&typed), Some(Err(VaultError::MistypedRecoveryKey)), "{typed}");
            }
        }
    }

    #[test]
    fn a_password_is_no_recovery_key() {
        for text in
            ["", "correct horse battery st", "口令", "0123-4567", &"0".repeat(25), "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU"]
        {
            assert_eq!(RecoveryKey::read(text), None, "{text}");
        }
    }

    #[test]
    fn debug_output_does_not_show_it() {
        assert_eq!(format!("{:?}", key()), "RecoveryKey(***)");
    }
}
