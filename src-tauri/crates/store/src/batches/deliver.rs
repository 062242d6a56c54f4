//! The states of a delivery. Each change of state is on disk when its function returns.
//!
//! ```text
//! frozen -> sending -> sent -> stored | partly-stored | rejected
//!    ^         |         ^          ^
//!    |         +-> unknown ---------+      (the results say so; it is not sent again before)
//!    +---------+---------+                 (certainly not received)
//! ```
//!
//! Every other move is an error and changes nothing. A delivery that was `sending` when the program crashed is
//! `unknown` when the book is opened again. The state of the batch follows from its deliveries.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use standard::delivery::DeliveryState;

use crate::StoreError;
use crate::batches::outcomes::{self, DeliveryResult};
use crate::book::handle::{Book, TransactionEnd};
use crate::tables::batch::{self, Batch, BatchState};
use crate::tables::delivery::{self, Numbers};
use crate::tables::{batch_row, finding, tally};

/// The states of a delivery that went out, or may have gone out, and has no reply yet.
const NO_REPLY: &[DeliveryState] = &[DeliveryState::Sending, DeliveryState::Unknown];

impl Book {
    /// `frozen -> sending`: call it before the delivery is sent, with the moment by the best known time and by the
    /// receiver's clock.
    pub fn delivery_sending(
        &self,
        batch: i64,
        no: u32,
        at: Timestamp,
        receiver_at: Timestamp,
    ) -> Result<Batch, StoreError> {
        self.move_delivery(batch, no, &[DeliveryState::Frozen], DeliveryState::Sending, |connection| {
            delivery::note_sending(connection, (batch, no), at, receiver_at)?;
            batch::note_sent(connection, batch, at)
        })
    }

    /// `sending | unknown -> sent`: the receiver took it. `time` is the time in its reply, by which the result is found
    /// later; `reply` is the whole reply.
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

    /// `sending -> unknown`: cut off or timed out after sending began. From `ask_after` on its result can be asked for.
    pub fn delivery_unknown(&self, batch: i64, no: u32, why: &str, ask_after: Timestamp) -> Result<Batch, StoreError> {
        self.move_delivery(batch, no, &[DeliveryState::Sending], DeliveryState::Unknown, |connection| {
            delivery::note_reply(connection, (batch, no), None, why, Some(ask_after))
        })
    }

    /// `sent | unknown -> frozen` for every delivery of the batch that waits for its result: a person gave up waiting,
    /// so it is sent again. That does no harm, because the receiver replaces rows with the same record key.
    pub fn give_up(&self, batch: i64, why: &str) -> Result<Batch, StoreError> {
        self.write_aside(|connection| {
            batch::get(connection, batch)?;
            for (no, state) in (1u32..).zip(delivery::states(connection, batch)?) {
                if matches!(state, DeliveryState::Sent | DeliveryState::Unknown) {
                    delivery::set_state(connection, batch, no, DeliveryState::Frozen)?;
                    delivery::note_reply(connection, (batch, no), None, why, None)?;
                }
            }
            settle(connection, batch)?;
            let of = batch::get(connection, batch)?;
            tally::forget(connection, &of.table)?;
            Ok(TransactionEnd::Commit(of))
        })
    }

    /// Records why the waiting deliveries of the batch were not sent.
    pub fn note_waiting(&self, batch: i64, why: &str) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            for (no, state) in (1u32..).zip(delivery::states(connection, batch)?) {
                if state == DeliveryState::Frozen {
                    delivery::note_reply(connection, (batch, no), None, why, None)?;
                }
            }
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Cuts the deliveries of the batch that were not sent into deliveries of at most `rows` rows. The rows stay as
    /// they were frozen, and in their order, so later deliveries get higher numbers.
    pub fn split_deliveries(&self, batch: i64, rows: u32) -> Result<(), StoreError> {
        let most = rows.max(1);
        self.write_aside(|connection| {
            tally::forget(connection, &batch::get(connection, batch)?.table)?;
            // Into how many deliveries each one is cut, in order.
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

    /// Removes the findings that the rejection of whole deliveries of this batch left on its records, so that the
    /// records can be frozen again unchanged. `rule`: that of [`DeliveryResult::rule`].
    pub fn forget_rejection(&self, batch: i64, rule: &str) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            let table = batch::get(connection, batch)?.table;
            tally::forget(connection, &table)?;
            for row in batch_row::rejected_whole(connection, batch)? {
                finding::remove_receipt_of_record(connection, (&table, row), rule)?;
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
        self.write_aside(|connection| {
            batch::get(connection, batch)?;
            let before = delivery::get(connection, batch, no)?;
            if !from.contains(&before.state) {
                return Err(StoreError::MoveNotAllowed { batch, call: no, from: before.state, to });
            }
            delivery::set_state(connection, batch, no, to)?;
            record(connection)?;
            settle(connection, batch)?;
            let of = batch::get(connection, batch)?;
            tally::forget(connection, &of.table)?;
            Ok(TransactionEnd::Commit(of))
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
mod tests;
