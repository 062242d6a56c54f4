//! 对账: what the book knows of its deliveries against everything that the receiver says. It changes nothing.

use jiff::{SignedDuration, Timestamp};
use standard::delivery::DeliveryState;
use store::BatchQuery;
use submit::Watch;
use submit::reconcile::{Settled, Unexplained, reconcile as compare};
use tokio::runtime::Handle;

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::open_book::REHEARSAL;
use crate::submit::api::{Reconcile, ReconcileLine, Reconciliation, UnexplainedKind};
use crate::submit::ledger::delivery_of;
use crate::submit::receiver_link::stopped;

/// Days back that are compared, unless the request says otherwise.
const DAYS: u32 = 35;

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
    let line = |one: &Unexplained| match one {
        Unexplained::Gone(id) => ReconcileLine::of(UnexplainedKind::Gone, Some(id.batch), None),
        Unexplained::Differs(id, entry) => ReconcileLine::of(UnexplainedKind::Differs, Some(id.batch), Some(entry)),
        Unexplained::Foreign(entry) => ReconcileLine::of(UnexplainedKind::Foreign, None, Some(entry)),
    };
    Ok(Reconciliation {
        connection: name,
        agreed: done.agreed as u64,
        open: done.open as u64,
        unexplained: done.unexplained.iter().map(line).collect(),
        interrupted: done.stop.map(stopped),
    })
}

impl ReconcileLine {
    fn of(kind: UnexplainedKind, batch: Option<i64>, entry: Option<&protocol::ResultEntry>) -> ReconcileLine {
        ReconcileLine {
            kind,
            batch,
            table: entry.map(|entry| entry.table_name.clone()),
            time: entry.map(|entry| entry.timestamps.clone()),
            collected: entry.and_then(|entry| entry.collect_num),
            stored: entry.and_then(|entry| entry.storage_num),
        }
    }
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
