//! A text does not match the printed expression.
//!
//! **Why**: school codes, credit codes and keys have a fixed form that the receiver checks. **Source**: the notes; the
//! facts write them as regular expressions.
//!
//! Coded fields are left to `code`: their lists say more. What would be right is suggested where blanks, full-width or
//! small letters, or the letters O, I and l in the place of digits are all that is wrong.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::pattern::read;

pub(super) const CHECK: Check = Check {
    rule: "format",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    concerns: |prepared| prepared.pattern.is_some() && !matches!(prepared.field.kind, Kind::Code | Kind::Codes),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let pattern = cell.prepared.pattern.as_ref()?;
    if pattern.is_match(cell.value) {
        return None;
    }
    let suggestion = read(pattern, cell.value).value();
    Some(Problem::new(Words::phrase("finding.pattern").with("expected", cell.expected())).suggest(suggestion))
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
            |suggestion: &str| format!("mandatory format “{{value}}”不符合规定的写法。填 10 位数字。{suggestion}");
        let eighteen = |suggestion: &str| {
            format!(
                "mandatory format “{{value}}”不符合规定的写法。填 18 位数字和大写字母，其中没有 I、O、S、V、Z。{suggestion}"
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
                "mandatory format “{value}”不符合规定的写法。填网址，如 https://www.example.edu.cn。".to_owned(),
            ),
            (&own, "AC", "mandatory format “{value}”不符合规定的写法。".to_owned()),
        ] {
            check(field, value, &expect);
        }
    }
}
