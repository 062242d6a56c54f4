//! The journey of a call, one durable move at a time.
//!
//! ```text
//! frozen -> sending -> sent -> stored | partly-stored | rejected
//!    ^         |         ^          ^
//!    |         +-> unknown ---------+      (the results tell; never by sending again first)
//!    +---------+---------+                 (certainly not received)
//! ```
//!
//! Every other move is an error and changes nothing. A call that was `sending` when the program died is `unknown`
//! when the book is opened again. The state of the batch follows from its calls.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use standard::Finding;

use crate::batch_query::{batch, call};
use crate::book::Outcome;
use crate::{Batch, BatchState, Book, CallState, StoreError, outcomes};

/// What the other side says about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallResult {
    /// When it became known.
    pub at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// Rows stored.
    pub stored: u64,
    /// The result, word for word.
    pub receipt: String,
    /// The rows that were not stored; all others count as accepted. Where the other side does not say which rows it
    /// dropped, the caller names all.
    pub rejected: Vec<RejectedRow>,
    /// Findings for the cells of rejected rows; their rule becomes `receipt`.
    pub findings: Vec<Finding>,
}

/// A row that was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Number in the call, from 1.
    pub num: u32,
    /// Column that the other side names.
    pub column: Option<String>,
    /// Its words.
    pub error: String,
}

impl Book {
    /// `frozen -> sending`: to be recorded before the call goes out.
    pub fn call_sending(&self, batch: i64, call: u32, at: Timestamp) -> Result<Batch, StoreError> {
        self.move_call(batch, call, &[CallState::Frozen], CallState::Sending, |connection| {
            let at = at.as_millisecond();
            connection.execute(
                "UPDATE call SET sent_at = ?3, reply_time = NULL, reply = NULL, result_after = NULL
                 WHERE batch = ?1 AND no = ?2",
                (batch, call, at),
            )?;
            connection.execute("UPDATE batch SET sent_at = coalesce(sent_at, ?2) WHERE id = ?1", (batch, at))?;
            Ok(())
        })
    }

    /// `sending | unknown -> sent`: the other side took it in. `time` is its handle, `reply` its words.
    pub fn call_sent(
        &self,
        batch: i64,
        call: u32,
        time: &str,
        reply: &str,
        result_after: Timestamp,
    ) -> Result<Batch, StoreError> {
        self.move_call(batch, call, &[CallState::Sending, CallState::Unknown], CallState::Sent, |connection| {
            connection.execute(
                "UPDATE call SET reply_time = ?3, reply = ?4, result_after = ?5 WHERE batch = ?1 AND no = ?2",
                (batch, call, time, reply, result_after.as_millisecond()),
            )?;
            Ok(())
        })
    }

    /// `sending | unknown -> frozen`: certainly not received (no connection, refused, or the results show that it
    /// never arrived); it may be sent again.
    pub fn call_not_received(&self, batch: i64, call: u32, why: &str) -> Result<Batch, StoreError> {
        self.move_call(batch, call, &[CallState::Sending, CallState::Unknown], CallState::Frozen, |connection| {
            connection.execute(
                "UPDATE call SET reply = ?3, result_after = NULL WHERE batch = ?1 AND no = ?2",
                (batch, call, why),
            )?;
            Ok(())
        })
    }

    /// `sending -> unknown`: cut off or timed out after sending began. `ask_after` is when the results can tell.
    pub fn call_unknown(&self, batch: i64, call: u32, why: &str, ask_after: Timestamp) -> Result<Batch, StoreError> {
        self.move_call(batch, call, &[CallState::Sending], CallState::Unknown, |connection| {
            connection.execute(
                "UPDATE call SET reply = ?3, result_after = ?4 WHERE batch = ?1 AND no = ?2",
                (batch, call, why, ask_after.as_millisecond()),
            )?;
            Ok(())
        })
    }

    /// `sent | unknown -> stored | partly-stored | rejected`: files the result: outcomes of the rows, what is accepted
    /// now, findings for the rejected; one transaction.
    ///
    /// A finding is filed only while its cell (or, where it names none, its record) still stands as it was sent. What
    /// an older batch had accepted does not replace what a newer one has.
    pub fn call_result(&self, batch: i64, call: u32, result: &CallResult) -> Result<Batch, StoreError> {
        let open = &[CallState::Sent, CallState::Unknown];
        let rows = self.read(|connection| Ok(self::call(connection, batch, call)?.rows))?;
        // A row can be named twice, for two cells; a number beyond the call names none.
        let named: BTreeSet<u32> = result.rejected.iter().map(|r| r.num).filter(|n| u64::from(*n) <= rows).collect();
        let rejected = named.len() as u64;
        let to = match rejected {
            0 => CallState::Stored,
            n if n >= rows => CallState::Rejected,
            _ => CallState::PartlyStored,
        };
        self.move_call(batch, call, open, to, |connection| {
            connection.execute(
                "UPDATE call SET collected = ?3, stored = ?4, receipt = ?5, rejected = ?6, result_at = ?7
                 WHERE batch = ?1 AND no = ?2",
                (batch, call, result.collected, result.stored, &result.receipt, rejected, result.at.as_millisecond()),
            )?;
            let of = self::batch(connection, batch)?;
            outcomes::file(connection, self.shape(&of.table)?, &of, call, result)
        })
    }

    /// Moves a call, if it stands in one of `from`, and the batch with it.
    fn move_call(
        &self,
        batch: i64,
        no: u32,
        from: &[CallState],
        to: CallState,
        record: impl FnOnce(&Connection) -> Result<(), StoreError>,
    ) -> Result<Batch, StoreError> {
        self.write(|connection| {
            self::batch(connection, batch)?;
            let before = call(connection, batch, no)?;
            if !from.contains(&before.state) {
                let (from, to) = (before.state.as_str(), to.as_str());
                return Err(StoreError::MoveNotAllowed { batch, call: no, from, to });
            }
            connection.prepare_cached("UPDATE call SET state = ?3 WHERE batch = ?1 AND no = ?2")?.execute((
                batch,
                no,
                to.as_str(),
            ))?;
            record(connection)?;
            settle(connection, batch)?;
            Ok(Outcome::Commit(self::batch(connection, batch)?))
        })
    }
}

/// Calls that were going out when a program died: nobody knows whether they arrived.
pub(crate) fn recover(connection: &Connection) -> Result<(), StoreError> {
    let batches: Vec<i64> = connection
        .prepare("SELECT DISTINCT batch FROM call WHERE state = 'sending'")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    connection.execute("UPDATE call SET state = 'unknown' WHERE state = 'sending'", [])?;
    batches.into_iter().try_for_each(|batch| settle(connection, batch))
}

/// Writes the state that follows from the calls.
fn settle(connection: &Connection, batch: i64) -> Result<(), StoreError> {
    let states: Vec<String> = connection
        .prepare_cached("SELECT state FROM call WHERE batch = ?1")?
        .query_map([batch], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let states: Vec<CallState> = states.iter().filter_map(|s| CallState::parse(s)).collect();
    connection
        .prepare_cached("UPDATE batch SET state = ?2 WHERE id = ?1")?
        .execute((batch, state_of(&states).as_str()))?;
    Ok(())
}

/// The state of a batch with calls in these states.
fn state_of(calls: &[CallState]) -> BatchState {
    let any = |state| calls.contains(&state);
    let all = |state| calls.iter().all(|s| *s == state);
    match () {
        () if any(CallState::Unknown) => BatchState::Unknown,
        () if all(CallState::Frozen) => BatchState::Frozen,
        () if any(CallState::Frozen) || any(CallState::Sending) => BatchState::Sending,
        () if any(CallState::Sent) => BatchState::Sent,
        () if all(CallState::Stored) => BatchState::Stored,
        () if all(CallState::Rejected) => BatchState::Rejected,
        () => BatchState::PartlyStored,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Freeze;
    use crate::tests::{Desk, at, freeze, insert};
    use standard::Coded;

    const COURSE: &str = "ODS_COURSE";

    /// A book with a batch of three rows in two calls.
    fn frozen() -> (Desk, i64) {
        let desk = Desk::new();
        desk.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
        let batch = desk.freeze(&Freeze { rows_per_call: 2, ..freeze(COURSE, 1) }).unwrap().batch.unwrap().id;
        (desk, batch)
    }

    fn result(rejected: &[u32]) -> CallResult {
        CallResult {
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
        use CallState::*;
        let stored: &[CallState] = &[Stored, PartlyStored, Rejected];
        // From, and to where; every other pair is refused.
        let allowed: &[(CallState, &[CallState])] = &[
            (Frozen, &[Sending]),
            (Sending, &[Sent, Frozen, Unknown]),
            (Sent, stored),
            (Unknown, &[Sent, Frozen, Stored, PartlyStored, Rejected]),
        ];
        let go = |desk: &Desk, batch, to| match to {
            Frozen => desk.call_not_received(batch, 1, "没有网络"),
            Sending => desk.call_sending(batch, 1, at(2)),
            Sent => desk.call_sent(batch, 1, "2026-09-01 00:00:03", "ok", at(1800)),
            Unknown => desk.call_unknown(batch, 1, "超时", at(1800)),
            Stored => desk.call_result(batch, 1, &result(&[])),
            PartlyStored => desk.call_result(batch, 1, &result(&[2])),
            Rejected => desk.call_result(batch, 1, &result(&[1, 2])),
        };
        let way_to = |state| match state {
            Frozen => vec![],
            Sending => vec![Sending],
            Sent | Unknown => vec![Sending, state],
            Stored | PartlyStored | Rejected => vec![Sending, Sent, state],
        };
        for from in CallState::ALL {
            for to in CallState::ALL {
                let (desk, batch) = frozen();
                for state in way_to(from) {
                    go(&desk, batch, state).unwrap();
                }
                let before = (desk.batch(batch).unwrap(), desk.batch_calls(batch).unwrap());
                let may = allowed.iter().any(|(f, tos)| *f == from && tos.contains(&to));
                match go(&desk, batch, to) {
                    Ok(_) => {
                        assert!(may, "{from:?} -> {to:?}");
                        assert_eq!(desk.batch_calls(batch).unwrap()[0].state, to);
                    }
                    Err(error) => {
                        assert!(!may, "{from:?} -> {to:?}");
                        assert_eq!(error.code(), "batch.move-not-allowed");
                        assert_eq!((desk.batch(batch).unwrap(), desk.batch_calls(batch).unwrap()), before);
                    }
                }
            }
        }
    }

    #[test]
    fn a_batch_is_as_far_as_its_calls() {
        use CallState::*;
        let check = |calls: &[CallState], expect| assert_eq!(state_of(calls), expect, "{calls:?}");
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
        let (desk, batch) = frozen();
        desk.call_sending(batch, 1, at(2)).unwrap();
        desk.call_sent(batch, 1, "t", "ok", at(3)).unwrap();
        desk.call_result(batch, 1, &result(&[2, 2, 9])).unwrap();
        assert_eq!(desk.batch_calls(batch).unwrap()[0].state, CallState::PartlyStored);
        assert_eq!(desk.rejected_rows(batch, 0, 9).unwrap().len(), 1);
    }

    #[test]
    fn a_call_that_was_going_out_is_unknown_when_the_book_is_opened_again() {
        let (mut desk, batch) = frozen();
        desk.call_sending(batch, 1, at(2)).unwrap();
        desk.reopen();
        assert_eq!(desk.batch(batch).unwrap().state, BatchState::Unknown);
        let states: Vec<_> = desk.batch_calls(batch).unwrap().into_iter().map(|c| c.state).collect();
        assert_eq!(states, [CallState::Unknown, CallState::Frozen]);
    }

    #[test]
    fn a_batch_tells_what_its_calls_know() {
        let (desk, batch) = frozen();
        desk.call_sending(batch, 1, at(2)).unwrap();
        desk.call_sent(batch, 1, "t1", "ok", at(100)).unwrap();
        desk.call_sending(batch, 2, at(3)).unwrap();
        let sent = desk.call_sent(batch, 2, "t2", "ok", at(200)).unwrap();
        assert_eq!((sent.sent_at, sent.result_after, sent.collected), (Some(at(2)), Some(at(200)), None));
        desk.call_result(batch, 1, &CallResult { receipt: "一".into(), ..result(&[2]) }).unwrap();
        let last = CallResult { receipt: "二".into(), collected: 1, stored: 1, ..result(&[]) };
        let done = desk.call_result(batch, 2, &last).unwrap();
        assert_eq!((done.state, done.collected, done.stored), (BatchState::PartlyStored, Some(3), Some(2)));
        assert_eq!(done.receipt.as_deref(), Some("一\n二"));
        let calls = desk.batch_calls(batch).unwrap();
        assert_eq!((calls[1].reply_time.as_deref(), calls[1].reply.as_deref()), (Some("t2"), Some("ok")));
        desk.whole();
    }

    #[test]
    fn batches_and_calls_that_are_not_there_are_named() {
        let (desk, batch) = frozen();
        assert_eq!(desk.call_sending(99, 1, at(0)).unwrap_err().code(), "batch.no-such-batch");
        assert_eq!(desk.call_sending(batch, 9, at(0)).unwrap_err().code(), "batch.no-such-call");
        assert_eq!(desk.batch(99).unwrap_err().code(), "batch.no-such-batch");
        assert_eq!(desk.call_result(batch, 9, &result(&[])).unwrap_err().code(), "batch.no-such-call");
    }
}
