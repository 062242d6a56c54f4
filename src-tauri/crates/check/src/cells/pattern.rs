//! A text does not match the printed expression.
//!
//! **Why**: school codes, credit codes and keys have a fixed form that the receiver checks. **Source**: the notes; the
//! facts write them as regular expressions.
//!
//! A company abroad has no unified social credit code, and the standard does not say what to fill in then. A text that
//! is not similar to a credit code is therefore to be confirmed, so that the college can say whose number it is.
//!
//! Coded fields are left to `code`, because their list is stricter than the expression. What would be right is
//! suggested where blanks, full-width or small letters, or the letters O, I and l instead of digits are all that is
//! wrong.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::field::PreparedField;
use crate::identifiers;
use crate::reading::fold::fold;
use crate::reading::pattern::read;
use crate::reading::placeholder;

pub(super) const CHECK: Check = Check {
    rule: "format",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.pattern.is_some() && !matches!(prepared.field.kind, Kind::Code | Kind::Codes),
    find,
};

/// The form of a unified social credit code, as the facts write it.
const CREDIT_CODE: &str = "^[0-9A-HJ-NPQRTUWXY]{18}$";

/// Whether the field holds unified social credit codes.
pub(super) fn is_credit_code(prepared: &PreparedField) -> bool {
    prepared.field.pattern.as_deref() == Some(CREDIT_CODE)
}

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let pattern = cell.prepared.pattern.as_ref()?;
    if pattern.is_match(cell.value) {
        return None;
    }
    let suggestion = read(pattern, cell.value).value();
    if is_credit_code(cell.prepared) && suggestion.is_none() && may_be_from_abroad(cell.value) {
        return Some(Problem::new(Words::phrase("finding.pattern.abroad")).confirm_if(true));
    }
    Some(Problem::new(Words::phrase("finding.pattern").with("expected", cell.expected())).suggest(suggestion))
}

/// Whether a text instead of a credit code may be what a company abroad has: nothing, or the number of another
/// country's register. A text that is nearly as long as a credit code is one with a mistake, and nine characters with
/// the right check character are the older organisation code.
fn may_be_from_abroad(text: &str) -> bool {
    let bare: String = fold(text).chars().filter(|c| !matches!(c, '-' | ' ' | '.' | '/')).collect();
    let is_domestic = (15..=21).contains(&bare.len()) || identifiers::is_organisation_code(&bare);
    let is_number = bare.bytes().any(|b| b.is_ascii_digit()) && bare.bytes().all(|b| b.is_ascii_alphanumeric());
    placeholder::is_placeholder(text) || text.contains("境外") || text.contains("国外") || (is_number && !is_domestic)
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

    #[test]
    fn a_company_abroad_asks_to_confirm() {
        let firm = Field { pattern: Some(super::CREDIT_CODE.into()), required: true, ..field("QYJGDM", Kind::Text) };
        let abroad = "confirm format “{value}”不是统一社会信用代码。境外企业没有这个代码，标准也没有写明这时填什么：请先问学校的数据中心或部里的\
                      技术支持，按答复填写，并在这里说明是哪个国家（地区）的企业、填的是什么号码。境内企业请填 18 位代码。";
        for value in ["无", "/", "境外企业", "HRB 12345", "0105536041974", "201912345K"] {
            check(&firm, value, abroad);
        }
        for value in ["320500000012345", "91320500MA1X2Y3Z4", "40000062-4", "某某公司"] {
            check(
                &firm,
                value,
                "mandatory format “{value}”不符合规定的写法。填 18 位数字和大写字母，其中没有 I、O、S、V、Z。",
            );
        }
    }
}
