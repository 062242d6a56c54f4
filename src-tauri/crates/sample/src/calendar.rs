//! The dates of the autumn term of 2026, the period of all records of the sample college.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The day on which the records were collected. Later days stand only in columns for planned dates.
pub const TODAY: Date = date(2026, 11, 21);
/// First and last day of teaching: the Monday of the first week and the Friday of the last.
pub const TERM: (Date, Date) = (date(2026, 9, 7), date(2027, 1, 15));
/// First day of the term and yesterday, as seen from [`TODAY`].
pub const TERM_SO_FAR: (Date, Date) = (TERM.0, date(2026, 11, 20));
/// First and last day of the national holiday, on which there is no teaching.
pub const HOLIDAY: (Date, Date) = (date(2026, 10, 1), date(2026, 10, 7));
/// The school year, as most tables write it.
pub const SCHOOL_YEAR: &str = "2026-2027";
/// Code of the autumn term in the code list of terms.
pub const AUTUMN: &str = "1";
/// The last week of teaching before [`TODAY`], counted from 1.
pub const LAST_WEEK: i64 = 11;

/// The day that is `days` days after `day`; a negative number gives an earlier day.
pub fn after(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// A day of teaching: `week` from 1, `weekday` from 1 (Monday).
pub fn teaching_day(week: i64, weekday: i64) -> Date {
    after(TERM.0, (week - 1) * 7 + weekday - 1)
}

/// The name of a day of the week, 1 for Monday to 7 for Sunday, as timetables write it.
pub fn weekday(day: i64) -> &'static str {
    ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][(day as usize + 6) % 7]
}

/// The last `count` days up to yesterday, the oldest first.
pub fn days_until_yesterday(count: i64) -> impl Iterator<Item = Date> {
    (0..count).map(move |n| after(TERM_SO_FAR.1, n + 1 - count))
}

/// The week of teaching that contains a day, counted from 1.
pub fn week_of(day: Date) -> i64 {
    i64::from((day - TERM.0).get_days()) / 7 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_from_the_first_monday() {
        assert_eq!(teaching_day(1, 1), TERM.0);
        assert_eq!(teaching_day(LAST_WEEK, 5), TERM_SO_FAR.1);
        assert_eq!(week_of(TERM_SO_FAR.1), LAST_WEEK);
    }
}
