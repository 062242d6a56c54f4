//! 应报: what is due, as a list and as a month.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use standard::Table;

use crate::Desk;
use crate::home::api::{CalendarDay, Due, DueFile, DueQuery, DueTable, DueTerm, HolidayYear};
use crate::home::overview::is_mine;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::calendar::due_day::days_between;
use crate::session::calendar::settings::DueSettings;
use crate::session::calendar::standing::{DueBook, DueState, Standing, printed};
use crate::session::calendar::work_days::{WorkDays, known};
use crate::session::editions::table_of;
use crate::session::env::rfc3339;
use crate::session::small_file::read_text;

/// The most bytes of a file of due settings.
const MOST_BYTES: u64 = 1024 * 1024;

/// `due.list`.
pub(crate) fn list(desk: &Desk, request: DueQuery) -> Result<Due, CallError> {
    let open = desk.opened()?;
    let settings = open.settings();
    let book = DueBook::new(desk, &open, &open.current_connection())?;
    let month = month_of(request.month.as_deref(), book.today)?;
    let asked: Vec<&Table> = match request.tables.as_slice() {
        [] => open.edition.tables.iter().filter(|table| is_mine(&settings, table)).collect(),
        names => names.iter().map(|name| table_of(&open.edition, name)).collect::<Result<_, _>>()?,
    };
    let mut standings = Vec::new();
    for table in asked.into_iter().filter(|table| !table.own) {
        standings.push((table, book.of(table)?));
    }
    let calendar = calendar(&book, &standings, month);
    let days = calendar.iter().map(|day| day.day.as_str());
    let years: BTreeSet<i16> = days
        .filter_map(|day| day.parse::<Date>().ok())
        .chain(standings.iter().filter_map(|(_, standing)| Some(standing.due?.day)))
        .map(Date::year)
        .collect();
    let mut tables: Vec<DueTable> = standings
        .iter()
        .map(|(table, standing)| DueTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            department: settings.department_of(table).to_owned(),
            frequency: table.frequency,
            frequency_text: table.frequency_text.clone(),
            scope: table.scope.clone(),
            period_name: standard::period::words(table.period.of(&settings.period)),
            due: standing.due.map(|due| due.day.to_string()),
            estimate: standing.due.is_some_and(|due| due.estimate),
            overdue_days: standing.overdue_days,
            days_left: standing.due.filter(|due| due.day >= book.today).map(|due| days_between(book.today, due.day)),
            state: standing.state,
            reasons: standing.reasons.clone(),
            rows: standing.readiness.rows,
            to_send: standing.readiness.to_send,
            ready: standing.ready,
            accepted: standing.readiness.accepted,
            last_submitted: book.last.get(&table.name).and_then(|batch| batch.sent_at).map(rfc3339),
        })
        .collect();
    // Overdue ones first, the longest before the others; then by day; what is done behind what is open.
    tables.sort_by_key(|table| {
        (is_settled(table.state), table.due.is_none(), std::cmp::Reverse(table.overdue_days), table.due.clone())
    });
    let start = book.calendar().term_start();
    let term = DueTerm {
        period: settings.period.clone(),
        start: start.map(|(day, _)| day.to_string()),
        start_is_guess: start.is_some_and(|(_, guess)| guess),
        end: settings.last_day().map(|day| day.to_string()),
    };
    let year = |year: i16| {
        let (known, source) = known(year);
        HolidayYear { year, known, source: source.to_owned() }
    };
    let holidays = years.into_iter().map(year).collect();
    Ok(Due { today: book.today.to_string(), connection: book.connection.clone(), term, tables, calendar, holidays })
}

/// `due.settings`.
pub(crate) fn settings(desk: &Desk, _: Nothing) -> Result<DueSettings, CallError> {
    desk.opened()?.due_settings()
}

/// `due.set`.
pub(crate) fn set(desk: &Desk, request: DueSettings) -> Result<DueSettings, CallError> {
    let open = desk.opened()?;
    request.check(&open.edition)?;
    open.keep_due_settings(&request)?;
    desk.tell(Changed::Book);
    open.due_settings()
}

/// `due.read`: settings of due days from a file, which replace those of the book.
pub(crate) fn read(desk: &Desk, request: DueFile) -> Result<DueSettings, CallError> {
    let text = read_text(std::path::Path::new(&request.file), MOST_BYTES)?;
    let settings: DueSettings = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        CallError::new("due.not-toml").with("file", &request.file).with("line", line).with("reason", error.message())
    })?;
    set(desk, settings)
}

/// Whether nothing is to be done for a table now.
fn is_settled(state: DueState) -> bool {
    matches!(state, DueState::Nothing | DueState::Done | DueState::Quiet)
}

/// The first day of the month that is asked for.
fn month_of(asked: Option<&str>, today: Date) -> Result<Date, CallError> {
    let Some(text) = asked else { return Ok(today.first_of_month()) };
    let bad = |_| CallError::new("settings.bad-value").with("name", "month").with("value", text);
    format!("{text}-01").parse::<Date>().map_err(bad)
}

/// The days of a month with what is due on each: what is owed is listed on its due day, also if that is over, and the
/// later due days of the same table follow.
fn calendar(book: &DueBook<'_>, standings: &[(&Table, Standing)], month: Date) -> Vec<CalendarDay> {
    let work_days = WorkDays::new(book.settings());
    let calendar = book.calendar();
    let last = month.last_of_month();
    let mut due: BTreeMap<Date, (Vec<String>, u64, u64)> = BTreeMap::new();
    for (table, standing) in standings {
        let Some(first) = standing.due else { continue };
        let settled = is_settled(standing.state);
        let on_first = due.entry(first.day).or_default();
        match settled {
            true => on_first.2 += u64::from(first.day >= book.today),
            false => on_first.0.push(table.name.clone()),
        }
        on_first.1 += u64::from(standing.overdue_days > 0);
        let mut day = first.day.max(book.today.yesterday().unwrap_or(book.today));
        while let Some(next) = day.tomorrow().ok().and_then(|from| calendar.first_due(printed(table), from)) {
            // A table with only one due day in the term returns that day again.
            if next.day <= day || next.day > last {
                break;
            }
            due.entry(next.day).or_default().0.push(table.name.clone());
            day = next.day;
        }
    }
    let mut of_day = |day: Date| {
        let kind = work_days.kind(day);
        let (tables, overdue, done) = due.remove(&day).unwrap_or_default();
        CalendarDay { day: day.to_string(), work: kind.work, name: kind.name, due: tables, overdue, done }
    };
    month.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).map(&mut of_day).collect()
}
