//! Dates and times of every printed form.

use std::sync::LazyLock;

use jiff::civil;
use jiff::{SignedDuration, ToSpan};
use regex::{Captures, Regex};
use standard::Kind;

use super::Reading;
use super::date_words;
use super::fold::{fold, is_digits};

/// Whether the text is a real date or time of this kind, exactly as it is stored. `school_year` is for ranges of years
/// that end in 学年.
pub(crate) fn is_valid(kind: Kind, school_year: bool, text: &str) -> bool {
    let digits =
        |from: usize, to: usize| text.get(from..to).filter(|part| is_digits(part)).and_then(|p| p.parse().ok());
    let long = text.len();
    match kind {
        Kind::Date => long == 8 && date(digits(0, 4), digits(4, 6), digits(6, 8)).is_some(),
        Kind::Time => long == 6 && time(digits(0, 2), digits(2, 4), digits(4, 6)).is_some(),
        Kind::DateTime => {
            long == 15
                && text.as_bytes()[8] == b' '
                && is_valid(Kind::Date, false, &text[..8])
                && text.get(9..).is_some_and(|t| is_valid(Kind::Time, false, t))
        }
        Kind::YearMonth => long == 6 && date(digits(0, 4), digits(4, 6), Some(1)).is_some(),
        Kind::Year => long == 4 && date(digits(0, 4), Some(1), Some(1)).is_some(),
        Kind::YearRange if school_year => {
            let range = text.strip_suffix("学年");
            range.is_some_and(|r| {
                is_valid(kind, false, r)
                    && matches!((r[..4].parse::<u32>(), r[5..].parse::<u32>()), (Ok(a), Ok(b)) if a + 1 == b)
            })
        }
        Kind::YearRange => {
            let is_year = |part: Option<&str>| part.is_some_and(|y| is_valid(Kind::Year, false, y));
            long == 9 && text.get(4..5) == Some("-") && is_year(text.get(..4)) && is_year(text.get(5..))
        }
        _ => true,
    }
}

/// Reads a date or time of this kind.
pub(crate) fn read(kind: Kind, school_year: bool, text: &str) -> Reading {
    let folded = fold(text);
    let text = folded.strip_suffix(".0").unwrap_or(&folded);
    if is_valid(kind, school_year, text) {
        return Reading::Certain(text.to_owned());
    }
    let reading = match kind {
        Kind::Date => read_date(text),
        Kind::DateTime => read_date_time(text),
        Kind::Time => read_time(text),
        Kind::YearMonth => read_year_month(text),
        Kind::Year => read_year(text),
        Kind::YearRange => read_year_range(text, school_year),
        _ => Reading::Unknown,
    };
    match &reading {
        Reading::Certain(value) | Reading::Likely(value) if !is_valid(kind, school_year, value) => Reading::Unknown,
        _ => reading,
    }
}

fn read_date(text: &str) -> Reading {
    match Moment::parse(text) {
        Some(Moment { day, time: None, .. }) => Reading::Certain(day_text(day)),
        Some(Moment { day, time: Some(time), sure: true }) if time == civil::Time::midnight() => {
            Reading::Certain(day_text(day))
        }
        Some(Moment { day, .. }) => Reading::Likely(day_text(day)),
        None => match date_words::day(text) {
            Some((day, true)) => Reading::Certain(day_text(day)),
            Some((day, false)) => Reading::Likely(day_text(day)),
            None => excel_moment(text).map_or(Reading::Unknown, |at| Reading::Likely(day_text(at.date()))),
        },
    }
}

fn read_date_time(text: &str) -> Reading {
    let words = |day, time| format!("{} {}", day_text(day), time_text(time));
    match Moment::parse(text) {
        Some(Moment { day, time: Some(time), sure: true }) => Reading::Certain(words(day, time)),
        Some(Moment { day, time: Some(time), sure: false }) => Reading::Likely(words(day, time)),
        Some(_) => Reading::Unknown,
        None => match excel_moment(text) {
            Some(at) if text.contains('.') => Reading::Likely(words(at.date(), at.time())),
            _ => Reading::Unknown,
        },
    }
}

fn read_time(text: &str) -> Reading {
    if let Some(clock) = clock(text) {
        let time = time_text(clock.time);
        return if clock.sure && clock.days == 0 { Reading::Certain(time) } else { Reading::Likely(time) };
    }
    match text.len() {
        5 if is_digits(text) => Reading::Likely(format!("0{text}")),
        4 if is_digits(text) => Reading::Likely(format!("{text}00")),
        _ if text.starts_with("0.") => {
            excel_time(text).map_or(Reading::Unknown, |time| Reading::Likely(time_text(time)))
        }
        _ => Moment::parse(text).and_then(|m| m.time).map_or(Reading::Unknown, |t| Reading::Likely(time_text(t))),
    }
}

static YEAR_MONTH: LazyLock<Regex> = LazyLock::new(|| expression(r"^(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?$"));

fn read_year_month(text: &str) -> Reading {
    if let Some(parts) = YEAR_MONTH.captures(text) {
        let month = format!("{}{:0>2}", &parts[1], &parts[2]);
        // 2026.1 may be what a spreadsheet made of 2026.10
        return if text.ends_with(".1") { Reading::Likely(month) } else { Reading::Certain(month) };
    }
    match Moment::parse(text) {
        Some(moment) => Reading::Likely(day_text(moment.day)[..6].to_owned()),
        None => excel_moment(text).map_or(Reading::Unknown, |at| Reading::Likely(day_text(at.date())[..6].to_owned())),
    }
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| expression(r"^(\d{4}) ?(年|年度|级|届|学年)$"));

fn read_year(text: &str) -> Reading {
    if let Some(parts) = YEAR.captures(text) {
        let year = parts[1].to_owned();
        return if &parts[2] == "年" { Reading::Certain(year) } else { Reading::Likely(year) };
    }
    let day = Moment::parse(text).map(|m| day_text(m.day));
    let month = || read_year_month(text).value();
    day.or_else(month).filter(|_| text.len() > 5).map_or(Reading::Unknown, |d| Reading::Likely(d[..4].to_owned()))
}

static YEAR_RANGE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^(\d{4}) ?年? ?(-+|~|/|至|到) ?(\d{4}|\d{2}) ?年?(学年度|学年)?(.*)$"));

fn read_year_range(text: &str, school_year: bool) -> Reading {
    let ending = if school_year { "学年" } else { "" };
    if is_digits(text) && text.len() == 8 {
        return Reading::Likely(format!("{}-{}{ending}", &text[..4], &text[4..]));
    }
    let Some(parts) = YEAR_RANGE.captures(text) else { return Reading::Unknown };
    let (from, to, rest) = (&parts[1], &parts[3], &parts[5]);
    if to.len() == 2 {
        let whole = format!("{}{to}", &from[..2]);
        let next = from.parse::<u32>().ok().zip(whole.parse().ok()).is_some_and(|(a, b): (u32, u32)| a + 1 == b);
        return if next && rest.is_empty() {
            Reading::Likely(format!("{from}-{whole}{ending}"))
        } else {
            Reading::Unknown
        };
    }
    let range = format!("{from}-{to}{ending}");
    match rest {
        "" => Reading::Certain(range),
        _ if TERM.is_match(rest) => Reading::Likely(range),
        _ => Reading::Unknown,
    }
}

static TERM: LazyLock<Regex> = LazyLock::new(|| expression(r"^ ?(-[1-3]|[（(]?第?[一二三123上下]?(学期)?[)）]?)$"));

/// A day, with the time of day where one is written.
struct Moment {
    day: civil::Date,
    time: Option<civil::Time>,
    /// Whether nothing was lost or turned into something else on the way.
    sure: bool,
}

static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?(?:[T ]*(.*))?$"));
static COMPACT: LazyLock<Regex> = LazyLock::new(|| expression(r"^(\d{4})(\d{2})(\d{2})(?:[T ]*(.*))?$"));

impl Moment {
    /// Reads 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日 and 20260901, with or without a time of day. A time of another
    /// zone becomes that of China, and 24:00 the beginning of the next day.
    fn parse(text: &str) -> Option<Moment> {
        let parts = WRITTEN.captures(text).or_else(|| COMPACT.captures(text))?;
        let day = date(number(&parts, 1), number(&parts, 2), number(&parts, 3))?;
        match parts.get(4).map_or("", |rest| rest.as_str().trim()) {
            "" => Some(Moment { day, time: None, sure: true }),
            rest => {
                let Clock { time, days, sure } = clock(rest)?;
                let day = day.checked_add(days.days()).ok()?;
                Some(Moment { day, time: Some(time), sure: sure && days == 0 })
            }
        }
    }
}

/// A time of day in China.
struct Clock {
    time: civil::Time,
    /// Days that it lies after the day beside which it is written.
    days: i64,
    /// Whether the seconds are whole and the zone is China's.
    sure: bool,
}

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    expression(&format!(
        r"^(上午|下午|晚上)? ?(\d{{1,2}}) ?[:时点] ?(\d{{1,2}})(?: ?[:分] ?(\d{{1,2}})([.,]\d+)?)? ?[分秒]? ?([AaPp][Mm])? ?{ZONE}$"
    ))
});
static COMPACT_CLOCK: LazyLock<Regex> =
    LazyLock::new(|| expression(&format!(r"^()(\d{{2}})(\d{{2}})(\d{{2}})([.,]\d+)?() ?{ZONE}$")));
/// The distance of a zone from Greenwich: `Z`, `+08:00`, `+0800`, `+08`.
const ZONE: &str = r"(?:([Zz])|(?:GMT ?|UTC ?)?([+-])(\d{1,2}):?(00|30|45)?)?";
/// Minutes that the clocks of China are ahead of Greenwich.
const CHINA: i64 = 8 * 60;

/// Reads 14:15:03, 14:15, 14时15分, 141503 and 2:15 PM, with parts of a second and a zone behind them.
fn clock(text: &str) -> Option<Clock> {
    let parts = CLOCK.captures(text).or_else(|| COMPACT_CLOCK.captures(text))?;
    let half =
        [1, 6].into_iter().filter_map(|at| parts.get(at)).map(|half| half.as_str()).find(|half| !half.is_empty());
    let half = half.unwrap_or_default();
    let hour = match (number(&parts, 2)?, half.to_ascii_lowercase().as_str()) {
        (hour, "") => hour,
        (12, "上午" | "am") => 0,
        (hour @ 1..=11, "下午" | "晚上" | "pm") => hour + 12,
        (hour, _) => hour,
    };
    let second = if parts.get(4).is_some() { number(&parts, 4) } else { Some(0) };
    let minute = number(&parts, 3);
    let end_of_day = hour == 24 && minute == Some(0) && second == Some(0);
    let read = time(Some(if end_of_day { 0 } else { hour }), minute, second)?;
    let whole = parts.get(5).is_none_or(|fraction| fraction.as_str().bytes().skip(1).all(|b| b == b'0'));
    let ahead = match (parts.get(7), parts.get(8)) {
        // Without seconds it is the end of a lesson (8:00-9:30) and not a zone.
        (Some(_), _) | (_, Some(_)) if parts.get(4).is_none() => return None,
        (Some(_), _) => Some(0),
        (None, Some(sign)) => {
            let minutes = i64::from(number(&parts, 9)?) * 60 + i64::from(number(&parts, 10).unwrap_or(0));
            Some(if sign.as_str() == "-" { -minutes } else { minutes })
        }
        (None, None) => None,
    };
    let midnight = civil::date(2000, 1, 1).to_datetime(read);
    let shifted = midnight.checked_add(SignedDuration::from_mins(ahead.map_or(0, |ahead| CHINA - ahead))).ok()?;
    let days = i64::from((shifted.date() - civil::date(2000, 1, 1)).get_days()) + i64::from(end_of_day);
    Some(Clock { time: shifted.time(), days, sure: whole && !end_of_day && ahead.is_none_or(|ahead| ahead == CHINA) })
}

/// The moment that Excel keeps as a count of days since 1899-12-30 (Windows) with a fraction for the time of day. Only
/// counts that can be a date of the years 1927 to 2064: 0 is what people write for an empty cell.
fn excel_moment(text: &str) -> Option<civil::DateTime> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(days) || days.len() != 5 {
        return None;
    }
    let days: i32 = days.parse().ok().filter(|days| (10_000..60_000).contains(days))?;
    let day = civil::date(1899, 12, 30).checked_add(days.days()).ok()?;
    day.to_datetime(civil::Time::midnight()).checked_add(of_day(fraction)?).ok()
}

/// The time of day that Excel keeps as a fraction of a day alone.
fn excel_time(text: &str) -> Option<civil::Time> {
    let midnight = civil::date(2000, 1, 1).to_datetime(civil::Time::midnight());
    let at = midnight.checked_add(of_day(text.strip_prefix("0.")?)?).ok()?;
    Some(at.time())
}

/// A fraction of a day, given by its digits behind the point, in whole seconds.
fn of_day(fraction: &str) -> Option<SignedDuration> {
    if !is_digits(fraction) {
        return None;
    }
    let digits = &fraction[..fraction.len().min(12)];
    let part: i64 = digits.parse().ok()?;
    let ten = 10_i64.pow(u32::try_from(digits.len()).ok()?);
    Some(SignedDuration::from_secs((part * 86_400 + ten / 2) / ten))
}

/// A day of the calendar, of a year with four digits.
fn date(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<civil::Date> {
    let (month, day) = (i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
    civil::Date::new(year.filter(|y| *y >= 1000)?, month, day).ok()
}

/// A time of day.
fn time(hour: Option<i16>, minute: Option<i16>, second: Option<i16>) -> Option<civil::Time> {
    let part = |n: Option<i16>| i8::try_from(n?).ok();
    civil::Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()
}

fn day_text(day: civil::Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn time_text(time: civil::Time) -> String {
    format!("{:02}{:02}{:02}", time.hour(), time.minute(), time.second())
}

fn number(parts: &Captures<'_>, at: usize) -> Option<i16> {
    parts.get(at)?.as_str().parse().ok()
}

/// An expression of this file. `\d` means the ten plain digits.
fn expression(text: &str) -> Regex {
    let plain = text.replace(r"\d", "[0-9]");
    // Every expression is a constant of this file, and the tests below use each of them.
    Regex::new(&plain).expect("a valid expression")
}

#[cfg(test)]
mod tests;
