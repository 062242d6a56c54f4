//! The day on which a table is due. Without I/O.
//!
//! The standard prints how often a table is reported and what it is about, and no deadline. A table is due on the last
//! day of the interval that its frequency names ([`period::due`]), and that day lies on a work day: the last one of a
//! week, month or year, the day itself or the next one for a daily table. A table of the term is due on the last day
//! that the college has set. Nothing is due before the term begins or after it ends, nor before the printed scope
//! begins. A table that is reported once is due at the end of the autumn term, which is printed. Days that the college
//! was told otherwise are settings.

use jiff::Span;
use jiff::civil::Date;
use standard::{Frequency, PeriodKind};

use super::settings::DueSettings;
use super::work_days::{HolidaysKnown, WorkDays, known};
use crate::session::period::{self, Period};

/// What an edition prints about when a table is reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printed<'a> {
    pub table: &'a str,
    pub frequency: Frequency,
    pub kind: PeriodKind,
    /// Frequency as printed.
    pub text: &'a str,
    pub scope: &'a str,
}

/// The calendar of a college in the period of its book.
pub(crate) struct Calendar<'a> {
    pub settings: &'a DueSettings,
    pub period: &'a str,
    /// Last day of the term, where it is set.
    pub term_end: Option<Date>,
}

/// The last day on which a table can be submitted in time, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DueDay {
    pub day: Date,
    /// It depends on days off of a year whose notice is not known, so it may move.
    pub estimate: bool,
}

impl Calendar<'_> {
    /// First day of the term, and whether that is a guess.
    pub fn term_start(&self) -> Option<(Date, bool)> {
        if let Some(day) = self.settings.term_starts.get(self.period).and_then(|text| text.parse().ok()) {
            return Some((day, false));
        }
        let Period { first_year, term } = Period::parse(self.period)?;
        let guess = if term == 1 { Date::new(first_year, 9, 1) } else { Date::new(first_year + 1, 3, 1) };
        Some((guess.ok()?, true))
    }

    /// The first due day of a table that is not before `from`; absent: it has none.
    pub fn first_due(&self, printed: Printed<'_>, from: Date) -> Option<DueDay> {
        if let Some(fixed) = self.settings.fixed.get(printed.table) {
            return Some(DueDay { day: self.fixed_day(fixed)?, estimate: false });
        }
        match printed.frequency {
            Frequency::Day | Frequency::Week | Frequency::Month => self.first_of_term(printed, from),
            Frequency::Term => Some(DueDay { day: self.term_end?, estimate: false }),
            Frequency::Year => {
                let last = period::due((printed.frequency, printed.kind), self.period, from, self.term_end)?;
                // The last day of the term was set by the college, so it may be a day off.
                let set = Some(last) == self.term_end;
                Some(if set {
                    DueDay { day: last, estimate: false }
                } else {
                    self.on_work_day(last.first_of_month(), last)
                })
            }
            Frequency::Once => {
                let spring = Period::parse(self.period).is_some_and(|period| period.term == 2);
                let autumn_only = printed.text.contains("秋季");
                self.term_end.filter(|_| !(spring && autumn_only)).map(|day| DueDay { day, estimate: false })
            }
            Frequency::AsNeeded => None,
        }
    }

    /// The first due day in the term of a table that is reported each day, week or month.
    fn first_of_term(&self, printed: Printed<'_>, from: Date) -> Option<DueDay> {
        let begin = standard::period::scope_begins(printed.scope).and_then(|text| Date::strptime("%Y%m%d", text).ok());
        let set = self.settings.from.parse().ok();
        let start = self.term_start().map(|(day, _)| day);
        let from = [begin, set, start].into_iter().flatten().fold(from, Date::max);
        let mut day = from;
        // Each turn looks at the interval after; the second one always reaches `from`, save for days off set by hand.
        for _ in 0..60 {
            let last = period::due((printed.frequency, printed.kind), self.period, day, self.term_end)?;
            let last = self.term_end.map_or(last, |end| last.min(end));
            if last < day {
                return None;
            }
            let first = match printed.frequency {
                Frequency::Week => last.checked_sub(Span::new().days(6)).ok()?,
                Frequency::Month => last.first_of_month(),
                _ => last,
            };
            let due = self.on_work_day(first, last);
            let in_term = self.term_end.is_none_or(|end| due.day <= end);
            if due.day >= from {
                return in_term.then_some(due);
            }
            day = last.tomorrow().ok()?;
        }
        None
    }

    /// The last work day of an interval, or its last day where due days lie on any day.
    fn on_work_day(&self, first: Date, last: Date) -> DueDay {
        if self.settings.every_day {
            return DueDay { day: last, estimate: false };
        }
        let day = WorkDays::new(self.settings).last_between(first, last);
        DueDay { day, estimate: known(day.year()).0 != HolidaysKnown::Official }
    }

    /// The day `MM-DD` in the school year of the book.
    fn fixed_day(&self, text: &str) -> Option<Date> {
        let Period { first_year, .. } = Period::parse(self.period)?;
        let (month, day) = text.split_once('-')?;
        let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
        Date::new(if month >= 9 { first_year } else { first_year + 1 }, month, day).ok()
    }
}

/// What of a table is not accepted, as far as the due day depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// Everything was accepted.
    Nothing,
    /// It has no records, and it is not known whether there is anything to report.
    NoRecords,
    /// Some records were not accepted; the oldest of them was changed last on this day.
    Since(Date),
}

impl Calendar<'_> {
    /// The due day that matters today, and by how many days it is over. What is not accepted is owed on the first due
    /// day after it was written. A table without records owes nothing of past days, weeks and months, because there may
    /// have been nothing to report; of a term or a year it owes what every college reports.
    pub fn owed(&self, printed: Printed<'_>, open: Open, today: Date) -> (Option<DueDay>, u64) {
        let from = match open {
            Open::Since(day) => day.min(today),
            Open::Nothing | Open::NoRecords => today,
        };
        let due = self.first_due(printed, from);
        let late = due.filter(|due| open != Open::Nothing && due.day < today);
        (due, late.map_or(0, |due| days_between(due.day, today)))
    }
}

/// Whole days from one to the other; 0 where the other is not later.
pub(crate) fn days_between(from: Date, to: Date) -> u64 {
    from.until(to).map_or(0, |span| u64::try_from(span.get_days()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn printed(frequency: Frequency, kind: PeriodKind) -> Printed<'static> {
        Printed { table: "ODS_X", frequency, kind, text: "", scope: "本学年秋季学期" }
    }

    struct Case<'a> {
        settings: DueSettings,
        period: &'a str,
        term_end: Option<&'a str>,
    }

    impl Case<'_> {
        #[track_caller]
        fn check(&self, printed: Printed<'_>, open: Open, today: &str, expect: Option<(&str, u64)>) {
            let (settings, period) = (&self.settings, self.period);
            let calendar = Calendar { settings, period, term_end: self.term_end.map(date) };
            let (due, late) = calendar.owed(printed, open, date(today));
            let found = due.map(|due| (due.day.to_string(), late));
            let found = found.as_ref().map(|(day, late)| (day.as_str(), *late));
            assert_eq!(found, expect, "{printed:?} {open:?} {today}");
        }
    }

    fn autumn() -> Case<'static> {
        Case { settings: DueSettings::default(), period: "2026-2027-1", term_end: Some("2027-01-22") }
    }

    const DAY: (Frequency, PeriodKind) = (Frequency::Day, PeriodKind::Day);
    const WEEK: (Frequency, PeriodKind) = (Frequency::Week, PeriodKind::Term);
    const MONTH: (Frequency, PeriodKind) = (Frequency::Month, PeriodKind::Month);
    const TERM: (Frequency, PeriodKind) = (Frequency::Term, PeriodKind::Term);

    fn of((frequency, kind): (Frequency, PeriodKind)) -> Printed<'static> {
        printed(frequency, kind)
    }

    #[test]
    fn the_due_day_lies_at_the_end_of_the_interval_on_a_work_day() {
        let autumn = autumn();
        for (kind, today, expect) in [
            // Thursday, Saturday, Sunday that is worked on, the first of the national holidays.
            (DAY, "2026-11-26", "2026-11-26"),
            (DAY, "2026-11-28", "2026-11-30"),
            (DAY, "2026-09-20", "2026-09-20"),
            (DAY, "2026-10-01", "2026-10-08"),
            (WEEK, "2026-11-26", "2026-11-27"),
            (WEEK, "2026-11-28", "2026-12-04"),
            (WEEK, "2026-10-08", "2026-10-10"),
            // A week of which the end is off: Friday 25 September is, Thursday is not.
            (WEEK, "2026-09-22", "2026-09-24"),
            (MONTH, "2026-11-26", "2026-11-30"),
            // 31 October is a Saturday.
            (MONTH, "2026-10-15", "2026-10-30"),
            (MONTH, "2026-10-31", "2026-11-30"),
            (TERM, "2026-11-26", "2027-01-22"),
        ] {
            autumn.check(of(kind), Open::Nothing, today, Some((expect, 0)));
        }
    }

    #[test]
    fn due_days_lie_in_the_term_and_not_before_the_scope() {
        let autumn = autumn();
        // The last month ends with the term; afterwards nothing new is due.
        autumn.check(of(MONTH), Open::Nothing, "2027-01-05", Some(("2027-01-22", 0)));
        autumn.check(of(DAY), Open::Nothing, "2027-01-25", None);
        autumn.check(of(DAY), Open::Since(date("2027-01-20")), "2027-01-25", Some(("2027-01-20", 5)));
        // Before it begins the first day of it is due.
        autumn.check(of(DAY), Open::NoRecords, "2026-08-20", Some(("2026-09-01", 0)));
        let set = DueSettings {
            term_starts: [("2026-2027-1".to_owned(), "2026-09-07".to_owned())].into(),
            ..DueSettings::default()
        };
        Case { settings: set, ..autumn }.check(of(DAY), Open::NoRecords, "2026-08-20", Some(("2026-09-07", 0)));
        let later = Printed { scope: "自2026年12月开始", ..of(DAY) };
        self::autumn().check(later, Open::Since(date("2026-11-02")), "2026-11-26", Some(("2026-12-01", 0)));
        let from = DueSettings { from: "2026-11-20".into(), ..DueSettings::default() };
        let from = Case { settings: from, ..self::autumn() };
        from.check(of(DAY), Open::Since(date("2026-10-12")), "2026-11-26", Some(("2026-11-20", 6)));
    }

    #[test]
    fn what_was_not_accepted_is_owed_on_the_first_due_day_after_it_was_written() {
        let autumn = autumn();
        let since = |text| Open::Since(date(text));
        for (kind, open, today, expect) in [
            (DAY, since("2026-11-26"), "2026-11-26", ("2026-11-26", 0)),
            (DAY, since("2026-11-24"), "2026-11-26", ("2026-11-24", 2)),
            // Written on Saturday: owed on Monday.
            (DAY, since("2026-11-21"), "2026-11-24", ("2026-11-23", 1)),
            (WEEK, since("2026-11-18"), "2026-11-26", ("2026-11-20", 6)),
            (WEEK, since("2026-11-21"), "2026-11-26", ("2026-11-27", 0)),
            (MONTH, since("2026-10-12"), "2026-11-26", ("2026-10-30", 27)),
            (MONTH, since("2026-11-12"), "2026-11-26", ("2026-11-30", 0)),
            (DAY, Open::NoRecords, "2026-11-26", ("2026-11-26", 0)),
            // It was written while the clock was ahead: it is owed now, not only at that later day.
            (DAY, since("2026-12-24"), "2026-11-26", ("2026-11-26", 0)),
        ] {
            autumn.check(of(kind), open, today, Some(expect));
        }
    }

    #[test]
    fn a_table_of_the_term_is_overdue_when_the_last_day_is_over_and_something_is_open() {
        let ended = Case { term_end: Some("2026-11-10"), ..autumn() };
        ended.check(of(TERM), Open::NoRecords, "2026-11-26", Some(("2026-11-10", 16)));
        ended.check(of(TERM), Open::Since(date("2026-11-20")), "2026-11-26", Some(("2026-11-10", 16)));
        ended.check(of(TERM), Open::Nothing, "2026-11-26", Some(("2026-11-10", 0)));
        let open_end = Case { term_end: None, ..autumn() };
        open_end.check(of(TERM), Open::NoRecords, "2026-11-26", None);
        open_end.check(of(DAY), Open::NoRecords, "2026-11-26", Some(("2026-11-26", 0)));
    }

    #[test]
    fn years_once_and_days_that_the_college_was_told() {
        let autumn = autumn();
        // 31 July 2027 is a Saturday, and its notice is not known.
        let school = printed(Frequency::Year, PeriodKind::SchoolYear);
        autumn.check(school, Open::NoRecords, "2026-11-26", Some(("2027-07-30", 0)));
        let calendar = printed(Frequency::Year, PeriodKind::CalendarYear);
        autumn.check(calendar, Open::NoRecords, "2026-11-26", Some(("2026-12-31", 0)));
        let once = Printed { text: "本学年秋季学期报一次", ..printed(Frequency::Once, PeriodKind::All) };
        autumn.check(once, Open::NoRecords, "2026-11-26", Some(("2027-01-22", 0)));
        let spring = Case { period: "2026-2027-2", ..self::autumn() };
        spring.check(once, Open::NoRecords, "2027-03-10", None);
        autumn.check(printed(Frequency::AsNeeded, PeriodKind::All), Open::NoRecords, "2026-11-26", None);
        let told = DueSettings { fixed: [("ODS_X".to_owned(), "12-15".to_owned())].into(), ..DueSettings::default() };
        let told = Case { settings: told, ..self::autumn() };
        told.check(of(TERM), Open::NoRecords, "2026-12-20", Some(("2026-12-15", 5)));
    }

    #[test]
    fn a_year_without_a_notice_gives_estimates() {
        let settings = DueSettings::default();
        let calendar = Calendar { settings: &settings, period: "2026-2027-1", term_end: None };
        let estimate = |from: &str| calendar.first_due(of(DAY), date(from)).unwrap().estimate;
        assert!(!estimate("2026-12-31") && estimate("2027-01-04"));
        let any = DueSettings { every_day: true, ..DueSettings::default() };
        let calendar = Calendar { settings: &any, ..calendar };
        let due = calendar.first_due(of(DAY), date("2026-11-28")).unwrap();
        assert_eq!((due.day, due.estimate), (date("2026-11-28"), false));
        assert_eq!(calendar.term_start(), Some((date("2026-09-01"), true)));
    }
}
