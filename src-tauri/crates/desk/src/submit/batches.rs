//! 上报: what is ready, freezing and sending, results and receipts.
//!
//! These calls run on threads that may wait, so that neither the network nor the book blocks the threads of the window. One exchange with a receiver runs at a time.

use std::time::{Duration, Instant};

use standard::Table;
use store::{Batch, BatchQuery, BatchRow, BatchState, Freeze};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed};
use crate::session::editions::table_of;
use crate::session::env::rfc3339;
use crate::session::jobs::Job;
use crate::session::open_book::REHEARSAL;
use crate::session::period::due;
use crate::submit::api::{
    AskResults, BatchRef, BatchResult, BatchView, Batches, BatchesQuery, Ready, ReadyTable, RejectedQuery, RejectedRow,
    Results, Send, Sent, Skipped, Target,
};
use crate::submit::receiver_link::ReceiverLink;
use crate::verify::recheck::recheck_table;

/// Batches, or rejected rows, of one page.
const PAGE: u64 = 500;

fn name_of(target: &Target) -> &str {
    target.connection.as_deref().unwrap_or(REHEARSAL)
}

/// `submit.ready`.
pub(crate) fn ready(desk: &Desk, request: Target) -> Result<Ready, CallError> {
    let open = desk.opened()?;
    let settings = open.settings();
    let today = desk.clock.today();
    let mut tables = Vec::new();
    // Own tables are never submitted.
    for table in open.edition.tables.iter().filter(|table| !table.own) {
        let r = open.book.readiness(name_of(&request), &table.name, &settings.period)?;
        if r.rows == 0 {
            continue;
        }
        tables.push(ReadyTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            department: settings.department_of(table).to_owned(),
            frequency: table.frequency,
            due: due((table.frequency, table.period), &settings.period, today, settings.last_day())
                .map(|day| day.to_string()),
            rows: r.rows,
            to_send: r.to_send,
            blocked: r.blocked,
            unexplained: r.unexplained,
            under_way: r.under_way,
            waiting: r.waiting,
            accepted: r.accepted,
        });
    }
    Ok(Ready { tables })
}

/// `submit.send`: freezes what changed since it was accepted, and sends everything that is frozen.
pub(crate) fn send(desk: &Desk, request: Send) -> Result<Sent, CallError> {
    let open = desk.opened()?;
    let sent = freeze_and_send(desk, &open, &request);
    if !request.dry_run {
        // Also after an error, because batches were frozen or sent before it.
        desk.tell(Changed::Batches);
    }
    sent
}

fn freeze_and_send(desk: &Desk, open: &OpenBook, request: &Send) -> Result<Sent, CallError> {
    let name = name_of(&request.target).to_owned();
    let tables = tables_asked(desk, open, request)?;
    let _exchange = desk.exchange.blocking_lock();
    let mut job = desk.job(request.job);
    let link = desk.connect(open, &name)?;
    let mut sent = Sent { batches: Vec::new(), skipped: Vec::new(), interrupted: None };
    let mut touched = open_batches(open, &name)?;
    for table in tables {
        job.go_on()?;
        match prepare(desk, open, table, &link, request, &mut job, &mut sent.skipped)? {
            Some(batch) if request.dry_run => sent.batches.push(batch_view(open, batch)),
            Some(batch) => touched.push(batch.id),
            None => {}
        }
    }
    if request.dry_run {
        return Ok(sent);
    }
    sent.interrupted = desk.drive(open, &link, &mut job)?;
    for id in touched {
        sent.batches.push(batch_view(open, open.book.batch(id)?));
    }
    Ok(sent)
}

/// The tables that are asked for: by name, or all; only those with a due day that has come, if wished.
fn tables_asked<'o>(desk: &Desk, open: &'o OpenBook, request: &Send) -> Result<Vec<&'o Table>, CallError> {
    let named = request.tables.iter().map(|name| table_of(&open.edition, name)).collect::<Result<Vec<_>, _>>()?;
    let published = || open.edition.tables.iter().filter(|table| !table.own);
    let all = if named.is_empty() { published().collect() } else { named };
    let (today, period, last_day) = (desk.clock.today(), open.period(), open.settings().last_day());
    let is_due =
        |table: &&Table| due((table.frequency, table.period), &period, today, last_day).is_some_and(|day| day <= today);
    Ok(all.into_iter().filter(|table| !request.due || is_due(table)).collect())
}

/// Numbers of the batches whose result is open.
fn open_batches(open: &OpenBook, connection: &str) -> Result<Vec<i64>, CallError> {
    let states = vec![BatchState::Frozen, BatchState::Sending, BatchState::Unknown];
    let mut query = BatchQuery { connection: Some(connection.to_owned()), states, limit: PAGE, ..Default::default() };
    let mut ids = Vec::new();
    loop {
        let page = open.book.batches(&query)?;
        query.offset += page.batches.len() as u64;
        let read = page.batches.len();
        ids.extend(page.batches.into_iter().map(|batch| batch.id));
        if read == 0 || query.offset >= page.total {
            ids.reverse();
            return Ok(ids);
        }
    }
}

/// Checks a table and freezes the records that may be sent; adds to `skipped` what is left out and why.
fn prepare(
    desk: &Desk,
    open: &OpenBook,
    table: &Table,
    link: &ReceiverLink,
    request: &Send,
    job: &mut Job<'_>,
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Batch>, CallError> {
    let period = open.period();
    let mut skip = |reason: CallError, rows: u64| {
        skipped.push(Skipped { table: table.name.clone(), reason: reason.code, rows });
    };
    let before = open.book.readiness(&link.name, &table.name, &period)?;
    if table.own {
        skip(CallError::new("skipped.own"), before.rows);
        return Ok(None);
    }
    // A table that was asked for by name is always reported; of the others only those with records that are left out.
    let named = !request.tables.is_empty();
    if before.to_send == 0 {
        if named {
            match (before.rows, before.under_way) {
                (0, _) => skip(CallError::new("skipped.no-rows"), 0),
                (_, 0) => skip(CallError::new("skipped.nothing-new"), before.rows),
                (_, under_way) => skip(CallError::new("skipped.under-way"), under_way),
            }
        }
        return Ok(None);
    }
    let _held = open.hold();
    recheck_table(open, table, job)?;
    let freeze = Freeze {
        table: table.name.clone(),
        period: period.clone(),
        connection: link.name.clone(),
        at: desk.clock.now(),
        rows_per_delivery: link.options().rows_per_call,
        hold_back: true,
    };
    let (batch, blocked, unexplained) = if request.dry_run {
        let r = open.book.readiness(&link.name, &table.name, &period)?;
        let rows = r.to_send - r.blocked - r.unexplained;
        ((rows > 0).then(|| would_be(open, table, &freeze, rows)), r.blocked, r.unexplained)
    } else {
        let frozen = open.book.freeze(&freeze)?;
        (frozen.batch, frozen.blocked, frozen.unexplained)
    };
    if blocked > 0 {
        skip(CallError::new("skipped.mandatory"), blocked);
    }
    if unexplained > 0 {
        skip(CallError::new("skipped.unexplained"), unexplained);
    }
    Ok(batch)
}

/// The batch that a dry run would freeze; it has no number.
fn would_be(open: &OpenBook, table: &Table, freeze: &Freeze, rows: u64) -> Batch {
    Batch {
        id: 0,
        table: table.name.clone(),
        period: freeze.period.clone(),
        connection: freeze.connection.clone(),
        edition: open.edition.id.clone(),
        state: BatchState::Frozen,
        frozen_at: freeze.at,
        sent_at: None,
        result_after: None,
        hash: String::new(),
        rows,
        deliveries: u32::try_from(rows.div_ceil(freeze.rows_per_delivery.max(1).into())).unwrap_or(u32::MAX),
        collected: None,
        stored: None,
        receipt: None,
    }
}

/// `submit.results`: asks for what is open, of every connection that has something open.
pub(crate) fn results(desk: &Desk, request: AskResults) -> Result<Results, CallError> {
    let open = desk.opened()?;
    let _exchange = desk.exchange.blocking_lock();
    let mut job = desk.job(request.job);
    let waiting = waiting_batches(&open)?;
    let mut names: Vec<String> = waiting.iter().map(|b| b.connection.clone()).collect();
    names.sort();
    names.dedup();
    let mut results = Results { batches: Vec::new(), next: None, interrupted: None };
    for name in names {
        let asked = desk.connect(&open, &name).and_then(|link| ask(desk, &open, &link, request.wait, &mut job));
        match asked {
            Ok(interrupted) => results.interrupted = results.interrupted.or(interrupted),
            Err(error) => results.interrupted = Some(error),
        }
    }
    for batch in waiting {
        let batch = open.book.batch(batch.id)?;
        if batch.state.is_open() {
            let after = batch.result_after.map(rfc3339);
            results.next = results.next.into_iter().chain(after).min();
        }
        results.batches.push(result_of(&open, batch)?);
    }
    desk.tell(Changed::Batches);
    let mut tables: Vec<String> = results.batches.iter().map(|b| b.batch.table.clone()).collect();
    tables.sort();
    tables.dedup();
    desk.tell(Changed::Tables { tables, step: None });
    Ok(results)
}

/// Asks until nothing is open or the time that the caller gives is over; between two questions it waits until something
/// may be known.
fn ask(
    desk: &Desk,
    open: &OpenBook,
    link: &ReceiverLink,
    wait: u32,
    job: &mut Job<'_>,
) -> Result<Option<CallError>, CallError> {
    /// Shortest time between two requests for results.
    const LEAST: Duration = Duration::from_secs(1);
    let end = Instant::now() + Duration::from_secs(wait.into());
    loop {
        let (collected, stop) = desk.collect(open, link, job)?;
        let left = end.saturating_duration_since(Instant::now());
        if stop.is_some() || collected.open == 0 || left.is_zero() {
            return Ok(stop);
        }
        let until = collected.next.map_or(LEAST, |at| at.duration_since(link.now()).try_into().unwrap_or(LEAST));
        job.wait(until.max(LEAST).min(left))?;
    }
}

/// Batches with a delivery that was sent and whose result is open, oldest first.
fn waiting_batches(open: &OpenBook) -> Result<Vec<Batch>, CallError> {
    let states = vec![BatchState::Sending, BatchState::Sent, BatchState::Unknown];
    let mut query = BatchQuery { states, limit: PAGE, ..Default::default() };
    let mut all = Vec::new();
    loop {
        let page = open.book.batches(&query)?;
        query.offset += page.batches.len() as u64;
        let read = page.batches.len();
        all.extend(page.batches);
        if read == 0 || query.offset >= page.total {
            all.reverse();
            return Ok(all);
        }
    }
}

/// `submit.batches`.
pub(crate) fn batches(desk: &Desk, request: BatchesQuery) -> Result<Batches, CallError> {
    let open = desk.opened()?;
    let query = BatchQuery {
        table: request.table,
        offset: request.offset,
        limit: request.limit.min(PAGE),
        ..Default::default()
    };
    let page = open.book.batches(&query)?;
    Ok(Batches { total: page.total, batches: page.batches.into_iter().map(|batch| batch_view(&open, batch)).collect() })
}

/// `submit.batch`.
pub(crate) fn batch(desk: &Desk, request: BatchRef) -> Result<BatchResult, CallError> {
    let open = desk.opened()?;
    let batch = open.book.batch(request.id)?;
    result_of(&open, batch)
}

/// `submit.rejected`.
pub(crate) fn rejected(desk: &Desk, request: RejectedQuery) -> Result<Vec<RejectedRow>, CallError> {
    let open = desk.opened()?;
    let table = open.book.batch(request.id)?.table;
    rejected_rows(&open, &table, &request)
}

fn result_of(open: &OpenBook, batch: Batch) -> Result<BatchResult, CallError> {
    let first = RejectedQuery { id: batch.id, offset: 0, limit: PAGE };
    let rejected = rejected_rows(open, &batch.table, &first)?;
    let rejected_total = open.book.rejected_count(batch.id)?;
    Ok(BatchResult { rejected, rejected_total, batch: batch_view(open, batch) })
}

fn rejected_rows(open: &OpenBook, table: &str, query: &RejectedQuery) -> Result<Vec<RejectedRow>, CallError> {
    let rows = open.book.rejected_rows(query.id, query.offset, query.limit.min(PAGE))?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.row).collect();
    let positions = open.book.positions(table, &numbers)?;
    let title = |column: &String| Some(open.edition.table(table)?.field(column)?.title.clone());
    let view = |(row, position): (BatchRow, Option<u64>)| RejectedRow {
        row: position.map(|_| row.row),
        position,
        key: row.key,
        column_title: row.column.as_ref().and_then(title),
        column: row.column,
        error: row.error.unwrap_or_default(),
    };
    Ok(rows.into_iter().zip(positions).map(view).collect())
}

fn batch_view(open: &OpenBook, batch: Batch) -> BatchView {
    BatchView {
        id: batch.id,
        title: open.edition.table(&batch.table).map_or_else(|| batch.table.clone(), |t| t.short_title().to_owned()),
        table: batch.table,
        rows: batch.rows,
        state: batch.state,
        connection: batch.connection,
        frozen_at: rfc3339(batch.frozen_at),
        sent_at: batch.sent_at.map(rfc3339),
        result_after: batch.result_after.map(rfc3339),
        hash: batch.hash,
        collected: batch.collected,
        stored: batch.stored,
        receipt: batch.receipt,
    }
}
