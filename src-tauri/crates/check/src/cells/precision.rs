//! A number has more digits than its field holds.
//!
//! **Why**: the receiver's column would cut or refuse it. **Source**: the column 长度 of decimals (`20,1`: twenty digits,
//! one of them behind the point), and for amounts of money the general rule of the standard: yuan with four decimals at
//! most.
//!
//! Nothing is rounded: zeros at the end, and the tail that a program leaves when it writes 96.3 as 96.299999999999997,
//! are all that a suggestion takes away.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::normalise;
use crate::reading::Reading;
use crate::reading::number::Number;

pub(super) const CHECK: Check = Check {
    rule: "precision",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.kind == Kind::Decimal && prepared.field.scale.is_some(),
    find,
};

/// Number of decimals of the smallest unit of money (0.01 yuan).
const FEN: usize = 2;

/// Largest number of digits before the point of an amount below a thousand yuan.
const SMALL: usize = 3;

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let field = cell.field();
    let number = Number::parse(cell.value)?;
    let scale = field.scale? as usize;
    if number.fraction.len() > scale {
        let words = match scale {
            0 => Words::phrase("finding.precision.whole"),
            _ => Words::phrase("finding.precision.decimals").with("most", scale),
        };
        let words = words.with("now", number.fraction.len());
        return Some(Problem::new(words).suggest(normalise::read(cell.prepared, cell.value).and_then(Reading::value)));
    }
    // The price of a cheap thing may be below one yuan; a salary, a project or a device that costs so little is
    // probably given in ten thousands of yuan.
    let below_one = number.whole == "0" && number.fraction.contains(|c| c != '0');
    if below_one && field.unit.as_deref().is_some_and(|unit| unit.starts_with('元')) {
        let problem = Problem::new(Words::phrase("finding.precision.yuan"));
        return Some(Problem { level: Some(Level::Hint), ..problem });
    }
    // An average may have parts of a fen; a small amount that has them is nearly always given in ten thousands of yuan.
    let is_small = number.whole.len() <= SMALL;
    let parts = number.fraction.get(FEN..).is_some_and(|parts| parts.contains(|c| c != '0'));
    if field.printed_type == 'M' && is_small && parts {
        let problem = Problem::new(Words::phrase("finding.precision.fen"));
        return Some(Problem { level: Some(Level::Hint), ..problem });
    }
    let most = (field.precision? as usize).saturating_sub(scale);
    let now = number.whole.len();
    let words = || Words::phrase("finding.precision.digits").with("now", now).with("most", most);
    (now > most).then(|| Problem::new(words()))
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn precision() {
        let mark = Field { precision: Some(5), scale: Some(1), ..field("CSCJ", Kind::Decimal) };
        let money = Field { printed_type: 'M', scale: Some(4), max_length: Some(10), ..field("LXJF", Kind::Decimal) };
        let pay = Field { scale: Some(2), unit: Some("元/月".into()), ..field("BC", Kind::Decimal) };
        for (field, value, expect) in [
            (&mark, "96.5", ""),
            (&mark, "9999.5", ""),
            (&mark, "-9999.5", ""),
            (&mark, "96.55", "mandatory precision “{value}”有 2 位小数，小数最多 1 位。"),
            (&mark, "96.50", "mandatory precision “{value}”有 2 位小数，小数最多 1 位。 → 96.5"),
            (&mark, "96.299999999999997", "mandatory precision “{value}”有 15 位小数，小数最多 1 位。 → 96.3"),
            (&mark, "12345", "mandatory precision “{value}”的整数部分有 5 位，最多 4 位数字。请核对单位和小数点。"),
            (&money, "12345.6789", ""),
            (&money, "4.67", ""),
            (&money, "4.6700", ""),
            (&money, "4.6732", "hint precision “{value}”有不到一分钱的零头。请核对单位：这里以元计，不以万元计。"),
            (&pay, "0.33", "hint precision “{value}”不到一元。请核对单位：这里以元计，不以万元计。"),
            (&pay, "0.00", ""),
            (&pay, "1.50", ""),
            (&money, "1.23456", "mandatory precision “{value}”有 5 位小数，小数最多 4 位。"),
        ] {
            check(field, value, expect);
        }
    }
}
