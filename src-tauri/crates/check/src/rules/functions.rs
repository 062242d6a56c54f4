//! Functions for the SQL of rules: dates, numbers, code lists, check digits, today and the current period.
//!
//! Malformed values are reported by the checks of single cells. Here they give NULL, so that a rule does not apply to
//! them.

use std::sync::Arc;

use jiff::civil::Date;
use standard::{Code, CodeList, Edition, Kind};
use store::{Function, FunctionValue};

use super::names::{names_region, plain_name};
use super::{Context, texts};
use crate::identifiers;
use crate::reading::date::is_valid;
use crate::reading::number::Number;

/// The functions, for this edition and this moment.
pub fn functions(edition: &Arc<Edition>, context: &Context) -> Vec<Function> {
    let today = context.today;
    let (school_year, term) = parts(&context.period);
    let mut all = vec![
        Function::new("tb_number", 1, |given| given[0].map_or(FunctionValue::Null, number)),
        Function::new("tb_date", 1, |given| text(given[0].and_then(day_text))),
        Function::new("tb_month", 1, |given| text(given[0].and_then(month_text))),
        Function::new("tb_year", 1, |given| integer(given[0].and_then(year))),
        Function::new("tb_periods", 1, |given| text(given[0].and_then(texts::periods))),
        Function::new("tb_week", 1, |given| integer(given[0].and_then(texts::week))),
        Function::new("tb_isbn", 1, move |given| {
            integer(given[0].and_then(|text| texts::isbn(text, today)).map(i64::from))
        }),
        Function::new("tb_telephone", 1, move |given| {
            integer(given[0].map(|text| i64::from(texts::is_telephone(text, today))))
        }),
        Function::new("tb_days", 2, |given| integer(two_days(given).map(days_between))),
        Function::new("tb_age", 2, |given| integer(two_days(given).map(age))),
        Function::new("tb_plain_name", 1, |given| text(given[0].map(plain_name))),
        Function::new("tb_valid", 2, move |given| {
            let kind_and_text = given[0].zip(given[1]);
            integer(kind_and_text.and_then(|(kind, text)| identifiers::valid(kind, text, today)).map(i64::from))
        }),
    ];
    let constants = [
        ("tb_today", Some(today.strftime("%Y%m%d").to_string())),
        ("tb_period", Some(context.period.clone())),
        ("tb_school_year", school_year),
        ("tb_term", term),
    ];
    all.extend(constants.map(|(name, value)| Function::new(name, 0, move |_| text(value.as_deref()))));
    all.extend(of_lists(edition));
    all
}

/// The functions that look into code lists.
fn of_lists(edition: &Arc<Edition>) -> [Function; 5] {
    let [names, states, above, regions, named] = [(); 5].map(|()| Arc::clone(edition));
    [
        Function::new("tb_code_name", 2, move |given| text(code(&names, given).map(|(_, code)| code.name.as_str()))),
        Function::new("tb_code_state", 2, move |given| {
            let once = || {
                let list = states.code_list(&format!("{}_historical", given[0]?))?;
                list.get(given[1]?)
            };
            let state = if code(&states, given).is_some() { Some("current") } else { once().map(|_| "historical") };
            text(state)
        }),
        Function::new("tb_code_under", 3, move |given| {
            let under = code(&above, given).zip(given[2]).map(|((list, code), above)| {
                code.code == above || list.path(code).iter().any(|level| level.code == above)
            });
            integer(under.map(i64::from))
        }),
        Function::new("tb_names_region", 2, move |given| {
            let names = given[0].zip(given[1]).and_then(|(name, code)| names_region(&regions, name, code));
            integer(names.map(i64::from))
        }),
        Function::new("tb_code_named", 2, move |given| {
            text(given[0].zip(given[1]).and_then(|(lists, name)| code_named(&named, lists, name)))
        }),
    ]
}

/// The code that a text names: the one with the longest name that stands in the text, else the only one whose name the
/// text is a part of. `lists` are names of lists with blanks between them; the first counts where a name stands in
/// several.
fn code_named<'e>(edition: &'e Edition, lists: &str, text: &str) -> Option<&'e str> {
    let text = plain_name(text);
    let codes = lists.split(' ').filter_map(|id| edition.code_list(id)).flat_map(|list| &list.codes);
    let named: Vec<(&Code, String)> = codes.map(|code| (code, plain_name(&code.name))).collect();
    let within = named.iter().filter(|(_, name)| !name.is_empty() && text.contains(name.as_str()));
    // Of equally long ones the last counts, which is, read backwards, that of the first list.
    if let Some((code, _)) = within.rev().max_by_key(|(_, name)| name.chars().count()) {
        return Some(&code.code);
    }
    let mut around = named.iter().filter(|(_, name)| !text.is_empty() && name.contains(text.as_str()));
    let first = &around.next()?.0.code;
    around.all(|(code, _)| code.code == *first).then_some(first.as_str())
}

/// The list and the code that the first two arguments name.
fn code<'e>(edition: &'e Edition, given: &[Option<&str>]) -> Option<(&'e CodeList, &'e Code)> {
    let list = edition.code_list(given[0]?)?;
    Some((list, list.get(given[1]?)?))
}

fn text(value: Option<impl Into<String>>) -> FunctionValue {
    value.map_or(FunctionValue::Null, |value| FunctionValue::Text(value.into()))
}

fn integer(value: Option<i64>) -> FunctionValue {
    value.map_or(FunctionValue::Null, FunctionValue::Integer)
}

/// A number in the form that is stored; whole ones stay exact.
fn number(text: &str) -> FunctionValue {
    let Some(number) = Number::parse(text) else { return FunctionValue::Null };
    if number.fraction.is_empty()
        && let Ok(whole) = text.parse()
    {
        return FunctionValue::Integer(whole);
    }
    text.parse().map_or(FunctionValue::Null, FunctionValue::Real)
}

/// `YYYYMMDD` of a date, or of a date with a time.
fn day_text(text: &str) -> Option<&str> {
    let is_day = is_valid(Kind::Date, false, text) || is_valid(Kind::DateTime, false, text);
    is_day.then(|| text.get(..8)).flatten()
}

/// `YYYYMM` of a month or of a day.
fn month_text(text: &str) -> Option<&str> {
    if is_valid(Kind::YearMonth, false, text) { Some(text) } else { day_text(text)?.get(..6) }
}

/// The year of a year, a month, a day, or the first of a range of years.
fn year(text: &str) -> Option<i64> {
    let range = text.strip_suffix("学年").unwrap_or(text);
    let known =
        is_valid(Kind::Year, false, text) || is_valid(Kind::YearRange, false, range) || month_text(text).is_some();
    text.get(..4).filter(|_| known)?.parse().ok()
}

fn day(text: &str) -> Option<Date> {
    let text = day_text(text)?;
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    Date::new(part(0, 4)?, i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?).ok()
}

fn two_days(given: &[Option<&str>]) -> Option<(Date, Date)> {
    given[0].and_then(day).zip(given[1].and_then(day))
}

fn days_between((from, to): (Date, Date)) -> i64 {
    i64::from((to - from).get_days())
}

/// Whole years from a birth to a day; below zero where the day lies before it.
fn age((born, at): (Date, Date)) -> i64 {
    let years = i64::from(at.year()) - i64::from(born.year());
    years - i64::from((at.month(), at.day()) < (born.month(), born.day()))
}

/// School year and term of a period.
fn parts(period: &str) -> (Option<String>, Option<String>) {
    let (years, term) = match period.get(9..) {
        Some("-1" | "-2") => (&period[..9], period.get(10..)),
        Some("") => (period, None),
        _ => return (None, None),
    };
    let is_school_year = is_valid(Kind::YearRange, true, &format!("{years}学年"));
    (is_school_year.then(|| years.to_owned()), term.filter(|_| is_school_year).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use store::{ReadLimits, scratch};

    use super::*;
    use crate::testing::{edition_of, list};

    fn answers(period: &str, checks: &[(&str, &str)]) {
        let mut regions = list("REGION", &[("44", "广东"), ("4404", "珠海"), ("440402", "香洲区")]);
        let parents = [None, Some("44"), Some("4404")];
        for (code, parent) in regions.codes.iter_mut().zip(parents) {
            code.parent = parent.map(str::to_owned);
        }
        let edition = Arc::new(edition_of(&[], &[regions, list("REGION_historical", &[("440421", "斗门县")])]));
        let context = Context::new(jiff::civil::date(2026, 11, 1), period);
        let reader = scratch(&edition, &[], &[], ReadLimits::default(), &functions(&edition, &context)).unwrap();
        for (call, expect) in checks {
            let mut got = None;
            let answer = reader.query(&format!("SELECT {call}, typeof({call})"), &[], |row| {
                got = Some(if row.is_null(0) { "NULL".to_owned() } else { format!("{} {}", row.text(0), row.text(1)) });
                ControlFlow::Break(())
            });
            assert_eq!((answer, got.as_deref()), (Ok(()), Some(*expect)), "{call}");
        }
    }

    #[test]
    fn values_that_are_well_formed_are_read() {
        let checks = [
            ("tb_number('88.50')", "88.5 real"),
            ("tb_number('9007199254740993')", "9007199254740993 integer"),
            ("tb_number('-3')", "-3 integer"),
            ("tb_number('1,200')", "NULL"),
            ("tb_number('')", "NULL"),
            ("tb_number(NULL)", "NULL"),
            ("tb_date('20260228')", "20260228 text"),
            ("tb_date('20260901 080000')", "20260901 text"),
            ("tb_date('20260229')", "NULL"),
            ("tb_date('2026-09-01')", "NULL"),
            ("tb_month('202609')", "202609 text"),
            ("tb_month('20260901')", "202609 text"),
            ("tb_month('202613')", "NULL"),
            ("tb_year('2026')", "2026 integer"),
            ("tb_year('2026-2027')", "2026 integer"),
            ("tb_year('2026-2027学年')", "2026 integer"),
            ("tb_year('20260901 080000')", "2026 integer"),
            ("tb_year('26')", "NULL"),
            ("tb_days('20260228', '20260301')", "1 integer"),
            ("tb_days('20260301', '20260228 080000')", "-1 integer"),
            ("tb_days('20260301', 'x')", "NULL"),
            ("tb_age('20080229', '20260228')", "17 integer"),
            ("tb_age('20080229', '20260301')", "18 integer"),
            ("tb_age('20270101', '20260301')", "-1 integer"),
            ("tb_age(NULL, '20260301')", "NULL"),
            ("tb_periods('01-02')", "1-2 text"),
            ("tb_periods('上午')", "NULL"),
            ("tb_week('第10周')", "10 integer"),
            ("tb_items('a, b,', ',')", "[\"a\",\"b\"] text"),
        ];
        answers("2026-2027-1", &checks);
    }

    #[test]
    fn lists_and_numbers_are_looked_up() {
        let checks = [
            ("tb_code_name('REGION', '4404')", "珠海 text"),
            ("tb_code_name('REGION', '99')", "NULL"),
            ("tb_code_name('NONE', '44')", "NULL"),
            ("tb_code_named('REGION', '广东珠海香洲区')", "440402 text"),
            ("tb_code_named('REGION_historical REGION', '珠海')", "4404 text"),
            ("tb_code_named('REGION', '香洲')", "440402 text"),
            ("tb_code_named('REGION', '深圳')", "NULL"),
            ("tb_code_state('REGION', '44')", "current text"),
            ("tb_code_state('REGION', '440421')", "historical text"),
            ("tb_code_state('REGION', '99')", "NULL"),
            ("tb_code_under('REGION', '440402', '44')", "1 integer"),
            ("tb_code_under('REGION', '440402', '440402')", "1 integer"),
            ("tb_code_under('REGION', '4404', '440402')", "0 integer"),
            ("tb_code_under('REGION', '99', '44')", "NULL"),
            ("tb_valid('mobile', '13800000000')", "1 integer"),
            ("tb_valid('mobile', '1')", "0 integer"),
            ("tb_valid('mobile', NULL)", "NULL"),
            ("tb_valid('shoe-size', '43')", "NULL"),
        ];
        answers("2026-2027-1", &checks);
    }

    #[test]
    fn time_comes_from_outside() {
        answers("2026-2027-2", &[("tb_today()", "20261101 text"), ("tb_period()", "2026-2027-2 text")]);
        answers("2026-2027-2", &[("tb_school_year()", "2026-2027 text"), ("tb_term()", "2 text")]);
        answers("2026-2027", &[("tb_school_year()", "2026-2027 text"), ("tb_term()", "NULL")]);
        for odd in ["202609", "2026-2028-1", "2026-2027-3", "", "中文的采集期名字"] {
            answers(odd, &[("tb_school_year()", "NULL"), ("tb_term()", "NULL")]);
        }
    }
}
