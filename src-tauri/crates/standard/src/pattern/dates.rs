//! Dates: not after today, in order, within the scope of the table.

use super::sample::{day, record};
use super::{Bound, Made, Place, Sql, listed, spoken};
use crate::rule::{RuleFault, fault};
use crate::{Field, Kind};

/// Days before and after the day on which cases are tried.
const PAST: &str = "20261020";
const FUTURE: &str = "20271020";

/// Dates, or one month.
pub fn not_after_today(place: &Place<'_>) -> Result<Made, RuleFault> {
    let fields = place.some()?;
    if let Some(at) = fields.iter().position(|field| !is_day(field))
        && !(fields.len() == 1 && fields[0].kind == Kind::YearMonth)
    {
        return Err(place.misfit(at, "dates, or one month"));
    }
    let column = &fields[0].column;
    let (value, today, words) = match fields[0].kind {
        Kind::YearMonth => (format!("tb_month({column})"), "substr(tb_today(), 1, 6)", "本月"),
        _ => (format!("tb_date({column})"), "tb_today()", "今天"),
    };
    let said: Vec<String> = fields.iter().enumerate().map(|(at, field)| spoken(at, field)).collect();
    let mut message = format!("{}晚于{words}。", listed(&said, "或"));
    let mut fail = vec![record(&[(column, day(fields[0].kind, FUTURE))])];
    let expect = match (&place.line.from, fields) {
        (Some(Bound::Date(from)), [_]) if is_like(from, fields[0].kind) => {
            message = format!("{}晚于{words}或早于{}。", said[0], with_hyphens(from));
            fail.push(record(&[(column, day(fields[0].kind, "16000101"))]));
            format!("{value} BETWEEN '{from}' AND {today}")
        }
        (Some(from), _) => return Err(fault("from", &from.to_string(), "a day or a month, for one column")),
        (None, [_]) => format!("{value} <= {today}"),
        (None, _) => {
            let dates: Vec<String> = fields.iter().map(|f| format!("ifnull(tb_date({}), '')", f.column)).collect();
            fail = (0..fields.len()).map(|late| record(&cells(fields, |at| at == late))).collect();
            format!("max({}) <= {today}", dates.join(", "))
        }
    };
    Ok(Made {
        sql: Sql::Expect(expect),
        message,
        reason: format!("这里记录已经发生的事，不会晚于{words}。"),
        basis: None,
        pass: vec![record(&cells(fields, |_| false))],
        fail,
    })
}

/// A past day in every field, a future one where `is_late` says so.
fn cells<'f>(fields: &[&'f Field], is_late: impl Fn(usize) -> bool) -> Vec<(&'f str, String)> {
    let value = |at: usize, field: &Field| day(field.kind, if is_late(at) { FUTURE } else { PAST });
    fields.iter().enumerate().map(|(at, field)| (field.column.as_str(), value(at, field))).collect()
}

/// The first of two dates is not before the second (`after`), or not after it.
pub fn in_order(place: &Place<'_>, after: bool) -> Result<Made, RuleFault> {
    let [first, second] = place.exactly()?;
    for (at, field) in [first, second].into_iter().enumerate() {
        if !is_day(field) && !matches!(field.kind, Kind::YearMonth | Kind::Year) {
            return Err(place.misfit(at, "a date, a month or a year"));
        }
    }
    let (a, b) = (&first.column, &second.column);
    let (sign, word) = if after { (">=", "早于") } else { ("<=", "晚于") };
    let kinds = [first.kind, second.kind];
    let expect = if kinds == [Kind::DateTime; 2] {
        let known = format!("tb_date({a}) IS NOT NULL AND tb_date({b}) IS NOT NULL");
        format!("CASE WHEN {known} THEN replace({a}, ' ', '') {sign} replace({b}, ' ', '') END")
    } else {
        let function = match kinds {
            _ if kinds.contains(&Kind::Year) => "tb_year",
            _ if kinds.contains(&Kind::YearMonth) => "tb_month",
            _ => "tb_date",
        };
        format!("{function}({a}) {sign} {function}({b})")
    };
    let case = |one: &str, other: &str| record(&[(a, day(first.kind, one)), (b, day(second.kind, other))]);
    let (early, late) = ("20250915", "20261015");
    let (good, bad) = if after { ((late, early), (early, late)) } else { ((early, late), (late, early)) };
    Ok(Made {
        sql: Sql::Expect(expect),
        message: format!("{}{word}{}。", spoken(0, first), spoken(1, second)),
        reason: format!("{}不应{word}{}，两项可能填反了。", first.title, second.title),
        basis: None,
        pass: vec![case(good.0, good.1), case(early, early)],
        fail: vec![case(bad.0, bad.1)],
    })
}

/// A date, or a year, in the printed scope of the table, which begins `from`.
pub fn since(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [field] = place.exactly()?;
    let column = &field.column;
    let from = place.line.from.as_ref().map(Bound::to_string).unwrap_or_default();
    let (expect, before) = match field.kind {
        Kind::Date | Kind::DateTime if is_like(&from, Kind::Date) => {
            (format!("tb_date({column}) >= '{from}'"), "20191020")
        }
        Kind::Year | Kind::YearRange if is_like(&from, Kind::Year) => {
            (format!("tb_year({column}) >= {from}"), "20150915")
        }
        Kind::Date | Kind::DateTime => return Err(fault("from", &from, "a day")),
        Kind::Year | Kind::YearRange => return Err(fault("from", &from, "a year")),
        _ => return Err(place.misfit(0, "a date or a year")),
    };
    let scope = &place.table.scope;
    Ok(Made {
        sql: Sql::Expect(expect),
        message: format!("{}早于本表的上报范围。", spoken(0, field)),
        reason: format!("标准写明本表的数据范围是“{scope}”，更早的数据不必填报，也请核对年份。"),
        basis: Some(scope.clone()),
        pass: vec![record(&[(column, day(field.kind, PAST))])],
        fail: vec![record(&[(column, day(field.kind, before))])],
    })
}

fn is_day(field: &Field) -> bool {
    matches!(field.kind, Kind::Date | Kind::DateTime)
}

/// Whether a bound has the digits of a day, a month or a year.
fn is_like(bound: &str, kind: Kind) -> bool {
    let digits = match kind {
        Kind::Year => 4,
        Kind::YearMonth => 6,
        _ => 8,
    };
    bound.len() == digits && bound.bytes().all(|b| b.is_ascii_digit())
}

/// `2026-01-01` or `2026-01`.
fn with_hyphens(digits: &str) -> String {
    let parts = [digits.get(..4), digits.get(4..6), digits.get(6..8)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("-")
}
