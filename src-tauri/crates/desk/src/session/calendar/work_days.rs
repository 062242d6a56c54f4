//! Work days: a listed make-up day is a work day, a listed day off is not; otherwise Monday to Friday are work days.
//! The college's own list overrides the notices.

use std::sync::OnceLock;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::settings::DueSettings;

/// How much is known of the days off of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HolidaysKnown {
    /// The notice of the State Council.
    Official,
    /// Only the statutory days: the notice with the make-up days is not known.
    Statutory,
    /// Nothing but weekends.
    Unknown,
}

/// One year of the file.
#[derive(Debug, Deserialize)]
struct Year {
    year: i16,
    state: HolidaysKnown,
    source: String,
    /// First and last day, and the name of the holiday.
    off: Vec<(String, String, String)>,
    work: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    year: Vec<Year>,
}

fn years() -> &'static [Year] {
    static YEARS: OnceLock<Vec<Year>> = OnceLock::new();
    // The file is part of the program, and a test reads it.
    YEARS
        .get_or_init(|| toml::from_str::<File>(include_str!("holidays.toml")).map(|file| file.year).unwrap_or_default())
}

/// Whether a day is a work day, and the holiday on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DayKind {
    /// Whether people work.
    pub work: bool,
    /// Name of the holiday; absent for weekends and work days.
    pub name: Option<String>,
}

/// The work days of a college.
pub(crate) struct WorkDays<'a> {
    settings: &'a DueSettings,
}

impl<'a> WorkDays<'a> {
    pub fn new(settings: &'a DueSettings) -> WorkDays<'a> {
        WorkDays { settings }
    }

    /// Whether this day is a work day, and the holiday on it.
    pub fn kind(&self, day: Date) -> DayKind {
        let text = day.to_string();
        if self.settings.days_on.contains(&text) {
            return DayKind { work: true, name: None };
        }
        if let Some(off) = self.settings.days_off.iter().find(|off| off.first <= text && text <= off.last) {
            return DayKind { work: false, name: Some(off.name.clone()).filter(|name| !name.is_empty()) };
        }
        if let Some(year) = years().iter().find(|year| year.year == day.year()) {
            if year.work.contains(&text) {
                return DayKind { work: true, name: None };
            }
            if let Some((_, _, name)) = year.off.iter().find(|(first, last, _)| *first <= text && text <= *last) {
                return DayKind { work: false, name: Some(name.clone()) };
            }
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        DayKind { work: !weekend, name: None }
    }

    /// The last work day from `first` to `last`; where there is none, the first one after.
    pub fn last_between(&self, first: Date, last: Date) -> Date {
        let mut day = last;
        while day >= first {
            if self.kind(day).work {
                return day;
            }
            let Ok(before) = day.yesterday() else { break };
            day = before;
        }
        self.first_from(last)
    }

    /// The first work day that is not before this one. A college that has listed a whole year as off gets the day
    /// itself.
    pub fn first_from(&self, day: Date) -> Date {
        day.series(jiff::Span::new().days(1)).take(366).find(|day| self.kind(*day).work).unwrap_or(day)
    }
}

/// How much is known of the days off of a year, and the source of it.
pub(crate) fn known(year: i16) -> (HolidaysKnown, &'static str) {
    let found = years().iter().find(|one| one.year == year);
    found.map_or((HolidaysKnown::Unknown, ""), |year| (year.state, year.source.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::calendar::settings::DaysOff;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_days_of_the_notices() {
        let settings = DueSettings::default();
        let days = WorkDays::new(&settings);
        for (text, work) in [
            ("2025-01-26", true),
            ("2025-02-04", false),
            ("2025-02-05", true),
            ("2026-01-04", true),
            ("2026-02-14", true),
            ("2026-02-16", false),
            ("2026-05-09", true),
            ("2026-09-20", true),
            ("2026-09-27", false),
            ("2026-09-28", true),
            ("2026-10-10", true),
            ("2026-11-27", true),
            ("2026-11-28", false),
            ("2027-02-05", false),
            // A day off in lieu that is not in a notice is not assumed.
            ("2027-02-09", true),
            ("2027-05-03", true),
        ] {
            assert_eq!(days.kind(day(text)).work, work, "{text}");
        }
        assert_eq!(days.kind(day("2026-10-03")).name.as_deref(), Some("国庆"));
        assert_eq!(
            [2026, 2027, 2028].map(|year| known(year).0),
            [HolidaysKnown::Official, HolidaysKnown::Statutory, HolidaysKnown::Unknown]
        );
    }

    #[test]
    fn the_college_knows_better() {
        let off = DaysOff { first: "2026-11-26".into(), last: "2026-11-27".into(), name: "运动会".into() };
        let settings = DueSettings {
            days_off: vec![off],
            days_on: vec!["2026-11-28".into(), "2026-10-01".into()],
            ..DueSettings::default()
        };
        let days = WorkDays::new(&settings);
        assert_eq!(days.kind(day("2026-11-26")), DayKind { work: false, name: Some("运动会".into()) });
        assert!(days.kind(day("2026-11-28")).work && days.kind(day("2026-10-01")).work);
        assert_eq!(days.last_between(day("2026-11-23"), day("2026-11-29")), day("2026-11-28"));
        assert_eq!(days.last_between(day("2026-11-26"), day("2026-11-27")), day("2026-11-28"), "none: the next");
    }
}
