//! The text of a web address does not have the form of one.
//!
//! **Why**: the ministry's people follow these links. **Source**: fields whose notes ask for an address without
//! printing a form; therefore confirm. Where a form is printed, the check of expressions (`format`) applies.
//!
//! Any scheme is accepted (video streams have their own); without one a browser cannot distinguish an address from a
//! word.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::fold::{fold, is_blank};

pub(super) const CHECK: Check = Check {
    rule: "format",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.kind == Kind::Url && prepared.pattern.is_none(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    if is_address(cell.value) {
        return None;
    }
    let folded = fold(cell.value);
    let suggestion = is_address(&folded).then(|| folded.into_owned());
    Some(Problem::new(Words::phrase("finding.url")).suggest(suggestion))
}

/// Whether the text has a scheme and something behind it, and no blanks.
fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.is_empty()
        && !text.contains(is_blank)
}

#[cfg(test)]
mod tests {
    use standard::Kind;

    use crate::testing::{check, field};

    #[test]
    fn addresses() {
        let words = "confirm format “{value}”不像完整的网址。网址从 http:// 或 https:// 写起，中间没有空格，如 https://www.example.edu.cn。";
        for (value, suggestion) in [
            ("https://www.example.edu.cn/课程?id=1", None),
            ("rtsp://10.0.0.1/live.m3u8", None),
            ("www.example.edu.cn", Some("")),
            ("见教务处网站", Some("")),
            ("https://www.example.edu.cn/a b", Some("")),
            ("https：／／www.example.edu.cn", Some(" → https://www.example.edu.cn")),
            (" https://a.cn ", Some(" → https://a.cn")),
            ("://", Some("")),
        ] {
            let expect = suggestion.map_or_else(String::new, |s| format!("{words}{s}"));
            check(&field("DZ", Kind::Url), value, &expect);
        }
    }
}
