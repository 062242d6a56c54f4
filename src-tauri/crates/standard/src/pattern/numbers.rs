//! Numbers: ranges, not negative, a part within its whole, people who took part.

use super::sample::record;
use super::{Bound, Made, Place, Sql, listed, spoken};
use crate::rule::{RuleFault, fault};
use crate::{Field, Kind};

/// A number between two bounds, or on one side of a bound.
pub fn between(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [field] = place.exactly()?;
    let bound = |key: &str, bound: &Option<Bound>| match bound {
        None => Ok(None),
        Some(Bound::Number(number)) => Ok(Some(*number)),
        Some(Bound::Date(found)) => Err(fault(key, found, "a whole number")),
    };
    let (from, to) = (bound("from", &place.line.from)?, bound("to", &place.line.to)?);
    let value = format!("tb_number({})", field.column);
    let unit = field.unit.as_deref().unwrap_or_default();
    let (expect, words) = match (from, to) {
        (Some(from), Some(to)) if from < to => {
            let range = format!("不在{}到{}{unit}之间", spelled(from), spelled(to));
            (format!("{value} BETWEEN {from} AND {to}"), range)
        }
        (Some(from), None) => (format!("{value} >= {from}"), format!("小于{}{unit}", spelled(from))),
        (None, Some(to)) => (format!("{value} <= {to}"), format!("大于{}{unit}", spelled(to))),
        _ => return Err(fault("from", "no range", "from, to, or both with from below to")),
    };
    let (expect, words) = match place.line.or {
        None => (expect, words),
        Some(other) => (format!("{value} = {other} OR {expect}"), format!("{words}，也不是{}", spelled(other))),
    };
    let case = |number: i64| record(&[(&field.column, number.to_string())]);
    let bounds = [from, to].into_iter().flatten();
    let outside = [from.map(|from| from.saturating_sub(1)), to.map(|to| to.saturating_add(1))];
    Ok(Made {
        sql: Sql::Expect(expect),
        message: format!("{}{words}。", spoken(0, field)),
        reason: format!("{}一般不会{words}，请核对单位和位数。", field.title),
        basis: None,
        pass: bounds.chain(place.line.or).map(case).collect(),
        fail: outside.into_iter().flatten().map(case).collect(),
    })
}

/// A number as people read it: `5万`, `1亿`.
fn spelled(number: i64) -> String {
    match number {
        0 => "0".to_owned(),
        _ if number % 100_000_000 == 0 => format!("{}亿", number / 100_000_000),
        _ if number % 10_000 == 0 => format!("{}万", number / 10_000),
        _ => number.to_string(),
    }
}

/// A number that is not negative.
pub fn not_negative(place: &Place<'_>) -> Result<Made, RuleFault> {
    numbers(place)?;
    let [field] = place.exactly()?;
    let case = |number: &str| record(&[(&field.column, number.to_owned())]);
    Ok(Made {
        sql: Sql::Expect(format!("tb_number({}) >= 0", field.column)),
        message: format!("{}是负数。", spoken(0, field)),
        reason: "个数、金额和时长不可能是负数。".to_owned(),
        basis: None,
        pass: vec![case("0"), case("1")],
        fail: vec![case("-1")],
    })
}

/// A part is not above its whole.
pub fn not_above(place: &Place<'_>) -> Result<Made, RuleFault> {
    numbers(place)?;
    let [part, whole] = place.exactly()?;
    let (a, b) = (&part.column, &whole.column);
    let case = |part: &str, whole: &str| record(&[(a, part.to_owned()), (b, whole.to_owned())]);
    Ok(Made {
        sql: Sql::Expect(format!("tb_number({a}) <= tb_number({b})")),
        message: format!("{}大于{}。", spoken(0, part), spoken(1, whole)),
        reason: format!("{}是{}的一部分，不可能更大。", part.title, whole.title),
        basis: None,
        pass: vec![case("32", "64"), case("64", "64")],
        fail: vec![case("72", "64")],
    })
}

/// Numbers of people: somebody took part. Negative numbers are reported by another rule.
pub fn somebody_took_part(place: &Place<'_>) -> Result<Made, RuleFault> {
    let fields = numbers(place)?;
    let values: Vec<String> = fields.iter().map(|field| format!("tb_number({}) = 0", field.column)).collect();
    let said: Vec<String> = fields.iter().enumerate().map(|(at, field)| spoken(at, field)).collect();
    let case = |first: &str, others: &str| {
        let value = |at: usize| if at == 0 { first } else { others }.to_owned();
        let cells: Vec<(&str, String)> =
            fields.iter().enumerate().map(|(at, field)| (field.column.as_str(), value(at))).collect();
        record(&cells)
    };
    Ok(Made {
        sql: Sql::Expect(format!("NOT ({})", values.join(" AND "))),
        message: format!("{}：没有人参加。", listed(&said, "、")),
        reason: "开展过的活动至少有一人参加。".to_owned(),
        basis: None,
        pass: vec![case("30", "0"), case("30", "2")],
        fail: vec![case("0", "0")],
    })
}

fn numbers<'p, 'e>(place: &'p Place<'e>) -> Result<&'p [&'e Field], RuleFault> {
    let fields = place.some()?;
    match fields.iter().position(|field| !matches!(field.kind, Kind::Integer | Kind::Decimal)) {
        None => Ok(fields),
        Some(at) => Err(place.misfit(at, "a number")),
    }
}
