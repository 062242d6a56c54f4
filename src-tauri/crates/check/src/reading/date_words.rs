//! Days with words in them: Chinese numerals (二〇二六年九月一日), English months (31-Dec-26, Dec 31, 2026), and days before
//! months as other countries write them, where the day cannot be a month (31/12/2026).

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::number_words;

/// The day, and whether it is certain: a year of two digits is taken for one of this century, which is only likely.
pub(super) fn day(text: &str) -> Option<(Date, bool)> {
    numerals(text).map(|day| (day, true)).or_else(|| english(text)).or_else(|| day_first(text))
}

static NUMERALS: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        "^([〇零一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十]{1,2}) ?月 ?([一二三四五六七八九十廿卅]{1,3}) ?[日号]?$",
    )
});

fn numerals(text: &str) -> Option<Date> {
    let parts = NUMERALS.captures(text)?;
    let number = |at: usize| number_words::of_words(&parts[at]);
    date(number(1)?, number(2)?, number(3)?)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static DAY_MONTH: LazyLock<Regex> =
    LazyLock::new(|| expression("(?i)^([0-9]{1,2})[- /.]([a-z]{3,9})[-., /]+([0-9]{4}|[0-9]{2})$"));
static MONTH_DAY: LazyLock<Regex> =
    LazyLock::new(|| expression("(?i)^([a-z]{3,9})[-. ]+([0-9]{1,2})[-., /]+([0-9]{4}|[0-9]{2})$"));

fn english(text: &str) -> Option<(Date, bool)> {
    let month = |word: &str| {
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().zip(1..).find(|(known, _)| **known == start).map(|(_, number)| number)
    };
    if let Some(parts) = DAY_MONTH.captures(text) {
        return with_year(&parts, month(&parts[2])?, parts[1].parse().ok()?);
    }
    let parts = MONTH_DAY.captures(text)?;
    with_year(&parts, month(&parts[1])?, parts[2].parse().ok()?)
}

static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| expression("^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$"));

/// Which of the two is the month is known only where the other is above twelve.
fn day_first(text: &str) -> Option<(Date, bool)> {
    let parts = DAY_FIRST.captures(text)?;
    let (one, two): (u32, u32) = (parts[1].parse().ok()?, parts[2].parse().ok()?);
    let (month, day) = match (one > 12, two > 12) {
        (true, false) => (two, one),
        (false, true) => (one, two),
        _ => return None,
    };
    Some((date(parts[3].parse().ok()?, month, day)?, false))
}

/// The third part is the year.
fn with_year(parts: &Captures<'_>, month: u32, day: u32) -> Option<(Date, bool)> {
    let year: u32 = parts[3].parse().ok()?;
    let short = parts[3].len() == 2;
    Some((date(if short { 2000 + year } else { year }, month, day)?, !short))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(i16::try_from(year).ok().filter(|year| *year >= 1000)?, month, day).ok()
}

fn expression(text: &str) -> Regex {
    // Every expression is a constant of this file, and the test below uses each of them.
    Regex::new(text).expect("a valid expression")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_words() {
        let check = |text: &str, expect: Option<(&str, bool)>| {
            let found = day(text).map(|(day, sure)| (day.to_string(), sure));
            assert_eq!(found.as_ref().map(|(day, sure)| (day.as_str(), *sure)), expect, "{text}");
        };
        check("二〇二六年九月一日", Some(("2026-09-01", true)));
        check("二零二六年十二月三十一日", Some(("2026-12-31", true)));
        check("一九九八年十月廿三日", Some(("1998-10-23", true)));
        check("二〇二六年十三月一日", None);
        check("二〇二六年九月", None);
        check("31-Dec-26", Some(("2026-12-31", false)));
        check("1-Sep-2026", Some(("2026-09-01", true)));
        check("September 1, 2026", Some(("2026-09-01", true)));
        check("Dec. 31 2026", Some(("2026-12-31", true)));
        check("31-Dez-26", None);
        check("31/12/2026", Some(("2026-12-31", false)));
        check("12/31/2026", Some(("2026-12-31", false)));
        check("9/4/2026", None);
        check("31/31/2026", None);
        check("第31", None);
    }
}
