//! A cell as a spreadsheet program keeps it, and the text that a person sees in it.
//!
//! Numbers become exact decimal text with the 15 digits that Excel itself shows, dates take the form that the field's
//! kind asks for. Nothing is judged here: a date in a text field stays a readable date, a number in a date field stays
//! that number.

use standard::Kind;

/// One cell of a sheet, whatever the form of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw {
    /// No value, whatever its format.
    Empty,
    /// Text as it stands.
    Text(String),
    /// A number and how its format shows it.
    Number(f64, NumberFormat),
    /// A date, a time or both.
    Moment(Moment),
    /// A truth value.
    Bool(bool),
    /// An error value: what stands there.
    Error(String),
}

/// What a number format does to a number beyond its plain digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// Nothing that changes its meaning.
    Plain,
    /// Shown with leading zeros to so many digits (format `000000`), as people do with codes.
    Padded(u8),
    /// Shown a hundredfold with a percent sign.
    Percent,
}

/// A date, a time of day or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Year, month, day.
    pub date: Option<(u16, u8, u8)>,
    /// Hours (more than 23 in a duration), minutes, seconds.
    pub time: Option<(u32, u8, u8)>,
}

/// The text of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Text, trimmed.
    Text(String),
    /// Text of a number with more digits than a spreadsheet keeps: the last ones may be lost.
    Long(String),
    /// An error value.
    Error(String),
}

impl Raw {
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Raw::Empty => true,
            Raw::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The text for a field of this kind.
    pub(crate) fn seen(&self, kind: Kind) -> Seen {
        match self {
            Raw::Empty => Seen::Text(String::new()),
            Raw::Text(text) if is_error_word(text.trim()) => Seen::Error(text.trim().to_owned()),
            Raw::Text(text) => Seen::Text(text.trim().to_owned()),
            Raw::Number(value, shape) => number(*value, *shape),
            Raw::Moment(moment) => Seen::Text(moment.text(kind)),
            Raw::Bool(true) => Seen::Text("是".to_owned()),
            Raw::Bool(false) => Seen::Text("否".to_owned()),
            Raw::Error(shown) => Seen::Error(shown.clone()),
        }
    }

    /// The text where no field is known: headings, the stamp.
    pub(crate) fn plain(&self) -> String {
        match self.seen(Kind::Text) {
            Seen::Text(text) | Seen::Long(text) | Seen::Error(text) => text,
        }
    }
}

/// What an error value leaves behind where only text can be kept: in a .csv, or pasted as text.
fn is_error_word(text: &str) -> bool {
    const WORDS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    text.starts_with('#') && WORDS.contains(&text)
}

fn number(value: f64, shape: NumberFormat) -> Seen {
    let whole = value.trunc() == value;
    match shape {
        NumberFormat::Percent => Seen::Text(format!("{}%", number_text(value * 100.0))),
        NumberFormat::Padded(digits) if whole && (0.0..1e15).contains(&value) => {
            Seen::Text(format!("{:0>width$}", number_text(value), width = digits as usize))
        }
        _ if whole && value.abs() >= 1e15 => Seen::Long(number_text(value)),
        _ => Seen::Text(number_text(value)),
    }
}

/// A number as decimal text: no exponent, no `.0`, and the 15 digits that a spreadsheet promises.
pub(crate) fn number_text(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned(); // also for -0
    }
    // Whole numbers below 2^53 are exact, and LibreOffice keeps all their digits.
    if value.trunc() == value && value.abs() <= 9_007_199_254_740_992.0 {
        return format!("{}", value as i64);
    }
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    format!("{rounded}")
}

impl Moment {
    /// From an ISO 8601 date, time or both (`2026-09-01`, `2026-09-01T08:30:00.5`), as .ods and strict .xlsx write them.
    pub(crate) fn from_iso(text: &str) -> Option<Moment> {
        let text = text.trim().trim_end_matches('Z');
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (Some(date), Some(time)),
            None if text.contains('-') => (Some(text), None),
            None => (None, Some(text)),
        };
        let date = match date {
            None | Some("") => None,
            Some(date) => {
                let mut parts = date.split('-');
                let date = (
                    parts.next()?.parse().ok()?,
                    parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?,
                    parts.next()?.parse().ok().filter(|d| (1..=31).contains(d))?,
                );
                parts.next().is_none().then_some(Some(date))?
            }
        };
        let time = match time {
            None => None,
            Some(time) => {
                let mut parts = time.split(':');
                let hours = parts.next()?.parse().ok()?;
                let minutes = parts.next()?.parse().ok()?;
                let seconds = parts.next().map_or(Some(0.0), |s| s.parse::<f64>().ok())?;
                Some((hours, minutes, seconds as u8))
            }
        };
        (date.is_some() || time.is_some()).then_some(Moment { date, time })
    }

    /// From an ISO 8601 duration such as `PT08H30M00S`, as .ods writes times.
    pub(crate) fn from_duration(text: &str) -> Option<Moment> {
        let mut rest = text.trim().strip_prefix("PT")?;
        let mut part = |unit: char| -> Option<f64> {
            match rest.split_once(unit) {
                Some((digits, tail)) => {
                    rest = tail;
                    digits.replace(',', ".").parse().ok()
                }
                None => Some(0.0),
            }
        };
        let (hours, minutes, seconds) = (part('H')?, part('M')?, part('S')?);
        Some(Moment { date: None, time: Some((hours as u32, minutes as u8, seconds as u8)) })
    }

    fn text(self, kind: Kind) -> String {
        let clock = |h: u32, m: u8, s: u8| format!("{h:02}:{m:02}:{s:02}");
        let Some((year, month, day)) = self.date else {
            let (h, m, s) = self.time.unwrap_or_default();
            return match kind {
                Kind::Time => format!("{h:02}{m:02}{s:02}"),
                _ => clock(h, m, s),
            };
        };
        let time = self.time.filter(|&t| t != (0, 0, 0));
        match (kind, time) {
            (Kind::Date, _) => format!("{year:04}{month:02}{day:02}"),
            (Kind::DateTime, time) => {
                let (h, m, s) = time.unwrap_or_default();
                format!("{year:04}{month:02}{day:02} {h:02}{m:02}{s:02}")
            }
            (Kind::Time, Some((h, m, s))) => format!("{h:02}{m:02}{s:02}"),
            (Kind::YearMonth, _) => format!("{year:04}{month:02}"),
            (Kind::Year, _) => format!("{year:04}"),
            (_, None) => format!("{year:04}-{month:02}-{day:02}"),
            (_, Some((h, m, s))) => format!("{year:04}-{month:02}-{day:02} {}", clock(h, m, s)),
        }
    }
}

/// What a number format code does; see [`NumberFormat`].
pub(crate) fn number_format(format_code: &str) -> NumberFormat {
    let first = format_code.split(';').next().unwrap_or_default();
    let digits = first.trim_matches(['"', ' ']);
    if digits.len() > 1 && digits.len() <= 32 && digits.bytes().all(|b| b == b'0') {
        return NumberFormat::Padded(digits.len() as u8);
    }
    // A quoted or escaped percent sign is only decoration.
    let mut quoted = false;
    let mut before = ' ';
    for c in first.chars() {
        match c {
            '"' => quoted = !quoted,
            '%' if !quoted && before != '\\' => return NumberFormat::Percent,
            _ => {}
        }
        before = c;
    }
    NumberFormat::Plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_as_people_see_them() {
        let table = [
            (1.0, "1"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1234.5, "1234.5"),
            (-0.05, "-0.05"),
            (1e-7, "0.0000001"),
            (20260901.0, "20260901"),
            (99999999999999.9, "99999999999999.9"),
            (1e17, "100000000000000000"),
            (123456789012346000.0, "123456789012346000"),
            (4_100_000_001.0, "4100000001"),
            (66.67, "66.67"),
        ];
        for (value, text) in table {
            assert_eq!(number_text(value), text);
        }
    }

    #[test]
    fn formats_that_change_the_meaning() {
        let table = [
            ("General", 7.0, Seen::Text("7".into())),
            ("000000", 7.0, Seen::Text("000007".into())),
            ("0", 7.0, Seen::Text("7".into())),
            ("0.00%", 0.125, Seen::Text("12.5%".into())),
            ("0\"%\"", 12.0, Seen::Text("12".into())),
            ("#,##0.00", 12.5, Seen::Text("12.5".into())),
            ("0", 410_000_000_123_456_789.0, Seen::Long("410000000123457000".into())),
            ("000", 1.5, Seen::Text("1.5".into())),
        ];
        for (format, value, seen) in table {
            assert_eq!(number(value, number_format(format)), seen, "{format}");
        }
    }

    #[test]
    fn error_words_are_no_text() {
        assert_eq!(Raw::Text(" #N/A ".into()).seen(Kind::Text), Seen::Error("#N/A".into()));
        assert_eq!(Raw::Text("#1 宿舍".into()).seen(Kind::Text), Seen::Text("#1 宿舍".into()));
    }

    #[test]
    fn moments_take_the_form_of_the_field() {
        let day = Moment { date: Some((2026, 9, 1)), time: None };
        let noon = Moment { date: Some((2026, 9, 1)), time: Some((12, 30, 5)) };
        let clock = Moment { date: None, time: Some((8, 5, 0)) };
        let table = [
            (day, Kind::Date, "20260901"),
            (noon, Kind::Date, "20260901"),
            (day, Kind::DateTime, "20260901 000000"),
            (noon, Kind::DateTime, "20260901 123005"),
            (day, Kind::YearMonth, "202609"),
            (day, Kind::Year, "2026"),
            (day, Kind::Text, "2026-09-01"),
            (noon, Kind::Text, "2026-09-01 12:30:05"),
            (clock, Kind::Time, "080500"),
            (clock, Kind::Text, "08:05:00"),
        ];
        for (moment, kind, text) in table {
            assert_eq!(moment.text(kind), text, "{kind:?}");
        }
    }

    #[test]
    fn iso_forms() {
        let date = |d, t| Some(Moment { date: d, time: t });
        let table = [
            ("2026-09-01", date(Some((2026, 9, 1)), None)),
            ("2026-09-01T08:30:00.999", date(Some((2026, 9, 1)), Some((8, 30, 0)))),
            ("2026-13-01", None),
            ("08:30", date(None, Some((8, 30, 0)))),
            ("张三", None),
            ("", None),
        ];
        for (text, moment) in table {
            assert_eq!(Moment::from_iso(text), moment, "{text}");
        }
        assert_eq!(Moment::from_duration("PT08H30M15S"), date(None, Some((8, 30, 15))));
        assert_eq!(Moment::from_duration("PT45M"), date(None, Some((0, 45, 0))));
        assert_eq!(Moment::from_duration("P1D"), None);
    }

    proptest! {
        /// What fits into 15 digits comes back as it was typed.
        #[test]
        fn decimal_text_survives(whole in 0u64..1_000_000_000, tenth in 0u32..10_000) {
            let typed = format!("{whole}.{tenth:04}");
            let typed = typed.trim_end_matches('0').trim_end_matches('.');
            let value: f64 = typed.parse().unwrap();
            prop_assert_eq!(number_text(value), typed);
        }

        #[test]
        fn any_number_is_plain_decimal(value in proptest::num::f64::NORMAL) {
            let text = number_text(value);
            prop_assert!(text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-'), "{}", text);
        }

        #[test]
        fn no_text_upsets_the_parsers(text in ".{0,40}") {
            let _ = (Moment::from_iso(&text), Moment::from_duration(&text), number_format(&text));
        }
    }
}
