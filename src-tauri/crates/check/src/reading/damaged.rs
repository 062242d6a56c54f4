//! Texts that some program damaged: characters of private use, replacement characters, and text that was read in
//! another encoding than it was written in.

use std::collections::HashSet;
use std::sync::LazyLock;

use encoding_rs::{GBK, WINDOWS_1252};
use standard::character_of_private_use;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Damage {
    /// Characters that mean something only with one font: which, and the text with their Unicode characters where all
    /// of them are known.
    PrivateUse(String, Option<String>),
    /// A character was lost and U+FFFD, or what is not a character, stands in its place.
    Lost,
    /// Read in another encoding than it was written in; the text as it was, where it can be told.
    Mojibake(Option<String>),
}

/// What is wrong with a text; `None` for a sound one. Most texts are told by one look at each of their characters.
pub(crate) fn damage(text: &str) -> Option<Damage> {
    if text.is_ascii() {
        return None;
    }
    let mut private = String::new();
    let (mut lost, mut latin, mut longest) = (false, 0, 0);
    for c in text.chars() {
        latin = if is_latin(c) && (latin > 0 || is_accented(c)) { latin + 1 } else { 0 };
        longest = longest.max(latin);
        match c {
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' if !is_no_character(c) => private.push(c),
            '\u{fffd}' => lost = true,
            _ => lost |= is_no_character(c),
        }
    }
    if REPLACED.iter().any(|known| text.contains(known)) {
        return Some(Damage::Mojibake(None));
    }
    // No language writes so many accented letters in a row.
    if longest >= 3 {
        return Some(Damage::Mojibake(of_latin(text)));
    }
    if lost {
        return Some(Damage::Lost);
    }
    if !private.is_empty() {
        let whole =
            text.chars().map(|c| if private.contains(c) { character_of_private_use(c) } else { Some(c) }).collect();
        return Some(Damage::PrivateUse(private, whole));
    }
    of_chinese(text).map(Damage::Mojibake)
}

/// What programs fill memory and lost characters with, read as GBK.
const REPLACED: [&str; 3] = ["锟斤拷", "烫烫烫", "屯屯屯"];

fn is_no_character(c: char) -> bool {
    (c as u32) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// A sign that a byte from 0x80 on is in the encoding of Western Windows.
fn is_latin(c: char) -> bool {
    matches!(
        c,
        '\u{80}'
            ..='\u{ff}'
                | 'Œ'
                | 'œ'
                | 'Š'
                | 'š'
                | 'Ÿ'
                | 'Ž'
                | 'ž'
                | 'ƒ'
                | 'ˆ'
                | '˜'
                | '–'
                | '—'
                | '‘'
                | '’'
                | '‚'
                | '“'
                | '”'
                | '„'
                | '†'
                | '‡'
                | '•'
                | '…'
                | '‰'
                | '‹'
                | '›'
                | '€'
                | '™'
    )
}

fn is_accented(c: char) -> bool {
    matches!(c, 'À'..='ÿ') && !matches!(c, '×' | '÷')
}

/// The Chinese text whose bytes were read as those of Western Windows.
fn of_latin(text: &str) -> Option<String> {
    let (bytes, _, lost) = WINDOWS_1252.encode(text);
    if lost {
        return None;
    }
    let utf8 = std::str::from_utf8(&bytes).ok().map(str::to_owned);
    let gbk = || GBK.decode_without_bom_handling_and_without_replacement(&bytes).map(|text| text.into_owned());
    utf8.or_else(gbk).filter(|text| text.chars().any(is_common_han))
}

/// The Chinese text whose bytes in UTF-8 were read as GBK: 寮犱笁 was 张三. The last character may be cut: then the text
/// cannot be told.
fn of_chinese(text: &str) -> Option<Option<String>> {
    let first = text.chars().find(|c| !c.is_ascii())?;
    if text.chars().filter(|c| !c.is_ascii()).count() < 3 || !begins_so(first) {
        return None;
    }
    let (bytes, _, lost) = GBK.encode(text);
    if lost {
        return None;
    }
    let is_chinese = |text: &str| text.chars().filter(|c| !c.is_ascii()).all(is_common_han);
    match std::str::from_utf8(&bytes) {
        Ok(whole) => is_chinese(whole).then(|| Some(whole.to_owned())),
        Err(error) => {
            let sound = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            let cut = bytes.len() - error.valid_up_to() < 4 && sound.chars().filter(|c| !c.is_ascii()).count() > 1;
            (cut && is_chinese(sound)).then_some(None)
        }
    }
}

fn is_common_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}')
}

/// Whether the first byte of the character in GBK is one with which Chinese characters begin in UTF-8.
fn begins_so(c: char) -> bool {
    static FIRST: LazyLock<HashSet<char>> = LazyLock::new(|| {
        let pairs = (0xe4..=0xe9u8).flat_map(|first| (0x80..=0xbfu8).map(move |second| [first, second]));
        pairs.filter_map(|pair| GBK.decode_without_bom_handling(&pair).0.chars().next()).collect()
    });
    FIRST.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_damage() {
        let table = [
            ("王\u{e863}", Damage::PrivateUse("\u{e863}".into(), Some("王䶮".into()))),
            ("钱\u{e5e5}", Damage::PrivateUse("\u{e5e5}".into(), None)),
            ("王\u{e81e}", Damage::PrivateUse("\u{e81e}".into(), Some("王龴".into()))),
            ("赵\u{fffd}明", Damage::Lost),
            ("鐜嬪皬鏄\u{fffd}", Damage::Lost),
            ("寮犱笁", Damage::Mojibake(Some("张三".into()))),
            ("鏉庡洓123", Damage::Mojibake(Some("李四123".into()))),
            ("å¼\u{a0}ä¸‰", Damage::Mojibake(Some("张三".into()))),
            ("ÕÅÈý", Damage::Mojibake(Some("张三".into()))),
            ("Ã¦Å\u{a0}", Damage::Mojibake(None)),
            ("鐜嬪皬鏄庢", Damage::Mojibake(None)),
            ("锟斤拷锟斤拷", Damage::Mojibake(None)),
        ];
        for (text, expected) in table {
            assert_eq!(damage(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn sound_texts() {
        for text in [
            "王小明",
            "阿卜杜拉·买买提",
            "José Müller",
            "温度±0.5℃",
            "Ø50×3",
            "“引号”—破折号…",
            "渔业",
            "浓溷",
            "𠮷野家",
            "㐂",
            "plain?",
            "锟",
            "2026—2027",
            "Café",
            "½ × ¾ ÷ ±°",
        ] {
            assert_eq!(damage(text), None, "{text}");
        }
    }
}
