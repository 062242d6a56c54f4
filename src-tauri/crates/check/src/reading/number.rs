//! Numbers as decimal text. No value is converted to floating point: digits are counted and moved as text.

use super::fold::{fold, is_digits};
use super::{Reading, number_words};

/// A number in the form that is stored: `-`, digits without superfluous zeros in front, `.` and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number<'a> {
    /// Digits before the point.
    pub whole: &'a str,
    /// Digits behind the point; empty where there is no point.
    pub fraction: &'a str,
}

impl<'a> Number<'a> {
    /// The number, if the text has exactly the stored form.
    pub fn parse(text: &'a str) -> Option<Number<'a>> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
            Some(_) => return None,
            None => (digits, ""),
        };
        let superfluous = whole.len() > 1 && whole.starts_with('0');
        (is_digits(whole) && !superfluous).then_some(Number { whole, fraction })
    }
}

/// The number format of a field.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape<'a> {
    /// Most digits behind the point; `Some(0)` for whole numbers.
    pub scale: Option<u32>,
    /// Unit that clerks may have written behind the number.
    pub unit: Option<&'a str>,
}

/// Reads a number: full-width digits, thousands separators, the field's own unit, `+`, zeros in front, zeros behind
/// that the scale does not allow. A number with 万 (ten thousand) and one with the tail of a binary fraction are only
/// likely.
pub(crate) fn read(text: &str, shape: Shape<'_>) -> Reading {
    let folded = fold(text);
    let (bare, times) = without_unit(&folded, shape.unit);
    let Some(value) = tidy(bare) else { return in_words(bare, times, shape) };
    if times > 0 {
        return match fit(&shift(&value, times), shape.scale) {
            Some(value) => Reading::Likely(value),
            None => Reading::Unknown,
        };
    }
    match fit(&value, shape.scale) {
        Some(value) => Reading::Certain(value),
        None => match without_binary_tail(&value).and_then(|v| fit(&v, shape.scale)) {
            Some(value) => Reading::Likely(value),
            None => Reading::Unknown,
        },
    }
}

/// A number in words or with letters that look like digits is only likely. A field without a printed unit may be counted
/// in anything.
fn in_words(bare: &str, times: usize, shape: Shape<'_>) -> Reading {
    const COUNTED: [&str; 22] = [
        "学时", "课时", "学分", "小时", "周", "年", "天", "日", "人", "名", "位", "个", "次", "节", "台", "套", "项",
        "门", "本", "册", "岁", "分",
    ];
    let bare = match shape.unit {
        Some(_) => bare,
        None => COUNTED.iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare),
    };
    let value =
        number_words::of_words(bare).map(|number| number.to_string()).or_else(|| number_words::of_letters(bare));
    match value.and_then(|value| fit(&shift(&tidy(&value)?, times), shape.scale)) {
        Some(value) => Reading::Likely(value),
        None => Reading::Unknown,
    }
}

/// Takes the unit off; the second part is the power of ten that a 万 or 亿 stands for.
fn without_unit<'t>(text: &'t str, unit: Option<&str>) -> (&'t str, usize) {
    let mut bare = text;
    if let Some(unit) = unit {
        if unit.starts_with('元') {
            bare = bare.strip_prefix('¥').unwrap_or(bare).trim_start();
        }
        let end = bare.len().saturating_sub(unit.len());
        if bare.get(end..).is_some_and(|tail| tail.eq_ignore_ascii_case(unit)) {
            bare = bare[..end].trim_end();
        } else if unit.starts_with('元') {
            bare = bare.strip_suffix('元').unwrap_or(bare).trim_end();
        }
    }
    for (word, times) in [("万", 4), ("亿", 8)] {
        if let Some(rest) = bare.strip_suffix(word) {
            return (rest.trim_end(), times);
        }
    }
    (bare, 0)
}

/// The stored form of a number that is written in another: sign, separators and zeros.
fn tidy(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = ungrouped(whole)?;
    if (whole.is_empty() && fraction.is_empty()) || !(fraction.is_empty() || is_digits(fraction)) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if whole == "0" && fraction.bytes().all(|b| b == b'0') { "" } else { sign };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// Digits without thousands separators, which must stand where they belong.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| matches!(c, ',' | ' ' | '\'')) else {
        return (whole.is_empty() || is_digits(whole)).then(|| whole.to_owned());
    };
    let mut groups = whole.split(separator);
    let first = groups.next().filter(|g| is_digits(g) && g.len() <= 3)?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// The number with no more digits behind the point than allowed, if only zeros are lost.
fn fit(value: &str, scale: Option<u32>) -> Option<String> {
    let Some(scale) = scale else { return Some(value.to_owned()) };
    let Some((whole, fraction)) = value.split_once('.') else { return Some(value.to_owned()) };
    if fraction.len() <= scale as usize {
        return Some(value.to_owned());
    }
    let kept = fraction.trim_end_matches('0');
    match kept.len() {
        0 => Some(whole.to_owned()),
        n if n <= scale as usize => Some(format!("{whole}.{kept}")),
        _ => None,
    }
}

/// The number times ten to the power of `places`.
fn shift(value: &str, places: usize) -> String {
    let (sign, digits) = value.strip_prefix('-').map_or(("", value), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{fraction:0<places$}");
    let (moved, rest) = padded.split_at(places);
    let joined = format!("{whole}{moved}");
    let whole = joined.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}")
}

/// What a binary fraction such as `96.299999999999997` was before a program wrote it with 17 digits: the same number
/// with 15 significant digits. `None` for a number with fewer digits, or where nothing becomes shorter.
fn without_binary_tail(value: &str) -> Option<String> {
    const KEPT: usize = 15;
    let (sign, digits) = value.strip_prefix('-').map_or(("", value), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.')?;
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|b| b - b'0').collect();
    let lead = all.iter().take_while(|d| **d == 0).count();
    let cut = lead + KEPT;
    if all.len() <= cut || cut <= whole.len() {
        return None;
    }
    let mut kept = all[..cut].to_vec();
    if all[cut] >= 5 {
        let nine = kept.iter().rposition(|d| *d != 9)?;
        kept[nine] += 1;
        kept[nine + 1..].fill(0);
    }
    let text: String = kept.iter().map(|d| char::from(b'0' + d)).collect();
    let (whole, fraction) = text.split_at(whole.len());
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    (fraction.len() + 3 < KEPT).then(|| format!("{sign}{whole}{point}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, scale: Option<u32>, unit: Option<&str>, expect: Reading) {
        assert_eq!(read(text, Shape { scale, unit }), expect, "{text}");
    }

    fn certain(value: &str) -> Reading {
        Reading::Certain(value.into())
    }

    fn likely(value: &str) -> Reading {
        Reading::Likely(value.into())
    }

    #[test]
    fn reads_whole_numbers() {
        for (text, expect) in [
            ("12", certain("12")),
            ("１２", certain("12")),
            (" 12 ", certain("12")),
            ("+12", certain("12")),
            ("-12", certain("-12")),
            ("−12", certain("-12")),
            ("0012", certain("12")),
            ("000", certain("0")),
            ("-0", certain("0")),
            ("12.0", certain("12")),
            ("12.", certain("12")),
            ("1,234", certain("1234")),
            ("1，234，567", certain("1234567")),
            ("1 234", certain("1234")),
            ("1,23", Reading::Unknown),
            ("1,2345", Reading::Unknown),
            ("12.5", Reading::Unknown),
            ("1.2万", likely("12000")),
            ("3亿", likely("300000000")),
            ("1.23456万", Reading::Unknown),
            ("十二", likely("12")),
            ("三十万", likely("300000")),
            ("1O", likely("10")),
            ("十二点五", Reading::Unknown),
            ("1e3", Reading::Unknown),
            ("", Reading::Unknown),
            (".", Reading::Unknown),
            ("万", Reading::Unknown),
            ("--1", Reading::Unknown),
        ] {
            check(text, Some(0), None, expect);
        }
    }

    #[test]
    fn takes_the_fields_own_unit_off() {
        for (text, unit, expect) in [
            ("36学时", "学时", certain("36")),
            ("36 学时", "学时", certain("36")),
            ("36周", "学时", Reading::Unknown),
            ("95.5%", "%", certain("95.5")),
            ("95.5％", "%", certain("95.5")),
            ("100mbps", "Mbps", certain("100")),
            ("￥1,200.50元", "元", certain("1200.50")),
            ("3500元", "元/月", certain("3500")),
            ("1.2万元", "元", likely("12000")),
        ] {
            check(text, Some(4), Some(unit), expect);
        }
    }

    #[test]
    fn keeps_digits_behind_the_point_exactly() {
        for (text, scale, expect) in [
            ("96.5", 1, certain("96.5")),
            ("96.50", 1, certain("96.5")),
            ("96.00", 1, certain("96")),
            (".5", 1, certain("0.5")),
            ("96.55", 1, Reading::Unknown),
            ("96.299999999999997", 1, likely("96.3")),
            ("0.10000000000000001", 1, likely("0.1")),
            ("99.999999999999997", 1, Reading::Unknown),
            ("96.299999999999997", 0, Reading::Unknown),
        ] {
            check(text, Some(scale), None, expect);
        }
    }

    #[test]
    fn stored_form() {
        for (text, expect) in [
            ("0", Some(("0", ""))),
            ("-7.25", Some(("7", "25"))),
            ("01", None),
            ("+1", None),
            ("1.", None),
            (".5", None),
            ("１", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(Number::parse(text).map(|n| (n.whole, n.fraction)), expect, "{text}");
        }
    }
}
