//! Invisible characters: of no width, for the direction of writing, control signs that programs leave.
//!
//! They are copied with text from web pages and chats, or were written by a business system. A number with one of them
//! looks like the number without it, but programs take it for another one.

use std::borrow::Cow;

/// Whether the character is invisible. White space, tabs and line ends do not count as invisible.
pub fn is_unseen(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\0'..='\u{9f}' => !c.is_whitespace(),
        '\u{4e00}'..='\u{9fff}' => false,
        _ => matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'),
    }
}

/// The text without invisible characters.
pub fn without_unseen(text: &str) -> Cow<'_, str> {
    match text.contains(is_unseen) {
        true => Cow::Owned(text.chars().filter(|c| !is_unseen(*c)).collect()),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_goes() {
        for unseen in [
            '\u{200b}',
            '\u{200f}',
            '\u{202e}',
            '\u{2064}',
            '\u{fe0f}',
            '\u{ad}',
            '\u{feff}',
            '\u{1f}',
            '\u{7f}',
            '\u{e0100}',
        ] {
            assert!(is_unseen(unseen), "{unseen:?}");
            assert_eq!(without_unseen(&format!("20{unseen}24")), "2024");
        }
        for seen in [' ', '\t', '\n', '\r', '\u{3000}', '\u{a0}', 'A', '学', '·', '𠮷', '\u{fffd}', '\u{e863}', '😀']
        {
            assert!(!is_unseen(seen), "{seen:?}");
        }
    }
}
