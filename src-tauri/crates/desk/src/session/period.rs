//! 采集期: the period that a book is filled for, and the day a table is due.
//!
//! A book is filled for a school term written `2026-2027-1`: two school years that follow each other and the term, 1 or
//! 2. `standard::period` gives the period that each of its tables has then. The standard prints no deadlines. A table
//!    is due on the last day of the interval that its frequency names; for a term that is the day the college has set,
//!    and without it there is no due day. A table of the year is due when the year that its records belong to ends: in
//!    July for a school year.

use jiff::civil::{Date, Weekday};
use standard::{Frequency, PeriodKind};

/// A school term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Calendar year in which the school year begins.
    pub first_year: i16,
    /// 1 (autumn) or 2 (spring).
    pub term: u8,
}

impl Period {
    /// Reads `2026-2027-1`.
    pub fn parse(text: &str) -> Option<Period> {
        let [first, second, term] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !(digits(first, 4) && digits(second, 4) && digits(term, 1)) {
            return None;
        }
        let (first_year, second_year) = (first.parse::<i16>().ok()?, second.parse::<i16>().ok()?);
        let term = term.parse::<u8>().ok()?;
        (second_year == first_year + 1 && (1..=2).contains(&term)).then_some(Period { first_year, term })
    }

    /// The term that runs on a day: the autumn term from September to February, the spring term from March to August.
    pub fn of_day(day: Date) -> Period {
        let first_year = if day.month() >= 9 { day.year() } else { day.year() - 1 };
        Period { first_year, term: if (3..=8).contains(&day.month()) { 2 } else { 1 } }
    }

    /// The term before it.
    pub fn before(self) -> Period {
        match self.term {
            1 => Period { first_year: self.first_year - 1, term: 2 },
            _ => Period { term: 1, ..self },
        }
    }

    /// As the book writes it: `2026-2027-1`.
    pub fn text(self) -> String {
        format!("{:04}-{:04}-{}", self.first_year, self.first_year + 1, self.term)
    }

    /// As people speak of it: `2026-2027 学年 第一学期`.
    pub fn words(self) -> String {
        let term = if self.term == 1 { "第一学期" } else { "第二学期" };
        format!("{}-{} 学年 {term}", self.first_year, self.first_year + 1)
    }
}

/// The day a table of this frequency and this kind of period is due in a book of `period`, seen from `today`;
/// `term_end` is the college's own setting.
pub fn due(
    (frequency, kind): (Frequency, PeriodKind),
    period: &str,
    today: Date,
    term_end: Option<Date>,
) -> Option<Date> {
    match frequency {
        Frequency::Day => Some(today),
        Frequency::Week => {
            let days = (i64::from(Weekday::Sunday.to_monday_one_offset())
                - i64::from(today.weekday().to_monday_one_offset()))
                % 7;
            today.checked_add(jiff::Span::new().days(days)).ok()
        }
        Frequency::Month => Some(today.last_of_month()),
        Frequency::Term => term_end,
        Frequency::Year => match (kind, Period::parse(period)) {
            (PeriodKind::SchoolYear, Some(Period { term: 2, .. })) if term_end.is_some() => term_end,
            (PeriodKind::SchoolYear, Some(Period { first_year, .. })) => Date::new(first_year + 1, 7, 31).ok(),
            (PeriodKind::CalendarYear, Some(Period { first_year, term })) => {
                Date::new(first_year + i16::from(term == 2), 12, 31).ok()
            }
            _ => Some(today.last_of_year()),
        },
        Frequency::Once | Frequency::AsNeeded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_two_years_that_follow_and_a_term() {
        for (text, good) in [
            ("2026-2027-1", true),
            ("2026-2027-2", true),
            ("2026-2028-1", false),
            ("2026-2027-3", false),
            ("2026-2027", false),
            ("26-27-1", false),
            ("+026-2027-1", false),
        ] {
            assert_eq!(Period::parse(text).is_some(), good, "{text}");
        }
        assert_eq!(Period::parse("2026-2027-1").map(Period::words).as_deref(), Some("2026-2027 学年 第一学期"));
    }

    #[test]
    fn a_day_lies_in_a_term() {
        for (day, first_year, term) in
            [("2026-08-31", 2025, 2), ("2026-09-01", 2026, 1), ("2027-02-28", 2026, 1), ("2027-03-01", 2026, 2)]
        {
            assert_eq!(Period::of_day(day.parse().unwrap()), Period { first_year, term }, "{day}");
        }
    }

    #[test]
    fn a_table_is_due_at_the_end_of_its_interval() {
        let saturday = jiff::civil::date(2026, 11, 21);
        let end = jiff::civil::date(2027, 1, 22);
        for (frequency, expect) in [
            (Frequency::Day, Some(saturday)),
            (Frequency::Week, Some(jiff::civil::date(2026, 11, 22))),
            (Frequency::Month, Some(jiff::civil::date(2026, 11, 30))),
            (Frequency::Term, Some(end)),
            (Frequency::Year, Some(jiff::civil::date(2026, 12, 31))),
            (Frequency::Once, None),
        ] {
            assert_eq!(due((frequency, PeriodKind::All), "2026-2027-1", saturday, Some(end)), expect, "{frequency:?}");
        }
        assert_eq!(due((Frequency::Term, PeriodKind::SchoolYear), "2026-2027-1", saturday, None), None);
        let sunday = jiff::civil::date(2026, 11, 22);
        assert_eq!(due((Frequency::Week, PeriodKind::Term), "2026-2027-1", sunday, None), Some(sunday));
    }

    /// In autumn and in spring the same year is meant: it is due once, when it ends.
    #[test]
    fn a_table_of_a_year_is_due_when_its_year_ends() {
        let (autumn, spring) = (jiff::civil::date(2026, 11, 21), jiff::civil::date(2027, 4, 1));
        let end = Some(jiff::civil::date(2027, 7, 9));
        let july = Some(jiff::civil::date(2027, 7, 31));
        let school = (Frequency::Year, PeriodKind::SchoolYear);
        assert_eq!(due(school, "2026-2027-1", autumn, Some(jiff::civil::date(2027, 1, 22))), july);
        assert_eq!(due(school, "2026-2027-2", spring, None), july);
        assert_eq!(due(school, "2026-2027-2", spring, end), end);
        let calendar = (Frequency::Year, PeriodKind::CalendarYear);
        assert_eq!(due(calendar, "2026-2027-1", autumn, None), Some(jiff::civil::date(2026, 12, 31)));
        assert_eq!(due(calendar, "2026-2027-2", spring, None), Some(jiff::civil::date(2027, 12, 31)));
    }
}
