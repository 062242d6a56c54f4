//! Asks the receiver for results and records them in the ledger.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use protocol::words::clean;
use protocol::{QueryRequest, ResultEntry, time};
use standard::Edition;
use standard::delivery::DeliveryState;

use crate::error::SubmitError;
use crate::ledger::{Delivery, DeliveryId, Event, Ledger};
use crate::matching::{SLACK, Search, receipt_name, window_start};
use crate::step::{given_up_at, result_after};
use crate::verdict::{conclusive, judge, speaks_of};
use crate::watch::{Stop, Watch};
use crate::wire::Wire;

/// Entries that are asked for in one page.
const PAGE: u32 = 100;

/// The largest number of pages that are read, because the list of a faulty receiver may never end.
const MOST_PAGES: u32 = 2_000;

/// Reading ends after this many pages in a row without an entry that fits a delivery, where the receiver does not give
/// the number of entries.
const MOST_PAGES_OF_OTHERS: u32 = 50;

/// Most pages in a row that only repeat entries, where the receiver tells that there are more.
const MOST_REPEATED: u32 = 5;

/// The outcome of asking for results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Deliveries whose result came in, in the ledger's order.
    pub closed: Vec<DeliveryId>,
    /// Deliveries whose result is still open.
    pub open: usize,
    /// When the next result can be there; absent if no delivery is open.
    pub next: Option<Timestamp>,
    /// Where a result is missing: the account that entries of the same tables name instead of this connection's
    /// account.
    pub other_account: Option<String>,
    /// Why asking ended early.
    pub stop: Option<Stop>,
}

/// Asks for the results of all deliveries that are sent or whose outcome is unknown, and records the results.
/// Deliveries that are not ready by the settings are included, because a result may be there early.
pub async fn collect<W: Wire, L: Ledger>(
    client: &W,
    ledger: &L,
    edition: &Edition,
    watch: &mut Watch<'_>,
) -> Result<Collected, L::Error> {
    let mut deliveries = ledger.open_deliveries()?;
    recover(ledger, &mut deliveries)?;
    let waiting: Vec<DeliveryId> = deliveries
        .iter()
        .filter(|c| matches!(c.state, DeliveryState::Sent | DeliveryState::Unknown))
        .map(|c| c.id)
        .collect();
    let Asked { stop, other_account } = ask(client, ledger, edition, &mut deliveries, watch).await?;
    let closed = deliveries.iter().filter(|c| c.state.is_closed()).map(|c| c.id).collect();
    let open: Vec<&Delivery> = deliveries.iter().filter(|c| waiting.contains(&c.id) && !c.state.is_closed()).collect();
    let options = &client.connection().options;
    let next = open.iter().filter_map(|delivery| result_after(delivery, options)).min();
    let other_account = other_account.filter(|_| !open.is_empty());
    Ok(Collected { closed, open: open.len(), next, other_account, stop })
}

/// Deliveries found in `sending` were interrupted: their outcome is unknown.
pub(crate) fn recover<L: Ledger>(ledger: &L, deliveries: &mut [Delivery]) -> Result<(), L::Error> {
    for delivery in deliveries.iter_mut().filter(|delivery| delivery.state == DeliveryState::Sending) {
        note(ledger, delivery, &Event::Unknown { why: None })?;
    }
    Ok(())
}

/// Records an event, then moves the delivery.
pub(crate) fn note<L: Ledger>(ledger: &L, delivery: &mut Delivery, event: &Event) -> Result<(), L::Error> {
    ledger.record(delivery.id, event)?;
    event.apply(delivery);
    Ok(())
}

/// The outcome of asking once.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub stop: Option<Stop>,
    pub other_account: Option<String>,
}

/// Asks once for all sent and unknown deliveries among `deliveries`, and moves those whose entry was found. An unknown
/// delivery that is not among the results when its time is over waits to be sent again.
pub(crate) async fn ask<W: Wire, L: Ledger>(
    client: &W,
    ledger: &L,
    edition: &Edition,
    deliveries: &mut [Delivery],
    watch: &mut Watch<'_>,
) -> Result<Asked, L::Error> {
    let (places, wanted): (Vec<usize>, Vec<Delivery>) = deliveries
        .iter()
        .enumerate()
        .filter(|(_, delivery)| matches!(delivery.state, DeliveryState::Sent | DeliveryState::Unknown))
        .map(|(at, delivery)| (at, delivery.clone()))
        .unzip();
    let Some(from) = window_start(&wanted) else { return Ok(Asked::default()) };
    let Entries { entries, stop } = entries_since(client, from, &wanted, watch).await;
    let now = ledger.now();

    let mut keys: HashMap<DeliveryId, Vec<String>> = HashMap::new();
    for delivery in &wanted {
        keys.insert(delivery.id, ledger.keys(delivery.id)?);
    }
    let taken: HashSet<String> = ledger.receipts(from)?.iter().filter_map(|receipt| receipt_name(receipt)).collect();
    let options = &client.connection().options;
    let call_timeout = SignedDuration::from_secs(options.call_timeout_s.into());
    let account = account_of(client);
    let search = Search { entries: &entries, taken: &taken, call_timeout, account };
    let other_account = entries.iter().find(|entry| !search.is_ours(entry)).map(|entry| clean(&entry.sys_name));
    let found = search.assign(&wanted, |delivery, entry| speaks_of(entry, &keys[&delivery.id]));

    for (at, entry) in places.into_iter().zip(found) {
        let delivery = &mut deliveries[at];
        match entry {
            Some(entry) => file(ledger, edition, delivery, &keys[&delivery.id], entry)?,
            // Only a list that was read to its end shows that an entry is missing.
            None if stop.is_none()
                && delivery.state == DeliveryState::Unknown
                && given_up_at(delivery, options).is_some_and(|end| now >= end) =>
            {
                note(ledger, delivery, &Event::NotThere)?;
            }
            None => {}
        }
    }
    Ok(Asked { stop, other_account })
}

/// The name of the connection's account in results.
pub(crate) fn account_of(client: &impl Wire) -> &str {
    let connection = client.connection();
    let named = connection.options.sys_name.trim();
    if named.is_empty() { &connection.username } else { named }
}

/// Records the entry of a delivery: that it was taken, if that was unknown, and its result.
fn file<L: Ledger>(
    ledger: &L,
    edition: &Edition,
    delivery: &mut Delivery,
    keys: &[String],
    entry: &ResultEntry,
) -> Result<(), L::Error> {
    if delivery.state == DeliveryState::Unknown {
        note(ledger, delivery, &Event::Sent { time: entry.timestamps.clone(), size: entry.collect_num })?;
    }
    if !conclusive(entry, delivery.rows) {
        return Ok(());
    }
    let columns: Vec<&str> =
        edition.table(&delivery.table).map_or_else(Vec::new, |t| t.fields.iter().map(|f| f.column.as_str()).collect());
    let verdict = judge(entry, keys, &columns);
    let receipt = serde_json::to_string(entry).unwrap_or_default();
    note(ledger, delivery, &Event::Result { verdict, receipt })
}

/// The entries that were read, and why reading ended early if it did.
pub(crate) struct Entries {
    pub entries: Vec<ResultEntry>,
    pub stop: Option<Stop>,
}

/// All entries from this time on, page by page: until the number that the receiver tells is reached, or a page is
/// empty. A page may be shorter than asked, because receivers have limits of their own.
pub(crate) async fn entries_since(
    client: &impl Wire,
    from: Timestamp,
    wanted: &[Delivery],
    watch: &mut Watch<'_>,
) -> Entries {
    let mut entries: Vec<ResultEntry> = Vec::new();
    let stop = read_pages(client, from, wanted, watch, &mut entries).await.err();
    Entries { entries, stop }
}

async fn read_pages(
    client: &impl Wire,
    from: Timestamp,
    wanted: &[Delivery],
    watch: &mut Watch<'_>,
    entries: &mut Vec<ResultEntry>,
) -> Result<(), Stop> {
    // The end of the window needs the receiver's clock, which is known after a login.
    client.ready().await.map_err(Stop::Failed)?;
    let end = time::seconds_text(client.now().checked_add(SLACK).unwrap_or(from));
    let table = table_part(wanted);
    let tables: HashSet<String> = wanted.iter().map(|delivery| delivery.table.to_lowercase()).collect();
    let mut earlier = HashSet::new();
    let (mut read, mut of_others, mut repeated) = (0, 0, 0);
    for page in 1..=MOST_PAGES {
        watch.check()?;
        if page > 1 {
            watch.pause(&client.connection().options).await?;
        }
        let query =
            QueryRequest { start: time::seconds_text(from), end: end.clone(), page, limit: PAGE, table: table.clone() };
        let found = client.results(&query).await.map_err(Stop::Failed)?;
        let fits = |entry: &ResultEntry| tables.contains(&entry.table_name.trim().to_lowercase());
        of_others = if found.entries.iter().any(fits) { 0 } else { of_others + 1 };
        let before = entries.len();
        // A receiver without pages gives the same entries again. Equal entries within one page are about different
        // deliveries.
        let texts: Vec<String> =
            found.entries.iter().map(|entry| serde_json::to_string(entry).unwrap_or_default()).collect();
        let fresh = found.entries.into_iter().zip(&texts).filter(|(_, text)| !earlier.contains(*text));
        entries.extend(fresh.map(|(entry, _)| entry));
        // Entries that cannot be read count as new ones: the next page may be readable.
        let new = (entries.len() - before) as u64 + (found.length - texts.len() as u64);
        earlier.extend(texts);
        read += new;
        if found.length == 0 || found.count.is_some_and(|count| count > 0 && read >= count) {
            return Ok(());
        }
        repeated = if new == 0 { repeated + 1 } else { 0 };
        match found.count {
            // A receiver without pages gives the same entries again.
            None | Some(0) if new == 0 && page > 1 => return Ok(()),
            // The pages shift while new entries come in, so one that repeats the page before is not the last.
            Some(_) if repeated >= MOST_REPEATED => break,
            _ => {}
        }
        if found.count.is_none() && of_others >= MOST_PAGES_OF_OTHERS {
            break;
        }
    }
    Err(Stop::Failed(SubmitError::EndlessResults))
}

/// The table to ask for: its name if there is only one, else all.
fn table_part(deliveries: &[Delivery]) -> String {
    match deliveries.split_first() {
        Some((first, rest)) if rest.iter().all(|delivery| delivery.table == first.table) => first.table.clone(),
        _ => String::new(),
    }
}
