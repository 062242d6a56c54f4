//! 首页: which tables are due and when, their findings, and what was sent.

use std::cmp::Reverse;

use jiff::civil::Date;
use standard::Table;
use store::SubmissionNumbers;

use crate::Desk;
use crate::home::api::{CountsQuery, DayCount, Home, HomeTable, TableCounts, Today};
use crate::home::warnings::warnings;
use crate::session::OpenBook;
use crate::session::api::{CallError, Nothing};
use crate::session::calendar::standing::DueBook;
use crate::session::editions::table_of;
use crate::session::env::rfc3339;
use crate::session::settings::Settings;

/// Days of the bar chart.
const DAYS: i32 = 14;

/// `home.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Home, CallError> {
    let open = desk.opened()?;
    let settings = open.settings();
    let today = desk.clock.today();
    let connection = open.current_connection();
    let due_book = DueBook::new(desk, &open, &connection)?;
    let mut tables = Vec::new();
    for table in open.edition.tables.iter().filter(|table| is_mine(&settings, table)) {
        let department = settings.department_of(table);
        let standing = due_book.of(table)?;
        let numbers = open.book.submission_numbers(&connection, &table.name, &settings.period)?;
        let (readiness, attention) = (numbers.readiness, numbers.attention);
        let batch = due_book.last.get(&table.name);
        tables.push(HomeTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            department: department.to_owned(),
            frequency: table.frequency,
            rows: readiness.rows,
            complete: complete(&numbers),
            findings: open.book.table_numbers(&table.name, &settings.period)?.findings,
            due: standing.due.map(|due| due.day.to_string()),
            waiting: readiness.waiting,
            unknown: attention.unknown,
            rejected: attention.rejected,
            overdue_days: standing.overdue_days,
            period_name: standard::period::words(table.period.of(&settings.period)),
            own: table.own,
            last_submitted: batch.and_then(|b| b.sent_at).map(rfc3339),
            last_state: batch.map(|b| b.state),
            last_shown: batch.map(|b| open.shown_state(b, &desk.driven, due_book.now)),
            accepted: readiness.accepted,
            to_send: readiness.to_send,
        });
    }
    tables.sort_by_key(urgency);
    let days = days(&open, &connection, today)?;
    let today_count = days.last().map(|d| Today { sent: d.sent, stored: d.stored, rejected: d.rejected });
    let warnings = warnings(desk, &open, (&tables, &days), &due_book);
    Ok(Home { tables, today: today_count.unwrap_or_default(), days, warnings })
}

/// `home.counts`: what an edit can change, without the state of submissions.
pub(crate) fn counts(desk: &Desk, request: CountsQuery) -> Result<Vec<TableCounts>, CallError> {
    let open = desk.opened()?;
    let settings = open.settings();
    let tables: Vec<&Table> = match request.tables.as_slice() {
        [] => open.edition.tables.iter().filter(|table| is_mine(&settings, table)).collect(),
        names => names.iter().map(|name| table_of(&open.edition, name)).collect::<Result<_, _>>()?,
    };
    let connection = open.current_connection();
    let waiting = open.book.waiting_rules(&settings.period)?;
    let counts = |table: &Table| {
        let numbers = open.book.table_numbers(&table.name, &settings.period)?;
        Ok(TableCounts {
            table: table.name.clone(),
            rows: numbers.rows,
            complete: complete(&open.book.submission_numbers(&connection, &table.name, &settings.period)?),
            findings: numbers.findings,
            waiting_rules: waiting.iter().filter(|rule| rule.table == table.name).count() as u64,
        })
    };
    tables.into_iter().map(counts).collect()
}

/// Whether a table belongs to the department at this PC; all do where none is set.
pub(super) fn is_mine(settings: &Settings, table: &Table) -> bool {
    settings.department.is_empty() || settings.department == settings.department_of(table)
}

/// Share of required cells that are filled, 0 to 1.
fn complete(numbers: &SubmissionNumbers) -> f64 {
    if numbers.required == 0 { 0.0 } else { numbers.filled as f64 / numbers.required as f64 }
}

/// Tables with something to do first, by the day they are due; the rest in printed order behind them.
fn urgency(table: &HomeTable) -> (bool, bool, String, Reverse<u64>) {
    let settled = table.rows > 0 && table.to_send == 0 && table.findings.mandatory == 0;
    let due = table.due.clone().unwrap_or_else(|| "9999".to_owned());
    (table.rows == 0, settled, due, Reverse(table.findings.mandatory))
}

/// The last days, those without a submission as zero.
fn days(open: &OpenBook, connection: &str, today: Date) -> Result<Vec<DayCount>, CallError> {
    let first = today.saturating_sub(jiff::Span::new().days(DAYS - 1));
    let counted = open.book.day_counts(Some(connection), first, today)?;
    let day = |date: Date| {
        let counted = counted.iter().find(|d| d.day == date);
        DayCount {
            day: date.to_string(),
            sent: counted.map_or(0, |d| d.sent),
            stored: counted.map_or(0, |d| d.stored),
            rejected: counted.map_or(0, |d| d.rejected),
        }
    };
    Ok(first.series(jiff::Span::new().days(1)).take(DAYS as usize).map(day).collect())
}
