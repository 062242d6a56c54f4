//! Asks for results and files them.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use protocol::{QueryRequest, ResultEntry, time};
use standard::Edition;
use standard::delivery::DeliveryState;

use crate::client::Client;
use crate::ledger::{Delivery, DeliveryId, Event, Ledger};
use crate::matching::{SLACK, Search, receipt_name, window_start};
use crate::step::{given_up_at, result_after};
use crate::verdict::{conclusive, judge, speaks_of};
use crate::watch::{Stop, Watch};

/// Entries in one page.
const PAGE: u32 = 100;

/// A receiver that never ends its list is not asked for ever.
const MOST_PAGES: u32 = 10_000;

/// What asking for results gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Calls whose result came in, in the ledger's order.
    pub closed: Vec<DeliveryId>,
    /// Calls whose result is still open.
    pub open: usize,
    /// When something may be known next; absent: nothing is open.
    pub next: Option<Timestamp>,
    /// Why asking ended early.
    pub stop: Option<Stop>,
}

/// Asks for the results of all calls that are sent or of unknown fate, and records what came in. Calls that are not ready
/// by the settings are asked for all the same: a result may be there early.
pub async fn collect<L: Ledger>(
    client: &Client,
    ledger: &L,
    edition: &Edition,
    watch: &mut Watch<'_>,
) -> Result<Collected, L::Error> {
    let mut calls = ledger.open_deliveries()?;
    recover(ledger, &mut calls)?;
    let waiting: Vec<DeliveryId> = calls
        .iter()
        .filter(|c| matches!(c.state, DeliveryState::Sent | DeliveryState::Unknown))
        .map(|c| c.id)
        .collect();
    let stop = ask(client, ledger, edition, &mut calls, watch).await?;
    let closed = calls.iter().filter(|c| c.state.is_closed()).map(|c| c.id).collect();
    let open: Vec<&Delivery> = calls.iter().filter(|c| waiting.contains(&c.id) && !c.state.is_closed()).collect();
    let options = &client.connection().options;
    let next = open.iter().filter_map(|call| result_after(call, options)).min();
    Ok(Collected { closed, open: open.len(), next, stop })
}

/// Calls found in `sending` were interrupted: their fate is unknown.
pub(crate) fn recover<L: Ledger>(ledger: &L, calls: &mut [Delivery]) -> Result<(), L::Error> {
    for call in calls.iter_mut().filter(|call| call.state == DeliveryState::Sending) {
        note(ledger, call, &Event::Unknown { why: None })?;
    }
    Ok(())
}

/// Records an event, then moves the call.
pub(crate) fn note<L: Ledger>(ledger: &L, call: &mut Delivery, event: &Event) -> Result<(), L::Error> {
    ledger.record(call.id, event)?;
    event.apply(call);
    Ok(())
}

/// Asks once for all sent and unknown calls among `calls`, and moves those whose entry was found. An unknown call whose
/// time is over and that is not there waits again.
pub(crate) async fn ask<L: Ledger>(
    client: &Client,
    ledger: &L,
    edition: &Edition,
    calls: &mut [Delivery],
    watch: &mut Watch<'_>,
) -> Result<Option<Stop>, L::Error> {
    let (places, wanted): (Vec<usize>, Vec<Delivery>) = calls
        .iter()
        .enumerate()
        .filter(|(_, call)| matches!(call.state, DeliveryState::Sent | DeliveryState::Unknown))
        .map(|(at, call)| (at, call.clone()))
        .unzip();
    let Some(from) = window_start(&wanted) else { return Ok(None) };
    let entries = match entries_since(client, from, table_part(&wanted), watch).await {
        Ok(entries) => entries,
        Err(stop) => return Ok(Some(stop)),
    };
    let now = client.now();

    let mut keys: HashMap<DeliveryId, Vec<String>> = HashMap::new();
    for call in &wanted {
        keys.insert(call.id, ledger.keys(call.id)?);
    }
    let taken: HashSet<String> = ledger.receipts(from)?.iter().filter_map(|receipt| receipt_name(receipt)).collect();
    let options = &client.connection().options;
    let call_timeout = SignedDuration::from_secs(options.call_timeout_s.into());
    let search = Search { entries: &entries, taken: &taken, call_timeout };
    let found = search.assign(&wanted, |call, entry| speaks_of(entry, &keys[&call.id]));

    for (at, entry) in places.into_iter().zip(found) {
        let call = &mut calls[at];
        match entry {
            Some(entry) => file(ledger, edition, call, &keys[&call.id], entry)?,
            None if call.state == DeliveryState::Unknown
                && given_up_at(call, options).is_some_and(|end| now >= end) =>
            {
                note(ledger, call, &Event::NotThere)?;
            }
            None => {}
        }
    }
    Ok(None)
}

/// Files the entry of a call: that it was taken, if that was unknown, and its result.
fn file<L: Ledger>(
    ledger: &L,
    edition: &Edition,
    call: &mut Delivery,
    keys: &[String],
    entry: &ResultEntry,
) -> Result<(), L::Error> {
    if call.state == DeliveryState::Unknown {
        note(ledger, call, &Event::Sent { time: entry.timestamps.clone(), size: entry.collect_num })?;
    }
    if !conclusive(entry) {
        return Ok(());
    }
    let columns: Vec<&str> =
        edition.table(&call.table).map_or_else(Vec::new, |t| t.fields.iter().map(|f| f.column.as_str()).collect());
    let judgement = judge(entry, keys, &columns);
    let receipt = serde_json::to_string(entry).unwrap_or_default();
    note(ledger, call, &Event::Result { judgement, receipt })
}

/// All entries from this time on, page by page.
async fn entries_since(
    client: &Client,
    from: Timestamp,
    table: String,
    watch: &mut Watch<'_>,
) -> Result<Vec<ResultEntry>, Stop> {
    // A login learns the receiver's clock; the window's end needs it.
    client.ready().await.map_err(Stop::Failed)?;
    let mut entries = Vec::new();
    for page in 1..=MOST_PAGES {
        watch.check()?;
        if page > 1 {
            watch.pause(client).await?;
        }
        let end = client.now().checked_add(SLACK).unwrap_or(from);
        let query = QueryRequest {
            start: time::seconds_text(from),
            end: time::seconds_text(end),
            page,
            limit: PAGE,
            table: table.clone(),
        };
        let (found, count) = client.results(&query).await.map_err(Stop::Failed)?;
        let last = found.len() < PAGE as usize;
        entries.extend(found);
        if last || count.is_some_and(|count| entries.len() as u64 >= count) {
            break;
        }
    }
    Ok(entries)
}

/// The table to ask for: its name if there is only one, else all.
fn table_part(calls: &[Delivery]) -> String {
    match calls.split_first() {
        Some((first, rest)) if rest.iter().all(|call| call.table == first.table) => first.table.clone(),
        _ => String::new(),
    }
}
