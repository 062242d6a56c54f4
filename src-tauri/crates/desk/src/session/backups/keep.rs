//! Which backups are kept: of the last 7 days, of 4 weeks and of 12 months.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::files::{Backup, Occasion};

/// Days of which the newest backup of the day is kept, and every backup that was made before something else.
const DAYS: i64 = 7;
/// Calendar weeks of which the newest backup is kept, this week included.
const WEEKS: i64 = 4;
/// Calendar months of which the newest backup is kept, this month included.
const MONTHS: i32 = 12;

/// The backups that no rule keeps. `backups` come newest first. The newest is kept however old it is, and so is what
/// the person made by hand.
pub(crate) fn superfluous(backups: Vec<Backup>, today: Date) -> Vec<Backup> {
    let mut taken = BTreeSet::new();
    let mut keep = |backup: &Backup| {
        let day = backup.at.date();
        let age = i64::from((today - day).get_days());
        let recent = age < DAYS;
        // Each of the three is noted for every backup: one that is kept for its day also stands for its week and month.
        let of_day = recent && taken.insert(format!("day {day}"));
        let week = monday(day);
        let of_week = i64::from((monday(today) - week).get_days()) < 7 * WEEKS && taken.insert(format!("week {week}"));
        let of_month = month(today) - month(day) < MONTHS && taken.insert(format!("month {}", month(day)));
        of_day
            || of_week
            || of_month
            || (recent && backup.occasion != Occasion::Daily)
            || backup.occasion == Occasion::ByHand
    };
    backups.into_iter().enumerate().filter_map(|(i, backup)| (!keep(&backup) && i > 0).then_some(backup)).collect()
}

/// The Monday of the week of a day.
fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// The months since year 0.
fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(at: &str, occasion: Occasion) -> Backup {
        Backup { path: at.into(), at: at.parse().unwrap(), occasion, bytes: 1 }
    }

    fn left(backups: &[(&str, Occasion)], today: &str) -> Vec<String> {
        let all: Vec<Backup> = backups.iter().map(|&(at, occasion)| backup(at, occasion)).collect();
        let gone = superfluous(all.clone(), today.parse().unwrap());
        let left = all.into_iter().filter(|one| gone.iter().all(|other| other.path != one.path));
        left.map(|one| one.at.to_string()[..13].to_owned()).collect()
    }

    #[test]
    fn a_year_of_daily_backups_keeps_days_weeks_and_months() {
        let today: Date = "2026-11-26".parse().unwrap();
        let mut all: Vec<Backup> = Vec::new();
        for days in 0..400 {
            let day = today.saturating_sub(days.days());
            all.push(backup(&format!("{day}T08:00:00"), Occasion::Daily));
        }
        // As the program does it: after each new backup the superfluous ones are removed.
        let mut kept: Vec<Backup> = Vec::new();
        for one in all.into_iter().rev() {
            let day = one.at.date();
            kept.insert(0, one);
            let gone = superfluous(kept.clone(), day);
            kept.retain(|one| gone.iter().all(|other| other.path != one.path));
        }
        let days: Vec<String> = kept.iter().map(|one| one.at.date().to_string()).collect();
        assert_eq!(
            days[..7],
            ["2026-11-26", "2026-11-25", "2026-11-24", "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20"]
        );
        assert_eq!(days[7..10], ["2026-11-15", "2026-11-08", "2026-10-31"]);
        assert_eq!(days.len(), 20, "7 days, 2 more weeks (the last Sundays), 11 more months: {days:?}");
        assert_eq!(days.last().unwrap(), "2025-12-31");
    }

    #[test]
    fn what_was_made_before_something_else_is_kept_for_a_week() {
        let backups = [
            ("2026-11-26T10:00:00", Occasion::BeforeImport),
            ("2026-11-26T09:00:00", Occasion::BeforeImport),
            ("2026-11-26T08:00:00", Occasion::Daily),
            ("2026-11-19T09:00:00", Occasion::BeforeImport),
            ("2026-11-19T08:00:00", Occasion::BeforeImport),
        ];
        assert_eq!(left(&backups, "2026-11-26"), ["2026-11-26T10", "2026-11-26T09", "2026-11-19T09"]);
    }

    #[test]
    fn the_newest_and_those_made_by_hand_are_always_kept() {
        let backups = [("2020-01-02T08:00:00", Occasion::Daily), ("2020-01-01T08:00:00", Occasion::Daily)];
        assert_eq!(left(&backups, "2026-11-26"), ["2020-01-02T08"]);
        let backups = [("2020-01-02T08:00:00", Occasion::Daily), ("2020-01-01T08:00:00", Occasion::ByHand)];
        assert_eq!(left(&backups, "2026-11-26").len(), 2);
    }

    #[test]
    fn a_clock_that_was_ahead_loses_nothing() {
        let backups = [("2027-05-01T08:00:00", Occasion::Daily), ("2026-11-26T08:00:00", Occasion::Daily)];
        assert_eq!(left(&backups, "2026-11-26").len(), 2);
    }
}
