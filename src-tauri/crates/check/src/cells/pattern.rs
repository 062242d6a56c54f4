//! A text does not match the printed expression.
//!
//! **Why**: school codes, credit codes and keys have a fixed form that the receiver checks. **Source**: the notes; the
//! facts write them as regular expressions.
//!
//! Coded fields are left to `code`: their lists say more. What would be right is suggested where blanks, full-width or
//! small letters, or the letters O, I and l in the place of digits are all that is wrong.

use regex::Regex;
use standard::{Kind, Level};

use super::{Cell, Check, LooksAt, Problem};
use crate::reading::Reading;
use crate::reading::fold::fold;

pub(super) const CHECK: Check = Check {
    rule: "format",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    concerns: |plan| plan.pattern.is_some() && !matches!(plan.field.kind, Kind::Code | Kind::Codes),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let pattern = cell.plan.pattern.as_ref()?;
    if pattern.is_match(cell.value) {
        return None;
    }
    let suggestion = read(pattern, cell.value).value();
    Some(Problem::new(format!("“{{value}}” 不符合规定的写法。{}", cell.expected())).suggest(suggestion))
}

/// Reads a text that an expression describes. Plain width, no blanks and capitals are certain; digits for letters that look
/// like them are likely.
pub(crate) fn read(pattern: &Regex, text: &str) -> Reading {
    if pattern.is_match(text) {
        return Reading::Certain(text.to_owned());
    }
    let folded = fold(text);
    let plain: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let capitals = plain.to_ascii_uppercase();
    if let Some(value) = [plain, capitals.clone()].into_iter().find(|value| pattern.is_match(value)) {
        return Reading::Certain(value);
    }
    let digits: String = capitals
        .chars()
        .filter(|c| *c != '-')
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    // Taking letters for digits says something only where few were taken.
    let taken = capitals.chars().filter(|c| matches!(c, 'O' | 'I' | 'L' | '-')).count();
    if taken <= 2 && pattern.is_match(&digits) { Reading::Likely(digits) } else { Reading::Unknown }
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn patterns() {
        let school = Field { pattern: Some("^[0-9]{10}$".into()), ..field("XXDM", Kind::Text) };
        let firm = Field { pattern: Some("^[0-9A-HJ-NPQRTUWXY]{18}$".into()), ..field("QYJGDM", Kind::Text) };
        let site = Field { pattern: Some("^https?://.+".into()), ..field("LJ", Kind::Url) };
        let own = Field { pattern: Some("^[AB]{2}$".into()), ..field("ZJ", Kind::Text) };
        let ten =
            |suggestion: &str| format!("mandatory format “{{value}}” 不符合规定的写法。填 10 位数字。{suggestion}");
        let eighteen = |suggestion: &str| {
            format!(
                "mandatory format “{{value}}” 不符合规定的写法。填 18 位数字和大写字母，其中没有 I、O、S、V、Z。{suggestion}"
            )
        };
        for (field, value, expect) in [
            (&school, "4111010001", String::new()),
            (&school, "411101000", ten("")),
            (&school, "４１１１０１０００１", ten(" → 4111010001")),
            (&school, "41110 10001", ten(" → 4111010001")),
            (&school, "411101OOO1", ten("")),
            (&school, "411101O001", ten(" → 4111010001")),
            (&firm, "12100000400000624D", String::new()),
            (&firm, "12100000400000624d", eighteen(" → 12100000400000624D")),
            (&firm, "I2100000400000624D", eighteen(" → 12100000400000624D")),
            (&firm, "12100000400000624DX", eighteen("")),
            (&site, "https://a.cn/x", String::new()),
            (
                &site,
                "www.a.cn",
                "mandatory format “{value}” 不符合规定的写法。填网址，如 https://www.example.edu.cn。".to_owned(),
            ),
            (&own, "AC", "mandatory format “{value}” 不符合规定的写法。".to_owned()),
        ] {
            check(field, value, &expect);
        }
    }
}
