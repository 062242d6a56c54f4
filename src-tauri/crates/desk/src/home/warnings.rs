//! The warnings of the home page: what a person has to look at, and where it is mended.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use standard::{Frequency, Level};
use store::{Batch, BatchQuery, BatchState};

use crate::Desk;
use crate::home::api::{DayCount, HomeTable, Warning, WarningPlace};
use crate::session::OpenBook;
use crate::session::api::{CallError, ClockVerdict};
use crate::session::calendar::due_day::days_between;
use crate::session::calendar::standing::DueBook;
use crate::session::expiries::{EXPIRY_DAYS, days_left};
use crate::session::schedule::kept::Schedule;
use crate::session::schedule::nightly::Nightly;
use crate::session::schedule::robots;

/// Tables of one warning that have a line each; more of them share one.
const NAMED: usize = 3;

/// A table is due soon from so many days before its day on.
const SOON: u64 = 7;

/// A result is missed after so long.
const NO_RESULT: SignedDuration = SignedDuration::from_hours(1);

/// Batches of the connection that are looked at for failures that follow one another.
const LOOKED_AT: u64 = 200;

/// Rows of a week from which on its rejection rate says something.
const LEAST_ROWS: u64 = 50;

/// Warnings as they are found.
#[derive(Default)]
struct Found(Vec<Warning>);

impl Found {
    fn add(&mut self, level: Level, code: &str, to: impl Into<Option<WarningPlace>>, params: &[(&str, String)]) {
        self.0.push(Warning {
            code: code.to_owned(),
            level,
            params: params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            table: None,
            to: to.into(),
        });
    }

    fn about(&mut self, level: Level, code: &str, table: &HomeTable, to: WarningPlace, params: &[(&str, String)]) {
        let title = [("title", table.title.clone())];
        self.add(level, code, to, &[&title, params].concat());
        self.0.iter_mut().last().iter_mut().for_each(|warning| warning.table = Some(table.table.clone()));
    }

    /// A line for each of a few tables, or one for many of them: it leads to the first, which is the most urgent one.
    fn each_or_all(&mut self, level: Level, code: &str, tables: &[&HomeTable], of: impl Fn(&HomeTable) -> String) {
        let n = ("n", tables.len().to_string());
        match tables {
            [] => {}
            [first, ..] if tables.len() > NAMED => {
                let titles: Vec<String> = tables.iter().take(NAMED).map(|table| table.title.clone()).collect();
                let params = [n, ("titles", titles.join("、")), ("value", of(first))];
                self.about(level, &format!("{code}-many"), first, WarningPlace::Table, &params);
            }
            _ => tables.iter().for_each(|table| {
                self.about(level, code, table, WarningPlace::Table, &[("value", of(table))]);
            }),
        }
    }

    /// What cannot be read is said, because nothing of it runs.
    fn readable<T>(&mut self, code: &str, to: WarningPlace, read: Result<T, CallError>) -> Option<T> {
        read.inspect_err(|error| self.add(Level::Mandatory, code, to, &[("code", error.code.clone())])).ok()
    }
}

/// The warnings of now, the most serious ones first.
pub(super) fn warnings(
    desk: &Desk,
    open: &OpenBook,
    (tables, days): (&[HomeTable], &[DayCount]),
    book: &DueBook<'_>,
) -> Vec<Warning> {
    let mut found = Found::default();
    due(&mut found, tables, book);
    submitted(&mut found, open, tables, book);
    rate(&mut found, days);
    by_itself(&mut found, open);
    ending(&mut found, open, book);
    if desk.clock.state().verdict != ClockVerdict::Right {
        found.add(Level::Confirm, "clock-off", None, &[]);
    }
    if let Some(problem) = desk.backups.problem() {
        found.add(Level::Mandatory, "backup-failed", WarningPlace::Backups, &[("code", problem.code)]);
    }
    if let Some(log) = open.book.log_set_aside() {
        found.add(Level::Confirm, "log-set-aside", None, &[("file", log.display().to_string())]);
    }
    // An error counts as none; the page asks again after the next change.
    let unfinished = open.book.proposals().map_or(0, |proposals| proposals.len());
    if unfinished > 0 {
        found.add(Level::Confirm, "import-unfinished", WarningPlace::Imports, &[("n", unfinished.to_string())]);
    }
    if open.due_settings_are_damaged() {
        found.add(Level::Mandatory, "due-unreadable", WarningPlace::Due, &[]);
    }
    if open.settings().term_end.is_empty() {
        found.add(Level::Hint, "no-term-end", WarningPlace::College, &[]);
    }
    if book.connection.is_empty() {
        found.add(Level::Hint, "no-connection", WarningPlace::Connections, &[]);
    }
    found.0.sort_by_key(|warning| warning.level);
    found.0
}

/// Overdue, due today, due soon. What is reported each day or week is due soon at all times, so it is only said when it
/// is overdue.
fn due(found: &mut Found, tables: &[HomeTable], book: &DueBook<'_>) {
    let left = |table: &HomeTable| {
        let day = table.due.as_deref()?.parse().ok().filter(|day| *day >= book.today)?;
        Some(days_between(book.today, day))
    };
    let owed = |table: &&HomeTable| !table.own && (table.to_send > 0 || table.rows == 0);
    let mut overdue: Vec<&HomeTable> = tables.iter().filter(|table| table.overdue_days > 0).collect();
    overdue.sort_by_key(|table| std::cmp::Reverse(table.overdue_days));
    found.each_or_all(Level::Mandatory, "overdue", &overdue, |table| table.overdue_days.to_string());
    let rare = |table: &&HomeTable| !matches!(table.frequency, Frequency::Day | Frequency::Week);
    let today: Vec<&HomeTable> = tables
        .iter()
        .filter(owed)
        .filter(|table| left(table) == Some(0) && table.frequency != Frequency::Day)
        .collect();
    found.each_or_all(Level::Confirm, "due-today", &today, |table| table.to_send.to_string());
    let soon = |table: &&HomeTable| left(table).is_some_and(|left| (1..=SOON).contains(&left));
    let mut soon: Vec<&HomeTable> = tables.iter().filter(owed).filter(rare).filter(soon).collect();
    soon.sort_by_key(|table| table.due.clone());
    found.each_or_all(Level::Confirm, "due-soon", &soon, |table| left(table).unwrap_or(0).to_string());
}

/// What became of submissions to the current connection.
fn submitted(found: &mut Found, open: &OpenBook, tables: &[HomeTable], book: &DueBook<'_>) {
    // An error counts as none; the page asks again after the next change.
    let failed = failures(open, &book.connection).unwrap_or_default();
    for table in tables {
        let batch = book.last.get(&table.table);
        let rejected = batch.and_then(rejected_rows).filter(|_| table.to_send > 0);
        match (rejected, failed.get(&table.table)) {
            (Some(rows), Some(times)) if *times > 1 => {
                let params = [("rows", rows.to_string()), ("n", times.to_string())];
                found.about(Level::Mandatory, "failing-again", table, WarningPlace::Table, &params);
            }
            (Some(rows), _) => {
                let params = [("rows", rows.to_string())];
                found.about(Level::Mandatory, "rows-rejected", table, WarningPlace::Table, &params);
            }
            _ => {}
        }
        if batch.is_some_and(|batch| is_missed(open, batch, book.now)) {
            found.about(Level::Confirm, "result-overdue", table, WarningPlace::Submit, &[]);
        } else if batch.is_some_and(|batch| batch.state == BatchState::Unknown) {
            found.about(Level::Confirm, "fate-unknown", table, WarningPlace::Submit, &[]);
        }
        if table.waiting > 0 {
            let rows = [("rows", table.waiting.to_string())];
            found.about(Level::Confirm, "not-sent", table, WarningPlace::Submit, &rows);
        }
    }
    let pause = open.paused_since(&book.connection);
    if let Some(Some(since)) = found.readable("pause-unreadable", WarningPlace::Submit, pause) {
        let params = [("name", book.connection.clone()), ("since", since)];
        found.add(Level::Confirm, "paused", WarningPlace::Submit, &params);
    }
}

fn rejected_rows(batch: &Batch) -> Option<u64> {
    let (collected, stored) = (batch.collected?, batch.stored?);
    collected.checked_sub(stored).filter(|rejected| *rejected > 0)
}

/// Whether a batch left more than an hour ago, or longer than its connection needs, and has no result.
fn is_missed(open: &OpenBook, batch: &Batch, now: Timestamp) -> bool {
    let waits = matches!(batch.state, BatchState::Sent | BatchState::Unknown);
    let hour = batch.sent_at.is_some_and(|sent| now.duration_since(sent) >= NO_RESULT);
    open.is_overdue(batch, now) || (waits && hour)
}

/// By table, how many of its newest results were rejections, one after the other.
fn failures(open: &OpenBook, connection: &str) -> Result<BTreeMap<String, u32>, CallError> {
    let query = BatchQuery { connection: Some(connection.to_owned()), limit: LOOKED_AT, ..BatchQuery::default() };
    let mut failures: BTreeMap<String, (u32, bool)> = BTreeMap::new();
    for batch in open.book.batches(&query)?.batches {
        let (times, ended) = failures.entry(batch.table).or_default();
        match batch.state {
            BatchState::Rejected | BatchState::PartlyStored if !*ended => *times += 1,
            BatchState::Stored => *ended = true,
            _ => {}
        }
    }
    Ok(failures.into_iter().map(|(table, (times, _))| (table, times)).collect())
}

/// Whether the share of rejected rows of the last seven days is twice that of the seven days before, and more than a
/// twentieth.
fn rate(found: &mut Found, days: &[DayCount]) {
    let share = |days: &[DayCount]| {
        let rejected: u64 = days.iter().map(|day| day.rejected).sum();
        let known: u64 = rejected + days.iter().map(|day| day.stored).sum::<u64>();
        (rejected, known)
    };
    let (before, after) = days.split_at(days.len().saturating_sub(7));
    let ((was, of_before), (is, of_now)) = (share(before), share(after));
    let rises = of_now >= LEAST_ROWS && is * 20 > of_now && of_before > 0 && is * of_before > 2 * was * of_now;
    if rises {
        let percent = |part: u64, of: u64| format!("{:.1}", part as f64 * 100.0 / of as f64);
        let params = [("was", percent(was, of_before)), ("now", percent(is, of_now))];
        found.add(Level::Confirm, "rate-rising", WarningPlace::Submit, &params);
    }
}

/// What the schedule, the daily reconciliation and the robots have to say.
fn by_itself(found: &mut Found, open: &OpenBook) {
    let schedule = found.readable("schedule-unreadable", WarningPlace::Schedule, Schedule::of(open));
    for (name, run) in schedule.unwrap_or_default().runs {
        let told = run.last.map_or(0, |last| last.told.len() + usize::from(last.error.is_some()));
        if told > 0 {
            let params = [("name", name), ("n", told.to_string())];
            found.add(Level::Confirm, "schedule-told", WarningPlace::Schedule, &params);
        }
    }
    let kept = found.readable("robots-unreadable", WarningPlace::Schedule, robots::robots(open));
    for robot in kept.into_iter().flatten().filter(|robot| robot.problem.is_some()) {
        found.add(Level::Confirm, "robot-failed", WarningPlace::Schedule, &[("name", robot.name)]);
    }
    let nightly = Nightly::of(open);
    if nightly.connection == open.current_connection() {
        if nightly.unexplained > 0 {
            let params = [("n", nightly.unexplained.to_string())];
            found.add(Level::Confirm, "reconcile-unexplained", WarningPlace::Reconcile, &params);
        }
        if nightly.error.is_some() {
            found.add(Level::Confirm, "reconcile-failed", WarningPlace::Reconcile, &[]);
        }
    }
}

/// The last days of account and key of the current connection.
fn ending(found: &mut Found, open: &OpenBook, book: &DueBook<'_>) {
    let Some(expiries) = found.readable("expiries-unreadable", WarningPlace::Submission, open.expiries()) else {
        return;
    };
    let Some(expiry) = expiries.get(&book.connection) else { return };
    for (what, last) in [("account", &expiry.account), ("key", &expiry.key)] {
        let Some(left) = days_left(last, book.today).filter(|left| *left <= EXPIRY_DAYS) else { continue };
        let params = [("name", book.connection.clone()), ("day", last.clone()), ("days", left.abs().to_string())];
        let (level, code) = if left < 0 { (Level::Mandatory, "over") } else { (Level::Confirm, "ends") };
        found.add(level, &format!("{what}-{code}"), WarningPlace::Submission, &params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_rate_that_doubles_is_said() {
        let day = |stored, rejected| DayCount { day: String::new(), sent: stored + rejected, stored, rejected };
        let warns = |before: (u64, u64), now: (u64, u64)| {
            let days = [vec![day(before.0, before.1); 7], vec![day(now.0, now.1); 7]].concat();
            let mut found = Found::default();
            rate(&mut found, &days);
            !found.0.is_empty()
        };
        assert!(warns((100, 0), (90, 10)) && warns((95, 5), (89, 11)));
        assert!(!warns((95, 5), (91, 9)), "less than twice");
        assert!(!warns((100, 0), (99, 1)), "one in a hundred");
        assert!(!warns((0, 0), (50, 50)), "nothing to compare with");
        assert!(!warns((100, 0), (1, 1)), "too few rows");
    }
}
