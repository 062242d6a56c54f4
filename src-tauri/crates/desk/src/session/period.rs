//! 采集期: the period a record speaks for, and the day a table is due.
//!
//! A period is a school term written `2026-2027-1`: two school years that follow each other and the term, 1 or 2. The standard prints no
//! deadlines. A table is due on the last day of the interval that its frequency names; for a term that is the day the
//! college has set, and without it there is no due day.

use jiff::civil::{Date, Weekday};
use standard::Frequency;

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

    /// As people speak of it: `2026-2027 学年 第一学期`.
    pub fn words(self) -> String {
        let term = if self.term == 1 { "第一学期" } else { "第二学期" };
        format!("{}-{} 学年 {term}", self.first_year, self.first_year + 1)
    }
}

/// The day a table of this frequency is due, seen from `today`; `term_end` is the college's own setting.
pub fn due(frequency: Frequency, today: Date, term_end: Option<Date>) -> Option<Date> {
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
        Frequency::Year => Some(today.last_of_year()),
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
            assert_eq!(due(frequency, saturday, Some(end)), expect, "{frequency:?}");
        }
        assert_eq!(due(Frequency::Term, saturday, None), None);
        let sunday = jiff::civil::date(2026, 11, 22);
        assert_eq!(due(Frequency::Week, sunday, None), Some(sunday));
    }
}
