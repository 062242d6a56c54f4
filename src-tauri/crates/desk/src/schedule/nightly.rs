//! The daily reconciliation: with the first look of a day, everything that the receiver says is compared with the receipts.

use store::BatchQuery;

use crate::session::api::{CallError, Changed};
use crate::session::schedule::nightly::Nightly;
use crate::session::{Desk, OpenBook};
use crate::submit::api::Reconcile;
use crate::submit::reconciling::reconcile;

/// Whether today's is still to be made.
pub(super) fn is_due(desk: &Desk) -> bool {
    desk.opened().is_ok_and(|open| wanted(desk, &open).is_some())
}

/// The connection to compare with; absent: it was done today, or nothing was ever sent there.
fn wanted(desk: &Desk, open: &OpenBook) -> Option<String> {
    let connection = open.current_connection();
    if connection.is_empty() || Nightly::of(open).day == desk.clock.today().to_string() {
        return None;
    }
    let query = BatchQuery { connection: Some(connection.clone()), limit: 1, ..BatchQuery::default() };
    let sent = open.book.batches(&query).is_ok_and(|page| page.total > 0);
    sent.then_some(connection)
}

/// Makes it, once a day whatever comes of it, and keeps what came of it.
pub(super) fn run(desk: &Desk) -> Result<(), CallError> {
    let Some(connection) = wanted(desk, &*desk.opened()?) else { return Ok(()) };
    let done = reconcile(desk, Reconcile { connection: Some(connection.clone()), days: 0 });
    let (unexplained, error) = match done {
        Ok(done) => (done.unexplained_total, done.interrupted),
        Err(error) => (0, Some(CallError { fault: None, ..error })),
    };
    let kept = Nightly { day: desk.clock.today().to_string(), connection, unexplained, error };
    kept.keep(&*desk.opened()?)?;
    desk.tell(Changed::Book);
    Ok(())
}
