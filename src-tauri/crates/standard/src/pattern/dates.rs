//! Dates: not after today, in order, within the scope of the table.

use super::sample::{day, record};
use super::{Bound, Made, Place, Sql, spoken};
use crate::rule::{DEFAULT_TODAY, RuleFault, fault};
use crate::{Field, Kind};

/// Days before and after the day on which cases are tried.
const PAST: &str = "20261020";
const FUTURE: &str = "20271020";
/// The day on which cases are tried, and the days after it.
const TODAY: &str = DEFAULT_TODAY;
const TOMORROW: &str = "20261102";
const AFTER_TOMORROW: &str = "20261103";

/// A date, or a month.
pub fn not_after_today(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [field] = place.exactly()?;
    let column = &field.column;
    let (value, today, words) = match field.kind {
        Kind::YearMonth => (format!("tb_month({column})"), "substr(tb_today(), 1, 6)", "本月"),
        Kind::Date | Kind::DateTime => (format!("tb_date({column})"), "tb_today()", "今天"),
        _ => return Err(place.misfit(0, "a date or a month")),
    };
    let said = spoken(0, field);
    match place.line.slack {
        Some(1) if is_day(field) && place.line.from.is_none() => return Ok(not_after_tomorrow(field)),
        Some(0) => return Ok(not_tomorrow(field)),
        Some(days) => return Err(fault("slack", &days.to_string(), "1, for days, without from")),
        None => {}
    }
    let mut message = format!("{said}晚于{words}。");
    let mut fail = vec![record(&[(column, day(field.kind, FUTURE))])];
    let expect = match &place.line.from {
        None => format!("{value} <= {today}"),
        Some(Bound::Date(from)) if is_like(from, field.kind) => {
            message = format!("{said}晚于{words}或早于{}。", with_hyphens(from));
            fail.push(record(&[(column, day(field.kind, "16000101"))]));
            format!("{value} BETWEEN '{from}' AND {today}")
        }
        Some(from) => return Err(fault("from", &from.to_string(), "a day or a month")),
    };
    Ok(Made {
        sql: Sql::Expect(expect),
        message,
        reason: format!("这里记录已经发生的事，不会晚于{words}。"),
        basis: None,
        pass: vec![record(&[(column, day(field.kind, PAST))])],
        fail,
    })
}

/// The end of something that has begun and is not over may lie after today. It may be a mistake if the thing has not
/// begun, or would last too long.
pub fn ends_by_today(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [end, begin] = place.exactly()?;
    for (at, field) in [end, begin].into_iter().enumerate() {
        if !is_day(field) {
            return Err(place.misfit(at, "a date"));
        }
    }
    let Some(Bound::Number(days)) = place.line.to else {
        return Err(fault("to", "no number", "how many days at most"));
    };
    let (e, b) = (&end.column, &begin.column);
    let case = |from: &str, to: &str| record(&[(b, day(begin.kind, from)), (e, day(end.kind, to))]);
    Ok(Made {
        sql: Sql::Expect(format!(
            "tb_date({e}) <= tb_today() OR (tb_date({b}) <= tb_today() AND tb_days({b}, {e}) <= {days})"
        )),
        message: format!("{}晚于今天。", spoken(0, end)),
        reason: "这里记录已经开展的事，一般已经结束；正在进行、很快结束的不问。".to_owned(),
        basis: None,
        pass: vec![case(PAST, PAST), case(PAST, AFTER_TOMORROW)],
        fail: vec![case(PAST, FUTURE), case(AFTER_TOMORROW, AFTER_TOMORROW)],
    })
}

/// Days from today to the day in a column.
fn days_ahead(field: &Field) -> String {
    format!("tb_days(tb_today(), {})", field.column)
}

/// A date that is later than tomorrow.
fn not_after_tomorrow(field: &Field) -> Made {
    let case = |at: &str| record(&[(&field.column, day(field.kind, at))]);
    Made {
        sql: Sql::Expect(format!("{} <= 1", days_ahead(field))),
        message: format!("{}晚于今天。", spoken(0, field)),
        reason: "这里记录已经发生的事，不会晚于今天。".to_owned(),
        basis: None,
        pass: vec![case(PAST), case(TODAY), case(TOMORROW)],
        fail: vec![case(AFTER_TOMORROW), case(FUTURE)],
    }
}

/// A date that is tomorrow.
fn not_tomorrow(field: &Field) -> Made {
    let case = |at: &str| record(&[(&field.column, day(field.kind, at))]);
    Made {
        sql: Sql::Expect(format!("{} <> 1", days_ahead(field))),
        message: format!("{}是明天。", spoken(0, field)),
        reason: "这里记录已经发生的事。采集设备的时钟快几分钟，零点前后的记录就会落在明天；请核对设备的时钟并说明。"
            .to_owned(),
        basis: None,
        pass: vec![case(PAST), case(TODAY), case(AFTER_TOMORROW)],
        fail: vec![case(TOMORROW)],
    }
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
        // A time of 000000 is what an export without times leaves: the day alone is compared.
        let day_alone = format!("substr({a}, -6) = '000000' OR substr({b}, -6) = '000000'");
        format!(
            "CASE WHEN NOT ({known}) THEN NULL WHEN {day_alone} THEN tb_date({a}) {sign} tb_date({b})
  ELSE replace({a}, ' ', '') {sign} replace({b}, ' ', '') END"
        )
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
