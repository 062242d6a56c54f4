//! A text or a number is longer than its field.
//!
//! **Why**: the receiver drops or cuts it. **Source**: the column 长度, and stricter limits in the notes.
//!
//! Length counts characters (Unicode scalar values): a Chinese character, a letter and a line break count one each. Of
//! numbers the digits count, not sign and point; a number printed as text (`C`) counts whole. Codes, dates and texts
//! with an expression have a fixed form, which other checks look at.
//!
//! Confirm instead of mandatory where the printed length may be a misprint ([`crate::doubt::length_is_open`]), and for
//! names of people: a name on a passport cannot be shortened, and whether the standard counts characters or bytes is
//! not printed.

use standard::{Field, Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;
use crate::reading::fold;
use crate::reading::number::Number;

pub(super) const CHECK: Check = Check {
    rule: "length",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| {
        let kind = prepared.field.kind;
        let text = matches!(kind, Kind::Text | Kind::LongText | Kind::Url | Kind::Json | Kind::Codes);
        let number = matches!(kind, Kind::Integer | Kind::Decimal);
        let fixed = prepared.pattern.is_some() && kind != Kind::Url;
        prepared.field.length_limit().is_some() && (number || (text && !fixed))
    },
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let field = cell.field();
    let limit = field.length_limit()? as usize;
    if matches!(field.kind, Kind::Integer | Kind::Decimal) {
        let number = Number::parse(cell.value)?;
        let digits =
            if field.printed_type == 'C' { cell.value.len() } else { number.whole.len() + number.fraction.len() };
        let words = || Words::phrase("finding.length.digits").with("now", digits).with("most", limit);
        let open = doubt::length_is_open(field);
        return (digits > limit).then(|| Problem::new(words()).confirm_if(open));
    }
    // A text never has more characters than bytes, so most texts need no counting.
    if cell.value.len() <= limit {
        return None;
    }
    let (length, bare) = (cell.value.chars().count(), fold::trim(cell.value));
    let bare_fits = length > limit && bare.chars().count() <= limit;
    if length <= limit {
        return None;
    }
    let (open, name) = (doubt::length_is_open(field), is_name_of_a_person(field));
    let words = match (open, name) {
        (true, _) => Words::phrase("finding.length.open"),
        (false, true) => Words::phrase("finding.length.name"),
        (false, false) => Words::phrase("finding.length.text"),
    };
    let words = words.with("now", length).with("most", limit).with("over", length - limit);
    let problem = Problem::new(words).confirm_if((open || name) && !bare_fits);
    Some(problem.suggest(bare_fits.then(|| bare.to_owned())))
}

/// Whether the field holds the name of one person; several names in one field have a separator.
fn is_name_of_a_person(field: &Field) -> bool {
    field.kind == Kind::Text && field.separator.is_none() && field.title.contains("姓名")
}

#[cfg(test)]
mod tests {
    use standard::{DoubtKind, Field, Kind};

    use crate::testing::{check, doubts, field};

    #[test]
    fn a_misprinted_length_and_a_long_name_ask_to_confirm() {
        let major = Field {
            max_length: Some(2),
            required: true,
            doubts: doubts(DoubtKind::Length),
            ..field("SSZY", Kind::Text)
        };
        check(
            &major,
            "机电技术应用",
            "confirm length 现在 6 个字，标准印的长度是 2，可能是误印。请核实后说明情况，不必为此删字。",
        );
        check(&major, "", "mandatory required 必填，尚未填写。");
        let other = Field { doubts: doubts(DoubtKind::Type), ..major };
        check(&other, "机电技术应用", "mandatory length 太长了：现在 6 个字，最多 2 个字，请删去 4 个字。");
        let name = Field { max_length: Some(36), title: "学生姓名".into(), ..field("XSXM", Kind::Text) };
        check(
            &name,
            &"A".repeat(41),
            "confirm length 姓名太长了：现在 41 个字，标准印的是最多 36 个字。请去掉括号里的说明和多余的空格；外国人姓名可以按护照机读区的顺序填前 36 \
             个字符，少数民族姓名以身份证件为准。确实这样长的，请说明情况。",
        );
    }

    #[test]
    fn length() {
        let name = Field { max_length: Some(4), ..field("XM", Kind::Text) };
        let note = Field { max_length: Some(6), max_chars: Some(3), ..field("MS", Kind::LongText) };
        let count = Field { max_length: Some(3), ..field("RS", Kind::Integer) };
        let money = Field { printed_type: 'M', scale: Some(4), max_length: Some(6), ..field("JE", Kind::Decimal) };
        let speed = Field { printed_type: 'C', max_length: Some(5), ..field("SL", Kind::Decimal) };
        let key = Field { max_length: Some(3), pattern: Some("^[0-9]{3}$".into()), ..field("DM", Kind::Text) };
        for (field, value, expect) in [
            (&name, "欧阳小明", ""),
            (&name, "𠮷野家吗", ""),
            (&name, "欧阳小小明", "mandatory length 太长了：现在 5 个字，最多 4 个字，请删去 1 个字。"),
            (&name, "欧阳小明 ", "mandatory length 太长了：现在 5 个字，最多 4 个字，请删去 1 个字。 → 欧阳小明"),
            (&note, "四个字呢", "mandatory length 太长了：现在 4 个字，最多 3 个字，请删去 1 个字。"),
            (&count, "-999", ""),
            (&count, "1000", "mandatory length “{value}”有 4 位，最多 3 位数字。请核对单位和小数点。"),
            (&money, "1234.56", ""),
            (&money, "12345.67", "mandatory length “{value}”有 7 位，最多 6 位数字。请核对单位和小数点。"),
            (&speed, "100.5", ""),
            (&speed, "1000.5", "mandatory length “{value}”有 6 位，最多 5 位数字。请核对单位和小数点。"),
            (&key, "1234", "mandatory format “{value}”不符合规定的写法。填 3 位数字。"),
        ] {
            check(field, value, expect);
        }
    }
}
