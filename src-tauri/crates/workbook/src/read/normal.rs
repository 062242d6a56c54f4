//! Headings in the one form in which they are compared.

/// A heading without what does not matter: `＊ 学 号\n（必填）` and `学号(必填)` are one.
pub(crate) fn normal(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '*' | '＊' | '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '【' | '〔' => '(',
            '】' | '〕' => ')',
            _ => c,
        })
        .map(|c| match c {
            '[' => '(',
            ']' => ')',
            _ => c.to_ascii_uppercase(),
        })
        .collect()
}
