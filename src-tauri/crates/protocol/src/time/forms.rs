//! The forms in which a time can be written, taken apart into numbers.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::Written;

/// A time as it is written: without its zone, the unit that it shows, and the offset if it has one.
pub(super) struct Form {
    pub time: DateTime,
    pub unit: SignedDuration,
    pub offset: Option<Offset>,
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Seconds (10 digits), milliseconds (13) or microseconds (16) since 1970.
pub(super) fn epoch(text: &str) -> Option<Written> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) || !fraction.bytes().all(|b| b == b'0') {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let (at, unit) = match whole.len() {
        10 => (Timestamp::from_second(number).ok()?, SECOND),
        13 => (Timestamp::from_millisecond(number).ok()?, SignedDuration::from_millis(1)),
        16 => (Timestamp::from_microsecond(number).ok()?, SignedDuration::from_micros(1)),
        _ => return None,
    };
    let unit = if at.subsec_nanosecond() == 0 { SECOND } else { unit };
    Some(Written { at, unit })
}

/// A date, with or without a time of day, in any order of separators that begins with the year; and the English form
/// that ends with the year.
pub(super) fn civil(text: &str) -> Option<Form> {
    if let Some(list) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return of_list(list);
    }
    let english = of_english(text);
    let text = english.as_deref().unwrap_or(text);
    let (text, offset) = take_offset(text)?;
    let (text, afternoon) = take_half_of_day(&text);
    let numbers = numbers(&text)?;
    let (time, unit) = of_numbers(&numbers, afternoon)?;
    Some(Form { time, unit, offset })
}

/// `2026,11,26,15,32,57,938000000`: the last number counts nanoseconds.
fn of_list(list: &str) -> Option<Form> {
    let mut numbers: Vec<Number> = Vec::new();
    for part in list.split(',') {
        let digits = part.trim();
        numbers.push(Number { value: digits.parse().ok()?, digits: digits.len() });
    }
    if let Some(nanos) = numbers.get_mut(6) {
        nanos.digits = 9;
    }
    if !(5..=7).contains(&numbers.len()) {
        return None;
    }
    let (time, unit) = of_numbers(&numbers, None)?;
    Some(Form { time, unit, offset: None })
}

/// `Thu Nov 26 15:32:57 CST 2026` with the year in front and the month as a number. `CST` is national time here.
fn of_english(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, month, day, clock, zone, year] = words[..] else { return None };
    let month = MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name))? + 1;
    let zone = match zone {
        "CST" => "",
        "GMT" | "UTC" => "Z",
        offset => offset.strip_prefix("GMT").unwrap_or(offset),
    };
    Some(format!("{year}-{month}-{day} {clock}{zone}"))
}

/// The text without its offset at the end, and the offset. `None` if the text ends in neither a digit nor a known word.
fn take_offset(text: &str) -> Option<(String, Option<Offset>)> {
    let text = text.trim_end();
    if let Some(rest) = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix("UTC")) {
        return Some((rest.to_owned(), Some(Offset::UTC)));
    }
    // A sign behind the time of day; the date may have hyphens as well.
    let clock = text.find(':').unwrap_or(text.len());
    let Some(sign) = text.get(clock..)?.find(['+', '-']).map(|at| at + clock) else {
        return Some((text.to_owned(), None));
    };
    let digits: String = text.get(sign + 1..)?.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits.get(2..).unwrap_or("").parse().unwrap_or(0));
    let seconds = (hours * 60 + minutes) * 60;
    let seconds = if text.as_bytes()[sign] == b'-' { -seconds } else { seconds };
    Some((text[..sign].to_owned(), Some(Offset::from_seconds(seconds).ok()?)))
}

/// The text without the word for the half of the day, and whether it says afternoon.
fn take_half_of_day(text: &str) -> (String, Option<bool>) {
    for (word, afternoon) in [("上午", false), ("下午", true), ("AM", false), ("PM", true), ("am", false), ("pm", true)]
    {
        if text.contains(word) {
            return (text.replace(word, " "), Some(afternoon));
        }
    }
    (text.to_owned(), None)
}

struct Number {
    value: i64,
    /// How many digits it is written with; they tell the unit of a fraction.
    digits: usize,
}

/// The numbers of a text whose other signs are separators of dates and times. Texts without separators are cut
/// into the numbers that they hold.
fn numbers(text: &str) -> Option<Vec<Number>> {
    let mut groups: Vec<String> = vec![String::new()];
    for sign in text.trim().chars() {
        match sign {
            '0'..='9' => groups.last_mut()?.push(sign),
            '-' | '/' | '.' | ',' | ':' | ' ' | 'T' | '年' | '月' | '日' | '时' | '分' | '秒' => {
                if !groups.last()?.is_empty() {
                    groups.push(String::new());
                }
            }
            _ => return None,
        }
    }
    groups.retain(|group| !group.is_empty());
    let lengths: Vec<usize> = groups.iter().map(String::len).collect();
    let joined = groups.concat();
    let cut: &[usize] = match (lengths.as_slice(), joined.len()) {
        ([8], _) => &[4, 2, 2],
        ([12] | [8, 4], _) => &[4, 2, 2, 2, 2],
        ([14] | [8, 6], _) => &[4, 2, 2, 2, 2, 2],
        ([17] | [14, 3] | [8, 6, 3] | [8, 9], _) => &[4, 2, 2, 2, 2, 2, 3],
        ([4, ..], _) => &lengths,
        _ => return None,
    };
    let mut rest = joined.as_str();
    cut.iter()
        .map(|length| {
            let (digits, after) = rest.split_at(*length);
            rest = after;
            Some(Number { value: digits.parse().ok()?, digits: *length })
        })
        .collect()
}

/// Year, month, day, hour, minute, second and fraction: the first three must be there, hour and minute come together.
fn of_numbers(numbers: &[Number], afternoon: Option<bool>) -> Option<(DateTime, SignedDuration)> {
    let part = |at: usize| numbers.get(at).map_or(Some(0), |number| i8::try_from(number.value).ok());
    let unit = match numbers.len() {
        3 => DAY,
        4 => HOUR,
        5 => MINUTE,
        6 | 7 => SECOND,
        _ => return None,
    };
    let mut hour = part(3)?;
    if let Some(afternoon) = afternoon {
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    let date = Date::new(i16::try_from(numbers[0].value).ok()?, part(1)?, part(2)?).ok()?;
    let (mut nanos, mut exact) = (0, unit);
    if let Some(Number { value, digits }) = numbers.get(6) {
        let factor = 10i64.checked_pow(u32::try_from(9usize.checked_sub(*digits)?).ok()?)?;
        nanos = i32::try_from(value.checked_mul(factor)?).ok()?;
        if nanos != 0 {
            exact = SignedDuration::from_nanos(shown(nanos, factor));
        }
    }
    let time = Time::new(hour, part(4)?, part(5)?, nanos).ok()?;
    Some((DateTime::from_parts(date, time), exact))
}

/// The unit in nanoseconds that a fraction shows: nine digits that end in zeros come from programs that know
/// milliseconds or microseconds only.
fn shown(nanos: i32, factor: i64) -> i64 {
    let nanos = i64::from(nanos);
    if factor > 1 {
        return factor;
    }
    [1_000_000, 1_000].into_iter().find(|unit| nanos % unit == 0).unwrap_or(1)
}
