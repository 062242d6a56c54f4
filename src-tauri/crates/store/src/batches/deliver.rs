//! The states of a delivery. Each change of state is on disk when its function returns.
//!
//! ```text
//! frozen -> sending -> sent -> stored | partly-stored | rejected
//!    ^         |         ^          ^
//!    |         +-> unknown ---------+      (the results say so; it is not sent again before)
//!    +---------+---------+                 (certainly not received)
//! ```
//!
//! Every other move is an error and changes nothing. A delivery that was `sending` when the program died is `unknown`
//! when the book is opened again. The state of the batch follows from its deliveries.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use standard::delivery::DeliveryState;

use crate::StoreError;
use crate::batches::outcomes::{self, DeliveryResult};
use crate::book::handle::{Book, TransactionEnd};
use crate::tables::batch::{self, Batch, BatchState};
use crate::tables::delivery::{self, Numbers};
use crate::tables::{batch_row, finding};

/// The states of a delivery that went out, or may have gone out, and has no reply yet.
const NO_REPLY: &[DeliveryState] = &[DeliveryState::Sending, DeliveryState::Unknown];

impl Book {
    /// `frozen -> sending`: to be recorded before the delivery goes out.
    pub fn delivery_sending(&self, batch: i64, no: u32, at: Timestamp) -> Result<Batch, StoreError> {
        self.move_delivery(batch, no, &[DeliveryState::Frozen], DeliveryState::Sending, |connection| {
            delivery::note_sending(connection, batch, no, at)?;
            batch::note_sent(connection, batch, at)
        })
    }

    /// `sending | unknown -> sent`: the receiver took it. `time` is the time in its reply, by which the result is found later;
    /// `reply` is the whole reply.
    pub fn delivery_sent(
        &self,
        batch: i64,
        no: u32,
        time: &str,
        reply: &str,
        result_after: Timestamp,
    ) -> Result<Batch, StoreError> {
        self.move_delivery(batch, no, NO_REPLY, DeliveryState::Sent, |connection| {
            delivery::note_reply(connection, (batch, no), Some(time), reply, Some(result_after))
        })
    }

    /// `sending | unknown -> frozen`: certainly not received (no connection, refused, or the results show that it
    /// never arrived); it may be sent again.
    pub fn delivery_not_received(&self, batch: i64, no: u32, why: &str) -> Result<Batch, StoreError> {
        self.move_delivery(batch, no, NO_REPLY, DeliveryState::Frozen, |connection| {
            delivery::note_reply(connection, (batch, no), None, why, None)
        })
    }

    /// `sending -> unknown`: cut off or timed out after sending began. From `ask_after` on the results can say what became of it.
    pub fn delivery_unknown(&self, batch: i64, no: u32, why: &str, ask_after: Timestamp) -> Result<Batch, StoreError> {
        self.move_delivery(batch, no, &[DeliveryState::Sending], DeliveryState::Unknown, |connection| {
            delivery::note_reply(connection, (batch, no), None, why, Some(ask_after))
        })
    }

    /// `sent | unknown -> frozen` for every delivery of the batch that waits for its result: a person gave up waiting, so it goes
    /// out again. Nothing is lost: the receiver stores by record key.
    pub fn give_up(&self, batch: i64, why: &str) -> Result<Batch, StoreError> {
        self.write(|connection| {
            batch::get(connection, batch)?;
            for (no, state) in (1u32..).zip(delivery::states(connection, batch)?) {
                if matches!(state, DeliveryState::Sent | DeliveryState::Unknown) {
                    delivery::set_state(connection, batch, no, DeliveryState::Frozen)?;
                    delivery::note_reply(connection, (batch, no), None, why, None)?;
                }
            }
            settle(connection, batch)?;
            Ok(TransactionEnd::Commit(batch::get(connection, batch)?))
        })
    }

    /// Notes why the deliveries of the batch that wait have not gone out.
    pub fn note_waiting(&self, batch: i64, why: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            for (no, state) in (1u32..).zip(delivery::states(connection, batch)?) {
                if state == DeliveryState::Frozen {
                    delivery::note_reply(connection, (batch, no), None, why, None)?;
                }
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Cuts the deliveries of the batch that have not gone out into deliveries of at most so many rows. The rows stay as
    /// they were frozen, and in their order, so later deliveries get higher numbers.
    pub fn split_deliveries(&self, batch: i64, rows: u32) -> Result<(), StoreError> {
        let most = rows.max(1);
        self.write(|connection| {
            batch::get(connection, batch)?;
            // How many deliveries each one becomes, in order.
            let mut pieces = Vec::new();
            for (no, state) in (1u32..).zip(delivery::states(connection, batch)?) {
                let rows = u32::try_from(delivery::get(connection, batch, no)?.rows).unwrap_or(u32::MAX);
                pieces.push((no, rows, if state == DeliveryState::Frozen { rows.div_ceil(most).max(1) } else { 1 }));
            }
            let mut end: u32 = pieces.iter().map(|(_, _, count)| count).sum();
            connection.pragma_update(None, "defer_foreign_keys", true)?;
            // The last one first, so that the numbers that are needed are free.
            for (no, rows, count) in pieces.into_iter().rev() {
                let first = end + 1 - count;
                delivery::renumber(connection, batch, no, first)?;
                batch_row::move_rows(connection, batch, (no, 0), (first, rows))?;
                for piece in 1..count {
                    let taken = most.min(rows - piece * most);
                    delivery::insert(connection, batch, first + piece, taken as usize)?;
                    batch_row::move_rows(connection, batch, (first, piece * most), (first + piece, taken))?;
                }
                if count > 1 {
                    delivery::set_rows(connection, batch, first, most)?;
                }
                end -= count;
            }
            settle(connection, batch)?;
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Takes the findings away that the receiver's rejection of whole deliveries of this batch left on its records, so that they
    /// can be frozen again as they are.
    pub fn forget_rejection(&self, batch: i64) -> Result<(), StoreError> {
        self.write(|connection| {
            let table = batch::get(connection, batch)?.table;
            for row in batch_row::rejected_whole(connection, batch)? {
                finding::remove_receipt_of_record(connection, &table, row)?;
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// `sent | unknown -> stored | partly-stored | rejected`: files the outcomes of the rows, what is accepted
    /// now, and findings for the rejected rows, in one transaction.
    ///
    /// A finding is filed only while its cell (or, where it names none, its record) still stands as it was sent. What
    /// an older batch had accepted does not replace what a newer one has.
    pub fn delivery_result(&self, batch: i64, no: u32, result: &DeliveryResult) -> Result<Batch, StoreError> {
        let rows = self.read(|connection| Ok(delivery::get(connection, batch, no)?.rows))?;
        // A row can be named twice, for two cells; a number beyond the delivery names no row.
        let named: BTreeSet<u32> = result.rejected.iter().map(|r| r.num).filter(|n| u64::from(*n) <= rows).collect();
        let rejected = named.len() as u64;
        let to = match rejected {
            0 => DeliveryState::Stored,
            n if n >= rows => DeliveryState::Rejected,
            _ => DeliveryState::PartlyStored,
        };
        let from = &[DeliveryState::Sent, DeliveryState::Unknown];
        self.move_delivery(batch, no, from, to, |connection| {
            let DeliveryResult { at, collected, stored, receipt, .. } = result;
            let numbers = Numbers { at: *at, collected: *collected, stored: *stored, rejected, receipt };
            delivery::note_result(connection, (batch, no), &numbers)?;
            let of = batch::get(connection, batch)?;
            outcomes::file(connection, self.table_sql(&of.table)?, &of, no, result)
        })
    }

    /// Moves a delivery, if it is in one of the states `from`, and the batch with it.
    fn move_delivery(
        &self,
        batch: i64,
        no: u32,
        from: &[DeliveryState],
        to: DeliveryState,
        record: impl FnOnce(&Connection) -> Result<(), StoreError>,
    ) -> Result<Batch, StoreError> {
        self.write(|connection| {
            batch::get(connection, batch)?;
            let before = delivery::get(connection, batch, no)?;
            if !from.contains(&before.state) {
                return Err(StoreError::MoveNotAllowed { batch, call: no, from: before.state, to });
            }
            delivery::set_state(connection, batch, no, to)?;
            record(connection)?;
            settle(connection, batch)?;
            Ok(TransactionEnd::Commit(batch::get(connection, batch)?))
        })
    }
}

/// Marks deliveries as unknown that were `sending` when the program ended.
pub(crate) fn recover(connection: &Connection) -> Result<(), StoreError> {
    delivery::forget_sending(connection)?.into_iter().try_for_each(|batch| settle(connection, batch))
}

/// Writes the state of a batch that follows from its deliveries.
fn settle(connection: &Connection, batch: i64) -> Result<(), StoreError> {
    batch::set_state(connection, batch, state_of(&delivery::states(connection, batch)?))
}

/// The state of a batch with deliveries in these states.
fn state_of(deliveries: &[DeliveryState]) -> BatchState {
    let any = |state| deliveries.contains(&state);
    let all = |state| deliveries.iter().all(|s| *s == state);
    match () {
        () if any(DeliveryState::Unknown) => BatchState::Unknown,
        () if all(DeliveryState::Frozen) => BatchState::Frozen,
        () if any(DeliveryState::Frozen) || any(DeliveryState::Sending) => BatchState::Sending,
        () if any(DeliveryState::Sent) => BatchState::Sent,
        () if all(DeliveryState::Stored) => BatchState::Stored,
        () if all(DeliveryState::Rejected) => BatchState::Rejected,
        () => BatchState::PartlyStored,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at, finding as finding_of, freeze, insert};
    use crate::{Freeze, RejectedRow};
    use standard::{Coded, Level};

    const COURSE: &str = "ODS_COURSE";

    /// A book with a batch of three rows in two deliveries.
    fn frozen() -> (BookFixture, i64) {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
        let batch = fixture.freeze(&Freeze { rows_per_delivery: 2, ..freeze(COURSE, 1) }).unwrap().batch.unwrap().id;
        (fixture, batch)
    }

    fn result(rejected: &[u32]) -> DeliveryResult {
        DeliveryResult {
            at: at(9),
            collected: 2,
            stored: 2u64.saturating_sub(rejected.len() as u64),
            receipt: "收到".into(),
            rejected: rejected.iter().map(|num| RejectedRow { num: *num, column: None, error: "错".into() }).collect(),
            findings: Vec::new(),
        }
    }

    #[test]
    fn only_the_moves_of_the_map_are_allowed() {
        use DeliveryState::*;
        let stored: &[DeliveryState] = &[Stored, PartlyStored, Rejected];
        // A state, and the states that may follow it; every other pair is refused.
        let allowed: &[(DeliveryState, &[DeliveryState])] = &[
            (Frozen, &[Sending]),
            (Sending, &[Sent, Frozen, Unknown]),
            (Sent, stored),
            (Unknown, &[Sent, Frozen, Stored, PartlyStored, Rejected]),
        ];
        let go = |fixture: &BookFixture, batch, to| match to {
            Frozen => fixture.delivery_not_received(batch, 1, "没有网络"),
            Sending => fixture.delivery_sending(batch, 1, at(2)),
            Sent => fixture.delivery_sent(batch, 1, "2026-09-01 00:00:03", "ok", at(1800)),
            Unknown => fixture.delivery_unknown(batch, 1, "超时", at(1800)),
            Stored => fixture.delivery_result(batch, 1, &result(&[])),
            PartlyStored => fixture.delivery_result(batch, 1, &result(&[2])),
            Rejected => fixture.delivery_result(batch, 1, &result(&[1, 2])),
        };
        let way_to = |state| match state {
            Frozen => vec![],
            Sending => vec![Sending],
            Sent | Unknown => vec![Sending, state],
            Stored | PartlyStored | Rejected => vec![Sending, Sent, state],
        };
        for from in DeliveryState::ALL {
            for to in DeliveryState::ALL {
                let (fixture, batch) = frozen();
                for state in way_to(from) {
                    go(&fixture, batch, state).unwrap();
                }
                let before = (fixture.batch(batch).unwrap(), fixture.deliveries(batch).unwrap());
                let may = allowed.iter().any(|(f, tos)| *f == from && tos.contains(&to));
                match go(&fixture, batch, to) {
                    Ok(_) => {
                        assert!(may, "{from:?} -> {to:?}");
                        assert_eq!(fixture.deliveries(batch).unwrap()[0].state, to);
                    }
                    Err(error) => {
                        assert!(!may, "{from:?} -> {to:?}");
                        assert_eq!(error.code(), "batch.move-not-allowed");
                        assert_eq!((fixture.batch(batch).unwrap(), fixture.deliveries(batch).unwrap()), before);
                    }
                }
            }
        }
    }

    #[test]
    fn a_batch_is_as_far_as_its_calls() {
        use DeliveryState::*;
        let check = |calls: &[DeliveryState], expect| assert_eq!(state_of(calls), expect, "{calls:?}");
        check(&[Frozen, Frozen], BatchState::Frozen);
        check(&[Sending, Frozen], BatchState::Sending);
        check(&[Sent, Frozen], BatchState::Sending);
        check(&[Stored, Frozen], BatchState::Sending);
        check(&[Sent, Sent], BatchState::Sent);
        check(&[Sent, Rejected], BatchState::Sent);
        check(&[Unknown, Frozen], BatchState::Unknown);
        check(&[Stored, Unknown], BatchState::Unknown);
        check(&[Stored, Stored], BatchState::Stored);
        check(&[Stored, Rejected], BatchState::PartlyStored);
        check(&[PartlyStored, Stored], BatchState::PartlyStored);
        check(&[Rejected, Rejected], BatchState::Rejected);
    }

    #[test]
    fn a_row_that_is_rejected_twice_is_one_row() {
        let (fixture, batch) = frozen();
        fixture.delivery_sending(batch, 1, at(2)).unwrap();
        fixture.delivery_sent(batch, 1, "t", "ok", at(3)).unwrap();
        fixture.delivery_result(batch, 1, &result(&[2, 2, 9])).unwrap();
        assert_eq!(fixture.deliveries(batch).unwrap()[0].state, DeliveryState::PartlyStored);
        assert_eq!(fixture.rejected_rows(batch, 0, 9).unwrap().len(), 1);
    }

    #[test]
    fn a_call_that_was_going_out_is_unknown_when_the_book_is_opened_again() {
        let (mut fixture, batch) = frozen();
        fixture.delivery_sending(batch, 1, at(2)).unwrap();
        fixture.reopen();
        assert_eq!(fixture.batch(batch).unwrap().state, BatchState::Unknown);
        let states: Vec<_> = fixture.deliveries(batch).unwrap().into_iter().map(|c| c.state).collect();
        assert_eq!(states, [DeliveryState::Unknown, DeliveryState::Frozen]);
    }

    #[test]
    fn a_batch_that_waits_too_long_can_be_given_up() {
        use DeliveryState::*;
        let (fixture, batch) = frozen();
        fixture.delivery_sending(batch, 1, at(2)).unwrap();
        fixture.delivery_sent(batch, 1, "t", "ok", at(3)).unwrap();
        fixture.delivery_sending(batch, 2, at(2)).unwrap();
        fixture.delivery_unknown(batch, 2, "cut", at(3)).unwrap();
        let waiting = fixture.give_up(batch, "given-up").unwrap();
        assert_eq!((waiting.state, waiting.sent_at), (BatchState::Frozen, None));
        assert_eq!(waiting.problem.as_deref(), Some("given-up"));
        fixture.delivery_sending(batch, 1, at(4)).unwrap();
        fixture.delivery_sent(batch, 1, "t", "ok", at(5)).unwrap();
        fixture.delivery_result(batch, 1, &result(&[])).unwrap();
        let states: Vec<_> = fixture.deliveries(batch).unwrap().into_iter().map(|c| c.state).collect();
        assert_eq!(states, [Stored, Frozen]);
        fixture.give_up(batch, "given-up").unwrap();
        assert_eq!(fixture.deliveries(batch).unwrap()[0].state, Stored, "a result stays");
        fixture.whole();
    }

    #[test]
    fn deliveries_that_are_too_large_are_cut() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c", "d", "e", "f", "g"].map(|k| insert(COURSE, &[("KCH", k)])));
        let batch = fixture.freeze(&Freeze { rows_per_delivery: 5, ..freeze(COURSE, 1) }).unwrap().batch.unwrap();
        fixture.delivery_sending(batch.id, 2, at(2)).unwrap();
        fixture.split_deliveries(batch.id, 2).unwrap();
        let rows = |no| {
            let rows = fixture.delivery_rows(batch.id, no).unwrap();
            rows.into_iter().map(|row| (row.num, row.row)).collect::<Vec<_>>()
        };
        let calls = fixture.deliveries(batch.id).unwrap();
        assert_eq!(calls.iter().map(|call| call.rows).collect::<Vec<_>>(), [2, 2, 1, 2], "what is out stays whole");
        assert_eq!(
            [rows(1), rows(2), rows(3), rows(4)].concat(),
            [(1, 1), (2, 2), (1, 3), (2, 4), (1, 5), (1, 6), (2, 7)]
        );
        let after = fixture.batch(batch.id).unwrap();
        assert_eq!((after.hash, after.rows), (batch.hash, 7));
        fixture.whole();
    }

    #[test]
    fn a_batch_that_was_rejected_as_a_whole_goes_again_unchanged() {
        let (fixture, batch) = frozen();
        for no in [1, 2] {
            fixture.delivery_sending(batch, no, at(2)).unwrap();
            fixture.delivery_sent(batch, no, "t", "ok", at(3)).unwrap();
        }
        let findings = |rows: &[i64]| {
            let of = |row: &i64| finding_of(COURSE, Some(*row), None, "receipt", Level::Mandatory, "");
            rows.iter().map(of).collect::<Vec<_>>()
        };
        fixture.delivery_result(batch, 1, &DeliveryResult { findings: findings(&[1, 2]), ..result(&[1, 2]) }).unwrap();
        let named = RejectedRow { num: 1, column: Some("KCH".into()), error: "KCH 错".into() };
        let last = DeliveryResult { rejected: vec![named], findings: findings(&[3]), ..result(&[]) };
        assert_eq!(fixture.delivery_result(batch, 2, &last).unwrap().rejected_whole, 1);
        // Another record, which is not part of the batch.
        fixture.apply(9, &[insert(COURSE, &[("KCH", "z")])]);
        assert_eq!(fixture.freeze(&freeze(COURSE, 10)).unwrap().blocked, 3);
        fixture.forget_rejection(batch).unwrap();
        let only = Freeze { only_of: Some(batch), ..freeze(COURSE, 11) };
        let again = fixture.freeze(&only).unwrap();
        assert_eq!((again.batch.unwrap().rows, again.blocked), (2, 0), "the row that was named is not part of it");
    }

    #[test]
    fn a_batch_tells_what_its_calls_know() {
        let (fixture, batch) = frozen();
        fixture.delivery_sending(batch, 1, at(2)).unwrap();
        fixture.delivery_sent(batch, 1, "t1", "ok", at(100)).unwrap();
        fixture.delivery_sending(batch, 2, at(3)).unwrap();
        let sent = fixture.delivery_sent(batch, 2, "t2", "ok", at(200)).unwrap();
        assert_eq!((sent.sent_at, sent.result_after, sent.collected), (Some(at(2)), Some(at(200)), None));
        fixture.delivery_result(batch, 1, &DeliveryResult { receipt: "一".into(), ..result(&[2]) }).unwrap();
        let last = DeliveryResult { receipt: "二".into(), collected: 1, stored: 1, ..result(&[]) };
        let done = fixture.delivery_result(batch, 2, &last).unwrap();
        assert_eq!((done.state, done.collected, done.stored), (BatchState::PartlyStored, Some(3), Some(2)));
        assert_eq!(done.receipt.as_deref(), Some("一\n二"));
        let calls = fixture.deliveries(batch).unwrap();
        assert_eq!((calls[1].reply_time.as_deref(), calls[1].reply.as_deref()), (Some("t2"), Some("ok")));
        fixture.whole();
    }

    #[test]
    fn batches_and_calls_that_are_not_there_are_named() {
        let (fixture, batch) = frozen();
        assert_eq!(fixture.delivery_sending(99, 1, at(0)).unwrap_err().code(), "batch.no-such-batch");
        assert_eq!(fixture.delivery_sending(batch, 9, at(0)).unwrap_err().code(), "batch.no-such-call");
        assert_eq!(fixture.batch(99).unwrap_err().code(), "batch.no-such-batch");
        assert_eq!(fixture.delivery_result(batch, 9, &result(&[])).unwrap_err().code(), "batch.no-such-call");
    }
}
