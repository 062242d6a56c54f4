//! Times as the receiver writes them: national standard time without an offset.
//!
//! The texts print three forms: `2023-06-05 14:22:01`, `2022-04-15T09:48:55.938`, `2023-06-01T00:00:00.000`. One moment
//! may come back in another form than it was given, so times are compared as times, see [`agree`].

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// National standard time.
pub const CHINA: Offset = jiff::tz::offset(8);

/// Reads a time of any of the three forms.
pub fn parse(text: &str) -> Option<DateTime> {
    text.trim().parse().ok()
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

/// The moment in national standard time.
pub fn civil(at: Timestamp) -> DateTime {
    CHINA.to_datetime(at)
}

/// The moment of a time that the receiver wrote.
pub fn moment(time: DateTime) -> Option<Timestamp> {
    time.to_zoned(TimeZone::fixed(CHINA)).ok().map(|zoned| zoned.timestamp())
}

/// Whether two times can be the same moment written in two forms: equal, or equal in the second while one of them shows
/// no parts of a second.
pub fn agree(a: DateTime, b: DateTime) -> bool {
    let whole = |time: DateTime| time.subsec_nanosecond() == 0;
    let second = |time: DateTime| time.duration_since(DateTime::ZERO).as_secs();
    a == b || ((whole(a) || whole(b)) && second(a) == second(b))
}

/// Distance of two times.
pub fn distance(a: DateTime, b: DateTime) -> SignedDuration {
    a.duration_since(b).abs()
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
    fn compares_across_forms() {
        let check = |a: &str, b: &str, expect: bool| {
            assert_eq!(agree(parse(a).unwrap(), parse(b).unwrap()), expect, "{a} {b}");
        };
        check("2023-06-05 14:22:01", "2023-06-05T14:22:01.000", true);
        check("2023-06-05 14:22:01", "2023-06-05T14:22:01.938", true);
        check("2023-06-05T14:22:01.938", "2023-06-05T14:22:01", true);
        check("2023-06-05T14:22:01.938", "2023-06-05T14:22:01.939", false);
        check("2023-06-05 14:22:01", "2023-06-05 14:22:02", false);
        check("2023-06-05 14:22:01", "2023-06-05T14:22:02.000", false);
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
        }

        #[test]
        fn written_times_are_read(ms in 0i64..4_102_444_800_000) {
            let at = Timestamp::from_millisecond(ms).unwrap();
            let exact = parse(&millis_text(at)).unwrap();
            prop_assert_eq!(moment(exact), Some(at));
            prop_assert!(agree(exact, parse(&seconds_text(at)).unwrap()));
        }
    }
}
