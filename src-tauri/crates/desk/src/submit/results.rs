//! Results: asking for what is open, and giving up what waits too long.

use std::time::{Duration, Instant};

use store::{Batch, BatchQuery, BatchState};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed};
use crate::session::env::rfc3339;
use crate::session::jobs::Job;
use crate::submit::api::{AskResults, BatchRef, BatchResult, Results};
use crate::submit::batches::result_of;
use crate::submit::receiver_link::ReceiverLink;

/// `submit.results`: asks for what is open, of every connection that has something open.
pub(crate) fn results(desk: &Desk, request: AskResults) -> Result<Results, CallError> {
    let open = desk.opened()?;
    let _exchange = desk.exchange.blocking_lock();
    let mut job = desk.job(request.job);
    let waiting = waiting_batches(&open)?;
    let mut names: Vec<String> = waiting.iter().map(|b| b.connection.clone()).collect();
    names.sort();
    names.dedup();
    let mut results = Results { batches: Vec::new(), next: None, notes: Vec::new(), interrupted: None };
    for name in names {
        let notes = &mut results.notes;
        let asked = desk.connect(&open, &name).and_then(|link| ask(desk, &open, &link, request.wait, &mut job, notes));
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
        results.batches.push(result_of(desk, &open, batch)?);
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
    notes: &mut Vec<CallError>,
) -> Result<Option<CallError>, CallError> {
    /// Shortest time between two requests for results.
    const LEAST: Duration = Duration::from_secs(1);
    let end = Instant::now() + Duration::from_secs(wait.into());
    loop {
        let (collected, stop) = desk.collect(open, link, job)?;
        let left = end.saturating_duration_since(Instant::now());
        if stop.is_some() || collected.open == 0 || left.is_zero() {
            let other = collected.other_account.as_deref();
            notes.extend(other.map(|account| {
                CallError::new("results.other-account").with("name", &link.name).with("account", account)
            }));
            return Ok(stop);
        }
        let until = collected.next.map_or(LEAST, |at| at.duration_since(desk.clock.now()).try_into().unwrap_or(LEAST));
        job.wait(until.max(LEAST).min(left))?;
    }
}

/// Batches with a delivery that was sent and whose result is open, oldest first.
fn waiting_batches(open: &OpenBook) -> Result<Vec<Batch>, CallError> {
    let states = vec![BatchState::Sending, BatchState::Sent, BatchState::Unknown];
    let query = BatchQuery { states, ..Default::default() };
    let mut all = open.book.all_batches(&query).collect::<Result<Vec<_>, _>>()?;
    all.reverse();
    Ok(all)
}

/// `submit.give-up`: ends the waiting for the results of a batch, so that it goes out again with the next submission.
pub(crate) fn give_up(desk: &Desk, request: BatchRef) -> Result<BatchResult, CallError> {
    let open = desk.opened()?;
    let _exchange = desk.exchange.blocking_lock();
    let why = serde_json::to_string(&CallError::new("batch.given-up")).unwrap_or_default();
    let batch = open.book.give_up(request.id, &why)?;
    desk.tell(Changed::Batches);
    desk.tell(Changed::Tables { tables: vec![batch.table.clone()], step: None });
    result_of(desk, &open, batch)
}
