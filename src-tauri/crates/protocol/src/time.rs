//! Times as the receiver writes them: national standard time, usually without an offset.
//!
//! The texts print three forms: `2023-06-05 14:22:01`, `2022-04-15T09:48:55.938`, `2023-06-01T00:00:00.000`. Receivers
//! write others as well: an offset, other separators, no separators, Chinese, seconds or milliseconds since 1970, the
//! list of numbers that some Java programs make of a time. One moment may come back in another form than it was given,
//! so times are compared as times with the precision that both show, see [`Written::agrees`].
//!
//! A text without an offset may be universal time, and one that ends in `Z` may be national time all the same, because
//! both mistakes are common. [`near`] takes the reading that lies at the moment where the time is expected.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

mod forms;

/// National standard time.
pub const CHINA: Offset = jiff::tz::offset(8);

/// A reading within this time of the expected moment is taken for the right one. Less than half of the eight hours
/// between national and universal time.
const NEAR: SignedDuration = SignedDuration::from_hours(1);

/// A time that was read: the moment, and how exact the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The first moment that the text can mean.
    pub at: Timestamp,
    /// The smallest part that the text shows: a day, a minute, a second, or less. A fraction of zeros does not count,
    /// because some programs write it behind whole seconds.
    pub unit: SignedDuration,
}

impl Written {
    /// Whether two times can be the same moment written in two forms: equal in the coarser of the two units. A fraction
    /// may have been cut off or rounded.
    pub fn agrees(&self, other: &Written) -> bool {
        let unit = self.unit.max(other.unit);
        if unit < SignedDuration::from_secs(1) {
            return self.part(unit, false) == other.part(unit, false);
        }
        let round = |written: &Written| written.unit < SignedDuration::from_secs(1);
        self.part(unit, false) == other.part(unit, false)
            || (unit == SignedDuration::from_secs(1) && self.part(unit, round(self)) == other.part(unit, round(other)))
    }

    /// How many units lie between the start of 1970 in national time and this time, rounded down or to the nearest
    /// unit.
    fn part(&self, unit: SignedDuration, round: bool) -> i128 {
        let since = self.at.as_nanosecond() + SignedDuration::from_hours(8).as_nanos();
        let half = if round { unit.as_nanos() / 2 } else { 0 };
        (since + half).div_euclid(unit.as_nanos())
    }

    /// The distance of two times.
    pub fn distance(&self, at: Timestamp) -> SignedDuration {
        self.at.duration_since(at).abs()
    }
}

/// Reads a time in any known form, without its offset; `None` if no form fits.
pub fn parse(text: &str) -> Option<DateTime> {
    Some(civil(read(text)?.at))
}

/// Reads a time in any known form, as national time where the text does not say otherwise.
pub fn read(text: &str) -> Option<Written> {
    readings(text)?.into_iter().flatten().next()
}

/// Reads a time in any known form, as the moment closest to the expected one where the text can mean several.
pub fn near(text: &str, expected: Timestamp) -> Option<Written> {
    let readings = readings(text)?;
    let first = readings[0];
    readings.into_iter().flatten().find(|written| written.distance(expected) <= NEAR).or(first)
}

/// What a text can mean, the likelier meaning first.
fn readings(text: &str) -> Option<[Option<Written>; 2]> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if let Some(written) = forms::epoch(text) {
        return Some([Some(written), None]);
    }
    if let Ok(at) = rfc2822::DateTimeParser::new().parse_timestamp(text) {
        return Some([Some(Written { at, unit: SignedDuration::from_secs(1) }), None]);
    }
    let forms::Form { time, unit, offset } = forms::civil(text)?;
    let written = |offset: Offset| {
        let at = time.to_zoned(TimeZone::fixed(offset)).ok()?.timestamp();
        Some(Written { at, unit })
    };
    Some(match offset {
        None => [written(CHINA), written(Offset::UTC)],
        Some(Offset::UTC) => [written(Offset::UTC), written(CHINA)],
        Some(other) => [written(other), None],
    })
}

/// `YYYY-MM-DD HH:mm:ss`, the form of `startTime`, `endTime` and of `time` in the later text.
pub fn seconds_text(at: Timestamp) -> String {
    civil(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// `YYYY-MM-DDTHH:mm:ss.SSS`, the form of `timestamps` in results.
pub fn millis_text(at: Timestamp) -> String {
    let time = civil(at);
    format!("{}.{:03}", time.strftime("%Y-%m-%dT%H:%M:%S"), time.millisecond())
}

/// Date and time of a moment in national standard time.
pub fn civil(at: Timestamp) -> DateTime {
    CHINA.to_datetime(at)
}

/// The moment of a date and time that the receiver wrote, in national standard time.
pub fn moment(time: DateTime) -> Option<Timestamp> {
    time.to_zoned(TimeZone::fixed(CHINA)).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_printed_forms() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(parse(text).map(|t| t.to_string()).as_deref(), expect, "{text}");
        };
        check("2023-06-05 14:22:01", Some("2023-06-05T14:22:01"));
        check("2022-04-15T09:48:55.938", Some("2022-04-15T09:48:55.938"));
        check("2023-06-01T00:00:00.000", Some("2023-06-01T00:00:00"));
        check("", None);
        check("null", None);
        check("2023-02-30 00:00:00", None);
    }

    #[test]
    fn reads_the_forms_that_receivers_write() {
        let check = |text: &str, expect: &str, unit: SignedDuration| {
            let at = format!("{expect}+08:00").parse::<Timestamp>().unwrap();
            assert_eq!(read(text), Some(Written { at, unit }), "{text}");
        };
        let second = SignedDuration::from_secs(1);
        for text in [
            "2026-11-26T07:32:57Z",
            "2026-11-26T07:32:57.000Z",
            "2026-11-26T15:32:57+08:00",
            "2026-11-26 15:32:57 +0800",
            "2026-11-26T07:32:57+00:00",
            "2026/11/26 15:32:57",
            "2026.11.26 15:32:57",
            "2026年11月26日 15:32:57",
            "2026年11月26日15时32分57秒",
            "2026年11月26日 下午3:32:57",
            "20261126153257",
            "20261126 153257",
            "20261126T153257",
            "1795678377",
            "1795678377000",
            "1795678377.0",
            "Thu, 26 Nov 2026 07:32:57 GMT",
            "Thu Nov 26 15:32:57 CST 2026",
            "[2026,11,26,15,32,57]",
            " \"2026-11-26 15:32:57\" ",
        ] {
            check(text, "2026-11-26T15:32:57", second);
        }
        let milli = SignedDuration::from_millis(1);
        for text in [
            "2026-11-26T15:32:57.938",
            "2026-11-26 15:32:57,938",
            "20261126153257938",
            "1795678377938",
            "[2026,11,26,15,32,57,938000000]",
            "2026-11-26T07:32:57.938Z",
        ] {
            check(text, "2026-11-26T15:32:57.938", milli);
        }
        check("2026-11-26 15:32", "2026-11-26T15:32:00", SignedDuration::from_mins(1));
        check("202611261532", "2026-11-26T15:32:00", SignedDuration::from_mins(1));
        check("2026-1-6 5:32", "2026-01-06T05:32:00", SignedDuration::from_mins(1));
        check("2026-11-26", "2026-11-26T00:00:00", SignedDuration::from_hours(24));
        check("20261126", "2026-11-26T00:00:00", SignedDuration::from_hours(24));
        for text in
            ["", "soon", "0", "20231301", "2026-11-26 25:00:00", "1", "2026", "12:30:00", "[2026]", "[]", "1e99"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_meaning_that_lies_where_it_is_expected_is_taken() {
        let check = |text: &str, expected: &str, expect: &str| {
            let expected = expected.parse().unwrap();
            let at = near(text, expected).unwrap().at;
            assert_eq!(at, expect.parse::<Timestamp>().unwrap(), "{text} {expected}");
        };
        check("2026-11-26 15:32:57", "2026-11-26T07:32:50Z", "2026-11-26T07:32:57Z");
        check("2026-11-26 07:32:57", "2026-11-26T07:32:50Z", "2026-11-26T07:32:57Z");
        check("2026-11-26T15:32:57Z", "2026-11-26T07:32:50Z", "2026-11-26T07:32:57Z");
        check("2026-11-26T07:32:57Z", "2026-11-26T07:32:50Z", "2026-11-26T07:32:57Z");
        check("2026-11-26 07:32:57", "2027-01-01T00:00:00Z", "2026-11-25T23:32:57Z");
    }

    #[test]
    fn compares_across_forms() {
        let check = |a: &str, b: &str, expect: bool| {
            assert_eq!(read(a).unwrap().agrees(&read(b).unwrap()), expect, "{a} {b}");
            assert_eq!(read(b).unwrap().agrees(&read(a).unwrap()), expect, "{b} {a}");
        };
        check("2023-06-05 14:22:01", "2023-06-05T14:22:01.000", true);
        check("2023-06-05 14:22:01", "2023-06-05T14:22:01.938", true);
        check("2023-06-05T14:22:01.938", "2023-06-05T14:22:01", true);
        check("2023-06-05T14:22:01.938", "2023-06-05T14:22:01.939", false);
        check("2023-06-05T14:22:01.93", "2023-06-05T14:22:01.939", true);
        check("2023-06-05 14:22:01", "2023-06-05 14:22:02", false);
        check("2023-06-05 14:22:01", "2023-06-05T14:22:02.000", false);
        check("2023-06-05T14:22:01.938", "2023-06-05T14:22:02", true);
        check("2023-06-05T14:22:01.438", "2023-06-05T14:22:02", false);
        check("2023-06-05 14:22", "2023-06-05T14:22:59.938", true);
        check("2023-06-05 14:22", "2023-06-05T14:23:00", false);
        check("2023-06-05", "2023-06-05T00:00:00", true);
        check("2023-06-05", "2023-06-05T23:59:59.9", true);
        check("2023-06-05", "2023-06-06T00:00:00", false);
    }

    #[test]
    fn writes_national_time() {
        let at: Timestamp = "2026-11-21T16:30:05.938Z".parse().unwrap();
        assert_eq!(seconds_text(at), "2026-11-22 00:30:05");
        assert_eq!(millis_text(at), "2026-11-22T00:30:05.938");
        assert_eq!(moment(parse(&millis_text(at)).unwrap()), Some(at));
    }

    proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = parse(&text);
            let _ = near(&text, Timestamp::UNIX_EPOCH);
        }

        #[test]
        fn written_times_are_read(ms in 0i64..4_102_444_800_000) {
            let at = Timestamp::from_millisecond(ms).unwrap();
            let exact = parse(&millis_text(at)).unwrap();
            prop_assert_eq!(moment(exact), Some(at));
            prop_assert!(read(&millis_text(at)).unwrap().agrees(&read(&seconds_text(at)).unwrap()));
        }
    }
}
