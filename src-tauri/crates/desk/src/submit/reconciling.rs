//! 对账: what the book knows of its deliveries against everything that the receiver says. It changes nothing but the note of
//! the last one.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use protocol::ResultEntry;
use standard::Table;
use standard::delivery::DeliveryState;
use store::BatchQuery;
use submit::reconcile::{Settled, Unexplained, reconcile as compare};
use submit::{DeliveryId, Watch};
use tokio::runtime::Handle;

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::env::rfc3339;
use crate::session::open_book::REHEARSAL;
use crate::submit::api::{Reconcile, ReconcileLine, ReconcileTable, Reconciliation, UnexplainedKind};
use crate::submit::ledger::delivery_of;
use crate::submit::receiver_link::stopped;

/// Days back that are compared, unless the request says otherwise.
const DAYS: u32 = 35;

/// Lines that are kept and answered.
const MOST_LINES: usize = 1_000;

/// Setting of the book that holds the last one.
const SETTING: &str = "reconciliation";

/// `submit.reconcile`.
pub(crate) fn reconcile(desk: &Desk, request: Reconcile) -> Result<Reconciliation, CallError> {
    let open = desk.opened()?;
    let _exchange = desk.exchange.blocking_lock();
    let name = request.connection.unwrap_or_else(|| open.current_connection());
    if name.is_empty() || name == REHEARSAL {
        return Err(CallError::new("reconcile.no-connection"));
    }
    let now = desk.clock.now();
    let days = if request.days == 0 { DAYS } else { request.days };
    let since = now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
    let settled = left_since(&open, &name, since)?;
    let link = desk.connect(&open, &name)?;
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false, paused: &|| false };
    let done = Handle::current().block_on(compare(link.client(), &settled, &mut watch));
    desk.keep_requests(&open, &name, link.client());
    let line = |one: &Unexplained| {
        let of_batch =
            |id: &DeliveryId| settled.iter().find(|one| one.delivery.id == *id).map(|one| &one.delivery.table);
        let (kind, batch, table, entry) = match one {
            Unexplained::Gone(id) => (UnexplainedKind::Gone, Some(id.batch), of_batch(id), None),
            Unexplained::Differs(id, entry) => (UnexplainedKind::Differs, Some(id.batch), of_batch(id), Some(entry)),
            Unexplained::Foreign(entry) => (UnexplainedKind::Foreign, None, None, Some(entry)),
        };
        let table = table.or(entry.map(|entry| &entry.table_name));
        ReconcileLine {
            kind,
            batch,
            title: table.and_then(|table| table_named(&open, table)).map(title_of).unwrap_or_default(),
            table: table.cloned(),
            time: entry.map(|entry| entry.timestamps.clone()),
            collected: entry.and_then(|entry| entry.collect_num),
            stored: entry.and_then(|entry| entry.storage_num),
        }
    };
    let reconciliation = Reconciliation {
        agreed: done.agreed as u64,
        open: done.open as u64,
        unexplained: done.unexplained.iter().take(MOST_LINES).map(line).collect(),
        unexplained_total: done.unexplained.len() as u64,
        at: rfc3339(now),
        days,
        tables: by_table(&open, &settled, &done.entries),
        connection: name,
        interrupted: done.stop.map(stopped),
    };
    if !open.book.is_read_only() {
        let kept =
            serde_json::to_value(&reconciliation).map_err(|_| CallError::failed("a reconciliation is not JSON"))?;
        open.book.set_setting(SETTING, &kept)?;
        desk.tell(Changed::Book);
    }
    Ok(reconciliation)
}

/// `submit.reconciled`: the last one that was made, by itself or by hand. One that cannot be read counts as none, because
/// the next day makes it anew.
pub(crate) fn reconciled(desk: &Desk, _: Nothing) -> Result<Option<Reconciliation>, CallError> {
    let kept = desk.opened()?.book.setting(SETTING)?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()))
}

/// The table that a receiver writes like this.
fn table_named<'o>(open: &'o OpenBook, name: &str) -> Option<&'o Table> {
    open.edition.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name.trim()))
}

fn title_of(table: &Table) -> String {
    table.short_title().to_owned()
}

/// The numbers of both sides, in printed order; tables that the edition does not have come last.
fn by_table(open: &OpenBook, settled: &[Settled], entries: &[ResultEntry]) -> Vec<ReconcileTable> {
    let mut tables: BTreeMap<(usize, String), ReconcileTable> = BTreeMap::new();
    let mut of = |name: &str, add: &mut dyn FnMut(&mut ReconcileTable)| {
        let place = open.edition.tables.iter().position(|table| table.name.eq_ignore_ascii_case(name.trim()));
        let table = place.map(|at| &open.edition.tables[at]);
        let name = table.map_or(name, |table| &table.name).to_owned();
        let title = table.map(title_of).unwrap_or_default();
        let key = (place.unwrap_or(usize::MAX), name.clone());
        add(tables.entry(key).or_insert_with(|| ReconcileTable { table: name, title, ..ReconcileTable::default() }));
    };
    for Settled { delivery, receipt } in settled {
        let filed = receipt.as_ref().and_then(|receipt| serde_json::from_str::<ResultEntry>(receipt).ok());
        of(&delivery.table, &mut |table| {
            table.deliveries += 1;
            table.rows += u64::from(delivery.rows);
            table.ours_stored += filed.as_ref().and_then(|entry| entry.storage_num).unwrap_or(0);
        });
    }
    for entry in entries {
        of(&entry.table_name, &mut |table| {
            table.entries += 1;
            table.collected += entry.collect_num.unwrap_or(0);
            table.theirs_stored += entry.storage_num.unwrap_or(0);
        });
    }
    tables.into_values().collect()
}

/// Deliveries of a connection that left at or after a moment.
fn left_since(open: &OpenBook, name: &str, since: Timestamp) -> Result<Vec<Settled>, CallError> {
    let query = BatchQuery { connection: Some(name.to_owned()), ..BatchQuery::default() };
    let mut settled = Vec::new();
    for batch in open.book.all_batches(&query) {
        let batch = batch?;
        for kept in open.book.deliveries(batch.id)? {
            let left = !matches!(kept.state, DeliveryState::Frozen | DeliveryState::Sending);
            if left && kept.sent_at.is_some_and(|at| at >= since) {
                let receipt = kept.receipt.clone();
                settled.push(Settled { delivery: delivery_of(kept, &batch.table), receipt });
            }
        }
    }
    Ok(settled)
}
