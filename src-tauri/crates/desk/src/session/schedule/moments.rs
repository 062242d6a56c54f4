//! When an entry is due. Pure: the moment before, the moment now and the term are given, in national time.

use jiff::Span;
use jiff::civil::{Date, DateTime};

use super::entry::ScheduleEntry;

/// Days that are looked at in both directions; an entry for 29 February comes once in four years, or in eight.
const DAYS: i32 = 366 * 8 + 2;

/// A failed run is tried again after so many minutes.
const AGAIN: i32 = 15;

/// What is known of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Moments up to this one are done: the last run, or when the entry was made.
    pub done_until: DateTime,
    /// When a run failed that has not been made up for.
    pub failed_at: Option<DateTime>,
    /// When an import last changed one of its tables.
    pub imported_at: Option<DateTime>,
}

/// First and last day of the term of the book, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Term {
    pub first: Option<Date>,
    pub last: Option<Date>,
}

impl Term {
    /// The day of the term with this number: 1 is the first, -1 the last.
    fn day(self, number: i16) -> Option<Date> {
        let (from, on) = if number > 0 { (self.first?, number - 1) } else { (self.last?, number + 1) };
        from.checked_add(Span::new().days(on)).ok()
    }
}

/// The moment for which an entry is due now; absent: it is not. However many moments have passed while the PC was off,
/// it is due once, for the latest of them.
pub fn due(entry: &ScheduleEntry, term: Term, known: Known, now: DateTime) -> Option<DateTime> {
    if entry.off {
        return None;
    }
    if let Some(again) = known.failed_at.and_then(|at| at.checked_add(Span::new().minutes(AGAIN)).ok())
        && now < again
    {
        return None;
    }
    let imported = known.imported_at.filter(|_| entry.after_import);
    let latest = last(entry, term, now).into_iter().chain(imported).max()?;
    (latest > known.done_until && latest <= now).then_some(latest)
}

/// The latest moment of an entry that is not after `now`.
pub fn last(entry: &ScheduleEntry, term: Term, now: DateTime) -> Option<DateTime> {
    let time = entry.time()?;
    let days = (0..DAYS).filter_map(|back| now.date().checked_sub(Span::new().days(back)).ok());
    days.filter(|day| counts(entry, term, *day)).map(|day| day.to_datetime(time)).find(|moment| *moment <= now)
}

/// The first moment of an entry after `now`.
pub fn next(entry: &ScheduleEntry, term: Term, now: DateTime) -> Option<DateTime> {
    let time = entry.time().filter(|_| !entry.off)?;
    let days = (0..DAYS).filter_map(|on| now.date().checked_add(Span::new().days(on)).ok());
    days.filter(|day| counts(entry, term, *day)).map(|day| day.to_datetime(time)).find(|moment| *moment > now)
}

/// Whether an entry goes on a day.
fn counts(entry: &ScheduleEntry, term: Term, day: Date) -> bool {
    let weekday = day.weekday().to_monday_one_offset();
    let of_month = |wanted: &i8| *wanted == day.day() || (*wanted == -1 && day == day.last_of_month());
    (entry.weekdays.is_empty() || entry.weekdays.contains(&weekday))
        && (entry.days.is_empty() || entry.days.iter().any(of_month))
        && (entry.term_days.is_empty() || entry.term_days.iter().any(|number| term.day(*number) == Some(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    fn entry(time: &str, weekdays: &[i8], days: &[i8]) -> ScheduleEntry {
        let (at, weekdays, days) = (time.to_owned(), weekdays.to_vec(), days.to_vec());
        ScheduleEntry { name: "e".into(), at, weekdays, days, ..ScheduleEntry::default() }
    }

    #[test]
    fn moments_of_an_entry() {
        // 2026-11-27 is a Friday.
        for (entry, now, before, after) in [
            (entry("07:30", &[], &[]), "2026-11-27T07:30", Some("2026-11-27T07:30"), Some("2026-11-28T07:30")),
            (entry("07:30", &[], &[]), "2026-11-27T07:29", Some("2026-11-26T07:30"), Some("2026-11-27T07:30")),
            (entry("22:00", &[5], &[]), "2026-11-27T21:00", Some("2026-11-20T22:00"), Some("2026-11-27T22:00")),
            (entry("22:00", &[], &[-1]), "2026-11-27T21:00", Some("2026-10-31T22:00"), Some("2026-11-30T22:00")),
            (entry("22:00", &[], &[31]), "2026-11-27T21:00", Some("2026-10-31T22:00"), Some("2026-12-31T22:00")),
            (entry("08:00", &[1], &[1, 15]), "2026-11-27T21:00", Some("2026-06-15T08:00"), Some("2027-02-01T08:00")),
            (entry("", &[], &[]), "2026-11-27T21:00", None, None),
        ] {
            let now = at(now);
            let term = Term::default();
            assert_eq!(
                (last(&entry, term, now), next(&entry, term, now)),
                (before.map(at), after.map(at)),
                "{entry:?}"
            );
        }
    }

    #[test]
    fn days_of_the_term_count_from_both_ends() {
        let date = |text: &str| Some(text.parse().unwrap());
        let term = Term { first: date("2026-09-07"), last: date("2027-01-15") };
        let of = |days: &[i16]| ScheduleEntry { term_days: days.to_vec(), ..entry("07:30", &[], &[]) };
        let next_of = |days: &[i16], term, now: &str| next(&of(days), term, at(now)).map(|moment| moment.date());
        assert_eq!(next_of(&[1, -1], term, "2026-09-01T00:00"), date("2026-09-07"));
        assert_eq!(next_of(&[1, -1], term, "2026-09-07T08:00"), date("2027-01-15"));
        assert_eq!(next_of(&[8], term, "2026-09-01T00:00"), date("2026-09-14"));
        assert_eq!(next_of(&[-7], term, "2026-09-01T00:00"), date("2027-01-09"));
        assert_eq!(next_of(&[1, -1], term, "2027-01-15T08:00"), None, "the next term is not known yet");
        assert_eq!(next_of(&[-1], Term { last: None, ..term }, "2026-09-01T00:00"), None);
        assert_eq!(last(&of(&[1]), term, at("2026-11-27T10:00")), Some(at("2026-09-07T07:30")));
    }

    #[test]
    fn an_entry_is_due_once_for_all_that_was_missed() {
        let daily = entry("07:30", &[], &[]);
        let known = |done: &str| Known { done_until: at(done), failed_at: None, imported_at: None };
        let due_at = |done: &str, now: &str| due(&daily, Term::default(), known(done), at(now));
        assert_eq!(due_at("2026-11-20T07:31", "2026-11-27T07:00"), Some(at("2026-11-26T07:30")), "off for a week");
        assert_eq!(due_at("2026-11-27T07:00", "2026-11-27T07:10"), None, "made up for");
        assert_eq!(due_at("2026-11-27T07:00", "2026-11-27T07:30"), Some(at("2026-11-27T07:30")));
        assert_eq!(due_at("2026-11-28T07:00", "2026-11-27T07:30"), None, "a clock that was put back");
        let off = ScheduleEntry { off: true, ..daily.clone() };
        assert_eq!(due(&off, Term::default(), known("2026-11-20T07:31"), at("2026-11-27T07:40")), None);

        let failed = Known { failed_at: Some(at("2026-11-27T07:31")), ..known("2026-11-26T07:31") };
        assert_eq!(due(&daily, Term::default(), failed, at("2026-11-27T07:45")), None, "not at once again");
        assert_eq!(due(&daily, Term::default(), failed, at("2026-11-27T07:46")), Some(at("2026-11-27T07:30")));
    }

    #[test]
    fn an_import_makes_an_entry_due_that_asks_for_it() {
        let after = ScheduleEntry { after_import: true, ..entry("", &[], &[]) };
        let imported =
            |text: &str| Known { done_until: at("2026-11-27T07:00"), failed_at: None, imported_at: Some(at(text)) };
        let now = at("2026-11-27T10:00");
        assert_eq!(due(&after, Term::default(), imported("2026-11-27T09:00"), now), Some(at("2026-11-27T09:00")));
        assert_eq!(due(&after, Term::default(), imported("2026-11-27T06:00"), now), None);
        let timed = ScheduleEntry { after_import: false, ..entry("12:00", &[], &[]) };
        assert_eq!(due(&timed, Term::default(), imported("2026-11-27T09:00"), now), None);
    }
}
