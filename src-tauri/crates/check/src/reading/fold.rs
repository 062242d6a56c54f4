//! Blanks around a text, and full-width characters as Chinese input methods type them.

use std::borrow::Cow;

use standard::is_unseen;

/// The text without outer blanks: white space of every script, and the invisible characters that copying from web
/// pages and exports leaves behind.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// White space and invisible characters.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

/// Full-width letters, digits and signs as their plain forms, every dash as a hyphen, every blank as a space, without
/// outer blanks, invisible characters, and the apostrophe that marks text in Excel.
///
/// Only for codes, numbers and dates: free text keeps its full-width punctuation.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    let folded = match text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|c| !is_unseen(*c)).map(plain).collect()),
    };
    match folded.strip_prefix('\'') {
        Some(rest) => Cow::Owned(trim(rest).to_owned()),
        None => folded,
    }
}

/// One character in its plain form.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{ffe5}' => '¥',
        _ if is_blank(c) => ' ',
        _ => c,
    }
}

/// Whether a text consists of ASCII digits, at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A name without blanks, in plain width and lower case; 其它 is another writing of 其他.
pub(crate) fn bare_name(name: &str) -> String {
    let bare: String = fold(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if bare.contains("其它") { bare.replace("其它", "其他") } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_input_methods_type() {
        let table = [
            ("２０２６－０９－０１", "2026-09-01"),
            ("　ＡＢ１２ ", "AB12"),
            ("1—2", "1-2"),
            ("￥１，２００．５０", "¥1,200.50"),
            ("'007", "007"),
            ("\u{feff}3\u{200b}", "3"),
            ("2026\u{202d}-09\u{200b}-01", "2026-09-01"),
            ("00\u{1f}12", "0012"),
            ("制造业", "制造业"),
            ("", ""),
            ("'", ""),
        ];
        for (text, expect) in table {
            assert_eq!(fold(text), expect, "{text}");
        }
    }
}
