//! 首页: what do I owe, until when, what is wrong, what was sent.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use store::{Batch, BatchQuery};

use crate::Desk;
use crate::home::api::{DayCount, Home, HomeTable, Today, Warning};
use crate::session::api::{CallError, Nothing};
use crate::session::env::rfc3339;
use crate::session::open_book::{Open, REHEARSAL};
use crate::session::period::{due, frequency_word};
use crate::verify::findings;

/// Days of the bar chart.
const DAYS: i32 = 14;

/// `home.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Home, CallError> {
    let open = desk.opened()?;
    let settings = open.settings();
    let today = desk.env.today();
    let connection = open.current_connection();
    let last = last_batches(&open, &connection)?;
    let mut tables = Vec::new();
    for table in &open.edition.tables {
        let department = settings.department_of(table);
        if !settings.department.is_empty() && settings.department != department {
            continue;
        }
        let readiness = open.book.readiness(&connection, &table.name, &settings.period)?;
        let (filled, required) = open.book.required_cells(&table.name, &settings.period)?;
        let batch = last.get(&table.name);
        tables.push(HomeTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            department: department.to_owned(),
            frequency: frequency_word(table.frequency).to_owned(),
            rows: readiness.rows,
            complete: if required == 0 { 0.0 } else { filled as f64 / required as f64 },
            findings: findings::counts(&open, Some(&table.name))?,
            // Nobody waits for what a college keeps for itself.
            due: due(table.frequency, today, settings.last_day()).filter(|_| !table.own).map(|day| day.to_string()),
            own: table.own,
            last_submitted: batch.and_then(|b| b.sent_at).map(rfc3339),
            last_state: batch.map(|b| b.state.as_str().to_owned()),
            accepted: readiness.accepted,
            to_send: readiness.to_send,
        });
    }
    tables.sort_by_key(urgency);
    let days = days(&open, &connection, today)?;
    let today_count = days.last().map(|d| Today { sent: d.sent, stored: d.stored, rejected: d.rejected });
    let warnings = warnings(&open, &tables, &last, today);
    Ok(Home { tables, today: today_count.unwrap_or_default(), days, warnings })
}

/// Tables with something to do first, by the day they are due; the rest in printed order behind them.
fn urgency(table: &HomeTable) -> (bool, bool, String, Reverse<u64>) {
    let settled = table.rows > 0 && table.to_send == 0 && table.findings.mandatory == 0;
    let due = table.due.clone().unwrap_or_else(|| "9999".to_owned());
    (table.rows == 0, settled, due, Reverse(table.findings.mandatory))
}

/// The newest batch of each table.
fn last_batches(open: &Open, connection: &str) -> Result<BTreeMap<String, Batch>, CallError> {
    /// Batches of a page; the walk ends when every table has one or no batch is left.
    const PAGE: u64 = 500;
    let mut last = BTreeMap::new();
    let mut query = BatchQuery { connection: Some(connection.to_owned()), limit: PAGE, ..Default::default() };
    loop {
        let page = open.book.batches(&query)?;
        query.offset += page.batches.len() as u64;
        let more = !page.batches.is_empty() && query.offset < page.total;
        for batch in page.batches {
            last.entry(batch.table.clone()).or_insert(batch);
        }
        if !more || last.len() == open.edition.tables.iter().filter(|table| !table.own).count() {
            return Ok(last);
        }
    }
}

/// The last days, those without a submission as zero.
fn days(open: &Open, connection: &str, today: Date) -> Result<Vec<DayCount>, CallError> {
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

fn warnings(open: &Open, tables: &[HomeTable], last: &BTreeMap<String, Batch>, today: Date) -> Vec<Warning> {
    let settings = open.settings();
    let mut list = Vec::new();
    let mut warn = |level: &str, code: &str, table: Option<&HomeTable>, params: &[(&str, String)]| {
        list.push(Warning {
            code: code.to_owned(),
            level: level.to_owned(),
            params: params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            table: table.map(|t| t.table.clone()),
        });
    };
    for table in tables {
        let batch = last.get(&table.table);
        let title = ("title", table.title.clone());
        if let Some(rejected) = batch.and_then(rejected_rows).filter(|_| table.to_send > 0) {
            warn("mandatory", "rows-rejected", Some(table), &[title.clone(), ("rows", rejected.to_string())]);
        }
        if batch.is_some_and(|b| b.state == store::BatchState::Unknown) {
            warn("confirm", "fate-unknown", Some(table), std::slice::from_ref(&title));
        }
        let due_today = table.due.as_deref() == Some(today.to_string().as_str());
        if due_today && table.frequency != "day" && table.to_send > 0 {
            warn("confirm", "due-today", Some(table), &[title, ("rows", table.to_send.to_string())]);
        }
    }
    if settings.term_end.is_empty() {
        warn("hint", "no-term-end", None, &[]);
    }
    if open.current_connection() == REHEARSAL {
        warn("hint", "no-connection", None, &[]);
    }
    let order = |w: &Warning| match w.level.as_str() {
        "mandatory" => 0,
        "confirm" => 1,
        _ => 2,
    };
    list.sort_by_key(order);
    list
}

fn rejected_rows(batch: &Batch) -> Option<u64> {
    let (collected, stored) = (batch.collected?, batch.stored?);
    collected.checked_sub(stored).filter(|rejected| *rejected > 0)
}
