//! The name of a thing stops in the middle: `示例科技有限`, `软件技术（中外合作`.
//!
//! **Why**: the rest was lost in a cell or an export that is too narrow, and a thing under two names is counted twice.
//! **Source**: experience; no standard prints it. No company's name ends in the middle of its legal form, so that is to
//! be confirmed; a bracket that is not closed may be a slip, and is a hint. Names of which other records have more are
//! found by comparing records (`sets/cut`).

use standard::{Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::field::names_a_thing;
use crate::reading::fold::trim;

pub(super) const CHECK: Check = Check {
    rule: "unfinished",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| names_a_thing(&prepared.field),
    find,
};

/// Beginnings of legal forms with which a name ends that lost the rest, and the whole form. Longer ones come first.
const CUT_FORMS: [(&str, &str); 8] = [
    ("股份有限公", "股份有限公司"),
    ("股份有限", "股份有限公司"),
    ("有限责任公", "有限责任公司"),
    ("有限责任", "有限责任公司"),
    ("有限责", "有限责任公司"),
    ("有限公", "有限公司"),
    ("分公", "分公司"),
    ("有限", "有限公司"),
];

/// Opening and closing signs; the half-width and full-width ones of a pair stand for each other.
const PAIRS: [(&[char], &[char]); 4] =
    [(&['（', '('], &['）', ')']), (&['《'], &['》']), (&['“'], &['”']), (&['【', '['], &['】', ']'])];

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let text = trim(cell.value);
    if let Some((beginning, whole)) = CUT_FORMS.iter().find(|(beginning, _)| text.ends_with(beginning)) {
        let name = text.strip_suffix(beginning)?;
        let words = Words::phrase("finding.unfinished.form").with("end", *beginning);
        return Some(Problem::new(words).suggest(Some(format!("{name}{whole}"))));
    }
    let count = |signs: &[char]| text.chars().filter(|c| signs.contains(c)).count();
    let (open, close) = PAIRS.iter().find(|(open, close)| count(open) > count(close))?;
    let last = text.chars().rev().find(|c| open.contains(c))?;
    let words = Words::phrase("finding.unfinished.bracket")
        .with("open", last.to_string())
        .with("close", close.first()?.to_string());
    Some(Problem { level: Some(Level::Hint), ..Problem::new(words) })
}

#[cfg(test)]
mod tests {
    use standard::Kind;

    use crate::testing::{check, field};

    #[test]
    fn names_that_stop_in_the_middle() {
        let mut company = field("QYMC", Kind::Text);
        company.title = "企业名称".into();
        let form = |end: &str, whole: &str| format!("confirm unfinished 名称停在“{end}”，像是没有写完。 → {whole}");
        let bracket = |open: &str, close: &str| format!("hint unfinished “{open}”没有对应的“{close}”，像是没有写完。");
        for (text, expect) in [
            ("示例科技有限公司", String::new()),
            ("示例科技有限", form("有限", "示例科技有限公司")),
            ("示例科技股份有限", form("股份有限", "示例科技股份有限公司")),
            ("示例科技有限公司苏州分公", form("分公", "示例科技有限公司苏州分公司")),
            ("软件技术（中外合作", bracket("（", "）")),
            ("软件技术（中外合作)", String::new()),
            ("1)示例", String::new()),
            ("《钳工实训", bracket("《", "》")),
        ] {
            check(&company, text, &expect);
        }
    }
}
