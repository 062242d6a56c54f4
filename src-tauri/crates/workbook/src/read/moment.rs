//! Dates and times as spreadsheet programs keep them.

use standard::Kind;

/// A date, a time of day or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Year, month, day.
    pub date: Option<(u16, u8, u8)>,
    /// Hours (more than 23 in a duration), minutes, seconds.
    pub time: Option<(u32, u8, u8)>,
}

impl Moment {
    /// From an ISO 8601 date, time or both (`2026-09-01`, `2026-09-01T08:30:00.5`), as .ods and strict .xlsx write
    /// them.
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

    /// The form that the field asks for; in text fields a form that people read.
    pub(super) fn text(self, kind: Kind) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        #[test]
        fn no_text_upsets_the_parsers(text in ".{0,40}") {
            let _ = (Moment::from_iso(&text), Moment::from_duration(&text));
        }
    }
}
