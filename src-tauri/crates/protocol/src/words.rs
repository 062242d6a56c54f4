//! Removes characters that must not be shown from the receiver's texts, which come from the network and reach
//! terminals, logs and mails.

/// A message is cut to this number of characters.
const MOST: usize = 300;

/// A code is cut to this number of characters.
const MOST_OF_CODE: usize = 40;

/// A message without signs that control a terminal or turn the direction of reading, on one line, shortened.
pub fn clean(text: &str) -> String {
    let visible = |c: char| if is_control(c) { if c.is_whitespace() { ' ' } else { '\u{0}' } } else { c };
    let mut out = String::new();
    let mut length = 0;
    for c in text.chars().map(visible).filter(|c| *c != '\u{0}') {
        let blank = c.is_whitespace();
        if blank && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        if length == MOST {
            out.push('…');
            break;
        }
        out.push(if blank { ' ' } else { c });
        length += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

/// A code as [`clean`], but shorter.
pub fn clean_code(code: &str) -> String {
    let code = clean(code);
    if code.chars().count() <= MOST_OF_CODE {
        return code;
    }
    code.chars().take(MOST_OF_CODE).chain(['…']).collect()
}

/// Characters that are not printed: control characters, marks of the direction of writing, invisible characters.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_on_one_line_and_short() {
        let check = |text: &str, expect: &str| assert_eq!(clean(text), expect, "{text:?}");
        check("令牌无效", "令牌无效");
        check("\u{1b}[2J\u{1b}]0;pwned\u{7}x", "[2J]0;pwnedx");
        check("ok\r\n数据已入库\t。", "ok 数据已入库 。");
        check("a\u{202e}b\u{2066}c\u{200b}", "abc");
        check("  \u{0}  ", "");
        let long = clean(&"字".repeat(10_000_000));
        assert_eq!(long.chars().count(), MOST + 1);
        assert!(long.ends_with('…'));
        assert_eq!(clean_code(&"9".repeat(99)).chars().count(), MOST_OF_CODE + 1);
        assert_eq!(clean_code("403\n"), "403");
    }
}
