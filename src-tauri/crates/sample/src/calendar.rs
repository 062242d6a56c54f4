//! The calendar of the autumn term of 2026, in which the sample college lives.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The day on which the records were collected. Later days are plans.
pub const TODAY: Date = date(2026, 11, 21);
/// Monday of the first week of teaching, and its last Friday.
pub const TERM: (Date, Date) = (date(2026, 9, 7), date(2027, 1, 15));
/// Days of the term that lie behind us.
pub const SO_FAR: (Date, Date) = (TERM.0, date(2026, 11, 20));
/// National day: nobody works.
pub const HOLIDAY: (Date, Date) = (date(2026, 10, 1), date(2026, 10, 7));
/// The school year.
pub const SCHOOL_YEAR: &str = "2026-2027";
/// Code of the autumn term.
pub const AUTUMN: &str = "1";
/// Last week of teaching that is over.
pub const LAST_WEEK: i64 = 11;

/// The day so many days later (or earlier).
pub fn after(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// A day of teaching: `week` from 1, `weekday` from 1 (Monday).
pub fn teaching_day(week: i64, weekday: i64) -> Date {
    after(TERM.0, (week - 1) * 7 + weekday - 1)
}

/// The week of teaching a day lies in, from 1.
pub fn week_of(day: Date) -> i64 {
    i64::from((day - TERM.0).get_days()) / 7 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_from_the_first_monday() {
        assert_eq!(teaching_day(1, 1), TERM.0);
        assert_eq!(teaching_day(LAST_WEEK, 5), SO_FAR.1);
        assert_eq!(week_of(SO_FAR.1), LAST_WEEK);
    }
}
