//! Decides what to do next. Without I/O.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use protocol::Options;

use crate::ledger::{Delivery, DeliveryId};
use standard::delivery::DeliveryState;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask for the results of the deliveries whose outcome is unknown.
    Ask,
    /// Send this delivery.
    Send(DeliveryId),
    /// Nothing can be done now.
    Done,
}

/// What happened in this run so far.
#[derive(Debug, Default)]
pub struct Run {
    /// Deliveries whose outcome is unknown and that were asked for since it became so.
    pub asked: HashSet<DeliveryId>,
    /// Batches of which a delivery was refused: the rest of them waits for the next run.
    pub refused: HashSet<i64>,
}

/// The next step. `deliveries` are all open deliveries in the ledger's order. While one is on its way (`Sending`), no
/// other one of its table goes: rows arrive in the order in which they were frozen, and two entries of one moment and
/// table cannot be taken for each other.
pub fn next(deliveries: &[Delivery], run: &Run) -> Step {
    let unknown = |delivery: &&Delivery| delivery.state == DeliveryState::Unknown;
    if deliveries.iter().filter(unknown).any(|delivery| !run.asked.contains(&delivery.id)) {
        return Step::Ask;
    }
    let holds = |delivery: &&Delivery| matches!(delivery.state, DeliveryState::Unknown | DeliveryState::Sending);
    let blocked: HashSet<&str> = deliveries.iter().filter(holds).map(|delivery| delivery.table.as_str()).collect();
    deliveries
        .iter()
        .filter(|delivery| delivery.state == DeliveryState::Frozen)
        .find(|delivery| !blocked.contains(delivery.table.as_str()) && !waits_for_refused(deliveries, delivery, run))
        .map_or(Step::Done, |delivery| Step::Send(delivery.id))
}

/// Whether this batch or an older one of the table was refused and not sent in full: if the newer row were sent first,
/// the older one would replace it later.
fn waits_for_refused(deliveries: &[Delivery], delivery: &Delivery, run: &Run) -> bool {
    run.refused.contains(&delivery.id.batch)
        || deliveries.iter().any(|older| {
            older.table == delivery.table
                && older.id.batch < delivery.id.batch
                && older.state == DeliveryState::Frozen
                && run.refused.contains(&older.id.batch)
        })
}

/// When a delivery that is not among the results begins to count as not arrived; `None` if it was never sent.
pub fn given_up_at(delivery: &Delivery, options: &Options) -> Option<Timestamp> {
    let wait = i64::from(options.first_query_after_s) + i64::from(options.resend_margin_s);
    delivery.sent_at?.checked_add(SignedDuration::from_secs(wait)).ok()
}

/// When the result of a delivery can first be asked for.
pub fn result_after(delivery: &Delivery, options: &Options) -> Option<Timestamp> {
    delivery.sent_at?.checked_add(SignedDuration::from_secs(options.first_query_after_s.into())).ok()
}

/// When the result of a delivery becomes overdue: twice the time that it takes by the settings, and at least half an
/// hour more than it.
pub fn overdue_at(delivery: &Delivery, options: &Options) -> Option<Timestamp> {
    overdue_after(delivery.sent_at?, options)
}

/// As [`overdue_at`], for something that was sent at this moment.
pub fn overdue_after(sent: Timestamp, options: &Options) -> Option<Timestamp> {
    const LEAST: i64 = 1800;
    let wait = i64::from(options.first_query_after_s);
    sent.checked_add(SignedDuration::from_secs(wait + wait.max(LEAST))).ok()
}

#[cfg(test)]
mod tests {
    use super::DeliveryState::*;
    use super::*;

    /// `(batch, number, table, state)`
    type Short = (i64, u32, &'static str, DeliveryState);

    fn delivery((batch, no, table, state): Short) -> Delivery {
        Delivery {
            id: DeliveryId { batch, no },
            table: table.into(),
            rows: 1,
            state,
            sent_at: None,
            receiver_at: None,
            time: None,
        }
    }

    fn check(deliveries: &[Short], asked: &[(i64, u32)], refused: &[i64], expect: Step) {
        let run = Run {
            asked: asked.iter().map(|&(batch, no)| DeliveryId { batch, no }).collect(),
            refused: refused.iter().copied().collect(),
        };
        let list: Vec<Delivery> = deliveries.iter().copied().map(delivery).collect();
        assert_eq!(next(&list, &run), expect, "{deliveries:?} {asked:?} {refused:?}");
    }

    fn send(batch: i64, no: u32) -> Step {
        Step::Send(DeliveryId { batch, no })
    }

    #[test]
    fn decisions() {
        check(&[], &[], &[], Step::Done);
        check(&[(1, 0, "A", Frozen), (1, 1, "A", Frozen)], &[], &[], send(1, 0));
        check(&[(1, 0, "A", Sent), (1, 1, "A", Frozen)], &[], &[], send(1, 1));
        check(&[(1, 0, "A", Sent), (1, 1, "A", Sent)], &[], &[], Step::Done);
        // An unknown outcome: ask before anything else, then send nothing of its table.
        check(&[(1, 0, "A", Unknown), (2, 0, "B", Frozen)], &[], &[], Step::Ask);
        check(&[(1, 0, "A", Unknown), (1, 1, "A", Frozen), (2, 0, "B", Frozen)], &[(1, 0)], &[], send(2, 0));
        check(&[(1, 0, "A", Unknown), (1, 1, "A", Frozen), (3, 0, "A", Frozen)], &[(1, 0)], &[], Step::Done);
        // While a delivery is on its way, only other tables go.
        check(&[(1, 0, "A", Sending), (1, 1, "A", Frozen), (2, 0, "A", Frozen)], &[], &[], Step::Done);
        check(&[(1, 0, "A", Sending), (1, 1, "A", Frozen), (2, 0, "B", Frozen)], &[], &[], send(2, 0));
        // A refused batch waits, and so do newer ones of its table if it is not through.
        check(&[(1, 1, "A", Frozen), (2, 0, "B", Frozen)], &[], &[1], send(2, 0));
        check(&[(1, 1, "A", Frozen), (2, 0, "A", Frozen)], &[], &[1], Step::Done);
        check(&[(2, 0, "A", Frozen)], &[], &[1], send(2, 0));
    }

    #[test]
    fn waiting_times() {
        let mut lost = delivery((1, 0, "A", Unknown));
        let options = Options { first_query_after_s: 1800, resend_margin_s: 300, ..Options::default() };
        assert_eq!(given_up_at(&lost, &options), None, "never sent");
        lost.sent_at = Some("2026-11-21T10:00:00Z".parse().unwrap());
        assert_eq!(given_up_at(&lost, &options).unwrap().to_string(), "2026-11-21T10:35:00Z");
        assert_eq!(result_after(&lost, &options).unwrap().to_string(), "2026-11-21T10:30:00Z");
        assert_eq!(overdue_at(&lost, &options).unwrap().to_string(), "2026-11-21T11:00:00Z");
        let quick = Options { first_query_after_s: 0, ..options };
        assert_eq!(overdue_at(&lost, &quick).unwrap().to_string(), "2026-11-21T10:30:00Z");
    }
}
