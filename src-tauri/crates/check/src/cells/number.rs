//! A number is not written as a number.
//!
//! **Why**: numbers are sent as JSON numbers; text in their place makes the receiver drop the row. **Source**: the
//! column 类型, `N` and `M`.
//!
//! Digits are counted and moved as text, never through floating point. A value is suggested where the text allows only
//! one: full-width digits, thousands separators, the field's own unit, `+`, zeros in front. A minus is accepted: the
//! standard prints no lower limits.
//!
//! Confirm instead of mandatory where the printed type is in doubt ([`crate::doubt::type_is_open`]: a number that is
//! printed as text), and for decimals where halves are true ([`crate::doubt::has_true_halves`]).

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;
use crate::join;
use crate::normalise;
use crate::reading::fold::{fold, is_digits};
use crate::reading::number::Number;

pub(super) const CHECK: Check = Check {
    rule: "type",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| matches!(prepared.field.kind, Kind::Integer | Kind::Decimal),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let field = cell.field();
    let whole = field.kind == Kind::Integer;
    if Number::parse(cell.value).is_some_and(|number| !whole || number.fraction.is_empty()) {
        return None;
    }
    let suggestion = normalise::read(cell.prepared, cell.value).and_then(crate::reading::Reading::value);
    let folded = fold(cell.value);
    let decimals = whole && Number::parse(cell.value).is_some();
    let open = doubt::type_is_open(field);
    let words = if decimals && suggestion.is_none() && (open || doubt::has_true_halves(field)) {
        return Some(Problem::new(Words::phrase("finding.number.halves")).confirm_if(true));
    } else if is_scientific(&folded) {
        Words::phrase("finding.number.scientific")
    } else {
        let faults = faults(cell, &folded);
        let words = match faults.is_empty() {
            true if whole => Words::phrase("finding.number.not-whole"),
            true => Words::phrase("finding.number.none"),
            false => Words::phrase("finding.number.writing").with("faults", join::clauses(faults)),
        };
        words.with("expected", cell.expected())
    };
    let open = open && suggestion.is_none() && !is_scientific(&folded);
    Some(Problem::new(words).suggest(suggestion).confirm_if(open))
}

/// Why the text is not a number in stored form; empty if it has no digit.
fn faults(cell: &Cell<'_>, folded: &str) -> Vec<Words> {
    if !folded.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let mut faults: Vec<Words> = Vec::new();
    let mut add = |holds: bool, fault: Words| {
        if holds {
            faults.push(fault);
        }
    };
    let (before, digits) = (cell.value, folded.trim_start_matches(['-', '+']));
    add(before.chars().any(|c| ('０'..='９').contains(&c)), Words::phrase("number.half-width"));
    add(folded.contains(',') || digits.contains(' '), Words::phrase("number.no-groups"));
    add(folded.contains('%'), Words::phrase("number.no-percent"));
    add(folded.starts_with('+'), Words::phrase("number.no-plus"));
    add(
        folded.ends_with('万') || folded.ends_with('亿') || folded.contains("万元"),
        Words::phrase("number.no-myriads"),
    );
    let superfluous = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    add(superfluous, Words::phrase("number.no-zeros"));
    if let Some(unit) = cell.field().unit.as_deref().filter(|unit| *unit != "%" && folded.contains(*unit)) {
        add(true, Words::phrase("number.no-unit").with("unit", unit));
    } else {
        let letters = folded.trim_end_matches(['万', '亿']);
        add(letters.contains(|c: char| c.is_alphabetic() || c == '¥'), Words::phrase("number.digits-only"));
    }
    let number = Number::parse(folded).is_some_and(|n| !n.fraction.is_empty());
    add(cell.field().kind == Kind::Integer && number, Words::phrase("number.whole"));
    faults
}

/// `1.23E+11`.
fn is_scientific(folded: &str) -> bool {
    let (number, power) = folded.split_once(['E', 'e']).unwrap_or((folded, ""));
    is_digits(power.trim_start_matches(['+', '-'])) && Number::parse(number).is_some()
}

#[cfg(test)]
mod tests {
    use standard::{DoubtKind, Field, Kind};

    use crate::testing::{check, doubts, field};

    #[test]
    fn whole_numbers() {
        let count = Field { unit: Some("学时".into()), ..field("KSS", Kind::Integer) };
        for (value, expect) in [
            ("36", ""),
            ("0", ""),
            ("-3", ""),
            ("３６", "mandatory type “{value}”写法不对：数字要用半角。填整数，单位“学时”不用写。 → 36"),
            ("1,200", "mandatory type “{value}”写法不对：不要写千分位或空格。填整数，单位“学时”不用写。 → 1200"),
            ("+36", "mandatory type “{value}”写法不对：不要写加号。填整数，单位“学时”不用写。 → 36"),
            ("036", "mandatory type “{value}”写法不对：前面不要补 0。填整数，单位“学时”不用写。 → 36"),
            ("36学时", "mandatory type “{value}”写法不对：不要写单位“学时”。填整数，单位“学时”不用写。 → 36"),
            ("36节", "mandatory type “{value}”写法不对：只留数字。填整数，单位“学时”不用写。"),
            ("50%", "mandatory type “{value}”写法不对：不要写百分号。填整数，单位“学时”不用写。"),
            ("36.5", "mandatory type “{value}”写法不对：要整数，不要小数。填整数，单位“学时”不用写。"),
            ("36.0", "mandatory type “{value}”写法不对：要整数，不要小数。填整数，单位“学时”不用写。 → 36"),
            ("1.2万", "mandatory type “{value}”写法不对：要换算成完整的数。填整数，单位“学时”不用写。 → 12000"),
            ("三十六", "mandatory type “{value}”不是整数。填整数，单位“学时”不用写。 → 36"),
            ("无", "mandatory placeholder “{value}”表示没有内容。没有数据就空着。 → "),
            ("1.2E+10", "mandatory type “{value}”是 Excel 的科学计数写法，后面的位数可能已经丢了，请按原始材料重填。"),
        ] {
            check(&count, value, expect);
        }
    }

    #[test]
    fn decimals() {
        let share =
            Field { unit: Some("%".into()), precision: Some(20), scale: Some(2), ..field("CQL", Kind::Decimal) };
        for (value, expect) in [
            ("95.5", ""),
            ("100", ""),
            ("95.5%", "mandatory type “{value}”写法不对：不要写百分号。填数字，小数最多 2 位，单位“%”不用写。 → 95.5"),
            (".5", "mandatory type “{value}”不是数字。填数字，小数最多 2 位，单位“%”不用写。 → 0.5"),
            ("九成", "mandatory type “{value}”不是数字。填数字，小数最多 2 位，单位“%”不用写。"),
        ] {
            check(&share, value, expect);
        }
        let required = Field { required: true, ..share };
        check(&required, "无", "mandatory required 必填，尚未填写。填数字，小数最多 2 位，单位“%”不用写。");
    }

    #[test]
    fn a_doubt_about_the_type_and_true_halves_ask_to_confirm() {
        let halves = "confirm type “{value}”有小数，标准在这里没有印小数位。请按学校统一的口径取整（如半天计 1 天），或核实后说明情况。";
        let days = Field { title: "请假天数".into(), ..field("QJTS", Kind::Integer) };
        let mean = Field { doubts: doubts(DoubtKind::Type), ..field("ZHPJ", Kind::Integer) };
        let people = field("RS", Kind::Integer);
        for (field, value, expect) in [
            (&days, "0.5", halves),
            (&days, "1.5", halves),
            (&days, "1.0", "mandatory type “{value}”写法不对：要整数，不要小数。填整数。 → 1"),
            (&days, "半天", "mandatory type “{value}”不是整数。填整数。"),
            (&mean, "88.5", halves),
            (&mean, "良好", "confirm type “{value}”不是整数。填整数。"),
            (&people, "0.5", "mandatory type “{value}”写法不对：要整数，不要小数。填整数。"),
        ] {
            check(field, value, expect);
        }
    }
}
